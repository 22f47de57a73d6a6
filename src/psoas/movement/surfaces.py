"""Where things stand, and how far skin is from them.

A distance is positive outside a surface and negative inside, in metres. Boxes stand on the floor; a wall is a plane in
front of or behind the body; a mat is the floor itself, drawn as a mat.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from psoas.movement.motion import Prop, PropKind
from psoas.movement.pose import Array
from psoas.movement.skeleton import Body

FLOOR = "floor"
STANDING = (
    PropKind.BOX,
    PropKind.TABLE,
    PropKind.CHAIR,
    PropKind.CUSHION,
    PropKind.PAD,
    PropKind.OBSTACLE,
    PropKind.RAIL,
)
"""Things with a top that stand on the floor."""
SOLID = (PropKind.BOX, PropKind.TABLE, PropKind.CUSHION, PropKind.PAD, PropKind.OBSTACLE)
"""Things that the body may not go into; beside a chair or a rail it may stand."""
WALL_DEPTH = 0.5


class Placed(Struct, frozen=True):
    """A thing where it stands: its left, right, bottom and top edge, in metres; a round thing has a middle."""

    prop: Prop
    left: float
    right: float
    bottom: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the thing."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @property
    def behind(self) -> bool:
        """Whether it is a wall at the back of the body."""
        return self.prop.dx < 0


def placed(prop: Prop, *, body: Body, at: Array, skin: Array | None) -> Placed:
    """The thing, beside the point `at` of the body, or with its surface where that skin is."""
    x, k = float(at[0]) + prop.dx * body.scale, body.scale
    half = prop.width / 2
    if prop.kind is PropKind.WALL:
        edge = x if skin is None else float(skin[:, 0].min() if prop.dx < 0 else skin[:, 0].max())
        return (
            Placed(prop, edge - WALL_DEPTH, edge, 0, 2.4)
            if prop.dx < 0
            else Placed(prop, edge, edge + WALL_DEPTH, 0, 2.4)
        )
    if prop.kind in STANDING or prop.kind is PropKind.MAT:
        chosen = prop.height * (k if prop.kind is PropKind.BOX else 1.0)  # a seat is chosen to fit the legs
        top = chosen if skin is None else float(skin[:, 1].min())
        return Placed(prop, x - half, x + half, prop.y or 0.0, top)
    y = float(at[1]) + prop.dy * k if prop.y is None else prop.y * (k if prop.kind is PropKind.BAR else 1.0)
    return Placed(prop, x - half, x + half, y - prop.height / 2, y + prop.height / 2)


def distance(skin: Array, *, on: str, things: Mapping[str, Placed]) -> Array:
    """How far each skin point is from that surface; skin has the shape (poses, points, 2)."""
    if on == FLOOR:
        return np.asarray(skin[..., 1])
    thing = things[on]
    if thing.prop.kind is PropKind.WALL:
        return np.asarray(skin[..., 0] - thing.right if thing.behind else thing.left - skin[..., 0])
    return np.asarray(skin[..., 1] - thing.top)


def along(skin: Array, *, on: str, things: Mapping[str, Placed]) -> Array:
    """Where along that surface a part is, one number for each pose."""
    upright = on != FLOOR and things[on].prop.kind is PropKind.WALL
    return np.asarray(skin[..., 1 if upright else 0].mean(axis=-1))


def depth(skin: Array, *, hands: Array, things: Mapping[str, Placed], floor: bool) -> dict[str, float]:
    """How deep skin points (points, 2) go into each surface, in metres; 0 where they stay outside.

    Hands may hold on to the sides of a box, which a picture from the side cannot tell from being inside it.
    """
    body, skin = skin, np.concatenate([skin, hands])
    found = {FLOOR: max(0.0, float(-skin[:, 1].min()))} if floor else {}
    for name, thing in things.items():
        if thing.prop.kind is PropKind.WALL:
            found[name] = max(0.0, float(-distance(skin[None], on=name, things=things).min()))
        elif thing.prop.kind in SOLID:
            found[name] = _into_box(body, thing=thing)
    return found


def _into_box(skin: Array, *, thing: Placed) -> float:
    """How deep the deepest point lies under the nearest side of a box."""
    left, right, top = skin[:, 0] - thing.left, thing.right - skin[:, 0], thing.top - skin[:, 1]
    inside = np.minimum(np.minimum(left, right), top)
    return max(0.0, float(inside.max()))
