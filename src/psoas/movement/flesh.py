"""The body's shapes in one pose, seen from the side: limbs, trunk, head, hands and feet as areas in metres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from shapely import unary_union
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from psoas.movement.ink import shape, straight
from psoas.movement.outline import BREATH, FACE, FIST, FOOT, HAIR, HAND, HEAD_AT, TOES, limb, trunk
from psoas.movement.pose import Array, Frame, frames
from psoas.movement.skeleton import Body

_EYE, _BROW = (0.064, 0.020), ((0.049, 0.040), (0.063, 0.046), (0.076, 0.041))
_MOUTH = ((0.091, -0.050), (0.078, -0.052), (0.068, -0.049))
_EAR = ((-0.006, 0.012), (0.008, 0.004), (0.006, -0.022), (-0.006, -0.030), (-0.018, -0.010))
_BUN = (-0.108, 0.058)
_THUMB = ((0.012, -0.012), (0.040, -0.023), (0.070, -0.027), (0.084, -0.022), (0.066, -0.012), (0.040, -0.004))

STILL = 2000
"""Parts are told apart where they lie this share of a metre apart."""
_TRUNK = ("pelvis", "lumbar", "thorax")
Kept = dict[tuple[str, bytes], BaseGeometry]
"""Parts that were laid out, by their name and where they lie."""


def rounded(area: BaseGeometry, *, fill: float, smooth: float) -> BaseGeometry:
    """The area with its creases filled and its corners taken off: separate parts become one body."""
    thin = area.simplify(0.0012, preserve_topology=False)
    return thin.buffer(fill, quad_segs=2).buffer(-fill - smooth, quad_segs=2).buffer(smooth, quad_segs=2)


class Flesh:
    """One body in one pose, in the plane of the picture."""

    def __init__(
        self, body: Body, *, q: Array, fists: frozenset[str], breath: float = 0.0, kept: Kept | None = None
    ) -> None:
        self.body, self.fists, self.breath = body, fists, breath
        self.kept: Kept = {} if kept is None else kept
        self._limbs: dict[str, BaseGeometry] = {}
        self.frames = {n: Frame(*(a[0, :2] for a in f)) for n, f in frames(body, q=q[None, :]).items()}

    def _once(self, part: str, make: Callable[[], BaseGeometry], *, on: tuple[str, ...]) -> BaseGeometry:
        """A part that lies where it lay in a pose before, to half a millimetre, is not laid out again."""
        where = np.rint(np.array([self.frames[n] for n in on]) * STILL).astype(int).tobytes()
        if (part, where) not in self.kept:
            self.kept[part, where] = make()
        return self.kept[part, where]

    def spot(self, frame: str, *, front: float, up: float) -> Array:
        """A point of a segment in the plane of the picture."""
        return self.frames[frame].at(front, up)

    def across(self, frame: str) -> Array:
        """The direction across a segment in the picture."""
        return self.frames[frame].front

    def _spots(self, frame: str, rows: tuple[tuple[float, float], ...] | list[tuple[float, float]]) -> Array:
        at, local = self.frames[frame], np.asarray(rows)
        return np.asarray(at.origin + local[:, :1] * at.front + local[:, 1:] * at.up)

    def limb(self, side: str, *, name: str) -> BaseGeometry:
        """Thigh, shank, upper arm or forearm; asked for more than once, so kept."""
        key = f"{side}.{name}"
        if key not in self._limbs:
            rows = limb(self.body, name=name)
            self._limbs[key] = shape(
                self._spots(key, [(f, -t) for t, f, _ in rows] + [(-b, -t) for t, _, b in rows[::-1]])
            )
        return self._limbs[key]

    def leg(self, side: str) -> BaseGeometry:
        """Thigh and shank as one shape, down to the ankle."""
        return self._once(f"leg {side}", lambda: self._leg(side), on=(f"{side}.thigh", f"{side}.shank"))

    def _leg(self, side: str) -> BaseGeometry:
        knee = Point(*self.spot(f"{side}.shank", front=0, up=0)).buffer(0.050 * self.body.girth, quad_segs=6)
        whole = unary_union([self.limb(side, name="thigh"), self.limb(side, name="shank"), knee])
        return rounded(whole, fill=0.028, smooth=0.010)

    def foot(self, side: str) -> BaseGeometry:
        """The shoe, bent at the ball."""
        return self._once(f"foot {side}", lambda: self._foot(side), on=(f"{side}.foot", f"{side}.toes"))

    def _foot(self, side: str) -> BaseGeometry:
        k = self.body.scale
        sole = self._spots(f"{side}.foot", [(x * k, y * k) for x, y in FOOT])
        toes = self._spots(f"{side}.toes", [(x * k, y * k) for x, y in TOES[1:]])
        back = shape(np.concatenate([sole[1:], sole[:1]]), count=3)
        front = shape(np.concatenate([sole[:1], toes, sole[-1:]]), count=3)
        return rounded(unary_union([back, front]), fill=0.012, smooth=0.004)

    def arm(self, side: str) -> BaseGeometry:
        """Upper arm, forearm and hand as one shape."""
        parts = (f"{side}.upper_arm", f"{side}.forearm", f"{side}.hand")
        return self._once(f"arm {side}", lambda: self._arm(side), on=parts)

    def _arm(self, side: str) -> BaseGeometry:
        elbow = Point(*self.spot(f"{side}.forearm", front=0, up=0)).buffer(0.035 * self.body.girth, quad_segs=6)
        pieces = [self.limb(side, name="upper_arm"), self.limb(side, name="forearm"), elbow, self.hand(side)]
        return rounded(unary_union(pieces), fill=0.016, smooth=0.003)

    def hand(self, side: str) -> BaseGeometry:
        """An open hand with its thumb, or a fist."""
        k = self.body.scale
        fist = f"{side}.hand" in self.fists
        rows = [(f * k, -d * k) for d, f, _ in (FIST if fist else HAND)]
        rows += [(-b * k, -d * k) for d, _, b in (FIST if fist else HAND)[::-1]]
        hand = shape(self._spots(f"{side}.hand", rows), count=3)
        if fist:
            return hand
        return unary_union([hand, shape(self._spots(f"{side}.hand", [(f * k, -d * k) for d, f in _THUMB]), count=3)])

    def trunk(self) -> BaseGeometry:
        """From the seat to the neck, wider in front by the breath."""
        return self._once(f"trunk {self.breath}", self._trunk, on=_TRUNK)

    def _trunk(self) -> BaseGeometry:
        rows = trunk(self.body)
        wider = [self.breath * by for by in BREATH]
        fore = [self.spot(name, front=f + by, up=t) for (name, t, f, _), by in zip(rows, wider, strict=True)]
        back = [self.spot(name, front=-b, up=t) for name, t, _, b in rows]
        return rounded(shape(np.array(fore + back[::-1])), fill=0.03, smooth=0.012)

    def cloth(self) -> BaseGeometry:
        """The trunk as clothes cover it."""
        return self._once(f"cloth {self.breath}", lambda: self.trunk().buffer(0.006, quad_segs=3), on=_TRUNK)

    def neck(self) -> BaseGeometry:
        """From between the shoulders to the head."""
        k = self.body.scale
        low = [self.spot("thorax", front=x * k, up=0.47 * self.body.neck_to_hip) for x in (0.024, -0.062)]
        high = [self._head((x, -0.055)) for x in (-0.060, 0.040)]
        return straight(np.array(low + high)).buffer(0.012, quad_segs=4)

    def _head(self, at: tuple[float, float]) -> Array:
        k = self.body.scale
        return self.spot("head", front=(HEAD_AT[0] + at[0]) * k, up=(HEAD_AT[1] + at[1]) * k)

    def _drawn(self, rows: tuple[tuple[float, float], ...]) -> Array:
        return np.array([self._head(p) for p in rows])

    def head(self) -> BaseGeometry:
        """Face and skull."""
        return shape(self._drawn(FACE))

    def hair(self, *, tied: bool) -> BaseGeometry:
        """Short hair, or the same with a knot at the back."""
        short = shape(self._drawn(HAIR))
        if not tied:
            return short
        return unary_union([short, Point(*self._head(_BUN)).buffer(0.036 * self.body.scale, quad_segs=6)])

    def ear(self) -> BaseGeometry:
        """The ear that is turned to us."""
        return shape(self._drawn(_EAR))

    def features(self) -> tuple[Array, Array, Array]:
        """Eye, brow and mouth."""
        return self._head(_EYE), self._drawn(_BROW), self._drawn(_MOUTH)

    def whole(self) -> BaseGeometry:
        """The silhouette."""
        pieces = [self.trunk(), self.neck(), self.head(), self.hair(tied=False)]
        for side in ("worked", "other"):
            pieces += [self.leg(side), self.foot(side), self.arm(side)]
        return unary_union(pieces)

    def below(self, frame: str, *, up: float, tilt: float = 0.0) -> BaseGeometry:
        """The half of the picture that lies below a line across a segment, for cutting clothes."""
        left, right = self.spot(frame, front=-0.6, up=up - tilt), self.spot(frame, front=0.6, up=up + tilt)
        far = -1.2 * self.frames[frame].up
        return straight(np.array([left, right, right + far, left + far]))
