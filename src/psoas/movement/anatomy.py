"""The window into the body: low spine, pelvis and thigh bone, and the muscles that an exercise really trains.

Everything hangs on the same frames as the figure, so it moves with the pose. The path of the psoas keeps a lever at the
hip of 1.9 to 4.4 cm from 0 to 90 degrees, as published models do; above 90 degrees no model is trusted and none is claimed.
"""

from __future__ import annotations

import math

import numpy as np
from shapely import unary_union
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from psoas.movement.flesh import Flesh
from psoas.movement.ink import Page, curve, shape, straight
from psoas.movement.outline import limb
from psoas.movement.pose import SPINE, Array

BONE, EDGE, GLOW = "#fff6e3", "#8d7a5c", "#fdf4e8"
RED, DARK, PALE, FIBRE = "#d9342b", "#8e1414", "#f0805f", "#ffd0b8"

RIM = (0.038, 0.012)
"""Where the psoas crosses the front of the pelvis beside the hip joint: front, up (m at 1.75 m)."""
TROCHANTER = (-0.022, -0.062)
"""Where it ends on the thigh bone, in the thigh's frame."""


def psoas_lever(flexion: float) -> float:
    """The lever of the drawn psoas at the hip in metres, at 1.75 m stature; flexion in degrees from 0 to 90.

    >>> round(psoas_lever(0), 3)
    0.022
    """
    c, s = math.cos(math.radians(flexion)), math.sin(math.radians(flexion))
    front, up = TROCHANTER
    end = np.array([front * c - up * s, front * s + up * c])
    rim = np.array(RIM)
    return float(abs(rim[0] * end[1] - rim[1] * end[0]) / np.linalg.norm(end - rim))


class Window:
    """Bones and muscles of one side in one pose."""

    def __init__(self, flesh: Flesh, *, side: str) -> None:
        self.flesh, self.side, self.k = flesh, side, flesh.body.scale

    def pelvis(self, rows: tuple[tuple[float, float], ...]) -> Array:
        """Points beside the hip joint in the frame of the pelvis."""
        return np.array([self.flesh.spot("pelvis", front=x * self.k, up=y * self.k) for x, y in rows])

    def thigh(self, front: float, up: float) -> Array:
        """A point of the thigh."""
        return self.flesh.spot(f"{self.side}.thigh", front=front * self.k, up=up * self.k)

    def vertebrae(self) -> list[tuple[Array, Array, Array]]:
        """Middle, front direction and up direction of the five lowest vertebrae, from below."""
        waist, chest = (self.flesh.frames[n] for n in ("lumbar", "thorax"))
        length = SPINE[1] * self.flesh.body.neck_to_hip
        found = []
        for i in range(5):
            t = (i + 0.3) / 5
            at = self.flesh.spot("lumbar", front=(-0.040 + 0.012 * math.sin(math.pi * t)) * self.k, up=t * length)
            front = waist.front * (1 - t) + chest.front * t
            front /= np.linalg.norm(front)
            found.append((at, front, np.array([-front[1], front[0]])))
        return found

    def joint(self) -> Array:
        """The hip joint."""
        return self.flesh.spot(f"{self.side}.thigh", front=0, up=0)


def draw(page: Page, *, flesh: Flesh, side: str, muscles: tuple[str, ...]) -> None:
    """Draw the window onto the page, with those muscles."""
    w = Window(flesh, side=side)
    _light(page, w=w)
    _bones(page, w=w)
    for name in muscles:
        _MUSCLES[name](page, w)


def _light(page: Page, *, w: Window) -> None:
    """The pale ground that the bones lie on: the body seen through."""
    spine = [v[0] for v in w.vertebrae()]
    middle = LineString([spine[-1], spine[0], w.joint(), w.thigh(0, -0.10)]).buffer(0.105 * w.k, quad_segs=8)
    skin = unary_union([w.flesh.trunk(), w.flesh.limb(w.side, name="thigh")]).buffer(-0.006)
    page.fill(middle.intersection(skin), GLOW, opacity=0.8)


