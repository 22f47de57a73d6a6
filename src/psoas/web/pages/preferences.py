"""Settings: how the pages look, who is drawn in the pictures, and which clock counts."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from psoas.pathway.record import TakenIn
from psoas.web.clock import machine_zone
from psoas.web.drawn import said_of
from psoas.web.forms.base import PageForm
from psoas.web.forms.fields import NumberField, OneField
from psoas.web.forms.widgets import Pills
from psoas.web.guard import account_of
from psoas.web.models import Account, Build, Theme, Tone
from psoas.web.stopped import stands

_KEPT = ("theme", "build", "tone", "height_cm", "mass_kg", "zone")


class PreferencesForm(PageForm):
    """Colours, the person in the pictures, and the time zone of an account."""

    theme = OneField(label="Colours", choices=list(Theme.choices))
    build = OneField(
        label="The person in the pictures is",
        choices=list(Build.choices),
        help_text="It changes no exercise and no rule.",
    )
    tone = OneField(label="Skin in the pictures", choices=list(Tone.choices), widget=Pills)
    height_cm = NumberField(
        label="Height in the pictures",
        unit="cm",
        low=120,
        high=220,
        required=False,
        help_text="Contacts, distances and loads are worked out for this body.",
    )
    mass_kg = NumberField(label="Weight in the pictures", unit="kg", low=30, high=250, required=False)
    zone = forms.CharField(
        label="Time zone",
        required=False,
        max_length=64,
        help_text="Such as Europe/London. Leave it empty to use the one of this computer.",
    )

    def clean_zone(self) -> str:
        """The zone's IANA name, or nothing."""
        zone: str = self.cleaned_data["zone"].strip()
        if zone and zone not in available_timezones():
            raise ValidationError(f"“{zone}” is not the name of a time zone. Names look like Europe/London.")
        return zone


def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change the settings."""
    account = account_of(request)
    form = PreferencesForm(request.POST or None, initial={name: getattr(account, name) for name in _KEPT})
    if request.method == "POST" and form.is_valid():
        for name in _KEPT:
            setattr(account, name, form.cleaned_data[name])
        account.save(update_fields=_KEPT)
        return redirect("preferences")
    context = {
        "form": form,
        "machine": machine_zone(),
        "drawn": not stands(request),
        "body": body_words(account, said=said_of(account)),
    }
    return render(request, "home/preferences.html", context)


def body_words(account: Account, *, said: TakenIn | None) -> str:
    """Where the height and the weight of the pictures and loads come from."""
    height = _from(account.height_cm, said.height_m * 100 if said and said.height_m else None, unit="cm")
    mass = _from(account.mass_kg, said.mass_kg if said else None, unit="kg")
    return f"Now in use: height {height}; weight {mass}."


def _from(chosen: int | None, told: Decimal | None, *, unit: str) -> str:
    """One figure and where it comes from."""
    if chosen:
        return f"{chosen} {unit}, from here"
    if told:
        return f"{told.normalize():f} {unit}, from what you said at the start"
    return "a usual one, as you named none"
