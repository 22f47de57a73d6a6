"""Lint of the movements: a body can take every one of them."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.knowledge.movements import movement_names, movement_of
from psoas.knowledge.schema import Knowledge
from psoas.movement.skeleton import Person, Unfit
from psoas.movement.solve import solve


def movements(knowledge: Knowledge) -> Iterator[str]:
    """Each movement of an exercise or test known here that is out of reach, or whose contacts contradict each other."""
    known = {*knowledge.exercises, *knowledge.measures}
    for m in map(movement_of, movement_names()):
        if m is not None and m.exercise in known:
            try:
                solve(m, person=Person())
            except Unfit as refused:
                yield f"movements: {refused}"
