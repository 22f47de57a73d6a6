"""How a finished session is kept: the prescription as shown, and each set as a row without names.

Most of a record is sessions, and a decision looks at the last few of them. So what was in a session stays text until
somebody asks (decision 0015). The warm-up and a trial stand apart from the work: whether there was work at all is what
the fold must know of every session (D35), and a trial's sets are read at once (D24).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import msgspec
from msgspec import Struct

from psoas.pathway.decisions import Session
from psoas.terms import Load, Side


class Row(Struct, frozen=True, gc=False, array_like=True):
    """A set inside a finished session: what `SetDone` says, in that order, without the session's id."""

    item: int
    number: int
    did: str
    pain: dict[Side, Decimal | None]
    compensations: tuple[str, ...] | None
    signs: tuple[str, ...] | None
    effort: Decimal | None
    reps: int | None
    load: Load


class Told(Struct, frozen=True):
    """What was shown, and the sets of the warm-up."""

    shown: Session
    warm_up: tuple[Row, ...]


class Placed(Struct, frozen=True, gc=False):
    """An item of a finished session, as far as it says whose sets are whose."""

    exercise: str
    side: str  # left | right | both
    trial: bool = False


class Pained(Struct, frozen=True, gc=False, array_like=True):
    """The head of a set's row, up to the signs: what it felt like."""

    item: int
    number: int
    did: str
    pain: dict[Side, Decimal | None]
    compensations: msgspec.Raw
    signs: tuple[str, ...] | None


class PlacedItems(Struct, frozen=True):
    """What was shown, as far as it says whose sets are whose."""

    items: tuple[Placed, ...]


class ToldInBrief(Struct, frozen=True):
    """`Told` without what only a prescription needs: most sessions are looked at for their pain alone."""

    shown: PlacedItems
    warm_up: tuple[Pained, ...]


NO_WORK = msgspec.Raw(b"[]")

encode = msgspec.json.Encoder(decimal_format="number").encode
read_told: Callable[[msgspec.Raw], Told] = msgspec.json.Decoder(Told).decode
read_rows: Callable[[msgspec.Raw], tuple[Row, ...]] = msgspec.json.Decoder(tuple[Row, ...]).decode
_told_in_brief: Callable[[msgspec.Raw], ToldInBrief] = msgspec.json.Decoder(ToldInBrief).decode
_rows_in_brief: Callable[[msgspec.Raw], tuple[Pained, ...]] = msgspec.json.Decoder(tuple[Pained, ...]).decode


def read_in_brief(
    told: msgspec.Raw, tried: tuple[Row, ...], work: msgspec.Raw
) -> tuple[tuple[Placed, ...], tuple[Row | Pained, ...]]:
    """Every item by its place, and every set, each only as far as it says what was felt where."""
    known = _told_in_brief(told)
    return known.shown.items, (*known.warm_up, *tried, *_rows_in_brief(work))
