"""The plan: twelve weeks, why it begins where it does, every exercise with its reasons; swap, switch, accept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from msgspec.structs import replace

from psoas.clinic import Refused
from psoas.pathway.course import Course
from psoas.pathway.decisions import AskMore, ModeTo, NoProtocolFits, Plan, Refer, TestMore
from psoas.pathway.record import ProtocolAdopted, Swapped
from psoas.storage.ids import is_id, new_id
from psoas.web import clock, desk, drafts, episodes, planning, saying
from psoas.web.guard import account_of
from psoas.web.models import Account
from psoas.web.pages import onboarding
from psoas.web.pages.result import of_tests
from psoas.web.writing import told_when_refused

WHY_TWO = {
    "age": "Two, because from 65 on the muscles need longer to recover.",
    "pain_free": "Two, because neither hip hurts: that keeps strength.",
    "heavy": "Two, because one exercise has become heavy.",
    "sore": "Two to begin with, because the pain now is above 2.",
    "chosen": "Two, because you chose so.",
    "adherence": "Two, because that is what fits your weeks.",
}
THREE = "Three, with at least 48 hours from the start of one to the start of the next."


def plan(request: HttpRequest) -> HttpResponse:
    """The plan in force, or the one that the answers and tests call for."""
    account = account_of(request)
    now = clock.now(account)
    course = episodes.course_of(account, now=now)
    if course.stops:
        return redirect("screen-result")
    if not (course.screens and course.intakes and course.wishes and course.tests):
        return redirect(onboarding.next_path(course, account=account))
    if missing := _before_reopening(course):
        return redirect(missing)
    made = in_force(course) or desk.clinic().draft_plan(course, protocol=_protocol(course, account), now=now)
    if not isinstance(made, Plan):
        return _no_plan(request, course, made, now)
    return render(request, "onboarding/plan.html", _context(request, account, course, made, now))


def in_force(course: Course) -> Plan | None:
    """The plan that is followed; none where a course is opened again and waits for its new one (D73)."""
    return None if course.plan is None or course.plan.mode == "reopen" else course.plan


def _before_reopening(course: Course) -> str:
    """What a new plan still waits for when a course is opened again: a full screen and the tests (D73)."""
    if course.plan is None or course.plan.mode != "reopen":
        return ""
    since = max(d.at for d in course.decisions if any(isinstance(c, ModeTo) for c in d.body.decision.changes))
    have = (("/screen/", course.screens), ("/tests/", course.tests))
    return next((path for path, told_ in have if told_[-1].at < since), "")


def _protocol(course: Course, account: Account) -> str:
    """The programme chosen for the plan to be, else the episode's own."""
    chosen = drafts.kept(account, form="plan").typed.get("protocol", [""])[0]
    return chosen if chosen in desk.knowledge().protocols else course.protocol


def _context(request: HttpRequest, account: Account, course: Course, made: Plan, now: dt.datetime) -> dict[str, Any]:
    known = desk.knowledge()
    seen = planning.Shown(course, made, knowledge=known, now=now)
    other = request.GET.get("as", "")
    return {
        "page": {"title": "Your twelve weeks"},
        "step": onboarding.step("plan"),
        "plan": made,
        "accepted": in_force(course) is not None,
        "shown": seen,
        "protocol": seen.protocol,
        "turns": seen.turns(),
        "left_out": seen.left_out(),
        "weeks": seen.weeks(),
        "why_often": WHY_TWO.get(seen.why_two, THREE),
        "starts": planning.starts(made, knowledge=known, course=course),
        "reasons": saying.whys(made.reasons, knowledge=known),
        "protocols": [(key, each) for key, each in known.protocols.items() if key != made.protocol],
        "entry": drafts.kept(account, form="plan").entry if in_force(course) is None else new_id(),
        "no_equipment": not (course.wish.equipment.bands or course.wish.equipment.kg or course.wish.equipment.cable_kg),
        **_switching(course, seen, other, now),
    }


