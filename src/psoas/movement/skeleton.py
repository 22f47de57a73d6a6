"""A body as segments: lengths, masses, centres of mass and inertia, scaled by height, mass and sex.

Segment parameters: de Leva 1996, as carried in a public data repository of biomechanics (male and female tables, looked at).
Lengths are stated there at a stature of 1741 mm (men) and 1735 mm (women) and grow with stature; masses are fractions
of the body's mass. "neutral" is the mean of both tables, a design choice for pictures of nobody in particular.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from msgspec import Struct

GRAVITY = 9.81
"""Metres per second squared."""

HEIGHTS, MASSES = (1.20, 2.20), (30.0, 250.0)
"""Metres and kilograms that a person may have here [DC]."""


class Sex(StrEnum):
    """Which segment table a body is scaled from."""

    FEMALE = "female"
    MALE = "male"
    NEUTRAL = "neutral"


class Unfit(ValueError):
    """A person, a load or a movement that cannot be; the message says where, what, and what to do."""


class Segment(Struct, frozen=True):
    """One rigid part: length (m), mass (fraction or kg), centre of mass and gyration radius (fractions of the length).

    The centre of mass counts from the proximal end, of the foot from the heel. The gyration radius is the one about the
    axis that runs from left to right, the axis of bending and straightening.
    """

    length: float
    mass: float
    centre: float
    gyration: float

    @property
    def inertia(self) -> float:
        """The moment of inertia about the centre of mass, kg·m²; the segment's mass must be in kilograms."""
        return self.mass * (self.gyration * self.length) ** 2


# length mm, mass fraction, centre of mass, gyration radius (transverse axis)
_TABLE: dict[Sex, tuple[float, dict[str, tuple[float, float, float, float]]]] = {
    Sex.MALE: (
        1741,
        {
            "head": (242.9, 0.0694, 0.5002, 0.315),
            "trunk": (515.5, 0.4346, 0.4310, 0.358),
            "upper_arm": (281.7, 0.0271, 0.5772, 0.269),
            "forearm": (268.9, 0.0162, 0.4574, 0.265),
            "hand": (86.2, 0.0061, 0.7900, 0.513),
            "thigh": (422.2, 0.1416, 0.4095, 0.329),
            "shank": (440.3, 0.0433, 0.4395, 0.246),
            "foot": (258.1, 0.0137, 0.4415, 0.245),
        },
    ),
    Sex.FEMALE: (
        1735,
        {
            "head": (243.7, 0.0668, 0.4841, 0.295),
            "trunk": (497.9, 0.4257, 0.3782, 0.361),
            "upper_arm": (275.1, 0.0255, 0.5754, 0.260),
            "forearm": (264.3, 0.0138, 0.4559, 0.257),
            "hand": (78.0, 0.0056, 0.7474, 0.454),
            "thigh": (368.5, 0.1478, 0.3612, 0.364),
            "shank": (438.6, 0.0481, 0.4352, 0.263),
            "foot": (228.3, 0.0129, 0.4014, 0.279),
        },
    ),
}

PAIRED = ("upper_arm", "forearm", "hand", "thigh", "shank", "foot")
"""Segments a body has twice."""

ANKLE_HEIGHT = 0.039
"""Height of the ankle joint over the floor, as a fraction of stature (Winter 2009)."""

REFERENCE = (1.75, 75.0)
"""The stature (m) and mass (kg) that the outline tables are drawn at [DC]."""


def fractions(sex: Sex) -> dict[str, Segment]:
    """The table of that sex: lengths as fractions of stature, masses as fractions of the body's mass.

    >>> round(fractions(Sex.MALE)["thigh"].mass, 4)
    0.1416
    """
    if sex is Sex.NEUTRAL:
        one, two = fractions(Sex.MALE), fractions(Sex.FEMALE)
        return {name: _mean(one[name], two[name]) for name in one}
    stature, rows = _TABLE[sex]
    return {n: Segment(length / stature, mass, centre, radius) for n, (length, mass, centre, radius) in rows.items()}


