"""What others said and what has changed: a clinician's leave, having been seen, a change, opening the course again (D14-D17)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from psoas.pathway.decisions import Refer
from psoas.pathway.leave import may_clear
from psoas.pathway.record import ChangeReported, Clearance, Replied, Seen
from psoas.terms import Answer, Stage
from psoas.web import drafts, telling
from psoas.web.forms.base import EntryForm
from psoas.web.forms.course import change_form, leave_form, seen_form
from psoas.web.forms.fields import NONE, YesNoField
from psoas.web.pages import onboarding
from psoas.web.pages.asking import ask, newest_decision
from psoas.web.stopped import stands
from psoas.web.visit import Visit, course_page, episode_page

Rows = list[tuple[str, str]]


def rows_now(visit: Visit) -> list[str]:
    """Every row that stops or holds the course or keeps a plan from being made, or whose leave has ended."""
    course = visit.course
    stops = [stop.row for stop in course.stops]
    held = list(course.plan.held_for) if course.plan else _before_a_plan(visit)
    in_force = {row for given in course.clearances if given.body.until >= visit.day for row in given.body.rows}
    ended = [row for given in course.clearances for row in given.body.rows if given.body.until < visit.day]
    return list(dict.fromkeys([*stops, *held, *(row for row in ended if row not in in_force)]))


def _before_a_plan(visit: Visit) -> list[str]:
    """What the answers and tests together leave to a clinician, where nothing stops her and no plan is made yet."""
    if visit.course.stops or not visit.course.tests:
        return []
    made = visit.clinic.draft_plan(visit.course, now=visit.now)
    return [why.rule for why in made.reasons] if isinstance(made, Refer) else []


def named(rows: list[str], visit: Visit) -> Rows:
    """Rows with their titles, as choices."""
    return [(row, telling.why_title(row, knowledge=visit.knowledge)) for row in rows]


@episode_page
def leave(visit: Visit) -> HttpResponseBase:
    """A clinician's leave, quoted by the person (D14)."""
    rows = rows_now(visit)
    quotable = [row for row in rows if may_clear(row, quoted=True, knowledge=visit.knowledge)]
    if not quotable or stands(visit.request):
        return _nobody_may_quote(visit, rows)
    usual, most = int(visit.knowledge["clearance_days"]), int(visit.knowledge["clearance_days_max"])
    exercises = [(each.id, each.name) for each in visit.knowledge.exercises.values()]
    form_class = leave_form(named(quotable, visit), exercises=exercises, today=visit.day, most=most)
    before = visit.course.count

    def keep(form: EntryForm) -> str:
        visit.write(_clearance(form.cleaned_data, visit, usual), entry=form.cleaned_data["entry"])
        return _onward(visit, before=before)

    lede = (
        "Enter what a doctor or physiotherapist allowed you. It covers only what you tick, as it was then; anything new"
        " or worse counts anew. The plan is gentler under it: at most Stage 2, without hanging, sprinting or self-massage."
    )
    return ask(visit, form_class, keep=keep, title="A clinician’s leave", lede=lede, button="Keep this leave")


def _onward(visit: Visit, *, before: int) -> str:
    """The decision it has brought; before there is a plan, the next step of the way to it."""
    if visit.course.plan is None:
        return onboarding.next_path(visit.course, account=visit.account)
    return newest_decision(visit, before=before)


def _clearance(said: dict[str, Any], visit: Visit, usual: int) -> Clearance:
    top = said["top"]
    forbidden = said["forbidden"]
    return Clearance(
        rows=said["rows"],
        until=said["until"] or visit.day + dt.timedelta(days=usual),
        quoted=True,
        top=None if top == NONE else Stage(top),
        forbidden=() if forbidden == (NONE,) else forbidden,
    )


def _nobody_may_quote(visit: Visit, rows: list[str]) -> HttpResponseBase:
    return render(visit.request, "course/no_leave.html", {"rows": named(rows, visit)})


@episode_page
def seen(visit: Visit) -> HttpResponseBase:
    """Having been seen about what stops the course (D16)."""
    rows = [stop.row for stop in visit.course.stops]
    if not rows:
        return redirect(onboarding.next_path(visit.course, account=visit.account))
    since = min(stop.at for stop in visit.course.stops).date()

    def keep(form: EntryForm) -> str:
        said = form.cleaned_data
        body = Seen(rows=said["rows"], by=said["by"], on=said["on"], outcome=said["outcome"])
        visit.write(body, entry=said["entry"])
        drafts.forget(visit.account, "screen")  # the safety check that follows is a new one
        return onboarding.next_path(visit.course, account=visit.account)

    form_class = seen_form(named(rows, visit), since=min(since, visit.day), today=visit.day)
    lede = "By whom, when, and what came of it. From a day after the warning on, the full safety check decides whether training goes on."
    return ask(visit, form_class, keep=keep, title="I have been seen", lede=lede)


@course_page
def change(visit: Visit) -> HttpResponseBase:
    """Something changed: a full safety check comes before the next session (D17)."""

    def keep(form: EntryForm) -> str:
        visit.write(ChangeReported(what=form.cleaned_data["what"]), entry=form.cleaned_data["entry"])
        return "/today/"

    form_class = change_form(visit.knowledge, today=visit.day)
    return ask(visit, form_class, keep=keep, title="Something has changed", button="Keep this")


class AgainForm(EntryForm):
    """Whether a new course is wanted."""

    wanted = YesNoField(label="Do you want to begin a new course?", unsure=False)


@course_page
def restart(visit: Visit) -> HttpResponseBase:
    """Open the course again at her wish (MA2)."""
    if visit.reading.plan.mode == "course":
        return redirect("/today/")
    before = visit.course.count

    def keep(form: EntryForm) -> str:
        answer = Answer(form.cleaned_data["wanted"])
        if answer is Answer.YES:
            visit.write(Replied(offer="reopen", answer=answer), entry=form.cleaned_data["entry"])
        return newest_decision(visit, before=before)

    lede = "The safety check and the self-tests come first, then a new plan from where you are now. Your record goes on; nothing is lost."
    return ask(visit, AgainForm, keep=keep, title="Open the course again", lede=lede, button="Next")
