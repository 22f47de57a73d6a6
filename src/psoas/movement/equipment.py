"""What a person has in hand: kilograms, and bands by two weighings or by their table."""

from __future__ import annotations

from msgspec import Struct

from psoas.movement.skeleton import Unfit

Vector = tuple[float, float]

COLOURED, WEIGHED = 0.30, 0.05
"""How far a band's pull may be off: known by its colour, or weighed at two stretches [DC]."""

NEAREST, FARTHEST = 0.10, 5.0
"""Metres; nearer an anchor would lie inside the body, farther out of the room [DC]."""


class Band(Struct, frozen=True):
    """A band by two weighings: lengths in metres, forces in newtons. Slack below its rest length, straight above it."""

    rest: float
    stiffness: float
    spread: float = WEIGHED

    def force(self, length: float) -> float:
        """The pull at that length, N."""
        return max(0.0, self.stiffness * (length - self.rest))


def weighed(one: Vector, two: Vector) -> Band:
    """The band that pulls so at two lengths: (metres, newtons) twice. Raises Unfit when the two cannot be one band.

    >>> round(weighed((0.5, 10.0), (0.7, 30.0)).force(0.6), 6)
    20.0
    """
    (short, weak), (long, strong) = sorted((one, two))
    if short <= 0 or long - short < 0.01 or strong <= weak or weak < 0:
        raise Unfit(
            "band: the two weighings: do not belong to one band: the longer one must pull harder, at least 1 cm further. "
            "Measure both again, the second with more stretch."
        )
    stiffness = (strong - weak) / (long - short)
    return Band(rest=short - weak / stiffness, stiffness=stiffness)


def coloured(*, rest: float, newtons_at_double: float) -> Band:
    """A band known only by its table: its pull at twice its rest length, good to 30 %."""
    if rest <= 0 or newtons_at_double <= 0:
        raise Unfit(
            "band: rest length or pull: is not above 0. Give the length at rest in metres and the pull in newtons."
        )
    return Band(rest=rest, stiffness=newtons_at_double / rest, spread=COLOURED)


class Equipment(Struct, frozen=True):
    """What the person has in hand: kilograms for weights and cables, a band, and how far away a band or cable is fixed.

    That distance counts in metres, level, from where it is worn in the first position.
    """

    kg: float | None = None
    band: Band | None = None
    reach: float | None = None

    def __post_init__(self) -> None:
        if self.kg is not None and not 0 <= self.kg <= 200:
            raise Unfit(f"equipment: kg: is {self.kg:g}. Give kilograms from 0 to 200.")
        if self.reach is not None and not NEAREST <= self.reach <= FARTHEST:
            raise Unfit(
                f"equipment: anchor: is {self.reach:g} m away, which is inside the body or out of the room. "
                f"Give metres from {NEAREST:g} to {FARTHEST:g}."
            )


BARE = Equipment()
