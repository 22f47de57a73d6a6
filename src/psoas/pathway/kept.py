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


NO_WORK = msgspec.Raw(b"[]")

encode = msgspec.json.Encoder(decimal_format="number").encode
read_told: Callable[[msgspec.Raw], Told] = msgspec.json.Decoder(Told).decode
read_rows: Callable[[msgspec.Raw], tuple[Row, ...]] = msgspec.json.Decoder(tuple[Row, ...]).decode
