"""The picture: a whole body in the solved pose, small, quick, safe to embed, and told in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape

import msgspec
import numpy as np
import pytest
import resvg_py
from bodies import BODIES, MAN, NAMES, WOMAN, movement

from psoas.movement.anatomy import psoas_lever
from psoas.movement.angles import PLACE
from psoas.movement.facing import Facing
from psoas.movement.figure import picture, size
from psoas.movement.flesh import Flesh
from psoas.movement.motion import Keyframe, Load, LoadKind, Prop, PropKind, View
from psoas.movement.outline import marks
from psoas.movement.paint import TONES, Look
from psoas.movement.pose import vector
from psoas.movement.scenery import EFFORT
from psoas.movement.skeleton import Person, Unfit, body
from psoas.movement.solve import solve

LIMIT = 40_000
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", NAMES)
def test_every_movement_has_a_small_safe_told_picture(name):
    """At most 40 kB, well formed, without script, style sheet or outside address, with a title and a description; no words that could overlap."""
    text = picture(movement(name), person=Person())
    assert len(text.encode()) <= LIMIT
    root = ET.fromstring(text)  # noqa: S314 - our own picture, made a line above
    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert tags <= {"svg", "title", "desc", "path", "rect", "circle"}
    assert not re.search(r"<script|<style|href|style=|\son\w+=|url\(", text)
    assert text.count("http") == 1  # the name of the format itself
    title, desc = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")
    assert title
    assert movement(name).name in title
    assert all(k.words in (desc or "") for k in movement(name).keyframe)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_position_can_be_shown_on_a_light_and_a_heavy_body(name):
    """Each key position is drawn, for the smallest woman and the largest man."""
    m = movement(name)
    for person in (BODIES[0], BODIES[-1]):
        for k in m.keyframe:
            assert k.words in unescape(picture(m, person=person, frame=k.t))


def test_a_renderer_that_is_not_a_browser_draws_it():
    """The picture has paint on it: skin, shirt and the marked shoe are found among the pixels."""
    svg = picture(movement("E16a"), person=MAN)
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg))
    assert png.startswith(b"\x89PNG")
    assert len(png) > 10_000
    for color in (TONES["medium"][0], "#3d7ea6", "#f2a04e"):
        assert color in svg


def test_left_is_the_mirror_of_right():
    """The other side is the same picture mirrored, and says which side works."""
    right, left = (picture(movement("E16a"), person=MAN, side=s) for s in ("right", "left"))
    assert "right side working" in right
    assert "left side working" in left
    width = float(re.search(r'viewBox="0 0 (\d+)', right)[1])
    eye = r'<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" fill="#2a2a2a"'
    (rx, ry), (lx, ly) = (re.search(eye, t).groups() for t in (right, left))
    assert float(rx) + float(lx) == pytest.approx(width, abs=1.5)
    assert ry == ly


def test_the_joints_in_the_picture_are_the_joints_of_the_model():
    """The hip's angle measured from the drawn hip and knee is the solved angle, to half a degree."""
    m = movement("slr")
    solved = solve(m, person=MAN)
    flesh = Flesh(solved.body, q=np.array(solved.keys[-1]), fists=frozenset())
    hip, knee = (flesh.spot(marks(solved.body)[n][0], front=0, up=0) for n in ("worked.hip", "worked.knee"))
    slope = np.degrees(np.arctan2(*(knee - hip)[::-1]))
    assert slope == pytest.approx(60, abs=4)  # the pelvis lies a little tipped on the mat
    q = np.array(solved.keys[-1])
    assert slope == pytest.approx(np.degrees(q[PLACE["worked.hip"]] - q[PLACE["tilt"]]) - 90, abs=0.5)


def test_tones_hair_and_builds_change_the_picture_but_not_the_pose():
    """Four skin tones, two ways to wear hair, two sexes and several builds all draw."""
    m = movement("E12")
    looks = [Look(tone, tied) for tone in TONES for tied in (True, False)]
    drawn = {picture(m, person=MAN, look=look) for look in looks}
    assert len(drawn) == len(looks)
    assert picture(m, person=WOMAN) != picture(m, person=Person(1.65, 60))
    assert picture(m, person=Person(1.65, 110)) != picture(m, person=Person(1.65, 60))


def test_without_ghost_and_window_there_is_only_the_person():
    """Ghost, arrow and window into the body can be left out."""
    m = movement("E16a")
    full, bare = (picture(m, person=MAN, ghost=g, window=g) for g in (True, False))
    assert "stroke-dasharray" in full
    assert "stroke-dasharray" not in bare
    assert len(bare) < len(full)
    assert "stroke-dasharray" not in picture(m, person=MAN, frame=0.0)


def test_both_sides_are_named_where_both_work():
    """A movement of both legs says so instead of naming a side."""
    assert "both sides" in picture(movement("E09"), person=MAN)


