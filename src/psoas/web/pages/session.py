"""A session from its first question to its last: how you are, the sets, how it was, what comes next (D11, D36, D40)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.forms.utils import ErrorDict
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from msgspec.structs import replace

from psoas.clinic import Refused
from psoas.pathway import writing
from psoas.pathway.answers import AGAIN
from psoas.pathway.decisions import AskMore, Hold, Session
from psoas.pathway.record import SessionDone
from psoas.pathway.seen import Dated
from psoas.terms import Answer
from psoas.web import drafts, telling, waiting
from psoas.web.forms import screening
from psoas.web.forms.base import EntryForm, PageForm
from psoas.web.forms.course import AfterForm, day_fields, made, pains_of, ticked
from psoas.web.guiding import first_picture, guidance
from psoas.web.pages.asking import ask
from psoas.web.pages.today import when_words
from psoas.web.sitting import Sitting
from psoas.web.streak import weeks_in_a_row, well_done
from psoas.web.visit import Visit, course_page

DRAFT = "day"
ON, ASKED = "_on", "_asked"


# ---- before: the morning, the six questions, pain and limp


@course_page
def start(visit: Visit) -> HttpResponseBase:
    """What is asked before a session, or wherever else to go first."""
    elsewhere = _elsewhere(visit)
    if elsewhere:
        return redirect(elsewhere)
    if answered(visit) is not None:
        return _ready(visit)
    draft = _draft(visit)
    form_class = _first_form(visit)
    if visit.request.method == "POST":
        return _take(visit, form_class)
    form = form_class(data=draft.data()) if draft.there else form_class()
    if draft.there:
        form._errors = ErrorDict()  # noqa: SLF001 (typed before, judged only when it is sent)
    return _show(visit, form, draft.entry)


def _elsewhere(visit: Visit) -> str:
    """Where to go first: on with an open session, to the morning's question, or back to today where it is no day for one."""
    if waiting.left_open(visit.reading) is not None:
        return "/session/close/"
    if Sitting.of(visit) is not None:
        return "/session/"
    if waiting.morning_open(visit.reading) is not None:
        return "/morning/?then=start"
    return "" if isinstance(visit.today, Session) else "/today/"


def answered(visit: Visit) -> Dated | None:
    """What was said for today's session, where it has not been used for one yet."""
    found = [day for day in visit.course.days if day.day == visit.day and day.body.for_session]
    last = visit.course.sats[-1].done.began if visit.course.sats else None
    return found[-1] if found and (last is None or found[-1].at > last) else None


def _ready(visit: Visit) -> HttpResponseBase:
    """Today is answered; one press begins."""
    return begin_now(visit) if visit.request.method == "POST" else render(visit.request, "course/ready.html")


def begin_now(visit: Visit) -> HttpResponseBase:
    """Begin today's session and go to it; where today has become none, back to today."""
    told = answered(visit)
    if told is None:
        return redirect("/session/start/")
    session = _id_of(visit, told)
    try:
        entry = str(uuid5(UUID(session), "begun"))
        course = visit.clinic.begin(visit.episode, session=session, now=visit.now, zone=visit.zone, entry_id=entry)
    except Refused:
        return redirect("/today/")
    visit.renewed(course)
    drafts.forget(visit.account, DRAFT)
    return redirect("/session/")


def _id_of(visit: Visit, told: Dated) -> str:
    """The session that follows from these answers: pressed twice it is the same; after a failed trial it is another."""
    return str(uuid5(UUID(visit.episode), f"session:{told.seq}:{len(visit.course.trials)}"))


def _draft(visit: Visit) -> drafts.Kept:
    """Today's draft; what was typed on another day does not count today."""
    draft = drafts.kept(visit.account, form=DRAFT)
    if draft.there and draft.typed.get(ON) != [visit.day.isoformat()]:
        drafts.forget(visit.account, DRAFT)
        return drafts.kept(visit.account, form=DRAFT)
    return draft


def _first_form(visit: Visit) -> type[Any]:
    fields = day_fields(visit.knowledge, today=visit.day, session=True)
    if not visit.course.sats:
        del fields["recovered"]  # there is no session yet to recover from
    return made("DayForm", fields, PageForm)


def _show(visit: Visit, form: Any, entry: str, *, more: bool = False) -> HttpResponseBase:
    return render(visit.request, "course/start.html", {"form": form, "entry": entry, "more": more})


