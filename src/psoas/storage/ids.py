"""Ids that sort by the time they were made (UUID version 7, RFC 9562)."""

from __future__ import annotations

import secrets
import time
import uuid


def new_id() -> str:
    """A fresh id in the usual 36-character form; ids made in different milliseconds sort by time."""
    return str(uuid7(time.time_ns() // 1_000_000, chance=secrets.randbits(74)))


def uuid7(milliseconds: int, *, chance: int) -> uuid.UUID:
    """The UUIDv7 of this Unix time in milliseconds and these 74 bits of chance.

    >>> str(uuid7(0, chance=0))
    '00000000-0000-7000-8000-000000000000'
    """
    high, low = chance >> 62, chance & ((1 << 62) - 1)
    return uuid.UUID(int=(milliseconds & ((1 << 48) - 1)) << 80 | 7 << 76 | (high & 0xFFF) << 64 | 2 << 62 | low)


def is_id(text: str) -> bool:
    """Whether this is a UUID in the usual 36-character lower-case form, of any version.

    >>> is_id("00000000-0000-7000-8000-000000000000"), is_id("7")
    (True, False)
    """
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
