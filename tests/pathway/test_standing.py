"""Doses that get smaller and loads that go up (D04, D46, D47, D55)."""

from __future__ import annotations

import pytest

from people import KNOWLEDGE, D
from psoas.pathway.standing import Heavier, cut_dose, next_load
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
    assert next_load(hand, loads=(hand,), knowledge=KNOWLEDGE) == Heavier(hand)


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
    assert found == (None if comes is None else Heavier(Load(kind="kg", kg=comes), jump=jump))


def kg(*weights):
    """Those weights as loads."""
    return tuple(Load(kind="kg", kg=D(each)) for each in weights)


@pytest.mark.parametrize(
    ("at_hip", "comes", "jump"),
    [
        ({11: 12, 10.5: 6}, "10.5", None),
        ({11: 12, 10.5: 11}, "10.5", 11),
        ({11: 9, 10.5: 5}, "11", None),
        ({}, "11", None),
    ],
)
def test_a_weight_is_within_ten_percent_only_where_the_hip_says_so_too(at_hip, comes, jump):
    """What the hip carries can make the choice more careful, never less: by kilograms alone 11 kg would come (D46)."""
    now, *above = kg(10, "10.5", 11)
    known = {each: D(at_hip[float(each.kg)]) for each in above if float(each.kg) in at_hip}
    found = next_load(now, loads=(now, *above), knowledge=KNOWLEDGE, felt=lambda _, after: known.get(after))
    assert found is not None
    assert (found.load.kg, found.jump) == (D(comes), jump)
    assert found.hip == known.get(found.load)


@pytest.mark.parametrize(("hip", "jump"), [(D(25), D(25)), (D(8), None), (None, None)])
def test_of_bands_the_next_comes_with_a_warning_where_it_is_known_to_pull_much_more(hip, jump):
    """No band is skipped, and one that was weighed is warned of like a weight (D46)."""
    bands = tuple(Load(kind="band", band=grade) for grade in (1, 2, 3))
    found = next_load(bands[0], loads=bands, knowledge=KNOWLEDGE, felt=lambda _, __: hip)
    assert found == Heavier(bands[1], jump=jump, hip=hip)


def test_from_no_load_the_lightest_comes():
    """Where no load is held yet, the first at hand comes, and nothing can be a percentage more than nothing."""
    assert next_load(NO_LOAD, loads=kg(1, 2), knowledge=KNOWLEDGE) == Heavier(kg(1)[0])
