"""How thick a body is around its skeleton: outline tables, and the skin points that touch floor, wall and bar.

Tables hold metres at a stature of 1.75 m and 75 kg [DC, drawn by eye and corrected on pictures]. Along a limb they go
with the stature, across it with the root of mass over height, so that a heavier person is drawn wider.
A limb's row: share of its length, thickness to the front, thickness to the back.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from psoas.movement.angles import SIDES
from psoas.movement.pose import BALL, HEEL, SPINE, Array, Frame
from psoas.movement.skeleton import Body, Sex

Row = tuple[float, float, float]

LIMBS: dict[str, tuple[Row, ...]] = {
    "thigh": (
        (-0.06, 0.056, 0.080), (0.05, 0.084, 0.098), (0.18, 0.095, 0.096), (0.36, 0.093, 0.082), (0.55, 0.083, 0.070),
        (0.75, 0.068, 0.058), (0.92, 0.057, 0.050), (1.02, 0.056, 0.045), (1.07, 0.038, 0.030),
    ),
    "shank": (
        (-0.05, 0.037, 0.030), (0.02, 0.051, 0.043), (0.09, 0.050, 0.052), (0.20, 0.046, 0.064), (0.32, 0.043, 0.069),
        (0.45, 0.041, 0.061), (0.62, 0.036, 0.046), (0.80, 0.032, 0.037), (0.95, 0.034, 0.036), (1.03, 0.035, 0.036),
    ),
    "upper_arm": (
        (-0.10, 0.030, 0.034), (0.00, 0.050, 0.056), (0.15, 0.053, 0.057), (0.40, 0.047, 0.049), (0.70, 0.040, 0.042),
        (0.95, 0.038, 0.041), (1.04, 0.028, 0.030),
    ),
    "forearm": (
        (-0.06, 0.026, 0.030), (0.00, 0.039, 0.040), (0.20, 0.043, 0.042), (0.50, 0.036, 0.035), (0.85, 0.027, 0.026),
        (1.00, 0.025, 0.024),
    ),
}  # fmt: skip

# The trunk from the seat to the neck: frame, share of that frame's length, front, back.
TRUNK: tuple[tuple[str, float, float, float], ...] = (
    ("pelvis", -0.50, 0.062, 0.070), ("pelvis", 0.05, 0.088, 0.120), ("pelvis", 0.60, 0.096, 0.126),
    ("lumbar", 0.00, 0.098, 0.108), ("lumbar", 0.50, 0.104, 0.092), ("thorax", 0.00, 0.112, 0.102),
    ("thorax", 0.33, 0.126, 0.122), ("thorax", 0.62, 0.116, 0.126), ("thorax", 0.86, 0.066, 0.108),
    ("thorax", 1.00, 0.030, 0.074),
)  # fmt: skip
FEMALE_TRUNK = (1.03, 1.06, 1.02, 0.95, 0.92, 0.95, 1.06, 0.98, 0.94, 0.92)
"""A woman's trunk beside the table: wider at the hips, narrower at the waist [DC]."""
BREATH = (0.0, 0.0, 0.002, 0.008, 0.012, 0.012, 0.009, 0.005, 0.0, 0.0)
"""How far a full calm breath lifts each row of the trunk to the front, metres: belly first, then chest [DC]."""
FEMALE_LIMBS = {"thigh": 1.03, "shank": 0.97, "upper_arm": 0.90, "forearm": 0.90}

# Foot in its shoe, beside the ankle; the toes beside the ball. Front, up.
FOOT = (
    (0.1365, -0.068), (0.07, -0.0675), (0.0, -0.068), (-0.055, -0.068), (-0.066, -0.046), (-0.065, -0.004),
    (-0.050, 0.036), (-0.018, 0.046), (0.038, 0.042), (0.058, 0.022), (0.098, -0.006),
)  # fmt: skip
TOES = ((0.0, 0.0), (0.052, 0.001), (0.068, 0.014), (0.060, 0.034), (0.014, 0.044))

# Hand from the wrist to the fingertips: distance, back of the hand, palm.
HAND = (
    (-0.012, 0.024, 0.022),
    (0.03, 0.022, 0.025),
    (0.085, 0.017, 0.020),
    (0.13, 0.012, 0.011),
    (0.168, 0.009, 0.007),
)
FIST = (
    (-0.012, 0.024, 0.022),
    (0.02, 0.030, 0.030),
    (0.055, 0.033, 0.036),
    (0.09, 0.028, 0.030),
    (0.104, 0.010, 0.012),
)

