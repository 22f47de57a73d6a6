"""What is due at one time: sets of the open session make nothing due, trials apart, and settling ends."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from people import KNOWLEDGE, Life, live
from psoas.pathway import record as r
from psoas.pathway.course import Course, course_of
from psoas.pathway.decisions import Item, Session
from psoas.pathway.seen import Sat, opened
from psoas.pathway.settling import makes_nothing_due, settle, settled_course
from psoas.terms import Dose, Side

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
ITEM = Item(exercise="E16a", side="left", slot=4, step=1, dose=Dose(sets=2))
BEGUN = r.SessionBegun(session="s", shown=Session(day=NOON.date(), items=(ITEM, replace(ITEM, trial=True))), before={})
OPEN = Course(open=Sat(1, opened(BEGUN, NOON), closed=False))
SET = r.SetDone(session="s", item=0, number=1, did="all", pain={Side.LEFT: None})
SKIP = r.ItemSkipped(session="s", item=0, why="time")


@pytest.mark.parametrize("body", [SET, SKIP, replace(SKIP, item=1)])
def test_inside_the_open_session_nothing_becomes_due(body):
    """A set, a skip, and a trial that was skipped."""
    assert makes_nothing_due(OPEN, body)


@pytest.mark.parametrize("body", [replace(SET, item=1), replace(SET, session="t"), replace(SKIP, session="t"), BEGUN])
def test_a_trial_another_session_or_anything_else_may_make_something_due(body):
    """A trial decides at once (D24); a late set changes a session that is over; the rest is decided on as ever."""
    assert not makes_nothing_due(OPEN, body)


def test_without_an_open_session_every_set_is_late():
    """Then it changes a session that is over."""
    assert not makes_nothing_due(Course(), SET)


def test_decisions_without_end_are_stopped_and_named(monkeypatch):
    """More decisions at one time than any fact makes due: it ends with the last of them, not never."""
    diary = live(Life(days=4))
    undecided = course_of([e for e in diary.entries if not isinstance(e.body, r.Decided)], knowledge=KNOWLEDGE)
    assert list(settle(undecided, knowledge=KNOWLEDGE, now=diary.now))
    monkeypatch.setattr("psoas.pathway.settling.MOST_AT_ONCE", 1)
    with pytest.raises(AssertionError, match="does not settle"):
        settled_course(undecided, knowledge=KNOWLEDGE, now=diary.now)
