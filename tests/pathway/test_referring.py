"""Being sent to somebody at a check (C10, D67)."""

from __future__ import annotations

import pytest

from people import LEFT, RIGHT, D, Life
from psoas.pathway import record as r
from psoas.pathway.referring import check_referrals
from situations import look, otherwise

HERE = look(Life(days=29))
SAME = {LEFT: D(0), RIGHT: D(3)}


def rules(reading, *, worst, scores):
    """The rows that send her on at the check of week four."""
    check = r.CheckAnswered(day=28, worst=worst, scores=scores)
    return [referral.reason.rule for referral in check_referrals(reading, check)]


@pytest.mark.parametrize(
    ("right", "score", "sent"),
    [(D(3), D(5), ["SR4"]), (D(2), D(5), []), (D("2.1"), D(5), []), (D(3), D("6.3"), []), (D(3), None, ["SR4"])],
)
def test_four_weeks_attended_without_anything_better_are_told_to_a_clinician(right, score, sent):
    """Worst 3 and a score of 5 at intake; a point or 15 % less pain, or 1.3 more, is better; unknown is not (SR4)."""
    assert rules(HERE, worst={LEFT: D(0), RIGHT: right}, scores=(score,)) == sent


def test_without_an_intake_there_is_nothing_to_compare_with():
    """What she came with is not known: no stall is claimed."""
    assert rules(otherwise(HERE, intakes=()), worst=SAME, scores=(D(5),)) == []
