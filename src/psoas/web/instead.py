"""What may stand in for an exercise of the open session: the same that the plan page offers, where it fits (D32)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from psoas.pathway import writing
from psoas.pathway.record import Swapped
from psoas.terms import SIDES
from psoas.web import planning
from psoas.web.sitting import Sitting


class Other(Struct, frozen=True):
    """One exercise or form that may stand in: its name, and the swap as it would be kept."""

    name: str
    swap: Swapped


def offered(sitting: Sitting, place: int) -> Iterator[Other]:
    """What may stand in at that place; nothing for a warm-up or a trial, or once a set of the exercise is done."""
    visit, knowledge, plan = sitting.visit, sitting.knowledge, sitting.visit.course.plan
    if plan is None or any(writing.begun_at(sitting.sat, each) for each in writing.places_of(sitting.sat, place)):
        return
    exercise = knowledge.exercises[sitting.items[place].exercise]
    seen = planning.Shown(visit.course, plan, knowledge=knowledge, now=visit.now)
    chosen = [each for side in SIDES for each in seen.selections[side].chosen if each.exercise == exercise.id]
    for to, name in seen.swaps(exercise, chosen):
        swap = writing.swapped(sitting.sat, course=visit.course, place=place, to=to, knowledge=knowledge, now=visit.now)
        if swap is not None:
            yield Other(name, swap)
