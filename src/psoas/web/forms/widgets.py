"""The controls. None of them ever starts with an answer chosen."""

from __future__ import annotations

from typing import Any

from django import forms

Options = list[tuple[str, str]]


class Pills(forms.RadioSelect):
    """One choice among a few short ones, side by side: yes / no / not sure."""

    template_name = "widgets/options.html"
    layout = "pills"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The context of the template, with the layout of this control."""
        context = super().get_context(name, value, attrs)
        context["widget"]["layout"] = self.layout
        return context


class Rows(Pills):
    """One choice among several, one below the other."""

    layout = "rows"


class Scale(Pills):
    """0 to 10 in one row, with words at both ends."""

    layout = "scale"
    template_name = "widgets/scale.html"

    def __init__(self, *, low: str, high: str, unsure: str = "") -> None:
        options: Options = [(str(n), str(n)) for n in range(11)]
        super().__init__(choices=options + ([("unknown", unsure)] if unsure else []))
        self.ends = (low, high)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The context of the template, with the words at both ends."""
        context = super().get_context(name, value, attrs)
        context["widget"]["low"], context["widget"]["high"] = self.ends
        return context


class Ticks(forms.CheckboxSelectMultiple):
    """Any number of choices; a choice "none" says that no other applies."""

    template_name = "widgets/options.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The context of the template."""
        context = super().get_context(name, value, attrs)
        context["widget"]["layout"] = "rows"
        return context


class Quantity(forms.TextInput):
    """A number with its unit behind it. A text field, so that no browser changes what was typed."""

    template_name = "widgets/quantity.html"

    def __init__(self, *, unit: str = "", whole: bool = False) -> None:
        super().__init__(attrs={"inputmode": "numeric" if whole else "decimal", "autocomplete": "off"})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The context of the template, with the unit."""
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class MonthAndYear(forms.MultiWidget):
    """A month chosen by name, and a year typed."""

    template_name = "widgets/month.html"
    use_fieldset = True

    def __init__(self) -> None:
        months: Options = [("", "Month"), *((f"{n:02}", name) for n, name in enumerate(MONTHS, start=1))]
        year = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"})
        super().__init__(widgets={"month": forms.Select(choices=months), "year": year})

    def decompress(self, value: str | None) -> list[str]:
        """Month and year of "2024-05"."""
        year, _, month = (value or "").partition("-")
        return [month, year]
