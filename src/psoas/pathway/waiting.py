"""Why the same again: what holds each side, or what the nearest step still waits for (C7)."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.gates import gate_steps, run_of, unmet
from psoas.pathway.holding import held_back
from psoas.pathway.raising import capped, may_rise
from psoas.pathway.seen import once
from psoas.pathway.selection import Selection
from psoas.pathway.sides import side_order
from psoas.terms import Reason, Side, Stage


def same_again(reading: Reading, selections: dict[Side, Selection]) -> tuple[Reason, ...]:
    """What holds, the worse side first: the sides' own reasons, else the exercise nearest to its next step.

    In maintenance nothing waits for a step (MA1).
    """
    sides = side_order(reading.course, reading.plan)
    held = [reason for side in sides for reason in held_back(reading, side)]
    if reading.plan.mode == "maintenance":
        return tuple(once([*held, Reason("MA1")]))
    if held:
        return tuple(once(held))
    waits = [reason for side in sides for reason in _waits(reading, selections[side])]
    return tuple(once(waits)) or (Reason("HO3"),)


def _waits(reading: Reading, selection: Selection) -> Iterator[Reason]:
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    yield from _compensated(reading, selection.side)
    yield from _other_load(reading, selection.side)
    counted = [c for c in selection.chosen if c.slot in (3, 4, 8) and _counts(reading, selection, c.exercise)]
    runs = {c.exercise: len(run_of(reading, c.exercise, c.side)) for c in counted}
    if runs:
        name = max(runs, key=lambda n: runs[n])
        if runs[name] < needed:
            yield Reason("HO3", {"exercise": name, "side": selection.side.value, "run": runs[name], "needed": needed})
        elif not reading.run_is_dense(run_of(reading, name, selection.side)):
            yield Reason("PR2", {"exercise": name, "side": selection.side.value})
    yield from capped(reading, selection)
    yield from (reason for reason in unmet(reading, selection) if reason.rule != "PR1")


def _counts(reading: Reading, selection: Selection, name: str) -> bool:
    """Whether clean sessions of it lead anywhere: to its next step or to the gate, but in Stage 0 to nothing (D49, D54)."""
    if selection.stage is Stage.SETTLE:
        return False
    return name in gate_steps(reading, selection) or may_rise(reading, selection, reading.exercise(name))


def _compensated(reading: Reading, side: Side) -> Iterator[Reason]:
    """HO2: a compensation was seen in the newest session."""
    for work in reading.done_on(len(reading.course.sats) - 1, side):
        seen = [name for s in work.sets for name in s.compensations or ()]
        if seen:
            yield Reason(
                "HO2", {"exercise": work.item.exercise, "side": side.value, "what": ", ".join(sorted(set(seen)))}
            )


def _other_load(reading: Reading, side: Side) -> Iterator[Reason]:
    """D37: in the newest session a set was done with another load than prescribed."""
    for work in reading.done_on(len(reading.course.sats) - 1, side):
        if not all(work.with_its_load(done) for done in work.sets):
            yield Reason("D37", {"exercise": work.item.exercise, "side": side.value})
