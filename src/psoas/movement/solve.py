"""Targets and contacts become joint angles: for each body, each key position and each moment between them.

A damped Gauss-Newton step over the place of the hips and every angle of the side view. A contact weighs a thousand
times what it costs to leave a typed angle, so angles give way to the floor and not the other way round. A movement that
contradicts itself, or that a body cannot reach, is refused by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from psoas.movement.angles import ANGLES, NAMES, PLACE, SIDES
from psoas.movement.motion import Load, Movement, Prop, View
from psoas.movement.outline import marks, parts, place, skin
from psoas.movement.pose import Array, frames, vector
from psoas.movement.skeleton import Body, Person, Unfit, body
from psoas.movement.surfaces import Placed, along, depth, placed
from psoas.movement.ties import TOUCH, Residual, Ties, Which

CLOSE, DEEP = 0.005, 0.010
"""Metres: how far a contact may be off, and how deep anything may go into a surface."""
Numbers = NDArray[np.intp]
FRAMES = 12
"""Moments from the first key position to the last [DC]."""
EXACT, ROOT, LIMIT = 3e2, 1e-2, 1e3
_STIFF = {"tilt": 4.0, "lumbar": 6.0, "thorax": 6.0, "neck": 1.0, "hip": 2.0, "knee": 1.0, "ankle": 1.0, "toes": 2.0}
_ARMS = 0.5
FREE = [i for i, n in enumerate(NAMES) if not n.endswith(("hip_out", "hip_turn", "shoulder_out"))]
_BOUNDS = np.array([(-np.inf, np.inf)] * 2 + [a.radians for a in ANGLES])
STEPS, ENOUGH, SMALL = 30, 4, 1e-3


def _stiffness() -> Array:
    """How unwilling each coordinate is to leave its typed value."""
    return np.array([ROOT, ROOT] + [_STIFF.get(n.split(".")[-1], _ARMS) for n in NAMES[2:]])


class Solved(Struct, frozen=True):
    """A movement on one body: where things stand, the solved key positions, and what stays where along a surface."""

    movement: Movement
    body: Body
    things: dict[str, Placed]
    keys: tuple[tuple[float, ...], ...]
    stays: dict[str, float]

    def acts(self, what: Load | Prop, *, t: float) -> bool:
        """Whether a load acts or a thing is there: at a key position it names, and on the way between two of them."""
        if not what.at:
            return True
        named = [k.t for k in self.movement.keyframe if k.name in what.at]
        return min(named) - 1e-9 <= t <= max(named) + 1e-9

    def pose(self, t: float) -> Array:
        """The coordinates at that moment (0 to 1), contacts and all."""
        return self.poses([t])[0]

    def poses(self, moments: Sequence[float]) -> list[Array]:
        """The coordinates at those moments; what lies between the same two key positions is solved at once."""
        times = [k.t for k in self.movement.keyframe]
        between = [self._between(t, times=times) for t in moments]
        found = [np.array(self.keys[i]) for i, _ in between]
        for i in {i for i, share in between if share}:
            mine = [n for n, (at, share) in enumerate(between) if at == i and share]
            eased = np.array([[between[n][1]] for n in mine])
            eased = eased * eased * (3 - 2 * eased)
            wanted = np.array(self.keys[i]) * (1 - eased) + np.array(self.keys[i + 1]) * eased
            solved = settle(wanted, ties=self._ties(moments[mine[0]]), exact=())
            for n, q in zip(mine, solved, strict=True):
                found[n] = q
        return found

    def _between(self, t: float, *, times: list[float]) -> tuple[int, float]:
        """The key position before that moment, and the share of the way from it to the next."""
        if t <= times[0] or t >= times[-1]:
            return (0 if t <= times[0] else len(times) - 1), 0.0
        i = next(i for i, later in enumerate(times[1:]) if t < later)
        return i, (t - times[i]) / (times[i + 1] - times[i])

    def _ties(self, t: float) -> Ties:
        """What must hold at that moment: at a key position, or on the way from one to the next."""
        m = self.movement
        times = [k.t for k in m.keyframe]
        i = max((i for i, at in enumerate(times) if at <= t), default=0)
        at = {m.names[i]} if t in (times[i], *times[-1:]) or t > times[-1] else {m.names[i], m.names[i + 1]}
        return Ties(m, body=self.body, things=self.things, stays=self.stays, at=at)

    def rests(self, side: str, *, t: float) -> bool:
        """Whether that leg stands, kneels or lies on something at that moment."""
        leg = tuple(f"{side}.{part}" for part in ("heel", "ball", "toes", "knee", "shin", "calf", "thigh"))
        return any(c.part in leg and not c.gap for c in self._ties(t).contacts())

    def gaps(self, t: float, *, q: Array) -> dict[str, float]:
        """How far every contact and meeting of that moment is off, in metres."""
        return self._ties(t).gaps(q)

    def depths(self, q: Array) -> dict[str, float]:
        """How deep the body goes into each surface in that pose, in metres."""
        f = frames(self.body, q=q[None, :])
        ends = {n: skin(f, part=part)[0] for n, part in parts(self.body).items()}
        hands = [ends.pop(f"{s}.{n}") for s in SIDES for n in self._hand(s)]
        body_skin = np.concatenate([at for n, at in ends.items() if not n.endswith((".fist", ".palm", ".fingers"))])
        above = self.movement.view is not View.TOP
        return depth(body_skin, hands=np.concatenate(hands), things=self.things, floor=above)

    def sound(self, t: float, *, q: Array) -> None:
        """Raises Unfit when a contact is off or anything goes into a surface: such a pose is never shown."""
        off = {n: v for n, v in self.gaps(t, q=q).items() if v > CLOSE} | {
            f"depth in {n}": v for n, v in self.depths(q).items() if v > DEEP
        }
        for name, value in off.items():
            raise Unfit(
                f"{self.movement.id}: at {t:.0%} of the way, {name}: is {value * 1000:.0f} mm off on {_who(self.body)}. "
                "Add a key position in between, or correct the pose."
            )

    def _hand(self, side: str) -> tuple[str, ...]:
        """The parts of a hand as it is drawn."""
        return ("fist",) if f"{side}.hand" in self.movement.fists else ("palm", "fingers")


def moments(m: Movement) -> Array:
    """The moments that are drawn and weighed: evenly spread, and every key position."""
    keys = [k.t for k in m.keyframe]
    spread = np.linspace(0, keys[-1], FRAMES)
    for t in keys:
        spread[np.abs(spread - t).argmin()] = t
    return spread


def settle(wanted: Array, *, ties: Ties, exact: Sequence[str]) -> Array:
    """The poses nearest to the wanted ones in which contacts are kept and nothing goes through floor or wall.

    A part that would go through comes to lie on the surface; each part is asked once, so the search ends. Poses have
    the shape (poses, coordinates).
    """
    stiff = _stiffness()
    stiff[[PLACE[n] for n in exact]] = EXACT
    held = ties.all()
    if not held:
        return wanted.copy()
    lying: dict[str, tuple[Residual, Which]] = {}
    q = _descend(wanted, aim=Aim(ties.body, wanted, stiff, held, lying))
    while _more_lie(lying, crossing=ties.crossing(q)):
        q = _descend(q, aim=Aim(ties.body, wanted, stiff, held, lying))
    return q


def _more_lie(lying: dict[str, tuple[Residual, Which]], *, crossing: dict[str, tuple[Residual, Which]]) -> bool:
    """Note which parts go through a surface in which poses; whether any is new."""
    new = False
    for name, (tie, through) in crossing.items():
        known = lying.get(name, (tie, np.zeros_like(through)))[1]
        new |= bool((through & ~known).any())
        lying[name] = tie, through | known
    return new


class Aim(NamedTuple):
    """What a search wants of some poses: the wanted coordinates, what must hold in all, what lies in which of them."""

    body: Body
    wanted: Array
    stiff: Array
    held: list[Residual]
    lying: dict[str, tuple[Residual, Which]]

    def residuals(self, q: Array, *, of: Numbers) -> Array:
        """How far poses are off, first the contacts: (poses, residuals); `of` says whose variants they are."""
        f = frames(self.body, q=q)
        rows = [r if r.ndim == 2 else r[:, None] for r in (tie(f) for tie in self.held)]
        rows += [(tie(f) * here[of])[:, None] for tie, here in self.lying.values()]
        over = np.maximum(q - _BOUNDS[:, 1], 0) + np.minimum(q - _BOUNDS[:, 0], 0)
        return np.concatenate([*rows, self.stiff * (q - self.wanted[of]), LIMIT * over], axis=1)


def _descend(q: Array, *, aim: Aim) -> Array:
    """Gauss-Newton steps until nothing moves, or until every contact is kept and the pose hardly changes."""
    q = q.copy()
    moving: Numbers = np.arange(len(q))
    for i in range(STEPS):
        step, kept = _step(q[moving], aim=aim, of=moving)
        q[moving[:, None], FREE] += step
        still = (np.abs(step).max(axis=1) < SMALL) | ((i > ENOUGH) & (kept < TOUCH))
        moving = moving[~still]
        if not len(moving):
            break
    return q


def _step(q: Array, *, aim: Aim, of: Numbers) -> tuple[Array, Array]:
    """One step, not longer than a fifth of a radian or metre in any coordinate, and how far the contacts were off."""
    nudge, every = 1e-6, len(FREE) + 1
    variants = np.repeat(q[:, None, :], every, axis=1)
    variants[:, np.arange(1, every), FREE] += nudge
    r = aim.residuals(variants.reshape(-1, q.shape[1]), of=of.repeat(every)).reshape(len(q), every, -1)
    jacobian = (r[:, 1:] - r[:, :1]).transpose(0, 2, 1) / nudge
    square, upper = np.linalg.qr(jacobian)  # the square of the Jacobian would lose half the digits
    step = np.linalg.solve(upper, -square.transpose(0, 2, 1) @ r[:, 0, :, None])[..., 0]
    hard = np.abs(r[:, 0, : -2 * q.shape[1]]).max(axis=1)
    return np.asarray(step * np.minimum(1.0, 0.2 / np.maximum(np.abs(step).max(axis=1, keepdims=True), 1e-12))), hard


@lru_cache(maxsize=256)
def solve(m: Movement, *, person: Person) -> Solved:
    """The movement on that person. Raises Unfit when a contact cannot be kept or a joint leaves its range."""
    on = body(person)
    things: dict[str, Placed] = {}
    stays: dict[str, float] = {}
    q = _start(m, body=on)
    keys: list[Array] = []
    for k in m.keyframe:
        wanted = _given(q, pose=k.pose)
        ties = Ties(m, body=on, things=things, stays=stays, at={k.name})
        q = settle(wanted[None], ties=ties, exact=k.exact)[0]
        if not keys:
            things |= _things(m, body=on, q=q)
            ties = Ties(m, body=on, things=things, stays=stays, at={k.name})
            q = settle(q[None], ties=ties, exact=k.exact)[0]
        keys.append(q)
        _note_stays(stays, ties=ties, q=q)
        _refuse(m, k=k.name, body=on, ties=ties, q=q)
    return Solved(m, on, things, tuple(tuple(float(v) for v in key) for key in keys), stays)


def _start(m: Movement, *, body: Body) -> Array:
    """Where the search begins: upright on the floor, or in the middle of the page."""
    hips = body.ankle + body.length("shank") + body.length("thigh")
    return vector({}, y=0.0 if m.view is View.TOP else hips)


def _given(before: Array, *, pose: dict[str, float]) -> Array:
    """The typed angles: those of this key position over those of the ones before."""
    q = before.copy()
    typed = vector(pose)
    for name in pose:
        q[PLACE[name]] = typed[PLACE[name]]
    return q


def _things(m: Movement, *, body: Body, q: Array) -> dict[str, Placed]:
    """Every thing where it stands beside the first key position."""
    f = frames(body, q=q[None, :])
    return {
        p.id: placed(
            p,
            body=body,
            at=place(f, mark=marks(body)[p.near])[0],
            skin=skin(f, part=parts(body)[p.fit])[0] if p.fit else None,
        )
        for p in m.prop
    }


def _note_stays(stays: dict[str, float], *, ties: Ties, q: Array) -> None:
    """Remember where along its surface a part first touched; it stays there."""
    f = frames(ties.body, q=q[None, :])
    for c in ties.contacts():
        key = f"{c.part} {c.on}"
        if not c.slide and not c.gap and key not in stays:
            stays[key] = float(along(skin(f, part=parts(ties.body)[c.part]), on=c.on, things=ties.things)[0])


def _refuse(m: Movement, *, k: str, body: Body, ties: Ties, q: Array) -> None:
    """Raises Unfit for the contact that is furthest off, or for a joint beyond its range."""
    off = ties.gaps(q)
    name = max(off, key=lambda n: off[n], default="")
    if name and off[name] > CLOSE:
        raise Unfit(
            f"{m.id}: keyframe {k}, {name}: is {off[name] * 1000:.0f} mm off on {_who(body)}; it contradicts another contact "
            "or is out of reach. Correct the pose, or take one of the contacts away."
        )
    beyond = np.maximum(q - _BOUNDS[:, 1], 0) + np.maximum(_BOUNDS[:, 0] - q, 0)
    if beyond.max() > np.radians(0.5):
        joint = NAMES[int(beyond.argmax())]
        raise Unfit(
            f"{m.id}: keyframe {k}: {joint} would go {np.degrees(beyond.max()):.0f} degrees beyond its range on "
            f"{_who(body)}. Move the key position, or take a contact away."
        )


def _who(body: Body) -> str:
    """The body in words."""
    return f"a body of {body.person.height:.2f} m and {body.person.mass:g} kg"


@lru_cache(maxsize=256)
def poses(m: Movement, *, person: Person) -> tuple[tuple[float, Array], ...]:
    """Every moment that is drawn and weighed, with the pose of that person; solved once."""
    solved = solve(m, person=person)
    times = [float(t) for t in moments(m)]
    return tuple(zip(times, solved.poses(times), strict=True))
