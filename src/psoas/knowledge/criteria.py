"""The only logic allowed in content: `all / any / not / is / at_least / at_most / above / below / one_of`.

A criterion reads named facts and answers yes, no or unknown. A fact that is absent was never put to the
person; a fact whose value is `"unknown"` was put and not known. Both leave a criterion open unless its
other parts settle it (ruling D06). A criterion can also say which facts it still needs, and describe
itself in words.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from psoas.terms import Answer, both, either

Facts = Mapping[str, Any]
UNKNOWN = "unknown"


class All(Struct, frozen=True):
    """True when every part is."""

    parts: tuple[Criterion, ...]

    def on(self, facts: Facts) -> Answer:
        """Whether these facts meet it."""
        return both(part.on(facts) for part in self.parts)


class Any_(Struct, frozen=True):
    """True when one part is."""

    parts: tuple[Criterion, ...]

    def on(self, facts: Facts) -> Answer:
        """Whether these facts meet it."""
        return either(part.on(facts) for part in self.parts)


class Not(Struct, frozen=True):
    """True when its part is false."""

    part: Criterion

    def on(self, facts: Facts) -> Answer:
        """Whether these facts meet it."""
        return self.part.on(facts).negated


class Is(Struct, frozen=True):
    """The fact has exactly this value; a fact that holds several values has this one among them."""

    fact: str
    value: str

    def on(self, facts: Facts) -> Answer:
        """Whether these facts meet it."""
        known = facts.get(self.fact)
        if known is None or known == UNKNOWN:
            return Answer.UNKNOWN
        if isinstance(known, str):  # by far the most common, and quick
            return Answer.YES if known == self.value else Answer.NO
        return _among_several(known, _has(known, self.value))


class OneOf(Struct, frozen=True):
    """The fact has one of these values; "unknown" among them accepts a fact that was put and not known."""

    fact: str
    values: tuple[str, ...]

    def on(self, facts: Facts) -> Answer:
        """Whether these facts meet it."""
        known = facts.get(self.fact)
        if known is None or known == UNKNOWN:
            return Answer.YES if known == UNKNOWN and UNKNOWN in self.values else Answer.UNKNOWN
        return _among_several(known, any(_has(known, value) for value in self.values))


class Compare(Struct, frozen=True):
    """The fact is a number that stands in this relation to the limit."""

    fact: str
    relation: str  # at_least | at_most | above | below
    limit: Decimal

    def on(self, facts: Facts) -> Answer:
        """Whether these facts meet it."""
        known = facts.get(self.fact)
        if known is None or known == UNKNOWN:
            return Answer.UNKNOWN
        return Answer.YES if _RELATIONS[self.relation](known, self.limit) else Answer.NO


Criterion = All | Any_ | Not | Is | OneOf | Compare

NEVER = Any_(())
ALWAYS = All(())

_RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
}


def holds(criterion: Criterion, facts: Facts) -> Answer:
    """Whether the criterion is met by these facts.

    >>> fever_and_limp = All((Is("fever", "yes"), Is("limp", "yes")))
    >>> holds(fever_and_limp, {"fever": "no"})
    <Answer.NO: 'no'>
    >>> holds(fever_and_limp, {"fever": "yes", "limp": "unknown"})
    <Answer.UNKNOWN: 'unknown'>
    """
    return criterion.on(facts)


def _has(known: Any, value: str) -> bool:
    return value in known if isinstance(known, (tuple, list, frozenset)) else known == value


def _among_several(known: Any, found: bool) -> Answer:
    """Several values of which one is "unknown" cannot rule anything out."""
    if found:
        return Answer.YES
    several = isinstance(known, (tuple, list, frozenset))
    return Answer.UNKNOWN if several and UNKNOWN in known else Answer.NO


def facts_of(criterion: Criterion) -> Iterator[str]:
    """Every fact the criterion may read, in the order written."""
    match criterion:
        case All(parts) | Any_(parts):
            for part in parts:
                yield from facts_of(part)
        case Not(part):
            yield from facts_of(part)
        case _:
            yield criterion.fact


def missing(criterion: Criterion, facts: Facts) -> tuple[str, ...]:
    """The facts never put to the person that could still settle this criterion; empty once it is settled."""
    if holds(criterion, facts) is not Answer.UNKNOWN:
        return ()
    match criterion:
        case All(parts) | Any_(parts):
            return tuple(dict.fromkeys(f for part in parts for f in missing(part, facts)))
        case Not(part):
            return missing(part, facts)
        case _:
            return () if criterion.fact in facts else (criterion.fact,)


def described(criterion: Criterion, names: Mapping[str, str] | None = None) -> str:
    """The criterion in words, with each fact named as `names` says, else by its id.

    >>> described(All((Is("fever", "yes"), Compare("age", "at_least", Decimal(65)))))
    'fever is yes and age is at least 65'
    """
    names = names or {}
    match criterion:
        case All(parts):
            return " and ".join(_bracketed(part, names) for part in parts) or "always"
        case Any_(parts):
            return " or ".join(_bracketed(part, names) for part in parts) or "never"
        case Not(part):
            return f"not ({described(part, names)})"
        case Is(fact, value):
            return f"{names.get(fact, fact)} is {value}"
        case OneOf(fact, values):
            return f"{names.get(fact, fact)} is one of {', '.join(values)}"
        case _:
            return f"{names.get(criterion.fact, criterion.fact)} is {criterion.relation.replace('_', ' ')} {criterion.limit}"


def _bracketed(part: Criterion, names: Mapping[str, str]) -> str:
    words = described(part, names)
    return f"({words})" if isinstance(part, (All, Any_)) and len(part.parts) > 1 else words
