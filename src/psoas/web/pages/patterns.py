"""The pieces every page is made of, on one page: for whoever builds the next one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from psoas.web.forms.base import EntryForm
from psoas.web.forms.fields import DayField, MonthField, NumberField, OneField, ScaleField, SeveralField, YesNoField
from psoas.web.guard import open_door


class PatternsForm(EntryForm):
    """One of each field."""

    numb = YesNoField(
        label="Is the skin of your groin or inner thigh numb?",
        help_text="Numb means that a light touch feels dull, or that you feel nothing.",
    )
    pain = ScaleField(label="How bad is the pain in your left hip right now?", unsure="I cannot say")
    began = OneField(
        label="How did it begin?",
        choices=[("sudden", "All at once"), ("gradual", "Bit by bit"), ("unknown", "Not sure")],
    )
    things = SeveralField(
        label="What do you have at home?",
        choices=[("chair", "A sturdy chair"), ("bands", "Elastic bands"), ("none", "None of these")],
    )
    knee = NumberField(label="Height of the knee above the floor", unit="cm", low=20, high=120)
    born = MonthField(label="When were you born?")
    onset = DayField(label="When did it start?", required=False, help_text="The day, as well as you remember it.")


@open_door
def patterns(request: HttpRequest) -> HttpResponse:
    """Every piece, filled, empty and with errors."""
    form = PatternsForm(request.POST if request.method == "POST" else None)
    return render(
        request, "patterns/patterns.html", {"form": form, "sent": request.method == "POST" and form.is_valid()}
    )
