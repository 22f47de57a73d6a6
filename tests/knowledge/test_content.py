"""The product's own content: it fits together, and says what clinical.md says."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from psoas.knowledge.derived import DERIVED, READ_BY_THE_PATHWAY
from psoas.knowledge.lint import lint
from psoas.knowledge.loader import load

KNOWLEDGE = load()

# clinical.md C15, and numbers of Part D that are easy to mistype
NUMBERS = {
    "age_min": "18", "triage_valid_days": "14", "pain_green_max": "2", "pain_amber_max": "5", "next_morning_ok": "1",
    "next_morning_red": "3", "red_window_days": "7", "red_to_stage_down": "2", "red_refer_window_days": "14",
    "red_to_refer": "3", "mtt_tight_above": "0", "mtt_normal_at_or_below": "-10", "mtt_side_diff": "5",
    "mtt_real_change": "5", "knee_two_joint_below": "67", "lsi_weak_belt": "85", "lsi_weak_hand": "80",
    "lsi_weak_home": "75", "lsi_weak_reps": "75", "lsi_clear": "90", "lsi_gate_lab": "85", "lsi_gate_home": "80",
    "lsi_return": "90", "inhibition_gain": "15", "inhibition_cv": "15", "screen_s_holds": "6", "screen_s_seconds": "10",
    "clean_sessions_to_progress": "3", "sessions_per_week": "3", "sessions_per_week_low": "2", "min_hours_between": "48",
    "load_step_min": "2", "load_step_max": "10", "weekly_work_cap": "1.2", "stretch_hold_min_s": "20",
    "stretch_hold_max_s": "30", "stretch_weekly_cap_min": "10", "stretch_pre_power_cap_s": "120",
    "release_minutes_max": "2", "min_adherence": "75", "missed_step_days": "8", "missed_stage_days": "15",
    "missed_full_days": "29", "deload_cut_min": "33", "deload_cut_max": "50", "programme_weeks": "12", "nprs_small": "1",
    "nprs_small_percent": "15", "nprs_much": "2", "nprs_much_percent": "33", "psfs_small": "1.3", "psfs_medium": "2.3",
    "lefs_change": "9", "ihot12_change": "14", "hos_adl_change": "9", "hos_sport_change": "6", "max_exercises": "6",
    "session_minutes": "30", "morning_min_hours": "6", "morning_max_hours": "96", "run_gap_days": "8",
    "closed_days": "28", "deload_days": "7", "deload_again_days": "28", "clearance_days": "42", "clearance_days_max": "84",
    "stage_days_0": "7", "stage_days_1": "7", "stage_days_2": "14", "stage_days_3": "21", "stage_days_4a": "14",
    "stage_0_max_days": "14", "form_recheck_session": "6", "form_recheck_day": "14", "hold_step_days": "28",
    "adherence_span_3": "7", "adherence_span_2": "10", "cut_percent": "20", "strength_fall_belt": "15",
    "strength_fall_hand": "20", "strength_fall_home": "25", "psfs_ceiling": "8.7", "discharge_psfs": "8",
}  # fmt: skip


def test_the_content_fits_together():
    """The lint finds nothing to say about what is shipped."""
    assert lint(KNOWLEDGE) == []


@pytest.mark.parametrize(("name", "value"), NUMBERS.items())
def test_a_number_is_the_one_of_the_table(name: str, value: str):
    """Each constant of C15 has the value of C15."""
    assert KNOWLEDGE[name] == Decimal(value)


def _rows(*groups: tuple[str, int]) -> list[str]:
    return [f"{prefix}{n}" for prefix, last in groups for n in range(1, last + 1)]


def test_every_row_of_parts_c_and_d_has_its_words():
    """No id of the decision tables is without a rule."""
    ids = _rows(("TE", 11), ("TU", 13), ("TC", 15), ("L", 10), ("W", 9), ("ST", 8), ("CP", 6), ("CL", 8), ("PR", 12))
    ids += _rows(("HO", 7), ("RG", 6), ("SR", 8), ("DI", 6), ("MA", 2))
    ids += [f"D{n:02}" for n in range(1, 74)] + [f"DL{n}" for n in range(4)]
    ids += ["S", "ST6b", "C2c", "C2d", "C3", "C4a", "C4b", "C4c", "CR", "CD", "C11", "SCREEN_S", "MASTER"]
    assert set(ids) <= KNOWLEDGE.rules.keys()


def test_every_fact_the_rules_were_promised_exists():
    """History questions the pathway and the exercises count on are asked under these names."""
    promised = """hip_replacement hip_replacement_when hip_arthroscopy hip_arthroscopy_when surgeon_limits surgery_recent
        joint_injection_recent pregnant pregnant_weeks pelvic_girdle_pain pregnancy_complication osteoporosis
        fragility_fracture bone_metastasis hip_instability anticoagulant bleeding_disorder recent_dvt femoral_catheter
        hernia aneurysm arterial_disease groin_skin bone_infection groin_inflamed numb_front_thigh haematoma
        myositis_ossificans frail bp_uncontrolled unstable_heart kneeling_hurts wrist_load shoulder_load grip_weak
        balance_risk back_flare back_extension_sensitive back_flexion_sensitive deep_flexion_pinch snapping cramps
        side_lying_hurts acute_flexor_tear hip_or_back_disease hip_or_back_year cancer_past steroids_long steroid_course
        stress_fracture_past low_energy diabetes immunosuppressed injecting_drugs crohn recent_infection sickle_cell
        lupus heavy_alcohol diving past_hip_fracture load_rise limp cannot_bear_weight"""
    assert set(promised.split()) <= KNOWLEDGE.questions.keys()


def test_no_question_is_also_worked_out():
    """A fact is either asked or derived, never both."""
    assert KNOWLEDGE.questions.keys() & DERIVED.keys() == set()
    assert KNOWLEDGE.questions.keys() >= READ_BY_THE_PATHWAY


def test_a_page_of_questions_is_short():
    """A page of the safety screen has four to eight questions."""
    pages: dict[tuple[str, str], int] = {}
    for question in KNOWLEDGE.questions.values():
        if question.part in ("safety", "history"):
            pages[question.part, question.group] = pages.get((question.part, question.group), 0) + 1
    assert min(pages.values()) >= 4
    assert max(pages.values()) <= 9


def test_questions_are_questions_in_plain_words():
    """Each asks one thing, ends with a question mark, and stays short enough to read on a telephone."""
    for question in KNOWLEDGE.questions.values():
        assert "?" in question.ask, question.id
        assert len(question.ask) <= 150, question.id
        assert question.again != question.ask, question.id


def test_every_measure_of_the_assessment_is_guided():
    """Each test has steps, a rule for stopping and a source; the four the pathway asks for are there."""
    assert {"mtt", "strength", "hold", "signs"} <= KNOWLEDGE.measures.keys()
    for measure in KNOWLEDGE.measures.values():
        assert measure.steps, measure.id
        assert measure.stop, measure.id
        assert measure.sources, measure.id


def test_the_error_of_a_measure_is_its_constant():
    """The error a test page shows is the change the rules count as real."""
    errors = {
        name: KNOWLEDGE.measures[name].error for name in ("mtt", "strength.belt", "strength.hand", "strength.home")
    }
    assert errors == {
        "mtt": KNOWLEDGE["mtt_real_change"],
        "strength.belt": KNOWLEDGE["strength_fall_belt"],
        "strength.hand": KNOWLEDGE["strength_fall_hand"],
        "strength.home": KNOWLEDGE["strength_fall_home"],
    }


def test_ids_of_rules_stay_out_of_sentences():
    """What the person reads names no rule by its id; the page shows the id beside it."""
    named = re.compile(r"\b(T[EUC]\d+|PR\d+|RG\d|SR\d|CP\d|HO\d|D\d\d|ST\d|CL\d)\b")
    for rule in KNOWLEDGE.rules.values():
        assert not named.search(rule.said + rule.change + rule.title), rule.id
