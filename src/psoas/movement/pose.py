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


def frames(body: Body, *, q: Array) -> dict[str, Frame]:
    """The frame of every segment; `q` has the shape (poses, coordinates)."""
    out: dict[str, Frame] = {}
    turn = -q[:, PLACE["tilt"]]
    hip = np.stack([q[:, 0], q[:, 1], np.zeros(len(q))], axis=1)
    out["pelvis"] = at = _upright(hip, turn=turn)
    pieces = zip(("lumbar", "thorax", "neck"), ("lumbar", "thorax", "head"), SPINE, strict=True)
    for angle, name, share in pieces:
        turn = turn - q[:, PLACE[angle]]
        at = _upright(at.at(0, share * body.neck_to_hip), turn=turn)
        out[name] = at
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        _leg(out, body=body, q=q, side=side, sign=sign)
        _arm(out, body=body, q=q, side=side, sign=sign)
    return out


def _upright(origin: Array, *, turn: Array) -> Frame:
    """A frame in the plane of the trunk, turned anticlockwise as seen from the worked side."""
    c, s, zero = np.cos(turn), np.sin(turn), np.zeros(len(turn))
    return Frame(origin, np.stack([c, s, zero], axis=1), np.stack([-s, c, zero], axis=1))


def _ball_joint(parent: Frame, *, origin: Array, flex: Array, out: Array, twist: Array) -> Frame:
    """The frame of a limb that is lifted forwards, then spread, then turned about itself."""
    c, s = np.cos(flex)[:, None], np.sin(flex)[:, None]
    front, up = c * parent.front + s * parent.up, c * parent.up - s * parent.front
    right = np.array([0.0, 0.0, 1.0])
    c, s = np.cos(out)[:, None], np.sin(out)[:, None]
    up, right = c * up - s * right, c * right + s * up
    c, s = np.cos(twist)[:, None], np.sin(twist)[:, None]
    return Frame(origin, c * front - s * right, up)


def _hinge(parent: Frame, *, origin: Array, turn: Array) -> Frame:
    """The frame beyond a hinge, turned towards the front."""
    c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
    return Frame(origin, c * parent.front + s * parent.up, c * parent.up - s * parent.front)


def _leg(out: dict[str, Frame], *, body: Body, q: Array, side: str, sign: float) -> None:
    """Add thigh, shank, foot and toes of one side."""
    h = body.person.height
    pelvis = out["pelvis"]
    hip = pelvis.origin + np.array([0.0, 0.0, sign * HIP_HALF * h])
    flex, spread, turn = (q[:, PLACE[f"{side}.{n}"]] for n in ("hip", "hip_out", "hip_turn"))
    thigh = _ball_joint(pelvis, origin=hip, flex=flex, out=sign * spread, twist=sign * turn)
    shank = _hinge(thigh, origin=thigh.at(0, -body.length("thigh")), turn=-q[:, PLACE[f"{side}.knee"]])
    foot = _hinge(shank, origin=shank.at(0, -body.length("shank")), turn=q[:, PLACE[f"{side}.ankle"]])
    toes = _hinge(foot, origin=foot.at(HEEL[1] * h, -body.ankle), turn=q[:, PLACE[f"{side}.toes"]])
    out |= {f"{side}.thigh": thigh, f"{side}.shank": shank, f"{side}.foot": foot, f"{side}.toes": toes}


def _arm(out: dict[str, Frame], *, body: Body, q: Array, side: str, sign: float) -> None:
    """Add upper arm, forearm and hand of one side."""
    h = body.person.height
    chest = out["thorax"]
    at = chest.at(0, SPINE[2] * body.neck_to_hip - SHOULDER_DROP * h) + np.array([0.0, 0.0, sign * SHOULDER_HALF * h])
    flex, spread = (q[:, PLACE[f"{side}.{n}"]] for n in ("shoulder", "shoulder_out"))
    upper = _ball_joint(chest, origin=at, flex=flex, out=sign * spread, twist=np.zeros(len(q)))
    fore = _hinge(upper, origin=upper.at(0, -body.length("upper_arm")), turn=q[:, PLACE[f"{side}.elbow"]])
    hand = _hinge(fore, origin=fore.at(0, -body.length("forearm")), turn=q[:, PLACE[f"{side}.wrist"]])
    out |= {f"{side}.upper_arm": upper, f"{side}.forearm": fore, f"{side}.hand": hand}


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
