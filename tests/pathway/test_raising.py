"""Going up: which exercise, when, and how far (C6, D44-D48)."""

from __future__ import annotations

from people import ACHING, FINE, Life, Who, live
from psoas.pathway.decisions import Progress, StepTo


def risen(life):
    """The exercises that went up, in order, with their new steps."""
    return [
        (change.exercise, change.step)
        for _, decision in live(life).decisions
        if isinstance(decision, Progress)
        for change in decision.changes
        if isinstance(change, StepTo)
    ]


def test_the_release_goes_up_like_any_other_after_all_others():
    """E14 stands in slot 2, which comes last in the order of D44; it has a second step all the same."""
    who = Who(left=FINE, right=ACHING, equipment="gym", own_choice=("E14",))
    assert ("E14", 2) in risen(Life(who=who, days=60))


def test_a_heavier_load_says_what_it_asks_of_the_hip():
    """Beside the kilograms stands how much more the hip carries: less than they rise, since the leg has a weight too."""
    who = Who(left=FINE, right=ACHING, equipment="gym")
    steps = [change for _, decision in live(Life(who=who, days=84)).decisions for change in decision.changes
             if isinstance(change, StepTo) and change.load.kg and change.was_load.kg and change.load.kg > change.was_load.kg]  # fmt: skip
    assert steps
    for step in steps:
        assert step.hip is not None
        assert 0 < step.hip < (step.load.kg / step.was_load.kg - 1) * 100
