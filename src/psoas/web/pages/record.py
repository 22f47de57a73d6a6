"""The record: every entry in plain words; said otherwise, taken along, brought in, erased."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from psoas.clinic import entries_of, told_when_impossible
from psoas.exchange.archive import BadArchive, unpacked
from psoas.pathway.record import PERSON, ChangeReported, Corrected, DayAnswered, Entry, Screened, SessionDone
from psoas.pathway.replay import Difference, audit, would_change
from psoas.pathway.seen import corrected
from psoas.storage.contract import JournalError
from psoas.storage.ids import new_id
from psoas.web import desk, drafts, telling
from psoas.web.entry_words import CORRECTABLE, page_of, words
from psoas.web.forms.correcting import Correcting
from psoas.web.forms.fields import is_number
from psoas.web.forms.record import KINDS, EraseForm, ImportForm, OneSet
from psoas.web.visit import Visit, forget_look, kept

WHY = "mistyped"
PAGE = 60  # entries on one page


def record(request: HttpRequest) -> HttpResponseBase:
    """Every entry, newest first, by day."""
    visit = Visit(request)
    before = request.GET.get("before", "")
    entries = visit.clinic.record(visit.episode) if visit.episode else []
    page, older = page_of(entries, before=int(before) if is_number(before) else 0, knowledge=visit.knowledge, most=PAGE)
    days = [(telling.day_words(day), list(of)) for day, of in groupby(page, key=lambda entry: entry.at.date())]
    return render(request, "course/record.html", {"days": days, "older": older, "before": before})


# ---- said otherwise


def correct(request: HttpRequest, entry_id: str) -> HttpResponseBase:
    """An earlier entry's questions again; first what a correction would change, then the correction."""
    visit = Visit(request)
    entry = _standing(visit, entry_id)
    if entry is None or not isinstance(entry.body, CORRECTABLE):
        raise Http404
    which = request.GET.get("set", "")
    if isinstance(entry.body, SessionDone) and not which:
        return _which_part(visit, entry, entry.body)
    return kept(lambda: _correcting(visit, entry, _how(visit, entry, which)), request=request)


def _standing(visit: Visit, entry_id: str) -> Entry | None:
    """The entry as it now stands, earlier corrections read in."""
    entries = corrected(visit.clinic.record(visit.episode)) if visit.episode else []
    return next((entry for entry in entries if entry.id == entry_id), None)


def _which_part(visit: Visit, entry: Entry, body: SessionDone) -> HttpResponse:
    """A session has many answers; one of them was wrong."""
    sets = [
        (place, _set_title(visit, body, place), words(one, knowledge=visit.knowledge).lines)
        for place, one in enumerate(body.sets)
    ]
    return render(visit.request, "course/correct_session.html", {"entry": entry, "sets": sets})


def _set_title(visit: Visit, body: SessionDone, place: int) -> str:
    one = body.sets[place]
    item = body.shown.items[one.item]
    name = telling.item_name(item, knowledge=visit.knowledge)
    return f"{name}, {telling.side_words(item.side)}, set {one.number}"


def _how(visit: Visit, entry: Entry, which: str) -> Correcting:
    body = entry.body
    if isinstance(body, SessionDone) and is_number(which) and int(which) < len(body.sets):
        return OneSet(body, place=int(which), knowledge=visit.knowledge, today=visit.day)
    return KINDS[type(body)](body, knowledge=visit.knowledge, today=visit.day)


def _correcting(visit: Visit, entry: Entry, how: Correcting) -> HttpResponseBase:
    sent = visit.request.POST
    form_class = how.form_class()
    form = form_class(sent) if visit.request.method == "POST" else form_class(initial=how.initial())
    title = how.title
    if isinstance(how, OneSet):
        title = _set_title(visit, how.body, how.place)
    context: dict[str, Any] = {"entry": entry, "form": form, "title": title, "when": telling.day_words(entry.day)}
    if not (form.is_bound and form.is_valid()):
        return render(visit.request, "course/correct.html", context)
    body = how.otherwise(form.cleaned_data)
    if body == entry.body:
        return redirect("/record/")
    if sent.get("sure") != "yes":
        context |= {"preview": True, "differences": _differences(visit, entry, body), "sent": _again(sent)}
        context |= {"was": words(entry.body, knowledge=visit.knowledge), "now": words(body, knowledge=visit.knowledge)}
        return render(visit.request, "course/correct_preview.html", context)
    visit.clinic.correct(visit.episode, entry.id, body, why=WHY, now=visit.now, zone=visit.zone)
    return redirect("/record/")


