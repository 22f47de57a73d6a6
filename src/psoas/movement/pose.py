"""A pose: from joint angles to points in space, and back.

Axes: x forwards, y up, z to the worked side; metres. Standing, the person faces +x. Each segment has a frame: where it
begins, which way is its front, which way is up along it (towards the trunk). Everything is computed for many poses at
once: arrays have one row for each pose. The round trip from angles to points to angles is a law (1e-9 rad).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from psoas.movement.angles import BY_NAME, NAMES, PLACE, SIDES
from psoas.movement.skeleton import Body, Unfit

Array = NDArray[np.float64]

SPINE = (0.20, 0.30, 0.50)
"""How the stretch from hip to neck is shared by pelvis, low back and upper back [DC, from standing heights]."""
HIP_HALF, SHOULDER_HALF = 0.052, 0.105
"""Half the distance between the hips and between the shoulders, as fractions of stature [BG]."""
SHOULDER_DROP = 0.043
HEEL, BALL = (-0.036, 0.078), 0.040
"""Heel behind and ball before the ankle, toe beyond the ball, as fractions of stature."""
FINGERS = 0.100


class Frame(NamedTuple):
    """Where a segment begins and how it lies: origin, front and up, one row for each pose."""

    origin: Array
    front: Array
    up: Array

    def at(self, front: float, up: float) -> Array:
        """The point that far in front of and above the segment's beginning."""
        return self.origin + front * self.front + up * self.up


def vector(degrees: Mapping[str, float], *, x: float = 0.0, y: float = 0.0) -> Array:
    """The coordinates of one pose; an angle that is not named is zero. Raises Unfit for a name the table lacks."""
    q = np.zeros(len(NAMES))
    q[0], q[1] = x, y
    for name, value in degrees.items():
        if name not in BY_NAME:
            raise Unfit(f"pose: {name}: no such angle. Use one of {', '.join(sorted(BY_NAME))}.")
        q[PLACE[name]] = math.radians(value)
    return q


def degrees(q: Array) -> dict[str, float]:
    """Every angle of a pose in degrees, by name."""
    return {name: math.degrees(float(q[PLACE[name]])) for name in BY_NAME}


_SPINE = [PLACE[n] for n in ("tilt", "lumbar", "thorax", "neck")]
_TOES = [PLACE[f"{side}.toes"] for side in SIDES]
_TURNS = np.array(
    [
        [PLACE[f"{side}.{name}"] for name in row for side in SIDES]
        for row in (
            ("hip", "shoulder"),
            ("hip_out", "shoulder_out"),
            ("hip_turn", "shoulder"),
            ("knee", "elbow"),
            ("ankle", "wrist"),
        )
    ]
)
"""Where the angles of both legs and both arms stand in a pose: lift, spread, turn, first hinge, second hinge."""
_SIGNS = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, -1, 0, 0], [-1, -1, 1, 1], [1, 1, 1, 1]])[:, :, None]
"""Which way each of them turns its frame; an arm is not turned about itself."""
_CHAINS = (("thigh", "shank", "foot"), ("upper_arm", "forearm", "hand"))
_LIMBS = [(side, chain) for chain in _CHAINS for side in SIDES]


def frames(body: Body, *, q: Array) -> dict[str, Frame]:
    """The frame of every segment; `q` has the shape (poses, coordinates)."""
    out = _spine(body, q=q)
    turns = q.T[_TURNS] * _SIGNS
    c, s = np.cos(turns)[..., None], np.sin(turns)[..., None]
    first = _ball_joints(_roots(body, pelvis=out["pelvis"], chest=out["thorax"]), c=c, s=s)
    bent = _hinge(first, down=_lengths(body, joint=0), c=c[3], s=s[3])
    last = _hinge(bent, down=_lengths(body, joint=1), c=c[4], s=s[4])
    for i, (side, chain) in enumerate(_LIMBS):
        out |= {f"{side}.{n}": Frame(*(x[i] for x in f)) for n, f in zip(chain, (first, bent, last), strict=True)}
    for side, place in zip(SIDES, _TOES, strict=True):
        foot, turn = out[f"{side}.foot"], q[:, place, None]
        ball = foot._replace(origin=foot.at(HEEL[1] * body.person.height, 0))
        out[f"{side}.toes"] = _hinge(ball, down=body.ankle, c=np.cos(turn), s=np.sin(turn))
    return out


