"""The things in a picture: floor, mat, wall, box, chair, bar, obstacle, what bands and cables are fixed to, arrows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from shapely.geometry import box

from psoas.movement.flesh import Flesh
from psoas.movement.ink import Page, straight
from psoas.movement.motion import LoadKind, PropKind
from psoas.movement.pose import Array
from psoas.movement.solve import Solved
from psoas.movement.surfaces import Placed
from psoas.movement.worn import cuff, spot

SKY, FLOOR, FLOOR_EDGE, MAT, MAT_EDGE = "#f1f5f9", "#dccbae", "#a38d6a", "#86aecd", "#5b86a8"
WOOD, WOOD_EDGE, STEEL, STEEL_EDGE, WALL, WALL_EDGE = "#c9975c", "#7d5a30", "#9aa6b2", "#3b4652", "#d3dce4", "#93a1ae"
EFFORT = "#b3261e"
BAND, BAND_EDGE, CLOTH, CLOTH_EDGE = "#3fa66a", "#23703f", "#e9e4d8", "#a59c86"
MAT_THICK, BREADTH = 0.014, 0.5
"""Metres: how thick a mat is, and half its breadth."""


def ground(page: Page, *, bounds: tuple[float, float, float, float], mats: Iterable[Placed], top_view: bool) -> None:
    """The background: sky and floor from the side, or the floor alone from above."""
    left, bottom, right, _ = bounds
    page.raw(f'<rect width="{page.width}" height="{page.height}" rx="18" fill="{"#e9dfcd" if top_view else SKY}"/>')
    mats = list(mats)
    if top_view:
        for mat in mats:
            page.fill(
                box(mat.left, mat.bottom - BREADTH, mat.right, mat.bottom + BREADTH).buffer(0.02),
                MAT,
                line=MAT_EDGE,
                width=2,
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


def _ring(page: Page, thing: Placed) -> None:
    """A ring in the floor that a strap is tied to."""
    x, y = thing.middle
    page.fill(box(x - 0.05, 0, x + 0.05, 0.008), STEEL, line=STEEL_EDGE, width=1.4)
    page.dot(np.array([x, y]), 0.014, "none", line=STEEL_EDGE, width=3)


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
    PropKind.RING: _ring,
}


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
        cuff(page, flesh=flesh, mark=load.on, color=color, half=0.018)


def anchor(solved: Solved, *, flesh: Flesh, name: str) -> Array:
    """Where a band or cable is fixed: a thing, or a point of the body."""
    if name in solved.things:
        return np.array(solved.things[name].middle)
    return spot(flesh, mark=name)
