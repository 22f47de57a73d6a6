"""Old shapes become today's shape once, here, at the reading edge. Nothing stored is ever rewritten.

A sample of every shape ever written stays in `tests/golden/entries/`. To change a kind's shape: raise its number and that
of `corrected` in `record.VERSIONS`, add the step from the version before to `STEPS`, one for a correction that holds
that kind, and a sample of the new shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from psoas.pathway.record import VERSIONS, Body, decode_body
from psoas.storage.contract import Unreadable

Raw = dict[str, Any]

KINDS = tuple(VERSIONS)
_NO_BODY = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)  # of another shape, no UTF-8, nested without end

_ROW = ("item", "number", "did", "pain", "compensations", "signs", "effort", "reps")


def _sets_as_rows(raw: Raw) -> Raw:
    """Version 2 of a finished session keeps each set as a row; warm-up, trials and work apart (decision 0015)."""
    shown, rows = raw.pop("shown"), _Groups([], [], [])
    for one in raw.pop("sets"):
        item = shown["items"][one["item"]]
        group = rows.tried if item.get("trial") else rows.warm_up if item["slot"] <= 1 else rows.work
        group.append([*(one.get(name) for name in _ROW), one.get("load", {})])
    return {**raw, "told": {"shown": shown, "warm_up": rows.warm_up}, "tried": rows.tried, "work": rows.work}


class _Groups(NamedTuple):
    warm_up: list[Any]
    tried: list[Any]
    work: list[Any]


def _correction(raw: Raw) -> Raw:
    """What a correction puts in place of an entry has the shape of its own kind."""
    by: Raw | None = raw.get("by")
    step = STEPS.get((by["type"], 1)) if by else None
    return {**raw, "by": step(by)} if by and step else raw


def _as_it_is(raw: Raw) -> Raw:
    """A swap of version 2 may also name the open session that shows it; one that names none says what it always said."""
    return raw


# (kind, version) -> the same body one version up
STEPS: dict[tuple[str, int], Callable[[Raw], Raw]] = {
    ("session_done", 1): _sets_as_rows,
    ("corrected", 1): _correction,
    ("swapped", 1): _as_it_is,
    ("corrected", 2): _as_it_is,
}


def body_of(stored: str | bytes, *, kind: str, version: int) -> Body:
    """The stored body in today's shape. Raises `Unreadable` for a newer version, an unknown kind or a broken body."""
    if version != VERSIONS.get(kind):
        stored = _lifted(stored, kind=kind, version=version)
    try:
        body: Body = decode_body(stored)
    except _NO_BODY as error:
        raise Unreadable(kind, version=version, why=f"{error}. The data may be damaged; restore a backup.") from error
    return body


def _lifted(stored: str | bytes, *, kind: str, version: int) -> bytes:
    if kind not in VERSIONS or version > VERSIONS[kind]:
        why = "it was written by a newer Psoas. Install that version, or a later one."
        raise Unreadable(kind, version=version, why=why)
    try:
        raw: Raw = msgspec.json.decode(stored)
        for step in range(version, VERSIONS[kind]):
            raw = STEPS[kind, step](raw)
    except (*_NO_BODY, LookupError, TypeError, AttributeError) as error:
        why = f"{error!r} in a body of that version. The data may be damaged; restore a backup."
        raise Unreadable(kind, version=version, why=why) from error
    return msgspec.json.encode(raw)
