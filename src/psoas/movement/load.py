"""The load on the hip flexors as a number: the torque that weights, bands and cables ask of one hip, in N·m.

Plane statics and slow dynamics of one leg about its hip, in the plane of the picture. Positive asks for hip flexion.
It says how heavy a task is inside one exercise. It says nothing about which muscle does it, about discs, or about which
exercise is harder: over 30 to 60 degrees of a straight leg raise the torque falls while muscle activity rises.
Segments: de Leva 1996. Intervals: segments 10 %, pose 5 degrees, band 30 % or 5 % once weighed [DC].
"""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np
from msgspec import Struct

from psoas.movement.angles import PLACE
from psoas.movement.equipment import BARE, WEIGHED, Equipment, Vector
from psoas.movement.motion import Family, Load, LoadKind, Movement, View
from psoas.movement.outline import marks
from psoas.movement.pose import HEEL, Array
from psoas.movement.skeleton import GRAVITY, Body, Person, Unfit
from psoas.movement.solve import Solved, poses, solve

SEGMENTS, POSE = 0.10, 5.0
SLOW = 2.0
"""Seconds; a static number holds for a lift that takes at least this long (3 to 5 % off at 2 s, 21 % at 1 s)."""
STRAIGHT = 20.0
"""Degrees of knee bend below which a raised leg also stretches the muscles behind it."""
INSIDE, LONGEST = 0.03, 3.5
"""Metres an anchor must be away from where it pulls, and how many times its length a band may be stretched [DC]."""


class Flag(StrEnum):
    """What a torque does not show."""

    HIP_OVER_90 = "hip_over_90"
    TWO_JOINT_STRETCH = "two_joint_stretch"
    EFFORT_DECIDES = "effort_decides"
    BAND_UNCALIBRATED = "band_uncalibrated"
    FAST = "fast"
    SUPPORTED = "supported"
    TORQUE_FALLS_ACTIVITY_RISES = "torque_falls_activity_rises"


class Torque(Struct, frozen=True):
    """The load at one moment: N·m, the interval it lies in, the hip's bend in degrees, and what it does not show."""

    t: float
    hip: float
    newton_metres: float
    low: float
    high: float
    flags: frozenset[Flag]


def leg_torque(body: Body, *, thigh: float, shank: float, foot: float) -> float:
    """The torque of a leg's own weight, N·m. Directions of thigh, shank and foot in radians over level, forwards.

    >>> from psoas.movement.skeleton import Person, Sex, body
    >>> straight = math.radians(30)
    >>> round(leg_torque(body(Person(1.75, 75, Sex.MALE)), thigh=straight, shank=straight, foot=straight + 1.4), 1)
    40.1
    """
    s = body.segments
    upper, lower, sole = s["thigh"], s["shank"], s["foot"]
    knee = upper.length * math.cos(thigh)
    ankle = knee + lower.length * math.cos(shank)
    centre = _sole(body)
    toe = ankle + centre[0] * math.cos(foot) - centre[1] * math.sin(foot)
    arms = upper.mass * upper.centre * upper.length * math.cos(thigh)
    arms += lower.mass * (knee + lower.centre * lower.length * math.cos(shank))
    return GRAVITY * (arms + sole.mass * toe)


def _sole(body: Body) -> Vector:
    """The foot's centre of mass beside the ankle: along the sole, and square to it."""
    heel = HEEL[0] * body.person.height
    return heel + body.segments["foot"].centre * body.length("foot"), -body.ankle / 2


class Moving(Struct, frozen=True):
    """Angles, speeds and accelerations of thigh, shank and foot (radians, s): directions over level."""

    angles: tuple[float, float, float]
    speeds: tuple[float, float, float]
    accelerations: tuple[float, float, float]


