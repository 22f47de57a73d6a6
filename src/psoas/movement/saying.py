"""What a load means, in words a person can use: how much more, where in the range, and what the number leaves out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from psoas.movement.equipment import BARE, Equipment
from psoas.movement.load import Flag, Torque, computable, curve, leg_torque, lever
from psoas.movement.motion import LoadKind, Movement
from psoas.movement.skeleton import Person, Unfit, body
from psoas.movement.solve import poses

WARN = 15.0
"""Percent; a step of load above this is worth a warning [DC]."""
LITTLE = 0.10
"""Less than this share of a leg held out level counts as no load of the hip flexors [DC]."""

SAYS: dict[Flag, str] = {
    Flag.HIP_OVER_90: "Beyond 90 degrees of bend the number holds for weight and pull alone; how the muscles share it is not known.",
    Flag.TWO_JOINT_STRETCH: "With the knee straight the muscles behind the thigh are stretched and hold back; the number leaves that out.",
    Flag.EFFORT_DECIDES: "Your own effort decides the load here. It cannot be worked out from weights and distances.",
    Flag.BAND_UNCALIBRATED: "The pull of the band is not known. Weigh it at two lengths.",
    Flag.FAST: "This is done faster than two seconds a lift. Speed adds a load that the number does not show.",
    Flag.SUPPORTED: "For a part of the way the leg rests on something and carries less than its weight.",
    Flag.TORQUE_FALLS_ACTIVITY_RISES: (
        "From 30 to 60 degrees the torque falls while the hip flexors work more: higher is not easier."
    ),
}
"""What each flag means."""

NO_LOAD = (
    "Without a band this asks nothing of the hip flexors of the moving leg: its own weight helps them along. "
    "Give the band, weighed at two lengths, and how far away it is fixed."
)


class Change(Struct, frozen=True):
    """A change of load: how much more the hardest moment asks, in percent, and whether that is a large step."""

    percent: float

    @property
    def large(self) -> bool:
        """Whether the step is worth a warning."""
        return self.percent > WARN

    @property
    def words(self) -> str:
        """The change in words."""
        more = "more" if self.percent >= 0 else "less"
        warning = f" That is a large step, above {WARN:g} %: take a smaller one if you can." if self.large else ""
        return f"{abs(self.percent):.0f} % {more} for the hip.{warning}"


def hardest(rows: Sequence[Torque]) -> Torque:
    """The moment that asks most, among those at which the leg is carried by nothing else."""
    free = [x for x in rows if Flag.SUPPORTED not in x.flags]
    return max(free or rows, key=lambda x: x.newton_metres)


def change(m: Movement, *, person: Person, before: Equipment, after: Equipment) -> Change:
    """How much more the hardest moment asks after a change. Raises Unfit when nothing was asked before."""
    old, new = (hardest(curve(m, person=person, equipment=e)).newton_metres for e in (before, after))
    if old <= 0:
        raise Unfit(
            "load: the last load: asks nothing of the hip flexors in this movement. Compare with a load that does."
        )
    return Change((new / old - 1) * 100)


def smallest_step(
    m: Movement, *, person: Person, now: float, available: Sequence[float]
) -> tuple[float, Change] | None:
    """The next heavier weight that is there (kg), and how much more it asks; None when there is none."""
    heavier = sorted(kg for kg in available if kg > now)
    if not heavier:
        return None
    return heavier[0], change(m, person=person, before=Equipment(kg=now), after=Equipment(kg=heavier[0]))


def where(rows: Sequence[Torque]) -> str:
    """Where in the range the load is greatest, in words."""
    most = hardest(rows)
    share = most.t / rows[-1].t
    place = "near the start" if share < 1 / 3 else "in the middle" if share < 2 / 3 else "near the end"
    return f"Hardest {place} of the way, with the hip bent {most.hip:.0f} degrees."


def ankle_against_knee(m: Movement, *, person: Person) -> float:
    """How many kilograms just above the knee load the hip like one at the ankle, where the way is hardest."""
    at = hardest(curve(m, person=person)).t
    q = next(q for t, q in poses(m, person=person) if t == at)
    ankle, knee = (lever(body(person), q=q, mark=mark)[0] for mark in ("worked.shin_low", "worked.thigh_weight"))
    return ankle / knee


def unloaded(m: Movement, *, person: Person, rows: Sequence[Torque]) -> bool:
    """Whether hardly anything is asked of the hip flexors, although weight and pull decide the load."""
    level = leg_torque(body(person), thigh=0.0, shank=0.0, foot=math.pi / 2)
    return computable(m) and hardest(rows).newton_metres < LITTLE * level


def remarks(m: Movement, *, person: Person, rows: Sequence[Torque], equipment: Equipment = BARE) -> list[str]:
    """What to know about these numbers, the most important first."""
    found = frozenset(flag for row in rows for flag in row.flags)
    if Flag.EFFORT_DECIDES in found:
        return [SAYS[Flag.EFFORT_DECIDES]]
    if unloaded(m, person=person, rows=rows):
        return [NO_LOAD]
    told = [where(rows)]
    if equipment.kg is not None and not any(x.kind in _WEIGHED_OUT for x in m.load):
        told.append("This exercise takes no weight, so the kilograms given change nothing.")
    return told + [SAYS[flag] for flag in Flag if flag in found]


_WEIGHED_OUT = (LoadKind.DUMBBELL, LoadKind.ANKLE_WEIGHT, LoadKind.CABLE)
