"""The second view of a movement, from the front: beside the first, on the same floor, at the same scale, in the same pose."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from psoas.movement import paint, scenery
from psoas.movement.angles import SIDES
from psoas.movement.facing import Facing
from psoas.movement.flesh import Kept
from psoas.movement.ink import INK, Page
from psoas.movement.motion import LoadKind, Movement, PropKind
from psoas.movement.outline import marks, place
from psoas.movement.pose import Array, frames
from psoas.movement.skeleton import Person, Sex
from psoas.movement.solve import Solved, solve
from psoas.movement.surfaces import Placed
from psoas.movement.worn import cuff, spot

ROOM = 0.22
"""Metres left free beside the person."""
_TURNS = "turn in"


class Front:
    """One movement on one person as it is seen from the front; `left` is where its part of the picture begins."""

    def __init__(self, solved: Solved, *, look: paint.Look, left: float) -> None:
        self.solved, self.movement, self.look = solved, solved.movement, look
        f = frames(solved.body, q=np.array(solved.keys))
        every = np.concatenate([place(f, mark=mark)[:, 2] for mark in marks(solved.body).values()])
        half = float(np.abs(every).max()) + ROOM
        self.middle, self.right = left + half, left + 2 * half
        self.kept: Kept = {}

    def flesh(self, q: Array) -> Facing:
        """The body in that pose."""
        return Facing(self.solved.body, q=q, fists=frozenset(self.movement.fists), middle=self.middle, kept=self.kept)

    def things(self, page: Page) -> None:
        """What stands beside the person."""
        start = frames(self.solved.body, q=np.array(self.solved.keys[:1]))
        for thing in [one for one in self.solved.things.values() if one.prop.kind in _BESIDE]:
            at = place(start, mark=marks(self.solved.body)[f"{self._holding(thing)}.palm"])[0]
            _BESIDE[thing.prop.kind](page, thing, float(self.middle - at[2]), 1.0 if at[2] < 0 else -1.0)

    def _holding(self, thing: Placed) -> str:
        """Whose hand is on a thing: there it stands."""
        hands = (c.part.split(".")[0] for c in self.movement.contact if c.on == thing.prop.id)
        return next(hands, SIDES[1])

    def ghost(self, page: Page) -> None:
        """The start position, pale, behind the body."""
        whole = _start(self.movement, person=self.solved.body.person, middle=self.middle)
        page.fill(whole, paint.GHOST, line=paint.GHOST_LINE, width=1.6, opacity=0.36, dash="7 6")

    def way(self, path: Array) -> Array:
        """A path in space, as it is seen from here."""
        return np.stack([self.middle - path[:, 2], path[:, 1]], axis=1)

    def body(self, page: Page, *, q: Array, t: float) -> None:
        """The whole person."""
        flesh, brush = self.flesh(q), paint.Brush(page, tone=self.look.tone)
        page.layer = "f-neck"
        brush.flesh(flesh.neck())
        page.layer = "f-shirt"
        brush.area(flesh.shirt(), paint.SHIRT, shade=paint.SHIRT_SHADE)
        page.layer = "f-shorts"
        brush.area(flesh.shorts(), paint.SHORTS, shade=paint.SHORTS_SHADE)
        for side in reversed(SIDES):
            page.layer = f"f-leg-{side}"
            self._leg(brush, flesh=flesh, side=side)
        page.layer = "f-head"
        self._head(brush, flesh=flesh)
        page.layer = "f-things"
        self._worn(page, flesh=flesh)
        for side in reversed(SIDES):
            page.layer = f"f-arm-{side}"
            brush.flesh(flesh.arm(side))
        page.layer = "f-efforts"
        self._efforts(page, flesh=flesh, t=t)

    def _leg(self, brush: paint.Brush, *, flesh: Facing, side: str) -> None:
        """A leg below the shorts, with its shoe; the working side wears the marked one."""
        brush.flesh(flesh.leg(side))
        worked = side == "worked" or self.movement.both
        base, shade = (paint.MARKED, paint.MARKED_DARK) if worked else (paint.SHOE, paint.SHOE_SHADE)
        brush.area(flesh.foot(side), base, shade=shade)

    def _head(self, brush: paint.Brush, *, flesh: Facing) -> None:
        """Face and hair."""
        tied = self.look.tied if self.look.tied is not None else flesh.body.person.sex is Sex.FEMALE
        hair, lips = paint.HAIRS[self.look.tone], paint.darker(brush.shade, share=0.8)
        brush.flesh(flesh.head())
        brush.page.fill(flesh.hair(tied=tied), hair, line=INK, width=1.6)
        for name, points in flesh.features().items():
            if name.startswith("eye"):
                brush.page.dot(points, 0.0062, "#2a2a2a")
            else:
                brush.page.line(points, hair if name.startswith("brow") else lips, width=1.8)

    def _worn(self, page: Page, *, flesh: Facing) -> None:
        """Bands from foot to foot."""
        for load in self.solved.movement.load:
            if load.kind is LoadKind.BAND and load.anchor in marks(flesh.body):
                line = np.array([spot(flesh, mark=load.anchor), spot(flesh, mark=load.on)])
                page.line(line, scenery.BAND_EDGE, width=9)
                page.line(line, scenery.BAND, width=7)
                for mark in (load.anchor, load.on):
                    cuff(page, flesh=flesh, mark=mark, color=scenery.BAND, half=0.018)

    def _efforts(self, page: Page, *, flesh: Facing, t: float) -> None:
        """Where the thighs try to turn inwards: a short arrow around the front of each."""
        for load in self.solved.movement.load:
            if load.drawn == _TURNS and t > 0:
                for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
                    turn = np.linspace(-1.2, 0.35, 9)
                    rows = zip(-sign * np.sin(turn), -0.36 - 0.10 * np.cos(turn), strict=True)
                    length = flesh.body.length("thigh")
                    line = [flesh.spot(f"{side}.thigh", front=0.0, up=u * length, right=0.062 * -r) for r, u in rows]
                    scenery.arrow(page, line=np.array(line[::-1]), color=scenery.EFFORT)


@lru_cache(maxsize=64)
def _start(movement: Movement, *, person: Person, middle: float) -> BaseGeometry:
    """The silhouette of the first key position."""
    solved = solve(movement, person=person)
    return Facing(solved.body, q=np.array(solved.keys[0]), fists=frozenset(movement.fists), middle=middle).whole()


def _chair(page: Page, thing: Placed, at: float, out: float) -> None:
    """A chair beside the person, its back to her, its seat away."""
    for x in (at, at + out * 0.38):
        page.fill(box(x - 0.018, 0, x + 0.018, 0.45), scenery.WOOD, line=scenery.WOOD_EDGE, width=1.6)
    left, right = sorted((at - out * 0.018, at + out * 0.40))
    page.fill(box(left, 0.42, right, 0.465), scenery.WOOD, line=scenery.WOOD_EDGE, width=1.8)
    page.fill(box(at - 0.018, 0.45, at + 0.018, thing.top), scenery.WOOD, line=scenery.WOOD_EDGE, width=1.8)


def _rail(page: Page, thing: Placed, at: float, out: float) -> None:
    """A rail that runs towards us: its end on its post."""
    del out
    page.line(np.array([[at, 0.0], [at, thing.top - 0.012]]), scenery.STEEL_EDGE, width=6)
    page.dot(np.array([at, thing.top - 0.018]), 0.018, scenery.STEEL, line=scenery.STEEL_EDGE, width=2)


_BESIDE = {PropKind.CHAIR: _chair, PropKind.RAIL: _rail}
