"""The movements beside the exercises: all there, in the exercise's own tempo, with known sources, and possible."""

from __future__ import annotations

import msgspec
import pytest

from psoas.knowledge import drawable
from psoas.knowledge.lint import lint
from psoas.knowledge.loader import load
from psoas.knowledge.movements import movement_names, movement_of, pictured
from psoas.movement.motion import Contact

KNOWLEDGE = load()
SHOWN = [
    (owner, name)
    for owner in KNOWLEDGE.exercises.values()
    for name in (owner.id, *(form.id for form in owner.substitutes))
]


@pytest.mark.parametrize(("owner", "name"), SHOWN, ids=[name for _, name in SHOWN])
def test_every_exercise_and_every_other_way_of_it_is_drawn(owner, name):
    """Each has a movement of its own that belongs to it and goes up and down as slowly as the exercise says."""
    movement = movement_of(name)
    assert movement is not None
    assert movement.exercise == owner.id
    assert (movement.tempo.up_s, movement.tempo.down_s) == (owner.tempo[0], owner.tempo[2])


@pytest.mark.parametrize("name", movement_names())
def test_every_movement_belongs_to_something_and_names_its_sources(name):
    """Its exercise or test is there; each of its sources is in the bibliography."""
    movement = movement_of(name)
    assert movement.id == name
    assert movement.exercise in {*KNOWLEDGE.exercises, *KNOWLEDGE.measures}
    for source in (*movement.sources, *filter(None, [movement.emg_source])):
        assert source.partition(":")[0] in KNOWLEDGE.references


def test_a_movement_that_contradicts_itself_does_not_pass_the_lint(monkeypatch):
    """Two contacts that cannot both be kept are told by file, position, contact and remedy before anybody sees a picture."""
    m = movement_of("E12")
    torn = msgspec.structs.replace(m, id="torn", contact=(*m.contact, Contact("other.foot", "floor", gap=0.2)))
    monkeypatch.setattr(drawable, "movement_of", lambda name: torn if name == "E12" else movement_of(name))
    found = lint(KNOWLEDGE)
    assert len(found) == 1
    assert found[0].startswith("movements: torn: keyframe start, contact ")
    assert "it contradicts another contact or is out of reach" in found[0]


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.measures))
def test_every_test_has_a_picture(name):
    """Each test, and each way of measuring it, is drawn; the general words on strength are by each of its methods."""
    methods = [f"{name}.{method}" for method in KNOWLEDGE.measures[name].methods]
    shown = pictured(name) or [p for method in methods for p in pictured(method)]
    assert shown
    assert all(movement_of(one) is not None for one in shown)


@pytest.mark.parametrize("owner", KNOWLEDGE.exercises.values(), ids=lambda owner: owner.id)
def test_the_moving_picture_is_held_as_long_as_one_of_the_doses_says(owner):
    """Where holds are prescribed it is held as long as one of them, else as long as the pause of the tempo."""
    movement = movement_of(owner.id)
    assert movement is not None
    held = owner.ladder[0].dose.hold_s and owner.id != "E14"  # E14 slides for the whole minute
    holds = {step.dose.hold_s for step in owner.ladder} if held else set()
    assert movement.tempo.hold_s in (holds or {owner.tempo[1]})
