"""What a decision does to a plan: `apply(plan, changes, at=...)`. Nothing here judges; it only carries out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from psoas.pathway.decisions import (
    CautionTo,
    Change,
    CheckSettled,
    Closes,
    CutNext,
    DeloadWeek,
    FrequencyFrom,
    Held,
    HeldUntil,
    Joins,
    Leaves,
    Lifted,
    LoadFound,
    ModeTo,
    Plan,
    Relabelled,
    RunningOut,
    SidePlan,
    StageTo,
    StepTo,
    Stops,
    TopTo,
    TrialDue,
    TrialSeen,
)
from psoas.terms import BOTH, SIDES, Side


def apply(plan: Plan, changes: Iterable[Change], *, at: dt.datetime) -> Plan:
    """The plan after these changes, made at this instant."""
    for change in changes:
        plan = _changed(plan, change, at)
    return plan


def _changed(plan: Plan, change: Change, at: dt.datetime) -> Plan:
    match change:
        case StageTo() | TrialSeen() | TrialDue():
            return _on_side(plan, change.side, change, at)
        case StepTo() | CutNext() | Leaves() | Joins() | Closes() | LoadFound():
            for side in sides_of(change.side):
                plan = _on_side(plan, side, change, at)
            return plan
        case _:
            return _overall(plan, change)


def _overall(plan: Plan, change: Change) -> Plan:
    match change:
        case DeloadWeek(first=first, last=last):
            return replace(plan, deload=(first, last), deloads=(*plan.deloads, first))
        case FrequencyFrom(week=week, sessions=sessions):
            return replace(plan, frequency={**plan.frequency, str(week): sessions})
        case Relabelled(profile=profile):
            return replace(plan, profile=profile)
        case CheckSettled(day=day):
            return replace(plan, settled_checks=(*plan.settled_checks, day))
        case HeldUntil(until=until, rows=rows):
            return replace(plan, held_until=until, held_for=tuple(dict.fromkeys((*plan.held_for, *rows))))
        case Lifted(rows=rows):
            left = tuple(row for row in plan.held_for if row not in rows)
            return replace(plan, held_for=left, held_until=plan.held_until if left else None)
        case RunningOut(out=out):
            return replace(plan, running_out=out)
        case TopTo(stage=stage, restricted=restricted):
            return replace(plan, top=stage, restricted=restricted)
        case CautionTo(caution=caution):
            return replace(plan, caution=caution)
        case ModeTo(mode=mode):
            return replace(plan, mode=mode)
        case Stops():  # kept by the course, which outlives the plan
            return plan
        case _:  # pragma: no cover - the match above is exhaustive over Change
            raise AssertionError(change)


def sides_of(side: str) -> tuple[Side, ...]:
    """The sides a bilateral or one-sided exercise stands for.

    >>> sides_of("both")
    (<Side.LEFT: 'left'>, <Side.RIGHT: 'right'>)
    """
    return SIDES if side == BOTH else (Side(side),)


def _on_side(plan: Plan, side: Side, change: Change, at: dt.datetime) -> Plan:
    changed = _side_changed(plan.on(side), change, at)
    return replace(plan, left=changed) if side is Side.LEFT else replace(plan, right=changed)


def _side_changed(here: SidePlan, change: Change, at: dt.datetime) -> SidePlan:
    match change:
        case StageTo(stage=stage, trial=trial):
            return replace(here, stage=stage, entered=at, trial=trial, cut=())
        case TrialSeen(stage=stage, passed=passed):
            failed = here.failed if passed else {**here.failed, stage.value: here.failed.get(stage.value, 0) + 1}
            return replace(here, trial=False, failed=failed)
        case TrialDue():
            return replace(here, trial=True)
        case StepTo():
            return _stepped(here, change, at)
        case LoadFound():
            return _loaded(here, change)
        case CutNext(exercise=exercise):
            return replace(here, cut=(*here.cut, exercise))
        case Leaves(exercise=exercise, until=until):
            return replace(here, away={**here.away, exercise: until})
        case Joins(exercise=exercise, step=step):
            away = {k: v for k, v in here.away.items() if k != exercise}
            return replace(here, away=away, held={**here.held, exercise: Held(step=step, since=at)})
        case Closes(exercise=exercise, step=step, until=until):
            return replace(here, closed={**here.closed, f"{exercise}:{step}": until.isoformat()})
        case _:  # pragma: no cover - callers pass one-sided changes only
            raise AssertionError(change)


def _loaded(here: SidePlan, change: LoadFound) -> SidePlan:
    """The load found for where the exercise stands; its run goes on."""
    held = here.held.get(change.exercise, Held(step=1, since=here.entered))
    held = replace(held, load=change.load, find=change.find)
    return replace(here, held={**here.held, change.exercise: held})


def _stepped(here: SidePlan, change: StepTo, at: dt.datetime) -> SidePlan:
    held = Held(
        step=change.step, since=at, load=change.load, extra_reps=change.extra_reps, form=change.form, find=change.find
    )
    down = here.left_down
    if change.down:
        key = f"{change.exercise}:{change.was}"
        down = {**down, key: down.get(key, 0) + 1}
    cut = tuple(exercise for exercise in here.cut if exercise != change.exercise)
    return replace(here, held={**here.held, change.exercise: held}, left_down=down, cut=cut)
