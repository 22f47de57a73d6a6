"""Where one side starts and by which rows (C3, rulings D05, D09, D15, D22; ST8 after a long absence)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msgspec import Struct

from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course
from psoas.pathway.decisions import Profile, SideProfile
from psoas.pathway.facts import person_facts, side_facts
from psoas.pathway.sides import cleared_to, painless
from psoas.terms import Answer, Reason, Side, Stage

RESTRICTED_TOP = Stage.CONTROL


class Start(Struct, frozen=True):
    """Where one side starts, before the sides are tied, and by which rows."""

    stage: Stage
    reasons: tuple[Reason, ...]


def restricted_plan(course: Course, day: dt.date) -> bool:
    """Under a clearance of a TC, W5 or U row (D15)."""
    rows = (row for given in course.clearances if given.body.until >= day for row in given.body.rows)
    return any(row.startswith(("TC", "TU", "W5")) for row in rows)


def start_of(
    course: Course,
    profile: Profile,
    side: Side,
    *,
    cautious: bool,
    knowledge: Knowledge,
    now: dt.datetime,
    going_on: bool = False,
) -> Start:
    """The stage that C3 gives this side, with every row that says so and every cap; the sides are not tied yet.

    `going_on`: the course goes on under its plan (D25), so it is no return (ST8).
    """
    person = person_facts(course, now=now, knowledge=knowledge)
    facts = side_facts(course, side, now=now, person=person, profile=profile.on(side), knowledge=knowledge)
    rows = list(_rows(profile.on(side), facts, course, knowledge)) or [(Stage.LOAD, Reason("ST6"))]
    stage = min(stage for stage, _ in rows)
    caps = [(cap, reason) for cap, reason in _caps(cautious, course, side, now.date(), going_on) if cap < stage]
    reasons = [reason for of, reason in rows if of is stage] + [reason for _, reason in caps]
    return Start(min([stage, *(cap for cap, _ in caps)]), tuple(reasons))


def _rows(
    profile: SideProfile, facts: dict[str, Any], course: Course, knowledge: Knowledge
) -> Iterator[tuple[Stage, Reason]]:
    """Every ST row that holds for the side, with the stage it names (D22)."""
    yield from _settle_rows(profile, facts, knowledge)
    yield from _first_rows(profile, facts, course, knowledge)
    if profile.label in ("weak", "both", "tight"):
        yield _by_screen_s(profile)
    if profile.label == "neither":
        yield from _neither_rows(profile, facts, course, knowledge)


def _settle_rows(profile: SideProfile, facts: dict[str, Any], knowledge: Knowledge) -> Iterator[tuple[Stage, Reason]]:
    """ST1: onset at most 72 h ago, resting pain of 4 or more, or a limp."""
    pain = facts["current_pain"]
    if pain != "unknown" and pain >= knowledge["settle_pain"]:
        yield Stage.SETTLE, Reason("ST1", {"pain": pain})
    if painless(profile):
        return
    if facts.get("onset_recent") == "yes":
        yield Stage.SETTLE, Reason("ST1", {"hours": facts["onset_hours"]})
    if facts.get("limp") == "yes":
        yield Stage.SETTLE, Reason("ST1", {"limp": "yes"})


def _first_rows(
    profile: SideProfile, facts: dict[str, Any], course: Course, knowledge: Knowledge
) -> Iterator[tuple[Stage, Reason]]:
    """ST2: inhibited, provisional, pain in the test, 65 and new to training, pregnant; the last two for both sides."""
    age, intake = facts["age"], course.intake
    new = intake is None or intake.new_to_training is not Answer.NO
    found = (
        ("inhibited", profile.inhibited is Answer.YES),
        ("provisional", profile.provisional or profile.label == "provisional"),
        ("test pain", "pain_confounded" in profile.tags),
        ("age", (age == "unknown" or age >= knowledge["older_age"]) and new),
        ("pregnant", facts.get("pregnant", "unknown") != "no"),
    )
    for why, holds in found:
        if holds:
            yield Stage.ACTIVATE, Reason("ST2", {"why": why})


def _by_screen_s(profile: SideProfile) -> tuple[Stage, Reason]:
    if profile.screen_s is Answer.YES:
        return Stage.CONTROL, Reason("ST5" if profile.label == "tight" else "ST4", {"label": profile.label})
    return Stage.ACTIVATE, Reason("D22" if profile.label == "tight" else "ST3", {"label": profile.label})


def _neither_rows(
    profile: SideProfile, facts: dict[str, Any], course: Course, knowledge: Knowledge
) -> Iterator[tuple[Stage, Reason]]:
    if profile.screen_s is Answer.NO:
        yield Stage.ACTIVATE, Reason("D22", {"screen_s": "no"})
    if painless(profile):
        trained = course.intake is not None and course.intake.trained is Answer.YES
        yield Stage.LOAD, Reason("ST7" if trained else "D22", {"trained": "yes" if trained else "no"})
        return
    pain = _higher(facts["current_pain"], facts["test_pain"])
    if pain is None or pain > knowledge["pain_green_max"]:
        yield Stage.CONTROL, Reason("ST6b", {"pain": "unknown" if pain is None else pain})
    else:
        yield Stage.LOAD, Reason("ST6", {"pain": pain})


def _higher(current: Any, test: Any) -> Decimal | None:
    """The higher of current and test pain (D05); an unknown current pain is unknown, an untested one is left aside."""
    if current == "unknown":
        return None
    highest: Decimal = max(current, test) if test != "unknown" else current
    return highest


def _caps(cautious: bool, course: Course, side: Side, day: dt.date, going_on: bool) -> Iterator[tuple[Stage, Reason]]:
    """What limits the start: S with caution (D09), a restricted plan (D15), a return after a long time (ST8)."""
    if cautious:
        yield Stage.CONTROL, Reason("D09")
    if restricted_plan(course, day):
        yield cleared_to(course, on=day) or RESTRICTED_TOP, Reason("D15")
    if course.plan is not None and not going_on:
        before = course.plan.on(side).stage
        lower = max(before.below, Stage.ACTIVATE)  # Stage 0 only by reds, ST1 or a trial that failed by pain (D59)
        yield min(lower, Stage.CONTROL), Reason("ST8", {"before": before.value})
