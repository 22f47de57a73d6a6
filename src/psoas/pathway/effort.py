"""The weekly cap of hip-flexor work: at most a fifth more than seven days ago (PR6, D48)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypeGuard

from psoas.knowledge.schema import Exercise
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Change, Decision, Held, Joins, Progress, StepTo
from psoas.pathway.lines import Line
from psoas.pathway.selection import Selection
from psoas.pathway.standing import dose_of, standing
from psoas.terms import BOTH, Side


def within_work(reading: Reading, selection: Selection, exercise: Exercise, held: Held, above: Line) -> bool:
    """New work at most 1.2 x that of seven days ago in this stage, or one larger step when none came within seven days."""
    side = selection.side
    if exercise.weight == 0:
        return True
    rise = reading.work_in(
        exercise.id, dose_of(exercise, Held(step=above.step, since=held.since, extra_reps=above.extra_reps))
    )
    rise -= reading.work_in(exercise.id, dose_of(exercise, held))
    if rise <= 0:
        return True
    before, now = _work_a_week_ago(reading, side), _work_now(reading, selection)
    if before is not None and now + rise <= before * reading.knowledge["weekly_work_cap"]:
        return True
    return not _raised_lately(reading, side)


def _work_now(reading: Reading, selection: Selection) -> Decimal:
    """What the next session asks of that side in full: a cut dose, a lighter week or a sore day makes no room (D48)."""
    exercises = [reading.exercise(chosen.exercise) for chosen in selection.chosen]
    held = [(each, standing(reading.plan, side=selection.side, exercise=each)) for each in exercises]
    return sum((reading.work_in(each.id, dose_of(each, stands)) for each, stands in held), Decimal(0))


def _prescribed(reading: Reading, index: int, side: Side) -> Decimal:
    items = [w.item for (_, of), w in reading.work(index).items() if of in (side.value, BOTH)]
    return sum((reading.work_in(item.exercise, item.dose) for item in items), Decimal(0))


def _work_a_week_ago(reading: Reading, side: Side) -> Decimal | None:
    """The work prescribed seven days earlier in this stage: the newest session at least that old (D48)."""
    limit = reading.today - dt.timedelta(days=int(reading.knowledge["work_window_days"]))
    entered = reading.side(side).entered
    old = [i for i, sat in enumerate(reading.course.sats) if sat.done.began >= entered and sat.day <= limit]
    return _prescribed(reading, old[-1], side) if old else None


def _raised_lately(reading: Reading, side: Side) -> bool:
    """Whether a step, repetitions above the last line or an exercise joining raised its work less than seven days ago."""
    since = reading.today - dt.timedelta(days=int(reading.knowledge["work_window_days"]))
    return any(
        change.side in (side.value, BOTH) and reading.exercise(change.exercise).weight > 0
        for decided in reading.course.decisions if decided.day > since
        for change in decided.body.decision.changes if _raises(change, decided.body.decision)
    )  # fmt: skip


def _raises(change: Change, decision: Decision) -> TypeGuard[StepTo | Joins]:
    """A line up, more repetitions with the same load, or an exercise more."""
    if not isinstance(change, StepTo):
        return isinstance(change, Joins)
    more = isinstance(decision, Progress) and change.step == change.was and change.load == change.was_load
    return change.step > change.was or more
