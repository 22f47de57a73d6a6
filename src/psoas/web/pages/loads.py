"""How heavy an exercise is for her, and the page where a band is weighed and kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from msgspec import Struct

from psoas.knowledge.movements import movement_names, movement_of
from psoas.knowledge.schema import Exercise
from psoas.movement.equipment import BARE, Equipment
from psoas.movement.load import Torque, computable, curve
from psoas.movement.motion import LoadKind, Movement
from psoas.movement.saying import ankle_against_knee, change, hardest, remarks, unloaded
from psoas.movement.skeleton import Person, Unfit
from psoas.pathway.course import Course
from psoas.pathway.loading import in_hand, weighed_bands
from psoas.web.drawn import drawn_for
from psoas.web.forms.bands import BandForm, KeptBandForm, band_choices, band_of, band_weighed
from psoas.web.forms.fields import is_number
from psoas.web.guard import open_door
from psoas.web.models import Account
from psoas.web.telling import load_words
from psoas.web.visit import Visit, kept
from psoas.web.weight import Using, banded, refusal

MORE = (0.5, 1.0, 2.0, 2.5)  # kilograms that weights commonly differ by
MOST_STEPS = 4
_WEIGHTS = (LoadKind.DUMBBELL, LoadKind.ANKLE_WEIGHT, LoadKind.CABLE)


class Step(Struct, frozen=True):
    """More load, by name, and what it changes for the hip."""

    name: str
    words: str


class Heavy(Struct, frozen=True):
    """How heavy an exercise is: its hardest moment, what more load would change, and what the number leaves out."""

    hardest: Torque | None
    with_: str
    steps: tuple[Step, ...]
    at_ankle: float | None
    says: tuple[str, ...]
    banded: bool
    form: str = ""  # the way of doing it that is weighed here, where it is not the exercise as described
    hers: bool = False  # by what she has, not by common weights
    prescribed: bool = False


def heavy(
    exercise: Exercise, *, person: Person, hers: Using | None = None, course: Course | None = None
) -> Heavy | None:
    """How heavy the exercise is on that body, as she does it now; None where it is not drawn.

    Without a course it is weighed with its first weight, and so it is where the course does not know a load for it.
    """
    m = movement_of(hers.form if hers else exercise.id)
    if m is None:
        return None
    equipment, name = _in_use(exercise, m, hers=hers, course=course)
    try:
        rows = curve(m, person=person, equipment=equipment)
    except Unfit as refused:
        return Heavy(None, name, (), None, (refusal(refused),), banded(m))
    numbered = computable(m) and not unloaded(m, person=person, rows=rows)
    return Heavy(
        hardest=hardest(rows) if numbered else None,
        with_=name,
        steps=_steps(m, person=person, equipment=equipment, hers=hers, course=course) if computable(m) else (),
        at_ankle=ankle_against_knee(m, person=person) if numbered else None,
        says=tuple(remarks(m, person=person, rows=rows, equipment=equipment)),
        banded=banded(m),
        form=m.name if m.id != exercise.id else "",
        hers=bool(hers and hers.loads),
        prescribed=bool(hers and hers.prescribed and name),
    )


def _in_use(exercise: Exercise, m: Movement, *, hers: Using | None, course: Course | None) -> tuple[Equipment, str]:
    """What it is weighed with, and its name: her load, else the exercise's first weight; nothing where none is known."""
    if hers is not None and course is not None and hers.loads:
        known = in_hand(hers.load, course=course)
        return (known, load_words(hers.load)) if known else (BARE, "")
    if any(load.kind in _WEIGHTS for load in m.load):
        kg = float(exercise.start_kg or m.load[0].kg)
        return Equipment(kg=kg), f"{kg:g} kg"
    return BARE, ""


