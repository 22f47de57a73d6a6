"""The exercises: all of them, and a page for each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from psoas.knowledge.movements import movement_of
from psoas.knowledge.schema import Exercise
from psoas.movement.motion import View
from psoas.web.citing import cited
from psoas.web.desk import knowledge
from psoas.web.guard import open_door
from psoas.web.pages.pictures import positions
from psoas.web.wording import ROLES, SHELVES, set_up


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
    return render(request, "exercises/exercise.html", {"exercise": found, **_told(found)})


def _told(exercise: Exercise) -> dict[str, object]:
    """What the page tells beside the exercise's own fields."""
    by_role = {role: [muscle.id for muscle in exercise.muscles if muscle.role == role] for role in ROLES}
    sources = [*exercise.sources, *(source for one in exercise.exclusions for source in one.sources)]
    return {
        "set_up": set_up(exercise),
        "pictures": positions(exercise.id),
        "seen": _seen_from(exercise.id),
        "muscles": [(ROLES[role], muscles) for role, muscles in by_role.items() if muscles],
        "never": [one for one in exercise.exclusions if one.then == "exclude"],
        "otherwise": [one for one in exercise.exclusions if one.then != "exclude"],
        "sources": cited(sources, references=knowledge().references),
    }


SEEN_FROM = {View.SIDE: "from the side", View.TOP: "from above"}


def _seen_from(name: str) -> str:
    """From where the pictures of that movement look at her; empty where there is none."""
    movement = movement_of(name)
    return SEEN_FROM[movement.view] if movement else ""
