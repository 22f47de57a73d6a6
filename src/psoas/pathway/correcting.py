"""What a correction does to decisions already acted on (D64): read as if said so at first, but nothing is given back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec.structs import replace

from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Change, Progress, StepTo
from psoas.pathway.dropping import Drop, drops_of
from psoas.pathway.seen import Dated
from psoas.pathway.standing import standing
from psoas.pathway.tying import step_to
from psoas.pathway.zones import GREEN
from psoas.terms import BOTH, SIDES, Reason, Side


def unearned(reading: Reading) -> Iterator[Change]:
    """One step down for each step up that the corrected record no longer earns, unless three clean sessions followed."""
    for decided in reading.course.decisions:
        if not isinstance(decided.body.decision, Progress):
            continue
        for change in decided.body.decision.changes:
            if isinstance(change, StepTo) and _rose(change) and not _earned_then(reading, decided, change):
                yield from _back(reading, decided, change)


def _rose(change: StepTo) -> bool:
    return change.step > change.was or change.extra_reps > 0 or change.load != change.was_load


def _earned_then(reading: Reading, decided: Dated, change: StepTo) -> bool:
    then = before(reading.course, decided.at)
    if then.plan is None:
        return True
    look = Reading(then, knowledge=reading.knowledge, now=decided.at)
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    side = Side.LEFT if change.side == BOTH else Side(change.side)
    held = standing(then.plan, side=side, exercise=look.exercise(change.exercise))
    since = max(held.since, then.plan.on(side).entered)
    last = len(then.sats) - 1
    if any(look.zone(last, of) != GREEN for of in (SIDES if change.side == BOTH else (side,))):
        return False  # beside an amber or unknown session nothing goes up on that side (D40)
    return len(look.run(change.exercise, side, since=since, step=held.step)) >= needed


def before(course: Course, at: dt.datetime) -> Course:
    """The course with its sessions and plan as they stood just before that instant, corrections read in."""
    plans = [plan for when, plan in course.plans if when < at]
    sats = tuple(sat for sat in course.sats if sat.done.began < at)
    return replace(course, sats=sats, plan=plans[-1] if plans else None, open=None)


def _back(reading: Reading, decided: Dated, change: StepTo) -> Iterator[Change]:
    exercise = reading.exercise(change.exercise)
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    for side in SIDES if change.side == BOTH else (Side(change.side),):
        held = standing(reading.plan, side=side, exercise=exercise)
        followed = reading.run(change.exercise, side, since=decided.at, step=change.step)
        if held.step >= change.step > 1 and len(followed) < needed:
            yield step_to(reading, exercise, side, held.step - 1)


def appeared(reading: Reading) -> list[Drop]:
    """Drops of sessions less than 14 days old that the corrected record shows and no decision carried out."""
    days = int(reading.knowledge["correction_days"])
    found: list[Drop] = []
    for index, sat in enumerate(reading.course.sats):
        decided = f"morning:{sat.done.session}" in _abouts(reading.course)
        if decided and (reading.today - sat.day).days < days:
            known = [r for d in _about(reading.course, sat.done.session) for r in d.body.decision.reasons]
            found += [drop for drop in drops_of(reading, index, final=True) if _is_new(drop, known)]
    return found


def _is_new(drop: Drop, known: list[Reason]) -> bool:
    """It goes further than what that session has led to already, for its exercise and side (D43)."""
    return any(
        _far(reason) > max((_far(had) for had in known if _covers(had, reason)), default=0) for reason in drop.reasons
    )


def _far(reason: Reason) -> int:
    """How far back the row leads; 0 where it only tells why."""
    return {"RG1": 1, "RG2": 2, "RG3": 3, "RG4": 3, "CP5": 3}.get(reason.rule, 0)


def _covers(had: Reason, reason: Reason) -> bool:
    """The same side, and the same exercise or all of them."""
    side, exercise = (had.values.get(name) for name in ("side", "exercise"))
    return side == reason.values.get("side") and exercise in (None, reason.values.get("exercise"))


def _abouts(course: Course) -> set[str]:
    return {dated.body.decision.about for dated in course.decisions}


def _about(course: Course, session: str) -> list[Dated]:
    names = (f"session:{session}", f"morning:{session}")
    return [dated for dated in course.decisions if dated.body.decision.about in names]
