"""Lint of the self-tests: what stands beside their steps is drawn, and a method has its place in the general test."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.knowledge.links import problem
from psoas.knowledge.movements import movement_of
from psoas.knowledge.schema import Knowledge, Measure


def tests(knowledge: Knowledge) -> Iterator[str]:
    """Each test whose pictures are not one to a step or are not drawn, or whose method stands in no step of its general test."""
    for measure in knowledge.measures.values():
        yield from _pictures(measure)
        general = knowledge.measures.get(measure.id.partition(".")[0])
        if measure.spells_out and not 1 <= measure.spells_out <= (len(general.steps) if general else 0):
            key, cause = f"{measure.id}.spells_out", f"there is no step {measure.spells_out} to stand for"
            yield problem(
                "assessment.toml", key=key, cause=cause, remedy="Name a step of the measure it is a method of"
            )


def _pictures(measure: Measure) -> Iterator[str]:
    key = f"{measure.id}.shows"
    if measure.shows and len(measure.shows) != len(measure.steps):
        cause = f"{len(measure.shows)} of {len(measure.steps)} steps have their place"
        yield problem("assessment.toml", key=key, cause=cause, remedy='Write one for each step, "" where there is none')
    for shown in filter(None, measure.shows):
        name, _, position = shown.partition(" ")
        movement = movement_of(name)
        if movement is None or (position and position not in movement.names):
            cause = f'"{shown}" is not drawn'
            remedy = "Name a movement, and after a space one of its positions if it shall stand still"
            yield problem("assessment.toml", key=key, cause=cause, remedy=remedy)