def test_a_pose_that_sinks_is_never_published():
    """A movement whose way leads through a box is refused, not drawn."""
    m = movement("E12")
    box = Prop("box", PropKind.BOX, near="worked.ball", width=0.3, height=0.4)
    with pytest.raises(Unfit, match="depth in box"):
        picture(msgspec.structs.replace(m, prop=(box,), load=(), id="through a box"), person=MAN, frame=0.0)


def test_everything_that_can_stand_or_hang_in_a_picture_is_drawn():
    """Things that no movement of the house uses yet still draw: cuff, cushion under the head, wall behind."""
    m = movement("E06")
    things = (*m.prop, Prop("cushion", PropKind.CUSHION, near="head", width=0.3, fit="head"))
    lying = tuple(c for c in m.contact if c.part != "head")
    cuffed = msgspec.structs.replace(
        m,
        prop=things,
        contact=lying,
        load=(Load(LoadKind.ANKLE_WEIGHT, "worked.shin_low", 1.0),),
        id="cuffed",
        arrow="",
    )
    text = picture(cuffed, person=MAN)
    assert "#5b6671" in text
    assert "#e9e4d8" in text
    stand = movement("E12")
    behind = msgspec.structs.replace(
        stand,
        keyframe=(Keyframe("start", 0, "back to the wall", {"tilt": 0}),),
        prop=(Prop("wall", PropKind.WALL, near="seat", dx=-0.3),),
        contact=tuple(c for c in stand.contact if c.part == "other.foot"),
        load=(),
        id="wall behind",
    )
    assert "#d3dce4" in picture(behind, person=MAN)


@pytest.mark.parametrize("flexion", range(0, 91, 10))
def test_the_drawn_psoas_keeps_the_lever_that_models_give_it(flexion):
    """From 0 to 90 degrees the drawn course passes the hip at 1.9 to 4.4 cm, as published models do."""
    assert 0.019 <= psoas_lever(flexion) <= 0.044


def test_every_picture_of_a_movement_has_one_size():
    """The room that a page keeps for a picture is the room that it takes, at every position."""
    m = movement("E18")
    wide, high = size(m, person=MAN)
    for k in m.keyframe:
        assert f'viewBox="0 0 {wide} {high}"' in picture(m, person=MAN, frame=k.t)


def test_what_happens_to_the_side_is_seen_from_the_front_too():
    """A hip circle stands twice in its picture, from the side and from the front, and says so; a leg raise stands once."""
    circle = movement("E05")
    assert circle.views == (View.SIDE, View.FRONT)
    twice = picture(circle, person=MAN, frame=circle.keyframe_named("out").t)
    once = picture(
        msgspec.structs.replace(circle, also=(), id="one view"), person=MAN, frame=circle.keyframe_named("out").t
    )
    assert "from the front" in twice
    assert "from the front" not in once
    eyes = r'<circle [^>]*fill="#2a2a2a"'
    assert (len(re.findall(eyes, twice)), len(re.findall(eyes, once))) == (3, 1)


@pytest.mark.parametrize("spread", [0, 20, 42])
def test_the_spread_of_the_leg_from_the_front_is_the_models(spread):
    """A straight leg that is spread is drawn at that angle, to half a degree, on the person's own side."""
    q = vector({"worked.hip_out": spread}, y=0.9)
    facing = Facing(body(MAN), q=q, fists=frozenset(), middle=1.0)
    hip, knee = (facing.spot(f"worked.{n}", front=0, up=0) for n in ("thigh", "shank"))
    assert hip[0] < 1.0
    across, down = hip - knee
    assert np.degrees(np.arctan2(across, down)) == pytest.approx(spread, abs=0.5)


def test_from_the_front_nobody_is_wider_or_taller_than_they_are():
    """Standing, the head ends at the person's height, the soles at the floor, and both sides are alike."""
    for person in (BODIES[0], MAN, BODIES[-1]):
        solved = solve(movement("E12"), person=person)
        whole = Facing(solved.body, q=np.array(solved.keys[0]), fists=frozenset(), middle=0.0).whole()
        left, bottom, right, top = whole.bounds
        assert abs(bottom) < 0.02
        assert top == pytest.approx(person.height, abs=0.04)
        assert left == pytest.approx(-right, abs=0.01)


def test_the_turn_of_the_thighs_is_an_arrow_on_each():
    """In the buttock squeeze two arrows turn the thighs inwards; before it there are none."""
    m = movement("E15")
    start, squeezed = (picture(m, person=WOMAN, frame=t) for t in (0.0, 1.0))
    assert EFFORT not in start
    assert squeezed.count(f'stroke="{EFFORT}"') == 2


def test_what_measures_is_drawn_only_where_it_measures():
    """The tape hangs from the hanging leg, and from nothing while both knees are hugged."""
    m = movement("mtt.tape")
    tape = "#f7d154"
    assert tape not in picture(m, person=MAN, frame=0.0)
    assert picture(m, person=MAN, frame=m.keyframe_named("hang").t).count(tape) == 2
