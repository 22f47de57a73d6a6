"""What today holds (D12, D28)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from people import DAY, KNOWLEDGE, LEFT, RIGHT, D, Life, Turn
from psoas.pathway.decisions import Paused, Rest, Session
from psoas.pathway.session import session_on
from psoas.terms import Reason, Stage
from situations import diary_of, look, on, otherwise


def test_a_limp_before_the_very_first_session_means_no_session():
    """There is no session yet that could be red; she is asked in full all the same (D12, SR2)."""
    diary = diary_of(Life(days=1, turns=((0, Turn(limp_before=True)),)))
    assert not diary.begun
    today = session_on(diary.course, knowledge=KNOWLEDGE, now=diary.now)
    assert isinstance(today, Paused)
    assert ([reason.rule for reason in today.reasons], today.asks) == (["SR2"], ("screen",))


def test_a_session_of_nothing_but_a_warm_up_is_none():
    """Every exercise of the stage is away from both sides: she is told so instead of walking for five minutes (D28)."""
    here = otherwise(look(Life(days=2)), now=diary_of(Life(days=2)).now + 2 * DAY)
    assert isinstance(session_on(here.course, knowledge=KNOWLEDGE, now=here.now), Session)
    gone = dict.fromkeys(KNOWLEDGE.exercises, "episode")
    none = otherwise(here, both={"stage": Stage.ACTIVATE, "away": gone})
    assert session_on(none.course, knowledge=KNOWLEDGE, now=none.now) == Paused(reasons=(Reason("D28"),))
    one = otherwise(here, both={"stage": Stage.ACTIVATE}, left={"away": gone})
    today = session_on(one.course, knowledge=KNOWLEDGE, now=one.now)
    assert {item.side for item in today.items if item.slot > 1} >= {RIGHT.value}
    assert LEFT.value not in {item.side for item in today.items if item.slot > 1}


def test_a_rest_that_ends_in_a_sorer_week_ends_when_that_week_has_room():
    """48 hours would be over on Monday, but after a sore Saturday the new week has two sessions and both are used (D34)."""
    diary = diary_of(Life(days=14, turns=((3, Turn(rest=3)), (4, Turn(pain=D(3))))))
    rest = diary.looks[-1].today
    assert isinstance(rest, Rest)
    assert [reason.rule for reason in rest.reasons] == ["D35", "D34"]
    assert rest.until == on(2026, 3, 19, hour=0)
    assert isinstance(session_on(diary.course, knowledge=KNOWLEDGE, now=rest.until), Session)
    assert not isinstance(session_on(diary.course, knowledge=KNOWLEDGE, now=on(2026, 3, 18, hour=23)), Session)


@pytest.mark.parametrize(("now", "told"), [(D(4), D(4)), (None, "unknown"), (D("3.9"), None)])
def test_the_session_says_why_a_sore_side_gets_only_the_settling_exercises(now, told):
    """From 4 up, and where she was asked and could not tell (D12, D06); below 4 there is nothing to say."""
    here = otherwise(look(Life(days=2)), now=diary_of(Life(days=2)).now + 2 * DAY)
    said = here.course.days[-1]
    today = replace(said, at=here.now, body=replace(said.body, now={LEFT: D(0), RIGHT: now}))
    session = session_on(otherwise(here, days=(today,)).course, knowledge=KNOWLEDGE, now=here.now)
    reasons = [(reason.rule, reason.values) for reason in session.reasons]
    assert reasons == ([("D12", {"side": "right", "pain": told})] if told else [])
