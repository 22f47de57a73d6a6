"""What the player and the plain pages send during a session: a set, a skip, a set taken back. Each is kept at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec import Struct

from psoas.clinic import Refused
from psoas.pathway.record import ChangeReported, Corrected, ItemSkipped, SetDone
from psoas.pathway.seen import corrected
from psoas.storage.contract import Conflict, JournalError
from psoas.storage.ids import is_id
from psoas.terms import Answer, Side
from psoas.web import arriving, instead, prescribed, telling
from psoas.web.forms.course import SIGNS, SKIPS, SkipForm, load_of
from psoas.web.forms.fields import is_number
from psoas.web.guiding import alarms, instead_of
from psoas.web.sitting import Current, Sitting, newest_set
from psoas.web.visit import Visit, course_page
from psoas.web.writing import standing

MOST_SETS = 12  # of one exercise in a session: more is a mistake
HIGHEST = Decimal(10)
ALREADY = "That set was kept already, from another tab."
TWICE = "What you sent now was not written. If it hurt more the second time, correct the set in your record."


class Wrong(Exception):
    """What was sent cannot be kept; the message says why."""


# ---- from the player


class SentSet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set as the player sends it."""

    entry: str
    session: str
    item: int
    number: int
    did: str
    pain: dict[Side, Decimal | None]
    seen: tuple[str, ...] | None = None
    signs: tuple[str, ...] | None = None
    effort: Decimal | None = None
    load: str = ""
    form: str = ""  # the exercise, or the way of doing it, that the device showed


