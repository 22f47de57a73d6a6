"""Exercises that change places: swaps (D32), and one that left by a red and comes back (D56)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Decision, Held, Hold, Joins, Leaves, StepTo
from psoas.pathway.dropping import first_main
from psoas.pathway.holding import held_back
from psoas.pathway.raising import GATE_ORDER, Rise
from psoas.pathway.record import Swapped
from psoas.pathway.standing import bilateral, step_of
from psoas.terms import BOTH, NO_LOAD, SIDES, Reason, Side


def swapped(reading: Reading) -> Iterator[Decision]:
    """A swapped-in exercise starts on step 1; back within 14 days on the step held; its run starts anew either way."""
    for swap in reading.course.swaps:
        if swap.at < (reading.course.plans[0][0] if reading.course.plans else swap.at):
            continue
        about, told = f"swap:{swap.seq}", swap.body
        sides = SIDES if told.side == BOTH else (Side(told.side),)
        changes = tuple(_swap_step(reading, told, side) for side in sides)
        reason = Reason("D32", {"exercise": told.exercise, "to": told.to})
        yield Hold(reasons=(reason,), changes=changes, moment="wish", about=about)


def _swap_step(reading: Reading, told: Swapped, side: Side) -> StepTo:
    name = told.to.split("-")[0]
    entry, held = reading.exercise(name), reading.side(side).held.get(name)
    back = _stood(reading, told, name, side) or Held(step=1, since=reading.now)
    return StepTo(
        exercise=name,
        side=BOTH if bilateral(entry, back.step) else side.value,
        step=back.step,
        was=held.step if held else back.step,
        load=back.load,
        extra_reps=back.extra_reps,
        find=entry.load != "none" and back.load == NO_LOAD,
    )


def _stood(reading: Reading, told: Swapped, name: str, side: Side) -> Held | None:
    """Where it stood when it was last done in this form, at most 14 days ago; None when that is longer ago."""
    form = told.to if told.to != name else ""
    works = ((sat.day, reading.work_of(i, name, side)) for i, sat in enumerate(reading.course.sats))
    done = [(day, work.item) for day, work in works if work is not None and work.sets and work.item.form == form]
    if not done or (reading.today - done[-1][0]).days > reading.knowledge["swap_back_days"]:
        return None
    if told.exercise != name:  # it was away and could not move
        return reading.side(side).held.get(name)
    item = next((item for _, item in reversed(done) if not item.cut), done[-1][1])
    extra = 0 if item.cut else item.dose.reps - step_of(reading.exercise(name), item.step).dose.reps
    return Held(step=item.step, since=reading.now, load=item.load, extra_reps=extra)


def back_again(reading: Reading) -> Rise | None:
    """An exercise that left by D56 joins on step 1 after three clean sessions of the main exercise since it left."""
    earned: dict[str, list[str]] = {}
    for side in SIDES:
        for name, until in reading.side(side).away.items():
            if until.startswith("runs:") and _came_through(reading, name, until[5:], side):
                earned.setdefault(name, []).append(side.value)
    if not earned:
        return None
    name = min(earned, key=lambda of: (GATE_ORDER.index(of) if of in GATE_ORDER else len(GATE_ORDER), of))
    sides = [BOTH] if bilateral(reading.exercise(name), 1) else earned[name]
    reasons = tuple(Reason("D56", {"exercise": name, "side": of}) for of in sides)
    return Rise(tuple(Joins(exercise=name, side=of, step=1) for of in sides), reasons)


def _came_through(reading: Reading, name: str, main: str, side: Side) -> bool:
    """Three clean sessions of the side's main exercise since it left, and nothing holds a side that would do it again.

    What both sides do at once asks this of both, each by its own main exercise (D01, D23).
    """
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    sides = SIDES if bilateral(reading.exercise(name), 1) else (side,)
    since = {each: _left_at(reading, name, each) for each in sides}
    runs = (reading.run(first_main(reading, each) or main, each, since=since[each]) for each in sides)
    return all(len(run) >= needed for run in runs) and not any(list(held_back(reading, each)) for each in sides)


def _left_at(reading: Reading, name: str, side: Side) -> dt.datetime:
    """When the exercise last left that side."""
    left = [
        decided.at
        for decided in reading.course.decisions
        for change in decided.body.decision.changes
        if isinstance(change, Leaves) and change.exercise == name and change.side in (side.value, BOTH)
    ]
    return max(left, default=reading.side(side).entered)