def _mean(one: Segment, two: Segment) -> Segment:
    """The segment halfway between two."""
    return Segment(
        length=(one.length + two.length) / 2,
        mass=(one.mass + two.mass) / 2,
        centre=(one.centre + two.centre) / 2,
        gyration=(one.gyration + two.gyration) / 2,
    )


class Person(Struct, frozen=True):
    """For whom a movement is drawn and weighed: height in metres, mass in kilograms, sex of the segment table."""

    height: float = 1.70
    mass: float = 68.0
    sex: Sex = Sex.NEUTRAL

    def __post_init__(self) -> None:
        if not HEIGHTS[0] <= self.height <= HEIGHTS[1]:
            raise Unfit(_outside("height", self.height, limits=HEIGHTS, unit="metres"))
        if not MASSES[0] <= self.mass <= MASSES[1]:
            raise Unfit(_outside("mass", self.mass, limits=MASSES, unit="kilograms"))


LEAN = 23.5
"""Kilograms per square metre: the build of somebody whose mass nobody told [DC]."""


def nearest(*, height: float | None, mass: float | None, sex: Sex) -> Person:
    """The nearest body that can be drawn and weighed; what is not known is that of a usual one.

    >>> nearest(height=1.6, mass=None, sex=Sex.FEMALE).mass, nearest(height=2.4, mass=80, sex=Sex.MALE).height
    (60, 2.2)
    """
    tall = Person().height if height is None else height
    heavy = round(LEAN * tall**2) if mass is None else mass
    return Person(_within(tall, limits=HEIGHTS), _within(heavy, limits=MASSES), sex)


def _within(value: float, *, limits: tuple[float, float]) -> float:
    """The value, or the limit that it is beyond."""
    return min(max(value, limits[0]), limits[1])


def person_of(words: str) -> Person:
    """The person of "1.60,60,f": height in metres, mass in kilograms, and f, m or n for the sex of the tables.

    >>> person_of("1.60,60,f").sex.value
    'female'
    """
    try:
        height, mass, letter = (part.strip() for part in words.split(","))
        sex = next(s for s in Sex if letter and s.value.startswith(letter.lower()))
        return Person(float(height), float(mass), sex)
    except Unfit:
        raise
    except (ValueError, StopIteration):
        raise Unfit(
            f"person: {words!r} cannot be read. Write height in metres, mass in kilograms and f, m or n, such as 1.60,60,f."
        ) from None


def _outside(key: str, value: float, *, limits: tuple[float, float], unit: str) -> str:
    """What is wrong with a measure of a person, and what to do."""
    low, high = limits
    return f"person: {key}: is {value:g} {unit}. Give {unit} between {low:g} and {high:g}."


class Body(Struct, frozen=True):
    """A person's skeleton: every segment in metres and kilograms, and how wide the flesh is drawn around it."""

    person: Person
    segments: dict[str, Segment]
    ankle: float
    neck_to_hip: float
    girth: float
    """How wide the body is beside the outline tables: grows with the root of mass over height."""

    def __hash__(self) -> int:
        return hash(self.person)

    @property
    def scale(self) -> float:
        """The stature beside the one the outlines are drawn at."""
        return self.person.height / REFERENCE[0]

    def length(self, name: str) -> float:
        """A segment's length in metres."""
        return self.segments[name].length


@cache
def body(person: Person) -> Body:
    """The skeleton of that person; standing straight it is exactly as tall as the person.

    >>> round(body(Person(1.75, 75, Sex.MALE)).length("thigh"), 3)
    0.424
    """
    rows = {
        n: Segment(s.length * person.height, s.mass * person.mass, s.centre, s.gyration)
        for n, s in fractions(person.sex).items()
    }
    ankle = ANKLE_HEIGHT * person.height
    legs = ankle + rows["shank"].length + rows["thigh"].length
    neck = person.height - legs - rows["head"].length
    girth = ((person.mass / person.height) / (REFERENCE[1] / REFERENCE[0])) ** 0.5
    return Body(person, rows, ankle, neck, min(max(girth, 0.82), 1.35))
