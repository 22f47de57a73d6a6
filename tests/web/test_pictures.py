"""Pictures of the exercises: drawn from the movement, on the page of each, and an honest gap where there is none."""

from __future__ import annotations

import pytest

from psoas.knowledge.loader import load
from psoas.knowledge.movements import movement_of

EXERCISES = sorted(load().exercises)


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_page_shows_its_positions(client, name):
    """Each of the nineteen entries has a picture of every key position, each with words beside it."""
    movement = movement_of(name)
    page = client.get(f"/exercises/{name}/").content.decode()
    assert movement is not None
    for key in movement.keyframe:
        assert f"/pictures/{name}/{key.name}/right.svg" in page


@pytest.mark.django_db
def test_a_picture_is_mirrored_for_the_other_side(client):
    """The left side's picture is another one than the right side's, and both are drawings."""
    left, right = (client.get(f"/pictures/E16a/{_last('E16a')}/{side}.svg") for side in ("left", "right"))
    assert left["Content-Type"] == right["Content-Type"] == "image/svg+xml"
    assert left.content != right.content
    assert left.content.startswith(b"<svg")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["E99/start/right", "E16a/nowhere/right", "E16a/start/middle"])
def test_what_is_not_drawn_is_not_there(client, path):
    """An unknown movement, position or side has no picture."""
    assert client.get(f"/pictures/{path}.svg").status_code == 404


def test_a_movement_not_drawn_yet_is_an_honest_gap():
    """Where no movement is written there is none."""
    assert movement_of("E99") is None


def _last(name: str) -> str:
    movement = movement_of(name)
    assert movement is not None
    return movement.keyframe[-1].name
