"""Settings: how the pages look and which clock counts."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from psoas.web.clock import machine_zone
from psoas.web.forms.base import PageForm
from psoas.web.forms.fields import OneField
from psoas.web.guard import account_of
from psoas.web.models import Theme


class PreferencesForm(PageForm):
    """Colours and time zone of an account."""

    theme = OneField(label="Colours", choices=list(Theme.choices))
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
    form = PreferencesForm(request.POST or None, initial={"theme": account.theme, "zone": account.zone})
    if request.method == "POST" and form.is_valid():
        account.theme, account.zone = form.cleaned_data["theme"], form.cleaned_data["zone"]
        account.save(update_fields=["theme", "zone"])
        return redirect("preferences")
    return render(request, "home/preferences.html", {"form": form, "machine": machine_zone()})
