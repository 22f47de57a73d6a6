"""The open session while it is being done: which set is next, what was kept, when the pain rule ends it (D36, D40)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import Struct

from psoas.pathway.course import Course
from psoas.pathway.decisions import Item
from psoas.pathway.record import SetDone
from psoas.pathway.seen import Sat
from psoas.pathway.zones import IMPACT, RED_SIGNS
from psoas.terms import SIDES
from psoas.web import prescribed, telling
from psoas.web.forms.course import SkipForm, load_of, set_form, ticked
from psoas.web.visit import Visit


class Current(Struct, frozen=True):
    """The set that is next."""

    line: prescribed.Line
    number: int


def waits_for_a_screen(course: Course) -> bool:
    """Whether a row stops the course, or she told of a warning sign or a change and was not screened since (D17)."""
    newest = course.screens[-1].seq if course.screens else 0
    return bool(course.stops) or any(report.seq > newest for report in course.reports)


class Sitting:
    """One look at the open session."""

    def __init__(self, visit: Visit, sat: Sat) -> None:
        self.visit = visit
        self.sat = sat
        self.knowledge = visit.knowledge
        self.items: Sequence[Item] = sat.done.shown.items

    @classmethod
    def of(cls, visit: Visit) -> Sitting | None:
        """The open session; nothing where none is, or where something must be settled before it may go on."""
        sat = visit.course.open
        return cls(visit, sat) if sat is not None and not waits_for_a_screen(visit.course) else None

    @property
    def session(self) -> str:
        """Its id."""
        return self.sat.done.session

    @cached_property
    def lines(self) -> list[prescribed.Line]:
        """The prescription as it was shown."""
        return prescribed.lines(self.sat.done.shown, course=self.visit.course, knowledge=self.knowledge)

    @cached_property
    def done(self) -> dict[int, list[SetDone]]:
        """The sets kept so far, by item; trial sets among them."""
        trials = [trial.body.done for trial in self.visit.course.trials if trial.body.done.session == self.session]
        found: dict[int, list[SetDone]] = {}
        for one in (*trials, *self.sat.done.sets):
            found.setdefault(one.item, []).append(one)
        return found

    @cached_property
    def skipped(self) -> frozenset[int]:
        """Items left out."""
        return frozenset(skip.item for skip in self.sat.done.skips)

    def left(self, place: int) -> int:
        """How many sets of that item are still to do."""
        if place in self.skipped:
            return 0
        return max(self.items[place].dose.sets - len(self.done.get(place, ())), 0)

    @cached_property
    def current(self) -> Current | None:
        """The next set; nothing once all is done or the pain rule has ended it."""
        if self.ended_by_pain:
            return None
        place = next((place for place in range(len(self.items)) if self.left(place)), None)
        return None if place is None else Current(self.lines[place], len(self.done.get(place, ())) + 1)

    @cached_property
    def sets_done(self) -> int:
        """How many sets are kept."""
        return sum(len(sets) for sets in self.done.values())

    @cached_property
    def sets_all(self) -> int:
        """How many sets are prescribed."""
        return sum(item.dose.sets for item in self.items)

    @cached_property
    def ended_by_pain(self) -> bool:
        """A set above 5, on impact above 2, or with sharp or catching pain: the session ends there (D40, D66)."""
        return any(self.is_red(one) for sets in self.done.values() for one in sets)

    def is_red(self, one: SetDone) -> bool:
        """Whether this set ends the session."""
        limit = self.red_above(self.items[one.item])
        sore = any(pain is not None and pain > limit for pain in one.pain.values())
        return sore or bool(RED_SIGNS & set(one.signs or ()))

    def red_above(self, item: Item) -> Decimal:
        """The pain above which a set of it ends the session: 5, and 2 on impact, which has no amber zone (C-P, D66)."""
        return self.knowledge["impact_pain_max" if item.exercise in IMPACT else "pain_amber_max"]

    @property
    def ended_by(self) -> str:
        """What ends it, read from what was kept and not from what a page says."""
        if self.ended_by_pain:
            return "pain_rule"
        return "done" if self.current is None else "person"

    # ---- reading what a form or the player sends

    def form(self, current: Current) -> type[Any]:
        """The questions after this set."""
        item = current.line.item
        return set_form(
            item,
            exercise=self.knowledge.exercises[item.exercise],
            sides=telling.item_sides(item),
            loads=prescribed.loads_for(item, course=self.visit.course, knowledge=self.knowledge),
        )

    def skip_form(self) -> SkipForm:
        """The reasons for leaving an item out."""
        return SkipForm(prefix="skip")

    def set_of(self, said: Mapping[str, Any], *, place: int, number: int) -> SetDone:
        """The entry of a set from the cleaned form."""
        item = self.items[place]
        pain = {side: said[f"pain_{side.value}"] for side in SIDES if f"pain_{side.value}" in said}
        return SetDone(
            session=self.session,
            item=place,
            number=number,
            did=said["did"],
            pain=pain,
            compensations=ticked(said["seen"]) if "seen" in said else (),
            signs=ticked(said["signs"]),
            effort=said["effort"],
            load=load_of(said["load"]) if said.get("load") else item.load,
        )

    def newest_set(self) -> str:
        """The id of the newest set kept, to take it back; empty where there is none."""
        return newest_set(self.visit, self.session) if self.sets_done else ""


def newest_set(visit: Visit, session: str) -> str:
    """The entry id of the session's newest set that still stands."""
    from psoas.pathway.seen import corrected

    entries = corrected(visit.clinic.record(visit.episode))
    return next((e.id for e in reversed(entries) if isinstance(e.body, SetDone) and e.body.session == session), "")