def _bones(page: Page, *, w: Window) -> None:
    """Thigh bone, pelvis and vertebrae."""
    length = w.flesh.body.length("thigh") / w.k
    shaft = LineString([w.thigh(-0.018, -0.034), w.thigh(0.002, -length + 0.03)]).buffer(0.0135 * w.k, quad_segs=4)
    neck = LineString([w.joint(), w.thigh(-0.018, -0.036)]).buffer(0.015 * w.k, quad_segs=4)
    end = Point(*w.thigh(0, -length + 0.012)).buffer(0.028 * w.k, quad_segs=5)
    femur = unary_union([shaft, neck, end]).buffer(0.008, quad_segs=2).buffer(-0.008, quad_segs=2)
    page.fill(femur, BONE, line=EDGE, width=1.3, opacity=0.92)
    for rows in (_ILIUM, _ISCHIUM):
        page.fill(shape(w.pelvis(rows)), BONE, line=EDGE, width=1.3, opacity=0.92)
    page.dot(w.joint(), 0.024 * w.k, BONE, line=EDGE, width=1.3)
    for i, (at, front, up) in enumerate(w.vertebrae()):
        half = (0.024 - 0.001 * i) * w.k
        page.fill(_spine_process(at, front=front, up=up, half=half, k=w.k), BONE, line=EDGE, width=1.0)
        corners = [at + s * front * half + t * up * 0.0125 * w.k for s, t in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
        page.fill(straight(np.array(corners)).buffer(0.003, quad_segs=2), BONE, line=EDGE, width=1.2)


_ILIUM = (
    (-0.030, 0.0), (0.026, 0.006), (0.052, 0.044), (0.064, 0.082), (0.040, 0.124), (-0.012, 0.150), (-0.062, 0.134),
    (-0.070, 0.090), (-0.040, 0.042),
)  # fmt: skip
_ISCHIUM = ((-0.018, 0.010), (-0.038, -0.028), (-0.028, -0.058), (-0.004, -0.054), (0.036, -0.026), (0.026, 0.004))


def _spine_process(at: Array, *, front: Array, up: Array, half: float, k: float) -> BaseGeometry:
    """The bony point at the back of a vertebra."""
    rows = ((-half, 0.006 * k), (-half - 0.032 * k, -0.010 * k), (-half - 0.028 * k, -0.020 * k), (-half, -0.008 * k))
    return straight(np.array([at + x * front + y * up for x, y in rows]))


def _psoas(page: Page, w: Window) -> None:
    """From the sides of the low spine over the front of the pelvis to the thigh bone."""
    v = w.vertebrae()
    ahead = [at + front * 0.018 * w.k for at, front, _ in v]
    rim, end = w.pelvis((RIM,))[0], w.thigh(*TROCHANTER)
    course = [ahead[4], ahead[2], ahead[0], rim, end]
    widths = [0.007, 0.015, 0.018, 0.015, 0.006]
    page.fill(_belly(course, widths=[x * w.k for x in widths]), RED, line=DARK, width=1.5, opacity=0.95)
    for share in (-0.45, 0.0, 0.45):
        page.line(_strand(course, offset=[share * x * w.k for x in widths]), FIBRE, width=1.2, opacity=0.75)


def _iliacus(page: Page, w: Window) -> None:
    """The fan on the inside of the pelvis, joining the psoas."""
    fan = list(
        w.pelvis(((0.056, 0.086), (0.034, 0.116), (-0.010, 0.136), (-0.044, 0.112), (-0.006, 0.052), (0.020, 0.002)))
    )
    points = [*fan, w.thigh(*TROCHANTER), w.pelvis(((0.052, 0.014),))[0]]
    page.fill(shape(np.array(points)), PALE, line=DARK, width=1.3, opacity=0.85)


def _rectus(page: Page, w: Window) -> None:
    """From the front of the pelvis down the front of the thigh to the kneecap."""
    length = w.flesh.body.length("thigh") / w.k
    girth = w.flesh.body.girth
    course = [
        w.pelvis(((0.054, 0.040),))[0],
        *(w.thigh(f * girth, -t * length) for f, t in ((0.066, 0.25), (0.066, 0.5), (0.052, 0.85))),
    ]
    page.fill(_belly(course, widths=[0.005, 0.017, 0.018, 0.006]), PALE, line=DARK, width=1.3, opacity=0.85)


def _gluteus(page: Page, w: Window) -> None:
    """From the back of the pelvis over the seat to the thigh bone."""
    g = w.flesh.body.girth
    back = w.pelvis(((-0.060, 0.120), (-0.096 * g, 0.080), (-0.108 * g, 0.020), (-0.092 * g, -0.030)))
    points = [
        *back,
        w.thigh(-0.060 * g, -0.130),
        w.thigh(-0.012, -0.110),
        w.pelvis(((-0.030, 0.0),))[0],
        w.pelvis(((-0.050, 0.070),))[0],
    ]
    page.fill(shape(np.array(points)), RED, line=DARK, width=1.4, opacity=0.88)


def _hamstrings(page: Page, w: Window) -> None:
    """From the seat bone down the back of the thigh."""
    rows = limb(w.flesh.body, name="thigh")
    course = [w.pelvis(((-0.024, -0.050),))[0]]
    course += [w.flesh.spot(f"{w.side}.thigh", front=-0.62 * rows[i][2], up=-rows[i][0]) for i in (3, 4, 6)]
    page.fill(_belly(course, widths=[0.006, 0.020, 0.019, 0.007]), PALE, line=DARK, width=1.3, opacity=0.85)


def _normals(line: Array) -> Array:
    """The direction square to a line at each of its points."""
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    return np.stack([-along[:, 1], along[:, 0]], axis=1)


def _belly(course: list[Array], *, widths: list[float]) -> BaseGeometry:
    """A muscle around its course, with half its width at each point."""
    line = np.array(course)
    across = _normals(line) * np.array(widths)[:, None]
    return shape(np.concatenate([line + across, (line - across)[::-1]]))


def _strand(course: list[Array], *, offset: list[float]) -> Array:
    """A fibre beside the course of a muscle."""
    line = np.array(course)
    return curve(line + _normals(line) * np.array(offset)[:, None], closed=False)


_MUSCLES = {
    "psoas_major": _psoas,
    "iliacus": _iliacus,
    "rectus_femoris": _rectus,
    "gluteus_maximus": _gluteus,
    "hamstrings": _hamstrings,
}
