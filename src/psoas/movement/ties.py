"""What must hold at a moment of a movement: contacts and meetings as residuals that are zero when they are kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas.movement.angles import SIDES
from psoas.movement.motion import Contact, Meeting, Movement, PropKind, View
from psoas.movement.outline import marks, parts, place, skin
from psoas.movement.pose import Array, Frame, frames
from psoas.movement.skeleton import Body
from psoas.movement.surfaces import FLOOR, Placed, along, distance

Residual = Callable[[dict[str, Frame]], Array]
Which = NDArray[np.bool_]

HARD, STAY, TOUCH = 1e3, 1e2, 0.4
"""Weights of a contact and of a place along a surface, beside one radian; and the residual below which one is kept."""
_ENDS = ("heel", "ball", "toes", "knee", "fingers", "elbow", "forearm", "upper_arm", "shin", "instep")
_EDGES = tuple(f"{side}.{end}" for side in SIDES for end in _ENDS)
MACROS = {"foot": ("heel", "ball"), "hand": ("palm", "fingers")}


class Ties:
    """What must hold at some key positions, as residuals that are zero when it does."""

    def __init__(
        self, m: Movement, *, body: Body, things: dict[str, Placed], stays: dict[str, float], at: set[str]
    ) -> None:
        self.m, self.body, self.things, self.stays, self.at = m, body, things, stays, at

    def all(self) -> list[Residual]:
        """Every residual of contacts and meetings."""
        ties = [tie for c in self.contacts() for tie in self._contact(c)]
        return ties + [tie for pair in self.m.meeting if self._holds(pair.at) for tie in self._meeting(pair)]

    def contacts(self) -> list[Contact]:
        """The contacts that hold at all these key positions, a foot as heel and ball, a hand as palm and fingers."""
        return [c for c in spread(self.m) if self._holds(c.at)]

    def _holds(self, names: Sequence[str]) -> bool:
        return not names or self.at <= set(names)

    def _contact(self, c: Contact) -> list[Residual]:
        part = parts(self.body)[c.part]
        if c.on != FLOOR and c.on not in self.things:
            return []
        ties: list[Residual] = [self._touch(c.part, on=c.on, gap=c.gap)]
        stay = self.stays.get(f"{c.part} {c.on}")
        if stay is not None and not c.gap and not c.slide:
            ties.append(lambda f: STAY * (along(skin(f, part=part), on=c.on, things=self.things) - stay))
        return ties

    def _meeting(self, pair: Meeting) -> list[Residual]:
        mark, k = marks(self.body)[pair.point], self.body.scale
        move = np.array([pair.dx * k, pair.dy * k])
        if pair.to in self.things:
            thing = self.things[pair.to]
            goal = np.array(thing.middle) + move
            return [lambda f, i=i: HARD * (place(f, mark=mark)[:, i] - goal[i]) for i in (0, 1)]  # type: ignore[misc]
        if pair.to not in marks(self.body):
            return []
        to = marks(self.body)[pair.to]
        return [
            lambda f, i=i: HARD * (place(f, mark=mark)[:, i] - place(f, mark=to)[:, i] - move[i])  # type: ignore[misc]
            for i in (0, 1)
        ]

    def gaps(self, q: Array) -> dict[str, float]:
        """How far each contact and meeting is off in that pose, in metres."""
        f = frames(self.body, q=q[None, :])
        found = {}
        for c in self.contacts():
            near = float(distance(skin(f, part=parts(self.body)[c.part]), on=c.on, things=self.things).min())
            found[f"contact {c.part} on {c.on}"] = abs(near - c.gap)
        for pair in self.m.meeting:
            if self._holds(pair.at):
                offs = [abs(float(tie(f)[0])) for tie in self._meeting(pair)]
                found[f"meeting {pair.point} with {pair.to}"] = math.hypot(*offs) / HARD
        return found

    def crossing(self, q: Array) -> dict[str, tuple[Residual, Which]]:
        """For each part that goes through a floor or wall: the wish that it should only touch it, and in which poses."""
        f = frames(self.body, q=q)
        walls = [n for n, thing in self.things.items() if thing.prop.kind is PropKind.WALL]
        found: dict[str, tuple[Residual, Which]] = {}
        for on in walls if self.m.view is View.TOP else [FLOOR, *walls]:
            for name in _EDGES:
                tie = self._touch(name, on=on, gap=0.0)
                through = tie(f) < -TOUCH
                if through.any():
                    found[f"{name} {on}"] = tie, through
        return found

    def _touch(self, name: str, *, on: str, gap: float) -> Residual:
        """The wish that a part should be that far from a surface."""
        part = parts(self.body)[name]
        return lambda f: HARD * (distance(skin(f, part=part), on=on, things=self.things).min(axis=1) - gap)


@lru_cache(maxsize=256)
def spread(m: Movement) -> tuple[Contact, ...]:
    """The contacts with foot and hand taken apart into their two ends."""
    out: list[Contact] = []
    for c in m.contact:
        side, _, part = c.part.rpartition(".")
        names = [f"{side}.{p}" for p in MACROS.get(part, ())] or [c.part]
        out += [Contact(n, c.on, c.at, c.gap, c.slide) for n in names]
    return tuple(out)
