"""The body's shapes in one pose, seen from the front: solids around the segments, flattened onto the picture.

Across the picture runs what lies to the person's sides, her right side on our left; depth is left out. A limb that
points at us is as short as it looks. The widths to the side are tables like those of the other view [DC].
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely import unary_union
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from psoas.movement.angles import SIDES
from psoas.movement.flesh import rounded
from psoas.movement.ink import shape
from psoas.movement.outline import FIST, FOOT, HAND, HEAD_AT, TOES, limb, trunk
from psoas.movement.pose import Array, Frame, frames
from psoas.movement.skeleton import Body, Sex

WIDE = {
    Sex.MALE: (0.120, 0.164, 0.158, 0.144, 0.136, 0.146, 0.168, 0.178, 0.158, 0.056),
    Sex.FEMALE: (0.124, 0.176, 0.166, 0.138, 0.122, 0.130, 0.150, 0.156, 0.138, 0.050),
}
"""Half the width of each row of the trunk, metres."""
ROUND = {"thigh": 0.92, "shank": 0.95, "upper_arm": 0.95, "forearm": 1.0}
"""How wide a limb is from the front beside how thick it is from the side."""
SOLE = ((-0.066, 0.0, 0.08, 0.14), (0.030, 0.034, 0.046, 0.047))
"""Half the width of the shoe, from the heel forwards."""
PALM, KNUCKLES = (0.024, 0.030, 0.033, 0.026, 0.012), (0.024, 0.034, 0.038, 0.034, 0.016)
"""Half the width of each row of an open hand, and of a fist."""
_RING = np.stack([np.cos(a := np.linspace(0, 2 * np.pi, 14, endpoint=False)), np.sin(a)], axis=1)
_FACE = (
    (0.0, 0.118), (0.040, 0.110), (0.066, 0.080), (0.075, 0.040), (0.073, 0.0), (0.066, -0.040), (0.050, -0.074),
    (0.028, -0.098), (0.0, -0.106),
)  # fmt: skip
_HAIR = (
    (0.0, 0.130), (0.046, 0.122), (0.077, 0.090), (0.086, 0.046), (0.083, 0.006), (0.073, 0.010), (0.069, 0.046),
    (0.050, 0.068), (0.018, 0.078), (-0.020, 0.074), (-0.052, 0.062), (-0.069, 0.044), (-0.073, 0.010), (-0.083, 0.006),
    (-0.086, 0.046), (-0.077, 0.090), (-0.046, 0.122),
)  # fmt: skip
_LOCKS = ((0.080, 0.060), (0.088, 0.010), (0.082, -0.046), (0.066, -0.050), (0.070, 0.0), (0.066, 0.050))
_EAR = ((0.070, 0.014), (0.084, 0.016), (0.087, -0.006), (0.078, -0.030), (0.069, -0.024))
_AHEAD = 0.085
"""How far the face lies before the middle of the head."""


class Facing:
    """One body in one pose, turned to us; `middle` is where in the picture it stands."""

    def __init__(self, body: Body, *, q: Array, fists: frozenset[str], middle: float) -> None:
        self.body, self.fists, self.middle = body, fists, middle
        self.solid = {n: Frame(*(a[0] for a in f)) for n, f in frames(body, q=q[None, :]).items()}
        self.girth, self.k = body.girth, body.scale
        self._legs: dict[str, BaseGeometry] = {}

    def flat(self, points: Array) -> Array:
        """Where points in space are in the picture."""
        return np.stack([self.middle - points[..., 2], points[..., 1]], axis=-1)

    def spot(self, frame: str, *, front: float, up: float, right: float = 0.0) -> Array:
        """A point of a segment in the picture."""
        at = self.solid[frame]
        return self.flat(at.at(front, up) + right * np.cross(at.front, at.up))

    def across(self, frame: str) -> Array:
        """The direction across a segment in the picture."""
        at = self.solid[frame]
        return np.array([-1.0, 1.0]) * np.cross(at.front, at.up)[[2, 1]]

    def _solid(self, frame: str, rows: Array) -> BaseGeometry:
        """What a row of slices covers; a slice is how far up it lies, how thick to the front and back, how wide."""
        at = self.solid[frame]
        return self._covered([(at, *row) for row in rows.tolist()])

    def _covered(self, slices: list[tuple[Frame, float, float, float, float]]) -> BaseGeometry:
        """What slices of one or more segments cover, each joined to the next."""
        rings = np.stack([self._slice(*one) for one in slices])
        pairs = np.concatenate([rings[:-1], rings[1:]], axis=1)
        return unary_union(shapely.convex_hull(shapely.linestrings(pairs)))

    def _slice(self, at: Frame, up: float, front: float, back: float, wide: float) -> Array:
        """The ring around one slice."""
        right = np.cross(at.front, at.up)
        middle = at.at((front - back) / 2, up)
        ring = middle + _RING[:, :1] * (front + back) / 2 * at.front + _RING[:, 1:] * wide * right
        return self.flat(ring)

    def _rows(self, name: str, *, start: float = -1.0, end: float = 2.0, more: float = 0.0) -> Array:
        """The slices of a limb between two shares of its length, that much wider."""
        rows = np.array([(t, f, b) for t, f, b in limb(self.body, name=name)])
        length = self.body.length(name)
        cuts = [x * length for x in (start, end) if rows[0, 0] < x * length < rows[-1, 0]]
        at = np.unique(np.concatenate([rows[(rows[:, 0] > start * length) & (rows[:, 0] < end * length), 0], cuts]))
        front, back = (np.interp(at, rows[:, 0], rows[:, i]) + more for i in (1, 2))
        return np.stack([-at, front, back, (front + back) / 2 * ROUND[name]], axis=1)

    def leg(self, side: str) -> BaseGeometry:
        """What the shorts leave free of the leg: from the middle of the thigh to the ankle; kept."""
        if side not in self._legs:
            thigh = self._solid(f"{side}.thigh", self._rows("thigh", start=0.46))
            shank = self._solid(f"{side}.shank", self._rows("shank"))
            knee = Point(*self.spot(f"{side}.shank", front=0, up=0)).buffer(0.050 * self.girth, quad_segs=6)
            self._legs[side] = rounded(unary_union([thigh, shank, knee]), fill=0.02, smooth=0.006)
        return self._legs[side]

    def shorts(self) -> BaseGeometry:
        """The shorts: seat and both thighs down to the middle."""
        seat = [r for r in self._trunk_rows(more=0.006) if r[0] is self.solid["pelvis"]]
        legs = [self._solid(f"{s}.thigh", self._rows("thigh", start=0.0, end=0.5, more=0.007)) for s in SIDES]
        return rounded(unary_union([self._covered(seat), *legs]), fill=0.012, smooth=0.004)

    def _trunk_rows(self, *, more: float = 0.0) -> list[tuple[Frame, float, float, float, float]]:
        """The slices of the trunk."""
        sex = self.body.person.sex
        wide = np.mean([WIDE[s] for s in WIDE], axis=0) if sex is Sex.NEUTRAL else np.array(WIDE[sex])
        return [
            (self.solid[name], up, front + more, back + more, float(w) * self.girth + more)
            for (name, up, front, back), w in zip(trunk(self.body), wide, strict=True)
        ]

    def trunk(self) -> BaseGeometry:
        """From the seat to the neck."""
        return rounded(self._covered(self._trunk_rows()), fill=0.03, smooth=0.012)

    def shirt(self) -> BaseGeometry:
        """The shirt with its sleeves, down over the belt."""
        sleeves = [self._solid(f"{s}.upper_arm", self._rows("upper_arm", end=0.46, more=0.007)) for s in SIDES]
        body = self._covered(self._trunk_rows(more=0.006)[1:])
        return rounded(unary_union([body, *sleeves]), fill=0.03, smooth=0.02)

    def foot(self, side: str) -> BaseGeometry:
        """The shoe."""
        pieces = []
        for frame, rows, ahead in ((f"{side}.foot", FOOT, 0.0), (f"{side}.toes", ((0.0, 0.0), *TOES[1:]), 0.14)):
            at, right = self.solid[frame], np.cross(self.solid[frame].front, self.solid[frame].up)
            local = np.array(rows) * self.k
            wide = (
                np.interp(local[:, 0] / self.k + ahead, *SOLE)[:, None]
                * self.k
                * (1 - 2.2 * np.clip(local[:, 1:], 0, 0.05))
            )
            middle = at.origin + local[:, :1] * at.front + local[:, 1:] * at.up
            pieces.append(
                shapely.convex_hull(
                    shapely.linestrings(self.flat(np.concatenate([middle - wide * right, middle + wide * right])))
                )
            )
        return rounded(unary_union(pieces), fill=0.012, smooth=0.012)

    def arm(self, side: str) -> BaseGeometry:
        """What the sleeve leaves free of the arm, and the hand."""
        fist = f"{side}.hand" in self.fists
        rows = [(-d, f, b, w) for (d, f, b), w in zip(*((FIST, KNUCKLES) if fist else (HAND, PALM)), strict=True)]
        elbow = Point(*self.spot(f"{side}.forearm", front=0, up=0)).buffer(0.036 * self.girth, quad_segs=6)
        pieces = [self._solid(f"{side}.upper_arm", self._rows("upper_arm", start=0.43)), elbow]
        pieces += [self._solid(f"{side}.forearm", self._rows("forearm"))]
        hand = self._solid(f"{side}.hand", np.array(rows) * self.k)
        return rounded(unary_union([*pieces, hand]), fill=0.016, smooth=0.004)

    def neck(self) -> BaseGeometry:
        """From between the shoulders to the chin."""
        low, high = self.spot("thorax", front=0, up=0.45 * self.body.neck_to_hip), self.head_spot(0.0, -0.05)
        return shapely.LineString([low, high]).buffer(0.046 * self.k, cap_style="flat")

    def head_spot(self, right: float, up: float, *, ahead: float = 0.0) -> Array:
        """A point of the head."""
        k = self.k
        return self.spot("head", front=(HEAD_AT[0] + ahead) * k, up=(HEAD_AT[1] + up) * k, right=right * k)

    def _drawn(self, rows: tuple[tuple[float, float], ...], *, sign: float = 1.0, ahead: float = 0.0) -> Array:
        return np.array([self.head_spot(sign * x, y, ahead=ahead) for x, y in rows])

    def head(self) -> BaseGeometry:
        """The face, with both ears."""
        both = [*_FACE, *((-x, y) for x, y in _FACE[-2:0:-1])]
        ears = [shape(self._drawn(_EAR, sign=s), count=3) for s in (1.0, -1.0)]
        return unary_union([shape(self._drawn(tuple(both))), *ears])

    def hair(self, *, tied: bool) -> BaseGeometry:
        """Short hair, or hair that is drawn back past the ears."""
        cap = shape(self._drawn(_HAIR))
        return unary_union([cap, *(shape(self._drawn(_LOCKS, sign=s), count=3) for s in (1.0, -1.0))]) if tied else cap

    def features(self) -> dict[str, Array]:
        """Eyes, brows, nose and mouth."""
        found = {"nose": self._drawn(((0.004, 0.006), (0.010, -0.022), (-0.004, -0.024)), ahead=_AHEAD)}
        found["mouth"] = self._drawn(((-0.020, -0.056), (0.0, -0.060), (0.020, -0.056)), ahead=_AHEAD)
        for name, s in (("one", 1.0), ("two", -1.0)):
            found[f"eye {name}"] = self.head_spot(s * 0.028, 0.022, ahead=_AHEAD)
            found[f"brow {name}"] = self._drawn(((0.016, 0.043), (0.028, 0.048), (0.042, 0.042)), sign=s, ahead=_AHEAD)
        return found

    def whole(self) -> BaseGeometry:
        """The silhouette."""
        pieces = [self.shirt(), self.shorts(), self.neck(), self.head(), self.hair(tied=False)]
        return unary_union([*pieces, *(part(s) for s in SIDES for part in (self.leg, self.foot, self.arm))])
