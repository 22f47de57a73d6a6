"""What one person says on every page, by the name of the question.

`*` stands for any letters, and the first that fits is taken.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

LEAVE = object()  # the answer to a question that she leaves open
Answers = dict[str, object]


def said(name: str, answers: Answers) -> object:
    """Her answer to the question of that name; None where she has none."""
    return next((value for pattern, value in answers.items() if fnmatchcase(name, pattern)), None)


NO_WARNING_SIGN: Answers = {
    "rest_eases": "yes",
    "position_eases": "yes",
    "assessed": "yes",
    "hip_replacement": "none",
    "groin_lump": "none",
    "snapping": "none",
    "surgery_recent": "none",
    "*": "no",
}
SORE_RIGHT_HIP: Answers = {
    "hurts": "right",
    "right_now": "1",
    "right_worst": "4",
    "right_morning": "2",
    "*_stiffness": "3",
    "onset_kind": "gradual",
    "onset": "2026-07-20",
    "activity_1": "Climbing stairs",
    "score_1": "5",
    "activity_2": "Running for a bus",
    "score_2": "3",
    "activity_3": LEAVE,
    "score_3": LEAVE,
    "born_month": "05",
    "born_year": "1990",
    "trained": "no",
    "new_to_training": "no",
    "sex": "f",
    "height": LEAVE,
    "mass": LEAVE,
}
WISHES: Answers = {
    "things": ["chair", "mat", "low_anchor"],
    "bands": "3",
    "kg": "1, 2, 4",
    "cable_kg": LEAVE,
    "goal": "daily",
    "often": "plan",
    "days": ["none"],
    "stretch": "no_preference",
    "release": "no",
}
TESTS: Answers = {
    "length": "tape",
    "hold": "hold",
    "strength": "reps",
    "signs": "signs",
    "length_*_thigh": "40",
    "length_*_hip_?": "70",
    "length_right_knee_?": "73",
    "length_left_knee_?": "62",
    "length_*_pelvis": "yes",
    "length_*_stopped": ["stretch"],
    "*_result": "pass",
    "*_seen": ["none"],
    "*_first": "yes",
    "*_every": LEAVE,
    "*_pain": "1",
    "strength_reps_left_1": "20",
    "strength_reps_right_1": "13",
    "sign_resisted_*": "yes",
    "sign_*": "no",
}
ONBOARDING = {"screen": NO_WARNING_SIGN, "intake": SORE_RIGHT_HIP, "wishes": WISHES, "tests": TESTS}
TODAY: Answers = {
    "mini_*": "no",
    "pain_left": "0",
    "pain_right": "1",
    "limp_now": "no",
    "recovered": "yes",
    "night_pain_new": "no",
    "news": ["none"],
}
A_SET: Answers = {
    "did": "all",
    "pain_left": "0",
    "pain_right": "1",
    "seen": ["none"],
    "signs": ["none"],
    "effort": "4",
    "load": "band:1",
}
AFTER: Answers = {"pain_left": "0", "pain_right": "1", "limp": "no", "effort": "4"}
NEXT_MORNING: Answers = {"pain_left": "0", "pain_right": "1", "settled": "yes", "limp": "no"}
THE_WEEK: Answers = {
    "fine_*": LEAVE,
    "worst_left": "0",
    "worst_right": "2",
    "stiffness_*": "2",
    "impact_*": "1",
    "walk30": "1",
    "night_pain": "no",
    "limp": "no",
    "snaps_*": "no",
}
A_CHECK: Answers = {"worst_left": "0", "worst_right": "2", "score_*": "8", "change": "much_better", "satisfied": "yes"}
