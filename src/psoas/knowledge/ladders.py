"""Lint of doses: ladders climb, and every dose lies inside what its exercise allows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from psoas.knowledge.links import file_of, problem
from psoas.knowledge.schema import Exercise, Knowledge, Step
from psoas.terms import Dose

EFFORTS = ("quarter_to_half", "half", "eighty", "")
_PARTS = ("sets", "reps", "hold_s", "metres")


def climbs(lower: Step, *, upper: Step) -> bool:
    """Whether the upper line asks for more: another form, a heavier load, more effort, or more with nothing less.

    >>> climbs(Step(dose=Dose(sets=2, reps=15), rm=15), upper=Step(dose=Dose(sets=2, reps=13), rm=13))
    True
    >>> climbs(Step(dose=Dose(sets=2, reps=8)), upper=Step(dose=Dose(sets=2, reps=8)))
    False
    """
    if lower.form != upper.form or (lower.rm or 0) > (upper.rm or 0):
        return True
    if lower.effort != upper.effort:
        return EFFORTS.index(lower.effort) < EFFORTS.index(upper.effort)
    return _more(lower.dose, upper.dose) and (lower.rm or 0) == (upper.rm or 0)


def _more(lower: Dose, upper: Dose) -> bool:
    gains: list[int] = [getattr(upper, part) - getattr(lower, part) for part in _PARTS]
    return min(gains) >= 0 and max(gains) > 0


def ladders(knowledge: Knowledge) -> Iterator[str]:
    """Every ladder has a line, climbs, and returns to no earlier form."""
    for exercise in knowledge.exercises.values():
        file = file_of(exercise.id)
        if not exercise.ladder:
            yield problem(file, key="ladder", cause="is empty", remedy="Write at least one line")
        for place, (lower, upper) in enumerate(pairwise(exercise.ladder), start=2):
            if not climbs(lower, upper=upper):
                cause = "asks for no more than the line before"
                yield problem(file, key=f"ladder[{place}]", cause=cause, remedy="Order the lines from easy to hard")
        forms = [a.form for a, b in pairwise(exercise.ladder) if a.form != b.form] + [
            step.form for step in exercise.ladder[-1:]
        ]
        if len(forms) != len(set(forms)):
            cause = "goes back to an earlier form"
            yield problem(file, key="ladder", cause=cause, remedy="Keep the lines of one form together")


def doses(knowledge: Knowledge) -> Iterator[str]:
    """Every dose lies inside the range its exercise allows."""
    for exercise in knowledge.exercises.values():
        for place, step in enumerate(exercise.ladder, start=1):
            yield from _outside(exercise, step.dose, f"ladder[{place}]")
        if exercise.settle:
            yield from _outside(exercise, exercise.settle.dose, "settle")


def _outside(exercise: Exercise, dose: Dose, key: str) -> Iterator[str]:
    for part in _PARTS:
        value = getattr(dose, part)
        low, high = exercise.dose_range.get(part, (1, 1) if part == "reps" else (0, 0))
        if value and not low <= value <= high:
            cause = f"{part} is {value}, outside the range {low} to {high} of this exercise"
            yield problem(
                file_of(exercise.id), key=key, cause=cause, remedy="Change the dose, or dose_range with its source"
            )
