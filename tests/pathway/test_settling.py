"""Every decision that is due, one after the other (D42)."""

from __future__ import annotations

import pytest

from people import DAY, KNOWLEDGE, Life
from psoas.pathway import settling
from psoas.pathway.decisions import Hold
from psoas.pathway.settling import settle, settled_course
from situations import diary_of

DIARY = diary_of(Life(days=5))
LATER = DIARY.now + 20 * DAY


def test_what_is_due_is_decided_and_then_nothing_is_due_any_more():
    """Four days after the last session its morning can no longer be told: that is decided once."""
    due = [decision for decision, _ in settle(DIARY.course, knowledge=KNOWLEDGE, now=LATER)]
    assert [type(decision) for decision in due] == [Hold]
    course = settled_course(DIARY.course, knowledge=KNOWLEDGE, now=LATER)
    assert [dated.body.decision for dated in course.decisions[-1:]] == due
    assert list(settle(course, knowledge=KNOWLEDGE, now=LATER)) == []


def test_a_decision_that_never_settles_is_an_error_and_not_an_endless_loop(monkeypatch):
    """The guard names the decision that came again and again."""
    monkeypatch.setattr(settling, "MOST_AT_ONCE", 1)
    with pytest.raises(AssertionError, match="does not settle: Hold"):
        list(settle(DIARY.course, knowledge=KNOWLEDGE, now=LATER))