def _take(visit: Visit, form_class: type[Any]) -> HttpResponseBase:
    """Keep what was sent, then judge it."""
    draft = _draft(visit)
    sent = visit.request.POST
    fields = [*form_class.base_fields, ON]
    kept = drafts.keep(visit.account, form=DRAFT, entry=sent.get("entry") or draft.entry, fields=fields, sent=sent)
    drafts.put(visit.account, form=DRAFT, values={ON: [visit.day.isoformat()]})
    form = form_class(data=kept.data())
    if not form.is_valid():
        return _show(visit, form, kept.entry)
    return _judge(visit)


def _judge(visit: Visit) -> HttpResponseBase:
    """Ask what the answers have opened; once nothing is open, keep today and begin."""
    draft = drafts.kept(visit.account, form=DRAFT)
    first = _first_form(visit)(data=draft.data())
    if not first.is_valid():
        return redirect("/session/start/")
    told = _told(visit, first.cleaned_data, draft)
    try:
        course = visit.clinic.write_day(visit.episode, told, now=visit.now, zone=visit.zone, entry_id=draft.entry)
    except Refused as refused:
        if not isinstance(refused.because, AskMore):
            raise
        asked = [*draft.typed.get(ASKED, []), *refused.because.questions]
        drafts.put(visit.account, form=DRAFT, values={ASKED: list(dict.fromkeys(asked))})
        return redirect("/session/start/more/")
    visit.renewed(course)
    return begin_now(visit)


def _told(visit: Visit, said: dict[str, Any], draft: drafts.Kept) -> writing.DayTold:
    gates = [question.id for question in visit.knowledge.questions.values() if question.mini]
    answers = {gate: said[gate] for gate in gates} | _further(visit, draft)
    return writing.DayTold(
        now=pains_of(said),
        limp=Answer(said["limp_now"]),
        answers=answers,
        recovered=Answer(said.get("recovered", "unknown")),
        night_pain=Answer(said["night_pain_new"]),
        news=ticked(said["news"]),
    )


def _further(visit: Visit, draft: drafts.Kept) -> dict[str, Any]:
    """The answers to the questions that a yes or a not-sure has opened, as far as they are given."""
    fields = _more_fields(visit, draft)
    form = screening.page_form(fields)(data=draft.data())
    form.is_valid()
    given = {name for name in fields if any(name == typed or typed.startswith(f"{name}_") for typed in draft.typed)}
    return {name: value for name, value in form.cleaned_data.items() if name in given}


def _more_fields(visit: Visit, draft: drafts.Kept) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for asked in draft.typed.get(ASKED, []):
        question = visit.knowledge.questions[asked.removesuffix(AGAIN)]
        again = asked.endswith(AGAIN)
        fields[asked] = (
            screening.again_field(question) if again else screening.question_field(question, today=visit.day)
        )
    return fields


@course_page
def more(visit: Visit) -> HttpResponseBase:
    """What the first answers have opened."""
    elsewhere = _elsewhere(visit)
    draft = _draft(visit)
    fields = {name: field for name, field in _more_fields(visit, draft).items() if name not in draft.typed}
    if elsewhere or not draft.typed.get(ASKED):
        return redirect(elsewhere or "/session/start/")
    form_class = screening.page_form(fields or _more_fields(visit, draft))
    if visit.request.method != "POST":
        return _show(visit, form_class(), draft.entry, more=True)
    sent = visit.request.POST
    everything = [*_more_fields(visit, draft)]
    kept = drafts.keep(
        visit.account, form=DRAFT, entry=draft.entry, fields=[n for n in everything if n in sent], sent=sent
    )
    form = form_class(data=kept.data())
    return _judge(visit) if form.is_valid() else _show(visit, form, kept.entry, more=True)


# ---- the sets


@gzip_page
@course_page
def session(visit: Visit) -> HttpResponseBase:
    """The open session: the player, and without JavaScript one set after the other."""
    sitting = Sitting.of(visit)
    if sitting is None:
        return redirect("/today/")
    current = sitting.current
    if current is None:
        return redirect("/session/end/")
    given = guidance(sitting)
    context = {
        "sitting": sitting,
        "line": current.line,
        "number": current.number,
        "form": sitting.form(current)(),
        "skip": sitting.skip_form(),
        "lines": sitting.lines,
        "prescription": given,
        "picture": first_picture(given),
        "undo": sitting.newest_set(),
        "already": "already" in visit.request.GET,
        "whys": telling.whys(sitting.sat.done.shown.reasons, knowledge=visit.knowledge),
    }
    return render(visit.request, "course/session.html", context)


