"""Where the next step of an exercise lands: the next line, more repetitions, or the next load (D46, D47, D57)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from psoas.knowledge.schema import Exercise
from psoas.pathway.admission import loads_at_hand
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Held
from psoas.pathway.facts import worst_pain
from psoas.pathway.loading import felt_in
from psoas.pathway.selection import Selection
from psoas.pathway.standing import Heavier, dose_of, next_load, sought, standing, step_of, top_step
from psoas.terms import Load, Side


class Line(Struct, frozen=True):
    """Where the next step lands."""

    step: int
    load: Load
    extra_reps: int = 0
    jump: Decimal | None = None
    hip: Decimal | None = None


def line_above(reading: Reading, selection: Selection, exercise: Exercise, held: Held) -> Line | None:
    """One line up; above the last one more repetitions, then the next load (D46); None at the top."""
    if held.extra_reps < 0:  # on the way back up after a new load
        rise = int(reading.knowledge["reps_rise_max"])
        return Line(held.step, held.load, extra_reps=min(held.extra_reps + rise, 0))
    if held.step < _top(reading, selection, exercise):
        return _with_load(reading, selection, exercise, held)
    if held.step < len(exercise.ladder) or not exercise.above_top:
        return None
    return _above_last(reading, selection, exercise, held)


def _top(reading: Reading, selection: Selection, exercise: Exercise) -> int:
    """The top of this stage, below the lowest step closed to this side (D57); E01 has its fifth line for tight only."""
    side = selection.side
    profile = reading.plan.profile.on(side)
    worst = irritable(reading, side)
    top = top_step(exercise, selection.stage, irritable=worst)
    if exercise.id == "E01" and profile.label != "tight":
        top = min(top, 4)
    closed = [int(key.split(":")[1]) for key, until in reading.side(side).closed.items()
              if key.startswith(f"{exercise.id}:") and until > reading.today.isoformat()]  # fmt: skip
    return min([top, *(step - 1 for step in closed)])


def irritable(reading: Reading, side: Side) -> bool:
    """Worst pain of 4 or more, or unknown (C4a)."""
    worst = worst_pain(reading.course, side)
    return worst is None or worst >= reading.knowledge["irritable_from"]


def _with_load(reading: Reading, selection: Selection, exercise: Exercise, held: Held) -> Line | None:
    now, above = step_of(exercise, held.step), step_of(exercise, held.step + 1)
    if now.rm is None or now.rm == above.rm:
        return Line(held.step + 1, held.load)
    heavier = _heavier(reading, selection, exercise, held)
    light = reading.plan.restricted or reading.course.facts.get("pregnant", "unknown") != "no"
    if heavier is None or (light and above.rm is not None and above.rm < reading.knowledge["rm_light"]):
        return None
    return Line(held.step + 1, heavier.load, jump=heavier.jump, hip=heavier.hip)


def _above_last(reading: Reading, selection: Selection, exercise: Exercise, held: Held) -> Line | None:
    reps = dose_of(exercise, held).reps
    if exercise.above_top == "reps_then_load" and reps < reading.knowledge["reps_ceiling"]:
        return Line(held.step, held.load, extra_reps=held.extra_reps + int(reading.knowledge["reps_rise_max"]))
    heavier = _heavier(reading, selection, exercise, held)
    if heavier is None or held.load.kind == "hand":
        return None
    step, extra = _back_to(reading, exercise, held)
    return Line(step, heavier.load, extra_reps=extra, jump=heavier.jump, hip=heavier.hip)


def _back_to(reading: Reading, exercise: Exercise, held: Held) -> tuple[int, int]:
    """With the next load E08 and E10 go back to 8 repetitions, E18 to 3 x 6, E16b to 2 x 4 x 5 s (D46)."""
    if exercise.id == "E18":
        sets, reps = reading.knowledge["front_support_back_sets"], reading.knowledge["front_support_back_reps"]
        step = next(n for n, line in enumerate(exercise.ladder, start=1) if line.dose.sets == sets)
        return step, int(reps) - exercise.ladder[step - 1].dose.reps
    return (1, 0) if exercise.id == "E16b" else (held.step, 0)


def _heavier(reading: Reading, selection: Selection, exercise: Exercise, held: Held) -> Heavier | None:
    """The next load at hand, by what it asks of the hip in the form in which the exercise is done."""
    chosen = next(c for c in selection.chosen if c.exercise == exercise.id)
    felt = felt_in(reading.course, form=chosen.form or exercise.id)
    loads = _at_hand(reading, selection, exercise)
    return next_load(held.load, loads=loads, knowledge=reading.knowledge, felt=felt)


def load_sought(reading: Reading, selection: Selection, exercise: Exercise) -> bool:
    """Whether the load of that exercise is still to be found on that side: until then none of its lines is an nRM (D47)."""
    held = standing(reading.plan, side=selection.side, exercise=exercise)
    return sought(held, _at_hand(reading, selection, exercise))


def _at_hand(reading: Reading, selection: Selection, exercise: Exercise) -> tuple[Load, ...]:
    """The loads at hand for it in the form in which it is done."""
    chosen = next(c for c in selection.chosen if c.exercise == exercise.id)
    cable = not chosen.form and "cable" in exercise.equipment
    return loads_at_hand(chosen.load, equipment=reading.course.wish.equipment, cable=cable)
