"""The first load of an exercise is found by effort (D47)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from people import ACHING, DAY, FINE, KNOWLEDGE, NO, D, Life, Turn, Who, live
from psoas.pathway import record as r
from psoas.pathway.counting import Reading
from psoas.pathway.course import course_of
from psoas.pathway.easing import loads_found
from psoas.terms import Load
from situations import told

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
