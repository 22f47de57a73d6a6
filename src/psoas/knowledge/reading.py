"""Strict reading of content: raw TOML tables into frozen types, with every mistake named at once.

A mistake is one sentence: "file: key: cause. remedy". Nothing is guessed, no key is ignored, and a list of sources
that must be there must not be empty: a number without a source does not load.
"""

from __future__ import annotations

import datetime as dt
import enum
import types
import typing
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from psoas.knowledge.criteria import All, Any_, Compare, Criterion, Is, Not, OneOf

Table = dict[str, Any]
Read = Callable[["Notes", Any, str], Any]

RELATIONS = ("at_least", "at_most", "above", "below")


class ContentError(Exception):
    """The content cannot be used; `problems` names every mistake that was found."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Notes:
    """What is known while reading: the constants so far, the file at hand and the mistakes found."""

    def __init__(self, file: str, *, numbers: Mapping[str, Decimal]) -> None:
        self.file = file
        self.numbers = numbers
        self.problems: list[str] = []

    def add(self, key: str, *, cause: str, remedy: str) -> None:
        """Note one mistake."""
        self.problems.append(f"{self.file}: {key}: {cause}. {remedy}.")

    def wrong(self, key: str, *, wanted: str, got: Any) -> None:
        """Note a value of the wrong kind."""
        self.add(key, cause=f"is {_shown(got)}", remedy=f"Write {wanted}")


def read(raw: Any, *, kind: Any, key: str, notes: Notes) -> Any:
    """The value as this kind, or None after noting everything that is wrong with it."""
    before = len(notes.problems)
    value = _reader(kind)(notes, raw, key)
    return value if len(notes.problems) == before else None


@cache
def _reader(kind: Any) -> Read:
    """The reader of a type that occurs in the schema."""
    if kind in _PLAIN:
        return _plain(kind)
    if kind == Criterion:
        return _criterion
    if isinstance(kind, type) and issubclass(kind, Struct):
        return _struct(kind)
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
        return _enum(kind)
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return _list(parts[0]) if parts[-1] is Ellipsis else _fixed(parts)
    if origin is dict:
        return _dict(parts[1])
    if origin in (types.UnionType, typing.Union):
        return _reader(next(part for part in parts if part is not type(None)))
    raise TypeError(f"the schema has a field of type {kind}, which reading.py cannot read yet")


_PLAIN: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a text in quotes"),
    int: ((int,), "a whole number"),
    bool: ((bool,), "true or false"),
    Decimal: ((int, Decimal), "a number"),
    dt.date: ((dt.date,), "a date such as 2025-01-31, without quotes"),
}


def _plain(kind: Any) -> Read:
    accepted, wanted = _PLAIN[kind]

    def value(notes: Notes, raw: Any, key: str) -> Any:
        if type(raw) not in accepted:
            return notes.wrong(key, wanted=wanted, got=raw)
        return Decimal(raw) if kind is Decimal else raw

    return value


def _enum(kind: type[enum.StrEnum]) -> Read:
    wanted = "one of " + ", ".join(f'"{member}"' for member in kind)

    def value(notes: Notes, raw: Any, key: str) -> Any:
        return kind(raw) if raw in list(kind) else notes.wrong(key, wanted=wanted, got=raw)

    return value


def _list(kind: Any) -> Read:
    def value(notes: Notes, raw: Any, key: str) -> Any:
        if not isinstance(raw, list):
            return notes.wrong(key, wanted="a list in [ ]", got=raw)
        item = _reader(kind)
        return tuple(item(notes, part, f"{key}[{place}]") for place, part in enumerate(raw, start=1))

    return value


def _fixed(kinds: tuple[Any, ...]) -> Read:
    def value(notes: Notes, raw: Any, key: str) -> Any:
        if not isinstance(raw, list) or len(raw) != len(kinds):
            return notes.wrong(key, wanted=f"a list of {len(kinds)}", got=raw)
        return tuple(_reader(kind)(notes, part, key) for kind, part in zip(kinds, raw, strict=True))

    return value


def _dict(kind: Any) -> Read:
    def value(notes: Notes, raw: Any, key: str) -> Any:
        if not isinstance(raw, dict):
            return notes.wrong(key, wanted="a table in { }", got=raw)
        item = _reader(kind)
        return {name: item(notes, part, f"{key}.{name}") for name, part in raw.items()}

    return value


def _struct(kind: type[Struct]) -> Read:
    fields = {field.name: (field.type, field.required) for field in msgspec.structs.fields(kind)}
    needed = [name for name, (_, required) in fields.items() if required]

    def value(notes: Notes, raw: Any, key: str) -> Any:
        if not isinstance(raw, dict):
            return notes.wrong(key, wanted="a table", got=raw)
        for name in raw.keys() - fields.keys():
            notes.add(f"{key}.{name}", cause="is not a key of " + kind.__name__, remedy=_remedy(name, known=fields))
        for name in needed:
            if name not in raw:
                notes.add(f"{key}.{name}", cause="is missing", remedy="Add it")
        if raw.get("sources") == [] and "sources" in needed:
            notes.add(f"{key}.sources", cause="is empty", remedy='Name a source; "DC" says it is a design choice')
        before = len(notes.problems)
        known = {n: _reader(fields[n][0])(notes, part, f"{key}.{n}") for n, part in raw.items() if n in fields}
        whole = len(notes.problems) == before and all(name in known for name in needed)
        return kind(**known) if whole else None

    return value


def _remedy(name: str, *, known: Mapping[str, Any]) -> str:
    near = [other for other in known if other[:3] == name[:3]]
    return f'Did you mean "{near[0]}"' if near else "Remove it, or write one of " + ", ".join(sorted(known))


# ---- criteria


def _criterion(notes: Notes, raw: Any, key: str) -> Any:
    """A criterion from its inline tables; a limit may be the name of a constant."""
    if not isinstance(raw, dict):
        return notes.wrong(key, wanted='a criterion such as {fact = "fever", is = "yes"}', got=raw)
    match raw:
        case {"all": list(parts), **rest} if not rest:
            return All(_parts(notes, parts, f"{key}.all"))
        case {"any": list(parts), **rest} if not rest:
            return Any_(_parts(notes, parts, f"{key}.any"))
        case {"not": part, **rest} if not rest:
            return Not(_criterion(notes, part, f"{key}.not"))
        case {"fact": str(fact), **rest} if len(rest) == 1:
            ((relation, value),) = rest.items()
            return _leaf(notes, f"{key}.{fact}", fact=fact, relation=relation, value=value)
    notes.add(
        key,
        cause=f"is not a criterion ({_shown(raw)})",
        remedy="Write one of all, any or not, or a fact with one of is, one_of, " + ", ".join(RELATIONS),
    )
    return None


def _parts(notes: Notes, parts: list[Any], key: str) -> tuple[Criterion, ...]:
    return tuple(_criterion(notes, part, f"{key}[{place}]") for place, part in enumerate(parts, start=1))


def _leaf(notes: Notes, key: str, *, fact: str, relation: str, value: Any) -> Criterion | None:
    if relation == "is" and isinstance(value, str):
        return Is(fact, value)
    if relation == "one_of" and isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return OneOf(fact, tuple(value))
    if relation in RELATIONS:
        limit = _limit(notes, key, value=value)
        return None if limit is None else Compare(fact, relation, limit)
    remedy = 'Write is = "a text", one_of = ["texts"], or a number after one of ' + ", ".join(RELATIONS)
    notes.add(key, cause=f"cannot read {relation} = {_shown(value)}", remedy=remedy)
    return None


def _limit(notes: Notes, key: str, *, value: Any) -> Decimal | None:
    if type(value) in (int, Decimal):
        return Decimal(value)
    if isinstance(value, str) and value in notes.numbers:
        return notes.numbers[value]
    notes.wrong(key, wanted="a number, or the name of a constant in constants.toml", got=value)
    return None


def _shown(value: Any) -> str:
    words = {dict: "a table", list: "a list", bool: str(value).lower()}.get(type(value))
    return words or (f'"{value}"' if isinstance(value, str) else str(value))
