"""What is due and until when (C11, D10)."""

from __future__ import annotations

import pytest

from people import DAY, KNOWLEDGE, D, Life
from psoas.pathway import record as r
from psoas.pathway.course import Course
from psoas.pathway.decisions import Discharge, Paused
from psoas.pathway.due import followup_due, screen_ends
from psoas.pathway.seen import Dated
from psoas.pathway.session import session_on
from psoas.terms import Reason
from situations import decided, look, otherwise


def test_without_a_full_screen_there_is_no_last_day_and_no_session():
    """A record brought in without one asks for it first (D10)."""
    assert screen_ends(Course(), knowledge=KNOWLEDGE) is None
    here = otherwise(look(Life(days=2)), screens=())
    today = session_on(here.course, knowledge=KNOWLEDGE, now=here.now)
    assert isinstance(today, Paused)
    assert ([reason.rule for reason in today.reasons], today.asks) == (["D10"], ("screen",))


def discharged(days, *, mode="maintenance", told=False):
    """A course discharged so many days ago."""
    here = look(Life(days=2))
    ended = decided(Discharge(reasons=(Reason("D70"),)), at=here.now)
    answers = Dated(here.now + DAY, r.CheckAnswered(day=0, worst={}, scores=(D(9),)), 0)
    checks = (answers,) if told else ()
    return otherwise(here, now=here.now + days * DAY, plan={"mode": mode}, decisions=(ended,), checks=checks)


@pytest.mark.parametrize(
    ("reading", "due"),
    [
        (discharged(90), False),
        (discharged(91), True),
        (discharged(91, told=True), False),
        (discharged(91, mode="course"), False),
        (otherwise(discharged(91), decisions=()), False),
    ],
)
def test_three_months_after_discharge_pain_and_function_are_asked_once_more(reading, due):
    """From the 91st day of upkeep until they are told; never without a discharge (C11)."""
    assert followup_due(reading) is due