def _spine(body: Body, *, q: Array) -> dict[str, Frame]:
    """Pelvis, low back, upper back and head, one upon the other, each turned against the one below."""
    lean = np.cumsum(q.T[_SPINE], axis=0)
    front, up = np.zeros((2, *lean.shape, 3))
    front[..., 0] = up[..., 1] = np.cos(lean)
    up[..., 0] = np.sin(lean)
    front[..., 1] = -up[..., 0]
    at, out = np.zeros((len(q), 3)), dict[str, Frame]()
    at[:, :2] = q[:, :2]
    for i, (name, share) in enumerate(zip(("pelvis", "lumbar", "thorax", "head"), (*SPINE, 0.0), strict=True)):
        out[name] = Frame(at, front[i], up[i])
        at = at + share * body.neck_to_hip * up[i]
    return out


def _roots(body: Body, *, pelvis: Frame, chest: Frame) -> Frame:
    """Where both thighs and both upper arms begin, and how they lie before a joint moves."""
    h = body.person.height
    shoulders = chest.at(0, SPINE[2] * body.neck_to_hip - SHOULDER_DROP * h)
    origin = np.stack([pelvis.origin, pelvis.origin, shoulders, shoulders])
    origin[:, :, 2] += np.array([[HIP_HALF], [-HIP_HALF], [SHOULDER_HALF], [-SHOULDER_HALF]]) * h
    front, up = (np.stack([a, a, b, b]) for a, b in ((pelvis.front, chest.front), (pelvis.up, chest.up)))
    return Frame(origin, front, up)


def _lengths(body: Body, *, joint: int) -> Array:
    """How far the next joint lies along each limb."""
    return np.array([body.length(chain[joint]) for _, chain in _LIMBS])[:, None, None]


def _ball_joints(root: Frame, *, c: Array, s: Array) -> Frame:
    """Limbs that are lifted forwards, then spread, then turned about themselves."""
    front, up = c[0] * root.front + s[0] * root.up, c[0] * root.up - s[0] * root.front
    right = np.array([0.0, 0.0, 1.0])
    up, right = c[1] * up - s[1] * right, c[1] * right + s[1] * up
    return Frame(root.origin, c[2] * front - s[2] * right, up)


def _hinge(before: Frame, *, down: Array | float, c: Array, s: Array) -> Frame:
    """What lies beyond a hinge so far down a segment, turned towards the front."""
    front, up = c * before.front + s * before.up, c * before.up - s * before.front
    return Frame(before.origin - down * before.up, front, up)


def points(body: Body, *, q: Array) -> dict[str, Array]:
    """The named points of one pose: a person's joints and ends, each with three coordinates in metres."""
    f = frames(body, q=q[None, :])
    h = body.person.height
    found = {"hip": f["pelvis"].origin, "waist": f["lumbar"].origin, "chest": f["thorax"].origin}
    found |= {"neck": f["head"].origin, "crown": f["head"].at(0, body.length("head"))}
    for s in SIDES:
        found |= {f"{s}.hip": f[f"{s}.thigh"].origin, f"{s}.knee": f[f"{s}.shank"].origin}
        found |= {f"{s}.ankle": f[f"{s}.foot"].origin, f"{s}.heel": f[f"{s}.foot"].at(HEEL[0] * h, -body.ankle)}
        found |= {f"{s}.ball": f[f"{s}.toes"].origin, f"{s}.toe": f[f"{s}.toes"].at(BALL * h, 0)}
        found |= {f"{s}.shoulder": f[f"{s}.upper_arm"].origin, f"{s}.elbow": f[f"{s}.forearm"].origin}
        found |= {f"{s}.wrist": f[f"{s}.hand"].origin, f"{s}.fingertip": f[f"{s}.hand"].at(0, -FINGERS * h)}
    return {name: at[0] for name, at in found.items()}


