"""Why the same again: what is named while a step still waits for clean sessions (HO3, D54)."""

from __future__ import annotations

from people import FINE, RIGHT, WEAK, Life, Turn, Who
from psoas.pathway.waiting import same_again
from psoas.terms import Stage
from situations import chosen, look, otherwise

SLIPPED = look(Life(who=Who(left=FINE, right=WEAK), days=6, turns=((1, Turn(compensation=True)),)))


def named(reading):
    """The exercises of the right side that are said to lack clean sessions."""
    reasons = same_again(reading, chosen(reading))
    told = [reason.values for reason in reasons if reason.rule == "HO3"]
    return [values["exercise"] for values in told if values.get("side") == RIGHT.value and "exercise" in values]


def test_an_exercise_that_its_stage_fixes_is_not_named():
    """In Stage 2 E06 stays as it is: its two clean sessions lead nowhere, and E16a has none (D-S, D54)."""
    assert SLIPPED.plan.right.stage is Stage.CONTROL
    assert SLIPPED.work_of(1, "E06", RIGHT).sets
    assert named(SLIPPED) == ["E16a"]


def test_in_stage_0_no_exercise_is_named():
    """There only calm days count (D49)."""
    assert named(otherwise(SLIPPED, both={"stage": Stage.SETTLE})) == []
