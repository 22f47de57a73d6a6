"""The catalogue says what table D-S of clinical.md says, line by line, and names muscles from one vocabulary."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from psoas.knowledge.loader import load
from psoas.terms import Stage

EXERCISES = load().exercises
CONTENT = Path(__file__).parents[2] / "src" / "psoas" / "knowledge" / "content"

# ---- D-S, transcribed: sets, repetitions, hold in seconds, metres; then RM, form, effort where the table names one

LADDERS: dict[str, list[tuple[int, int, int, int]]] = {
    "E01": [(2, 1, 20, 0), (2, 1, 25, 0), (2, 1, 30, 0), (3, 1, 30, 0), (4, 1, 30, 0)],
    "E02": [(2, 8, 3, 0), (2, 8, 3, 0), (2, 10, 3, 0), (2, 10, 5, 0), (3, 10, 5, 0), (3, 12, 5, 0), (3, 14, 5, 0)],
    "E03": [(2, 10, 0, 0), (2, 12, 0, 0), (2, 14, 0, 0), (2, 10, 0, 0), (2, 12, 0, 0), (2, 14, 0, 0), (3, 14, 0, 0)],
    "E04": [(1, 10, 0, 0)],
    "E05": [(1, 5, 0, 0)],
    "E06": [(2, 4, 5, 0), (2, 4, 10, 0), (2, 6, 10, 0)],
    "E07": [(2, 5, 10, 0), (2, 5, 10, 0)],
    "E08": [(2, 15, 0, 0), (2, 13, 0, 0), (2, 12, 0, 0), (3, 12, 0, 0), (3, 10, 0, 0), (3, 8, 0, 0)],
    "E09": [(2, 5, 0, 0), (2, 7, 0, 0), (2, 9, 0, 0), (3, 9, 0, 0), (3, 10, 0, 0)],
    "E10": [(3, 15, 0, 0), (3, 13, 0, 0), (3, 12, 0, 0), (3, 10, 0, 0), (3, 9, 0, 0), (3, 8, 0, 0)],
    "E11": [(2, 8, 0, 0), (2, 10, 0, 0), (3, 10, 0, 0), (3, 10, 0, 0)],
    "E12": [(2, 10, 0, 0), (2, 12, 0, 0), (3, 12, 0, 0)],
    "E13": [(4, 1, 0, 10), (4, 1, 10, 0), (4, 1, 0, 10), (6, 1, 0, 10), (4, 1, 0, 15), (6, 1, 0, 15)],
    "E14": [(1, 1, 60, 0), (1, 1, 120, 0)],
    "E15": [(1, 4, 5, 0), (1, 6, 5, 0), (2, 6, 5, 0), (2, 6, 10, 0)],
    "E16a": [(2, 4, 5, 0), (2, 6, 5, 0), (2, 6, 10, 0), (3, 6, 10, 0)],
    "E16b": [(2, 4, 5, 0), (2, 6, 5, 0), (2, 6, 10, 0), (3, 6, 10, 0)],
    "E17": [(2, 3, 10, 0), (3, 3, 10, 0), (3, 3, 15, 0), (4, 3, 15, 0)],
    "E18": [(2, 6, 0, 0), (2, 8, 0, 0), (2, 10, 0, 0), (3, 10, 0, 0), (3, 12, 0, 0)],
}

# class, slot, stages, gate step
PLACES: dict[str, tuple[str, int, str, int | None]] = {
    "E01": ("0", 7, "1 2 3 4a 4b", None),
    "E02": ("0", 6, "1 2", None),
    "E03": ("0", 5, "1 2 3", 4),
    "E04": ("0", 1, "0 1 2 3 4a 4b", None),
    "E05": ("0", 1, "0 1 2 3 4a 4b", None),
    "E06": ("1.5", 4, "0 1 2", 3),
    "E07": ("1.5", 3, "1", 2),
    "E08": ("2", 4, "3", 5),
    "E09": ("3", 4, "3", None),
    "E10": ("2.5", 4, "3 4a 4b", 4),
    "E11": ("2", 8, "4a 4b", 2),
    "E12": ("2", 8, "4a 4b", 2),
    "E13": ("3", 8, "4b", None),
    "E14": ("0", 2, "2 3 4a 4b", None),
    "E15": ("0", 3, "0 1", None),
    "E16a": ("2", 4, "2", 4),
    "E16b": ("2.5", 4, "3", 4),
    "E17": ("2", 7, "1 2 3 4a 4b", None),
    "E18": ("2.5", 4, "3", 3),
}

FORMS = {
    "E02": ["leg_only"] + ["arm_and_leg"] * 6,
    "E03": ["two_leg"] * 3 + ["single_leg"] * 4,
    "E11": ["low"] * 3 + ["knee_height"],
    "E13": ["a_march", "wall_drill", "a_skip", "a_skip", "acceleration", "acceleration"],
}
RMS = {"E08": [15, 13, 12, 12, 10, 8], "E10": [15, 13, 12, 10, 9, 8]}
ABOVE_TOP = {"E08": "reps_then_load", "E10": "reps_then_load", "E16b": "load", "E18": "load"}
SIDED = {"E03": "by_step", "E04": "both", "E05": "both", "E09": "both", "E13": "both", "E15": "both"}

ALL = sorted(LADDERS)


def test_the_catalogue_has_the_nineteen_entries_of_a2():
    """Eighteen exercises and the loaded variant, no more and no less, each under its own file name."""
    assert sorted(EXERCISES) == ALL
    assert sorted(path.stem for path in (CONTENT / "exercises").glob("*.md")) == ALL


@pytest.mark.parametrize("name", ALL)
def test_a_ladder_is_the_one_of_d_s(name):
    """Every line of every ladder is the line of table D-S."""
    assert [(s.dose.sets, s.dose.reps, s.dose.hold_s, s.dose.metres) for s in EXERCISES[name].ladder] == LADDERS[name]


@pytest.mark.parametrize("name", ALL)
def test_class_slot_stages_and_gate_are_those_of_d_s(name):
    """The class, slot, stages and gate step of every exercise are those of table D-S."""
    found = EXERCISES[name]
    weight, slot, stages, gate = PLACES[name]
    assert (found.weight, found.slot, found.gate) == (Decimal(weight), slot, gate)
    assert found.stages == tuple(Stage(stage) for stage in stages.split())


@pytest.mark.parametrize("name", ALL)
def test_forms_rm_lines_sides_and_what_is_above_the_top(name):
    """Forms, RM lines, bilateral steps and the way on above the last line are those of D-S, D23 and D46."""
    found = EXERCISES[name]
    assert [step.form for step in found.ladder] == FORMS.get(name, [""] * len(found.ladder))
    assert [step.rm for step in found.ladder] == RMS.get(name, [None] * len(found.ladder))
    assert found.above_top == ABOVE_TOP.get(name, "")
    assert found.sided == SIDED.get(name, "each")


def test_entering_a_stage_and_staying_there():
    """E02, E03 and E06 enter where D-S says; E02 and E03 have their top in Stage 1; E06 and E10 stay fixed."""
    assert (EXERCISES["E02"].enters, EXERCISES["E02"].tops) == ({"2": 2}, {"1": 1})
    assert (EXERCISES["E03"].enters, EXERCISES["E03"].tops, EXERCISES["E03"].both_steps) == ({"3": 4}, {"1": 3}, 3)
    assert (EXERCISES["E06"].enters, EXERCISES["E06"].fixed) == ({"2": 3}, (Stage.CONTROL,))
    assert EXERCISES["E10"].fixed == (Stage.INTEGRATE, Stage.RETURN)
    assert [step.effort for step in EXERCISES["E07"].ladder] == ["half", "eighty"]
    assert EXERCISES["E16b"].start_kg == 1


@pytest.mark.parametrize("name", ALL)
def test_a_dose_lies_within_what_c_d_allows(name):
    """No line of a ladder leaves the range of table C-D that its exercise states."""
    found = EXERCISES[name]
    for step in found.ladder:
        for part in ("sets", "reps", "hold_s", "metres"):
            value = getattr(step.dose, part)
            if value:
                low, high = found.dose_range[part]
                assert low <= value <= high, part


# ---- muscles

FLEXORS = {
    "psoas_major", "iliacus", "rectus_femoris", "sartorius", "tensor_fasciae_latae", "pectineus",
    "adductor_longus", "adductor_brevis",
}  # fmt: skip
OTHERS = {"gluteus_maximus", "gluteus_medius", "hamstrings", "multifidus", "rectus_abdominis", "obliques"}


@pytest.mark.parametrize("name", ALL)
def test_muscles_come_from_the_vocabulary_of_x30(name):
    """Every muscle named is in the controlled vocabulary, and its role is one of four."""
    for muscle in EXERCISES[name].muscles:
        assert muscle.id in FLEXORS | OTHERS
        assert muscle.role in {"trains", "assists", "steadies", "lengthens"}


def test_an_exercise_trains_a_hip_flexor_exactly_when_its_class_is_above_zero():
    """E02, E03 and E15 never count as hip-flexor dose (X04, X44); what counts says which flexor it trains."""
    for found in EXERCISES.values():
        trains = {muscle.id for muscle in found.muscles if muscle.role == "trains"} & FLEXORS
        assert bool(trains) == (found.weight > 0), found.id
