"""The desk: the only place where record, clock and core meet.

Every method reads the record, folds it, asks the pathway and appends; none of them judges. `now` is an aware
datetime with the person's own offset, `zone` her IANA zone; ids are made by whoever writes first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec.structs import replace

from psoas import __version__
from psoas.exchange.archive import Archive, BadArchive, Line, kind_of_line, packed, unpacked
from psoas.knowledge.schema import Knowledge
from psoas.pathway import writing
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course, course_of, evolve
from psoas.pathway.decisions import AskMore, NoProtocolFits, Paused, Plan, Profile, Rest, TestMore, Today, Triage
from psoas.pathway.record import (
    PERSON,
    PSOAS,
    Author,
    Body,
    Corrected,
    Entry,
    EpisodeOpened,
    ItemSkipped,
    Pains,
    ProtocolAdopted,
    SessionDone,
    SetDone,
    as_stored,
    with_sets,
)
from psoas.pathway.session import session_on
from psoas.pathway.settling import makes_nothing_due, profile_of, settle, settled_course
from psoas.storage.contract import Conflict, Journal, NoSuchEpisode
from psoas.storage.ids import new_id
from psoas.storage.upcast import body_of
from psoas.terms import Answer

PROTOCOL = "integrated@2026-11-01"
TRIES = 3  # two tabs may write at once; more often than this, something else is wrong
KEPT = 64  # folded courses kept in memory, by episode; the record stays the only truth


class Refused(Exception):
    """The desk does not do this now; `because` says why, as the pathway said it."""

    def __init__(self, because: Paused | Rest | NoProtocolFits | Triage | TestMore | str) -> None:
        super().__init__(str(because))
        self.because = because


# What the pathway raises over a record that no desk of ours has written: numbers that are none, ids without a target.
_IMPOSSIBLE = (
    msgspec.MsgspecError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)


def entries_of(archive: Archive, *, knowledge: Knowledge) -> list[Entry]:
    """The entries of an export in today's shape. Raises exchange's BadArchive and storage's Unreadable."""
    entries = [_entry_of(line) for line in archive.entries]
    protocols = {e.body.protocol for e in entries if isinstance(e.body, (EpisodeOpened, ProtocolAdopted))}
    unknown = sorted(protocols - knowledge.protocols.keys())
    if not protocols or unknown:
        raise BadArchive(
            f"This export runs under a protocol that this Psoas does not have ({', '.join(unknown) or 'none is named'})."
            " Install a newer Psoas and try again. Nothing was brought in."
        )
    with told_when_impossible():
        entries = [replace(entry, body=as_stored(_read_whole(entry.body))) for entry in entries]
        _lead_somewhere(entries, knowledge)
    return entries


@contextmanager
def told_when_impossible() -> Iterator[None]:
    """What only a file written by hand can make the pathway say is told as exchange's BadArchive."""
    try:
        yield
    except _IMPOSSIBLE as error:
        raise BadArchive(
            f"The entries of this export contradict each other: {error}. Nothing was brought in."
        ) from error


def _lead_somewhere(entries: Sequence[Entry], knowledge: Knowledge) -> None:
    """What every page reads of a record can be read of this one: the course, what is due, and the session of its last day."""
    now = entries[-1].at
    course = settled_course(course_of(entries, knowledge=knowledge), knowledge=knowledge, now=now)
    session_on(course, knowledge=knowledge, now=now)


def _read_whole(body: Body) -> Body:
    """What was in a session is read when it is asked for; in a file from elsewhere it is read at once, and set anew."""
    if isinstance(body, SessionDone):
        return with_sets(body, body.sets)
    if isinstance(body, Corrected) and body.by is not None:
        return replace(body, by=_read_whole(body.by))
    return body


def _entry_of(line: Line) -> Entry:
    kind = kind_of_line(line)
    body = body_of(bytes(line.body), kind=kind, version=line.version)
    return Entry(
        id=line.id,
        episode=line.episode,
        seq=line.seq,
        at=line.at,
        zone=line.zone,
        author=line.author,
        body=body,
    )


