"""The desk of a case: the same entries as the clinic's, folded and decided in memory, without a clock."""

from __future__ import annotations

import datetime as dt

from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course, course_of, evolve
from psoas.pathway.decisions import Decision
from psoas.pathway.record import PERSON, PSOAS, Author, Body, Corrected, Decided, Entry, as_stored
from psoas.pathway.settling import settle


class Desk:
    """A record that grows: before and after each fact every decision due is made, as the clinic does it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.entries: list[Entry] = []
        self.course = Course()
        self.made: list[Decision] = []
        self._settled: tuple[int, dt.datetime] | None = None

    def write(self, body: Body, *, at: dt.datetime, author: Author = PERSON) -> Entry:
        """Append the decisions due, the fact, and those that it makes due."""
        self._settle(at)
        entry = self._append(body, at=at, author=author)
        if isinstance(body, Corrected):
            self.course = course_of(self.entries, knowledge=self.knowledge)
        self._settle(at)
        return entry

    def look(self, *, at: dt.datetime) -> tuple[Course, list[Decision]]:
        """The course at this instant with the decisions due, and those decisions; nothing is written."""
        course, made = self.course, []
        for decision, after in settle(course, knowledge=self.knowledge, now=at):
            course = after
            made.append(decision)
        return course, made

    def _settle(self, at: dt.datetime) -> None:
        """Make the decisions due; at an instant at which nothing was written since, there are none."""
        state = (len(self.entries), at)
        if state == self._settled:
            return
        for decision, after in settle(self.course, knowledge=self.knowledge, now=at):
            body: Decided = after.decisions[-1].body
            self.entries.append(self._entry(body, at=at, author=PSOAS, seq=after.count))
            self.course = after
            self.made.append(decision)
        self._settled = (len(self.entries), at)

    def _append(self, body: Body, *, at: dt.datetime, author: Author) -> Entry:
        entry = self._entry(as_stored(body), at=at, author=author, seq=self.course.count + 1)
        self.entries.append(entry)
        self.course = evolve(self.course, entry, knowledge=self.knowledge)
        return entry

    def _entry(self, body: Body, *, at: dt.datetime, author: Author, seq: int) -> Entry:
        return Entry(id=f"e{seq}", episode="case", seq=seq, at=at, zone="", author=author, body=body)

    def entry(self, entry_id: str) -> Entry:
        """The entry of that id."""
        return next(entry for entry in self.entries if entry.id == entry_id)
