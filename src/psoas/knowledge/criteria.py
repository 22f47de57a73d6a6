"""The only logic allowed in content: `all / any / not / is / at_least / at_most / above / below / one_of`.

A criterion reads named facts and answers yes, no or unknown. A fact that is absent was never put to the
person; a fact whose value is `"unknown"` was put and not known. Both leave a criterion open unless its
other parts settle it (ruling D06). A criterion can also say which facts it still needs, and describe
itself in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from psoas.terms import Answer, answer_of, both, either

Facts = Mapping[str, Any]
UNKNOWN = "unknown"


class All(Struct, frozen=True):
    """True when every part is."""

    parts: tuple[Criterion, ...]


class Any_(Struct, frozen=True):
    """True when one part is."""

    parts: tuple[Criterion, ...]


class Not(Struct, frozen=True):
    """True when its part is false."""

    part: Criterion


class Is(Struct, frozen=True):
    """The fact has exactly this value; a fact that holds several values has this one among them."""

    fact: str
    value: str


class OneOf(Struct, frozen=True):
    """The fact has one of these values; "unknown" among them accepts a fact that was put and not known."""

    fact: str
    values: tuple[str, ...]


class Compare(Struct, frozen=True):
    """The fact is a number that stands in this relation to the limit."""

    fact: str
    relation: str  # at_least | at_most | above | below
    limit: Decimal


Criterion = All | Any_ | Not | Is | OneOf | Compare

NEVER = Any_(())
ALWAYS = All(())

_RELATIONS = {
    "at_least": lambda value, limit: value >= limit,
    "at_most": lambda value, limit: value <= limit,
    "above": lambda value, limit: value > limit,
    "below": lambda value, limit: value < limit,
}


def holds(criterion: Criterion, facts: Facts) -> Answer:
    """Whether the criterion is met by these facts.

    >>> fever_and_limp = All((Is("fever", "yes"), Is("limp", "yes")))
    >>> holds(fever_and_limp, {"fever": "no"})
    <Answer.NO: 'no'>
    >>> holds(fever_and_limp, {"fever": "yes", "limp": "unknown"})
    <Answer.UNKNOWN: 'unknown'>
    """
    match criterion:
        case Is(fact, value):
            known = facts.get(fact)
            if isinstance(known, str) and known != UNKNOWN:  # by far the most common, and quick
                return Answer.YES if known == value else Answer.NO
            return _compare(known, lambda known: _has(known, value))
        case Compare(fact, relation, limit):
            return _compare(facts.get(fact), lambda known: _RELATIONS[relation](known, limit))
        case OneOf(fact, values) if UNKNOWN in values and facts.get(fact) == UNKNOWN:
            return Answer.YES
        case OneOf(fact, values):
            return _compare(facts.get(fact), lambda known: any(_has(known, v) for v in values))
        case All(parts):
            return both(holds(part, facts) for part in parts)
        case Any_(parts):
            return either(holds(part, facts) for part in parts)
        case _:
            return holds(criterion.part, facts).negated


def _has(known: Any, value: str) -> bool:
    return value in known if isinstance(known, (tuple, list, frozenset)) else known == value


def _compare(known: Any, test: Any) -> Answer:
    """Unknown where nothing is known; several values of which one is "unknown" cannot rule anything out."""
    if known is None or known == UNKNOWN:
        return Answer.UNKNOWN
    found = answer_of(test(known))
    several = isinstance(known, (tuple, list, frozenset))
    return Answer.UNKNOWN if several and found is Answer.NO and UNKNOWN in known else found


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