def measure(at: Mapping[str, Array]) -> Array:
    """The coordinates of the pose whose points these are: the way back of `points`."""
    q = np.zeros(len(NAMES))
    q[0], q[1] = at["hip"][0], at["hip"][1]
    spine = [at[b] - at[a] for a, b in (("hip", "waist"), ("waist", "chest"), ("chest", "neck"), ("neck", "crown"))]
    lean = [math.atan2(v[0], v[1]) for v in spine]
    q[PLACE["tilt"]] = lean[0]
    for name, low, high in zip(("lumbar", "thorax", "neck"), lean, lean[1:], strict=False):
        q[PLACE[name]] = _wrapped(high - low)
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        _measure_leg(q, at=at, side=side, sign=sign, lean=lean[0])
        _measure_arm(q, at=at, side=side, sign=sign, lean=lean[2])
    return q


def _wrapped(angle: float, *, low: float = -math.pi) -> float:
    """The same direction as an angle from `low` up to one full turn above it."""
    return (angle - low) % (2 * math.pi) + low


def _spread(line: Array, *, sign: float, lean: float) -> tuple[float, float]:
    """How far a limb is lifted forwards and spread, beside a trunk that leans forwards."""
    u = line / np.linalg.norm(line)
    return _wrapped(math.atan2(u[0], -u[1]) + lean, low=-math.pi / 2), sign * math.asin(max(-1.0, min(1.0, u[2])))


def _measure_leg(q: Array, *, at: Mapping[str, Array], side: str, sign: float, lean: float) -> None:
    """Fill in the angles of one leg."""
    p = {n: at[f"{side}.{n}"] for n in ("hip", "knee", "ankle", "heel", "ball", "toe")}
    thigh, shank, sole, toes = p["knee"] - p["hip"], p["ankle"] - p["knee"], p["ball"] - p["heel"], p["toe"] - p["ball"]
    flex, out = _spread(thigh, sign=sign, lean=lean)
    axis = np.cross(shank, sole)  # shin and sole are never in one line, so the knee's axis is always known
    axis /= np.linalg.norm(axis)
    turn = flex - lean
    front = np.array([math.cos(turn), math.sin(turn), 0.0])
    right = np.cross(front, -thigh / np.linalg.norm(thigh))
    twist = sign * math.atan2(float(axis @ front), float(axis @ right))
    found = (flex, out, twist, -_bend(thigh, shank, axis=axis), _bend(shank, sole, axis=axis) - math.pi / 2)
    for name, value in zip(("hip", "hip_out", "hip_turn", "knee", "ankle"), found, strict=True):
        q[PLACE[f"{side}.{name}"]] = value
    q[PLACE[f"{side}.toes"]] = _bend(sole, toes, axis=axis)


def _measure_arm(q: Array, *, at: Mapping[str, Array], side: str, sign: float, lean: float) -> None:
    """Fill in the angles of one arm."""
    p = {n: at[f"{side}.{n}"] for n in ("shoulder", "elbow", "wrist", "fingertip")}
    upper, fore, hand = p["elbow"] - p["shoulder"], p["wrist"] - p["elbow"], p["fingertip"] - p["wrist"]
    flex, out = _spread(upper, sign=sign, lean=lean)
    turn = flex - lean
    front = np.array([math.cos(turn), math.sin(turn), 0.0])
    axis = np.cross(front, -upper / np.linalg.norm(upper))
    found = (flex, out, _bend(upper, fore, axis=axis), _bend(fore, hand, axis=axis))
    for name, value in zip(("shoulder", "shoulder_out", "elbow", "wrist"), found, strict=True):
        q[PLACE[f"{side}.{name}"]] = value


def _bend(one: Array, two: Array, *, axis: Array) -> float:
    """The angle from one line to the next about that axis."""
    return math.atan2(float(np.cross(one, two) @ axis), float(one @ two))
