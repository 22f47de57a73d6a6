"""Steps that a corrected record no longer earns (D64)."""

from __future__ import annotations

from msgspec.structs import replace

from people import KNOWLEDGE, D, Life
from psoas.pathway import record as r
from psoas.pathway.correcting import unearned
from psoas.pathway.counting import Reading
from psoas.pathway.course import course_of
from situations import diary_of, entry_of, otherwise


def sore():
    """Three clean sessions and a step up; then the pain of the second session's morning is told otherwise."""
    diary = diary_of(Life(days=7))
    wrong = [entry for entry in diary.whole if isinstance(entry.body, r.MorningAnswered)][1]
    red = replace(wrong.body, now={side: D(4) for side in wrong.body.now})
    fix = entry_of(r.Corrected(replaces=wrong.id, by=red), at=diary.now, seq=diary.course.count + 1)
    return Reading(course_of([*diary.whole, fix], knowledge=KNOWLEDGE), knowledge=KNOWLEDGE, now=diary.looks[-1].now)


def test_a_step_up_that_the_corrected_record_does_not_earn_goes_back():
    """It was given for three clean sessions, and there were not three."""
    assert [(change.exercise, change.step, change.was) for change in unearned(sore())][:1] == [("E16a", 1, 2)]


def test_where_no_plan_stood_when_the_step_was_given_nothing_is_taken_back():
    """A clock was set back: what stood then cannot be said, so the step is left to the sessions that follow."""
    assert list(unearned(otherwise(sore(), plans=()))) == []
