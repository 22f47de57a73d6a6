"""What a journal promises, and the ways it can refuse. No Django here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from psoas.pathway.record import Author, Body, Entry, ItemSkipped, SessionBegun, SessionDone, SetDone

GATHERED = ("set_done", "item_skipped", "session_begun")  # kinds that a later session_done of the same session sums up


class EpisodeRow(Struct, frozen=True, kw_only=True):
    """An episode of care: whose it is (an opaque account id) and when it was opened."""

    id: str
    owner: str
    opened: dt.datetime


class JournalError(Exception):
    """The journal refuses; the message says what and why."""


class NoSuchEpisode(JournalError):
    """No episode has this id."""

    def __init__(self, episode: str) -> None:
        super().__init__(f"There is no episode {episode}. It may have been erased, or belongs to another data folder.")
        self.episode = episode


class Conflict(JournalError):
    """Something was written in between: the writer decided on an older state and must read again."""

    def __init__(self, episode: str, *, expected: int, found: int) -> None:
        super().__init__(
            f"Episode {episode} has {found} entries, but this change was made when it had {expected}. "
            "Nothing was written. Read the record again and decide anew."
        )
        self.expected, self.found = expected, found


class ForeignId(JournalError):
    """An entry's id is already used in another episode."""

    def __init__(self, entry: str) -> None:
        super().__init__(f"Entry id {entry} is already used in another episode. Nothing was written; use a new id.")


class AlreadyHere(JournalError):
    """An episode with this id is kept here already, and is not the same."""

    def __init__(self, episode: str) -> None:
        super().__init__(
            f"Episode {episode} is here already, with other entries than this one. Nothing was brought in."
            " To replace what is here, erase it first."
        )
        self.episode = episode


class Unreadable(JournalError):
    """A stored entry cannot be read; the message names it and says why."""

    def __init__(self, kind: str, *, version: int, why: str) -> None:
        super().__init__(f"A stored entry of kind {kind!r}, version {version}, cannot be read: {why}")
        self.kind, self.version = kind, version


class Journal(Protocol):
    """Append-only entries by episode. Reading is one statement; writing is one transaction or nothing.

    What is said here holds of every journal; each adds only what is its own.
    """

    def open(self, episode: str, *, owner: str, at: dt.datetime) -> EpisodeRow:
        """Open an episode; opening it again is a no-op."""

    def episodes(self, owner: str) -> list[EpisodeRow]:
        """The episodes of this account, newest first."""

    def owner_of(self, episode: str) -> str | None:
        """The account the episode belongs to, or nothing where there is no such episode."""

    def read(self, episode: str, *, after: int = 0, whole: bool = False) -> list[Entry]:
        """Entries with a higher sequence than `after`, in order. Unless `whole`, gathered ones are left out."""

    def append(
        self,
        episode: str,
        *,
        bodies: Sequence[Body],
        ids: Sequence[str],
        at: dt.datetime,
        zone: str,
        author: Author | Sequence[Author],
        expecting: int | None = None,
        unless: str | None = None,
    ) -> list[Entry]:
        """Write these bodies, all or none, and return them as stored. An id that is there already is a no-op.

        `expecting` is the highest sequence the writer had seen; raises `Conflict` where something new would be
        written and another entry came in between. Where the entry `unless` is there already nothing is written: a
        fact that arrives twice does not bring its decisions twice. Raises `NoSuchEpisode`, and `ForeignId` for an id
        used elsewhere.
        """

    def receive(self, episode: str, *, owner: str, opened: dt.datetime, entries: Sequence[Entry]) -> None:
        """Keep a whole episode as it was kept elsewhere: all or nothing; the same once more is a no-op.

        Raises `AlreadyHere` where an episode of that id differs, and `ForeignId` for an entry's id used elsewhere.
        """

    def erase(self, episode: str) -> int:
        """Remove an episode and every entry of it for good; returns how many entries went."""


def session_of(body: Body) -> str | None:
    """The session an entry belongs to, where it can gather or be gathered."""
    return body.session if isinstance(body, (SetDone, ItemSkipped, SessionBegun, SessionDone)) else None


def authors_of(author: Author | Sequence[Author], *, count: int) -> list[Author]:
    """One author for each of `count` bodies."""
    authors = [author] * count if isinstance(author, Author) else list(author)
    if len(authors) != count:
        raise ValueError(f"{count} bodies need {count} authors or one for all, not {len(authors)}.")
    return authors


def checked(*, bodies: Sequence[Body], ids: Sequence[str], at: dt.datetime) -> None:
    """Refuse what can never be stored: a missing or repeated id, or an instant without offset."""
    if len(ids) != len(bodies) or len(set(ids)) != len(ids):
        raise ValueError(f"{len(bodies)} bodies need {len(bodies)} different ids, not {len(set(ids))}.")
    if at.utcoffset() is None:
        raise ValueError("The instant of an entry needs its UTC offset, or its local date is lost.")
