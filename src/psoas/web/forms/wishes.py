"""What is at hand, when there is time, and what she would rather do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from psoas.pathway.record import Equipment, Wished
from psoas.web.forms.base import PageForm
from psoas.web.forms.fields import NONE, NumberField, OneField, SeveralField, YesNoField

MOST_WEIGHTS = 30
RELEASE = "E14"
HEAVIEST_KG = 300
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

THINGS = [
    ("chair", "Sturdy chair"),
    ("box", "Box or step to sit on"),
    ("mat", "Mat or thick towel"),
    ("low_anchor", "Low, firm thing to tie a band to"),
    ("ankle_strap", "Ankle strap"),
    ("obstacle", "Shoe box or the like to step over"),
    ("ball", "Massage ball or tennis ball"),
    ("cable", "Cable machine (gym)"),
    ("bar", "Pull-up bar"),
    ("running_space", "Twenty level metres to run on"),
    (NONE, "None of these"),
]


class WeightsField(forms.Field):
    """Weights in kilograms, typed in one line: "1, 2.5 and 4"; a tuple of Decimal, lightest first."""

    def __init__(self, **rest: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "wide"})
        super().__init__(widget=widget, required=False, **rest)

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        """The weights; raises where one cannot be read or cannot be."""
        text = re.sub(r"(\d),(\d{1,2})(?=\s*(?:;|$|kg|and\b))", r"\1.\2", str(value or "").lower())
        words = [word for word in re.split(r"[\s,;+]+|\band\b|kg\b", text) if word]
        weights = {_weight(word) for word in words}
        if len(weights) > MOST_WEIGHTS:
            raise ValidationError(f"That is more than {MOST_WEIGHTS} weights. Name those you would use.")
        return tuple(sorted(weights))


def _weight(word: str) -> Decimal:
    try:
        kg = Decimal(word)
    except InvalidOperation:
        raise ValidationError(f"“{word[:20]}” is not a weight. Write them in kilograms like this: 1, 2.5, 4") from None
    if not kg.is_finite() or not Decimal("0.1") <= kg <= HEAVIEST_KG:
        raise ValidationError(f"{word} kg cannot be right: a weight must be from 0.1 to {HEAVIEST_KG} kg.")
    return kg


class EquipmentForm(PageForm):
    """What she has."""

    things = SeveralField(label="What do you have?", choices=THINGS)
    bands = NumberField(
        label="Elastic bands",
        low=0,
        high=12,
        whole=True,
        unit="bands",
        help_text="How many different strengths? 0 for none. Each can be weighed later with a luggage scale.",
    )
    kg = WeightsField(
        label="Weights",
        help_text="In kg, like this: 1, 2, 4. A full litre bottle is 1 kg.",
    )
    cable_kg = WeightsField(label="Settings of the cable machine", help_text="In kg, only if you ticked it.")

    def clean(self) -> dict[str, Any]:
        """A cable machine without its settings cannot be used."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "cable" in cleaned.get("things", ()) and not cleaned.get("cable_kg") and "cable_kg" not in self.errors:
            self.add_error(
                "cable_kg",
                "You ticked a cable machine. Name its settings in kilograms, such as 2.5, 5, 7.5, or untick it.",
            )
        return cleaned


class TimeForm(PageForm):
    """Goal, days and frequency."""

    goal = OneField(
        label="What do you want to get back to?",
        help_text="It decides how far the plan goes.",
        choices=[
            ("daily", "Daily life"),
            ("sport", "Sport without running"),
            ("run", "Running, or sport with running and kicking"),
        ],
    )
    often = OneField(
        label="How many sessions a week?",
        help_text="About thirty minutes each.",
        choices=[
            ("plan", "As many as the plan gives"),
            ("3", "Three, where the plan allows"),
            ("2", "Two"),
        ],
    )
    days = SeveralField(
        label="Which days suit you?",
        help_text="Only a wish.",
        choices=[*((str(n), day) for n, day in enumerate(DAYS)), (NONE, "Any day will do")],
    )


class TasteForm(PageForm):
    """Stretching, and what she may ask for."""

    stretch = OneField(
        label="Held stretches of the front of the hip?",
        choices=[
            ("no_preference", "Decide by my tests"),
            ("yes", "Yes, where they are allowed"),
            ("no", "Rather strength at the end of the range"),
        ],
    )
    release = YesNoField(
        label="A short self-massage with a ball?",
        unsure=False,
        help_text="A minute or two of light pressure, where it is safe. Its benefit is not proven.",
    )


def wished(said: Mapping[str, Any]) -> Wished:
    """The entry that these answers make."""
    things = tuple(thing for thing in said["things"] if thing != NONE)
    often = said["often"]
    return Wished(
        equipment=Equipment(
            things=things,
            kg=said["kg"],
            cable_kg=said["cable_kg"] if "cable" in things else (),
            bands=int(said["bands"]),
        ),
        goal=said["goal"],
        stretch=said["stretch"],
        sessions_per_week=None if often == "plan" else int(often),
        days=tuple(int(day) for day in said["days"] if day != NONE),
        own_choice=(RELEASE,) if said["release"] == "yes" else (),
    )


def typed_from(wish: Wished) -> dict[str, list[str]]:
    """These wishes as a browser would have typed them."""
    owned, often = wish.equipment, wish.sessions_per_week
    return {
        "things": list(owned.things) or [NONE],
        "bands": [str(owned.bands)],
        "kg": [", ".join(f"{kg:f}" for kg in owned.kg)],
        "cable_kg": [", ".join(f"{kg:f}" for kg in owned.cable_kg)],
        "goal": [wish.goal],
        "often": [str(often) if often else "plan"],
        "days": [str(day) for day in wish.days] or [NONE],
        "stretch": [wish.stretch],
        "release": ["yes" if RELEASE in wish.own_choice else "no"],
    }
