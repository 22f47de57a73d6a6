"""What another load asks of the hip: by her body, the movement and what she has in hand (D46)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from psoas.knowledge.movements import movement_of
from psoas.movement.equipment import Equipment
from psoas.movement.saying import change
from psoas.movement.skeleton import Person, Sex
from psoas.pathway.course import Course
from psoas.pathway.loading import body_of, felt_in, rise
from psoas.pathway.record import TakenIn
from psoas.pathway.seen import Dated
from psoas.terms import NO_LOAD, Load
from situations import on


def kg(weight):
    """That weight."""
    return Load(kind="kg", kg=Decimal(weight))


def course(**said):
    """A course in which the intake said this of her body."""
    told = TakenIn(sides={}, born="1990-03", **said)
    return Course(intakes=(Dated(on(2026, 3, 2), told),))


SMALL = {"sex": "f", "height_m": Decimal("1.60"), "mass_kg": Decimal(55)}


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (SMALL, Person(1.60, 55, Sex.FEMALE)),
        ({"sex": "m"}, Person(1.70, 68, Sex.MALE)),
        ({"height_m": Decimal("1.60")}, Person(1.60, 60, Sex.NEUTRAL)),
        ({"mass_kg": Decimal(300)}, Person(1.70, 250, Sex.NEUTRAL)),
    ],
)
def test_the_body_is_that_of_the_intake_and_a_usual_one_where_it_is_silent(said, body):
    """Height, mass and sex as told; what cannot be drawn is the nearest that can."""
    assert body_of(course(**said)) == body


def test_before_the_intake_it_is_a_usual_body():
    """Nothing was said yet."""
    assert body_of(Course()) == Person()


def test_the_rise_is_that_of_the_movement_and_larger_for_the_lighter_body():
    """The same numbers as on the exercise page, to a tenth of a percent; a kilogram is more for who weighs less."""
    small, usual = (rise(told, form="E16b", before=kg(1), after=kg(2)) for told in (course(**SMALL), Course()))
    movement = movement_of("E16b")
    assert movement is not None
    exact = change(movement, person=Person(1.60, 55, Sex.FEMALE), before=Equipment(kg=1), after=Equipment(kg=2))
    assert small is not None
    assert usual is not None
    assert abs(float(small) - exact.percent) <= 0.05
    assert 5 < usual < small < 20


@pytest.mark.parametrize(
    ("form", "before", "after"),
    [
        ("E99", kg(1), kg(2)),
        ("E07", kg(1), kg(2)),
        ("E16b", NO_LOAD, kg(2)),
        ("E16b", kg(1), Load(kind="hand")),
        ("E08", Load(kind="band", band=1), Load(kind="band", band=2)),
    ],
)
def test_what_cannot_be_worked_out_is_not_known(form, before, after):
    """Nothing drawn, an own effort, no weight, a hand, bands that nobody weighed: not known, and never a number."""
    assert felt_in(Course(), form=form)(before, after) is None