class SentSkip(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A skip as the player sends it."""

    entry: str
    session: str
    item: int
    why: str


class SentSwap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another exercise in the place of one, as the player sends it."""

    entry: str
    session: str
    item: int
    to: str


class SentUndo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which set to take back; a device that may come late gives the taking back an id of its own."""

    session: str
    set: str
    entry: str = ""


class SentEnd(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last questions, answered on a device without a connection; `at` is when."""

    entry: str
    session: str
    at: dt.datetime
    after: dict[Side, Decimal | None]
    limp: Answer
    effort: Decimal | None = None


class SentAlarm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Warning signs that she named on a device without a connection."""

    entry: str
    session: str
    signs: tuple[str, ...]


_read_set = msgspec.json.Decoder(SentSet).decode
_read_skip = msgspec.json.Decoder(SentSkip).decode
_read_swap = msgspec.json.Decoder(SentSwap).decode
_read_undo = msgspec.json.Decoder(SentUndo).decode
_read_end = msgspec.json.Decoder(SentEnd).decode
_read_alarm = msgspec.json.Decoder(SentAlarm).decode


def _spoken(view: Callable[[Visit], dict[str, Any]]) -> Callable[[HttpRequest], HttpResponseBase]:
    """An address for the player: JSON in, JSON out, and every refusal a sentence."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            visit = Visit(request)
            visit.renewed(visit.told)  # what is due is decided with the set itself
            return JsonResponse(view(visit))
        except (Wrong, msgspec.MsgspecError, UnicodeDecodeError) as error:
            return JsonResponse({"kept": False, "says": f"This could not be kept: {error}"}, status=400)
        except Conflict:
            says = "Another tab wrote at the same moment. It is tried again."
            return JsonResponse({"kept": False, "says": says, "again": True}, status=409)
        except (Refused, JournalError) as error:
            return JsonResponse({"kept": False, "says": str(error), "reload": True}, status=409)

    return answer


@_spoken
def log(visit: Visit) -> dict[str, Any]:
    """Keep one set the moment it ends. Sent again with the same id it changes nothing."""
    sent = _read_set(visit.request.body)
    sitting = _sitting(visit, sent.session)
    done = _set(sitting, sent)
    if _stands_already(visit, sitting, done, sent.entry):
        return {"kept": False, "already": True, "says": f"{ALREADY} {TWICE}"}
    _keep(visit, done, sent.entry)
    arriving.counted(visit, sent.session)
    return _onward(visit, sitting, done)


def _stands_already(visit: Visit, sitting: Sitting, done: SetDone, entry: str) -> bool:
    """Whether another tab has kept that set, with nothing milder than this; only while the session is on.

    Of a session that is over everything that still arrives is kept, and so is whatever is worse than what stands.
    """
    kept = [one for one in sitting.done.get(done.item, ()) if one.number == done.number]
    if not kept or any(arriving.is_worse(done, than=one) for one in kept):
        return False
    return arriving.is_live(visit, sitting.session) and standing(visit.episode, entry) is None


@_spoken
def skip(visit: Visit) -> dict[str, Any]:
    """Leave an item out, or the rest of it."""
    sent = _read_skip(visit.request.body)
    sitting = _sitting(visit, sent.session)
    _check_place(sitting, sent.item)
    if sent.why not in dict(SKIPS) or not is_id(sent.entry):
        raise Wrong("the reason is not one of those offered.")
    if sent.item not in sitting.skipped:
        visit.write(ItemSkipped(session=sent.session, item=sent.item, why=sent.why), entry=sent.entry)
    return _next(visit, sent.session)


@course_page
def swaps(visit: Visit) -> HttpResponseBase:
    """What may stand in for each exercise of the open session, for a device to offer at any time."""
    sitting = Sitting.of(visit)
    return JsonResponse(instead_of(sitting) if sitting is not None else {})


@_spoken
def swap(visit: Visit) -> dict[str, Any]:
    """Another exercise of the slot, or another form, before a set of it is done; from step 1, and it stays (D32)."""
    sent = _read_swap(visit.request.body)
    sitting = _sitting(visit, sent.session)
    _check_place(sitting, sent.item)
    if not is_id(sent.entry):
        raise Wrong("it has no id.")
    if arriving.is_live(visit, sent.session) and standing(visit.episode, sent.entry) is None:
        other = next((one for one in instead.offered(sitting, sent.item) if one.swap.to == sent.to), None)
        if other is None:
            raise Refused("This exercise cannot be swapped now: a set of it is done, or the other one is not allowed.")
        visit.write(other.swap, entry=sent.entry)
    return _next(visit, sent.session)


@_spoken
def undo(visit: Visit) -> dict[str, Any]:
    """Take back a set: the newest, or with an id of its own the one it names; asked twice it is taken back once."""
    sent = _read_undo(visit.request.body)
    sitting = _sitting(visit, sent.session)
    if sent.entry:
        _take_back_late(visit, sitting, sent)
    else:
        take_back(visit, session=sent.session, entry=sent.set)
    return _next(visit, sent.session)


def _take_back_late(visit: Visit, sitting: Sitting, sent: SentUndo) -> None:
    """What has been decided on is not taken back from here; that is a correction, made with open eyes.

    A set that ended the session by pain, and a trial set once its session is over.
    """
    if not is_id(sent.entry):
        raise Wrong("it has no id.")
    entries = corrected(visit.clinic.record(visit.episode))
    found = next((e.body for e in entries if e.id == sent.set), None)
    if not isinstance(found, SetDone) or found.session != sent.session or sitting.is_red(found):
        return
    if sitting.items[found.item].trial and visit.course.open is None:
        return
    visit.write(Corrected(replaces=sent.set, by=None, why="undone"), entry=sent.entry)
    arriving.without(visit, found)


@_spoken
def ended(visit: Visit) -> dict[str, Any]:
    """The last questions from a device that was without a connection; told of a session that is over, the worse stands."""
    sent = _read_end(visit.request.body)
    sitting = _sitting(visit, sent.session)
    if not is_id(sent.entry) or sent.at.utcoffset() is None:
        raise Wrong("it has no id, or no time.")
    if any(not _in_range(pain) for pain in sent.after.values()) or not _in_range(sent.effort):
        raise Wrong("pain and effort are numbers from 0 to 10.")
    said = arriving.Said(sent.after, effort=sent.effort, limp=sent.limp, ended=sent.at)
    body = arriving.ended(visit, sitting, said)
    if body is not None:
        visit.write(body, entry=sent.entry)
    return {"kept": True}


@_spoken
def alarm(visit: Visit) -> dict[str, Any]:
    """A warning sign named without a connection: the full safety check comes before anything else (D17)."""
    sent = _read_alarm(visit.request.body)
    _sitting(visit, sent.session)
    if not is_id(sent.entry):
        raise Wrong("it has no id.")
    if not sent.signs or set(sent.signs) - {known["id"] for known in alarms(visit.knowledge)}:
        raise Wrong("a warning sign is not one of those shown.")
    what = "fall" if sent.signs == ("fall",) else "condition"
    visit.write(ChangeReported(what=what), entry=sent.entry)
    return _next(visit, sent.session)


def take_back(visit: Visit, *, session: str, entry: str) -> None:
    """Take that set back if it is still the newest."""
    if entry and newest_set(visit, session) == entry:
        course = visit.clinic.correct(visit.episode, entry, None, why="undone", now=visit.now, zone=visit.zone)
        visit.renewed(course)


def _sitting(visit: Visit, session: str) -> Sitting:
    """The session that this belongs to, though it may be over; refused only where the record knows none."""
    sitting = arriving.sitting_of(visit, session) if visit.episode else None
    if sitting is None:
        raise Refused("This session is not in your record. What was kept of it elsewhere stays there.")
    return sitting


def _check_place(sitting: Sitting, place: int) -> None:
    if not 0 <= place < len(sitting.items):
        raise Wrong("this exercise is not part of the session.")


def _set(sitting: Sitting, sent: SentSet) -> SetDone:
    """What was sent as an entry, once everything in it is possible."""
    _check_place(sitting, sent.item)
    item = sitting.items[sent.item]
    exercise = sitting.knowledge.exercises[item.exercise]
    if sent.form not in ("", item.form or item.exercise):  # done in a form that the record does not show: never clean
        sent = msgspec.structs.replace(sent, did="part", seen=None, load="")
    if not is_id(sent.entry):
        raise Wrong("it has no id.")
    if not 1 <= sent.number <= MOST_SETS:
        raise Wrong(f"a set number goes from 1 to {MOST_SETS}.")
    if sent.did not in ("all", "part"):
        raise Wrong("a set is done, or done in part.")
    if set(sent.pain) - set(telling.item_sides(item)) or any(not _in_range(pain) for pain in sent.pain.values()):
        raise Wrong("pain is a number from 0 to 10 for a side that worked.")
    if not _in_range(sent.effort):
        raise Wrong("effort is a number from 0 to 10.")
    _check_known(sent.seen, {one.id for one in exercise.compensations}, "what was seen")
    _check_known(sent.signs, {key for key, _ in SIGNS[:-2]}, "the kind of pain")
    return SetDone(
        session=sent.session,
        item=sent.item,
        number=sent.number,
        did=sent.did,
        pain={side: sent.pain.get(side) for side in telling.item_sides(item)},
        compensations=sent.seen if exercise.compensations else (),
        signs=sent.signs,
        effort=sent.effort,
        load=_load(sitting, item, sent.load),
    )


def _in_range(number: Decimal | None) -> bool:
    return number is None or (number.is_finite() and 0 <= number <= HIGHEST)


def _check_known(given: tuple[str, ...] | None, known: set[str], what: str) -> None:
    if set(given or ()) - known:
        raise Wrong(f"{what} is not in the list of this exercise.")


def _load(sitting: Sitting, item: Any, key: str) -> Any:
    """The load that was used. One that was at hand when the session began may be gone from her list by now."""
    if not key:
        return item.load
    offered = dict(prescribed.loads_for(item, course=sitting.visit.course, knowledge=sitting.knowledge))
    if key in offered or key == telling.load_key(item.load):
        return load_of(key)
    if arriving.is_live(sitting.visit, sitting.session) or not arriving.is_load(key, kind=item.load.kind):
        raise Wrong("this load is not among yours.")
    return load_of(key)


def _keep(visit: Visit, done: SetDone, entry: str) -> None:
    course = visit.clinic.log_set(visit.episode, done, now=visit.now, zone=visit.zone, entry_id=entry)
    visit.renewed(course)


def _onward(visit: Visit, before: Sitting, done: SetDone) -> dict[str, Any]:
    """What the player does next: go on, end by the pain rule, or begin anew after a failed trial."""
    if before.items[done.item].trial and trial_failed(visit, done):
        says = "The trial set shows that this stage comes too early. The session is made anew, one stage lower."
        return {"kept": True, "next": "/session/again/", "says": says}
    return _next(visit, before.session)


def _next(visit: Visit, session: str) -> dict[str, Any]:
    """Kept; and where to go where the session may not go on, whichever device it was that stopped it."""
    if not arriving.is_live(visit, session):
        return {"kept": True, "late": True, "next": "/today/", "says": "This session is over. What you did is kept."}
    sitting = Sitting.of(visit)
    if sitting is not None and sitting.ended_by_pain:
        return {"kept": True, "next": "/session/end/", "says": "That was too much. The session ends here."}
    return {"kept": True}


def trial_failed(visit: Visit, done: SetDone) -> bool:
    """Whether the decision about this trial set took the stage back (D24)."""
    about = f"trial:{done.session}:{done.item}"
    made = [dated.body.decision for dated in visit.course.decisions if dated.body.decision.about == about]
    return any(type(decision).__name__ == "Regress" for decision in made)


# ---- the same without JavaScript


@course_page
def plain_set(visit: Visit) -> HttpResponseBase:
    """A set from the plain form."""
    sitting = Sitting.of(visit)
    current = sitting.current if sitting else None
    if visit.request.method != "POST" or sitting is None or current is None:
        return redirect("/session/")
    place = visit.request.POST.get("place", "")
    number = visit.request.POST.get("number", "")
    if (place, number) != (str(current.line.place), str(current.number)):
        sent_twice = standing(visit.episode, visit.request.POST.get("entry", ""))
        return redirect("/session/" if sent_twice else "/session/?already=1")
    form = sitting.form(current)(visit.request.POST)
    if not form.is_valid():
        return _again(visit, sitting, current, form)
    done = sitting.set_of(form.cleaned_data, place=current.line.place, number=current.number)
    _keep(visit, done, form.cleaned_data["entry"])
    return redirect(str(_onward(visit, sitting, done).get("next", "/session/")))


def _again(visit: Visit, sitting: Sitting, current: Current, form: Any) -> HttpResponseBase:
    context = {
        "sitting": sitting,
        "line": current.line,
        "number": current.number,
        "form": form,
        "skip": sitting.skip_form(),
        "lines": sitting.lines,
        "undo": sitting.newest_set(),
    }
    return render(visit.request, "course/session.html", context)


@course_page
def plain_skip(visit: Visit) -> HttpResponseBase:
    """A skip from the plain form."""
    sitting = Sitting.of(visit)
    form = SkipForm(visit.request.POST, prefix="skip")
    place = visit.request.POST.get("place", "")
    if (
        visit.request.method == "POST"
        and sitting
        and form.is_valid()
        and is_number(place)
        and int(place) < len(sitting.items)
    ):
        if int(place) not in sitting.skipped:
            why = form.cleaned_data["why"]
            visit.write(
                ItemSkipped(session=sitting.session, item=int(place), why=why), entry=form.cleaned_data["entry"]
            )
        return redirect("/session/")
    if sitting is None or sitting.current is None:
        return redirect("/session/")
    return render(visit.request, "course/skip.html", {"form": form, "line": sitting.current.line})


@course_page
def plain_undo(visit: Visit) -> HttpResponseBase:
    """Take back the newest set from the plain page."""
    sitting = Sitting.of(visit)
    if visit.request.method == "POST" and sitting is not None:
        take_back(visit, session=sitting.session, entry=visit.request.POST.get("set", ""))
    return redirect("/session/")


@course_page
def again(visit: Visit) -> HttpResponseBase:
    """After a failed trial: why, and the session made anew."""
    from psoas.web.pages.session import begin_now

    if visit.request.method == "POST":
        return begin_now(visit)
    decision = telling.newest(visit.course, knowledge=visit.knowledge)
    return render(visit.request, "course/again.html", {"decision": decision, "today": visit.today})