class Clinic:
    """One desk per process, over one journal."""

    def __init__(self, journal: Journal, knowledge: Knowledge) -> None:
        self.journal = journal
        self.knowledge = knowledge
        self._folded: dict[str, Course] = {}

    # ---- reading

    def record(self, episode: str) -> list[Entry]:
        """Every entry of the episode, sets that a session has gathered included."""
        return self.journal.read(episode, whole=True)

    def told(self, episode: str) -> Course:
        """The fold of the record as it stands, without the decisions that are due."""
        folded = self._folded.get(episode, Course())
        new = self.journal.read(episode, after=folded.count)
        course = self._grown(episode, folded, new)
        self._keep(episode, course)
        return course

    def course(self, episode: str, *, now: dt.datetime) -> Course:
        """The fold of the record with the decisions due now carried out; nothing is written."""
        return settled_course(self.told(episode), knowledge=self.knowledge, now=now)

    def _grown(self, episode: str, folded: Course, new: Sequence[Entry]) -> Course:
        """One more fold step per new entry; a correction makes the whole record be read again."""
        if any(isinstance(entry.body, Corrected) for entry in new):
            return course_of(self.journal.read(episode), knowledge=self.knowledge)
        for entry in new:
            folded = evolve(folded, entry, knowledge=self.knowledge)
        return folded

    def _keep(self, episode: str, course: Course) -> None:
        self._folded.pop(episode, None)
        self._folded[episode] = course
        if len(self._folded) > KEPT:
            del self._folded[next(iter(self._folded))]

    def today(self, course: Course, *, now: dt.datetime, reading: Reading | None = None) -> Today:
        """Session, rest or pause; `reading` is a look at this course at this instant, where there is one."""
        return session_on(course, knowledge=self.knowledge, now=now, reading=reading)

    def profile(self, course: Course, *, now: dt.datetime) -> Profile | TestMore:
        """Both sides as the tests so far show them."""
        return profile_of(course, knowledge=self.knowledge, now=now)

    def screening(self, course: Course, answers: Mapping[str, Any], *, now: dt.datetime) -> Triage:
        """What a full screen with these answers would come to; nothing is written."""
        return writing.triage_of(course, answers, knowledge=self.knowledge, now=now)

    def draft_plan(
        self, course: Course, *, protocol: str = PROTOCOL, now: dt.datetime
    ) -> Plan | NoProtocolFits | Triage | TestMore:
        """The plan that the record calls for, or what stands in its way."""
        return writing.drafted(course, protocol=protocol, knowledge=self.knowledge, now=now)

    # ---- writing

    def open(self, owner: str, *, now: dt.datetime, zone: str, protocol: str = PROTOCOL) -> str:
        """A new episode of care for this account; its id."""
        episode = new_id()
        self.journal.open(episode, owner=owner, at=now)
        self.write(episode, EpisodeOpened(protocol=protocol), now=now, zone=zone)
        return episode

    def write(
        self,
        episode: str,
        body: Body,
        *,
        now: dt.datetime,
        zone: str,
        author: Author = PERSON,
        entry_id: str | None = None,
    ) -> Course:
        """Append the decisions due, the fact, and every decision it makes due, in one transaction; the course after it.

        A second arrival of the same entry id changes nothing. Raises storage's JournalError.
        """
        fact = Entry(
            id=entry_id or new_id(), episode=episode, seq=0, at=now, zone=zone, author=author, body=as_stored(body)
        )
        for again in range(TRIES):
            try:
                return self._append(episode, fact, seen=None if again else self._folded.get(episode))
            except Conflict:  # somebody wrote in between: read on and decide anew
                if again == TRIES - 1:
                    raise
        raise RuntimeError("a write neither succeeded nor failed")

    def _append(self, episode: str, fact: Entry, *, seen: Course | None) -> Course:
        """Decide on the course last seen, where there is one: the journal refuses if it has grown since."""
        course = seen or self.told(episode)
        new = self._with_decisions(episode, course, fact)
        stored = self.journal.append(
            episode,
            bodies=[entry.body for entry in new],
            ids=[entry.id for entry in new],
            at=fact.at,
            zone=fact.zone,
            author=[entry.author for entry in new],
            expecting=course.count,
            unless=fact.id,
        )
        return self._after(episode, course, stored)

    def _with_decisions(self, episode: str, course: Course, fact: Entry) -> list[Entry]:
        """The decisions due before the fact, the fact, and those due after it, as entries in order.

        A set or a skip that makes nothing due is written alone; what falls due by time meanwhile is shown on every
        page, and written before the next entry that is more than that.
        """
        new: list[Entry] = []
        if makes_nothing_due(course, fact.body):
            return [replace(fact, seq=course.count + 1)]
        course = self._decide(course, fact, new)
        fact = replace(fact, seq=course.count + 1)
        new.append(fact)
        if isinstance(fact.body, Corrected):
            course = course_of([*self.journal.read(episode), *new], knowledge=self.knowledge)
        else:
            course = evolve(course, fact, knowledge=self.knowledge)
        self._decide(course, fact, new)
        return new

    def _decide(self, course: Course, fact: Entry, new: list[Entry]) -> Course:
        for _, after in settle(course, knowledge=self.knowledge, now=fact.at):
            decided = after.decisions[-1].body
            new.append(replace(fact, id=new_id(), seq=after.count, author=PSOAS, body=decided))
            course = after
        return course

    def _after(self, episode: str, course: Course, stored: Sequence[Entry]) -> Course:
        fresh = [entry for entry in stored if entry.seq > course.count]
        course = self._grown(episode, course, fresh)
        self._keep(episode, course)
        return course

    # ---- the verbs of the pages

    def write_screen(
        self, episode: str, answers: Mapping[str, Any], *, now: dt.datetime, zone: str, entry_id: str | None = None
    ) -> Course:
        """A full screen. Raises Refused with AskMore while questions are open."""
        body = writing.screened(self.told(episode), answers, knowledge=self.knowledge, now=now)
        if isinstance(body, AskMore):
            raise Refused(body)
        return self.write(episode, body, now=now, zone=zone, entry_id=entry_id)

    def write_day(
        self, episode: str, told: writing.DayTold, *, now: dt.datetime, zone: str, entry_id: str | None = None
    ) -> Course:
        """How she is today. Raises Refused with AskMore while questions are open."""
        body = writing.day_answered(self.told(episode), told, knowledge=self.knowledge, now=now)
        if isinstance(body, AskMore):
            raise Refused(body)
        return self.write(episode, body, now=now, zone=zone, entry_id=entry_id)

    def make_plan(
        self, episode: str, *, now: dt.datetime, zone: str, protocol: str = PROTOCOL, entry_id: str | None = None
    ) -> Course:
        """Accept the plan that the record calls for. Raises Refused with what stands in its way."""
        made = self.draft_plan(self.told(episode), protocol=protocol, now=now)
        if not isinstance(made, Plan):
            raise Refused(made)
        return self.write(episode, writing.planned(made), now=now, zone=zone, entry_id=entry_id)

    def begin(self, episode: str, *, session: str, now: dt.datetime, zone: str, entry_id: str | None = None) -> Course:
        """Begin today's session. Raises Refused with the pause or rest that today is."""
        course = self.course(episode, now=now)
        if course.open is not None and course.open.done.session == session:
            return course
        body = writing.begun(course, session=session, knowledge=self.knowledge, now=now)
        if isinstance(body, (Paused, Rest)):
            raise Refused(body)
        return self.write(episode, body, now=now, zone=zone, entry_id=entry_id)

    def log_set(self, episode: str, done: SetDone, *, now: dt.datetime, zone: str, entry_id: str) -> Course:
        """Keep one set the moment it ends."""
        return self.write(episode, done, now=now, zone=zone, entry_id=entry_id)

    def end(
        self,
        episode: str,
        *,
        after: Pains,
        effort: Any,
        limp: Answer,
        by: str = "done",
        now: dt.datetime,
        zone: str,
        entry_id: str | None = None,
    ) -> Course:
        """Sum up the open session. Raises Refused when none is open."""
        body = writing.ended(self.told(episode), after=after, effort=effort, limp=limp, by=by, now=now)
        if body is None:
            raise Refused("There is no open session to end.")
        return self.write(episode, body, now=now, zone=zone, entry_id=entry_id)

    def correct(
        self, episode: str, entry_id: str, body: Body | None, *, why: str, now: dt.datetime, zone: str
    ) -> Course:
        """Say an earlier entry otherwise, or not at all (sets and skips only). Raises Refused where it must be said anew."""
        wrong = next((e for e in self.record(episode) if e.id == entry_id), None)
        if wrong is None:
            raise Refused("There is no such entry in this record.")
        if body is None and not isinstance(wrong.body, (SetDone, ItemSkipped)):
            raise Refused("Only a set or a skip can be taken back. Say what this entry should have been instead.")
        return self.write(episode, Corrected(replaces=entry_id, by=body, why=why), now=now, zone=zone)

    # ---- taking away and bringing in

    def export(self, episode: str) -> bytes:
        """The whole episode as one file, to keep or to go on with elsewhere. Raises storage's NoSuchEpisode."""
        entries = self.record(episode)
        if not entries:
            raise NoSuchEpisode(episode)
        return packed(entries, opened=entries[0].at, psoas=__version__)

    def import_(self, owner: str, data: bytes) -> str:
        """Bring in an exported episode for this account, as it was; its id. The same file once more changes nothing.

        Raises exchange's BadArchive, or storage's JournalError; then nothing was brought in.
        """
        archive = unpacked(data)
        entries = entries_of(archive, knowledge=self.knowledge)
        self.journal.receive(archive.episode, owner=owner, opened=archive.opened, entries=entries)
        return archive.episode

    def erase(self, episode: str) -> int:
        """Remove the episode for good; how many entries went."""
        self._folded.pop(episode, None)
        return self.journal.erase(episode)
