"""Reasons and decisions in words. Nothing is decided here: ids and values come in, sentences go out.

A value that a sentence needs and does not get never breaks it: the rule's other sentence stands in (section `other`),
then its plain one (section `plain`), else its title. Percentages and averages are shown rounded down to one decimal (ruling D04).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from string import Formatter
from typing import Any

from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.terms import BOTH, Level, Reason

_TENTH = Decimal("0.1")
_STAGES = ("stage", "before")
_TURNS = {"running_out": "out", "caution_to": "caution", "mode_to": "mode", "trial_seen": "passed"}  # told either way


def sentence(reason: Reason, knowledge: Knowledge) -> str:
    """What this reason says to the person; for a row that could only not be ruled out, just that."""
    rule = knowledge.rules.get(reason.rule)
    if rule is None:
        return f"Rule {reason.rule}."
    if rule.table == "C1" and reason.values.get("unknown"):
        return said("unknown_row", section="mark", knowledge=knowledge, title=_lowered(rule.title))
    others = (each for key, each in knowledge.words.get("other", {}).items() if key.partition("_")[0] == rule.id)
    templates = (*_past(reason, knowledge), rule.said, *others)
    said_so = (filled(template, values=reason.values, knowledge=knowledge) for template in templates)
    return next(filter(None, said_so), "") or knowledge.words.get("plain", {}).get(rule.id, f"{rule.title}.")


def _past(reason: Reason, knowledge: Knowledge) -> Iterator[str]:
    """Where more was counted than was needed, the rule's own words for that."""
    run, needed = reason.values.get("run"), reason.values.get("needed")
    past = knowledge.words.get("past", {}).get(reason.rule)
    if past and isinstance(run, (int, Decimal)) and isinstance(needed, (int, Decimal)) and run > needed:
        yield past


def together(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each thing told once: reasons that differ only in their side name both, then those that differ only in the exercise.

    >>> told = together(Reason("HO5", {"side": side}) for side in ("right", "left", "right"))
    >>> [reason.values for reason in told]
    [{'side': 'both'}]
    """
    by_side = _merged(reasons, name="side", merge=_sides)
    return tuple(_merged(by_side, name="exercise", merge=lambda names: names[0] if len(names) == 1 else tuple(names)))


def _sides(sides: list[object]) -> object:
    return sides[0] if len(sides) == 1 else BOTH


def _merged(reasons: Iterable[Reason], *, name: str, merge: Callable[[list[object]], object]) -> Iterator[Reason]:
    """Reasons alike in everything but that value, as one in the place of the first."""
    alike: dict[str, list[Reason]] = {}
    for reason in reasons:
        rest = [(key, value) for key, value in reason.values.items() if key != name]
        alike.setdefault(repr((reason.rule, rest, name in reason.values)), []).append(reason)
    for same in alike.values():
        first, found = same[0], list(dict.fromkeys(each.values.get(name) for each in same))
        yield replace(first, values={**first.values, name: merge(found)}) if name in first.values else first


def change_of(reason: Reason, knowledge: Knowledge) -> str:
    """What would change it; empty for a rule that says nothing of that."""
    rule = knowledge.rules.get(reason.rule)
    return rule.change if rule else ""


def title_of(rule: str, *, knowledge: Knowledge) -> str:
    """The title of a rule, or its id where there is no such rule."""
    return knowledge.rules[rule].title if rule in knowledge.rules else rule


def decision_sentence(kind: str, *, knowledge: Knowledge, level: Level | None = None) -> str:
    """A decision of this kind (its tag, or its class name) in one sentence; a referral by how soon."""
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind).lstrip("_")
    key = kind if kind in knowledge.words.get("decision", {}) else snake
    return said(f"{key}_{level.value}" if level else key, section="decision", knowledge=knowledge)


def change_sentence(kind: str, *, values: Mapping[str, Any], knowledge: Knowledge) -> str:
    """What one change of a decision does, by its tag; exercises and stages are named."""
    turn = str(values.get(_TURNS.get(kind, ""), "")).lower()
    known = f"{kind}_{turn}" in knowledge.words.get("change", {})
    return said(f"{kind}_{turn}" if known else kind, section="change", knowledge=knowledge, **values)


def values_of(reason: Reason, knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """The numbers and answers the reason read, each with its name in words, in the order they were read."""
    return tuple(
        (name_of(name, knowledge=knowledge), spoken(name, value=value, knowledge=knowledge))
        for name, value in reason.values.items()
    )


def name_of(fact: str, *, knowledge: Knowledge) -> str:
    """A fact's or value's name in words: the question that was asked, else its word, else its id."""
    question = knowledge.questions.get(fact)
    return question.ask if question else word(fact, section="value", knowledge=knowledge)


def word(key: str, *, section: str, knowledge: Knowledge) -> str:
    """The word for this key, or the key itself with spaces for lines where there is none."""
    return knowledge.words.get(section, {}).get(key) or key.replace("_", " ")


def said(key: str, *, section: str, knowledge: Knowledge, **values: object) -> str:
    """The sentence of this section and key with its values; the key in words where there is none."""
    template = word(key, section=section, knowledge=knowledge)
    return filled(template, values=values, knowledge=knowledge) or key.replace("_", " ")


def filled(template: str, *, values: Mapping[str, object], knowledge: Knowledge) -> str:
    """The template with its values in words, or nothing when one of them is missing."""
    names = {name for _, name, _, _ in Formatter().parse(template) if name}
    if not names <= values.keys():
        return ""
    text = template.format_map({name: spoken(name, value=values[name], knowledge=knowledge) for name in names})
    return text[:1].upper() + text[1:]


def spoken(name: str, *, value: object, knowledge: Knowledge) -> str:
    """The value of that name in words: exercises and stages by their names, all else as it is shown."""
    if isinstance(value, (tuple, list)):
        return ", ".join(spoken(name, value=part, knowledge=knowledge) for part in value) or "none"
    text = str(value)
    if name == "side":
        return word(text, section="side", knowledge=knowledge)
    if name == "label":
        return _lowered(word(text, section="label", knowledge=knowledge))
    if name == "found":
        kind, _, number = text.partition(":")
        return _lowered(said(kind, section="found", knowledge=knowledge, n=Decimal(number) if number else ""))
    if name in _STAGES and text in knowledge.words["stage"]:
        return f"{text} ({word(text, section='stage', knowledge=knowledge)})"
    exercise = knowledge.exercises.get(text)
    return exercise.name if exercise else shown(value, knowledge=knowledge)


def shown(value: object, *, knowledge: Knowledge) -> str:
    """One value in words: yes, no and unknown, lists with commas, numbers without needless digits."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (Decimal, Fraction, float)):
        return _number(value)
    if isinstance(value, (tuple, list, frozenset)):
        return ", ".join(shown(part, knowledge=knowledge) for part in value) or "none"
    text = str(value)
    return (
        word(text, section="answer", knowledge=knowledge)
        if text in ("yes", "no", "unknown")
        else text.replace("_", " ")
    )


def _number(value: Decimal | Fraction | float) -> str:
    """A number, rounded down to one decimal.

    >>> _number(Decimal("74.96")), _number(Decimal("5.0")), _number(Fraction(-1, 3))
    ('74.9', '5', '-0.3')
    """
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    tenths = exact.quantize(_TENTH, rounding=ROUND_DOWN) if exact != exact.to_integral_value() else exact
    return f"{tenths.normalize():f}"


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
