"""What the course remembers of an entry: when it was written, the session it tells of, the row that stops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from psoas.pathway import record as r
from psoas.pathway.decisions import Item
from psoas.terms import Level


class Stop(Struct, frozen=True):
    """A row that stops the course: its level, since when, and whether it is only unknown."""

    row: str
    level: Level
    at: dt.datetime
    unknown: bool = False


class Dated(Struct, frozen=True):
    """A fact with the instant it was written and its place in the record."""

    at: dt.datetime
    body: Any
    seq: int = 0

    @property
    def day(self) -> dt.date:
        """The local date."""
        return self.at.date()


class Sat(Struct, frozen=True):
    """A session that was done, or left unfinished (`closed` is false while it may still go on)."""

    seq: int
    done: r.SessionDone
    closed: bool = True

    @property
    def day(self) -> dt.date:
        """Its date: where it began (D41)."""
        return self.done.began.date()


class Trial(Struct, frozen=True):
    """The one set of a master-rule trial: what was asked and what came of it (D24)."""

    item: Item
    done: r.SetDone


def corrected(entries: Iterable[r.Entry]) -> list[r.Entry]:
    """The entries with every correction carried out; a correction may itself be corrected."""
    entries = list(entries)
    instead: dict[str, r.Corrected] = {}
    for entry in reversed(entries):
        said = _still_said(entry, instead)
        if said is not None:
            instead.setdefault(said.replaces, said)
    return [_read_as(entry, instead) for entry in entries if _stands(entry, instead)]


def _still_said(entry: r.Entry, instead: dict[str, r.Corrected]) -> r.Corrected | None:
    """The correction that this entry makes, unless a later one took it back or said it otherwise."""
    if not isinstance(entry.body, r.Corrected):
        return None
    if entry.id not in instead:
        return entry.body
    by = instead[entry.id].by
    return by if isinstance(by, r.Corrected) else None


def _stands(entry: r.Entry, instead: dict[str, r.Corrected]) -> bool:
    return entry.id not in instead or instead[entry.id].by is not None


def _read_as(entry: r.Entry, instead: dict[str, r.Corrected]) -> r.Entry:
    if entry.id not in instead:
        return entry
    by = instead[entry.id].by
    return replace(entry, body=by) if by is not None else entry


def opened(begun: r.SessionBegun, at: dt.datetime) -> r.SessionDone:
    """A session just begun, as it would be summed up now."""
    return r.SessionDone(
        session=begun.session,
        began=at,
        ended=at,
        shown=begun.shown,
        before=begun.before,
        sets=(),
        stressors=begun.stressors,
        recovered=begun.recovered,
        ended_by="left",
    )


def late(sat: Sat, done: r.SetDone) -> Sat:
    """A set that reached us after its session had ended still belongs to it."""
    if sat.done.session != done.session:
        return sat
    return replace(sat, done=replace(sat.done, sets=(*sat.done.sets, done)))


def worked(done: r.SessionDone) -> bool:
    """A set of it was logged, the warm-up and trials apart: that makes a session (D35)."""
    items = done.shown.items
    return any(items[s.item].slot > 1 and not items[s.item].trial for s in done.sets)
