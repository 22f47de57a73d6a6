"""Going up: one stage, one step of one exercise, or one exercise joining (C6, rulings D44-D48, D50, D53, D54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from psoas.knowledge.schema import Exercise
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Change, Joins, RunningOut, StepTo
from psoas.pathway.effort import within_work
from psoas.pathway.gates import GATE_RULE, at_the_top, can_do, held_at, run_of, running_unmet, unmet
from psoas.pathway.holding import held_back
from psoas.pathway.lines import line_above, load_sought
from psoas.pathway.seen import once
from psoas.pathway.selection import Chosen, Selection
from psoas.pathway.sides import side_order
from psoas.pathway.standing import bilateral, entry_step, standing
from psoas.pathway.tying import following, stage_up
from psoas.terms import BOTH, SIDES, Reason, Side, Stage

GATE_ORDER = ("E06", "E07", "E16a", "E03", "E10", "E18", "E08", "E12", "E11")
SLOT_ORDER = (4, 3, 7, 5, 6, 8, 2)
_TOGETHER = (Stage.INTEGRATE, Stage.RETURN)


class Rise(Struct, frozen=True):
    """One thing that may go up now, and why."""

    changes: tuple[Change, ...]
    reasons: tuple[Reason, ...]


def rises(reading: Reading, selections: dict[Side, Selection]) -> Rise | None:
    """The one thing that goes up at this decision, or None (D44): stage, then steps, then a joining exercise."""
    open_sides = [side for side in side_order(reading.course, reading.plan) if not list(held_back(reading, side))]
    if len(open_sides) < len(SIDES) and any(r.rule in _FOR_BOTH for side in SIDES for r in held_back(reading, side)):
        return None
    return (
        _stage(reading, selections, open_sides)
        or _running_again(reading, selections, open_sides)
        or _joining(reading, selections, open_sides)
        or _step(reading, selections, open_sides)
    )


_FOR_BOTH = frozenset({"D65", "HO5", "HO6", "D62", "D13"})


# ---- a stage (D50)


def _stage(reading: Reading, selections: dict[Side, Selection], open_sides: list[Side]) -> Rise | None:
    ready = [side for side in open_sides if not list(unmet(reading, selections[side]))]
    up = _allowed_up(reading, ready)
    if not up:
        return None
    changes: list[Change] = []
    for side in up:
        stage = reading.side(side).stage.above
        changes += stage_up(reading, side, stage, trial=side not in following(reading))
    if reading.plan.running_out and reading.side(up[0]).stage.above is Stage.RETURN:
        changes.append(RunningOut(out=False))
    rule = GATE_RULE[reading.side(up[0]).stage]
    reasons = tuple(Reason(rule, {"side": side.value, "stage": reading.side(side).stage.above.value}) for side in up)
    return Rise(tuple(changes), (*reasons, Reason("D50")))


def _allowed_up(reading: Reading, ready: list[Side]) -> list[Side]:
    """A follower goes with or after its leader; 4a and 4b are entered by both; else one stage at most lies between (D23)."""
    follows = following(reading)
    allowed = []
    for side in ready:
        stage, others = reading.side(side).stage.above, reading.side(side.other).stage
        with_other = others.above if side.other in ready and others < stage else others
        if side in follows and with_other < stage:
            continue
        if stage in _TOGETHER and max(with_other, others) < stage:
            continue
        if side.other not in follows and stage > with_other.above:
            continue
        allowed.append(side)
    return allowed


def _running_again(reading: Reading, selections: dict[Side, Selection], open_sides: list[Side]) -> Rise | None:
    """In Stage 4b drills and running come back once PR11 holds again on both sides (D66)."""
    in_return = all(reading.side(side).stage is Stage.RETURN for side in SIDES)
    if not reading.plan.running_out or not in_return or len(open_sides) < len(SIDES):
        return None
    if any(list(running_unmet(reading, selections[side])) for side in SIDES):
        return None
    return Rise((RunningOut(out=False),), (Reason("PR11"), Reason("D66")))


# ---- an exercise joining (E18, or at her wish)


def _joining(reading: Reading, selections: dict[Side, Selection], open_sides: list[Side]) -> Rise | None:
    """E18 joins each side on which E08 or E10 (or what stands in for them) first has a run of 3 in the stage (D-S)."""
    joins = tuple(
        Joins(exercise="E18", side=side.value, step=_joining_step(reading, side))
        for side in open_sides
        if _may_join(reading, selections[side])
    )
    reasons = tuple(Reason("D44", {"exercise": "E18", "side": join.side}) for join in joins)
    return Rise(joins, (Reason("PR10", {"joins": "E18"}), *reasons)) if joins else None


def _may_join(reading: Reading, selection: Selection) -> bool:
    side, here = selection.side, reading.side(selection.side)
    held = here.held.get("E18")
    if here.stage is not Stage.LOAD or (held is not None and held.since >= here.entered):
        return False
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    pulls = (name for name in ("E08", "E10", "E16b") if selection.has(name))
    return any(len(run_of(reading, name, side)) >= needed for name in pulls) and can_do(reading, side, "E18")


def _joining_step(reading: Reading, side: Side) -> int:
    held = reading.side(side).held.get("E18")
    return max(held.step - 1, 1) if held else 1


# ---- a step


class Ready(Struct, frozen=True):
    """An exercise that has earned its next step, on the sides that earned it."""

    exercise: Exercise
    sides: tuple[Side, ...]
    since: dt.date
    below_gate: bool
    slot: int


def _step(reading: Reading, selections: dict[Side, Selection], open_sides: list[Side]) -> Rise | None:
    for ready in sorted(ready_exercises(reading, selections, open_sides), key=_order):
        possible = [
            change for side in ready.sides if (change := _next_step(reading, selections[side], ready.exercise, side))
        ]
        changes = [change for change in possible if not _passes_leader(reading, ready.exercise, change, possible)]
        if changes:
            reasons = once(_earned_by(reading, ready.exercise, change) for change in changes)
            jumps = [Reason("PR5", {"jump": int(c.jump)}) for c in changes if c.jump is not None]
            kind = "PR5" if changes[0].load != changes[0].was_load else "PR4"
            return Rise(tuple(_distinct(changes)), (*reasons, Reason(kind, _step_values(changes[0])), *jumps))
    return None


def _passes_leader(reading: Reading, exercise: Exercise, change: StepTo, all_of: list[StepTo]) -> bool:
    """A follower whose leader has earned the step but cannot take it yet (PR6) waits with it (D23)."""
    if change.side not in following(reading):
        return False
    leader = Side(change.side).other
    goes_too = any(each.side == leader.value for each in all_of)
    return not goes_too and change.step > standing(reading.plan, side=leader, exercise=exercise).step


def capped(reading: Reading, selection: Selection) -> Iterator[Reason]:
    """Exercises with a run of three whose load is still sought (D47), or whose next line is too much more work (PR6)."""
    for chosen in selection.chosen:
        exercise = reading.exercise(chosen.exercise)
        earned = _earned(reading, selection, chosen) is not None
        if earned and _next_step(reading, selection, exercise, chosen.side) is None:
            rule = "D47" if load_sought(reading, selection, exercise) else "PR6"
            yield Reason(rule, {"exercise": exercise.id, "side": chosen.side.value})


def _earned_by(reading: Reading, exercise: Exercise, change: StepTo) -> Reason:
    """PR1 met: how many clean sessions in a row, of how many."""
    side = SIDES[0] if change.side == BOTH else Side(change.side)
    run, needed = len(run_of(reading, exercise.id, side)), int(reading.knowledge["clean_sessions_to_progress"])
    return Reason("PR1", {"exercise": exercise.id, "side": change.side, "run": run, "needed": needed})


def _step_values(change: StepTo) -> dict[str, object]:
    return {"exercise": change.exercise, "from": change.was, "to": change.step}


def _distinct(changes: list[StepTo]) -> list[StepTo]:
    kept: list[StepTo] = []
    for change in changes:
        if change not in kept:
            kept.append(change)
    return kept


def _order(ready: Ready) -> tuple[object, ...]:
    """D44: below the gate step first, in its order; then ready longest, then slot, then number."""
    if ready.below_gate:
        return (0, GATE_ORDER.index(ready.exercise.id), dt.date.min, 0, ready.exercise.id)
    return (1, 0, ready.since, SLOT_ORDER.index(ready.slot), ready.exercise.id)


def ready_exercises(reading: Reading, selections: dict[Side, Selection], open_sides: list[Side]) -> Iterator[Ready]:
    """Every exercise with a dense run of three that may go up, each with the sides that earned it."""
    found: dict[str, list[tuple[Side, Chosen, dt.date]]] = {}
    for side in open_sides:
        for chosen in selections[side].chosen:
            since = _earned(reading, selections[side], chosen)
            if since is not None:
                found.setdefault(chosen.exercise, []).append((side, chosen, since))
    for name, earned in found.items():
        exercise = reading.exercise(name)
        rising = [side for side, _, _ in earned]
        kept = [each for each in earned if _not_ahead(reading, exercise, each[0], rising)]
        if not kept or not _both_where_bilateral(reading, exercise, kept, open_sides):
            continue
        sides = tuple(side for side, _, _ in kept)
        below = any(_below_gate(reading, selections[side], exercise) for side in sides) and name in GATE_ORDER
        yield Ready(exercise, sides, min(since for _, _, since in kept), below, kept[0][1].slot)


def _earned(reading: Reading, selection: Selection, chosen: Chosen) -> dt.date | None:
    """The date of the session that made its run three, if it may go up now."""
    exercise, side = reading.exercise(chosen.exercise), chosen.side
    run = run_of(reading, exercise.id, side)
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    if not reading.run_is_dense(run) or not may_rise(reading, selection, exercise):
        return None
    return reading.course.sats[run[-needed]].day


def _both_where_bilateral(
    reading: Reading, exercise: Exercise, earned: list[tuple[Side, Chosen, dt.date]], open_sides: list[Side]
) -> bool:
    """A bilateral exercise goes up for both sides or not at all: one held back holds it (D23, D40)."""
    first = earned[0][0]
    if not bilateral(exercise, standing(reading.plan, side=first, exercise=exercise).step):
        return True
    alone = reading.side(first.other).stage not in exercise.stages
    return len(open_sides) == len(SIDES) and (alone or len(earned) == len(SIDES))


def _not_ahead(reading: Reading, exercise: Exercise, side: Side, rising: list[Side]) -> bool:
    """A follower goes up together with its leader or later, never ahead (D23)."""
    if side not in following(reading):
        return True
    mine, others = (standing(reading.plan, side=of, exercise=exercise).step for of in (side, side.other))
    return mine <= others if side.other in rising else mine < others


def may_rise(reading: Reading, selection: Selection, exercise: Exercise) -> bool:
    """Not in Stage 0 (D49), not where this stage fixes it, not waiting on its gate step, with a line above that is open."""
    side = selection.side
    held = standing(reading.plan, side=side, exercise=exercise)
    fixed = selection.stage in exercise.fixed and held.step >= entry_step(exercise, selection.stage)
    if selection.stage is Stage.SETTLE or fixed or not exercise.ladder[1:]:
        return False
    gate = held_at(reading, selection).get(exercise.id)
    if gate is not None and held.step >= gate and not at_the_top(reading, side):
        return False
    return line_above(reading, selection, exercise, held) is not None


def _below_gate(reading: Reading, selection: Selection, exercise: Exercise) -> bool:
    gate = held_at(reading, selection).get(exercise.id)
    return gate is not None and standing(reading.plan, side=selection.side, exercise=exercise).step < gate


def _next_step(reading: Reading, selection: Selection, exercise: Exercise, side: Side) -> StepTo | None:
    held = standing(reading.plan, side=side, exercise=exercise)
    above = line_above(reading, selection, exercise, held)
    if (
        above is None
        or load_sought(reading, selection, exercise)
        or not within_work(reading, selection, exercise, held, above)
    ):
        return None
    together = bilateral(exercise, held.step) and bilateral(exercise, above.step)
    return StepTo(exercise=exercise.id, side=BOTH if together else side.value, step=above.step, was=held.step, load=above.load,
                  was_load=held.load, extra_reps=above.extra_reps, jump=above.jump, hip=above.hip)  # fmt: skip
