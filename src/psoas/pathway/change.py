"""What a decision does to a plan: `apply(plan, changes, at=...)`. Nothing here judges; it only carries out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

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
        overall = _OVERALL.get(type(change))
        if overall is None:
            for side in sides_of(change.side):  # type: ignore[union-attr]  # every change that is not overall has one
                plan = _on_side(plan, side, change, at)
        else:
            plan = overall(plan, change)
    return plan


def served_cut(here: SidePlan, side: Side, served: set[tuple[str, str]]) -> SidePlan:
    """The side once these exercises, by side, were done with a cut dose."""
    kept = tuple(ex for ex in here.cut if (ex, side.value) not in served and (ex, "both") not in served)
    return here if kept == here.cut else replace(here, cut=kept)


def sides_of(side: str) -> tuple[Side, ...]:
    """The sides a bilateral or one-sided exercise stands for.

    >>> sides_of("both")
    (<Side.LEFT: 'left'>, <Side.RIGHT: 'right'>)
    """
    return _SIDES_OF[side]


_SIDES_OF = {BOTH: SIDES, Side.LEFT.value: (Side.LEFT,), Side.RIGHT.value: (Side.RIGHT,)}


def _on_side(plan: Plan, side: Side, change: Change, at: dt.datetime) -> Plan:
    changed = _ON_SIDE[type(change)](plan.on(side), change, at)
    return replace(plan, left=changed) if side is Side.LEFT else replace(plan, right=changed)


# ---- the whole plan


def _deload(plan: Plan, change: DeloadWeek) -> Plan:
    return replace(plan, deload=(change.first, change.last), deloads=(*plan.deloads, change.first))


def _less_often(plan: Plan, change: FrequencyFrom) -> Plan:
    return replace(plan, frequency={**plan.frequency, str(change.week): change.sessions})


def _held_up(plan: Plan, change: HeldUntil) -> Plan:
    held_for = tuple(dict.fromkeys((*plan.held_for, *change.rows)))
    return replace(plan, held_until=change.until, held_for=held_for)


def _lifted(plan: Plan, change: Lifted) -> Plan:
    left = tuple(row for row in plan.held_for if row not in change.rows)
    return replace(plan, held_for=left, held_until=plan.held_until if left else None)


_OVERALL: dict[type, Callable[[Plan, Any], Plan]] = {
    DeloadWeek: _deload,
    FrequencyFrom: _less_often,
    HeldUntil: _held_up,
    Lifted: _lifted,
    Relabelled: lambda plan, change: replace(plan, profile=change.profile),
    CheckSettled: lambda plan, change: replace(plan, settled_checks=(*plan.settled_checks, change.day)),
    RunningOut: lambda plan, change: replace(plan, running_out=change.out),
    TopTo: lambda plan, change: replace(plan, top=change.stage, restricted=change.restricted),
    CautionTo: lambda plan, change: replace(plan, caution=change.caution),
    ModeTo: lambda plan, change: replace(plan, mode=change.mode),
    Stops: lambda plan, _: plan,  # kept by the course, which outlives the plan
}


# ---- one side


def _staged(here: SidePlan, change: StageTo, at: dt.datetime) -> SidePlan:
    return replace(here, stage=change.stage, entered=at, trial=change.trial, cut=())


def _tried(here: SidePlan, change: TrialSeen, at: dt.datetime) -> SidePlan:
    stage = change.stage.value
    failed = here.failed if change.passed else {**here.failed, stage: here.failed.get(stage, 0) + 1}
    return replace(here, trial=False, failed=failed)


def _joined(here: SidePlan, change: Joins, at: dt.datetime) -> SidePlan:
    away = {k: v for k, v in here.away.items() if k != change.exercise}
    return replace(here, away=away, held={**here.held, change.exercise: Held(step=change.step, since=at)})


def _closed(here: SidePlan, change: Closes, at: dt.datetime) -> SidePlan:
    return replace(here, closed={**here.closed, f"{change.exercise}:{change.step}": change.until.isoformat()})


def _loaded(here: SidePlan, change: LoadFound, at: dt.datetime) -> SidePlan:
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
    cut = tuple([exercise for exercise in here.cut if exercise != change.exercise])
    return replace(here, held={**here.held, change.exercise: held}, left_down=down, cut=cut)


_ON_SIDE: dict[type, Callable[[SidePlan, Any, dt.datetime], SidePlan]] = {
    StageTo: _staged,
    TrialSeen: _tried,
    TrialDue: lambda here, _, __: replace(here, trial=True),
    StepTo: _stepped,
    LoadFound: _loaded,
    CutNext: lambda here, change, _: replace(here, cut=(*here.cut, change.exercise)),
    Leaves: lambda here, change, _: replace(here, away={**here.away, change.exercise: change.until}),
    Joins: _joined,
    Closes: _closed,
}
