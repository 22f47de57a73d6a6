"""Contacts are solved: every movement, every body, every moment; and what cannot be is refused."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from bodies import BODIES, MAN, NAMES, movement

from psoas.movement.angles import ANGLES, PLACE
from psoas.movement.motion import Contact, Keyframe, Meeting, Movement, Prop, PropKind, View
from psoas.movement.pose import frames, vector
from psoas.movement.skeleton import Person, Unfit
from psoas.movement.solve import CLOSE, DEEP, poses, solve
from psoas.movement.surfaces import depth, placed


@pytest.mark.parametrize("name", NAMES)
def test_nothing_floats_and_nothing_sinks(name):
    """For twelve bodies and at every frame each contact is within 5 mm, nothing is deeper than 10 mm, no joint beyond its range."""
    m = movement(name)
    low, high = (np.array([a.radians[i] for a in ANGLES]) for i in (0, 1))
    for person in BODIES:
        solved = solve(m, person=person)
        for t, q in poses(m, person=person):
            off, sunk = solved.gaps(t, q=q), solved.depths(q)
            assert max(off.values(), default=0) <= CLOSE, (person, t, off)
            assert max(sunk.values(), default=0) <= DEEP, (person, t, sunk)
            assert (q[2:] > low - 0.01).all(), (person, t)
            assert (q[2:] < high + 0.01).all(), (person, t)


def test_the_heel_is_a_hands_breadth_up_on_every_body():
    """In the lying hold the heel is 10 cm over the floor, whoever lies there."""
    m = movement("E06")
    for person in BODIES:
        solved = solve(m, person=person)
        foot = frames(solved.body, q=np.array(solved.keys[-1])[None])["worked.foot"]
        k = solved.body.scale
        heel = min(float(foot.at(x * k, y * k)[0, 1]) for x, y in ((-0.066, -0.046), (-0.055, -0.068), (0.0, -0.068)))
        assert heel == pytest.approx(0.10, abs=0.005)


def test_form_rules_hold_in_the_picture_that_teaches_them():
    """The solved key positions keep the form rules that the movement itself names."""
    for name in NAMES:
        m = movement(name)
        solved = solve(m, person=MAN)
        for rule in m.form_rule:
            value = np.degrees(solved.keys[m.names.index(rule.at)][PLACE[rule.angle]])
            assert rule.low <= value <= rule.high, (name, rule.angle, value)


def two_contacts_that_contradict() -> Movement:
    """One heel on the floor and the same heel 30 cm over it."""
    m = movement("E06")
    return msgspec.structs.replace(m, contact=(*m.contact, Contact("other.heel", "floor", gap=0.3)), id="contradiction")


def test_a_movement_that_contradicts_itself_is_refused():
    """The message names movement, key position, contact and what to do."""
    with pytest.raises(Unfit) as refused:
        solve(two_contacts_that_contradict(), person=MAN)
    assert "contradiction: keyframe start, contact other.heel on floor: is" in str(refused.value)
    assert "take one of the contacts away" in str(refused.value)


def test_a_place_out_of_reach_is_refused():
    """A hand on something two metres up cannot be drawn, so it is not."""
    m = movement("E12")
    far = msgspec.structs.replace(
        m,
        prop=(Prop("shelf", PropKind.BAR, near="worked.grip", y=3.4),),
        meeting=(Meeting("worked.grip", "shelf"),),
        load=(),
        id="out of reach",
    )
    with pytest.raises(Unfit, match=r"out of reach: keyframe start, .* is \d+ mm off on a body of 1\.75 m"):
        solve(far, person=MAN)


def test_a_joint_beyond_its_range_is_refused():
    """A joint that a movement bends past its range is named, with by how much."""
    m = movement("E12")
    keys = (Keyframe("start", 0, "bent over", {"worked.hip": 170}),)
    wrong = msgspec.structs.replace(m, keyframe=keys, contact=(), load=(), meeting=(), id="folded")
    with pytest.raises(Unfit, match=r"folded: keyframe start: worked\.hip would go 30 degrees beyond its range"):
        solve(wrong, person=MAN)


def test_a_moment_that_is_not_sound_is_refused():
    """A pose that sinks into the floor is named with the share of the way, and never drawn."""
    solved = solve(movement("E12"), person=MAN)
    q = np.array(solved.keys[0])
    q[1] -= 0.05
    with pytest.raises(Unfit, match=r"E12: at 0% of the way, contact .*Add a key position in between"):
        solved.sound(0.0, q=q)


def test_before_the_start_and_after_the_end_the_body_stays():
    """A moment outside the movement is its first or last key position."""
    solved = solve(movement("E12"), person=MAN)
    assert tuple(solved.pose(-1)) == solved.keys[0]
    assert tuple(solved.pose(2)) == solved.keys[-1]


def test_a_wall_behind_the_back_keeps_the_body_in_front_of_it():
    """A wall that stands behind is touched by the back of the body and nothing is drawn through it."""
    m = movement("E15-wall") if "E15-wall" in NAMES else movement("E12")
    behind = msgspec.structs.replace(
        m,
        keyframe=(Keyframe("start", 0, "back to the wall", {"tilt": 0}),),
        prop=(Prop("wall", PropKind.WALL, near="seat", dx=-0.01),),
        contact=(Contact("other.foot", "floor"), Contact("worked.foot", "floor"), Contact("pelvis", "wall")),
        meeting=(),
        load=(),
        form_rule=(),
        arrow="",
        still="",
        id="wall behind",
    )
    solved = solve(behind, person=MAN)
    assert solved.gaps(0, q=solved.pose(0))["contact pelvis on wall"] <= CLOSE
    assert solved.depths(solved.pose(0))["wall"] <= DEEP


def test_a_hand_that_would_go_through_the_wall_comes_to_lie_on_it():
    """Even where no contact is declared, hands and knees stay in front of a wall."""
    m = movement("E16a")
    through = msgspec.structs.replace(
        m, contact=tuple(c for c in m.contact if "hand" not in c.part), id="no hands", meeting=()
    )
    solved = solve(through, person=Person(1.75, 75))
    reaching = solved.pose(0).copy()
    assert solved.depths(reaching)["wall"] <= DEEP


def test_how_deep_is_measured_from_the_nearest_side():
    """A point 3 cm under the top of a box and 20 cm from its sides is 3 cm deep; beside the box it is not in it."""
    solved = solve(movement("E12"), person=MAN)
    box = placed(
        Prop("box", PropKind.BOX, width=0.5, height=0.45), body=solved.body, at=np.array([0.0, 0.9]), skin=None
    )
    inside, outside = np.array([[0.0, 0.42]]), np.array([[0.6, 0.42]])
    nothing = np.array([[0.0, 2.0]])
    assert depth(inside, hands=nothing, things={"box": box}, floor=True)["box"] == pytest.approx(0.03)
    assert depth(outside, hands=inside, things={"box": box}, floor=False) == {"box": 0.0}


def test_from_above_there_is_no_floor():
    """In the view from above the floor is the paper, so nothing can sink into it."""
    m = movement("E17")
    assert m.view is View.TOP
    solved = solve(m, person=MAN)
    assert "floor" not in solved.depths(vector({}, y=-1))
