"""Writing SVG: metres become page units, curves become short relative paths. No script, no style sheet, no outside file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape

import numpy as np
from shapely import affinity
from shapely.geometry import GeometryCollection, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from psoas.movement.pose import Array

UNIT = 360.0
"""Page units for one metre."""
INK = "#33404d"
LIGHT = (0.013, 0.014)
"""Where the light comes from, metres beside and above: a shape's shade is what lies off a copy of it moved that way."""


@cache
def _basis(count: int) -> Array:
    """The weights of four neighbouring points at `count` places of a Catmull-Rom curve."""
    t = np.linspace(0, 1, count, endpoint=False)
    rows = [-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2]
    return 0.5 * np.stack(rows, axis=1)


def curve(points: Array, *, count: int = 4, closed: bool = True) -> Array:
    """A smooth curve through the points: (places, 2)."""
    if closed:
        n = len(points)
        padded = np.concatenate([points[-1:], points, points[:2]])
        around = [padded[i : i + n] for i in range(4)]
    else:
        padded = np.concatenate([points[:1], points, points[-1:], points[-1:]])
        around = [padded[i : i + len(points) - 1] for i in range(4)]
    fine = np.einsum("kj,jnd->nkd", _basis(count), np.stack(around)).reshape(-1, 2)
    return fine if closed else np.concatenate([fine, points[-1:]])


def shape(points: Array | Sequence[tuple[float, float]], *, count: int = 4) -> BaseGeometry:
    """The smooth closed shape through the points."""
    return _valid(Polygon(curve(np.asarray(points, dtype=np.float64), count=count)))


def straight(points: Array | Sequence[tuple[float, float]]) -> BaseGeometry:
    """The closed shape with straight sides."""
    return _valid(Polygon(np.asarray(points, dtype=np.float64)))


def _valid(area: Polygon) -> BaseGeometry:
    """The area; a curve that crosses itself is taken as the ground it covers."""
    return area if area.is_valid else area.buffer(0)


class Page:
    """A page that is drawn on in metres, y up; `flip` mirrors left and right."""

    def __init__(self, bounds: tuple[float, float, float, float], *, flip: bool) -> None:
        left, bottom, right, top = bounds
        self.flip = flip
        self.bounds = bounds
        self.left, self.top = (-right if flip else left), top
        self.width, self.height = round((right - left) * UNIT), round((top - bottom) * UNIT)
        self.body: list[str] = []
        self.layer = ""

    def at(self, points: Array) -> Array:
        """Page coordinates of points in metres."""
        sign = np.array([-UNIT if self.flip else UNIT, -UNIT])
        return np.asarray(points * sign + (-self.left * UNIT, self.top * UNIT))

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
        """Draw an area."""
        d = "".join(self._ring(np.asarray(r.coords)[:-1]) for p in polygons(area) for r in (p.exterior, *p.interiors))
        self.body.append(f'<path d="{d}" fill="{color}"{_stroke(line, width, dash)}{_opacity(opacity)}/>')

    def shaded(self, area: BaseGeometry, color: str, *, shade: str, line: str, width: float) -> None:
        """Draw an area with a shade on the side away from the light."""
        self.fill(area, color, line=line, width=width)
        lit = affinity.translate(area, -LIGHT[0] if not self.flip else LIGHT[0], LIGHT[1])
        self.fill(area.difference(lit).buffer(-0.002, quad_segs=1), shade)

    def line(self, points: Array, color: str, *, width: float, opacity: float = 1.0, dash: str = "") -> None:
        """Draw a line with round ends."""
        d = self._path(points)
        self.body.append(
            f'<path d="{d}" fill="none"{_stroke(color, width, dash)} stroke-linecap="round"{_opacity(opacity)}/>'
        )

    def dot(
        self, at: Array, radius: float, color: str, *, line: str = "", width: float = 1.4, opacity: float = 1.0
    ) -> None:
        """Draw a disc; the radius is in metres."""
        (x, y), r = self.at(np.asarray(at)[None, :2])[0], radius * UNIT
        self.body.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{color}"{_stroke(line, width, "")}{_opacity(opacity)}/>'
        )

    def raw(self, element: str) -> None:
        """Add an element as it stands."""
        self.body.append(element)

    def svg(self, *, title: str, desc: str) -> str:
        """The whole picture, with its name and description for those who listen."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img">'
        )
        return f"{head}<title>{escape(title)}</title><desc>{escape(desc)}</desc>{''.join(self.body)}</svg>"

    def _ring(self, points: Array) -> str:
        return self._path(points) + "z"

    def _path(self, points: Array) -> str:
        """The path through points in metres."""
        return path(self.at(np.asarray(points)[:, :2]))


def path(units: Array, *, every: bool = False) -> str:
    """A path in tenths of a unit, each point beside the one before it; `every` keeps points that do not move."""
    tenths = np.rint(units * 10).astype(int)
    moves = np.diff(tenths, axis=0)
    if not every:
        moves = moves[moves.any(axis=1)]
    first = f"M{_tenth(tenths[0, 0])}{_next(tenths[0, 1])}l"
    return first + "".join(map(_next, moves.ravel().tolist()))


@cache
def _tenth(value: int) -> str:
    """A number of tenths, as short as it can be written."""
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"


@cache
def _next(value: int) -> str:
    """The number behind another one: its sign, or else a space, keeps them apart."""
    return _tenth(value) if value < 0 else f" {_tenth(value)}"


def _stroke(color: str, width: float, dash: str) -> str:
    if not color:
        return ""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f' stroke="{color}" stroke-width="{width:g}" stroke-linejoin="round"{dashed}'


def _opacity(value: float) -> str:
    return "" if value == 1 else f' opacity="{value:g}"'


def polygons(area: BaseGeometry) -> list[Polygon]:
    """The polygons of an area, thinned to a third of a millimetre."""
    thin = area.simplify(0.0007, preserve_topology=False)
    if isinstance(thin, MultiPolygon | GeometryCollection):
        return [g for g in thin.geoms if isinstance(g, Polygon) and not g.is_empty]
    return [thin] if isinstance(thin, Polygon) and not thin.is_empty else []
