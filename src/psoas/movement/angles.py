"""THE table of joint angles: which points, which sign, where zero lies, how far it goes, what it is called (0007).

Drawing goes from these angles to points, measuring from points to angles; both read this table alone. Degrees here,
radians inside. "worked" and "other" are the two sides of a body: the side an exercise trains, and its neighbour.
Ranges are wide limits of healthy adults [BG], used to refuse a pose nobody can take, never to judge a person.
"""

from __future__ import annotations

import math

from msgspec import Struct

SIDES = ("worked", "other")


class Angle(Struct, frozen=True):
    """One joint angle: `points` are the parent's far end, the joint and the child's far end."""

    name: str
    joint: str
    points: tuple[str, str, str]
    plane: str
    positive: str
    zero: str
    low: float
    high: float
    words: str

    @property
    def radians(self) -> tuple[float, float]:
        """The range in radians."""
        return math.radians(self.low), math.radians(self.high)


STANDING = "standing upright, arms hanging"

_MIDDLE = (
    Angle("tilt", "pelvis", ("up", "hip", "waist"), "side", "forwards", "pelvis upright", -180, 180, "tilt of the pelvis"),
    Angle("lumbar", "low back", ("hip", "waist", "chest"), "side", "bending forwards", STANDING, -30, 60, "bend of the low back"),
    Angle("thorax", "upper back", ("waist", "chest", "neck"), "side", "bending forwards", STANDING, -25, 50, "bend of the upper back"),
    Angle("neck", "neck", ("chest", "neck", "crown"), "side", "chin to the chest", STANDING, -60, 60, "bend of the neck"),
)  # fmt: skip

_PAIRED = (
    Angle("hip", "hip", ("waist", "hip", "knee"), "side", "thigh forwards", "thigh in line with the pelvis", -30, 140, "bend of the hip"),
    Angle("hip_out", "hip", ("hip", "hip", "knee"), "front", "thigh outwards", "thigh straight below the hip", -30, 50, "spread of the hip"),
    Angle("hip_turn", "hip", ("hip", "knee", "toe"), "top", "thigh turned inwards", "kneecap forwards", -50, 50, "turn of the thigh"),
    Angle("knee", "knee", ("hip", "knee", "ankle"), "side", "heel to the seat", "leg straight", -5, 155, "bend of the knee"),
    Angle("ankle", "ankle", ("knee", "ankle", "ball"), "side", "toes to the shin", "sole square to the shin", -60, 40, "bend of the ankle"),
    Angle("toes", "ball of the foot", ("heel", "ball", "toe"), "side", "toes up", "toes in line with the sole", -20, 80, "bend of the toes"),
    Angle("shoulder", "shoulder", ("waist", "shoulder", "elbow"), "side", "arm forwards and up", STANDING, -70, 200, "lift of the arm"),
    Angle("shoulder_out", "shoulder", ("shoulder", "shoulder", "elbow"), "front", "arm outwards", STANDING, -45, 85, "spread of the arm"),
    Angle("elbow", "elbow", ("shoulder", "elbow", "wrist"), "side", "hand to the shoulder", "arm straight", -5, 150, "bend of the elbow"),
    Angle("wrist", "wrist", ("elbow", "wrist", "fingertip"), "side", "back of the hand to the forearm", "hand in line", -85, 95, "bend of the wrist"),
)  # fmt: skip

ANGLES: tuple[Angle, ...] = _MIDDLE + tuple(
    Angle(f"{side}.{row.name}", row.joint, row.points, row.plane, row.positive, row.zero, row.low, row.high, row.words)
    for side in SIDES
    for row in _PAIRED
)

NAMES = ("x", "y", *(a.name for a in ANGLES))
"""The coordinates of a pose: the place of the hips in metres, then every angle."""

PLACE = {name: i for i, name in enumerate(NAMES)}

BY_NAME = {a.name: a for a in ANGLES}


def spoken(name: str) -> str:
    """The angle in plain words, with its side.

    >>> spoken("worked.hip")
    'bend of the hip, worked side'
    """
    side, dot, _ = name.partition(".")
    return f"{BY_NAME[name].words}, {side} side" if dot else BY_NAME[name].words
