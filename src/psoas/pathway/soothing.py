"""While a side is irritable, what begins on both legs stays there (C4a, D-S)."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Change, Decision, Regress
from psoas.pathway.lines import irritable
from psoas.pathway.standing import standing
from psoas.pathway.tying import step_to, tied
from psoas.terms import SIDES, Reason, Side


def on_both_legs(reading: Reading) -> Iterator[Decision]:
    """An irritable side that stands on one leg comes down to the highest line on both; up again by clean sessions (D-S)."""
    down = {side: tuple(_one_legged(reading, side)) for side in SIDES if irritable(reading, side)}
    changes = [change for each in down.values() for change in each]
    if changes:
        reasons = tuple(Reason("C4a", {"exercise": "E03", "side": side.value}) for side in SIDES if down.get(side))
        about = f"irritable:{reading.course.count}"
        yield Regress(reasons=reasons, changes=tied(reading, changes), moment="week", about=about)


def _one_legged(reading: Reading, side: Side) -> Iterator[Change]:
    exercise = reading.exercise("E03")
    above = standing(reading.plan, side=side, exercise=exercise).step > exercise.both_steps
    if above and reading.side(side).stage in exercise.stages:
        yield step_to(reading, exercise, side, exercise.both_steps)
