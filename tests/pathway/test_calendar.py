"""Plan days, planned sessions and the week's frequency (D03, D34, D69)."""

from __future__ import annotations

import datetime as dt

from people import DAY, Life, Turn
from situations import look, otherwise

SEVENTH = dt.timedelta(days=6)


def test_no_session_is_planned_on_the_days_of_a_long_gap():
    """Sixteen days away are no plan days: nothing was to be attended on them (D03, D69)."""
    here = look(Life(days=25, turns=((3, Turn(rest=16)),)))
    last, back = [sat.day for sat in here.course.sats[2:4]]
    assert (back - last).days > 15
    assert here.calendar.planned_between(last + DAY, back - DAY) == 0
    assert round(here.calendar.planned_between(last - SEVENTH, last), 9) == 3
    assert here.calendar.planned_between(last, back - DAY) == here.calendar.planned_between(last, last)


def test_a_course_without_an_intake_has_two_sessions_a_week():
    """Neither her age nor her pain is known, and what is not known never asks for more (D06, D34)."""
    here = look(Life(days=4))
    assert here.calendar.frequency_on(here.today) == 3
    assert otherwise(here, intakes=()).calendar.frequency_on(here.today) == 2
