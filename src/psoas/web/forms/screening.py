"""The safety screen as pages of questions: which are asked, in which words, and what "none of these" answers.

One page is one group of the content file. A question put again after "not sure" (ruling D06) and a question that
only follows from another stand on a page of their own behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from msgspec import Struct

from psoas.knowledge.criteria import UNKNOWN, All, Any_, Criterion, Is, Not
from psoas.knowledge.schema import Knowledge, Question
from psoas.pathway.answers import AGAIN
from psoas.web.forms.base import PageForm
from psoas.web.forms.fields import NONE, UNSURE, MonthField, NumberField, OneField, SeveralField
from psoas.web.forms.questions import field_for, follow_up

PARTS = ("safety", "history")

# A question that means something only after another was answered so.
FOLLOWS: dict[str, tuple[str, frozenset[str]]] = {
    "hip_replacement_when": ("hip_replacement", frozenset({"anterior", "posterior", "other"})),
    "replaced_hip_trouble": ("hip_replacement", frozenset({"anterior", "posterior", "other", UNKNOWN})),
    "hip_arthroscopy_when": ("hip_arthroscopy", frozenset({"yes"})),
    "pregnant_weeks": ("pregnant", frozenset({"yes", UNKNOWN})),
    "pelvic_girdle_pain": ("pregnant", frozenset({"yes", UNKNOWN})),
    "pregnancy_complication": ("pregnant", frozenset({"yes", UNKNOWN})),
    "weakness_new": ("cannot_lift_thigh", frozenset({"yes", UNKNOWN})),
}


class Group(Struct, frozen=True):
    """A page of the screen."""

    slug: str
    title: str
    part: str
    questions: tuple[Question, ...]


@lru_cache(maxsize=4)
def _groups(questions: tuple[Question, ...]) -> tuple[Group, ...]:
    titles = dict.fromkeys((q.part, q.group) for q in questions if q.part in PARTS)
    return tuple(
        Group(
            title.lower().replace(" ", "-"),
            title,
            part,
            tuple(q for q in questions if (q.part, q.group) == (part, title)),
        )
        for part, title in titles
    )


def groups(knowledge: Knowledge) -> tuple[Group, ...]:
    """The pages of the full screen, in the order of the content file."""
    return _groups(tuple(knowledge.questions.values()))


def settled(answers: Mapping[str, Any], question: str) -> Any:
    """What was said in the end: the follow-up in place of its "not sure"; None where nothing was."""
    said = answers.get(question)
    return answers.get(question + AGAIN, UNKNOWN) if said == UNKNOWN else said


def applies(question: Question, *, answers: Mapping[str, Any]) -> bool:
    """Whether this question means something after these answers."""
    if question.id not in FOLLOWS:
        return True
    first, values = FOLLOWS[question.id]
    return settled(answers, first) in values


@lru_cache(maxsize=128)
def first_form(group: Group, today: dt.date) -> type[PageForm]:
    """The questions of the page itself."""
    first = (question for question in group.questions if question.id not in FOLLOWS)
    return page_form({question.id: listed_field(question, today=today) for question in first})


def further_fields(group: Group, *, answers: Mapping[str, Any], today: dt.date) -> dict[str, forms.Field]:
    """The fields behind the page: what was "not sure" in other words, and what only now applies, with its own follow-up."""
    fields: dict[str, forms.Field] = {}
    for question in group.questions:
        if question.id in FOLLOWS and applies(question, answers=answers):
            fields[question.id] = question_field(question, today=today)
        elif question.id not in FOLLOWS and question.again and answers.get(question.id) == UNKNOWN:
            fields[question.id + AGAIN] = again_field(question)
    return fields


def last_fields(group: Group, *, answers: Mapping[str, Any]) -> dict[str, forms.Field]:
    """What was "not sure" among the questions behind the page, in other words."""
    return {
        question.id + AGAIN: again_field(question)
        for question in group.questions
        if question.id in FOLLOWS and question.again and answers.get(question.id) == UNKNOWN
        and applies(question, answers=answers)
    }  # fmt: skip


def again_field(question: Question) -> forms.Field:
    """The same question in other words, with the same answers."""
    choices = [(choice.value, choice.label) for choice in question.choices]
    if question.kind == "choice":
        return OneField(label=question.again, choices=[*choices, UNSURE])
    if question.kind == "several":
        return SeveralField(label=question.again, choices=[*choices, (NONE, "None of these"), UNSURE])
    return follow_up(question)


def question_field(question: Question, *, today: dt.date) -> forms.Field:
    """The field of a question; every kind has a way to say that one does not know."""
    if question.kind in ("month", "number"):
        field = field_for(question, today=today, required=False)
        field.help_text = f"{question.help} Leave it empty if you do not know.".strip()
        return field
    field = field_for(question, today=today)
    if question.kind == "choice":
        field.choices = [*field.choices, UNSURE]  # type: ignore[attr-defined]
    if question.kind == "several":
        field.choices = [*field.choices, (NONE, "None of these"), UNSURE]  # type: ignore[attr-defined]
    return field


def listed_field(question: Question, *, today: dt.date) -> forms.Field:
    """The field as it stands in a list: in few words, with the whole question to open below them."""
    field = question_field(question, today=today)
    if question.brief:
        field.label = question.brief
        field.help_text = f"{question.ask} {question.help}".strip()
        field.template_name = "forms/listed.html"  # type: ignore[attr-defined]
    return field


def page_form(fields: Mapping[str, forms.Field]) -> type[PageForm]:
    """A form of these fields; its cleaned data are facts, and what was left empty is "unknown"."""
    return type("ScreenForm", (_ScreenForm,), dict(fields))


class _ScreenForm(PageForm):
    def clean(self) -> dict[str, Any]:
        """Facts as the pathway reads them."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {name: fact(value) for name, value in cleaned.items()}


