"""What is due and until when (C11, D10)."""

from __future__ import annotations

from people import KNOWLEDGE, Life
from psoas.pathway.course import Course
from psoas.pathway.decisions import Paused
from psoas.pathway.due import screen_ends
from psoas.pathway.session import session_on
from situations import look, otherwise


def test_without_a_full_screen_there_is_no_last_day_and_no_session():
    """A record brought in without one asks for it first (D10)."""
    assert screen_ends(Course(), knowledge=KNOWLEDGE) is None
    here = otherwise(look(Life(days=2)), screens=())
    today = session_on(here.course, knowledge=KNOWLEDGE, now=here.now)
    assert isinstance(today, Paused)
    assert ([reason.rule for reason in today.reasons], today.asks) == (["D10"], ("screen",))
