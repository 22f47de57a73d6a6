"""Exercises that change places: swaps (D32), and one that left by a red and comes back (D56)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Change, Decision, Hold, Joins, Leaves, StepTo
from psoas.pathway.raising import Rise
from psoas.pathway.standing import bilateral
from psoas.terms import BOTH, NO_LOAD, SIDES, Reason, Side


def swapped(reading: Reading) -> Iterator[Decision]:
    """A swapped-in exercise starts on step 1; back within 14 days on the step held; its run starts anew either way."""
    for swap in reading.course.swaps:
        if swap.at < (reading.course.plans[0][0] if reading.course.plans else swap.at):
            continue
        about = f"swap:{swap.seq}"
        to = swap.body.to.split("-")[0]
        sides = SIDES if swap.body.side == BOTH else (Side(swap.body.side),)
        changes = tuple(change for side in sides for change in _swap_steps(reading, to, swap.body.to, side))
        yield Hold(reasons=(Reason("D32", {"exercise": swap.body.exercise, "to": swap.body.to}),), changes=changes,
                   moment="wish", about=about)  # fmt: skip


def _swap_steps(reading: Reading, to: str, form: str, side: Side) -> Iterator[Change]:
    entry = reading.exercise(to)
    held = reading.side(side).held.get(to)
    days = (reading.today - _last_done(reading, to, form if form != to else "", side)).days
    recent = held is not None and days <= reading.knowledge["swap_back_days"]
    step = held.step if held is not None and recent else 1
    load = held.load if held is not None and recent else NO_LOAD
    of = BOTH if bilateral(entry, step) else side.value
    find = entry.load != "none" and load == NO_LOAD
    yield StepTo(exercise=to, side=of, step=step, was=held.step if held else step, load=load, find=find)


def _last_done(reading: Reading, name: str, form: str, side: Side) -> dt.date:
    """The date on which this exercise was last done in this form on that side."""
    works = ((s.day, reading.work_of(i, name, side)) for i, s in enumerate(reading.course.sats))
    days = [day for day, work in works if work is not None and work.sets and work.item.form == form]
    return days[-1] if days else dt.date.min


def back_again(reading: Reading) -> Rise | None:
    """An exercise that left by D56 joins on step 1 after three clean sessions of the main exercise since it left."""
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    for side in SIDES:
        for name, until in reading.side(side).away.items():
            if (
                until.startswith("runs:")
                and len(reading.run(until[5:], side, since=_left_at(reading, name, side))) >= needed
            ):
                joins = Joins(exercise=name, side=side.value, step=1)
                return Rise((joins,), (Reason("D56", {"exercise": name, "side": side.value}),))
    return None


def _left_at(reading: Reading, name: str, side: Side) -> dt.datetime:
    """When the exercise last left that side."""
    left = [
        decided.at
        for decided in reading.course.decisions
        for change in decided.body.decision.changes
        if isinstance(change, Leaves) and change.exercise == name and change.side in (side.value, BOTH)
    ]
    return max(left, default=reading.side(side).entered)
