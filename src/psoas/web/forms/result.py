"""After a referral: what was wrongly answered, who has seen her, and what her clinician allows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from psoas.web.forms.base import EntryForm
from psoas.web.forms.fields import DayField, OneField, YesNoField

LONGEST_LEAVE_DAYS = 84  # D14
USUAL_LEAVE_DAYS = 42


class SeenForm(EntryForm):
    """By whom she was seen, when, and what came of it (D16)."""

    by = OneField(
        label="Who has seen you?",
        choices=[
            ("emergency", "An emergency department"),
            ("doctor", "A doctor, in a practice or urgent care centre"),
            ("physiotherapist", "A physiotherapist"),
            ("other", "Another health professional"),
        ],
    )
    on = DayField(label="On which day?")
    outcome = forms.CharField(
        label="What was found, or decided?",
        help_text="In your own words. Please leave out names of people.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write a few words about what was found.",
            "max_length": "Keep it under 400 letters.",
        },
    )


def seen_form(*, flagged: dt.date, today: dt.date) -> type[SeenForm]:
    """The form for a flag raised on that day: seen on it or later."""

    class Bounded(SeenForm):
        def __init__(self, *args: Any, **rest: Any) -> None:
            super().__init__(*args, **rest)
            self.fields["on"].earliest, self.fields["on"].latest = flagged, today  # type: ignore[attr-defined]

    return Bounded


class LeaveForm(EntryForm):
    """Her clinician's leave, quoted by her (D14)."""

    allowed = YesNoField(
        label="Did a doctor or physiotherapist who knows about the points above say that you may train your hip flexors now?",
        unsure=False,
    )
    until = DayField(
        label="Until when does that hold?",
        required=False,
        help_text="Leave it empty if no end was named: then it holds for six weeks.",
    )


def leave_form(*, today: dt.date) -> type[LeaveForm]:
    """The form on that day: an end between today and twelve weeks from now."""

    class Bounded(LeaveForm):
        def __init__(self, *args: Any, **rest: Any) -> None:
            super().__init__(*args, **rest)
            self.fields["until"].earliest = today  # type: ignore[attr-defined]

        def clean_until(self) -> dt.date:
            """The end named, at most twelve weeks away; six weeks where none was named."""
            named: dt.date | None = self.cleaned_data["until"]
            longest = today + dt.timedelta(days=LONGEST_LEAVE_DAYS)
            if named is not None and named > longest:
                raise forms.ValidationError(
                    f"Psoas takes a leave for at most twelve weeks, until {longest:%-d %B %Y}. After that, ask again."
                )
            return named or today + dt.timedelta(days=USUAL_LEAVE_DAYS)

    return Bounded
