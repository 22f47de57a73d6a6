"""What another load asks of the hip: by her body, the movement and what she has in hand (D46)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from psoas.knowledge.movements import movement_of
from psoas.movement.equipment import Equipment
from psoas.movement.saying import change
from psoas.movement.skeleton import Person, Sex
from psoas.pathway.course import Course
from psoas.pathway.loading import body_of, felt_in, rise, weighed_bands
from psoas.pathway.record import BandWeighed, TakenIn, Weighing, Wished
from psoas.pathway.record import Equipment as Equipped
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


def band(number):
    """That band of hers."""
    return Load(kind="band", band=number)


def on_scale(number, *pulls, seq, reach=None):
    """That band weighed at 50 and 80 cm, in kilograms."""
    one, two = (
        Weighing(length_m=Decimal(length), kg=Decimal(kg)) for length, kg in zip(("0.5", "0.8"), pulls, strict=True)
    )
    told = BandWeighed(band=number, readings=(one, two), reach_m=None if reach is None else Decimal(reach))
    return Dated(on(2026, 3, 2), told, seq)


def owns(bands, *, seq):
    """A wish with so many bands."""
    return Dated(on(2026, 3, 2), Wished(equipment=Equipped(bands=bands)), seq)


def test_bands_that_were_weighed_are_known_and_the_last_weighing_counts():
    """What the second pulls more, the hip carries more; weighed anew, the newer readings stand in place of the older."""
    once = Course(wishes=(owns(2, seq=1),), bands=(on_scale(1, 1, "2.5", seq=2), on_scale(2, 4, 9, seq=3)))
    again = replace(once, bands=(*once.bands, on_scale(2, 2, 5, seq=4)))
    first, second = (rise(course, form="E08", before=band(1), after=band(2)) for course in (once, again))
    assert first is not None
    assert second is not None
    assert first > second > 0


@pytest.mark.parametrize(
    "bands",
    [
        (on_scale(1, 1, "2.5", seq=2),),
        (on_scale(1, 4, 9, seq=2), on_scale(2, 1, "2.5", seq=3)),
        (on_scale(1, 1, "2.5", seq=2), on_scale(2, 9, 4, seq=3)),
        (on_scale(1, 1, "2.5", seq=2), on_scale(2, 4, 9, seq=3, reach="0.02")),
        (on_scale(1, 1, "2.5", seq=2), on_scale(2, 4, 9, seq=-1)),
    ],
    ids=["one not weighed", "numbered wrongly", "no one band", "fixed in the body", "before she had two"],
)
def test_a_band_of_which_not_enough_is_known_has_no_number(bands):
    """Not weighed, lighter than the one before, readings that cannot be, counted otherwise since: not known."""
    course = Course(wishes=(owns(1, seq=-2), owns(2, seq=1)), bands=bands)
    assert rise(course, form="E08", before=band(1), after=band(2)) is None


def test_a_band_that_would_be_stretched_too_far_has_no_number():
    """The short one cannot be fixed so far away."""
    bands = (on_scale(1, 1, "2.5", seq=2, reach="0.9"), on_scale(2, 1, 4, seq=3, reach="4.5"))
    assert rise(Course(bands=bands), form="E10-band", before=band(1), after=band(2)) is None


def test_a_band_is_fixed_just_taut_where_nothing_else_was_said():
    """As the exercises describe it: as far away as it is long at rest."""
    found = weighed_bands(Course(bands=(on_scale(1, 1, "2.5", seq=2), on_scale(2, 4, 9, seq=3, reach="0.9"))))
    assert found[1].band is not None
    assert found[1].reach == found[1].band.rest
    assert found[2].reach == 0.9
