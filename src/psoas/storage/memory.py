"""The journal in memory, for the terminal's verbs on files and for tests: the same contract, nothing kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from psoas.pathway.record import Author, Body, Entry, SessionDone, kind_of
from psoas.storage.contract import (
    GATHERED,
    AlreadyHere,
    Conflict,
    EpisodeRow,
    ForeignId,
    NoSuchEpisode,
    authors_of,
    checked,
    session_of,
)


class MemoryJournal:
    """Append-only entries by episode (`contract.Journal`), kept as long as this object lives."""

    def __init__(self) -> None:
        self._rows: dict[str, EpisodeRow] = {}
        self._entries: dict[str, list[Entry]] = {}

    def open(self, episode: str, *, owner: str, at: dt.datetime) -> EpisodeRow:
        """Open an episode; opening it again is a no-op and returns it as it was opened first."""
        self._entries.setdefault(episode, [])
        return self._rows.setdefault(episode, EpisodeRow(id=episode, owner=owner, opened=at))

    def episodes(self, owner: str) -> list[EpisodeRow]:
        """The episodes of this account, newest first."""
        rows = [row for row in self._rows.values() if row.owner == owner]
        return sorted(rows, key=lambda row: row.opened, reverse=True)

    def owner_of(self, episode: str) -> str | None:
        """As the contract says."""
        row = self._rows.get(episode)
        return row.owner if row else None

    def read(self, episode: str, *, after: int = 0, whole: bool = False) -> list[Entry]:
        """As the contract says."""
        entries = self._entries.get(episode, [])
        done = {entry.body.session: entry.seq for entry in entries if isinstance(entry.body, SessionDone)}
        return [entry for entry in entries if entry.seq > after and (whole or not _gathered(entry, done=done))]

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
        """As the contract says."""
        checked(bodies=bodies, ids=ids, at=at)
        authors = authors_of(author, count=len(bodies))
        entries = self._open_entries(episode, ids=ids)
        known = {entry.id for entry in entries}
        if unless in known:
            return [entry for entry in entries if entry.id in ids]
        fresh = [place for place, key in enumerate(ids) if key not in known]
        if fresh and expecting is not None and expecting != len(entries):
            raise Conflict(episode, expected=expecting, found=len(entries))
        entries.extend(
            Entry(id=ids[i], episode=episode, seq=seq, at=at, zone=zone, author=authors[i], body=bodies[i])
            for seq, i in enumerate(fresh, start=len(entries) + 1)
        )
        stored = {entry.id: entry for entry in entries}
        return [stored[key] for key in ids]

    def receive(self, episode: str, *, owner: str, opened: dt.datetime, entries: Sequence[Entry]) -> None:
        """As the contract says."""
        if episode in self._rows:
            if self.read(episode, whole=True) != list(entries) or self.owner_of(episode) != owner:
                raise AlreadyHere(episode)
            return
        self._refuse_foreign(episode, ids=[entry.id for entry in entries])
        self.open(episode, owner=owner, at=opened)
        self._entries[episode] = list(entries)

    def erase(self, episode: str) -> int:
        """As the contract says."""
        if episode not in self._rows:
            raise NoSuchEpisode(episode)
        del self._rows[episode]
        return len(self._entries.pop(episode))

    def _open_entries(self, episode: str, *, ids: Sequence[str]) -> list[Entry]:
        if episode not in self._rows:
            raise NoSuchEpisode(episode)
        self._refuse_foreign(episode, ids=ids)
        return self._entries[episode]

    def _refuse_foreign(self, episode: str, *, ids: Sequence[str]) -> None:
        for other, entries in self._entries.items():
            foreign = next((entry.id for entry in entries if other != episode and entry.id in ids), None)
            if foreign:
                raise ForeignId(foreign)


def _gathered(entry: Entry, *, done: dict[str, int]) -> bool:
    session = session_of(entry.body)
    return kind_of(entry.body) in GATHERED and session is not None and done.get(session, 0) > entry.seq
