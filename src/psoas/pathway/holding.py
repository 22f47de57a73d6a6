"""What holds a side whatever its runs: amber, an unknown part, the week rule, form, stressors, checks (C7, C-P, D53, D54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from psoas.pathway.counting import Reading
from psoas.pathway.due import check_due, form_due
from psoas.pathway.found import found
from psoas.pathway.zones import AMBER, AMBER_PLUS, GREEN, RED
from psoas.terms import Reason, Side


def held_back(reading: Reading, side: Side) -> Iterator[Reason]:
    """What holds everything on this side, whatever its runs (C7, CP2, CP6, D43, D54, D65)."""
    yield from (Reason(stop.row) for stop in reading.course.stops)
    last = len(reading.course.sats) - 1
    zone = reading.zone(last, side)
    if zone == AMBER:
        yield Reason("CP2", {"side": side.value, "pain": reading.highest_known(last, side)})
        yield Reason("HO1", {"side": side.value})
    elif zone in (AMBER_PLUS, RED):
        rule = "CP4" if zone == RED else "CP3"
        yield Reason(rule, {"side": side.value, "found": found(reading, last, side)})
    elif zone != GREEN:
        yield Reason("HO3", {"side": side.value, "zone": zone})
    rise = week_rise(reading, side)
    if rise is not None and rise > reading.knowledge["week_rise"]:
        yield Reason("CP6", {"side": side.value, "rise": rise})
    if form_due(reading):
        yield Reason("HO5")
    stressors = reading.course.sats[last].done.stressors
    if stressors is None or stressors:
        yield Reason("HO6", {"what": ", ".join(stressors) if stressors else "unknown"})
    check = check_due(reading)
    if check is not None and check.overdue:
        yield Reason("D65", {"day": check.day, "missing": ", ".join(check.missing)})
    if reading.calendar.in_deload(reading.today):
        yield Reason("D62")
    if reading.plan.held_until is not None:
        yield Reason("D13", {"rows": ", ".join(reading.plan.held_for)})


def week_rise(reading: Reading, side: Side) -> Decimal | None:
    """CP6 by D53: mean of the days' highest pains in this plan week so far, less that of the last; None when not read."""
    week = reading.calendar.week_of(reading.today)
    if week <= 1:
        return None
    means = [_mean(_day_values(reading, side, of)) for of in (week, week - 1)]
    return None if means[0] is None or means[1] is None else means[0] - means[1]


def _mean(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def _day_values(reading: Reading, side: Side, week: int) -> list[Decimal]:
    """The highest recorded pain of each day of that plan week that has one."""
    first, last = reading.calendar.date_of(7 * week - 6), reading.calendar.date_of(7 * week)
    highest: dict[dt.date, Decimal] = {}
    for day, pain in _pains(reading, side):
        if first and last and first <= day <= last and pain is not None:
            highest[day] = max(pain, highest.get(day, pain))
    return list(highest.values())


def _pains(reading: Reading, side: Side) -> Iterator[tuple[dt.date, Decimal | None]]:
    course = reading.course
    for index, sat in enumerate(course.sats):
        yield sat.day, reading.highest_known(index, side)
        yield sat.day, sat.done.before.get(side)
    for told in (told for tellings in course.mornings.values() for told in tellings):
        yield told.day, told.body.now.get(side)
    for answered in course.days:
        yield answered.day, answered.body.now.get(side)
