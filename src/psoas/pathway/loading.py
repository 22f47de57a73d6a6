"""What another load asks of the hip: from the movement's geometry, her body and her equipment (D46)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise

from psoas.knowledge.movements import movement_of
from psoas.movement.equipment import FARTHEST, NEAREST, Equipment, weighed
from psoas.movement.load import computable
from psoas.movement.motion import Movement
from psoas.movement.saying import change
from psoas.movement.skeleton import GRAVITY, Person, Sex, Unfit, nearest
from psoas.pathway.course import Course
from psoas.pathway.record import BandWeighed
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


def weighed_bands(course: Course) -> dict[int, Equipment]:
    """Her bands by number, as weighed last, each fixed as far away as told, or just taut where nothing was told.

    A weighing from before the number of her bands changed is left out: nobody knows which of them it was. So is one
    whose readings cannot belong to one band.
    """
    found = {told.body.band: _fixed(told.body) for told in course.bands if told.seq > _counted_anew(course)}
    return {number: kept for number, kept in found.items() if kept is not None}


def _counted_anew(course: Course) -> int:
    """The entry since which she has as many bands as now; 0 where that never changed."""
    pairs = pairwise(course.wishes)
    return max((new.seq for old, new in pairs if old.body.equipment.bands != new.body.equipment.bands), default=0)


def _fixed(told: BandWeighed) -> Equipment | None:
    one, two = ((float(each.length_m), float(each.kg) * GRAVITY) for each in told.readings)
    try:
        band = weighed(one, two)
        taut = min(max(band.rest, NEAREST), FARTHEST)
        return Equipment(band=band, reach=taut if told.reach_m is None else float(told.reach_m))
    except Unfit:
        return None


def in_hand(load: Load, *, course: Course) -> Equipment | None:
    """What she has in hand with that load; None where its pull is not known."""
    if load.kind == "kg" and load.kg is not None:
        return Equipment(kg=float(load.kg))
    return weighed_bands(course).get(load.band) if load.kind == "band" and load.band is not None else None


def felt_in(course: Course, *, form: str) -> Felt:
    """How much more the hip carries with another load in that exercise, or way of doing it; None where nobody can know."""

    def felt(before: Load, after: Load) -> Decimal | None:
        return rise(course, form=form, before=before, after=after)

    return felt


def rise(course: Course, *, form: str, before: Load, after: Load) -> Decimal | None:
    """The change from one load to a heavier one in percent to a tenth; None where it cannot be worked out, or is none."""
    m, old, new = movement_of(form), in_hand(before, course=course), in_hand(after, course=course)
    if m is None or old is None or new is None or not computable(m):
        return None
    return _percent(m, person=body_of(course), before=old, after=new)


@lru_cache(maxsize=1024)
def _percent(m: Movement, *, person: Person, before: Equipment, after: Equipment) -> Decimal | None:
    try:
        percent = change(m, person=person, before=before, after=after).percent
    except Unfit:  # a load that asks nothing, or a band that would be stretched too far
        return None
    if percent <= 0:  # bands that were numbered the other way round
        return None
    return Decimal(percent).quantize(_TENTH, ROUND_HALF_UP)