def moving_torque(body: Body, *, leg: Moving, hip_acceleration: Vector = (0.0, 0.0)) -> float:
    """The hip torque of a leg that moves, N·m: gravity and inertia, by the Newton-Euler sums about the hip."""
    s = body.segments
    along, square = _sole(body)
    rows = (
        (s["thigh"], s["thigh"].centre * s["thigh"].length, 0.0, s["thigh"].length),
        (s["shank"], s["shank"].centre * s["shank"].length, 0.0, s["shank"].length),
        (s["foot"], along, square, 0.0),
    )
    at, pull = np.zeros(2), np.array(hip_acceleration, dtype=np.float64)
    total = 0.0
    for (segment, out, side, length), q, v, a in zip(rows, leg.angles, leg.speeds, leg.accelerations, strict=True):
        u, n = np.array([math.cos(q), math.sin(q)]), np.array([-math.sin(q), math.cos(q)])
        centre = out * u + side * n
        turned = out * n - side * u
        felt = pull + a * turned - v * v * centre + np.array([0.0, GRAVITY])
        arm = at + centre
        total += segment.mass * (arm[0] * felt[1] - arm[1] * felt[0]) + segment.inertia * a
        pull = pull + length * (a * n - v * v * u)
        at = at + length * u
    return float(total)


def computable(m: Movement) -> bool:
    """Whether gravity and equipment decide the load; an own effort or a stretch has none that can be known."""
    own = any(load.kind is LoadKind.SELF_EFFORT for load in m.load)
    return not own and m.view is View.SIDE and m.family not in (Family.EFFORT, Family.STRETCH, Family.OTHER)


def torque(solved: Solved, *, t: float, equipment: Equipment = BARE) -> Torque:
    """The load on the working hip at that moment of the movement, for that body and equipment."""
    return torque_of(solved, q=solved.pose(t), t=t, equipment=equipment)


def torque_of(solved: Solved, *, q: Array, t: float, equipment: Equipment = BARE) -> Torque:
    """The load in a pose that is already solved."""
    own = _own(solved.body, q=q)
    pulls = [
        _pull(solved, q=q, load=load, equipment=equipment) for load in solved.movement.load if solved.acts(load, t=t)
    ]
    whole = own + sum(pull for pull, _ in pulls)
    tilted = [_own(solved.body, q=_tipped(q, by=by)) - own for by in (-POSE, POSE)]
    off = SEGMENTS * abs(own) + max(abs(d) for d in tilted) + sum(abs(pull) * spread for pull, spread in pulls)
    hip = math.degrees(q[PLACE["worked.hip"]])
    return Torque(t, hip, whole, whole - off, whole + off, flags(solved, q=q, t=t, equipment=equipment))


def _tipped(q: Array, *, by: float) -> Array:
    """The pose with the hip that many degrees off."""
    other = q.copy()
    other[PLACE["worked.hip"]] += math.radians(by)
    return other


def directions(q: Array, *, side: str = "worked") -> tuple[float, float, float]:
    """Thigh, shank and sole of a leg over level, forwards, in radians."""
    thigh = float(q[PLACE[f"{side}.hip"]] - q[PLACE["tilt"]]) - math.pi / 2
    shank = thigh - float(q[PLACE[f"{side}.knee"]])
    return thigh, shank, shank + float(q[PLACE[f"{side}.ankle"]]) + math.pi / 2


def _own(body: Body, *, q: Array) -> float:
    """The torque of the leg's own weight in a pose."""
    thigh, shank, foot = directions(q)
    return leg_torque(body, thigh=thigh, shank=shank, foot=foot)


def _pull(solved: Solved, *, q: Array, load: Load, equipment: Equipment) -> tuple[float, float]:
    """The torque that one load asks for (N·m), and by what share it may be off."""
    if load.kind is LoadKind.SELF_EFFORT:
        return 0.0, 0.0
    x, y = lever(solved.body, q=q, mark=load.on)
    kg = load.kg if equipment.kg is None else equipment.kg
    if load.kind in (LoadKind.DUMBBELL, LoadKind.ANKLE_WEIGHT):
        return x * kg * GRAVITY, 0.0
    ax, ay = _anchor(solved, q=q, load=load, reach=equipment.reach)
    length = math.hypot(ax - x, ay - y)
    _possible(solved, load=load, length=length, equipment=equipment)
    if load.kind is LoadKind.CABLE:
        force, spread = kg * GRAVITY, 0.0
    else:
        band = equipment.band
        force, spread = (load.strands * band.force(length), band.spread) if band else (0.0, 0.0)
    share = force / max(length, 1e-9)
    return -(x * share * (ay - y) - y * share * (ax - x)), spread