def _switching(course: Course, seen: planning.Shown, other: str, now: dt.datetime) -> dict[str, Any]:
    """Another programme beside this one, before it is chosen."""
    if other not in desk.knowledge().protocols or other == seen.plan.protocol:
        return {}
    made = _under(course, seen.plan, other, now)
    if not isinstance(made, Plan):
        return {"other_refused": True}
    there = planning.Shown(course, made, knowledge=desk.knowledge(), now=now)
    return {"other": there.protocol, "other_key": other, "difference": planning.difference(seen, there)}


def _under(course: Course, made: Plan, other: str, now: dt.datetime) -> Any:
    if in_force(course) is not None:
        return replace(made, protocol=other)
    return desk.clinic().draft_plan(course, protocol=other, now=now)


def _no_plan(request: HttpRequest, course: Course, made: Any, now: dt.datetime) -> HttpResponse:
    """What stands in the way of a plan: a person to see, a test to do, a question to answer, or no exercise that fits."""
    known = desk.knowledge()
    if isinstance(made, TestMore):
        return redirect("/tests/")
    if isinstance(made, AskMore):
        return redirect("/screen/")
    if isinstance(made, Refer):
        return render(request, "onboarding/result.html", of_tests(course, made, now=now))
    reasons = made.reasons if isinstance(made, NoProtocolFits) else ()
    context = {
        "page": {"title": "No plan for now"},
        "step": onboarding.step("plan"),
        "whys": saying.whys(reasons, knowledge=known),
    }
    return render(request, "onboarding/no_plan.html", context)


# ---- choosing


@require_POST
@told_when_refused
def switch(request: HttpRequest) -> HttpResponse:
    """Another programme: kept with the draft before the plan is accepted, an entry of its own after it."""
    account = account_of(request)
    now = clock.now(account)
    protocol = request.POST.get("protocol", "")
    course = episodes.course_of(account, now=now)
    if protocol not in desk.knowledge().protocols or course.stops:
        return redirect("plan")
    if in_force(course) is not None:
        if protocol == course.protocol:
            return redirect("plan")
        _write(account, ProtocolAdopted(protocol=protocol), request, now)
    else:
        drafts.keep(account, form="plan", entry=new_id(), fields=("protocol",), sent=request.POST)
    return redirect("plan")


@require_POST
@told_when_refused
def swap(request: HttpRequest) -> HttpResponse:
    """An allowed equivalent in place of an exercise; anything else changes nothing."""
    account = account_of(request)
    now = clock.now(account)
    exercise, to = request.POST.get("exercise", ""), request.POST.get("to", "")
    course = episodes.course_of(account, now=now)
    made = in_force(course) or desk.clinic().draft_plan(course, protocol=_protocol(course, account), now=now)
    if isinstance(made, Plan) and not course.stops:
        seen = planning.Shown(course, made, knowledge=desk.knowledge(), now=now)
        allowed = {(turn.id, key) for turn in seen.turns() for key, _ in turn.swaps}
        if (exercise, to) in allowed:
            _write(account, Swapped(exercise=exercise, to=to), request, now)
    return redirect("plan")


@require_POST
@told_when_refused
def accept(request: HttpRequest) -> HttpResponse:
    """The plan into the record, once; then today."""
    account = account_of(request)
    now = clock.now(account)
    episode = episodes.opened(account, now=now)
    course = episodes.course_of(account, now=now)
    if in_force(course) is not None:
        return redirect("/today/")
    protocol = _protocol(course, account)
    try:
        desk.clinic().make_plan(
            episode, protocol=protocol, now=now, zone=clock.zone_of(account), entry_id=_entry(request)
        )
    except Refused:
        return redirect("plan")
    drafts.forget(account)
    return redirect("/today/")


def _entry(request: HttpRequest) -> str | None:
    entry = request.POST.get("entry", "")
    return entry if is_id(entry) else None


def _write(account: Account, body: Any, request: HttpRequest, now: dt.datetime) -> None:
    episode = episodes.opened(account, now=now)
    desk.clinic().write(episode, body, now=now, zone=clock.zone_of(account), entry_id=_entry(request))