def fact(value: Any) -> Any:
    """A field's value as a fact: nothing and a lone "not sure" are unknown."""
    if value in (None, "", (), (UNKNOWN,)):
        return UNKNOWN
    return list(value) if isinstance(value, tuple) else value


def left_open(
    fields: Mapping[str, forms.Field], *, typed: Container[str], knowledge: Knowledge
) -> dict[str, list[str]]:
    """What "none of these" answers: no to what was left open, but not where a no itself speaks against training."""
    alone = own_answer(knowledge)
    return {
        name: [value]
        for name, field in fields.items()
        if name not in typed and name.removesuffix(AGAIN) not in alone and (value := _no_of(field))
    }


def _no_of(field: forms.Field) -> str:
    if isinstance(field, (NumberField, MonthField)):
        return ""
    values = [value for value, _ in getattr(field, "choices", ())]
    return next((no for no in ("no", NONE) if no in values), "")


def own_answer(knowledge: Knowledge) -> frozenset[str]:
    """Questions to which a "no" can make a red flag: nobody answers them by "none of these"."""
    return _own_answer(tuple(flag.when for flag in knowledge.red_flags.values()))


@lru_cache(maxsize=4)
def _own_answer(criteria: tuple[Criterion, ...]) -> frozenset[str]:
    return frozenset(fact for criterion in criteria for fact in _noes(criterion))


def _noes(criterion: Criterion) -> Iterator[str]:
    match criterion:
        case All(parts) | Any_(parts):
            for part in parts:
                yield from _noes(part)
        case Not(part):
            yield from _noes(part)
        case Is(name, "no"):
            yield name
        case _:
            return


def finished(answers: Mapping[str, Any], *, knowledge: Knowledge) -> dict[str, Any]:
    """The answers as they go into the record: without those to questions that no longer apply.

    A month or a number that she does not know has no other words to be asked in: its follow-up is unknown too.
    """
    asked = {q.id: q for group in groups(knowledge) for q in group.questions if applies(q, answers=answers)}
    kept = {
        name: value for name, value in answers.items() if name.removesuffix(AGAIN) in asked and _follows(name, answers)
    }
    return kept | {name + AGAIN: UNKNOWN for name, value in kept.items() if value == UNKNOWN and _wordless(name, asked)}


def _follows(name: str, answers: Mapping[str, Any]) -> bool:
    """A follow-up stands only beside its "not sure"."""
    return not name.endswith(AGAIN) or answers.get(name.removesuffix(AGAIN)) == UNKNOWN


def _wordless(name: str, asked: Mapping[str, Question]) -> bool:
    return name in asked and not asked[name].again
