"""The moving picture: in tempo, breathing, sound at every moment, still where less motion is wanted, and small."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from bodies import MAN, NAMES, movement
from shapely import box
from shapely.geometry import Point, Polygon

from psoas.movement.animation import BREATHING, PAUSE_S, moving_picture, reel
from psoas.movement.film import Sketch, aligned
from psoas.movement.motion import Prop, PropKind
from psoas.movement.skeleton import Person, Unfit
from psoas.movement.solve import moments

LIMIT = 100_000
SVG = "{http://www.w3.org/2000/svg}"
PAGE = (0.0, 0.0, 2.0, 2.0)


@pytest.mark.parametrize("name", NAMES)
def test_every_movement_moves_within_100_kilobytes(name):
    """At most 100 kB packed, well formed, told in words, without script or outside address; every part has one name."""
    text = moving_picture(movement(name), person=Person(), window=True)
    assert len(gzip.compress(text.encode())) <= LIMIT
    root = ET.fromstring(text)  # noqa: S314 - our own picture, made a line above
    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "g", "path", "rect", "circle", "use", "clipPath", "animate"}
    assert not re.search(r"<script|\son\w+=|url\([^#]|href=\"[^#]", text)
    assert root.findtext(f"{SVG}title")
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    _changes_keep_corners_and_times(root)


def _changes_keep_corners_and_times(root: ET.Element) -> None:
    """Each list of shapes has one time for each shape, from 0 to 1, and as many corners in every shape: browsers need it."""
    found = list(root.iter(f"{SVG}animate"))
    assert found
    for one in found:
        times = [float(x) for x in one.get("keyTimes", "").split(";")]
        values = one.get("values", "").split(";")
        assert len(times) == len(values)
        assert times[0] == 0
        assert times[-1] == 1
        assert times == sorted(times)
        if one.get("attributeName") == "d":
            assert len({len(re.findall(r"-?\d*\.?\d+", v)) for v in values}) == 1


def test_a_repetition_takes_the_time_prescribed():
    """Rest, two seconds up, five held, three down; and with ten seconds prescribed, ten are held."""
    m = movement("E16a")
    shown = reel(m, times=moments(m))
    assert shown.total == PAUSE_S + 2 + 5 + 3
    assert reel(m, times=moments(m), hold_s=10).total == PAUSE_S + 2 + 10 + 3
    held = [s for s, f in zip(shown.seconds, shown.frames, strict=True) if f == len(moments(m)) - 1]
    assert held == [PAUSE_S + 2, PAUSE_S + 2 + 5]
    assert f'dur="{shown.total:g}s"' in moving_picture(m, person=MAN)


def test_what_is_not_held_goes_straight_back():
    """Without a hold the top is shown for a moment only."""
    m = movement("E05")
    assert len(set(reel(m, times=moments(m)).seconds)) == len(reel(m, times=moments(m)).seconds)


def test_a_circle_goes_on_while_others_go_back():
    """A hip circle leads from its last position to its first; a leg raise is lowered the way it came."""
    circle, raised = movement("E05"), movement("slr")
    assert list(reel(circle, times=moments(circle)).frames)[-2:] == [11.0, 12.0]
    assert list(reel(raised, times=moments(raised)).frames)[-3:] == [2.0, 1.0, 0.0]


def test_the_chest_breathes_while_the_position_is_held():
    """During a long hold the shirt still changes its form, in whole breaths; nothing else does."""
    m = movement("E01")
    root = ET.fromstring(moving_picture(m, person=MAN))  # noqa: S314 - our own picture
    shown = reel(m, times=moments(m))
    during = [s / shown.total for s in (5.0, 22.0)]
    for part in root.iter(f"{SVG}path"):
        for one in part.iter(f"{SVG}animate"):
            times = [float(x) for x in one.get("keyTimes", "").split(";")]
            values = one.get("values", "").split(";")
            seen = {v for t, v in zip(times, values, strict=True) if during[0] < t < during[1]}
            assert (len(seen) > 3) == (part.get("id") == BREATHING)
    assert shown.breath(np.array([0.0, shown.total])) == pytest.approx([1, 1])


def test_who_wants_less_motion_sees_the_still_picture():
    """The still picture lies in the same file, and the one style in it chooses between the two."""
    text = moving_picture(movement("E16a"), person=MAN)
    assert "prefers-reduced-motion:reduce" in text
    still = text.partition('<g class="still">')[2]
    assert "stroke-dasharray" in still
    assert "<animate" not in still


def test_nothing_moves_through_a_wall():
    """A movement that is sound at its key positions but not between them has no moving picture."""
    m = movement("E12")
    thing = Prop("box", PropKind.BOX, near="worked.ball", dx=0.3, width=0.1, height=0.5)
    with pytest.raises(Unfit, match="depth in box"):
        moving_picture(msgspec.structs.replace(m, prop=(thing,), load=(), id="through a box"), person=MAN)


def test_a_shape_keeps_its_place_from_moment_to_moment():
    """The corners of a turned outline lie on it, each near where it was: a fifth of a turn moves none across the shape."""
    square = np.array(box(0, 0, 200, 200).exterior.coords)[:-1]
    turned = np.roll(square, 2, axis=0) + np.array([3.0, 1.0])
    one, two = aligned([square, turned])
    assert one.shape == two.shape
    assert np.linalg.norm(two - one, axis=1).max() < 10
    for corner in square:
        assert np.linalg.norm(one - corner, axis=1).min() == 0


def test_a_sketch_keeps_what_a_page_writes():
    """Areas, lines and discs are kept with their colours; an area that is nowhere has one point."""
    page = Sketch(PAGE, flip=True)
    page.layer = "near"
    page.dot(np.array([1.0, 1.0]), 0.1, "#123456")
    page.fill(Polygon(), "#fff", dash="1 2")
    page.shaded(Point(1, 1).buffer(0.5), "#abcdef", shade="#000", line="#111", width=2)
    page.line(np.array([[0.0, 0.0], [1.0, 1.0]]), "#222", width=3)
    assert list(page.strokes) == ["near0", "near1", "near2", "near3"]
    assert len(page.strokes["near1"].points) == 1
    assert page.strokes["near2"].shade == "#000"
    assert page.strokes["near3"].kind == "line"


def test_what_happens_inside_is_shown_from_inside():
    """A squeeze that moves nothing shows its muscles always; a lift only where they are asked for."""
    squeeze, lift = movement("E15"), movement("E16a")
    assert squeeze.unseen
    assert moving_picture(squeeze, person=MAN) == moving_picture(squeeze, person=MAN, window=True)
    assert moving_picture(lift, person=MAN) != moving_picture(lift, person=MAN, window=True)
    assert not movement("E07").unseen


def test_the_reach_back_is_held_three_times():
    """Back, push, back: each of the three holds of one cycle as long as prescribed, on the way there and on the way home (X56)."""
    m = movement("E17")
    shown = reel(m, times=moments(m), hold_s=15)
    rests = [round(b - a, 3) for (a, f), (b, g) in pairwise(zip(shown.seconds, shown.frames, strict=True)) if f == g]
    assert rests == [PAUSE_S, 15, 15, 15]
    held = [f for (_, f), (_, g) in pairwise(zip(shown.seconds, shown.frames, strict=True)) if f == g]
    back, push = m.keyframe_named("back").t, m.keyframe_named("push").t
    assert [moments(m)[int(f)] for f in held] == pytest.approx([0, back, push, back], abs=0.05)
    assert shown.total == PAUSE_S + 2 + 3 * 15 + 2
