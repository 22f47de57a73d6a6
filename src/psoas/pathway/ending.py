"""Discharge, maintenance and what re-opens a course (C12, rulings D70-D73)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Discharge, SideProfile
from psoas.pathway.difference import worsened
from psoas.pathway.facts import recent_tests, weekly_told
from psoas.pathway.findings import angle_of, hold_of, on_side, w6_passed
from psoas.pathway.following import weekly_worst
from psoas.pathway.gates import at_the_top, days_in_stage
from psoas.pathway.record import CheckAnswered
from psoas.pathway.referring import MUCH_BETTER, psfs, psfs_gain
from psoas.pathway.seen import Dated, Work
from psoas.pathway.strength import compared_with_other
from psoas.terms import SIDES, Answer, Reason, Side, Stage

_STAGE_DAYS = {Stage.ACTIVATE: "stage_days_1", Stage.CONTROL: "stage_days_2", Stage.LOAD: "stage_days_3",
               Stage.INTEGRATE: "stage_days_4a", Stage.RETURN: "stage_days_4a"}  # fmt: skip


def not_yet(reading: Reading, check: CheckAnswered) -> tuple[Reason, ...]:
    """The aims of C12 that are not met at this check; empty when she may be discharged (D70)."""
    unmet = [
        *_looked_at_first(reading),
        *_worst(reading),
        *_function(reading, check),
        *_change(reading, check),
        *_reds(reading),
        *_goal(reading),
    ]
    if check.day >= 7 * reading.knowledge["programme_weeks"] and not unmet:
        return tuple(_stays(reading))
    return (*unmet, *_labels(reading))


def _looked_at_first(reading: Reading) -> Iterator[Reason]:
    """While a stop or a C-hold stands, the clinician's look comes before the end (D13, D43)."""
    yield from (Reason(stop.row) for stop in reading.course.stops)
    if reading.plan.held_until is not None:
        yield Reason("D13", {"rows": ", ".join(reading.plan.held_for)})


def _worst(reading: Reading) -> Iterator[Reason]:
    """DI1: worst 2 or less in every weekly answer of the last 14 days, the first of them a week old or older."""
    k = reading.knowledge
    first = reading.today - dt.timedelta(days=int(k["discharge_worst_days"]))
    told = [d for d in weekly_told(reading.course) if d.day >= first]
    pains = [d.body.worst.get(side) for d in told for side in SIDES]
    oldest = min((d.day for d in told), default=reading.today)
    both_weeks = (reading.today - oldest).days >= k["week_days"]
    if not both_weeks or any(pain is None or pain > k["pain_green_max"] for pain in pains):
        yield Reason("DI1")


def _function(reading: Reading, check: CheckAnswered) -> Iterator[Reason]:
    """DI2: mean 8 or more, or 2.3 better with her satisfied."""
    mean, gain = psfs(check.scores), psfs_gain(reading.course, check)
    enough = mean is not None and mean >= reading.knowledge["discharge_psfs"]
    better = gain is not None and gain >= reading.knowledge["psfs_medium"] and check.satisfied is Answer.YES
    if not enough and not better:
        yield Reason("DI2", {"mean": "unknown" if mean is None else mean})


def _change(reading: Reading, check: CheckAnswered) -> Iterator[Reason]:
    """DI3: much improved; not read if intake worst was 0 and PSFS above 8.7."""
    intake = reading.course.intake
    before = psfs(tuple(a.score for a in intake.activities)) if intake else None
    painless = intake is not None and all(said.worst == 0 for said in intake.sides.values())
    if painless and before is not None and before > reading.knowledge["psfs_ceiling"]:
        return
    if check.change not in MUCH_BETTER:
        yield Reason("DI3", {"change": check.change or "unknown"})


def _reds(reading: Reading) -> Iterator[Reason]:
    """DI4: 21 days without a red."""
    days = int(reading.knowledge["discharge_no_red_days"])
    if reading.recent_reds(None, days=days - 1):
        yield Reason("DI4", {"days": days})


def _labels(reading: Reading) -> Iterator[Reason]:
    """DI5: each side neither, or T borderline and W no with LSI 90, or W6 passed where no LSI exists; by tests of 28 days."""
    for side in SIDES:
        profile = reading.plan.profile.on(side)
        strong = profile.lsi is not None and profile.lsi >= reading.knowledge["lsi_clear"]
        strong = strong or (profile.lsi is None and _held_w6(reading, side))
        unmoved = profile.weak is Answer.NO and profile.inhibited is Answer.NO
        near = profile.length == "borderline" and unmoved and strong
        if profile.provisional or not (near or (profile.label == "neither" and profile.length == "no")):
            yield Reason("DI5", {"side": side.value, "label": profile.label})
        else:
            yield from _too_old(reading, side)


