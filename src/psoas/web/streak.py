"""Weeks in a row, never days: a day off, a pause, an easier week or a week with too much pain breaks nothing."""

from __future__ import annotations

from psoas.pathway.counting import Reading
from psoas.pathway.record import SessionDone
from psoas.pathway.zones import RED
from psoas.terms import SIDES


def weeks_in_a_row(reading: Reading) -> int:
    """How many plan weeks up to this one had all their sessions; days of a pause or a stop are in no plan week (D03).

    The week that is on counts once it is complete; a week with a red neither counts nor breaks the row.
    """
    this_week = reading.calendar.week_of(reading.today)
    row = 1 if this_week and _complete(reading, this_week) else 0
    for week in range(this_week - 1, 0, -1):
        if _complete(reading, week):
            row += 1
        elif not _hurt(reading, week):
            break
    return row


def _sats_in(reading: Reading, week: int) -> list[int]:
    return [n for n, sat in enumerate(reading.course.sats) if reading.calendar.week_of(sat.day) == week]


def _complete(reading: Reading, week: int) -> bool:
    first = reading.calendar.date_of(7 * (week - 1) + 1)
    return first is not None and len(_sats_in(reading, week)) >= reading.calendar.frequency_on(first)


def _hurt(reading: Reading, week: int) -> bool:
    return any(reading.zone(index, side) == RED for index in _sats_in(reading, week) for side in SIDES)


def well_done(done: SessionDone) -> str:
    """What is worth praise: that it was done right, or stopped in time; never that it was much."""
    if done.ended_by == "pain_rule":
        return "You stopped when it hurt. That was right."
    if done.ended_by == "person":
        return "You stopped before the end. Stopping while the movement is still good is doing it right."
    loaded = [one for one in done.sets if done.shown.items[one.item].slot > 1]
    clean = sum(1 for one in loaded if one.compensations == ())
    if loaded and clean == len(loaded):
        return "Every set was clean. That is what counts."
    return "You said where a set was not clean. That keeps the next one right."