# Head beside its middle: face, then back of the head.
FACE = (
    (-0.004, 0.120), (0.044, 0.110), (0.075, 0.080), (0.084, 0.046), (0.083, 0.024), (0.098, -0.006), (0.104, -0.018),
    (0.090, -0.027), (0.093, -0.042), (0.088, -0.052), (0.090, -0.064), (0.083, -0.088), (0.060, -0.102),
    (0.034, -0.095), (0.010, -0.082), (-0.030, -0.075), (-0.066, -0.052), (-0.093, 0.0), (-0.096, 0.040),
    (-0.080, 0.084), (-0.045, 0.112),
)  # fmt: skip
HAIR = (
    (0.068, 0.092), (0.080, 0.070), (0.056, 0.076), (0.030, 0.064), (0.012, 0.040), (0.004, 0.004), (-0.014, 0.006),
    (-0.022, -0.030), (-0.058, -0.062), (-0.080, -0.050), (-0.101, 0.0), (-0.105, 0.045), (-0.088, 0.090),
    (-0.05, 0.120), (0.0, 0.127), (0.044, 0.118),
)  # fmt: skip
HEAD_AT = (0.004, 0.117)
"""The middle of the head beside the neck joint: front, up."""


def limb(body: Body, *, name: str) -> list[tuple[float, float, float]]:
    """The outline of a limb in metres: down along it from the joint, front, back."""
    factor = body.girth * (FEMALE_LIMBS[name] if body.person.sex is Sex.FEMALE else 1.0)
    return [(t * body.length(name), f * factor, b * factor) for t, f, b in LIMBS[name]]


def trunk(body: Body) -> list[tuple[str, float, float, float]]:
    """The stations of the trunk in metres: frame, height in it, front, back."""
    lengths = dict(zip(("pelvis", "lumbar", "thorax"), SPINE, strict=True))
    female = FEMALE_TRUNK if body.person.sex is Sex.FEMALE else (1.0,) * len(TRUNK)
    return [
        (name, t * lengths[name] * body.neck_to_hip, f * body.girth * w, b * body.girth * w)
        for (name, t, f, b), w in zip(TRUNK, female, strict=True)
    ]


def _sides(
    rows: list[tuple[float, float, float]], *, front: bool = True, back: bool = True
) -> list[tuple[float, float]]:
    """The skin points of a limb's rows: front, up."""
    ahead = [(f, -t) for t, f, _ in rows] if front else []
    return ahead + ([(-b, -t) for t, _, b in rows] if back else [])


def _limb_parts(body: Body, *, side: str) -> dict[str, tuple[str, list[tuple[float, float]]]]:
    """The touching parts of one side: frame and points."""
    k = body.scale
    thigh, shank, arm, fore = (limb(body, name=n) for n in ("thigh", "shank", "upper_arm", "forearm"))
    knee = [
        (0.051 * body.girth * float(np.cos(a)), 0.051 * body.girth * float(np.sin(a)))
        for a in np.linspace(-1.4, 1.6, 9)
    ]
    hand = [(d * k, f * k, b * k) for d, f, b in HAND]
    fist = [(d * k, f * k, b * k) for d, f, b in FIST]
    foot = [(x * k, y * k) for x, y in FOOT]
    return {
        f"{side}.thigh": (f"{side}.thigh", _sides(thigh[1:8])),
        f"{side}.knee": (f"{side}.shank", knee),
        f"{side}.shin": (f"{side}.shank", _sides(shank[2:9], back=False)),
        f"{side}.calf": (f"{side}.shank", _sides(shank[2:9], front=False)),
        f"{side}.heel": (f"{side}.foot", foot[2:6]),
        f"{side}.ball": (f"{side}.foot", foot[:2]),
        f"{side}.instep": (f"{side}.foot", foot[8:]),
        f"{side}.toes": (f"{side}.toes", [(x * k, y * k) for x, y in TOES[1:]]),
        f"{side}.upper_arm": (f"{side}.upper_arm", _sides(arm[1:6])),
        f"{side}.elbow": (f"{side}.forearm", _sides(fore[:2])),
        f"{side}.forearm": (f"{side}.forearm", _sides(fore[1:])),
        f"{side}.palm": (f"{side}.hand", _sides(hand[1:3])),
        f"{side}.fingers": (f"{side}.hand", _sides(hand[3:])),
        f"{side}.fist": (f"{side}.hand", _sides(fist)),
    }


