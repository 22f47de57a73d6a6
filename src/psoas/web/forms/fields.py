"""The fields: what a person may answer, and what is said when an answer cannot be read.

Cleaned values are facts as the pathway reads them: "yes" / "no" / "unknown", Decimal or None for "cannot say",
a choice's value, a tuple of values, "2024-05", a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from psoas.web.forms.widgets import MonthAndYear, Options, Pills, Quantity, Rows, Scale, Ticks

YES_NO: Options = [("yes", "Yes"), ("no", "No")]
UNSURE = ("unknown", "Not sure")
NONE = "none"

_CHOOSE = "Choose one of the answers. “Not sure” is an answer too."
_CHOOSE_ONE = "Choose one of the answers."
_CHOOSE_SOME = "Tick what applies, or the answer that says none does."


MONTHS = frozenset(f"{number:02}" for number in range(1, 13))
_MOST_DIGITS = 9  # no count of ours is longer; Python refuses to read a number of thousands of digits


def is_number(text: str) -> bool:
    """Whether this is a whole number from 0 on that `int` can read.

    >>> is_number("12"), is_number("²"), is_number("٣"), is_number("9" * 5000), is_number("")
    (True, False, False, False, False)
    """
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


class YesNoField(forms.ChoiceField):
    """Yes, no or not sure; "yes" | "no" | "unknown"."""

    def __init__(self, *, unsure: bool = True, **rest: Any) -> None:
        rest.setdefault("error_messages", {"required": _CHOOSE if unsure else _CHOOSE_ONE})
        super().__init__(choices=[*YES_NO, UNSURE] if unsure else YES_NO, widget=Pills, **rest)


class OneField(forms.ChoiceField):
    """One of several; the value chosen."""

    def __init__(self, *, choices: Options, **rest: Any) -> None:
        rest.setdefault("error_messages", {"required": _CHOOSE_ONE})
        rest.setdefault("widget", Rows)
        super().__init__(choices=choices, **rest)


class SeveralField(forms.MultipleChoiceField):
    """Any number of choices, as a tuple. "none" beside another choice is a contradiction and is asked back."""

    widget = Ticks

    def __init__(self, *, choices: Options, **rest: Any) -> None:
        rest.setdefault("error_messages", {"required": _CHOOSE_SOME})
        super().__init__(choices=choices, **rest)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The values ticked; a lone "none" is the empty tuple's honest form and stays ("none",)."""
        values: Sequence[str] = super().clean(value)
        if NONE in values and len(values) > 1:
            raise ValidationError("You ticked “none” and something else. Untick one of them.")
        return tuple(values)


class ScaleField(forms.ChoiceField):
    """A number from 0 to 10; `None` where the person cannot say and `unsure` allows it."""

    def __init__(
        self, *, low: str = "none at all", high: str = "worst imaginable", unsure: str = "", **rest: Any
    ) -> None:
        rest.setdefault("error_messages", {"required": "Choose a number from 0 to 10."})
        widget = Scale(low=low, high=high, unsure=unsure)
        super().__init__(choices=widget.choices, widget=widget, **rest)

    def clean(self, value: Any) -> Any:
        """The number as a Decimal, or None for "cannot say"."""
        text: str = super().clean(value)
        return Decimal(text) if is_number(text) else None


class NumberField(forms.Field):
    """A number with a unit, comma or point; a Decimal between `low` and `high`."""

    def __init__(
        self, *, low: Decimal | int, high: Decimal | int, unit: str = "", whole: bool = False, **rest: Any
    ) -> None:
        rest.setdefault("error_messages", {"required": f"Type a number{f' in {unit}' if unit else ''}."})
        super().__init__(widget=Quantity(unit=unit, whole=whole), **rest)
        self.low, self.high, self.unit, self.whole = Decimal(low), Decimal(high), unit, whole

    def to_python(self, value: Any) -> Decimal | None:
        """The number typed; raises where it is none, or outside what a body can be."""
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        number = self._number(text)
        if not self.low <= number <= self.high:
            unit = f" {self.unit}" if self.unit else ""
            raise ValidationError(f"{text}{unit} cannot be right: it must be from {self.low} to {self.high}{unit}.")
        return number

    def _number(self, text: str) -> Decimal:
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or len(text) > 12:
            raise ValidationError(f"“{text[:20]}” is not a number. Write it with digits, such as 12 or 12.5.")
        if self.whole and number != number.to_integral_value():
            raise ValidationError(f"{text} is not a whole number.")
        return number


class MonthField(forms.MultiValueField):
    """A month and a year, as "2024-05"; never in the future of `latest`."""

    widget = MonthAndYear

    def __init__(self, *, earliest: int = 1900, latest: dt.date | None = None, **rest: Any) -> None:
        rest.setdefault("error_messages", {"required": "Choose the month and type the year."})
        parts = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(fields=parts, require_all_fields=False, **rest)
        self.earliest, self.latest = earliest, latest

    def compress(self, data_list: Sequence[str]) -> str:
        """The month as "2024-05"; empty where neither part was given."""
        month, year = (*data_list, "", "")[:2]
        if not (month or year):
            return ""
        if not month or not (is_number(year) and len(year) == 4):
            raise ValidationError("Both are needed: choose the month, and type the year with four digits.")
        self._refuse_odd(f"{year}-{month}")
        return f"{year}-{month}"

    def _refuse_odd(self, month: str) -> None:
        if month[5:] not in MONTHS:
            raise ValidationError("Choose the month from the list.")
        if int(month[:4]) < self.earliest:
            raise ValidationError(f"{month[:4]} is too long ago; the year must be {self.earliest} or later.")
        if self.latest and month > f"{self.latest:%Y-%m}":
            raise ValidationError("This month is still to come. Check the year.")


class DayField(forms.DateField):
    """A calendar date that is not before `earliest` and not after `latest`."""

    def __init__(
        self, *, earliest: dt.date | None = None, latest: dt.date | None = None, late: str = "", **rest: Any
    ) -> None:
        messages = {"required": "Give a date.", "invalid": "This is not a date. Write it as 2026-05-31."}
        rest.setdefault("error_messages", messages)
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **rest)
        self.earliest, self.latest = earliest, latest
        self.late = late or "This day is still to come."

    def validate(self, value: dt.date | None) -> None:
        """Refuse a day outside the limits."""
        super().validate(value)
        if value and self.latest and value > self.latest:
            raise ValidationError(self.late)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(f"This day is before {self.earliest:%-d %B %Y}.")
