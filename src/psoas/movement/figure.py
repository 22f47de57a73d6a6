"""The picture of a movement: a whole body in the solved pose, with its things, its muscles and its words."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from shapely import unary_union
from shapely.geometry.base import BaseGeometry

from psoas.movement import anatomy, scenery, worn
from psoas.movement.flesh import Flesh, Kept, rounded
from psoas.movement.front import Front
from psoas.movement.ink import INK, Page, curve
from psoas.movement.motion import Movement, PropKind, View
from psoas.movement.outline import marks, place
from psoas.movement.paint import (
    ARROW,
    GHOST,
    GHOST_LINE,
    HAIRS,
    MARKED,
    MARKED_DARK,
    NEUTRAL,
    SHIRT,
    SHIRT_SHADE,
    SHOE,
    SHOE_SHADE,
    SHORTS,
    SHORTS_SHADE,
    Brush,
    Look,
    darker,
)
from psoas.movement.pose import Array, frames
from psoas.movement.skeleton import Person, Sex
from psoas.movement.solve import Solved, solve

SIDES = ("right", "left")
SHORT = 0.05
"""Metres; a way shorter than this has no arrow."""
LOW = 0.55
"""Metres; a picture shows at least as much over the floor."""


class Drawing:
    """One movement on one person, ready to be drawn at any moment."""

    def __init__(self, solved: Solved, *, side: str, look: Look) -> None:
        self.solved, self.movement, self.look = solved, solved.movement, look
        self.flip = side == "left"
        self.kept: Kept = {}
        self.side = side
        self.bounds = _bounds(solved)
        self.front = Front(solved, look=look, left=self.bounds[2]) if View.FRONT in self.movement.also else None
        if self.front:
            self.bounds = (*self.bounds[:2], self.front.right, self.bounds[3])
        self.near = self.movement.near
        self.far = "other" if self.near == "worked" else "worked"

    def flesh(self, q: Array, *, breath: float = 0.0) -> Flesh:
        """The body in that pose, with that much breath in it (0 to 1)."""
        return Flesh(self.solved.body, q=q, fists=frozenset(self.movement.fists), breath=breath, kept=self.kept)

    def page(self) -> Page:
        """An empty page with floor and things."""
        page = Page(self.bounds, flip=self.flip)
        things = self.solved.things.values()
        mats = [t for t in things if t.prop.kind is PropKind.MAT]
        scenery.ground(page, bounds=self.bounds, mats=mats, top_view=self.movement.view is View.TOP)
        scenery.behind(page, things=things)
        if self.front:
            self.front.things(page)
        return page

    def still(self, page: Page, *, q: Array, t: float, ghost: bool, window: bool) -> None:
        """The person in that pose, over a pale start position and the way from it."""
        if ghost and t > 0:
            self.ghost(page)
        self.body(page, q=q, t=t, window=window)
        if ghost and t > 0:
            self.arrow(page, t=t)

    def body(self, page: Page, *, q: Array, t: float, window: bool) -> None:
        """The whole person in every view."""
        self._seen(page, flesh=self.flesh(q), t=t, window=window)
        if self.front:
            self.front.body(page, q=q, t=t)

    def _seen(self, page: Page, *, flesh: Flesh, t: float, window: bool) -> None:
        """The whole person in the first view, far side first."""
        brush = Brush(page, tone=self.look.tone)
        page.layer = "far"
        self._arm(brush, flesh=flesh, side=self.far, far=True)
        self._leg(brush, flesh=flesh, side=self.far, far=True)
        page.layer = "trunk"
        brush.flesh(flesh.neck())
        self._seat(brush, flesh=flesh)
        page.layer = "shirt"
        brush.area(self.shirt(flesh), SHIRT, shade=SHIRT_SHADE)
        page.layer = "head"
        self._head(brush, flesh=flesh)
        page.layer = "things"
        scenery.pulls(page, solved=self.solved, flesh=flesh)
        worn.held(page, solved=self.solved, flesh=flesh, t=t)
        page.layer = "near"
        self._arm(brush, flesh=flesh, side=self.near, far=False)
        page.layer = "window"
        if (window or self.movement.unseen) and self.movement.muscles:
            anatomy.draw(page, flesh=flesh, side="worked", muscles=self.movement.muscles)
        page.layer = "efforts"
        scenery.efforts(page, solved=self.solved, flesh=flesh, t=t)

    def _leg(self, brush: Brush, *, flesh: Flesh, side: str, far: bool) -> None:
        """A leg with its shoe and the leg of the shorts; the working side wears the marked shoe."""
        brush.flesh(flesh.leg(side), far=far)
        worked = side == "worked" or self.movement.both
        brush.area(flesh.foot(side), MARKED if worked else SHOE, shade=MARKED_DARK if worked else SHOE_SHADE, far=far)
        if far:
            brush.area(self._shorts(flesh, side=side), SHORTS, shade=SHORTS_SHADE, far=True)

    def _shorts(self, flesh: Flesh, *, side: str) -> BaseGeometry:
        """The leg of the shorts: the thigh a little wider, down to its middle."""
        thigh = flesh.limb(side, name="thigh").buffer(0.007, quad_segs=3)
        length = flesh.body.length("thigh")
        return thigh.difference(flesh.below(f"{side}.thigh", up=-0.50 * length, tilt=0.012))

    def _seat(self, brush: Brush, *, flesh: Flesh) -> None:
        """The near leg and the shorts over it."""
        cloth = flesh.cloth()
        belt = flesh.below("pelvis", up=0.115 * flesh.body.scale)
        seat = cloth.intersection(belt)
        self._leg(brush, flesh=flesh, side=self.near, far=False)
        pants = rounded(unary_union([seat, self._shorts(flesh, side=self.near)]), fill=0.03, smooth=0.004)
        brush.area(pants, SHORTS, shade=SHORTS_SHADE)

    def shirt(self, flesh: Flesh) -> BaseGeometry:
        """The shirt, without its sleeves."""
        cloth = flesh.cloth()
        shirt = cloth.difference(flesh.below("pelvis", up=0.085 * flesh.body.scale))
        collar = (
            flesh.neck().buffer(0.006, quad_segs=3).difference(flesh.below("thorax", up=0.462 * flesh.body.neck_to_hip))
        )
        whole: BaseGeometry = shirt.difference(collar)
        return whole

    def _head(self, brush: Brush, *, flesh: Flesh) -> None:
        """Face, hair, ear."""
        person = flesh.body.person
        tied = self.look.tied if self.look.tied is not None else person.sex is Sex.FEMALE
        hair = HAIRS[self.look.tone]
        brush.flesh(flesh.head())
        brush.page.fill(flesh.hair(tied=tied), hair, line=INK, width=1.6)
        brush.page.fill(flesh.ear(), brush.skin, line=darker(brush.shade), width=1.4)
        eye, brow, mouth = flesh.features()
        brush.page.dot(eye, 0.0062, "#2a2a2a")
        brush.page.line(brow, hair, width=2.2)
        brush.page.line(mouth, darker(brush.shade, share=0.8), width=1.8)

    def _arm(self, brush: Brush, *, flesh: Flesh, side: str, far: bool) -> None:
        """An arm with its sleeve."""
        brush.flesh(flesh.arm(side), far=far)
        sleeve = flesh.limb(side, name="upper_arm").buffer(0.008, quad_segs=3)
        cut = flesh.below(f"{side}.upper_arm", up=-0.45 * flesh.body.length("upper_arm"))
        brush.area(sleeve.difference(cut), SHIRT, shade=SHIRT_SHADE, far=far)

    def ghost(self, page: Page) -> None:
        """The start position, pale, behind the body."""
        page.fill(
            _start(self.movement, person=self.solved.body.person),
            GHOST,
            line=GHOST_LINE,
            width=1.6,
            opacity=0.36,
            dash="7 6",
        )
        if self.front:
            self.front.ghost(page)

    def arrow(self, page: Page, *, t: float) -> None:
        """The way that the moving part takes from the key position before to here."""
        if not self.movement.arrow:
            return
        path = _way(self.solved, mark=self.movement.arrow, t=t)
        for seen in [path[:, :2], *([self.front.way(path)] if self.front else [])]:
            length = float(np.linalg.norm(np.diff(seen, axis=0), axis=1).sum())
            if length > SHORT:
                scenery.arrow(page, line=curve(seen[2:-2], count=2, closed=False), color=ARROW)

    def words(self, t: float) -> tuple[str, str]:
        """Name and description for those who listen instead of looking."""
        m = self.movement
        whom = "both sides" if m.both else f"{self.side} side working"
        at = min(m.keyframe, key=lambda k: abs(k.t - t))
        steps = "; then ".join(k.words for k in m.keyframe)
        seen = " Seen from the side and, beside it, from the front." if self.front else ""
        return f"{m.name}, {whom}", f"{m.summary}{seen} Shown: {at.words}. The way: {steps}."


@lru_cache(maxsize=256)
def _start(movement: Movement, *, person: Person) -> BaseGeometry:
    """The silhouette of the first key position, the same in every picture of a movement."""
    solved = solve(movement, person=person)
    return Flesh(solved.body, q=np.array(solved.keys[0]), fists=frozenset(movement.fists)).whole()


def _bounds(solved: Solved) -> tuple[float, float, float, float]:
    """The part of the world that is shown, the same at every moment: left, bottom, right, top."""
    body, m = solved.body, solved.movement
    f = frames(body, q=np.array(solved.keys))
    rows = [place(f, mark=mark)[:, :2] for mark in marks(body).values()]
    rows.append(f["head"].at(0, body.length("head"))[:, :2])
    every = np.concatenate(rows)
    left, right = float(every[:, 0].min()) - 0.26, float(every[:, 0].max()) + 0.26
    bottom, top = float(every[:, 1].min()) - 0.26, float(every[:, 1].max()) + 0.16
    if m.view is View.TOP:
        return left, bottom - 0.1, right, top + 0.2
    for thing in solved.things.values():
        if thing.prop.kind is PropKind.WALL:
            left, right = (
                (min(left, thing.right - 0.2), right) if thing.behind else (left, max(right, thing.left + 0.2))
            )
        elif thing.prop.kind is not PropKind.MAT:
            left, right, top = min(left, thing.left - 0.12), max(right, thing.right + 0.12), max(top, thing.top + 0.1)
    return left, -0.16, right, max(top, LOW) + 0.16


def _way(solved: Solved, *, mark: str, t: float) -> Array:
    """The path of a point from the key position before to that moment."""
    times = [k.t for k in solved.movement.keyframe]
    moments = np.linspace(max(at for at in times if at < t), t, 17)
    keys = np.array(solved.keys)
    q = np.stack([np.interp(moments, times, keys[:, i]) for i in range(keys.shape[1])], axis=1)
    f = frames(solved.body, q=q)
    return place(f, mark=marks(solved.body)[mark])


@lru_cache(maxsize=256)
def size(movement: Movement, *, person: Person) -> tuple[int, int]:
    """Width and height of every picture of that movement on that person, in page units."""
    page = Page(Drawing(solve(movement, person=person), side=SIDES[0], look=NEUTRAL).bounds, flip=False)
    return page.width, page.height


@lru_cache(maxsize=512)
def picture(
    movement: Movement,
    *,
    person: Person,
    frame: float | None = None,
    side: str = "right",
    ghost: bool = True,
    window: bool = True,
    look: Look = NEUTRAL,
) -> str:
    """The movement on that person at that moment (0 to 1; None: the one that says most), as SVG.

    Raises Unfit when the movement cannot be solved for that body: no picture is better than a wrong one.
    """
    t = movement.shown if frame is None else frame
    drawing = Drawing(solve(movement, person=person), side=side, look=look)
    q = drawing.solved.pose(t)
    drawing.solved.sound(t, q=q)
    page = drawing.page()
    drawing.still(page, q=q, t=t, ghost=ghost, window=window)
    title, desc = drawing.words(t)
    return page.svg(title=title, desc=desc)
