"""How heavy an exercise is for the body in the settings, and the page where a band is weighed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from msgspec import Struct

from psoas.knowledge.movements import movement_names, movement_of
from psoas.knowledge.schema import Exercise
from psoas.movement.equipment import Band, Equipment, weighed
from psoas.movement.load import Torque, computable, curve
from psoas.movement.motion import LoadKind, Movement
from psoas.movement.saying import Change, ankle_against_knee, change, hardest, remarks, unloaded
from psoas.movement.skeleton import GRAVITY, Person, Unfit
from psoas.web.drawn import drawn_for
from psoas.web.forms.base import PageForm
from psoas.web.forms.fields import NumberField
from psoas.web.guard import open_door

MORE = (0.5, 1.0, 2.0, 2.5)  # kilograms that weights commonly differ by
_WEIGHTS = (LoadKind.DUMBBELL, LoadKind.ANKLE_WEIGHT, LoadKind.CABLE)


class Heavy(Struct, frozen=True):
    """How heavy an exercise is: its hardest moment, what more weight would change, and what the number leaves out."""

    hardest: Torque | None
    start_kg: float | None
    steps: tuple[tuple[float, Change], ...]
    at_ankle: float | None
    says: tuple[str, ...]
    banded: bool


def heavy(exercise: Exercise, *, person: Person) -> Heavy | None:
    """How heavy the exercise is on that body; None where it is not drawn or its load is nobody's business to number."""
    m = movement_of(exercise.id)
    if m is None:
        return None
    weighted = any(load.kind in _WEIGHTS for load in m.load)
    start = float(exercise.start_kg or m.load[0].kg) if weighted else None
    equipment = Equipment(kg=start)
    rows = curve(m, person=person, equipment=equipment)
    nothing = unloaded(m, person=person, rows=rows)
    return Heavy(
        hardest=hardest(rows) if computable(m) and not nothing else None,
        start_kg=start,
        steps=_steps(m, person=person, start=start) if start is not None else (),
        at_ankle=ankle_against_knee(m, person=person) if computable(m) and not nothing else None,
        says=tuple(remarks(m, person=person, rows=rows, equipment=equipment)),
        banded=any(load.kind is LoadKind.BAND and load.drawn != "strap" for load in m.load),
    )


def _steps(m: Movement, *, person: Person, start: float) -> tuple[tuple[float, Change], ...]:
    """What each common step of weight above the first one changes."""
    before = Equipment(kg=start)
    return tuple((kg, change(m, person=person, before=before, after=Equipment(kg=start + kg))) for kg in MORE)


class BandForm(PageForm):
    """A band on a luggage scale at two stretches."""

    short = NumberField(label="Length at the first reading", unit="cm", low=5, high=400)
    light = NumberField(label="What the scale shows at the first reading", unit="kg", low=0, high=60)
    long = NumberField(label="Length at the second reading, stretched further", unit="cm", low=5, high=400)
    strong = NumberField(label="What the scale shows at the second reading", unit="kg", low=0, high=60)
    reach = NumberField(
        label="Distance from where it is worn to where it is fixed, at the start",
        unit="cm",
        low=10,
        high=500,
        required=False,
        help_text="For exercises with a band that is fixed to something.",
    )


@open_door
def band(request: HttpRequest) -> HttpResponse:
    """Weigh a band: two readings, and what it asks of the hip in each exercise that takes one. Nothing is kept."""
    form = BandForm(request.GET if "short" in request.GET else None)
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        said = {name: float(value) for name, value in form.cleaned_data.items() if value is not None}
        try:
            measured = weighed(
                (said["short"] / 100, said["light"] * GRAVITY), (said["long"] / 100, said["strong"] * GRAVITY)
            )
        except Unfit as refused:
            form.add_error("strong", _told(refused))
        else:
            reach = said["reach"] / 100 if "reach" in said else None
            person = drawn_for(request).person
            found = {
                "band": measured,
                "rest_cm": measured.rest * 100,
                "rows": _with(measured, reach=reach, person=person),
            }
    return render(request, "exercises/band.html", {"form": form, **found})


def _with(measured: Band, *, reach: float | None, person: Person) -> list[dict[str, object]]:
    """Each exercise that takes a band: what it asks with this one, or why it cannot be."""
    rows: list[dict[str, object]] = []
    for m in map(movement_of, movement_names()):
        if m is None or not computable(m) or not any(load.kind is LoadKind.BAND for load in m.load):
            continue
        try:
            most = hardest(curve(m, person=person, equipment=Equipment(band=measured, reach=reach)))
            bare = hardest(curve(m, person=person))
        except Unfit as refused:
            rows.append({"movement": m, "refused": _told(refused)})
            continue
        rows.append({"movement": m, "most": most, "more": most.newton_metres - bare.newton_metres})
    return rows


def _told(refused: Unfit) -> str:
    """A refusal as a sentence on a page: without the key that it begins with."""
    words = str(refused).partition(": ")[2]
    return words[0].upper() + words[1:]
