"""What a load means in words: percent of a step, where in the range, ankle against knee, and what the number leaves out."""

from __future__ import annotations

import msgspec
import pytest
from bodies import MAN, NAMES, WOMAN, movement

from psoas.movement.equipment import BARE, Equipment, weighed
from psoas.movement.load import Flag, Torque, computable, curve
from psoas.movement.saying import (
    NO_LOAD,
    SAYS,
    ankle_against_knee,
    change,
    hardest,
    remarks,
    smallest_step,
    unloaded,
    where,
)
from psoas.movement.skeleton import Unfit


def told(name, equipment=BARE, person=MAN):
    """What is said of a movement with that equipment."""
    m = movement(name)
    return remarks(m, person=person, rows=curve(m, person=person, equipment=equipment), equipment=equipment)


def test_a_kilogram_on_the_knee_is_about_a_tenth_more():
    """The weighted knee lift at the wall: one kilogram more asks the man 8 to 12 % more, the woman more than him."""
    m = movement("E16b")
    man, woman = (change(m, person=p, before=Equipment(kg=0), after=Equipment(kg=1)) for p in (MAN, WOMAN))
    assert 8 < man.percent < 12
    assert man.percent < woman.percent
    assert not man.large
    assert man.words == f"{man.percent:.0f} % more for the hip."


def test_a_large_step_is_said_to_be_one_and_a_smaller_load_is_less():
    """Two and a half kilograms at once, the usual jump, are above 15 % and worth a warning; going down is not."""
    m = movement("E16b")
    usual = change(m, person=MAN, before=Equipment(kg=0), after=Equipment(kg=2.5))
    assert usual.large
    assert "large step, above 15 %" in usual.words
    back = change(m, person=MAN, before=Equipment(kg=2.5), after=Equipment(kg=0))
    assert "% less for the hip." in back.words
    assert not back.large


def test_the_smallest_weight_there_is_comes_next():
    """Of the weights in the house the next heavier one is proposed, with its percentage; beyond the last there is none."""
    found = smallest_step(movement("E16b"), person=WOMAN, now=1, available=[4, 2, 1])
    assert found is not None
    assert found[0] == 2
    assert 0 < found[1].percent < 15
    assert smallest_step(movement("E16b"), person=WOMAN, now=4, available=[4, 2, 1]) is None


def test_a_step_from_nothing_is_refused():
    """Nothing can be a percentage more than a load that asks nothing: the first half of the front support without a band."""
    band = Equipment(band=weighed((0.6, 5), (1.2, 80)))
    m = movement("E18")
    assert unloaded(m, person=WOMAN, rows=curve(m, person=WOMAN))
    half = msgspec.structs.replace(m, id="half", keyframe=m.keyframe[:2], form_rule=())
    with pytest.raises(Unfit, match="asks nothing of the hip flexors"):
        change(half, person=WOMAN, before=BARE, after=band)


def test_the_front_support_asks_for_a_band_and_where_it_is_fixed():
    """Without a band the product says that nothing is asked, and what it wants to know; with one it says where it is hardest."""
    assert told("E18") == [NO_LOAD]
    with_band = told("E18", Equipment(band=weighed((0.6, 5), (1.2, 80)), reach=1.0))
    assert with_band[0].startswith("Hardest ")


def test_a_leg_raise_is_hardest_near_the_floor_and_never_sold_as_easier_above():
    """Where in the range the load sits, and the sentence that torque falls while activity rises."""
    said = told("slr")
    assert said[0].startswith("Hardest near the start of the way, with the hip bent ")
    assert SAYS[Flag.TORQUE_FALLS_ACTIVITY_RISES] in said
    assert where(curve(movement("E12"), person=MAN)).startswith("Hardest near the end")


def test_the_middle_of_the_way_is_named():
    """A load that is greatest halfway is said to be."""
    rows = curve(movement("E05"), person=MAN)
    peak = max(rows[4:8], key=lambda x: x.newton_metres)
    assert "in the middle of the way" in where((rows[0], peak, Torque(1.0, 0, -1, -1, -1, frozenset())))


def test_an_own_effort_has_one_sentence():
    """Where effort decides nothing else is said about the load."""
    assert told("E07") == [SAYS[Flag.EFFORT_DECIDES]]


def test_kilograms_where_none_are_taken():
    """Weight given to an exercise that takes none is answered, not silently left out."""
    assert any("takes no weight" in line for line in told("E16a", Equipment(kg=2)))
    assert not any("takes no weight" in line for line in told("E16b", Equipment(kg=2)))


@pytest.mark.parametrize(("name", "least", "most"), [("slr", 1.8, 2.6), ("E16a", 0.7, 1.5)])
def test_ankle_against_knee(name, least, most):
    """One kilogram at the ankle is more than two above the knee in a leg raise, and about one where the shin hangs."""
    assert least < ankle_against_knee(movement(name), person=MAN) < most


def test_the_hardest_moment_of_a_leg_that_always_rests_is_the_hardest_of_all():
    """Where a leg is never free, the hardest row is simply the largest."""
    rows = curve(movement("E12"), person=MAN)[:1]
    assert hardest(rows) is rows[0]


@pytest.mark.parametrize("name", [n for n in NAMES if computable(movement(n))])
def test_every_load_that_can_be_worked_out_is_put_in_words(name):
    """Each sentence stands for itself; nothing speaks of single muscles' newtons, discs, or percent of activation."""
    for line in told(name):
        assert line.endswith(".")
        for never in ("psoas", "disc", "newton", "activation", "MVC"):
            assert never not in line
