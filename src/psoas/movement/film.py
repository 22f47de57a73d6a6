"""Drawings of one body at several moments become shapes that change their form: SVG that moves by itself, without script.

Each drawn area is taken at every moment with the same number of corners, lying as near as can be to those of the moment
before, so that what lies between two moments is drawn too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from shapely import get_coordinates, get_exterior_ring, get_parts
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from psoas.movement.ink import LIGHT, UNIT, Page, path
from psoas.movement.pose import Array

SPACING, FEWEST, MOST = 5.4, 10, 120
"""Page units from corner to corner of a moving shape, and how many corners one may have."""
SHARP = 35.0
"""Degrees; a turn of an outline that is kept as a corner."""

Complex = NDArray[np.complex128]
_PLANE = np.array([1, 1j])
"""Turns points into complex numbers."""


class Stroke(Struct, frozen=True):
    """One thing that was drawn: its outline or points in page units, and its colours."""

    kind: str
    points: Array
    color: str
    shade: str = ""
    line: str = ""
    width: float = 0.0
    opacity: float = 1.0
    dash: str = ""


class Sketch(Page):
    """A page that keeps what is drawn on it, by layer, instead of writing it down."""

    def __init__(self, bounds: tuple[float, float, float, float], *, flip: bool) -> None:
        super().__init__(bounds, flip=flip)
        self.strokes: dict[str, Stroke] = {}

    def _keep(self, stroke: Stroke) -> None:
        """Keep it under its layer and its number there: the same thing at another moment has the same name."""
        number = sum(name.startswith(self.layer) for name in self.strokes)
        self.strokes[f"{self.layer}{number}"] = stroke

    def fill(
        self,
        area: BaseGeometry,
        color: str,
        *,
        line: str = "",
        width: float = 2.0,
        opacity: float = 1.0,
        dash: str = "",
    ) -> None:
        """Keep an area."""
        self._keep(Stroke("area", self.outline(area), color, line=line, width=width, opacity=opacity, dash=dash))

    def shaded(self, area: BaseGeometry, color: str, *, shade: str, line: str, width: float) -> None:
        """Keep an area with its shade."""
        self._keep(Stroke("area", self.outline(area), color, shade=shade, line=line, width=width))

    def line(self, points: Array, color: str, *, width: float, opacity: float = 1.0, dash: str = "") -> None:
        """Keep a line."""
        self._keep(
            Stroke(
                "line", self.at(np.asarray(points)[:, :2]), "none", line=color, width=width, opacity=opacity, dash=dash
            )
        )

    def dot(
        self, at: Array, radius: float, color: str, *, line: str = "", width: float = 1.4, opacity: float = 1.0
    ) -> None:
        """Keep a disc, as the ring around it."""
        turn = np.linspace(0, 2 * np.pi, max(FEWEST, round(6 * radius * UNIT / SPACING)), endpoint=False)
        ring = np.asarray(at)[None, :2] + radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        self._keep(Stroke("area", self.at(ring), color, line=line, width=width, opacity=opacity))

    def outline(self, area: BaseGeometry) -> Array:
        """The outer ring of the largest piece; of nothing, one point."""
        if area.is_empty:
            return np.zeros((1, 2))
        piece = area if isinstance(area, Polygon) else max(get_parts(area), key=lambda p: p.area)
        return self.at(get_coordinates(get_exterior_ring(piece))[:-1])


class Outline(NamedTuple):
    """A closed outline in the complex plane: its places back to the first, the way to each, and its sharp corners."""

    places: Complex
    way: Array
    corners: Complex

    @property
    def length(self) -> float:
        """The way around it."""
        return float(self.way[-1])

    def spread(self, count: int) -> Complex:
        """That many places at even distances around it."""
        return np.asarray(np.interp(np.linspace(0, self.length, count, endpoint=False), self.way, self.places))

    def cornered(self, spread: Complex) -> Array:
        """Those places, with the nearest one moved onto each of its sharp corners."""
        nearest = np.abs(spread[:, None] - self.corners[None, :]).argmin(axis=0)
        spread[nearest] = self.corners
        return spread.view(np.float64).reshape(-1, 2)


def _outline(ring: Array) -> Outline:
    """The outline through those points."""
    places = ring @ _PLANE
    closed = np.append(places, places[0])
    leaves = np.diff(closed)
    comes = np.concatenate([leaves[-1:], leaves[:-1]])
    turn = np.abs(np.angle(leaves * comes.conj(), deg=True))
    return Outline(closed, np.concatenate([[0.0], np.cumsum(np.abs(leaves))]), places[turn > SHARP])


def aligned(rings: Sequence[Array]) -> list[Array]:
    """The same outline at several moments with the same number of corners, each near its place a moment before."""
    outlines = [_outline(r) for r in rings]
    count = int(min(max(max(o.length for o in outlines) / SPACING, FEWEST), MOST))
    out = [outlines[0].cornered(outlines[0].spread(count))]
    for one in outlines[1:]:
        out.append(_near(out[-1], outline=one))
    return out


def beside(before: Array, *, ring: Array) -> Array:
    """An outline with as many corners as that of a moment before, each as near as can be."""
    return _near(before, outline=_outline(ring))


def _near(before: Array, *, outline: Outline) -> Array:
    """The outline, begun where its corners move least from where they were."""
    n = len(before)
    fine = outline.spread(4 * n)
    start = _shift(before, fine=fine)
    return outline.cornered(np.concatenate([fine[start:], fine[:start]])[::4].copy())


def _shift(before: Array, *, fine: Complex) -> int:
    """Where around the outline to begin so that its corners move least from where they were."""
    now = fine.reshape(len(before), 4)
    then = np.fft.fft(before @ _PLANE).conj()
    near = np.fft.ifft(np.fft.fft(now, axis=0) * then[:, None], axis=0).real
    apart = (now.real**2 + now.imag**2).sum(axis=0)[None, :] - 2 * near
    return int(apart.argmin())


class Moves(Struct, frozen=True):
    """The moments of a repetition, as shares of its time, and how long it takes."""

    shares: Array
    total: float

    def of(self, what: str, values: list[str], *, smooth: bool = True) -> str:
        """The change of one attribute, or nothing where it stays."""
        if len(set(values)) == 1:
            return ""
        times = ";".join(f"{x:.4f}".rstrip("0").rstrip(".") for x in self.shares.tolist())
        way = "" if smooth else ' calcMode="discrete"'
        return (
            f'<animate attributeName="{what}" dur="{self.total:g}s" repeatCount="indefinite"{way} '
            f'keyTimes="{times}" values="{";".join(values)}"/>'
        )


def element(strokes: Sequence[Stroke | None], *, name: str, moves: Moves, shapes: Array, flip: bool) -> str:
    """One drawn thing as SVG: its shape, colours and visibility at each moment; None is unseen."""
    first = next(s for s in strokes if s is not None)
    d = [path(shape, every=True) + ("" if first.kind == "line" else "z") for shape in shapes]
    shape = f'<path id="{name}" d="{d[0]}">{moves.of("d", d)}</path>'
    if first.shade:
        return _shaded(first, name=name, shape=shape, flip=flip)
    seen = ["hidden" if s is None else "visible" for s in strokes]
    wide = [f"{(s or first).width:.1f}" for s in strokes]
    inner = moves.of("visibility", seen, smooth=False) + moves.of("stroke-width", wide)
    fade = f' opacity="{first.opacity:g}"' if first.opacity < 1 else ""
    return f'<g fill="{first.color}"{_edge(first)}{fade}>{inner}{shape}</g>'


def _shaded(stroke: Stroke, *, name: str, shape: str, flip: bool) -> str:
    """An area in its shade, over it a copy moved towards the light, cut to the area."""
    x, y = (LIGHT[0] if flip else -LIGHT[0]) * UNIT, -LIGHT[1] * UNIT
    use = f'<use href="#{name}"'
    return (
        f'<clipPath id="{name}c">{shape}</clipPath>{use} fill="{stroke.shade}"/>'
        f'<g clip-path="url(#{name}c)">{use} fill="{stroke.color}" transform="translate({x:.1f} {y:.1f})"/></g>'
        f'{use} fill="none"{_edge(stroke)}/>'
    )


def _edge(stroke: Stroke) -> str:
    """The line around or along a thing."""
    if not stroke.line:
        return ""
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    return (
        f' stroke="{stroke.line}" stroke-width="{stroke.width:g}" stroke-linejoin="round" stroke-linecap="round"{dash}'
    )
