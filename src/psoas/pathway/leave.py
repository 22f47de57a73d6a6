"""What a clinician's leave may cover, and for how long (ruling D14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from psoas.knowledge.criteria import facts_of
from psoas.knowledge.schema import Knowledge
from psoas.pathway.record import Answers, Clearance
from psoas.pathway.seen import Dated
from psoas.terms import Level

QUOTABLE_COURSE_ROWS = ("SR", "D13", "D24", "D49", "D58", "D72", "RG", "CL3", "HO7")


def may_clear(row: str, *, quoted: bool, knowledge: Knowledge) -> bool:
    """A clinician may clear any C or U row except TC1; the person may quote hers for the rows D14 names."""
    flag = knowledge.red_flags.get(row)
    if row == "TC1" or (flag is not None and flag.level is Level.EMERGENCY):
        return False
    if not quoted:
        return True
    return flag.quotable if flag is not None else row.startswith(QUOTABLE_COURSE_ROWS)


def as_far_as_it_goes(given: Clearance, *, on: dt.date, knowledge: Knowledge) -> Clearance:
    """The clearance given on that day without the rows it may not cover, and at most 84 days long."""
    rows = tuple(row for row in given.rows if may_clear(row, quoted=given.quoted, knowledge=knowledge))
    last = on + dt.timedelta(days=int(knowledge["clearance_days_max"]))
    return replace(given, rows=rows, until=min(given.until, last))


def rows_in_force(clearances: Iterable[Dated], *, on: dt.date) -> frozenset[str]:
    """The rows under a clearance in force on that day."""
    return frozenset(row for given in clearances if given.body.until >= on for row in given.body.rows)


def still_covered(
    clearances: Iterable[Dated], answers: Answers, *, was: Answers, on: dt.date, knowledge: Knowledge
) -> frozenset[str]:
    """Rows that a clearance in force covers as they then were; one whose answers changed fires anew (D14)."""
    rows = rows_in_force(clearances, on=on)
    return frozenset(row for row in rows if _as_it_was(row, answers, was=was, knowledge=knowledge))


def _as_it_was(row: str, answers: Answers, *, was: Answers, knowledge: Knowledge) -> bool:
    flag = knowledge.red_flags.get(row)
    return flag is not None and all(
        answers.get(fact) == was.get(fact) for fact in facts_of(flag.when) if fact in answers
    )
