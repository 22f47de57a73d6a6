"""What another load asks of the hip: from the movement's geometry, her body and her equipment (D46)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from psoas.knowledge.movements import movement_of
from psoas.movement.equipment import Equipment
from psoas.movement.load import computable
from psoas.movement.motion import Movement
from psoas.movement.saying import change
from psoas.movement.skeleton import Person, Sex, Unfit, nearest
from psoas.pathway.course import Course
from psoas.pathway.standing import Felt
from psoas.terms import Load

_SEXES = {"f": Sex.FEMALE, "m": Sex.MALE}
_TENTH = Decimal("0.1")


def body_of(course: Course) -> Person:
    """Her body as the intake told it; what it left open is that of a usual one."""
    said = course.intake
    if said is None:
        return Person()
    return nearest(height=_number(said.height_m), mass=_number(said.mass_kg), sex=_SEXES.get(said.sex, Sex.NEUTRAL))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def in_hand(load: Load) -> Equipment | None:
    """What she has in hand with that load; None where its pull is not known."""
    return Equipment(kg=float(load.kg)) if load.kind == "kg" and load.kg is not None else None


def felt_in(course: Course, *, form: str) -> Felt:
    """How much more the hip carries with another load in that exercise, or way of doing it; None where nobody can know."""

    def felt(before: Load, after: Load) -> Decimal | None:
        return rise(course, form=form, before=before, after=after)

    return felt


def rise(course: Course, *, form: str, before: Load, after: Load) -> Decimal | None:
    """The change from one load to another in percent to a tenth; None where it cannot be worked out."""
    m, old, new = movement_of(form), in_hand(before), in_hand(after)
    if m is None or old is None or new is None or not computable(m):
        return None
    return _percent(m, person=body_of(course), before=old, after=new)


@lru_cache(maxsize=1024)
def _percent(m: Movement, *, person: Person, before: Equipment, after: Equipment) -> Decimal | None:
    try:
        percent = change(m, person=person, before=before, after=after).percent
    except Unfit:  # a load that asks nothing, or a band that would be stretched too far
        return None
    return Decimal(percent).quantize(_TENTH, ROUND_HALF_UP)
