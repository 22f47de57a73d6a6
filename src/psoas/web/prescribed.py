"""A prescription as a page shows it: one line for each item, with name, dose, load, sides and why."""

from __future__ import annotations

from msgspec import Struct

from psoas.knowledge import wording as said
from psoas.knowledge.schema import Exercise, Knowledge, Substitute
from psoas.pathway.admission import loads_at_hand
from psoas.pathway.course import Course
from psoas.pathway.decisions import Item, Session
from psoas.terms import Load
from psoas.web import telling
from psoas.web.wording import dose_words, plain, set_up


class Line(Struct, frozen=True, kw_only=True):
    """One item of a session."""

    place: int
    exercise: str
    name: str
    side: str  # in words: "right", "both sides"; empty for a warm-up
    slot: str
    dose: str
    load: str
    effort: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    feel: str
    tags: tuple[str, ...]
    item: Item


def lines(session: Session, *, course: Course, knowledge: Knowledge) -> list[Line]:
    """Every item in order."""
    return [line(item, place=place, course=course, knowledge=knowledge) for place, item in enumerate(session.items)]


def line(item: Item, *, place: int, course: Course, knowledge: Knowledge) -> Line:
    """One item in words."""
    exercise = knowledge.exercises[item.exercise]
    form = form_of(item, exercise)
    return Line(
        place=place,
        exercise=exercise.id,
        name=form.name if form else exercise.name,
        side="" if item.slot == 1 else telling.side_words(item.side),
        slot=said.word(str(item.slot), section="slot", knowledge=knowledge),
        dose=item_dose(item),
        load=telling.load_words(item.load) if item.load.kind != "none" else "",
        effort=plain(item.effort),
        steps=form.steps if form and form.steps else (set_up(exercise), *exercise.steps),
        cues=exercise.cues,
        feel=exercise.feel,
        tags=tuple(_tags(item)),
        item=item,
    )


def item_dose(item: Item) -> str:
    """The dose in words; one long hold, a walk or a rest, in minutes."""
    if item.dose.hold_s >= 120 and item.dose.reps == 1:
        return f"{item.dose.hold_s // 60} minutes"
    return dose_words(item.dose)


def form_of(item: Item, exercise: Exercise) -> Substitute | None:
    """The other form in use, where there is one."""
    return next((form for form in exercise.substitutes if form.id == item.form), None)


def _tags(item: Item) -> list[str]:
    tags = []
    if item.trial:
        tags.append("Trial set")
    if item.cut:
        tags.append("A fifth less today")
    if item.find:
        tags.append("Find the load")
    return tags


def loads_for(item: Item, *, course: Course, knowledge: Knowledge) -> list[tuple[str, str]]:
    """The loads at hand to choose from, as a form offers them; nothing where no load is used."""
    if item.load.kind not in ("kg", "band"):
        return []
    exercise = knowledge.exercises[item.exercise]
    cable = not item.form and "cable" in exercise.equipment
    loads = loads_at_hand(item.load.kind, equipment=course.wish.equipment, cable=cable)
    return [(telling.load_key(load), telling.load_words(load)) for load in _with(item.load, loads)]


def _with(load: Load, loads: tuple[Load, ...]) -> tuple[Load, ...]:
    return loads if load in loads else (load, *loads)
