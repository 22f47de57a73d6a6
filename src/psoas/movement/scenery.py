"""The things in a picture: floor, mat, wall, box, chair, bar, ball, band, cable, weights, obstacle."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from psoas.movement.flesh import Flesh
from psoas.movement.ink import Page, straight
from psoas.movement.motion import LoadKind, PropKind
from psoas.movement.outline import marks
from psoas.movement.pose import Array
from psoas.movement.solve import Solved
from psoas.movement.surfaces import Placed

SKY, FLOOR, FLOOR_EDGE, MAT, MAT_EDGE = "#f1f5f9", "#dccbae", "#a38d6a", "#86aecd", "#5b86a8"
WOOD, WOOD_EDGE, STEEL, STEEL_EDGE, WALL, WALL_EDGE = "#c9975c", "#7d5a30", "#9aa6b2", "#3b4652", "#d3dce4", "#93a1ae"
EFFORT = "#b3261e"
BAND, BAND_EDGE, CLOTH, CLOTH_EDGE = "#3fa66a", "#23703f", "#e9e4d8", "#a59c86"
MAT_THICK = 0.014


def ground(page: Page, *, bounds: tuple[float, float, float, float], mats: Iterable[Placed], top_view: bool) -> None:
    """The background: sky and floor from the side, or the floor alone from above."""
    left, bottom, right, _ = bounds
    page.raw(f'<rect width="{page.width}" height="{page.height}" rx="18" fill="{"#e9dfcd" if top_view else SKY}"/>')
    mats = list(mats)
    if top_view:
        for mat in mats:
            page.fill(
                box(mat.left, mat.bottom - 0.42, mat.right, mat.bottom + 0.42).buffer(0.02), MAT, line=MAT_EDGE, width=2
            )
        return
    level = -MAT_THICK if mats else 0.0
    page.fill(box(left, bottom + 0.012, right, level), FLOOR)
    page.line(np.array([[left, level], [right, level]]), FLOOR_EDGE, width=2.2)
    for mat in mats:
        page.fill(box(mat.left, level, mat.right, 0.0).buffer(0.003), MAT, line=MAT_EDGE, width=1.5)


def behind(page: Page, *, things: Iterable[Placed]) -> None:
    """Everything that stands behind the body."""
    for thing in things:
        drawn = _BEHIND.get(thing.prop.kind)
        if drawn:
            drawn(page, thing)


def _wall(page: Page, thing: Placed) -> None:
    left, _, right, top = page.bounds
    page.fill(box(max(thing.left, left), 0, min(thing.right, right), min(thing.top, top)), WALL)
    edge = thing.right if thing.behind else thing.left
    page.line(np.array([[edge, 0.0], [edge, min(thing.top, top)]]), WALL_EDGE, width=3)


def _box(page: Page, thing: Placed) -> None:
    page.fill(box(thing.left, thing.bottom, thing.right, thing.top), WOOD, line=WOOD_EDGE, width=2.2)
    middle = thing.bottom + (thing.top - thing.bottom) * 0.5
    page.line(np.array([[thing.left + 0.03, middle], [thing.right - 0.03, middle]]), WOOD_EDGE, width=1.2, opacity=0.6)


def _table(page: Page, thing: Placed) -> None:
    for x in (thing.left + 0.06, thing.right - 0.06):
        page.fill(box(x - 0.028, 0, x + 0.028, thing.top - 0.06), WOOD, line=WOOD_EDGE, width=1.8)
    page.fill(box(thing.left, thing.top - 0.075, thing.right, thing.top), WOOD, line=WOOD_EDGE, width=2.2)


def _chair(page: Page, thing: Placed) -> None:
    """A chair whose top edge is the top of its back; its seat looks away from us or towards us."""
    legs = (thing.left + 0.02, thing.right - 0.02)
    for x in legs:
        page.fill(box(x - 0.018, 0, x + 0.018, 0.45), WOOD, line=WOOD_EDGE, width=1.6)
    page.fill(box(thing.left, 0.42, thing.right, 0.465), WOOD, line=WOOD_EDGE, width=1.8)
    page.fill(box(thing.left, 0.45, thing.left + 0.036, thing.top), WOOD, line=WOOD_EDGE, width=1.8)


def _soft(page: Page, thing: Placed) -> None:
    """A cushion, a pad or a folded towel, as high as the body lets it be."""
    high = max(thing.top - thing.bottom, 0.012)
    page.fill(
        box(thing.left, thing.bottom, thing.right, thing.bottom + high).buffer(-0.004).buffer(0.008),
        CLOTH,
        line=CLOTH_EDGE,
        width=1.8,
    )


def _bar(page: Page, thing: Placed) -> None:
    x, y = thing.middle
    page.fill(box(x - 0.026, y, x + 0.026, y + 0.6), "#c4ced8", line=WALL_EDGE, width=1.5)
    page.dot(np.array([x, y]), 0.016, STEEL, line=STEEL_EDGE, width=2)


def _obstacle(page: Page, thing: Placed) -> None:
    page.fill(box(thing.left, 0, thing.right, thing.top), "#d9b98c", line=WOOD_EDGE, width=2)


def _anchor(page: Page, thing: Placed) -> None:
    x, y = thing.middle
    page.fill(box(x - 0.05, 0, x + 0.05, max(0.34, y + 0.16)), "#aeb9c4", line=STEEL_EDGE, width=1.8)
    page.dot(np.array([x + 0.05, y]), 0.014, STEEL_EDGE)


def _rail(page: Page, thing: Placed) -> None:
    for x in (thing.left + 0.05, thing.right - 0.05):
        page.line(np.array([[x, 0.0], [x, thing.top]]), STEEL_EDGE, width=5)
    page.line(np.array([[thing.left, thing.top - 0.012], [thing.right, thing.top - 0.012]]), STEEL_EDGE, width=10)
    page.line(np.array([[thing.left, thing.top - 0.012], [thing.right, thing.top - 0.012]]), STEEL, width=6)


def _weighing(page: Page, thing: Placed) -> None:
    x, y = thing.middle
    page.line(np.array([[x, 0.0], [x, y]]), STEEL_EDGE, width=3)
    page.fill(box(x - 0.034, y - 0.075, x + 0.034, y - 0.005).buffer(0.006), "#ffffff", line=STEEL_EDGE, width=1.8)
    page.fill(box(x - 0.022, y - 0.040, x + 0.022, y - 0.014), "#bfe3c8", line=STEEL_EDGE, width=1)


def _column(page: Page, thing: Placed) -> None:
    x, y = thing.middle
    page.fill(box(x - 0.12, 0, x + 0.03, 1.9), "#b9c4cf", line=STEEL_EDGE, width=2)
    for i in range(7):
        page.fill(box(x - 0.10, 0.10 + i * 0.075, x + 0.005, 0.165 + i * 0.075), "#6b7783", line=STEEL_EDGE, width=1)
    page.dot(np.array([x + 0.03, y]), 0.026, STEEL, line=STEEL_EDGE, width=2)


_BEHIND = {
    PropKind.WALL: _wall,
    PropKind.BOX: _box,
    PropKind.TABLE: _table,
    PropKind.CHAIR: _chair,
    PropKind.CUSHION: _soft,
    PropKind.PAD: _soft,
    PropKind.BAR: _bar,
    PropKind.OBSTACLE: _obstacle,
    PropKind.ANCHOR: _anchor,
    PropKind.COLUMN: _column,
    PropKind.RAIL: _rail,
    PropKind.WEIGHING: _weighing,
}


def held(page: Page, *, solved: Solved, flesh: Flesh, t: float) -> None:
    """What is worn, held or laid on, before the near arm: weights, balls, tape, phone."""
    for load in solved.movement.load:
        if load.kind is LoadKind.DUMBBELL:
            resting = solved.acts(load, t=t)
            mark = load.on if resting else f"{load.on.split('.')[0]}.grip"
            (_bottle if load.drawn == "bottle" else _dumbbell)(page, flesh=flesh, mark=mark, resting=resting)
        elif load.kind is LoadKind.ANKLE_WEIGHT:
            _cuff(page, flesh=flesh, mark=load.on, color="#5b6671", half=0.035)
    for thing in solved.things.values():
        drawn = _HELD.get(thing.prop.kind)
        if drawn:
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


_HELD = {PropKind.BALL: _ball, PropKind.TAPE: _tape, PropKind.PHONE: _phone}


def efforts(page: Page, *, solved: Solved, flesh: Flesh, t: float) -> None:
    """Where a person pushes with her own strength: a short arrow."""
    for load in solved.movement.load:
        if any(load.push) and t > 0 and solved.acts(load, t=t):
            start, move = spot(flesh, mark=load.on), np.array(load.push)
            steps = np.linspace(0.25, 1, 6)[:, None]
            arrow(page, line=start + steps * move, color=EFFORT)


def arrow(page: Page, *, line: Array, color: str) -> None:
    """A broad arrow with a white rim."""
    along = line[-1] - line[-3]
    along = along / np.linalg.norm(along)
    across = np.array([-along[1], along[0]])
    tip = line[-1]
    head = [
        tip + along * 0.045,
        tip - along * 0.022 + across * 0.036,
        tip - along * 0.010,
        tip - along * 0.022 - across * 0.036,
    ]
    area = straight(np.array(head))
    page.line(line, "#ffffff", width=14, opacity=0.9)
    page.fill(area.buffer(0.008), "#ffffff", opacity=0.9)
    page.line(line, color, width=8)
    page.fill(area.buffer(0.002), color)


def pulls(page: Page, *, solved: Solved, flesh: Flesh) -> None:
    """Bands and cables from where they are fixed to where they pull."""
    for load in solved.movement.load:
        if load.kind not in (LoadKind.BAND, LoadKind.CABLE):
            continue
        start = anchor(solved, flesh=flesh, name=load.anchor)
        end = spot(flesh, mark=load.on)
        stretch = float(np.linalg.norm(end - start)) / load.rest if load.rest else 1.0
        soft = load.kind is LoadKind.BAND and load.drawn != "strap"
        width = 9.0 / max(stretch, 1.0) ** 0.5 if soft else 3.5
        color, edge = (BAND, BAND_EDGE) if soft else (STEEL_EDGE, STEEL_EDGE)
        line = np.array([start, end])
        page.line(line, edge, width=width + 2)
        page.line(line, color, width=width)
        _cuff(page, flesh=flesh, mark=load.on, color=color, half=0.018)


def anchor(solved: Solved, *, flesh: Flesh, name: str) -> Array:
    """Where a band or cable is fixed: a thing, or a point of the body."""
    if name in solved.things:
        return np.array(solved.things[name].middle)
    return spot(flesh, mark=name)


def spot(flesh: Flesh, *, mark: str) -> Array:
    """A named point of the body in the plane of the picture."""
    frame, front, up = marks(flesh.body)[mark]
    return flesh.spot(frame, front=front, up=up)


def _cuff(page: Page, *, flesh: Flesh, mark: str, color: str, half: float) -> None:
    """A cuff or loop round the limb at that point."""
    at, frame = spot(flesh, mark=mark), flesh.frames[marks(flesh.body)[mark][0]]
    side, name = marks(flesh.body)[mark][0].split(".")
    name = "shank" if name == "foot" else name
    across = LineString([at - 0.2 * frame.front, at + 0.2 * frame.front]).buffer(half, cap_style="flat")
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
