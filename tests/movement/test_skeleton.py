"""The skeleton: published digits, a whole body, and people who cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from bodies import BODIES

from psoas.movement.angles import ANGLES, spoken
from psoas.movement.pose import degrees, points, vector
from psoas.movement.skeleton import PAIRED, Person, Sex, Unfit, body, fractions, person_of


@pytest.mark.parametrize("sex", list(Sex))
def test_the_segments_weigh_a_whole_body(sex):
    """Head, trunk and both arms and legs sum to the body's mass within 0.002."""
    rows = fractions(sex)
    total = sum(s.mass * (2 if name in PAIRED else 1) for name, s in rows.items())
    assert abs(total - 1) < 0.002


@pytest.mark.parametrize(
    ("sex", "name", "mass", "centre", "length"),
    [
        (Sex.MALE, "thigh", 0.1416, 0.4095, 422.2 / 1741),
        (Sex.MALE, "shank", 0.0433, 0.4395, 440.3 / 1741),
        (Sex.MALE, "foot", 0.0137, 0.4415, 258.1 / 1741),
        (Sex.FEMALE, "thigh", 0.1478, 0.3612, 368.5 / 1735),
        (Sex.FEMALE, "shank", 0.0481, 0.4352, 438.6 / 1735),
        (Sex.FEMALE, "foot", 0.0129, 0.4014, 228.3 / 1735),
    ],
)
def test_the_table_holds_the_published_digits(sex, name, mass, centre, length):
    """The leg's rows are de Leva's, digit for digit."""
    row = fractions(sex)[name]
    assert (row.mass, row.centre) == (mass, centre)
    assert row.length == pytest.approx(length, abs=1e-12)


@pytest.mark.parametrize("person", [*BODIES, Person()])
def test_a_standing_body_is_as_tall_as_the_person(person):
    """From the sole to the crown it measures the person's height."""
    at = points(body(person), q=vector({}))
    assert at["crown"][1] - at["worked.heel"][1] == pytest.approx(person.height, abs=1e-9)


def test_the_neutral_body_lies_between_the_two_tables():
    """Nobody in particular is the mean of a man and a woman."""
    mean, man, woman = (fractions(s)["thigh"] for s in (Sex.NEUTRAL, Sex.MALE, Sex.FEMALE))
    assert mean.mass == pytest.approx((man.mass + woman.mass) / 2)


def test_a_heavier_person_is_wider_within_limits():
    """Girth grows with mass and stops where a picture would no longer be a body."""
    assert body(Person(1.7, 60)).girth < body(Person(1.7, 90)).girth <= body(Person(1.7, 250)).girth == 1.35


@pytest.mark.parametrize(
    ("height", "mass", "says"),
    [
        (3.0, 70, "person: height: is 3 metres. Give metres between 1.2 and 2.2."),
        (1.7, 0, "person: mass: is 0 kilograms"),
    ],
)
def test_a_person_who_cannot_be_is_refused(height, mass, says):
    """Three metres and zero kilograms are refused with what to give instead."""
    with pytest.raises(Unfit) as refused:
        Person(height, mass)
    assert says in str(refused.value)


def test_every_angle_says_what_it_means():
    """Each row names its three points, its sign, its zero, its plane and its range."""
    for row in ANGLES:
        assert len(row.points) == 3
        assert row.positive
        assert row.zero
        assert row.plane in {"side", "front", "top"}
        assert row.low < 0 < row.high


def test_an_angle_is_spoken_with_its_side():
    """The words of an angle are plain, and a paired one names the side."""
    assert spoken("tilt") == "tilt of the pelvis"
    assert spoken("other.knee") == "bend of the knee, other side"


def test_a_pose_with_an_unknown_angle_is_refused():
    """A misspelt angle is named, with the angles there are."""
    with pytest.raises(Unfit, match=r"pose: worked\.hipp: no such angle\. Use one of"):
        vector({"worked.hipp": 10})


def test_degrees_come_back():
    """What was typed in degrees is read in degrees."""
    assert degrees(vector({"worked.hip": 30}))["worked.hip"] == pytest.approx(30)


def test_signs_are_what_the_table_says():
    """Bending the hip brings the knee forwards, bending the knee the heel back, spreading the leg outwards, turning it in the toes to the middle."""
    on = body(Person())
    rest = points(on, q=vector({}))
    assert points(on, q=vector({"worked.hip": 30}))["worked.knee"][0] > rest["worked.knee"][0]
    assert points(on, q=vector({"worked.knee": 30}))["worked.heel"][0] < rest["worked.heel"][0]
    assert points(on, q=vector({"tilt": 20}))["crown"][0] > 0.2
    assert points(on, q=vector({"worked.hip_out": 20}))["worked.knee"][2] > rest["worked.knee"][2]
    assert points(on, q=vector({"other.hip_out": 20}))["other.knee"][2] < rest["other.knee"][2]
    assert points(on, q=vector({"worked.hip_turn": 20}))["worked.toe"][2] < rest["worked.toe"][2]
    assert points(on, q=vector({"worked.ankle": 20}))["worked.toe"][1] > rest["worked.toe"][1]
    assert np.allclose(rest["worked.toe"][1], rest["worked.heel"][1])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("tall", "'tall' cannot be read. Write height in metres"),
        ("1.7,60,x", "cannot be read"),
        ("3,60,f", "person: height: is 3 metres. Give metres between 1.2 and 2.2."),
        ("1.7,0,m", "person: mass: is 0 kilograms."),
    ],
)
def test_a_person_in_words_that_cannot_be_is_refused(words, says):
    """What cannot be read and who cannot be are told with what to write."""
    with pytest.raises(Unfit) as refused:
        person_of(words)
    assert says in str(refused.value)


def test_a_person_in_words():
    """Height, mass and the letter of the tables."""
    assert person_of("1.60, 60, f") == Person(1.60, 60, Sex.FEMALE)