@cache
def parts(body_key: Body) -> dict[str, tuple[str, Array]]:
    """Every part that can touch something: its frame and its skin points (front, up) in metres."""
    k = body_key.scale
    found: dict[str, tuple[str, list[tuple[float, float]]]] = {}
    for name in ("pelvis", "lumbar", "thorax"):
        rows = [r for r in trunk(body_key) if r[0] == name]
        found[name] = (name, [(f, t) for _, t, f, _ in rows] + [(-b, t) for _, t, _, b in rows])
    found["head"] = ("head", [((HEAD_AT[0] + x) * k, (HEAD_AT[1] + y) * k) for x, y in HAIR + FACE])
    for side in SIDES:
        found |= _limb_parts(body_key, side=side)
    return {name: (frame, np.array(local)) for name, (frame, local) in found.items()}


def _marks(body_key: Body, *, side: str) -> dict[str, tuple[str, float, float]]:
    """The named points of one side where hands, weights and bands go: frame, front, up."""
    k, g, thigh, shank = body_key.scale, body_key.girth, body_key.length("thigh"), body_key.length("shank")
    return {
        f"{side}.hip": (f"{side}.thigh", 0.0, 0.0),
        f"{side}.knee": (f"{side}.shank", 0.0, 0.0),
        f"{side}.ankle": (f"{side}.foot", 0.0, 0.0),
        f"{side}.heel": (f"{side}.foot", HEEL[0] * body_key.person.height, -body_key.ankle),
        f"{side}.ball": (f"{side}.toes", 0.0, 0.0),
        f"{side}.toe": (f"{side}.toes", BALL * body_key.person.height, 0.0),
        f"{side}.sole": (f"{side}.foot", 0.04 * k, -0.068 * k),
        f"{side}.instep": (f"{side}.foot", 0.07 * k, 0.012 * k),
        f"{side}.thigh_top": (f"{side}.thigh", 0.066 * g, -0.80 * thigh),
        f"{side}.thigh_mid": (f"{side}.thigh", 0.086 * g, -0.50 * thigh),
        f"{side}.thigh_band": (f"{side}.thigh", 0.0, -0.86 * thigh),
        f"{side}.thigh_weight": (f"{side}.thigh", 0.066 * g + 0.045, -0.80 * thigh),
        f"{side}.thigh_back": (f"{side}.thigh", -0.062 * g, -0.70 * thigh),
        f"{side}.shin_top": (f"{side}.shank", 0.050 * g, -0.16 * shank),
        f"{side}.shin_low": (f"{side}.shank", 0.0, -0.92 * shank),
        f"{side}.shoulder": (f"{side}.upper_arm", 0.0, 0.0),
        f"{side}.elbow": (f"{side}.forearm", 0.0, 0.0),
        f"{side}.wrist": (f"{side}.hand", 0.0, 0.0),
        f"{side}.palm": (f"{side}.hand", -0.022 * k, -0.065 * k),
        f"{side}.fingertip": (f"{side}.hand", -0.004 * k, -0.150 * k),
        f"{side}.grip": (f"{side}.hand", -0.004 * k, -0.058 * k),
    }


@cache
def marks(body_key: Body) -> dict[str, tuple[str, float, float]]:
    """Every named point of the body: its frame, how far in front and above the frame's beginning (metres)."""
    g = body_key.girth
    waist = SPINE[0] * body_key.neck_to_hip
    found = {
        "hip": ("pelvis", 0.0, 0.0),
        "seat": ("pelvis", -0.120 * g, 0.0),
        "belly": ("lumbar", 0.102 * g, 0.03),
        "front_of_hip": ("pelvis", 0.094 * g, 0.55 * waist),
        "back": ("lumbar", -0.10 * g, 0.02),
        "neck": ("head", 0.0, 0.0),
        "head": ("head", HEAD_AT[0] * body_key.scale, HEAD_AT[1] * body_key.scale),
    }
    for side in SIDES:
        found |= _marks(body_key, side=side)
    return found


def place(frames: dict[str, Frame], *, mark: tuple[str, float, float]) -> Array:
    """Where a named point is, one row for each pose."""
    name, front, up = mark
    return frames[name].at(front, up)


def skin(frames: dict[str, Frame], *, part: tuple[str, Array]) -> Array:
    """Where a part's skin points are in the drawing plane: (poses, points, 2)."""
    name, local = part
    at = frames[name]
    flat = at.origin[:, None, :2] + local[None, :, :1] * at.front[:, None, :2] + local[None, :, 1:] * at.up[:, None, :2]
    return np.asarray(flat, dtype=np.float64)
