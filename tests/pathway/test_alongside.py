"""A side that begins to follow comes down beside the other (D23)."""

from __future__ import annotations

from people import DAY, LEFT, RIGHT, D, Life
from psoas.pathway import record as r
from psoas.pathway.alongside import beside, comes_beside
from psoas.pathway.decisions import Held, StageTo, StepTo
from psoas.pathway.seen import Dated
from psoas.terms import Stage
from situations import look, otherwise

HERE = look(Life(days=4))  # the left side is free of pain and follows the right one, both in Stage 2
SORE, FREE = ({LEFT: D(pain), RIGHT: D(2)} for pain in (2, 0))


def told(*worst, check=False):
    """These weekly answers, a week apart; the newest may be that of a check."""
    bodies = [r.WeekAnswered(worst=each) for each in worst]
    dated = [Dated(HERE.now + n * 7 * DAY, body, 100 + n) for n, body in enumerate(bodies)]
    if not check:
        return {"weeks": tuple(dated)}
    newest = dated.pop()
    return {"weeks": tuple(dated), "checks": (Dated(newest.at, r.CheckAnswered(day=14, worst=worst[-1]), newest.seq),)}


def moved(reading):
    """What a side that begins to follow comes down to, and when it was decided."""
    return [
        (decision.moment, change.side, change.stage)
        for decision in comes_beside(reading)
        for change in decision.changes
        if isinstance(change, StageTo)
    ]


def ahead(**course):
    """The left side a stage ahead."""
    return otherwise(HERE, left={"stage": Stage.LOAD}, **course)


def test_a_side_that_hurts_no_more_comes_down_to_the_stage_of_the_other():
    """It hurt and had a stage of its own; the newest answer says that it is free of pain (D23)."""
    assert moved(ahead(**told(SORE, FREE))) == [("week", LEFT, Stage.CONTROL)]
    assert moved(ahead(**told(SORE, FREE, check=True))) == [("check", LEFT, Stage.CONTROL)]


def test_a_side_that_hurts_still_or_followed_already_is_left_where_it_is():
    """Nothing has begun with this answer; and without any answer nothing can have."""
    assert moved(ahead(**told(SORE, SORE))) == []
    assert moved(ahead(**told(FREE, FREE))) == []
    assert moved(ahead()) == []


def test_a_side_that_is_not_ahead_has_nothing_to_come_down_from():
    """The same stage, the same steps."""
    assert list(comes_beside(otherwise(HERE, **told(SORE, FREE)))) == []


def test_its_steps_come_down_too_where_the_other_has_stood():
    """In the same stage, two lines ahead with one exercise: the line of the other (D23)."""
    held = {**HERE.plan.left.held, "E16a": Held(step=3, since=HERE.now)}
    higher = otherwise(HERE, left={"held": held}, **told(SORE, FREE))
    changes = beside(higher, LEFT, plan=higher.plan)
    assert [(c.exercise, c.side, c.was, c.step) for c in changes if isinstance(c, StepTo)] == [("E16a", "left", 3, 1)]
