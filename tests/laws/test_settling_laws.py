"""What a set can and cannot make due: a set inside a session is written alone, so nothing may wait for it."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, seed, settings
from msgspec.structs import replace

from lives import LIVES, lived, lives
from people import DAY, KNOWLEDGE
from psoas.pathway.course import Course
from psoas.pathway.decisions import Decision
from psoas.pathway.settling import makes_nothing_due, settle


def due(course: Course, now: dt.datetime) -> list[Decision]:
    """Every decision due then."""
    return [decision for decision, _ in settle(course, knowledge=KNOWLEDGE, now=now)]


@seed(20260302)
@settings(max_examples=max(5, LIVES // 4))
@given(life=lives())
def test_a_set_or_a_skip_of_the_open_session_makes_nothing_due(life):
    """With it or without it the same decisions are due, at once and on the days after; only the session's end counts it."""
    diary = lived(replace(life, days=min(life.days, 9)), each=True)
    quiet = [step for step in diary.steps if makes_nothing_due(step.before, step.entry.body)]
    for step in quiet[:: max(len(quiet) // 12, 1)]:
        for later in (0 * DAY, DAY / 24):
            assert due(step.before, step.entry.at + later) == due(step.after, step.entry.at + later)
