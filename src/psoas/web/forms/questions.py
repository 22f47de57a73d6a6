"""A question of the clinic's content becomes a field; its id is the name of the fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from psoas.knowledge.schema import Question
from psoas.web.forms.base import EntryForm
from psoas.web.forms.fields import UNSURE, DayField, MonthField, NumberField, OneField, SeveralField, YesNoField


def field_for(question: Question, *, today: dt.date, required: bool = True) -> forms.Field:
    """The field that asks this question; `today` bounds months and dates."""
    rest: dict[str, Any] = {"label": question.ask, "help_text": question.help, "required": required}
    choices = [(choice.value, choice.label) for choice in question.choices]
    match question.kind:
        case "choice":
            return OneField(choices=choices, **rest)
        case "several":
            return SeveralField(choices=choices, **rest)
        case "number":
            low, high = question.low or 0, 1000 if question.high is None else question.high
            return NumberField(low=low, high=high, unit=question.unit, **rest)
        case "month":
            return MonthField(latest=today, **rest)
        case "date":
            return DayField(latest=today, **rest)
        case _:
            return YesNoField(**rest)


def follow_up(question: Question) -> forms.Field:
    """The plain-language follow-up after "not sure" (ruling D06)."""
    return YesNoField(label=question.again or question.ask)


def form_of(
    questions: Iterable[Question], *, today: dt.date, base: type[EntryForm] = EntryForm, required: bool = True
) -> type[EntryForm]:
    """A form that asks these questions, in this order."""
    fields = {question.id: field_for(question, today=today, required=required) for question in questions}
    return type("QuestionsForm", (base,), fields)


__all__ = ["UNSURE", "field_for", "follow_up", "form_of"]