@course_page
def close(visit: Visit) -> HttpResponseBase:
    """A session of an earlier day that nobody ended: its sets are a session; how it was after stays unknown."""
    sat = visit.course.open
    if sat is None:
        return redirect("/today/")

    def keep(form: EntryForm) -> str:
        body = writing.ended(visit.course, after={}, effort=None, limp=Answer.UNKNOWN, by="left", now=visit.now)
        if body is not None:
            visit.write(replace(body, ended=sat.done.ended), entry=form.cleaned_data["entry"])
        return "/today/"

    count = len(sat.done.sets)
    lede = f"The session of {telling.day_words(sat.day)} has {count} finished set{'' if count == 1 else 's'}. It is closed as it stands; what was not said then stays unknown."
    return ask(visit, EntryForm, keep=keep, title="Close the session", lede=lede, button="Close it")


# ---- after


@course_page
def end(visit: Visit) -> HttpResponseBase:
    """How it was, just after; then what comes next."""
    sitting = Sitting.of(visit)
    if sitting is None:
        return redirect("/session/done/")
    stopped = sitting.ended_by_pain

    def keep(form: EntryForm) -> str:
        said = form.cleaned_data
        course = visit.clinic.end(
            visit.episode,
            after=pains_of(said),
            effort=said["effort"],
            limp=Answer(said["limp"]),
            by=sitting.ended_by,
            now=visit.now,
            zone=visit.zone,
            entry_id=said["entry"],
        )
        visit.renewed(course)
        return "/session/done/"

    lede = (
        "The pain in that set was more than an exercise may cause, so the session ends here. That is the rule, not your fault."
        if stopped
        else "Four questions, then you see what comes next."
    )
    return ask(
        visit,
        AfterForm,
        keep=keep,
        template="course/end.html",
        title="How was it?",
        lede=lede,
        button="Finish",
        sitting=sitting,
        stopped=stopped,
        back="/session/",
        back_label="Session",
    )


@course_page
def done(visit: Visit) -> HttpResponseBase:
    """What comes next: what was decided at once, what is asked tomorrow, and when the next session may be."""
    sat = visit.course.sats[-1] if visit.course.sats else None
    if sat is None or sat.day != visit.day or visit.course.open is not None:
        return _no_session(visit)
    context = {
        "sets": len(sat.done.sets) + sum(trial.body.done.session == sat.done.session for trial in visit.course.trials),
        "decisions": _at_once(visit, sat.done),
        "well_done": well_done(sat.done),
        "weeks": weeks_in_a_row(visit.reading),
        "today": visit.today,
        "next": _next(visit),
        "hours": int(visit.knowledge["morning_min_hours"]),
    }
    return render(visit.request, "course/done.html", context)


def _no_session(visit: Visit) -> HttpResponseBase:
    """Where warm-up or trial alone were done it was no session (D35), and that is said; else there is nothing to say."""
    entries = reversed(visit.clinic.record(visit.episode))
    newest = next((e.body for e in entries if isinstance(e.body, SessionDone) and e.day == visit.day), None)
    if newest is None or newest.worked or not newest.sets or visit.course.open is not None:
        return redirect("/today/")
    context = {
        "tried": bool(newest.tried),
        "again": isinstance(visit.today, Session),
        "decisions": _at_once(visit, newest),
    }
    return render(visit.request, "course/no_session.html", context)


def _at_once(visit: Visit, done: SessionDone) -> list[telling.Told]:
    """What stepped back in this session or at its end; that a trial went well changes nothing."""
    about = {f"session:{done.session}", *(f"trial:{done.session}:{n}" for n in range(len(done.shown.items)))}
    made = [d for d in visit.course.decisions if d.body.decision.about in about]
    made = [d for d in made if not isinstance(d.body.decision, Hold)]
    return [telling.told(dated, knowledge=visit.knowledge, course=visit.course) for dated in made]


def _next(visit: Visit) -> str:
    until = getattr(visit.today, "until", None)
    return when_words(until, today=visit.day) if until else ""
