"""What the load of an exercise means for her: what she does it with now, and what the next load would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from psoas.knowledge.movements import movement_of
from psoas.knowledge.schema import Exercise, Knowledge
from psoas.movement.equipment import BARE
from psoas.movement.load import computable, curve
from psoas.movement.motion import LoadKind, Movement
from psoas.movement.saying import NO_LOAD, Change, unloaded, where
from psoas.movement.skeleton import Unfit
from psoas.pathway.admission import Admitted, admit, loads_at_hand
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Item
from psoas.pathway.facts import person_facts
from psoas.pathway.loading import body_of, felt_in, in_hand
from psoas.pathway.prescribing import items_for
from psoas.pathway.standing import lightest, next_load
from psoas.terms import BOTH, Load
from psoas.web.telling import load_words

TAKEN = ("kg", "band")


class Using(Struct, frozen=True):
    """How she does an exercise: in which form, with which load, and what else she has for it."""

    form: str
    load: Load
    loads: tuple[Load, ...]
    prescribed: bool  # by the plan in force; else what she would begin with


def using(course: Course, *, exercise: Exercise, side: str, knowledge: Knowledge, now: dt.datetime) -> Using | None:
    """As her plan has it on that side, else as she would begin with what she has; None where nothing is known of it."""
    if course.stops or not course.wishes:
        return None
    if course.plan is not None:
        items = items_for(Reading(course, knowledge=knowledge, now=now))
        mine = (item for item in items if item.exercise == exercise.id and item.side in (side, BOTH))
        if (item := next(mine, None)) is not None:
            return Using(item.form or exercise.id, item.load, _at_hand(item, exercise=exercise, course=course), True)
    admitted = admit(exercise, facts=person_facts(course, now=now, knowledge=knowledge), wish=course.wish)
    if not isinstance(admitted, Admitted):
        return None
    loads = _loads(admitted.load, form=admitted.form, exercise=exercise, course=course)
    return Using(admitted.form or exercise.id, lightest(loads), loads, False)


def _at_hand(item: Item, *, exercise: Exercise, course: Course) -> tuple[Load, ...]:
    """What she has of the kind that this item takes."""
    return _loads(item.load.kind, form=item.form, exercise=exercise, course=course)


def _loads(kind: str, *, form: str, exercise: Exercise, course: Course) -> tuple[Load, ...]:
    cable = not form and "cable" in exercise.equipment
    return loads_at_hand(kind, equipment=course.wish.equipment, cable=cable) if kind in TAKEN else ()


def meaning(item: Item, *, exercise: Exercise, course: Course, knowledge: Knowledge) -> tuple[str, ...]:
    """What the load of an item of her plan means, in sentences; none where it takes no load."""
    m = movement_of(item.form or exercise.id)
    if m is None or item.load.kind not in TAKEN or not computable(m):
        return ()
    return tuple(_meaning(m, item, exercise=exercise, course=course, knowledge=knowledge))


def _meaning(m: Movement, item: Item, *, exercise: Exercise, course: Course, knowledge: Knowledge) -> Iterator[str]:
    known, person = in_hand(item.load, course=course), body_of(course)
    try:
        rows = curve(m, person=person, equipment=known or BARE)
    except Unfit as refused:
        yield refusal(refused)
        return
    if unloaded(m, person=person, rows=rows):
        yield TOO_LITTLE if known else NO_LOAD
        return
    if known:
        yield where(rows)
    if not item.find:
        yield _next(item, exercise=exercise, course=course, knowledge=knowledge)


def _next(item: Item, *, exercise: Exercise, course: Course, knowledge: Knowledge) -> str:
    """The next load that she has, and how much more it is for the hip."""
    felt = felt_in(course, form=item.form or exercise.id)
    loads = _at_hand(item, exercise=exercise, course=course)
    heavier = next_load(item.load, loads=loads, knowledge=knowledge, felt=felt)
    if heavier is None:
        return "It is the heaviest you have."
    more = UNWEIGHED if heavier.hip is None else Change(float(heavier.hip)).words
    return f"After it comes {load_words(heavier.load)}: {more}"


TOO_LITTLE = (
    "With this band, fixed like this, the hip flexors of the moving leg have hardly anything to do. "
    "See that it is just taut with the leg straight, as described."
)
UNWEIGHED = "how much more that is for the hip is not known before both bands are weighed."


def refusal(refused: Unfit) -> str:
    """A refusal as a sentence on a page: without the key that it begins with."""
    words = str(refused).partition(": ")[2]
    return words[0].upper() + words[1:]


def banded(m: Movement) -> bool:
    """Whether it is done with a band that can be weighed; a strap is none."""
    return any(load.kind is LoadKind.BAND and load.drawn != "strap" for load in m.load)