def _possible(solved: Solved, *, load: Load, length: float, equipment: Equipment) -> None:
    """Raises Unfit for an anchor in the body and for a band that would have to stretch beyond what bands do."""
    fixed = load.anchor in solved.things or load.anchor == load.on
    if fixed and length < INSIDE:
        raise Unfit(f"load {load.kind}: anchor: lies inside the body. Fix it at least {INSIDE * 100:g} cm away.")
    band = equipment.band if load.kind is LoadKind.BAND else None
    if band and length > LONGEST * band.rest:
        raise Unfit(
            f"load band: rest length: {band.rest:.2f} m would be stretched to {length:.2f} m. "
            f"Take a longer band or stand nearer: at most {LONGEST:g} times its length."
        )


def lever(body: Body, *, q: Array, mark: str) -> Vector:
    """A point of a leg beside its hip joint, m: forwards and up. The hips lie behind one another in this view."""
    name, front, up = marks(body)[mark]
    side, _, segment = name.partition(".")
    thigh, shank, foot = directions(q, side=side)
    x = y = 0.0
    turn = thigh
    if segment != "thigh":
        x, y = body.length("thigh") * math.cos(thigh), body.length("thigh") * math.sin(thigh)
        turn = shank
    if segment == "foot":
        x, y = x + body.length("shank") * math.cos(shank), y + body.length("shank") * math.sin(shank)
        turn = foot - math.pi / 2
    c, s = math.cos(turn), math.sin(turn)
    return x - front * s - up * c, y + front * c - up * s


def _anchor(solved: Solved, *, q: Array, load: Load, reach: float | None) -> Vector:
    """Where a band or cable is fixed, beside the hip joint; `reach` says how far away a person fixed it at the start."""
    if load.anchor not in solved.things:
        return lever(solved.body, q=q, mark=load.anchor)
    x, y = solved.things[load.anchor].middle
    if reach is not None:
        start = np.array(solved.keys[0])
        worn = float(start[0]) + lever(solved.body, q=start, mark=load.on)[0]
        x = worn + math.copysign(reach, x - worn)
    return x - float(q[0]), y - float(q[1])


def flags(solved: Solved, *, q: Array, t: float, equipment: Equipment) -> frozenset[Flag]:
    """What the torque of this movement does not show in this pose."""
    m = solved.movement
    hip, knee = (math.degrees(q[PLACE[f"worked.{n}"]]) for n in ("hip", "knee"))
    uncertain = any(x.kind is LoadKind.BAND for x in m.load) and (
        equipment.band is None or equipment.band.spread > WEIGHED
    )
    found = {
        Flag.HIP_OVER_90: hip > 90,
        Flag.TWO_JOINT_STRETCH: hip > 30 and knee < STRAIGHT,
        Flag.EFFORT_DECIDES: not computable(m),
        Flag.BAND_UNCALIBRATED: uncertain,
        Flag.FAST: m.tempo.up_s < SLOW,
        Flag.SUPPORTED: solved.rests("worked", t=t),
        Flag.TORQUE_FALLS_ACTIVITY_RISES: m.family is Family.LEG_RAISE and round(hip) >= 30 and knee < STRAIGHT,
    }
    return frozenset(flag for flag, holds in found.items() if holds)


def curve(m: Movement, *, person: Person, equipment: Equipment = BARE) -> tuple[Torque, ...]:
    """The load along the whole movement, at the moments that its pictures show."""
    solved = solve(m, person=person)
    return tuple(torque_of(solved, q=q, t=t, equipment=equipment) for t, q in poses(m, person=person))
