"""Plain words for the ids that content and pathway use: muscles, things, places of the body, stages."""

from __future__ import annotations

from psoas.knowledge import prose
from psoas.knowledge.schema import Exercise, Step
from psoas.terms import Dose, Stage

MUSCLES = {
    "psoas_major": "psoas: the deep hip flexor from the spine to the thigh",
    "iliacus": "iliacus: the deep hip flexor from the inside of the pelvis",
    "rectus_femoris": "rectus femoris: the long muscle at the front of the thigh",
    "sartorius": "sartorius: the slanting muscle across the thigh",
    "tensor_fasciae_latae": "tensor fasciae latae: the muscle at the front pocket",
    "pectineus": "pectineus: a short muscle in the groin",
    "adductor_longus": "adductor longus: inside of the thigh",
    "adductor_brevis": "adductor brevis: inside of the thigh, near the groin",
    "gluteus_maximus": "gluteus maximus: the large buttock muscle",
    "gluteus_medius": "gluteus medius: the muscle at the side of the hip",
    "hamstrings": "hamstrings: back of the thigh",
    "multifidus": "multifidus: small muscles along the spine",
    "rectus_abdominis": "rectus abdominis: front of the belly",
    "obliques": "obliques: sides of the belly",
}
ROLES = {"trains": "Trains", "assists": "Helps", "steadies": "Holds steady", "lengthens": "Lengthens"}
CATEGORIES = {
    "activation": "Waking up",
    "control": "Control",
    "loading": "Strength",
    "trunk_control": "Trunk",
    "posterior_chain": "Buttocks and back of the thigh",
    "active_end_range": "Active range",
    "passive_static": "Stretch",
    "release": "Self-massage",
    "warm_up": "Warm-up",
    "integration": "Walking and running",
}
SHELVES = {
    "Warm-up": ("warm_up",),
    "Waking up, and control": ("activation", "control"),
    "Strength": ("loading",),
    "Trunk, buttocks and back of the thigh": ("trunk_control", "posterior_chain"),
    "Length and ease": ("active_end_range", "passive_static", "release"),
    "Walking and running": ("integration",),
}
THINGS = {
    "kg": "a weight",
    "band": "an elastic band",
    "bands": "elastic bands",
    "cable": "a cable machine",
    "ball": "a massage ball",
    "bar": "a pull-up bar",
    "box": "a box or step",
    "chair": "a sturdy chair",
    "wall": "a wall",
    "mat": "a mat",
    "obstacle": "something low to step over",
    "running_space": "room to run",
    "low_anchor": "something low to fix a band to",
    "ankle_strap": "an ankle strap",
}
POSITIONS = {
    "supine": "lying on your back",
    "side_lying": "lying on your side",
    "hands_and_knees": "on hands and knees",
    "half_kneeling": "kneeling on one knee",
    "front_support": "in a push-up position",
    "standing_wall": "standing, hands on a wall",
}
STAGES = {
    Stage.SETTLE: "Settle",
    Stage.ACTIVATE: "Activate",
    Stage.CONTROL: "Control",
    Stage.LOAD: "Load",
    Stage.INTEGRATE: "Integrate",
    Stage.RETURN: "Return",
}
EFFORTS = {
    "half": "at half effort",
    "eighty": "at four fifths of full effort",
    "quarter_to_half": "at a quarter to half effort",
}
LEVELS = {"E": "Emergency", "U": "Urgent", "C": "Clinician first", "S": "Self-care"}


def plain(name: str) -> str:
    """An id as words, where nothing better is known.

    >>> plain("low_anchor")
    'low anchor'
    """
    return name.replace("_", " ")


def stage_words(stage: Stage) -> str:
    """A stage by number and name.

    >>> stage_words(Stage.LOAD)
    'Stage 3, Load'
    """
    return f"Stage {stage.value}, {STAGES[stage]}"


def dose_words(dose: Dose) -> str:
    """A dose in words.

    >>> dose_words(Dose(sets=2, reps=6, hold_s=10)), dose_words(Dose(sets=1, hold_s=30))
    ('2 sets of 6 holds of 10 s', '1 set of 30 s')
    >>> dose_words(Dose(sets=3, metres=20)), dose_words(Dose(sets=3, reps=12))
    ('3 sets of 20 m', '3 sets of 12')
    """
    sets = f"{dose.sets} set{'' if dose.sets == 1 else 's'} of "
    if dose.metres:
        return f"{sets}{dose.metres} m"
    if not dose.hold_s:
        return f"{sets}{dose.reps}"
    return f"{sets}{dose.hold_s} s" if dose.reps == 1 else f"{sets}{dose.reps} holds of {dose.hold_s} s"


def step_words(step: Step) -> str:
    """One line of a ladder: dose, form, load and effort.

    >>> step_words(Step(dose=Dose(sets=2, reps=15), rm=15))
    '2 sets of 15, with a load you could just lift 15 times'
    """
    parts = [dose_words(step.dose)]
    if step.form:
        parts.append(plain(step.form))
    if step.rm:
        parts.append(f"with a load you could just lift {step.rm} times")
    if step.effort:
        parts.append(EFFORTS.get(step.effort, plain(step.effort)))
    return ", ".join(parts)


def set_up(exercise: Exercise) -> str:
    """How one gets into position, before the first step; empty where nothing is said of it."""
    return " ".join(prose.sections(exercise.prose).get(prose.SET_UP, "").split())
