"""Reasons as a page shows them: the sentence, the rule, what would change it, and short names of its sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from psoas.knowledge import wording
from psoas.knowledge.schema import Knowledge
from psoas.terms import Reason
from psoas.web.citing import name_of


class Source(NamedTuple):
    """A source as it stands beside a sentence."""

    id: str
    name: str


class Why(NamedTuple):
    """One reason in words."""

    rule: str
    sentence: str
    change: str
    sources: tuple[Source, ...]


def why(reason: Reason, *, knowledge: Knowledge) -> Why:
    """That reason in words. A contraindication says its own words, which its reason carries."""
    rule = knowledge.rules.get(reason.rule)
    named = reason.sources or (rule.sources if rule else ())
    return Why(
        rule=reason.rule,
        sentence=wording.sentence(reason, knowledge),
        change=wording.change_of(reason, knowledge),
        sources=sources(named, knowledge=knowledge),
    )


def whys(reasons: Iterable[Reason], *, knowledge: Knowledge) -> list[Why]:
    """Those reasons in words, each sentence once."""
    said = (why(reason, knowledge=knowledge) for reason in reasons)
    return list({each.sentence: each for each in said}.values())


def sources(ids: Iterable[str], *, knowledge: Knowledge) -> tuple[Source, ...]:
    """Short names of these sources, each once."""
    return tuple(
        Source(source.partition(":")[0], name_of(source, references=knowledge.references))
        for source in dict.fromkeys(ids)
    )
