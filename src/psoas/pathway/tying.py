"""Moving down or up keeps both sides tied (D23), and a stage entered has its steps (D50, D59)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from psoas.knowledge.schema import Exercise
from psoas.pathway.admission import loads_at_hand
from psoas.pathway.change import apply
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Change, Held, Plan, StageTo, StepTo
from psoas.pathway.sides import combined, followers, hurting
from psoas.pathway.standing import bilateral, lighter_load, standing, top_step
from psoas.terms import BOTH, NO_LOAD, SIDES, Load, Side, Stage


def following(reading: Reading) -> frozenset[Side]:
    """The side that follows the other, if one does (D23)."""
    return followers(reading.plan.profile, hurting=hurting(reading.course))


def tied(reading: Reading, changes: Iterable[Change]) -> tuple[Change, ...]:
    """These changes, and what they take along on the other side."""
    changes = tuple(changes)
    after = apply(reading.plan, changes, at=reading.now)
    together = combined({side: after.on(side).stage for side in SIDES}, following=_down_with(reading, after))
    moved = [side for side in SIDES if together[side] < after.on(side).stage]
    more: list[Change] = []
    for side in moved:
        more += stage_down(reading, side, together[side], how="follow")
    more += _steps_along(reading, changes, after, frozenset(moved))
    return (*changes, *more)


def _down_with(reading: Reading, after: Plan) -> frozenset[Side]:
    """A follower takes its leader's stage only downwards here; upwards it needs its own run (D23)."""
    return frozenset(s for s in following(reading) if after.on(s).stage > after.on(s.other).stage)


def _steps_along(
    reading: Reading, changes: tuple[Change, ...], after: Plan, moved: frozenset[Side]
) -> Iterator[StepTo]:
    """A follower's steps are never ahead of its leader's."""
    for side in following(reading) - moved:
        for change in changes:
            if isinstance(change, StepTo) and change.side == side.other.value and change.step < change.was:
                exercise = reading.exercise(change.exercise)
                held = standing(after, side=side, exercise=exercise)
                if held.step > change.step:
                    yield step_to(reading, exercise, side, change.step)


def stage_down(reading: Reading, side: Side, stage: Stage, *, how: str = "drop") -> list[Change]:
    """To a lower stage: each exercise one below the step last held there, shared ones one step down (D59)."""
    return [StageTo(side=side, stage=stage, how=how), *_landing(reading, side, stage)]


def _landing(reading: Reading, side: Side, stage: Stage) -> Iterator[StepTo]:
    here = reading.side(side)
    for exercise in reading.knowledge.exercises.values():
        if stage not in exercise.stages or exercise.id not in stood(reading, side):
            continue
        was = (
            standing(reading.plan, side=side, exercise=exercise)
            if here.stage in exercise.stages
            else here.held[exercise.id]
        )
        step = min(max(was.step - 1, 1), top_step(exercise, stage))
        yield step_to(reading, exercise, side, step, was=was)


def stood(reading: Reading, side: Side) -> set[str]:
    """Exercises that stand, or once stood, on a step of that side."""
    here = reading.side(side)
    shared = {e.id for e in reading.knowledge.exercises.values() if here.stage in e.stages and e.slot > 1}
    shown = (item for sat in reading.course.sats for item in sat.done.shown.items)
    done = {item.exercise for item in shown if item.side in (side.value, BOTH)}
    return set(here.held) | (shared & done)


def stage_up(reading: Reading, side: Side, stage: Stage, *, trial: bool) -> list[Change]:
    """To a higher stage: exercises met before in the episode enter one below the step last held (D50)."""
    here = reading.side(side)
    changes: list[Change] = [StageTo(side=side, stage=stage, how="gate", trial=trial)]
    for name, held in here.held.items():
        exercise = reading.exercise(name)
        if stage in exercise.stages and here.stage not in exercise.stages:
            changes.append(step_to(reading, exercise, side, max(held.step - 1, 1), was=held))
    return changes


def step_to(
    reading: Reading, exercise: Exercise, side: Side, step: int, *, was: Held | None = None, down: bool = False
) -> StepTo:
    """That exercise to a lower step on that side (both, while it is bilateral), with the load it had there (D59)."""
    was = was or standing(reading.plan, side=side, exercise=exercise)
    together = bilateral(exercise, was.step) and bilateral(exercise, step)
    return StepTo(
        exercise=exercise.id,
        side=BOTH if together else side.value,
        step=step,
        was=was.step,
        load=_load_on(reading, exercise, side, step, was.load) if step < was.step else was.load,
        was_load=was.load,
        find=was.find,
        form=was.form,
        down=down,
    )


def _load_on(reading: Reading, exercise: Exercise, side: Side, step: int, load: Load) -> Load:
    """The load last used on that line; else the next lighter one; else the same."""
    if load == NO_LOAD or load.kind == "hand":
        return load
    for sat in reversed(reading.course.sats):
        for item in sat.done.shown.items:
            if item.exercise == exercise.id and item.side in (side.value, BOTH) and item.step == step and not item.cut:
                return item.load
    loads = loads_at_hand(load.kind, equipment=reading.course.wish.equipment, cable="cable" in exercise.equipment)
    share = 1 / (1 + reading.knowledge["load_step_max"] / 100)
    return lighter_load(load, share=share, loads=loads) or load
