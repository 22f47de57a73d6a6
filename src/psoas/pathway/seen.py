"""What the course remembers of an entry: when it was written, the session it tells of, the row that stops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from psoas.pathway import record as r
from psoas.pathway.decisions import Item
from psoas.pathway.kept import Pained, Placed, Row, read_in_brief
from psoas.pathway.standing import weight
from psoas.terms import BOTH, SIDES, Level, Side

T = TypeVar("T")


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


class Work(Struct, frozen=True):
    """One exercise of one session on one side: as prescribed, and the sets of it that were done."""

    item: Item
    sets: tuple[r.SetDone, ...]
    skipped: str = ""

    @property
    def complete(self) -> bool:
        """All sets as prescribed, not one more, each with the load that was prescribed (D36, D37)."""
        whole = [done for done in self.sets if done.did == "all" and self.with_its_load(done)]
        return len(whole) == len(self.sets) == self.item.dose.sets

    def with_its_load(self, done: r.SetDone) -> bool:
        """Whether that set was done with the weight or band of the prescription; upward from it while one is sought (D47)."""
        asked, used = self.item.load, done.load
        if used == asked:
            return True
        if used.kind != asked.kind:
            return {used.kind, asked.kind}.isdisjoint(("kg", "band"))
        return self.item.find and weight(used) > weight(asked)


class Felt(Struct, frozen=True):
    """What one side felt in one session: its highest pain in the sets, whether all of it is known, every sign told."""

    highest: Decimal | None  # of the pains known
    pains_known: bool
    signs_known: bool
    signs: frozenset[str]


class Sat(Struct, frozen=True, dict=True):
    """A session that was done, or left unfinished (`closed` is false while it may still go on).

    What is read out of it again and again is worked out once; it follows from the fields alone.
    """

    seq: int
    done: r.SessionDone
    closed: bool = True

    @property
    def day(self) -> dt.date:
        """Its date: where it began (D41)."""
        return self.done.began.date()

    @cached_property
    def works(self) -> dict[tuple[str, str], Work]:
        """Its exercises by (exercise, side), trials left out (D24)."""
        sets: dict[int, list[r.SetDone]] = {}
        for done in self.done.sets:
            if done.did != "none":
                sets.setdefault(done.item, []).append(done)
        skips = {skip.item: skip.why for skip in self.done.skips}
        return {
            (item.exercise, item.side): Work(item, tuple(sets.get(place, ())), skips.get(place, ""))
            for place, item in enumerate(self.done.shown.items)
            if not item.trial
        }

    @cached_property
    def begun(self) -> dict[Side, tuple[Work, ...]]:
        """What was begun for each side, bilateral exercises included."""
        works = self.works.items()
        return {
            side: tuple([work for (_, of), work in works if work.sets and of in (side.value, BOTH)]) for side in SIDES
        }

    @cached_property
    def signs(self) -> frozenset[str]:
        """Every sign told in any of its sets."""
        return frozenset(sign for row in self._brief[1] for sign in row.signs or ())

    @cached_property
    def felt(self) -> dict[Side, Felt]:
        """What each side felt in its sets. Read in brief: this is asked of many more sessions than anything else."""
        items, rows = self._brief
        places = {(item.exercise, item.side): place for place, item in enumerate(items) if not item.trial}
        sides = {place: side for (_, side), place in places.items()}
        done: dict[str, list[Row | Pained]] = {"": [], BOTH: [], **{side.value: [] for side in SIDES}}
        for row in rows:
            if row.did != "none":
                done[sides.get(row.item, "")].append(row)
        return {side: _felt([*done[side.value], *done[BOTH]], side) for side in SIDES}

    @cached_property
    def _brief(self) -> tuple[tuple[Placed, ...], tuple[Row | Pained, ...]]:
        return read_in_brief(self.done.told, self.done.tried, self.done.work)


def _felt(sets: list[Row | Pained], side: Side) -> Felt:
    known = [pain for done in sets if (pain := done.pain.get(side)) is not None]
    signs = [done.signs for done in sets if done.signs is not None]
    return Felt(
        highest=max(known, default=None),
        pains_known=len(known) == len(sets),
        signs_known=len(signs) == len(sets),
        signs=frozenset([sign for told in signs for sign in told]),
    )


class Trial(Struct, frozen=True):
    """The one set of a master-rule trial: what was asked and what came of it (D24)."""

    item: Item
    done: r.SetDone


def corrected(entries: Iterable[r.Entry]) -> list[r.Entry]:
    """The entries with every correction carried out; a correction may itself be corrected."""
    entries = list(entries)
    if not any(isinstance(entry.body, r.Corrected) for entry in entries):
        return entries
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
    return r.summed_up(
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


def without_trials(done: r.SessionDone) -> r.SessionDone:
    """The same session with the sets of its trials left out; what was read of it need not be read again."""
    made = replace(done, tried=())
    vars(made).update((name, read) for name, read in vars(done).items() if name == "_told")
    return made


def late(sat: Sat, done: r.SetDone) -> Sat:
    """A set that reached us after its session had ended still belongs to it."""
    if sat.done.session != done.session:
        return sat
    return replace(sat, done=r.with_sets(sat.done, (*sat.done.sets, done)))


def swapped_in(sat: Sat, swap: r.Swapped) -> Sat:
    """The open session shows what was swapped in, unless it is another session or a set stands at one of the places."""
    done = sat.done
    if done.session != swap.session or any(one.item in swap.shown for one in done.sets):
        return sat
    items = tuple(swap.shown.get(place, item) for place, item in enumerate(done.shown.items))
    return replace(sat, done=r.with_sets(done, done.sets, shown=replace(done.shown, items=items)))


def in_order(sats: tuple[Sat, ...], sat: Sat) -> tuple[Sat, ...]:
    """Sessions by when they began; one told again, or told late, takes its own place."""
    key, began = sat.done.session, sat.done.began
    if not sats or (sats[-1].done.began <= began and key not in [known.done.session for known in sats]):
        return (*sats, sat)
    others = [known for known in sats if known.done.session != key]
    place = sum(1 for known in others if known.done.began <= began)
    return (*others[:place], sat, *others[place:])


def once(things: Iterable[T]) -> list[T]:
    """The things in order, each once, though they cannot be hashed."""
    kept: list[T] = []
    for thing in things:
        if thing not in kept:
            kept.append(thing)
    return kept
