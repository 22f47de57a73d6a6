"""Lint of questions and criteria: every fact is asked or worked out, every answer possible, every question used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from psoas.knowledge.criteria import All, Any_, Compare, Criterion, Is, Not, OneOf, facts_of
from psoas.knowledge.derived import DERIVED, NUMBER, READ_BY_THE_PATHWAY, YES_NO
from psoas.knowledge.links import exclusions_of, file_of, problem
from psoas.knowledge.schema import Knowledge, Question

PARTS = ("safety", "history", "daily", "change")
KINDS = ("yes_no", "choice", "several", "number", "month", "date")
_WITH_CHOICES = ("choice", "several")


def criteria_of(knowledge: Knowledge) -> Iterator[tuple[str, str, Criterion]]:
    """Every criterion in the content, with its file and key."""
    for row in knowledge.red_flags.values():
        yield "screening.toml", f"{row.id}.when", row.when
    for measure in knowledge.measures.values():
        for place, exclusion in enumerate(measure.exclusions, start=1):
            yield "assessment.toml", f"{measure.id}.exclusions[{place}].when", exclusion.when
    for exercise in knowledge.exercises.values():
        for key, exclusion in exclusions_of(exercise):
            yield file_of(exercise.id), f"{key}.when", exclusion.when


def facts(knowledge: Knowledge) -> Iterator[str]:
    """Every fact in a criterion is a question or a derived fact, and is compared with what it can be."""
    known = {name: possible(question) for name, question in knowledge.questions.items()} | DERIVED
    for file, key, criterion in criteria_of(knowledge):
        for leaf in _leaves(criterion):
            cause = _mismatch(leaf, known)
            if cause:
                yield problem(file, key=key, cause=cause, remedy="Correct the criterion, or add the question")
    for exercise in knowledge.exercises.values():
        for form in exercise.substitutes:
            for fact in form.lifts:
                if fact not in known:
                    cause = f'lifts "{fact}", which is no fact'
                    yield problem(file_of(exercise.id), key=form.id, cause=cause, remedy="Name a fact of an exclusion")


def possible(question: Question) -> str | tuple[str, ...]:
    """What the answer to a question can be: a number, or one of these texts."""
    if question.kind in _WITH_CHOICES:
        return (*(choice.value for choice in question.choices), "unknown")
    return YES_NO if question.kind == "yes_no" else NUMBER


def _leaves(criterion: Criterion) -> Iterator[Is | OneOf | Compare]:
    match criterion:
        case All(parts) | Any_(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield criterion


def _mismatch(leaf: Is | OneOf | Compare, known: Mapping[str, str | tuple[str, ...]]) -> str:
    """What is wrong with a leaf; empty when nothing is."""
    if leaf.fact not in known:
        return f'"{leaf.fact}" is neither a question nor a derived fact'
    values = known[leaf.fact]
    if isinstance(leaf, Compare) or values == NUMBER:
        return "" if isinstance(leaf, Compare) and values == NUMBER else f'"{leaf.fact}" cannot be compared like this'
    wanted = (leaf.value,) if isinstance(leaf, Is) else leaf.values
    wrong = [value for value in wanted if value not in values]
    return f'"{leaf.fact}" is never {", ".join(wrong)}' if wrong else ""


def questions(knowledge: Knowledge) -> Iterator[str]:
    """Every question is used, well formed, and can be put again in other words where safety depends on it."""
    used = {fact for _, _, criterion in criteria_of(knowledge) for fact in facts_of(criterion)} | READ_BY_THE_PATHWAY
    safety = {fact for row in knowledge.red_flags.values() for fact in facts_of(row.when)}
    for question in knowledge.questions.values():
        for cause, remedy in _faults(question, used=used, safety=safety):
            yield problem("screening.toml", key=question.id, cause=cause, remedy=remedy)
    for name in READ_BY_THE_PATHWAY - knowledge.questions.keys():
        yield problem("screening.toml", key=name, cause="is missing", remedy="Add the question; the pathway reads it")


def _faults(question: Question, *, used: set[str], safety: set[str]) -> Iterator[tuple[str, str]]:
    if question.kind not in KINDS:
        yield f'cannot be of the kind "{question.kind}"', "Write one of " + ", ".join(KINDS)
    if question.part not in PARTS:
        yield f'cannot belong to the part "{question.part}"', "Write one of " + ", ".join(PARTS)
    if (question.kind in _WITH_CHOICES) != bool(question.choices):
        yield "has choices and no kind for them, or a kind without choices", "Give choices to choice and several only"
    if not question.mini and question.id not in used:
        yield "is a question nobody uses", "Use it in a criterion, or remove it"
    if question.id in safety and question.kind in ("yes_no", *_WITH_CHOICES) and not question.again:
        yield 'has no follow-up for "not sure"', "Write `again`: the same question in other words"


def mini(knowledge: Knowledge) -> Iterator[str]:
    """Every row asked before a session has its one question, grouped under the row's id, and the other way round."""
    gates = {question.group for question in knowledge.questions.values() if question.mini}
    rows = {row.id for row in knowledge.red_flags.values() if row.mini}
    for name in sorted(gates ^ rows):
        cause = "is read before every session without a question, or asked without a row"
        yield problem(
            "screening.toml", key=name, cause=cause, remedy="Mark row and question with mini, group = the row's id"
        )
