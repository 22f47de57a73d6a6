"""Clean sessions, runs and attendance (D36-D38, D45, D69)."""

from __future__ import annotations

import pytest

from people import DAY, KNOWLEDGE, LEFT, NO, RIGHT, UNKNOWN, YES, D, Life, Turn, live
from psoas.pathway.counting import Reading
from psoas.pathway.standing import standing
from situations import otherwise


def reading(life):
    """The course on the day after the last one."""
    diary = live(life)
    return Reading(diary.course, knowledge=KNOWLEDGE, now=diary.looks[-1].now)


def clean(turn):
    """Whether the second of two sessions was clean for the main exercise of each side."""
    here = reading(Life(days=4, turns=((1, turn),)))
    return [here.clean(1, "E16a", side) for side in (LEFT, RIGHT)]


def test_a_good_session_is_clean_on_both_sides():
    """Everything done, no pain above 2, nothing cheated, a quiet morning."""
    assert clean(Turn()) == [True, True]
    assert clean(Turn(pain=D(2), over=D(1))) == [True, True]


@pytest.mark.parametrize(
    "turn",
    [
        Turn(pain=D("2.1")),
        Turn(pain=None),
        Turn(compensation=True),
        Turn(compensation=None),
        Turn(sign="sharp"),
        Turn(sign=None),
        Turn(did="part"),
        Turn(over=D("1.1")),
        Turn(skips="time"),
    ],
)
def test_what_is_felt_or_not_known_on_one_side_is_not_clean_there(turn):
    """Pain, cheating, a sign, a set not finished, a sore morning, or any of it unknown: that side is not clean."""
    assert clean(turn) == [True, False]


@pytest.mark.parametrize("turn", [Turn(morning="none"), Turn(over=None), Turn(settled=NO), Turn(limp=YES)])
def test_a_morning_not_told_not_settled_or_a_limp_is_clean_for_nobody(turn):
    """They speak of both sides."""
    assert clean(turn) == [False, False]


def test_a_settling_that_is_not_known_counts_as_settled_with_a_quiet_morning():
    """At most one point over the baseline counts as settled unless she says no (D39)."""
    assert clean(Turn(settled=UNKNOWN)) == [True, True]


def test_a_session_too_early_is_not_clean():
    """Done on the next day, unasked: it is stored and its pain counts, but it earns nothing (D36)."""
    here = reading(Life(days=3, turns=((0, Turn(early=True)),)))
    assert [here.in_turn(index) for index in range(len(here.course.sats))] == [True, False]
    assert not here.clean(1, "E16a", LEFT)


def test_a_session_of_an_exercise_is_one_on_its_step():
    """What was done on another step neither counts towards the run nor breaks it (D36)."""
    here = reading(Life(days=6))
    begun = here.course.sats[0].done.began
    held = standing(here.plan, side=RIGHT, exercise=here.exercise("E16a"))
    assert len(here.run("E16a", RIGHT, since=begun)) == 3
    assert here.run("E16a", RIGHT, since=begun, step=held.step + 3) == ()


def test_eight_days_without_a_session_break_every_run():
    """The run counts sessions less than eight days apart (D38)."""
    assert reading(Life(days=12, turns=((2, Turn(rest=30)),))).broken_by_gap()
    assert not reading(Life(days=8)).broken_by_gap()
    here = reading(Life(days=14, turns=((2, Turn(rest=8)),)))
    assert len(here.course.sats) == 3
    assert len(here.run("E16a", RIGHT, since=here.course.sats[0].done.began)) == 1


# ---- before there is anything to count


def test_before_the_first_session_no_run_is_broken():
    """There is nothing that a gap could have broken."""
    here = reading(Life(days=2))
    assert here.course.sats
    assert not otherwise(here, sats=()).broken_by_gap()


def test_on_the_first_day_there_is_no_adherence_yet():
    """Nothing was planned before today, so nothing can have been missed (D69)."""
    here = reading(Life(days=1))
    assert here.adherence(first=here.today) is None
    assert here.adherence(first=here.today - DAY) is not None


def test_a_run_of_two_is_never_dense():
    """PR2 speaks of three sessions (D45)."""
    here = reading(Life(days=6))
    run = here.run("E16a", RIGHT, since=here.course.sats[0].done.began)
    assert here.run_is_dense(run)
    assert not here.run_is_dense(run[:2])