def _held_w6(reading: Reading, side: Side) -> bool:
    tests = recent_tests(reading.course, day=reading.today, knowledge=reading.knowledge)
    return w6_passed(tests, side=side, knowledge=reading.knowledge) is Answer.YES


def _too_old(reading: Reading, side: Side) -> Iterator[Reason]:
    """Angle, strength and W6 serve for 28 days (D65)."""
    tests = recent_tests(reading.course, day=reading.today, knowledge=reading.knowledge)
    length = any(test.method != "none" for test in on_side(tests.length, side=side))
    strength = compared_with_other(tests, side=side, knowledge=reading.knowledge) is not None
    if not length or not (strength or hold_of(tests, side=side, exercise="E06")):
        yield Reason("D65", {"side": side.value, "old": "strength" if length else "length"})


def _goal(reading: Reading) -> Iterator[Reason]:
    """DI6: goal stage held for its time, the last three sessions of its slot 4 or 8 exercises clean."""
    for side in SIDES:
        here = reading.side(side)
        needed = int(reading.knowledge[_STAGE_DAYS.get(here.stage, "stage_days_0")])
        held = at_the_top(reading, side) and days_in_stage(reading, side) >= needed
        if not held or not _last_clean(reading, side):
            yield Reason("DI6", {"side": side.value, "stage": here.stage.value})


def _last_clean(reading: Reading, side: Side) -> bool:
    needed = int(reading.knowledge["discharge_clean_sessions"])
    seen: list[bool] = []
    for index in range(len(reading.course.sats) - 1, -1, -1):
        works: list[Work] = [w for w in reading.done_on(index, side) if w.item.slot in (4, 8)]
        if works:
            seen.append(all(reading.clean(index, w.item.exercise, side) for w in works))
        if len(seen) == needed:
            return all(seen)
    return False


def _stays(reading: Reading) -> Iterator[Reason]:
    """From week 12 some findings that stay do not keep her in (D71)."""
    for side in SIDES:
        profile = reading.plan.profile.on(side)
        if profile.label != "neither" and not _may_go(reading, side, profile):
            yield Reason("DI5", {"side": side.value, "label": profile.label})
        else:
            yield from _too_old(reading, side)


def _may_go(reading: Reading, side: Side, profile: SideProfile) -> bool:
    """T yes, or W yes by an LSI at or above its cut-off, with W6 passed and no test worse since the last check (D71)."""
    if profile.inhibited is not Answer.NO or profile.provisional or not _held_w6(reading, side):
        return False
    if profile.weak is Answer.YES and (
        profile.lsi is None or profile.lsi < reading.knowledge[f"lsi_weak_{profile.lsi_method}"]
    ):
        return False
    return not _got_worse(reading, side)


def _got_worse(reading: Reading, side: Side) -> bool:
    """The angle grew by more than its error since the last check; a fall of strength is a stop of its own (SR5)."""
    settled = [check.day for check in reading.course.checks if check.body.day in reading.plan.settled_checks]
    angles = [
        (dated.day, angle)
        for dated in reading.course.tests
        for test in on_side(dated.body.findings.length, side=side)
        if (angle := angle_of(test)) is not None
    ]
    before = [angle for day, angle in angles if settled and day <= settled[-1]]
    if not before:
        return False
    return worsened(before[-1], angles[-1][1], kind="angle", knowledge=reading.knowledge) is Answer.YES


def reopened_by(reading: Reading) -> Dated | None:
    """MA2: what opens the course again in maintenance: her wish, RG3, or worst 4 or more in two weekly answers in a row."""
    if reading.plan.mode != "maintenance":
        return None
    wishes = [r for r in reading.course.replies if r.body.offer == "reopen" and r.at >= reading.course.plans[-1][0]]
    dropped = [d for d in _since_the_end(reading) if any(reason.rule == "RG3" for reason in d.body.decision.reasons)]
    if wishes or dropped:
        return [*dropped, *wishes][-1]
    needed, limit = int(reading.knowledge["reopen_weeks"]), reading.knowledge["reopen_pain"]
    told = weekly_worst(reading)[-needed:]
    sore = [any(pain is not None and pain >= limit for pain in week.body.worst.values()) for week in told]
    return told[-1] if len(sore) == needed and all(sore) else None


def _since_the_end(reading: Reading) -> list[Dated]:
    """The decisions since the course ended."""
    ended = [d.seq for d in reading.course.decisions if isinstance(d.body.decision, Discharge)]
    return [d for d in reading.course.decisions if ended and d.seq > ended[-1]]