def _steps(
    m: Movement, *, person: Person, equipment: Equipment, hers: Using | None, course: Course | None
) -> tuple[Step, ...]:
    """What each heavier load that she has would change; where nobody knows what she has, each common step of weight."""
    if hers is not None and course is not None and hers.loads:
        if equipment == BARE:  # a band that was not weighed: what the others add to it nobody knows
            return ()
        loads = hers.loads[hers.loads.index(hers.load) + 1 :] if hers.load in hers.loads else hers.loads
        mine = ((load_words(load), in_hand(load, course=course)) for load in loads[:MOST_STEPS])
        return tuple(Step(name, _more(m, person=person, before=equipment, after=after)) for name, after in mine)
    if equipment.kg is None:
        return ()
    common = ((f"+{kg:g} kg", Equipment(kg=equipment.kg + kg)) for kg in MORE)
    return tuple(Step(name, _more(m, person=person, before=equipment, after=after)) for name, after in common)


def _more(m: Movement, *, person: Person, before: Equipment, after: Equipment | None) -> str:
    """The change for the hip in words, or why there is no number."""
    if after is None:
        return "Not known before this band is weighed too."
    try:
        return change(m, person=person, before=before, after=after).words
    except Unfit as refused:
        return refusal(refused)


# ---- a band on the scale


@open_door
def band(request: HttpRequest) -> HttpResponseBase:
    """Weigh a band: what it asks of the hip in each exercise that takes one. Who has bands in her wishes can keep it."""
    visit = Visit(request) if isinstance(request.user, Account) else None
    bands = visit.course.wish.equipment.bands if visit else 0
    if visit is None or not bands:
        return _worked_out(request)
    form = KeptBandForm(request.POST if request.method == "POST" else None, bands=bands)
    if form.is_bound and form.is_valid():
        return kept(lambda: _keep(visit, form), request=request)
    return render(request, "exercises/band.html", {"form": form, **_hers(visit, bands=bands)})


def _worked_out(request: HttpRequest) -> HttpResponse:
    """The readings in the address, worked out; nothing is kept."""
    form = BandForm(request.GET if "short" in request.GET else None)
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        reach = form.cleaned_data["reach"]
        found = _found(Equipment(band=band_of(form.cleaned_data), reach=float(reach) / 100 if reach else None), request)
    return render(request, "exercises/band.html", {"form": form, **found})


def _keep(visit: Visit, form: KeptBandForm) -> HttpResponse:
    visit.write(band_weighed(form.cleaned_data), entry=form.cleaned_data["entry"])
    return redirect(f"{reverse('band')}?band={form.cleaned_data['band']}")


def _hers(visit: Visit, *, bands: int) -> dict[str, Any]:
    """Her bands, and of the one just weighed what it asks in each exercise."""
    known = weighed_bands(visit.course)
    mine = [(name, _lengths(known.get(int(number)))) for number, name in band_choices(bands)]
    asked = visit.request.GET.get("band", "")
    one = known.get(int(asked)) if is_number(asked) else None
    name = dict(band_choices(bands)).get(asked, "")
    return {"mine": mine, **({"name": name} | _found(one, visit.request) if one and name else {})}


def _lengths(one: Equipment | None) -> dict[str, float] | None:
    """How long a band is at rest and how far away it is fixed, in centimetres; None where it was not weighed."""
    if one is None or one.band is None or one.reach is None:
        return None
    taut = one.reach == one.band.rest
    return {"rest_cm": one.band.rest * 100} | ({} if taut else {"reach_cm": one.reach * 100})


def _found(one: Equipment, request: HttpRequest) -> dict[str, Any]:
    """A band's length at rest, and what it asks of the hip."""
    if one.band is None:
        return {}
    return {
        "band": one.band,
        "rest_cm": one.band.rest * 100,
        "rows": list(_with(one, person=drawn_for(request).person)),
    }


def _with(one: Equipment, *, person: Person) -> Iterator[dict[str, object]]:
    """Each exercise that takes a band: what it asks with this one, or why it cannot be."""
    for m in map(movement_of, movement_names()):
        if m is None or not computable(m) or not banded(m):
            continue
        try:
            most = hardest(curve(m, person=person, equipment=one))
            bare = hardest(curve(m, person=person))
        except Unfit as refused:
            yield {"movement": m, "refused": refusal(refused)}
            continue
        yield {"movement": m, "most": most, "more": most.newton_metres - bare.newton_metres}
