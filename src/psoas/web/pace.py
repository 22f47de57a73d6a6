"""How long a page takes: reading what stands on it, answering, and doing what it asks for.

A measure for honest promises ("about four minutes left"), worked out from the pages that are left and never typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms

from psoas.web.forms.fields import DayField, MonthField, NumberField

WORDS_A_MINUTE = 240  # plain text read in silence: 238 on average (Brysbaert 2019)
LISTED_A_MINUTE = 400  # a list skimmed for what applies; skimming goes at about 450 (Carver 1990)
ANSWER_S = 1.5  # to touch an answer once it is read (Card, Moran and Newell 1983: 1.3)
TYPED_S = 6.0  # a number or a date
SENTENCE_S = 10.0  # a few words of her own
TURN_S = 1.0  # from one page to the next
_SELF_EVIDENT = {"Yes", "No", "Not sure", *(str(n) for n in range(11))}


class Timed(Protocol):
    """A page of a form."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def lede(self) -> str:
        """The sentence below it."""

    @property
    def form(self) -> type[forms.Form]:
        """What it asks."""

    @property
    def context(self) -> dict[str, Any]:
        """What else stands on it: a guide to read; `seconds` to do what they say; `answered`, fields that one button answers; `says`, all that she has to read where that is not the whole page."""


def seconds(page: Timed) -> float:
    """About how long that page takes."""
    pressed = page.context.get("answered", ())
    asked = [field for name, field in page.form.base_fields.items() if name not in pressed]
    told = page.context.get("says") or _texts_of(page)
    reading = _words(told) * 60 / WORDS_A_MINUTE + _words(_listed(page)) * 60 / LISTED_A_MINUTE
    return TURN_S + ANSWER_S + reading + sum(map(_answering, asked)) + float(page.context.get("seconds", 0))


def minutes(pages: Iterable[Timed]) -> int:
    """About how many minutes those pages take, rounded up."""
    return -(-int(sum(map(seconds, pages))) // 60)


def _answering(field: forms.Field) -> float:
    if not field.required:
        return 0
    if isinstance(field, (NumberField, DayField, MonthField)):
        return TYPED_S
    return SENTENCE_S if type(field) is forms.CharField else ANSWER_S


def _words(texts: Iterable[str]) -> int:
    return sum(len(str(text).split()) for text in texts)


def _listed(page: Timed) -> list[str]:
    """The lines of a list of things that may apply."""
    return [str(field.label) for field in _fields(page) if getattr(field, "template_name", None)]


def _texts_of(page: Timed) -> list[str]:
    """What else is to be read; what opens only when it is asked for does not count."""
    texts = [page.title, page.lede, *(text for field in _fields(page) for text in _asks(field))]
    guide = page.context.get("guide")
    if guide is not None and page.context.get("guide_open"):
        texts += [*guide.steps, *guide.cues, *guide.stops]
    return texts


def _fields(page: Timed) -> list[forms.Field]:
    return list(page.form.base_fields.values())


def _asks(field: forms.Field) -> list[str]:
    """A question, its help and its choices, but not numbers and plain answers."""
    if getattr(field, "template_name", None) or not field.required:  # what is optional may be passed over
        return []
    choices = [str(label) for _, label in getattr(field, "choices", ())]
    return [str(field.label or ""), str(field.help_text), *(label for label in choices if label not in _SELF_EVIDENT)]
