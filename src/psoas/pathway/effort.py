"""The weekly cap of hip-flexor work: at most a fifth more than seven days ago (PR6, D48)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from psoas.knowledge.schema import Exercise
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Held, StepTo
from psoas.pathway.lines import Line
from psoas.pathway.standing import dose_of
from psoas.terms import BOTH, Side


def within_work(reading: Reading, exercise: Exercise, held: Held, above: Line, side: Side) -> bool:
    """New work at most 1.2 x that of seven days ago in this stage, or one larger step when none came within seven days."""
    if exercise.weight == 0:
        return True
    rise = reading.work_in(
        exercise.id, dose_of(exercise, Held(step=above.step, since=held.since, extra_reps=above.extra_reps))
    )
    rise -= reading.work_in(exercise.id, dose_of(exercise, held))
    if rise <= 0:
        return True
    before, now = _work_a_week_ago(reading, side), _work_now(reading, side)
    if before is not None and now + rise <= before * reading.knowledge["weekly_work_cap"]:
        return True
    return not _raised_lately(reading, side)


def _work_now(reading: Reading, side: Side) -> Decimal:
    return _prescribed(reading, len(reading.course.sats) - 1, side)


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
    """Whether a step raised that side's work less than seven days ago."""
    since = reading.today - dt.timedelta(days=int(reading.knowledge["work_window_days"]))
    return any(
        isinstance(change, StepTo) and change.side in (side.value, BOTH) and change.step > change.was
        and reading.exercise(change.exercise).weight > 0
        for decided in reading.course.decisions if decided.day > since
        for change in decided.body.decision.changes
    )  # fmt: skip
