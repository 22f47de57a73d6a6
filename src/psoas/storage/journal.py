"""The journal in the database: SQLite or PostgreSQL, the same statements on both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connections, models, transaction

from psoas.pathway.record import VERSIONS, Author, Body, Entry, encode_body, kind_of
from psoas.storage import models as tables
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
from psoas.storage.upcast import body_of

_COLUMNS = "id, seq, kind, version, at, zone, role, account, body"
_NAMES = ", ".join(f"'{kind}'" for kind in GATHERED)
_READ = f"SELECT {_COLUMNS} FROM storage_entry e WHERE e.episode_id = %s AND e.seq > %s"
_UNGATHERED = f"""{_READ} AND (e.kind NOT IN ({_NAMES}) OR NOT EXISTS (
    SELECT 1 FROM storage_entry d WHERE d.kind = 'session_done' AND d.episode_id = e.episode_id
    AND d.session = e.session AND d.seq > e.seq)) ORDER BY e.seq"""
_WHOLE = f"{_READ} ORDER BY e.seq"
_EPISODE = "SELECT id FROM storage_episode WHERE id = %s"
_OWNED = "SELECT id, opened FROM storage_episode WHERE owner = %s"
_OWNER = "SELECT owner FROM storage_episode WHERE id = %s"
_LOCK = {"sqlite": _EPISODE, "postgresql": f"{_EPISODE} FOR UPDATE"}  # SQLite locks when a transaction begins
_LAST = "SELECT COALESCE(MAX(seq), 0) FROM storage_entry WHERE episode_id = %s"
_STORED = f"SELECT {_COLUMNS}, episode_id FROM storage_entry WHERE id IN "
_INSERT = f"INSERT INTO storage_entry ({_COLUMNS}, episode_id, session) VALUES "
_PLACES = f"({', '.join(['%s'] * 11)})"
_BATCH = 80  # rows in one statement; SQLite takes 999 values

_Row = tuple[str, int, str, int, str, str, str, str, str]


class Journal:
    """Append-only entries by episode (`contract.Journal`), kept in the database of this alias."""

    def __init__(self, *, using: str = "default") -> None:
        self.using = using

    def open(self, episode: str, *, owner: str, at: dt.datetime) -> EpisodeRow:
        """Open an episode; opening it again is a no-op and returns it as it was opened first."""
        row, _ = self._episodes.get_or_create(id=episode, defaults={"owner": owner, "opened": at.isoformat()})
        return _episode_row(row)

    def episodes(self, owner: str) -> list[EpisodeRow]:
        """The episodes of this account, newest first. One statement."""
        rows = [
            EpisodeRow(id=key, owner=owner, opened=dt.datetime.fromisoformat(at))
            for key, at in self._rows(_OWNED, [owner])
        ]
        return sorted(rows, key=lambda row: row.opened, reverse=True)

    def owner_of(self, episode: str) -> str | None:
        """The account the episode belongs to, or nothing where there is no such episode. One statement."""
        return next((owner for (owner,) in self._rows(_OWNER, [episode])), None)

    def read(self, episode: str, *, after: int = 0, whole: bool = False) -> list[Entry]:
        """Entries with a higher sequence than `after`, in order, in today's shape. One statement.

        Unless `whole`, the entries that a later `session_done` of the same session gathers are left out; a set that
        arrives after its session was closed has a higher sequence and stays.
        """
        rows = self._rows(_WHOLE if whole else _UNGATHERED, [episode, after])
        return [_entry(row, episode=episode) for row in rows]

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
        """As the contract says; one writer at a time to an episode."""
        checked(bodies=bodies, ids=ids, at=at)
        authors = authors_of(author, count=len(bodies))
        with transaction.atomic(using=self.using):
            last = self._lock(episode)
            stored = self._stored(ids, episode=episode)
            if unless in stored:
                return list(stored.values())
            fresh = [place for place, key in enumerate(ids) if key not in stored]
            if fresh and expecting is not None and expecting != last:
                raise Conflict(episode, expected=expecting, found=last)
            new = [
                Entry(id=ids[i], episode=episode, seq=last + n, at=at, zone=zone, author=authors[i], body=bodies[i])
                for n, i in enumerate(fresh, start=1)
            ]
            self._insert(new)
        stored |= {entry.id: entry for entry in new}
        return [stored[key] for key in ids]

    def receive(self, episode: str, *, owner: str, opened: dt.datetime, entries: Sequence[Entry]) -> None:
        """As the contract says."""
        with transaction.atomic(using=self.using):
            if self.owner_of(episode) is not None:
                if self.read(episode, whole=True) != list(entries) or self.owner_of(episode) != owner:
                    raise AlreadyHere(episode)
                return
            for start in range(0, len(entries), _BATCH):
                self._stored([entry.id for entry in entries[start : start + _BATCH]], episode=episode)
            self.open(episode, owner=owner, at=opened)
            self._insert(entries)

    def erase(self, episode: str) -> int:
        """Remove an episode and every entry of it for good; returns how many entries went.

        On SQLite nothing of it stays in the file or its write-ahead log; backups made before keep it.
        """
        with transaction.atomic(using=self.using):
            if not self._episodes.filter(id=episode).update(erasing=True):
                raise NoSuchEpisode(episode)
            gone, _ = self._entries.filter(episode_id=episode).delete()
            self._episodes.filter(id=episode).delete()
        self._forget()
        return gone

    def _lock(self, episode: str) -> int:
        """Keep every other writer of this episode out until the transaction ends; the highest sequence so far.

        Two statements: what PostgreSQL reads beside a lock it had to wait for may be old.
        """
        if not self._rows(_LOCK[connections[self.using].vendor], [episode]):
            raise NoSuchEpisode(episode)
        (last,) = self._rows(_LAST, [episode])[0]
        return int(last)

    def _stored(self, ids: Sequence[str], *, episode: str) -> dict[str, Entry]:
        """Those of the ids that are there already. Raises `ForeignId` for one in another episode."""
        if not ids:
            return {}
        rows = self._rows(f"{_STORED}({', '.join(['%s'] * len(ids))})", ids)
        for key, *_, place in rows:
            if place != episode:
                raise ForeignId(key)
        return {row[0]: _entry(row[:-1], episode=episode) for row in rows}

    def _insert(self, entries: Sequence[Entry]) -> None:
        for start in range(0, len(entries), _BATCH):
            batch = entries[start : start + _BATCH]
            with connections[self.using].cursor() as cursor:
                cursor.execute(
                    _INSERT + ", ".join([_PLACES] * len(batch)), [v for entry in batch for v in _values(entry)]
                )

    def _rows(self, statement: str, values: Sequence[str | int]) -> list[Any]:
        """The rows that one statement answers with."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())

    def _forget(self) -> None:
        """Empty SQLite's write-ahead log, so that erased bytes do not wait in it."""
        connection = connections[self.using]
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def _episodes(self) -> models.QuerySet[tables.Episode]:
        return tables.Episode.objects.using(self.using)

    @property
    def _entries(self) -> models.QuerySet[tables.Entry]:
        return tables.Entry.objects.using(self.using)


def _episode_row(row: tables.Episode) -> EpisodeRow:
    return EpisodeRow(id=row.id, owner=row.owner, opened=dt.datetime.fromisoformat(row.opened))


def _entry(row: _Row, *, episode: str) -> Entry:
    key, seq, kind, version, at, zone, role, account, body = row
    return Entry(
        id=key,
        episode=episode,
        seq=seq,
        at=dt.datetime.fromisoformat(at),
        zone=zone,
        author=Author(role=role, account=account),
        body=body_of(body, kind=kind, version=version),
    )


def _values(entry: Entry) -> tuple[str | int | None, ...]:
    """The entry in the order of `_INSERT`."""
    kind = kind_of(entry.body)
    return (
        entry.id,
        entry.seq,
        kind,
        VERSIONS[kind],
        entry.at.isoformat(),
        entry.zone,
        entry.author.role,
        entry.author.account,
        encode_body(entry.body).decode(),
        entry.episode,
        session_of(entry.body),
    )
