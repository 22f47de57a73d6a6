"""Three months after the course: when it is asked, and what the answers come to (C11, C12, MA2)."""

from __future__ import annotations

import pytest

from people import DAY, LEFT, RIGHT, D, Life
from psoas.pathway import record as r
from psoas.pathway.checking import at_check
from psoas.pathway.decisions import Discharge
from psoas.pathway.ending import reopened_by
from psoas.pathway.facts import worst_pain
from psoas.pathway.following import followup_due
from psoas.pathway.seen import Dated
from psoas.terms import Answer, Reason
from situations import decided, look, otherwise

ENDED = look(Life(days=2))
CALM = {LEFT: D(0), RIGHT: D(1)}
NINE = (D(9),)
LAST = Dated(ENDED.now, r.CheckAnswered(day=84, worst=CALM, scores=NINE), 1)


def told(day, worst=CALM, scores=NINE):
    """The answers so many days after the end."""
    return Dated(ENDED.now + day * DAY, r.FollowedUp(worst=worst, scores=scores), 1000 + day)


def week(day, pain):
    """A weekly answer so many days after the end."""
    return Dated(ENDED.now + day * DAY, r.WeekAnswered(worst={LEFT: D(0), RIGHT: pain}), 1000 + day)


def discharged(days, *, mode="maintenance", answers=(), weeks=(), checks=(LAST,), replies=()):
    """A course discharged so many days ago."""
    ended = decided(Discharge(reasons=(Reason("D70"),)), at=ENDED.now)
    course = {"decisions": (ended,), "followups": answers, "weeks": weeks, "checks": checks, "replies": replies}
    return otherwise(ENDED, now=ENDED.now + days * DAY, plan={"mode": mode}, **course)


def heard(*answers, **rest):
    """The rules of the decision on these answers, with the sides that they name."""
    decision = next(at_check(discharged(92, answers=answers, **rest)))
    return [(reason.rule, *filter(None, [reason.values.get("side")])) for reason in decision.reasons]


@pytest.mark.parametrize(
    ("reading", "due"),
    [
        (discharged(90), False),
        (discharged(91), True),
        (discharged(92, answers=(told(91),)), False),
        (discharged(92, answers=(told(-1),)), True),
        (discharged(92, answers=(told(91, {LEFT: D(0), RIGHT: None}),)), True),
        (discharged(91, mode="course"), False),
        (otherwise(discharged(91), decisions=()), False),
    ],
)
def test_three_months_after_discharge_pain_and_function_are_asked_once_more(reading, due):
    """From the 91st day of upkeep until the pain of both hips is told; never without a discharge (C11)."""
    assert followup_due(reading) is due


def test_nothing_told_is_nothing_decided():
    """Upkeep goes on without a word (C11)."""
    assert list(at_check(discharged(92))) == []
    assert list(at_check(otherwise(discharged(92), decisions=()))) == []


@pytest.mark.parametrize(
    ("answers", "rules"),
    [
        (told(91), [("FU1",), ("MA1",)]),
        (told(91, scores=(None,)), [("FU1",), ("MA1",)]),
        (told(91, {LEFT: D(0)}), [("FU2",), ("MA1",)]),
        (told(91, {LEFT: D("1.9"), RIGHT: D("2.9")}), [("FU1",), ("MA1",)]),
        (told(91, {LEFT: D(2), RIGHT: D(3)}), [("FU3", "left"), ("FU3", "right"), ("FU1",), ("MA1",)]),
        (told(91, {LEFT: None, RIGHT: D(3)}), [("FU3", "right"), ("FU2",), ("MA1",)]),
        (told(91, scores=(D("7.8"),)), [("FU1",), ("MA1",)]),
        (told(91, scores=(D("7.7"),)), [("FU4",), ("FU1",), ("MA1",)]),
    ],
)
def test_worse_than_at_the_end_is_said_beyond_the_error_only(answers, rules):
    """Worst pain 2 higher, activities 1.3 lower than at the last check, as SR3 reads it (D67)."""
    assert heard(answers) == rules


def test_without_a_last_check_four_of_ten_is_said_alone():
    """Nothing to compare with: the height that opens a course again still speaks (MA2)."""
    assert heard(told(91, {LEFT: D("3.9"), RIGHT: D(4)}, (D(1),)), checks=()) == [("FU3", "right"), ("FU1",), ("MA1",)]


def opened(**rest):
    """When the course is opened again, and by which entry."""
    decision = next(at_check(discharged(100, **rest)), None)
    return None if decision is None or (decision.moment == "followup" and not decision.changes) else decision.about


def test_the_follow_up_counts_as_the_weekly_answer_that_it_is():
    """Four or more in it and in the week before opens the course; a week told within seven days of it stands for both."""
    sore = told(91, {LEFT: D(0), RIGHT: D(4)})
    assert opened(answers=(sore,), weeks=(week(84, D(4)),)) == "reopen:1091"
    assert opened(answers=(sore,), weeks=(week(98, D(4)),)) == "reopen:1098"
    assert opened(answers=(sore,), weeks=(week(88, D(4)),)) is None
    assert opened(answers=(sore,), weeks=(week(84, D("3.9")),)) is None
    assert opened(answers=(sore,)) is None


def test_a_wish_opens_the_course_even_where_no_week_was_ever_told():
    """Her wish is enough (D73)."""
    wish = Dated(ENDED.now + 95 * DAY, r.Replied(offer="reopen", answer=Answer.YES), 1095)
    assert opened(replies=(wish,)) == "reopen:1095"
    assert reopened_by(discharged(100, mode="course", replies=(wish,))) is None


def test_the_newest_worst_pain_may_come_from_the_follow_up():
    """Whether a side hurts is read from the newest answer, whichever asked (D05)."""
    reading = discharged(92, answers=(told(91, {LEFT: D(3), RIGHT: D(1)}),))
    assert worst_pain(reading.course, LEFT) == 3
