"""The body's shapes in one pose, seen from the front: solids around the segments, flattened onto the picture.

Across the picture runs what lies to the person's sides, her right side on our left; depth is left out. A limb that
points at us is as short as it looks. The widths to the side are tables like those of the other view [DC].
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from shapely import unary_union
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from psoas.movement.angles import SIDES
from psoas.movement.flesh import STILL, Kept, rounded
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
SEAT = 3
"""The rows of the trunk that the shorts cover."""
_AHEAD = 0.085
"""How far the face lies before the middle of the head."""


_THIGHS, _ARMS = (tuple(f"{s}.{n}" for s in SIDES) for n in ("thigh", "upper_arm"))


class Facing:
    """One body in one pose, turned to us; `middle` is where in the picture it stands."""

    def __init__(self, body: Body, *, q: Array, fists: frozenset[str], middle: float, kept: Kept | None = None) -> None:
        self.body, self.fists, self.middle = body, fists, middle
        self.kept: Kept = {} if kept is None else kept
        self.girth, self.k = body.girth, body.scale
        self.bases = self._flattened(frames(body, q=q[None, :]))

    def _flattened(self, solid: dict[str, Frame]) -> dict[str, Array]:
        """For each segment where it begins in the picture, and one metre to its front, up along it, and to its right."""
        every = np.array([[a[0] for a in f] for f in solid.values()])
        right = np.cross(every[:, 1], every[:, 2])[:, None]
        flat = np.concatenate([every, right], axis=1)[..., [2, 1]] * (-1.0, 1.0)
        flat[:, 0, 0] += self.middle
        return dict(zip(solid, flat, strict=True))

    def _once(self, part: str, make: Callable[[], BaseGeometry], *, on: tuple[str, ...]) -> BaseGeometry:
        """A part that lies where it lay in a pose before, to half a millimetre, is not laid out again."""
        where = np.rint(np.concatenate([self.bases[n] for n in on]) * STILL).astype(int).tobytes()
        if (part, where) not in self.kept:
            self.kept[part, where] = make()
        return self.kept[part, where]

    def spot(self, frame: str, *, front: float, up: float, right: float = 0.0) -> Array:
        """A point of a segment in the picture."""
        at = self.bases[frame]
        return np.asarray(at[0] + front * at[1] + up * at[2] + right * at[3])

    def across(self, frame: str) -> Array:
        """The direction across a segment in the picture."""
        return np.asarray(self.bases[frame][3])

    def _solid(self, frame: str, rows: Array) -> BaseGeometry:
        """What a row of slices covers; a slice is how far up it lies, how thick to the front and back, how wide."""
        return self._covered(np.broadcast_to(self.bases[frame], (len(rows), 4, 2)), rows)

    def _covered(self, bases: Array, rows: Array) -> BaseGeometry:
        """What slices of one or more segments cover, each joined to the next."""
        up, front, back, wide = (rows[:, i, None] for i in range(4))
        middle = bases[:, 0] + up * bases[:, 2] + (front - back) / 2 * bases[:, 1]
        thick, broad = (front + back) / 2 * bases[:, 1], wide * bases[:, 3]
        rings = middle[:, None] + _RING[:, :1] * thick[:, None] + _RING[:, 1:] * broad[:, None]
        return unary_union(shapely.convex_hull(shapely.linestrings(np.concatenate([rings[:-1], rings[1:]], axis=1))))

    def _rows(self, name: str, *, start: float = -1.0, end: float = 2.0, more: float = 0.0) -> Array:
        """The slices of a limb between two shares of its length, that much wider."""
        rows = np.array([(t, f, b) for t, f, b in limb(self.body, name=name)])
        length = self.body.length(name)
        cuts = [x * length for x in (start, end) if rows[0, 0] < x * length < rows[-1, 0]]
        at = np.unique(np.concatenate([rows[(rows[:, 0] > start * length) & (rows[:, 0] < end * length), 0], cuts]))
        front, back = (np.interp(at, rows[:, 0], rows[:, i]) + more for i in (1, 2))
        return np.stack([-at, front, back, (front + back) / 2 * ROUND[name]], axis=1)

    def leg(self, side: str) -> BaseGeometry:
        """What the shorts leave free of the leg: from the middle of the thigh to the ankle."""
        return self._once(f"leg {side}", lambda: self._leg(side), on=(f"{side}.thigh", f"{side}.shank"))

    def _leg(self, side: str) -> BaseGeometry:
        thigh = self._solid(f"{side}.thigh", self._rows("thigh", start=0.46))
        shank = self._solid(f"{side}.shank", self._rows("shank"))
        knee = Point(*self.spot(f"{side}.shank", front=0, up=0)).buffer(0.050 * self.girth, quad_segs=6)
        return rounded(unary_union([thigh, shank, knee]), fill=0.02, smooth=0.006)

    def shorts(self) -> BaseGeometry:
        """The shorts: seat and both thighs down to the middle."""
        return self._once("shorts", self._shorts, on=("pelvis", "lumbar", *_THIGHS))

    def _shorts(self) -> BaseGeometry:
        legs = [self._solid(f"{s}.thigh", self._rows("thigh", start=0.0, end=0.5, more=0.007)) for s in SIDES]
        bases, rows = self._trunk_rows(more=0.006)
        return rounded(unary_union([self._covered(bases[:SEAT], rows[:SEAT]), *legs]), fill=0.012, smooth=0.004)

    def _trunk_rows(self, *, more: float = 0.0) -> tuple[Array, Array]:
        """The slices of the trunk: in which segment each lies, and its measures."""
        sex = self.body.person.sex
        wide = np.mean([WIDE[s] for s in WIDE], axis=0) if sex is Sex.NEUTRAL else np.array(WIDE[sex])
        rows = trunk(self.body)
        measures = np.array([row[1:] for row in rows])
        measures[:, 1:] += more
        bases = np.array([self.bases[name] for name, *_ in rows])
        return bases, np.concatenate([measures, wide[:, None] * self.girth + more], axis=1)

    def shirt(self) -> BaseGeometry:
        """The shirt with its sleeves, down over the belt."""
        return self._once("shirt", self._shirt, on=("pelvis", "lumbar", "thorax", *_ARMS))

    def _shirt(self) -> BaseGeometry:
        sleeves = [self._solid(f"{s}.upper_arm", self._rows("upper_arm", end=0.46, more=0.007)) for s in SIDES]
        bases, rows = self._trunk_rows(more=0.006)
        return rounded(unary_union([self._covered(bases[1:], rows[1:]), *sleeves]), fill=0.03, smooth=0.02)

    def foot(self, side: str) -> BaseGeometry:
        """The shoe."""
        return self._once(f"foot {side}", lambda: self._foot(side), on=(f"{side}.foot", f"{side}.toes"))

    def _foot(self, side: str) -> BaseGeometry:
        back = self._shoe(f"{side}.foot", np.array(FOOT), ahead=0.0)
        toes = self._shoe(f"{side}.toes", np.array([(0.0, 0.0), *TOES[1:]]), ahead=0.14)
        return rounded(unary_union([back, toes]), fill=0.012, smooth=0.012)

    def _shoe(self, frame: str, rows: Array, *, ahead: float) -> BaseGeometry:
        """What one part of the shoe covers; it grows narrower towards its upper edge."""
        at, (front, up) = self.bases[frame], rows.T[:, :, None] * self.k
        wide = np.interp(rows[:, :1] + ahead, *SOLE) * self.k * (1 - 2.2 * np.clip(up, 0, 0.05))
        middle = at[0] + front * at[1] + up * at[2]
        both = np.concatenate([middle - wide * at[3], middle + wide * at[3]])
        return shapely.convex_hull(shapely.linestrings(both))

    def arm(self, side: str) -> BaseGeometry:
        """What the sleeve leaves free of the arm, and the hand."""
        return self._once(
            f"arm {side}", lambda: self._arm(side), on=(f"{side}.upper_arm", f"{side}.forearm", f"{side}.hand")
        )

    def _arm(self, side: str) -> BaseGeometry:
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
        return np.asarray(self._drawn(((right, up),), ahead=ahead)[0])

    def _drawn(self, rows: tuple[tuple[float, float], ...], *, sign: float = 1.0, ahead: float = 0.0) -> Array:
        """Points of the head: to the right, and up, from its middle."""
        at, points = self.bases["head"], np.array(rows)
        right, up = sign * points[:, :1], HEAD_AT[1] + points[:, 1:]
        return np.asarray(at[0] + self.k * ((HEAD_AT[0] + ahead) * at[1] + up * at[2] + right * at[3]))

    def head(self) -> BaseGeometry:
        """The face, with both ears."""
        return self._once("head", self._head, on=("head",))

    def _head(self) -> BaseGeometry:
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
