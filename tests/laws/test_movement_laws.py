"""Laws of the body as geometry: angles and points are two ways to say one thing; loads grow with what is lifted."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import KNOWLEDGE
from psoas.movement.angles import ANGLES, NAMES, PLACE
from psoas.movement.equipment import weighed
from psoas.movement.load import leg_torque
from psoas.movement.pose import measure, points
from psoas.movement.skeleton import Person, Sex, body
from psoas.pathway.standing import next_load, weight
from psoas.terms import Load

people = st.builds(Person, st.floats(1.45, 2.0), st.floats(45, 130), st.sampled_from(list(Sex)))
poses = st.tuples(*(st.floats(*a.radians) for a in ANGLES))
places = st.tuples(st.floats(-2, 2), st.floats(-2, 2))


@given(person=people, pose=poses, place=places)
def test_angles_to_points_to_angles_is_the_way_back(person, pose, place):
    """The angles measured on a drawn body are the angles it was drawn from, to a billionth of a radian."""
    q = np.array([*place, *pose])
    assert len(q) == len(NAMES)
    assert np.abs(measure(points(body(person), q=q)) - q).max() < 1e-9


@given(person=people, pose=poses, shift=places)
def test_moving_a_body_changes_no_angle(person, pose, shift):
    """Where a body stands has no part in how its joints are bent."""
    at = points(body(person), q=np.array([0, 0, *pose]))
    moved = {name: p + np.array([*shift, 0]) for name, p in at.items()}
    assert np.abs(measure(moved)[2:] - measure(at)[2:]).max() < 1e-9


@given(person=people, thigh=st.floats(-1.5, 1.5), more=st.floats(0.5, 40))
def test_a_heavier_leg_asks_for_more_wherever_it_asks_at_all(person, thigh, more):
    """With the same shape and more mass, the torque grows by exactly the share of mass."""
    heavy = Person(person.height, person.mass + more, person.sex)
    light = leg_torque(body(person), thigh=thigh, shank=thigh, foot=thigh + math.pi / 2)
    assert leg_torque(body(heavy), thigh=thigh, shank=thigh, foot=thigh + math.pi / 2) == (
        pytest.approx(light * heavy.mass / person.mass, abs=1e-9)
    )


@given(short=st.floats(0.2, 1), stretch=st.floats(0.05, 1), weak=st.floats(0, 60), more=st.floats(1, 80))
def test_a_weighed_band_pulls_as_it_was_weighed(short, stretch, weak, more):
    """The band from two weighings gives back both of them within 1 %."""
    band = weighed((short, weak), (short + stretch, weak + more))
    assert abs(band.force(short) - weak) <= 0.01 * weak + 1e-6
    assert abs(band.force(short + stretch) - (weak + more)) <= 0.01 * (weak + more)


def test_the_place_of_every_coordinate_is_its_own():
    """No two coordinates share a place."""
    assert sorted(PLACE.values()) == list(range(len(NAMES)))


_WEIGHTS = st.lists(st.integers(2, 80).map(lambda halves: Decimal(halves) / 2), min_size=1, max_size=8, unique=True)
_FELT = st.lists(st.one_of(st.none(), st.integers(-5, 80).map(Decimal)), min_size=8, max_size=8)


@given(kilograms=_WEIGHTS, felt=_FELT, kind=st.sampled_from(["kg", "band"]))
def test_what_the_hip_carries_makes_the_next_load_never_heavier_and_never_unwarned(kilograms, felt, kind):
    """Beside the choice by kilograms or grade alone: the same or a lighter load, and each of its warnings at least (D46)."""
    ordered = sorted(kilograms)
    loads = tuple(
        Load(kind="kg", kg=kg) if kind == "kg" else Load(kind="band", band=grade)
        for grade, kg in enumerate(ordered, start=1)
    )
    known = dict(zip(loads, felt, strict=False))
    plain = next_load(loads[0], loads=loads, knowledge=KNOWLEDGE)
    careful = next_load(loads[0], loads=loads, knowledge=KNOWLEDGE, felt=lambda _, after: known[after])
    assert (plain is None) == (careful is None) == (len(loads) == 1)
    if plain is not None and careful is not None:
        assert weight(careful.load) <= weight(plain.load)
        assert plain.jump is None or (careful.jump is not None and careful.jump >= plain.jump)
        if kind == "band":
            assert careful.load == loads[1]
