"""One episode as one file: everything that was ever written, to keep, to read, or to go on with on another machine.

The file is JSON: a head, then the entries in today's shape, each with the version of it. It names no
account. A file that is broken, changed or newer than this Psoas is refused whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct

from psoas.pathway.record import VERSIONS, Author, Entry, encode_body, kind_of

FORMAT = "psoas-episode"
VERSION = 1
MOST_ENTRIES = 100_000  # a lifetime of sessions has fewer; a file with more is not one of ours


class BadArchive(Exception):
    """The file cannot be brought in; the message says why and what to do."""


class Line(Struct, frozen=True, kw_only=True):
    """An entry as it stands in the file; its body is read later, by its version."""

    id: str
    episode: str
    seq: int
    at: dt.datetime
    zone: str
    author: Author
    body: msgspec.Raw
    version: int


class Archive(Struct, frozen=True, kw_only=True):
    """What an export file holds: the episode's id, when it was opened, and every entry in order."""

    episode: str
    opened: dt.datetime
    entries: tuple[Line, ...]


class _File(Struct, frozen=True, kw_only=True):
    format: str
    version: int
    psoas: str
    episode: str
    opened: dt.datetime
    sha256: str  # of the bytes of `entries` as they stand in the file
    entries: msgspec.Raw


class _Head(Struct, frozen=True):
    format: str = ""
    version: int = 0
    psoas: str = "?"


class _Kind(Struct, frozen=True):
    type: str


# What a reader says of bytes that are no JSON of the shape asked for: of another shape, no UTF-8, or nested without end.
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)

_read_head = msgspec.json.Decoder(_Head).decode
_read_file = msgspec.json.Decoder(_File).decode
_read_lines = msgspec.json.Decoder(tuple[Line, ...]).decode
_read_kind = msgspec.json.Decoder(_Kind).decode


def packed(entries: Sequence[Entry], *, opened: dt.datetime, psoas: str) -> bytes:
    """The file of an episode: its entries in order, sets that a session has gathered included; `psoas` is our version."""
    lines = b"[\n" + b",\n".join(msgspec.json.encode(_line(entry)) for entry in entries) + b"\n]"
    return msgspec.json.encode(_File(
        format=FORMAT,
        version=VERSION,
        psoas=psoas,
        episode=entries[0].episode,
        opened=opened,
        sha256=_digest(lines),
        entries=msgspec.Raw(lines),
    ))  # fmt: skip


def _line(entry: Entry) -> Line:
    return Line(
        id=entry.id,
        episode=entry.episode,
        seq=entry.seq,
        at=entry.at,
        zone=entry.zone,
        author=entry.author,
        body=msgspec.Raw(encode_body(entry.body)),
        version=VERSIONS[kind_of(entry.body)],
    )


def unpacked(data: bytes) -> Archive:
    """The episode in a file. Raises `BadArchive`: no export of ours, newer than this Psoas, damaged, or impossible."""
    try:
        head = _read_head(data)
    except UNREADABLE as error:
        raise BadArchive(
            f"This is not an export of Psoas, or it is cut off: {error}. Nothing was brought in."
        ) from error
    if head.format != FORMAT:
        raise BadArchive(
            "This file is not an export of Psoas. Choose the file that “export” wrote. Nothing was brought in."
        )
    if head.version > VERSION:
        raise BadArchive(
            f"This file was written by a newer Psoas ({head.psoas}). Install that version, or a later one, and try again."
            " Nothing was brought in."
        )
    return _checked(data)


def kind_of_line(line: Line) -> str:
    """The kind under which a line's body was stored. Raises `BadArchive`."""
    try:
        return _read_kind(line.body).type
    except UNREADABLE as error:
        raise BadArchive(f"Entry {line.seq} of this file says no kind: {error}. Nothing was brought in.") from error


def _checked(data: bytes) -> Archive:
    try:
        file = _read_file(data)
        whole = file.sha256 == _digest(bytes(file.entries))
        lines = _read_lines(file.entries) if whole else ()
    except UNREADABLE as error:
        raise BadArchive(f"This export is damaged: {error}. Export it again, or take an older copy.") from error
    if not whole:
        raise BadArchive(
            "This export was changed or damaged after it was written: its checksum does not fit."
            " Export it again, or take an older copy. Nothing was brought in."
        )
    wrong = next(_impossible(file.episode, lines), None)
    if wrong:
        raise BadArchive(f"This export cannot be right: {wrong}. Nothing was brought in.")
    return Archive(episode=file.episode, opened=file.opened, entries=lines)


def _impossible(episode: str, lines: Sequence[Line]) -> Iterator[str]:
    """What no episode of ours can look like."""
    if not 0 < len(lines) <= MOST_ENTRIES:
        yield f"it has {len(lines)} entries"
    if len({line.id for line in lines}) != len(lines):
        yield "an entry's id is used twice"
    for before, after in pairwise(lines):
        if after.seq != before.seq + 1:
            yield f"entry {after.seq} follows entry {before.seq}"
    for line in lines:
        if line.episode != episode:
            yield f"entry {line.seq} belongs to another episode"
        if line.at.utcoffset() is None:
            yield f"entry {line.seq} says no offset from UTC"


def _digest(lines: bytes) -> str:
    return hashlib.sha256(lines).hexdigest()
