"""While a side is irritable, what begins on both legs stays there (C4a, D-S)."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Decision, Regress, StepTo
from psoas.pathway.lines import irritable
from psoas.pathway.standing import standing
from psoas.pathway.tying import step_to, tied
from psoas.terms import SIDES, Reason, Side


def on_both_legs(reading: Reading) -> Iterator[Decision]:
    """An irritable side that stands on one leg comes down to the highest line on both; up again by clean sessions (D-S)."""
    down = [step for side in SIDES if irritable(reading, side) for step in _one_legged(reading, side)]
    if down:
        reasons = tuple(Reason("C4a", {"exercise": step.exercise, "side": step.side}) for step in down)
        about = f"irritable:{reading.course.count}"
        yield Regress(reasons=reasons, changes=tied(reading, down), moment="week", about=about)


def _one_legged(reading: Reading, side: Side) -> Iterator[StepTo]:
    """What this side does on one leg, of the exercises that begin on both."""
    stage = reading.side(side).stage
    by_step = (e for e in reading.knowledge.exercises.values() if e.sided == "by_step" and stage in e.stages)
    for exercise in by_step:
        if standing(reading.plan, side=side, exercise=exercise).step > exercise.both_steps:
            yield step_to(reading, exercise, side, exercise.both_steps)
