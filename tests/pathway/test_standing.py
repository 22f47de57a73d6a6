"""Doses that get smaller and loads that go up (D04, D46, D47, D55)."""

from __future__ import annotations

import pytest

from people import KNOWLEDGE, D
from psoas.pathway.standing import cut_dose, next_load
from psoas.terms import NO_LOAD, Dose, Load


def cut(exercise, dose):
    """That dose a fifth smaller, without a load."""
    return cut_dose(dose, load=NO_LOAD, exercise=KNOWLEDGE.exercises[exercise], knowledge=KNOWLEDGE, loads=())[0]


@pytest.mark.parametrize(
    ("exercise", "dose", "smaller"),
    [
        ("E06", Dose(sets=2, reps=6, hold_s=10), Dose(sets=2, reps=4, hold_s=10)),
        ("E17", Dose(sets=3, reps=3, hold_s=15), Dose(sets=3, reps=3, hold_s=12)),
        ("E13", Dose(sets=4, reps=1, metres=15), Dose(sets=4, reps=1, metres=12)),
        ("E13", Dose(sets=4, reps=1, hold_s=10), Dose(sets=4, reps=1, hold_s=8)),
        ("E13", Dose(sets=4, reps=1), Dose(sets=3, reps=1)),
        ("E06", Dose(sets=2, reps=2, hold_s=5), Dose(sets=2, reps=1, hold_s=5)),
        ("E13", Dose(sets=1, reps=1), Dose(sets=1, reps=1)),
    ],
)
def test_without_a_load_the_cut_takes_repetitions_else_seconds_metres_or_sets(exercise, dose, smaller):
    """A fifth less, rounded down, at least one unit, never below one (D04, D55)."""
    assert cut(exercise, dose) == smaller


def test_against_the_own_hand_the_next_load_is_the_hand_again():
    """She simply presses more, by effort; there is nothing to buy and no jump to warn of (D32)."""
    hand = Load(kind="hand")
    assert next_load(hand, loads=(hand,), knowledge=KNOWLEDGE) == (hand, None)


@pytest.mark.parametrize(
    ("kilograms", "comes", "jump"),
    [((10, 11, 12), D(11), None), ((10, 12), D(12), D(20)), ((9, 10), None, None)],
)
def test_the_next_weight_is_the_largest_within_ten_percent_else_the_smallest_above_with_a_warning(
    kilograms, comes, jump
):
    """None above: the top of the ladder (D46)."""
    loads = tuple(Load(kind="kg", kg=D(kg)) for kg in kilograms)
    found = next_load(Load(kind="kg", kg=D(10)), loads=loads, knowledge=KNOWLEDGE)
    assert found == (None if comes is None else (Load(kind="kg", kg=comes), jump))
