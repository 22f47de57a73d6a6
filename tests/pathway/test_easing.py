"""The first load of an exercise, found by effort; and two sore weeks after a lighter one (D47, D62, D63)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from people import ACHING, DAY, FINE, KNOWLEDGE, LEFT, NO, RIGHT, D, Life, Turn, Who, live
from psoas.pathway import record as r
from psoas.pathway.counting import Reading
from psoas.pathway.course import course_of
from psoas.pathway.decisions import Hold, TrialDue
from psoas.pathway.easing import held_again, loads_found
from psoas.terms import Load, Reason
from situations import chosen, decided, look, otherwise, told

LIGHT, NEXT = (Load(kind="kg", kg=D(kg)) for kg in (2, 3))


def found(effort, *, equipment="gym"):
    """What the first session of a side in Stage 3 finds for E10, when every set of it took this effort."""
    who = Who(left=FINE, right=ACHING, equipment=equipment)
    diary = live(Life(who=who, days=1, turns=((0, Turn(ended=False)),)))
    entries = [
        replace(entry, body=replace(entry.body, effort=effort)) if isinstance(entry.body, r.SetDone) else entry
        for entry in diary.whole
    ]
    later = diary.now + DAY
    course = told(course_of(entries, knowledge=KNOWLEDGE), r.DayAnswered(now={}, limp=NO, answers={}), at=later)
    (sat,) = course.sats
    assert sat.works["E10", "right"].sets
    changes = loads_found(Reading(course, knowledge=KNOWLEDGE, now=later), 0)
    return [(change.load, change.find) for change in changes if (change.exercise, change.side) == ("E10", "right")]


@pytest.mark.parametrize(
    ("effort", "comes"),
    [
        (D(7), [(LIGHT, False)]),
        (D(9), [(LIGHT, False)]),
        (D("6.9"), [(NEXT, True)]),
        (D(10), [(LIGHT, False)]),
        (None, []),
    ],
)
def test_the_load_that_takes_effort_seven_to_nine_is_the_one_and_below_it_the_next_is_tried(effort, comes):
    """Too heavy with nothing lighter stays; an effort that nobody told finds nothing, and the search goes on (D47)."""
    assert found(effort) == comes


def test_against_the_own_hand_no_load_is_looked_for():
    """There is none to find."""
    assert found(D(5), equipment="nothing") == []


# ---- two weeks without a step, soon after a lighter one (D62, D63)

SORE = Life(days=24, turns=tuple((n, Turn(pain=D(3))) for n in range(2, 12)))


def again(*, begun, answered=None):
    """The main exercises held again after two sore weeks, when a lighter week began so many days after the start."""
    here = look(SORE)
    lighter = otherwise(here, plan={"deloads": (SORE.start + begun * DAY,)})
    if answered is not None:
        reasons = (Reason("HO7", {"exercise": "E16a", "side": "right"}),)
        hold = Hold(reasons=reasons, changes=(TrialDue(side=RIGHT),), about="x")
        at = lighter.now - answered * DAY
        lighter = otherwise(lighter, decisions=(*here.course.decisions, decided(hold, at=at)))
    return held_again(lighter, chosen(lighter))


def test_two_sore_weeks_begun_since_a_lighter_one_are_four_weeks_on_one_step():
    """No second lighter week within 28 days: tests, form and a trial instead, for the main exercise of each side (D62)."""
    assert again(begun=1) == [(LEFT, "E16a"), (RIGHT, "E16a")]


def test_weeks_before_the_lighter_one_have_had_their_answer():
    """It began in the middle of them."""
    assert again(begun=10) == []


def test_a_side_that_was_tried_since_is_not_tried_again_at_once():
    """HO7 had its answer there; the other side still waits for one (D63)."""
    assert again(begun=1, answered=2) == [(LEFT, "E16a")]
