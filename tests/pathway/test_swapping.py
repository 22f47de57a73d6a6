"""Swaps, there and back (D32)."""

from __future__ import annotations

from people import ACHING, DAY, FINE, RIGHT, D, Life, Who
from psoas.pathway import record as r
from psoas.pathway.decisions import Held
from psoas.pathway.seen import Dated
from psoas.pathway.swapping import swapped
from psoas.terms import Load, Stage
from situations import look, otherwise

HERE = look(Life(who=Who(left=FINE, right=ACHING, equipment="gym"), days=8))
TEN = Load(kind="kg", kg=D(10))


def steps(reading, *, exercise, to, days=0, at=None):
    """Where the exercise comes to stand that takes the other's place on the right, that many days later."""
    swap = Dated(at or reading.now, r.Swapped(exercise=exercise, to=to, side="right"), 99)
    later = otherwise(reading, now=reading.now + days * DAY, swaps=(swap,))
    return [(change.exercise, change.step, change.load) for hold in swapped(later) for change in hold.changes]


def test_an_exercise_swapped_back_within_fourteen_days_stands_where_it_stood():
    """It was away and could not move; after that it starts on step 1 (D32)."""
    assert HERE.plan.right.stage is Stage.LOAD
    work = HERE.work_of(len(HERE.course.sats) - 1, "E10", RIGHT)
    assert work.sets
    stood = otherwise(HERE, right={"held": {**HERE.plan.right.held, "E10": Held(step=2, since=HERE.now, load=TEN)}})
    last = HERE.course.sats[-1].day
    within = 14 - (HERE.today - last).days
    assert steps(stood, exercise="E16b", to="E10", days=within) == [("E10", 2, TEN)]
    assert steps(stood, exercise="E16b", to="E10", days=within + 1) == [("E10", 1, Load())]


def test_an_exercise_swapped_in_for_the_first_time_starts_on_step_1():
    """It was never done."""
    assert steps(HERE, exercise="E10", to="E16b") == [("E16b", 1, Load())]


def test_a_swap_from_before_the_first_plan_changes_no_step():
    """There was nothing yet that could have stood anywhere."""
    before = HERE.course.plans[0][0] - DAY
    assert steps(HERE, exercise="E10", to="E16b", at=before) == []
