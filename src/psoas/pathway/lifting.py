"""Coming back: the stops and holds that leave, a visit or a new full screen lifts (D13, D14, D16)."""

from __future__ import annotations

import datetime as dt

from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course
from psoas.pathway.decisions import HeldUntil, Lifted
from psoas.pathway.seen import Stop
from psoas.terms import Level


def lifted(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> Lifted | None:
    """The stops that are lifted now: by leave, by having been seen, by a full screen at least 24 h later."""
    held = course.plan.held_for if course.plan else ()
    rows = [stop.row for stop in course.stops if _may_lift(course, stop, knowledge)]
    rows += [row for row in held if _leave_for(course, row, since=_held_since(course, row))]
    return Lifted(rows=tuple(dict.fromkeys(rows))) if rows else None


def _held_since(course: Course, row: str) -> dt.datetime | None:
    """When the hold for that row began."""
    holds = [
        decided.at
        for decided in course.decisions
        for change in decided.body.decision.changes
        if isinstance(change, HeldUntil) and row in change.rows
    ]
    return holds[-1] if holds else None


def _may_lift(course: Course, stop: Stop, knowledge: Knowledge) -> bool:
    if stop.level is Level.EMERGENCY:
        return _seen_for(course, stop) and _screened_clear(course, stop, knowledge)
    if stop.level is Level.URGENT:
        leave = _leave_for(course, stop.row, since=stop.at)
        return leave or (_seen_for(course, stop) and _screened_clear(course, stop, knowledge))
    if _leave_for(course, stop.row, since=stop.at):
        return True
    if stop.row == "TC14" and not any(tested.at > stop.at for tested in course.tests):
        return False  # read after the tests: a screen alone does not show that it is over (D09)
    by_screen = stop.unknown or stop.row.startswith("TC")
    return by_screen and _false_later(course, stop, knowledge)


def _seen_for(course: Course, stop: Stop) -> bool:
    return any(seen.at > stop.at and stop.row in seen.body.rows for seen in course.seens)


def _screened_clear(course: Course, stop: Stop, knowledge: Knowledge) -> bool:
    """A full screen at least 24 h after the flag with no E or U row true (D16)."""
    wait = dt.timedelta(hours=int(knowledge["flag_rescreen_hours"]))
    newest = course.screens[-1] if course.screens else None
    return newest is not None and newest.at >= stop.at + wait and newest.body.level.rank < Level.URGENT.rank


def _false_later(course: Course, stop: Stop, knowledge: Knowledge) -> bool:
    """A full screen at least 24 h later in which the row is false (D13)."""
    wait = dt.timedelta(hours=int(knowledge["flag_rescreen_hours"]))
    newest = course.screens[-1] if course.screens else None
    told = newest is not None and newest.at >= stop.at + wait
    return bool(told and newest and stop.row not in (*newest.body.fired, *newest.body.unknown))


def _leave_for(course: Course, row: str, *, since: dt.datetime | None) -> bool:
    """A clearance that names the row, given after it fired; the fold has dropped what it may not clear (D14)."""
    return any(row in given.body.rows and (since is None or given.at >= since) for given in course.clearances)
