"""A course brought to the point at which one rule is read: a short life, and what is otherwise in it."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from people import KNOWLEDGE, OFFSET, Diary, Life, live
from psoas.pathway import record as r
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course, evolve
from psoas.pathway.decisions import Decision
from psoas.pathway.seen import Dated
from psoas.pathway.selection import Selection, select
from psoas.terms import Side


@lru_cache(maxsize=64)
def diary_of(life: Life) -> Diary:
    """Her diary; the same life is lived once."""
    return live(life)


def look(life: Life) -> Reading:
    """Her course as it stands on her last day."""
    diary = diary_of(life)
    return Reading(diary.course, knowledge=KNOWLEDGE, now=diary.looks[-1].now)


def otherwise(
    reading: Reading,
    *,
    now: dt.datetime | None = None,
    plan: dict[str, Any] | None = None,
    both: dict[str, Any] | None = None,
    left: dict[str, Any] | None = None,
    right: dict[str, Any] | None = None,
    **course: Any,
) -> Reading:
    """The same look with these things otherwise: fields of the course, of its plan, of both sides or of one."""
    here = reading.plan
    sides = {
        "left": replace(here.left, **{**(both or {}), **(left or {})}),
        "right": replace(here.right, **{**(both or {}), **(right or {})}),
    }
    made = replace(here, **{**sides, **(plan or {})})
    changed = replace(reading.course, **{"plan": made, **course})
    return Reading(changed, knowledge=KNOWLEDGE, now=now or reading.now)


def chosen(reading: Reading) -> dict[Side, Selection]:
    """What each side is given at that look."""
    return select(reading.course, plan=reading.plan, knowledge=KNOWLEDGE, now=reading.now)


def decided(decision: Decision, *, at: dt.datetime, seq: int = 0) -> Dated:
    """That decision as the course remembers it."""
    return Dated(at, r.Decided(decision=decision, protocol="integrated@2026-11-01", saw=0), seq)


def entry_of(body: r.Body, *, at: dt.datetime, seq: int, author: r.Author = r.PERSON) -> r.Entry:
    """An entry that says this."""
    return r.Entry(id=f"x{seq}", episode="e", seq=seq, at=at, zone="", author=author, body=body)


def told(course: Course, *bodies: r.Body, at: dt.datetime) -> Course:
    """The course after these entries, all written at that instant."""
    for body in bodies:
        course = evolve(course, entry_of(body, at=at, seq=course.count + 1), knowledge=KNOWLEDGE)
    return course


def on(year: int, month: int, day: int, hour: int = 9) -> dt.datetime:
    """That instant where she lives."""
    return dt.datetime(year, month, day, hour, tzinfo=OFFSET)
