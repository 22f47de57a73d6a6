"""Old shapes become today's shape once, here, at the reading edge. Nothing stored is ever rewritten.

A sample of every shape ever written stays in `tests/golden/entries/`. To change a kind's shape: raise its number in
`VERSIONS`, add the step from the version before to `STEPS`, and add a sample of the new shape.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import msgspec

from psoas.pathway.record import Body, decode_body
from psoas.storage.contract import Unreadable

Raw = dict[str, Any]

KINDS: tuple[str, ...] = tuple(str(kind.__struct_config__.tag) for kind in get_args(Body))
VERSIONS: dict[str, int] = dict.fromkeys(KINDS, 1)
STEPS: dict[tuple[str, int], Callable[[Raw], Raw]] = {}  # (kind, version) -> the same body one version up


def body_of(stored: str | bytes, *, kind: str, version: int) -> Body:
    """The stored body in today's shape. Raises `Unreadable` for a newer version, an unknown kind or a broken body."""
    if version != VERSIONS.get(kind):
        stored = _lifted(stored, kind=kind, version=version)
    try:
        body: Body = decode_body(stored)
    except msgspec.MsgspecError as error:
        raise Unreadable(kind, version=version, why=f"{error}. The data may be damaged; restore a backup.") from error
    return body


def _lifted(stored: str | bytes, *, kind: str, version: int) -> bytes:
    if kind not in VERSIONS or version > VERSIONS[kind]:
        why = "it was written by a newer Psoas. Install that version, or a later one."
        raise Unreadable(kind, version=version, why=why)
    raw: Raw = msgspec.json.decode(stored)
    for step in range(version, VERSIONS[kind]):
        raw = STEPS[kind, step](raw)
    return msgspec.json.encode(raw)
