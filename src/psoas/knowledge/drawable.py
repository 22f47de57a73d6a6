"""Lint of the movements: a body can take every one of them, and what is said to show a step is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.knowledge.links import file_of, problem
from psoas.knowledge.movements import movement_names, movement_of
from psoas.knowledge.schema import Exercise, Knowledge
from psoas.movement.skeleton import Person, Unfit
from psoas.movement.solve import solve


def movements(knowledge: Knowledge) -> Iterator[str]:
    """Each movement of an exercise or test known here that is out of reach, or whose contacts contradict each other.

    And each form of a step that is said to be shown, but is none, or by a movement that is not drawn.
    """
    for exercise in knowledge.exercises.values():
        yield from _shown(exercise)
    known = {*knowledge.exercises, *knowledge.measures}
    for m in map(movement_of, movement_names()):
        if m is not None and m.exercise in known:
            try:
                solve(m, person=Person())
            except Unfit as refused:
                yield f"movements: {refused}"


def _shown(exercise: Exercise) -> Iterator[str]:
    forms = {step.form for step in exercise.ladder}
    for form, name in exercise.drawn.items():
        if form not in forms:
            cause = f'"{form}" is no form of a step'
            yield problem(file_of(exercise.id), key="drawn", cause=cause, remedy="Name a form of its ladder")
        if movement_of(name) is None:
            cause = f'"{name}" is not drawn'
            yield problem(file_of(exercise.id), key="drawn", cause=cause, remedy="Name a movement, or draw it")
