"""From what was said to what is written down: the bodies of entries, made from the course as it stands.

The desk and the cases write the same entries through these functions; nothing here reads a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.pathway.answers import told as facts_told
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import (
    AskMore,
    Cleared,
    NoProtocolFits,
    Paused,
    Plan,
    Profile,
    Refer,
    Rest,
    Session,
    TestMore,
    Triage,
)
from psoas.pathway.facts import person_facts
from psoas.pathway.leave import rows_in_force
from psoas.pathway.planning import plan
from psoas.pathway.prescribing import items_for
from psoas.pathway.record import (
    DayAnswered,
    Pains,
    Planned,
    Screened,
    SessionBegun,
    SessionDone,
    Swapped,
    summed_up,
)
from psoas.pathway.screening import mini_screen, screen, under_leave, with_tests
from psoas.pathway.seen import Dated, Sat
from psoas.pathway.session import session_on
from psoas.pathway.settling import profile_of, settled_course, told_by_tests
from psoas.terms import Answer, Level


def triage_of(course: Course, answers: Mapping[str, Any], *, knowledge: Knowledge, now: dt.datetime) -> Triage:
    """What the full screen comes to with the facts of the record."""
    return screen(answers, knowledge=knowledge, on=now.date(), derived=_derived(course, answers, now, knowledge))


def _derived(course: Course, answers: Mapping[str, Any], now: dt.datetime, knowledge: Knowledge) -> dict[str, Any]:
    """The derived facts, read with the answers being given now: a known minor strain is one by today's answers."""
    now_told = replace(course, facts={**course.facts, **facts_told(answers)})
    return person_facts(now_told, now=now, knowledge=knowledge)


def screened(
    course: Course, answers: Mapping[str, Any], *, knowledge: Knowledge, now: dt.datetime
) -> Screened | AskMore:
    """A full screen as it is written down; questions still open where it is not settled."""
    triage = triage_of(course, answers, knowledge=knowledge, now=now)
    if isinstance(triage, AskMore):
        return triage
    level, fired, unknown = _outcome(triage)
    return Screened(answers=dict(answers), level=level, fired=fired, unknown=unknown)


def _outcome(triage: Cleared | Refer) -> tuple[Level, tuple[str, ...], tuple[str, ...]]:
    if isinstance(triage, Cleared):
        return Level.SELF_CARE, (), ()
    fired = tuple(reason.rule for reason in triage.reasons if reason.rule not in triage.unknown)
    return triage.level, fired, triage.unknown


class DayTold(Struct, frozen=True, kw_only=True):
    """What she says of today before it is judged: pain now, limp, the mini-screen's answers and news (D11)."""

    now: Pains
    limp: Answer
    answers: dict[str, Any]
    recovered: Answer = Answer.UNKNOWN
    news: tuple[str, ...] | None = None
    night_pain: Answer = Answer.UNKNOWN  # new night pain
    for_session: bool = True


def day_answered(course: Course, told: DayTold, *, knowledge: Knowledge, now: dt.datetime) -> DayAnswered | AskMore:
    """Today as it is written down; the questions that a yes or a not-sure has opened where some are open (D11)."""
    said = DayAnswered(now=told.now, limp=told.limp, answers=told.answers, recovered=told.recovered, news=told.news,
                       night_pain=told.night_pain, for_session=told.for_session)  # fmt: skip
    if not told.for_session:
        return said
    derived = _derived(course, told.answers, now, knowledge)
    triage = mini_screen(told.answers, knowledge=knowledge, on=now.date(), derived=derived)
    if isinstance(triage, AskMore):
        return triage
    level, fired, unknown = _outcome(triage)
    return replace(said, level=level, fired=fired, unknown=unknown)


# ---- the plan


