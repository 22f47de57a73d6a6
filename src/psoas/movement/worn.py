"""What a person wears, holds or has laid on: weights, cuffs, ball, tape, phone, meter, and a helper's hand."""

from __future__ import annotations

import numpy as np
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from psoas.movement.facing import Facing
from psoas.movement.flesh import Flesh
from psoas.movement.ink import Page, straight
from psoas.movement.motion import LoadKind, PropKind
from psoas.movement.outline import marks
from psoas.movement.pose import Array
from psoas.movement.solve import Solved
from psoas.movement.surfaces import Placed

Seen = Flesh | Facing
"""A body in one pose, from either view."""
STEEL_EDGE = "#3b4652"
SLEEVE, SLEEVE_EDGE, HELPING = "#8d99a5", "#4b5661", "#d3a17c"


def spot(flesh: Seen, *, mark: str) -> Array:
    """A named point of the body in the plane of the picture."""
    frame, front, up = marks(flesh.body)[mark]
    return flesh.spot(frame, front=front, up=up)


def held(page: Page, *, solved: Solved, flesh: Flesh, t: float) -> None:
    """What is worn, held or laid on, before the near arm: weights, balls, tape, phone."""
    for load in solved.movement.load:
        if load.kind is LoadKind.DUMBBELL:
            resting = solved.acts(load, t=t)
            mark = load.on if resting else f"{load.on.split('.')[0]}.grip"
            (_bottle if load.drawn == "bottle" else _dumbbell)(page, flesh=flesh, mark=mark, resting=resting)
        elif load.kind is LoadKind.ANKLE_WEIGHT:
            cuff(page, flesh=flesh, mark=load.on, color="#5b6671", half=0.035)
    for thing in solved.things.values():
        drawn = _HELD.get(thing.prop.kind)
        if drawn and solved.acts(thing.prop, t=t):
            drawn(page, flesh, thing)


def _ball(page: Page, flesh: Flesh, thing: Placed) -> None:
    page.dot(
        spot(flesh, mark=thing.prop.near) + 0.03 * flesh.frames["pelvis"].front,
        0.045,
        "#f2a65a",
        line="#a5642a",
        width=2,
    )


def _tape(page: Page, flesh: Flesh, thing: Placed) -> None:
    """A tape measure straight down to the floor."""
    at = spot(flesh, mark=thing.prop.near)
    line = np.array([at, [at[0], 0.0]])
    page.line(line, "#8a6d12", width=6)
    page.line(line, "#f7d154", width=4)
    page.dot(at, 0.013, "#ffffff", line=STEEL_EDGE, width=2)


def _phone(page: Page, flesh: Flesh, thing: Placed) -> None:
    """A phone that lies along the thigh."""
    at, frame = spot(flesh, mark=thing.prop.near), flesh.frames[marks(flesh.body)[thing.prop.near][0]]
    corners = [
        at + frame.up * a * 0.075 + frame.front * b for a, b in ((-1, 0.002), (1, 0.002), (1, 0.014), (-1, 0.014))
    ]
    page.fill(straight(np.array(corners)).buffer(0.003), "#2a3138", line="#15191e", width=1.5)


def _weighing(page: Page, flesh: Flesh, thing: Placed) -> None:
    """A luggage scale on a cord from the floor."""
    del flesh
    x, y = thing.middle
    page.line(np.array([[x, 0.0], [x, y]]), STEEL_EDGE, width=3)
    page.fill(box(x - 0.034, y - 0.075, x + 0.034, y - 0.005).buffer(0.006), "#ffffff", line=STEEL_EDGE, width=1.8)
    page.fill(box(x - 0.022, y - 0.040, x + 0.022, y - 0.014), "#bfe3c8", line=STEEL_EDGE, width=1)


def _meter(page: Page, flesh: Flesh, thing: Placed) -> None:
    """A force meter that lies on the thigh, its display upwards."""
    at, frame = spot(flesh, mark=thing.prop.near), flesh.frames[marks(flesh.body)[thing.prop.near][0]]
    foot = [at + frame.up * a * 0.030 + frame.front * b for a, b in ((-1, 0.0), (1, 0.0), (1, 0.012), (-1, 0.012))]
    case = [at + frame.up * a * 0.022 + frame.front * b for a, b in ((-1, 0.012), (1, 0.012), (1, 0.050), (-1, 0.050))]
    page.fill(straight(np.array(foot)).buffer(0.003), "#2a3138", line="#15191e", width=1.2)
    page.fill(straight(np.array(case)).buffer(0.004), "#ffffff", line=STEEL_EDGE, width=1.6)
    face = [at + frame.up * a * 0.013 + frame.front * b for a, b in ((-1, 0.024), (1, 0.024), (1, 0.042), (-1, 0.042))]
    page.fill(straight(np.array(face)), "#bfe3c8", line=STEEL_EDGE, width=1)


