"""Pictures of the exercises: drawn from the movement, on the page of each, and an honest gap where there is none."""

from __future__ import annotations

import gzip
import re

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


@pytest.mark.django_db
def test_a_moving_picture_moves_by_itself_and_is_mirrored(client):
    """The moving picture is SVG with changes of form over time, on either side, and may be kept by the browser."""
    left, right = (client.get(f"/pictures/E16a/moving/{side}.svg") for side in ("left", "right"))
    assert right["Content-Type"] == "image/svg+xml"
    assert b"<animate " in right.content
    assert b"left side working" in left.content
    assert "max-age" in right["Cache-Control"]


@pytest.mark.django_db
def test_a_moving_picture_is_packed_for_who_can_unpack_it(client):
    """The same picture arrives packed or not, as the browser asks; packed it stays below 100 kB."""
    plain = client.get("/pictures/E16a/moving/right.svg")
    packed = client.get("/pictures/E16a/moving/right.svg", headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) <= 100_000
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.django_db
def test_the_hold_prescribed_is_the_hold_shown(client):
    """Ten seconds of hold instead of five make the repetition five seconds longer; nonsense leaves the movement's own."""
    own, longer, nonsense = (
        client.get(f"/pictures/E16a/moving/right.svg{query}").content.decode()
        for query in ("", "?hold=10", "?hold=ten")
    )
    assert _repetition(longer) == _repetition(own) + 5
    assert nonsense == own


@pytest.mark.django_db
def test_opened_on_its_own_the_moving_picture_may_use_its_one_style(client):
    """The policy of that answer names the hash of the style inside, and still forbids script from the page."""
    policy = client.get("/pictures/E16a/moving/right.svg")["Content-Security-Policy"]
    assert "'sha256-" in policy
    assert "script-src 'self'" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["E99/moving/right", "E16a/moving/both"])
def test_no_movement_no_moving_picture(client, path):
    """An unknown movement or side does not move."""
    assert client.get(f"/pictures/{path}.svg").status_code == 404


def _repetition(svg: str) -> float:
    return max(float(seconds) for seconds in re.findall(r'dur="([\d.]+)s"', svg))