def cleared_now(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> Triage | None:
    """Whether self-care may go on: the newest full screen, a clinician's leave, and what the tests add (D09, D14)."""
    if not course.screens:
        return None
    told = course.screens[-1]
    triage = triage_of(course, told.body.answers, knowledge=knowledge, now=now)
    triage = under_leave(triage, covered=rows_in_force(course.clearances, on=now.date()), on=now.date())
    if not isinstance(triage, Cleared):
        return triage
    return _with_tests(course, triage, knowledge, now)


def _with_tests(course: Course, cleared: Cleared, knowledge: Knowledge, now: dt.datetime) -> Triage:
    profile = profile_of(course, knowledge=knowledge, now=now)
    if not isinstance(profile, Profile):
        return cleared
    found = told_by_tests(course, profile, knowledge=knowledge, now=now)
    return under_leave(
        with_tests(cleared, found=found), covered=rows_in_force(course.clearances, on=now.date()), on=now.date()
    )


def drafted(
    course: Course, *, protocol: str, knowledge: Knowledge, now: dt.datetime
) -> Plan | NoProtocolFits | Triage | TestMore:
    """The plan that the record calls for, or what stands in its way."""
    cleared = cleared_now(course, knowledge=knowledge, now=now)
    if cleared is None:
        return AskMore(questions=())
    profile = profile_of(course, knowledge=knowledge, now=now)
    if isinstance(profile, TestMore):
        return profile
    if not isinstance(cleared, Cleared):
        return cleared
    return plan(profile, cleared=cleared, protocol=protocol, course=course, knowledge=knowledge, now=now)


def planned(made: Plan) -> Planned:
    """A plan as it is written down."""
    return Planned(plan=made)


# ---- the session


def begun(course: Course, *, session: str, knowledge: Knowledge, now: dt.datetime) -> SessionBegun | Paused | Rest:
    """A session as it begins, with the prescription exactly as shown; or why there is none today.

    Without today's answers no session (D11); they serve this session only.
    """
    today = session_on(course, knowledge=knowledge, now=now)
    if not isinstance(today, Session):
        return today
    answered = [day for day in course.days if day.day == now.date() and day.body.for_session]
    last = course.sats[-1].done.began if course.sats else None
    if not answered or (last is not None and answered[-1].at <= last):
        return Paused(reasons=(), asks=("day",))
    told: DayAnswered = answered[-1].body
    return SessionBegun(session=session, shown=today, before=told.now, stressors=told.news, recovered=told.recovered)


def swapped(sat: Sat, *, course: Course, place: int, to: str, knowledge: Knowledge, now: dt.datetime) -> Swapped | None:
    """Another exercise or form at that place of the open session, and at its other side's (D32).

    None for a warm-up or a trial, once a set of the exercise is done, for what the session has already, and where no
    row gives the other to the same sides.
    """
    items, places = sat.done.shown.items, places_of(sat, place)
    here = items[place]
    other = (to, "") if to in knowledge.exercises else (here.exercise, to)
    if here.slot == 1 or any(begun_at(sat, each) for each in places) or other in [(i.exercise, i.form) for i in items]:
        return None
    swap = Swapped(exercise=here.exercise, to=to)
    tried = replace(course, swaps=(*course.swaps, Dated(now, swap, course.count + 1)))
    after = settled_course(tried, knowledge=knowledge, now=now)
    given = [item for item in items_for(Reading(after, knowledge=knowledge, now=now)) if not item.trial]
    by_side = {item.side: item for item in given if (item.exercise, item.form) == other}
    sides = [items[each].side for each in places]
    if sorted(by_side) != sorted(sides):
        return None
    return replace(
        swap, session=sat.done.session, shown=dict(zip(places, map(by_side.__getitem__, sides), strict=True))
    )


def places_of(sat: Sat, place: int) -> list[int]:
    """Where the exercise of that place stands in the session: once for each side, or once for both."""
    items = sat.done.shown.items
    return [each for each, item in enumerate(items) if item.exercise == items[place].exercise]


def begun_at(sat: Sat, place: int) -> bool:
    """Whether a set was done there or it was left out; a trial counts as begun."""
    done = sat.done
    touched = [*(one.item for one in done.sets), *(skip.item for skip in done.skips)]
    return done.shown.items[place].trial or place in touched


def ended(course: Course, *, after: Pains, effort: Any, limp: Answer, by: str, now: dt.datetime) -> SessionDone | None:
    """The open session as it is summed up; None when none is open."""
    if course.open is None:
        return None
    done = course.open.done
    trials = tuple(t.body.done for t in course.trials if t.body.done.session == done.session)
    return summed_up(session=done.session, began=done.began, ended=now, shown=done.shown, before=done.before,
                     sets=(*trials, *done.sets), skips=done.skips, after=after, effort=effort, limp=limp,
                     stressors=done.stressors, recovered=done.recovered, ended_by=by)  # fmt: skip