def _helper(page: Page, flesh: Flesh, thing: Placed) -> None:
    """A helper's forearm and flat hand, coming straight down onto the thigh."""
    frame = flesh.frames[marks(flesh.body)[thing.prop.near][0]]
    at = spot(flesh, mark=thing.prop.near) + (thing.prop.dy * flesh.body.scale) * frame.front
    wrist, elbow = at + np.array([-0.005, 0.085]), at + np.array([-0.03, 0.46])
    for width, line in ((36, SLEEVE_EDGE), (32, SLEEVE)):
        page.line(np.array([wrist + np.array([-0.004, 0.085]), elbow]), line, width=width)
    palm = LineString(
        [at + np.array([-0.045, 0.016]), at + np.array([0.005, 0.024]), wrist, wrist + np.array([-0.004, 0.075])]
    )
    page.fill(palm.buffer(0.019, quad_segs=5), HELPING, line=STEEL_EDGE, width=1.8)


_HELD = {
    PropKind.BALL: _ball,
    PropKind.TAPE: _tape,
    PropKind.PHONE: _phone,
    PropKind.WEIGHING: _weighing,
    PropKind.METER: _meter,
    PropKind.HELPER: _helper,
}


def cuff(page: Page, *, flesh: Seen, mark: str, color: str, half: float) -> None:
    """A cuff or loop round the limb at that point."""
    at = spot(flesh, mark=mark)
    side, name = marks(flesh.body)[mark][0].split(".")
    name = "shank" if name == "foot" else name
    way = flesh.across(marks(flesh.body)[mark][0])
    across = LineString([at - 0.2 * way, at + 0.2 * way]).buffer(half, cap_style="flat")
    limb: BaseGeometry = flesh.leg(side).buffer(0.006)
    page.fill(across.intersection(limb).intersection(Point(*at).buffer(0.13)), color, line=STEEL_EDGE, width=1.4)


def _lying(flesh: Flesh, *, mark: str, resting: bool) -> tuple[Array, Array, Array]:
    """Where a weight is and how it lies: along the thigh, or level in a hanging hand."""
    at = spot(flesh, mark=mark)
    if not resting:
        return at, np.array([1.0, 0.0]), np.array([0.0, 1.0])
    frame = flesh.frames[marks(flesh.body)[mark][0]]
    return at, -frame.up, frame.front


def _bottle(page: Page, *, flesh: Flesh, mark: str, resting: bool) -> None:
    """A bottle of water on its side."""
    at, along, up = _lying(flesh, mark=mark, resting=resting)
    rows = (
        (-0.11, 0.036),
        (0.06, 0.036),
        (0.10, 0.014),
        (0.13, 0.014),
        (0.13, -0.014),
        (0.10, -0.014),
        (0.06, -0.036),
        (-0.11, -0.036),
    )
    area = straight(np.array([at + along * a + up * b for a, b in rows])).buffer(0.004)
    page.fill(area, "#bfe0ef", line="#4b7d94", width=1.8)


def _dumbbell(page: Page, *, flesh: Flesh, mark: str, resting: bool) -> None:
    """A dumbbell across the thigh or in the hand, seen a little from the end."""
    at, along, up = _lying(flesh, mark=mark, resting=resting)
    for shift in (-0.055, 0.055):
        corners = [at + along * (shift + a * 0.027) + up * b * 0.036 for a, b in ((-1, 1), (1, 1), (1, -1), (-1, -1))]
        page.fill(straight(np.array(corners)).buffer(0.008), "#4a545f", line="#15191e", width=1.8)
    bar = [at + along * a * 0.030 + up * b * 0.012 for a, b in ((-1, 1), (1, 1), (1, -1), (-1, -1))]
    page.fill(straight(np.array(bar)), "#aab3bd", line="#15191e", width=1.4)
