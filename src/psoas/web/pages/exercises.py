"""The exercises: all of them, and a page for each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from psoas.knowledge.schema import Exercise
from psoas.web.citing import cited
from psoas.web.desk import knowledge
from psoas.web.drawn import drawn_for
from psoas.web.guard import open_door
from psoas.web.models import Account
from psoas.web.pages.loads import Heavy, heavy
from psoas.web.visit import Visit
from psoas.web.weight import using
from psoas.web.wording import SHELVES, plain, set_up


@open_door
def exercises(request: HttpRequest) -> HttpResponse:
    """Every exercise, by what it is for."""
    found = sorted(knowledge().exercises.values(), key=lambda one: one.id)
    shelves = [(name, [one for one in found if one.category in kinds]) for name, kinds in SHELVES.items()]
    return render(request, "exercises/index.html", {"shelves": shelves, "count": len(found)})


@open_door
def exercise(request: HttpRequest, exercise_id: str) -> HttpResponse:
    """One exercise: how it is done, how it grows, who should not, and on what grounds."""
    found = knowledge().exercises.get(exercise_id)
    if found is None:
        raise Http404
    side = "left" if request.GET.get("side") == "left" else "right"
    load = _load(request, found, side=side)
    return render(request, "exercises/exercise.html", {"exercise": found, "side": side, "heavy": load, **_told(found)})


def _load(request: HttpRequest, exercise: Exercise, *, side: str) -> Heavy | None:
    """How heavy it is: with what her plan prescribes or she has at home; for who is nobody yet, with its first weight."""
    person = drawn_for(request).person
    if not isinstance(request.user, Account):
        return heavy(exercise, person=person)
    visit = Visit(request)
    hers = using(visit.course, exercise=exercise, side=side, knowledge=knowledge(), now=visit.now)
    return heavy(exercise, person=person, hers=hers, course=visit.course)


def _told(exercise: Exercise) -> dict[str, object]:
    """What the page tells beside the exercise's own fields."""
    by_role = {
        role: [muscle.id for muscle in exercise.muscles if muscle.role == role] for role in knowledge().words["role"]
    }
    sources = [*exercise.sources, *(source for one in exercise.exclusions for source in one.sources)]
    return {
        "set_up": set_up(exercise),
        "one_side": exercise.sided != "both",
        "muscles": [(plain(role).capitalize(), muscles) for role, muscles in by_role.items() if muscles],
        "never": [one for one in exercise.exclusions if one.then == "exclude"],
        "otherwise": [one for one in exercise.exclusions if one.then != "exclude"],
        "sources": cited(sources, references=knowledge().references),
    }
