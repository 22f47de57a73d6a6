"""Stepping back: what a sore or cheated session takes (C8, D58)."""

from __future__ import annotations

from people import RIGHT, YES, D, Hip, Life, Turn, Who
from psoas.pathway.decisions import Refer, StageTo
from situations import diary_of, look

SORE = Hip(now=D(4), worst=D(5), angle=-12, sign=YES)
CHEATED = Turn(compensation=True, where="one")


def staged(life):
    """Every fall of a stage in her record, by side."""
    return [
        (change.side, change.stage)
        for _, decision in diary_of(life).decisions
        for change in decision.changes
        if isinstance(change, StageTo) and change.how == "drop"
    ]


def test_two_red_sessions_in_stage_0_stop_the_course_and_there_is_no_stage_below():
    """A red squeeze at the first and the second session: a clinician, and the side stays in Stage 0 (D58)."""
    red = Turn(pain=D(7), where="all")
    life = Life(who=Who(right=SORE), days=6, turns=((0, red), (1, red)))
    sent = [decision for _, decision in diary_of(life).decisions if isinstance(decision, Refer)]
    assert [reason.rule for decision in sent for reason in decision.reasons][:1] == ["RG3"]
    assert [stop.row for stop in diary_of(life).course.stops] == ["RG3"]
    assert staged(life) == []


def test_a_session_in_which_the_exercise_was_not_begun_does_not_part_three_cheated_ones():
    """Three sessions of the exercise in a row are meant, not three dates (D58)."""
    turns = ((0, CHEATED), (1, CHEATED), (2, Turn(skips="time", where="one")), (3, CHEATED))
    life = Life(days=10, turns=turns)
    assert len(look(life).course.sats) >= 4
    assert (RIGHT, "1") in staged(life)


def test_a_good_session_parts_three_cheated_ones():
    """Two, a good one, and one more are not three in a row."""
    turns = ((0, CHEATED), (1, CHEATED), (3, CHEATED))
    assert staged(Life(days=10, turns=turns)) == []