def _again(sent: Any) -> list[tuple[str, str]]:
    """What was sent, to send it once more with the word that it is right."""
    return [(name, value) for name, values in sent.lists() for value in values if name != "csrfmiddlewaretoken"]


def _differences(visit: Visit, entry: Entry, body: Any) -> list[tuple[str, str, str]]:
    """The past decisions that would come out otherwise: when, what was decided, what would be now."""
    entries = visit.clinic.record(visit.episode)
    by = Corrected(replaces=entry.id, by=body, why=WHY)
    correction = Entry(
        id=new_id(),
        episode=visit.episode,
        seq=entries[-1].seq + 1,
        at=visit.now,
        zone=visit.zone,
        author=PERSON,
        body=by,
    )
    found = would_change(entries, correction, knowledge=visit.knowledge)
    return [_difference(visit, difference) for difference in found]


def _difference(visit: Visit, difference: Difference) -> tuple[str, str, str]:
    was = words(difference.entry.body, knowledge=visit.knowledge).title
    now = difference.now
    if now is None or isinstance(now, Screened):
        return telling.day_words(difference.entry.day), was, "Nothing would be decided."
    return telling.day_words(difference.entry.day), was, telling.headline_of(now, knowledge=visit.knowledge)


def mistaken_day(request: HttpRequest, entry_id: str) -> HttpResponseBase:
    """A safety answer before a session was a mistake: the full safety check is repeated at once (D16)."""
    visit = Visit(request)
    entry = _standing(visit, entry_id)
    if entry is None or not isinstance(entry.body, DayAnswered):
        raise Http404
    if request.method == "POST":
        visit.write(ChangeReported(what="answer_given_by_mistake"))
    return redirect("/screen/")


# ---- taken along, brought in, erased


def export(request: HttpRequest) -> HttpResponseBase:
    """The whole record as one file."""
    visit = Visit(request)
    if not visit.episode:
        return redirect("/record/")
    answer = HttpResponse(visit.clinic.export(visit.episode), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="psoas-{visit.day.isoformat()}.json"'
    return answer


def bring_in(request: HttpRequest) -> HttpResponseBase:
    """A record from another machine, whole or not at all."""
    visit = Visit(request)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        try:
            _bring_in(visit, form.cleaned_data["file"].read())
        except (BadArchive, JournalError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("/today/")
    return render(request, "course/import.html", {"form": form, "occupied": bool(visit.episode)})


def _bring_in(visit: Visit, data: bytes) -> None:
    archive = unpacked(data)
    if visit.episode and visit.episode != archive.episode:
        raise BadArchive(
            "There is a record here already, and two do not go together. Export the one that is here and erase it first;"
            " then bring this one in. Nothing was changed."
        )
    entries = entries_of(archive, knowledge=visit.knowledge)
    with told_when_impossible():
        wrong = [found for found in audit(entries, knowledge=visit.knowledge) if _unsafe(found)]
    if wrong:
        day = telling.day_words(wrong[0].entry.day)
        raise BadArchive(
            f"The safety check of {day} in this file does not come out as it says. It may have been changed by hand."
            " Nothing was brought in."
        )
    visit.clinic.import_(visit.account.key, data)


def _unsafe(found: Difference) -> bool:
    """A safety check that would come out more serious than the file says."""
    body = found.entry.body
    if not isinstance(body, Screened):
        return False
    return not isinstance(found.now, Screened) or found.now.level.rank > body.level.rank


def erase(request: HttpRequest) -> HttpResponseBase:
    """Everything of this account, after a typed word."""
    visit = Visit(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        for row in desk.journal().episodes(visit.account.key):
            visit.clinic.erase(row.id)
            forget_look(row.id)
        drafts.forget(visit.account)
        return render(request, "course/erased.html")
    return render(request, "course/erase.html", {"form": form, "there": bool(visit.episode)})
