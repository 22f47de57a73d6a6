"""Every row of C1 as the content states it: an otherwise reassuring screen, and what must fire."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from psoas.knowledge.criteria import facts_of
from psoas.knowledge.loader import load
from psoas.pathway.decisions import AskMore, Cleared, Refer
from psoas.pathway.screening import fired, mini_screen, opened, screen
from psoas.terms import Level

D = Decimal
DAY = dt.date(2026, 3, 2)
KNOWLEDGE = load()
GOOD_IF_YES = ("position_eases", "rest_eases", "assessed")
CHOICES: dict[str, Any] = {"hip_replacement": "none", "groin_lump": "none", "surgery_recent": [], "pregnant_weeks": 0}
READ = dict.fromkeys(fact for row in KNOWLEDGE.red_flags.values() for fact in facts_of(row.when))
WELL = {fact: "no" for fact in READ if fact in KNOWLEDGE.questions} | dict.fromkeys(GOOD_IF_YES, "yes") | CHOICES
DERIVED: dict[str, Any] = {
    "age": 40,
    "current_pain": D(1),
    "worst_pain": D(2),
    "onset_kind": "gradual",
    "onset_weeks": D(3),
    "known_minor_strain": "no",
    "moment": "intake",
}


def screened(*yeses: str, **other: Any) -> Any:
    """The screen with these answers instead of the reassuring ones."""
    derived = {fact: other.get(fact, value) for fact, value in DERIVED.items()}
    answers = WELL | dict.fromkeys(yeses, "yes") | {k: v for k, v in other.items() if k not in DERIVED}
    return screen(answers, knowledge=KNOWLEDGE, on=DAY, derived=derived)


def test_a_reassuring_screen_is_clear():
    """Nothing but reassuring answers clears, and nothing is left to ask."""
    assert screened() == Cleared(on=DAY)
    assert opened(WELL, knowledge=KNOWLEDGE, derived=DERIVED) == {}


FIRES: list[tuple[tuple[str, ...], dict[str, Any], tuple[str, ...]]] = [
    # emergencies
    (("bladder_bowel",), {}, ("TE1",)),
    (("saddle_numb",), {"worst_pain": D(0), "current_pain": D(0)}, ("TE1",)),  # C13 19: needs no pain (D08)
    (("both_legs",), {}, ("TE1",)),
    (("sexual_change",), {}, ("TE1",)),
    (("cannot_bear_weight",), {}, ("TE2",)),  # without a fall too (D08)
    (("leg_deformed",), {}, ("TE2",)),
    (("fever", "hip_hardly_moves"), {}, ("TE3",)),
    (("chills", "hot_red_joint"), {}, ("TE3",)),
    (("unwell", "hot_red_joint"), {}, ("TE3",)),
    (("fever", "pain_straightening"), {}, ("TE4",)),
    (("night_sweats", "hip_held_bent"), {}, ("TE4",)),
    (("anticoagulant", "new_pain", "leg_numb_weak"), {}, ("TE5", "TU5")),  # C13 8
    (("bleeding_disorder", "new_pain", "faint"), {}, ("TE5",)),
    (("anticoagulant", "new_pain", "groin_bruise"), {}, ("TE5",)),
    (("pulsing_lump",), {}, ("TE6",)),
    (("sudden_collapse_pain",), {}, ("TE6",)),
    (("cold_pale_leg",), {}, ("TE6",)),
    (("aneurysm", "new_pain"), {"age": 50}, ("TE6",)),
    ((), {"groin_lump": "stuck"}, ("TE7",)),
    (("vomiting",), {"groin_lump": "goes_back"}, ("TE7", "TC8")),
    (("testicle_pain",), {}, ("TE8",)),
    (("belly_pain",), {}, ("TE9",)),
    (("belly_right_low", "vomiting"), {}, ("TE9",)),
    (("pelvic_signs", "maybe_pregnant"), {}, ("TE9",)),
    (("exercise_chest_faint",), {}, ("TE10",)),
    (("leg_swelling", "chest_breath"), {}, ("TE10", "TU1")),
    (("leg_weak_worse",), {}, ("TE11",)),
    # urgent
    (("leg_swelling",), {}, ("TU1",)),
    (("tender_vein", "surface_veins"), {}, ("TU1",)),
    (("tender_vein", "cancer_active"), {}, ("TU1",)),
    (("impact_pain", "load_rise", "night_pain"), {}, ("TU2",)),  # C13 6
    (("impact_pain", "load_rise"), {"onset_kind": "unknown"}, ("TU2",)),
    (("impact_pain", "stress_fracture_past"), {"onset_kind": "sudden"}, ("TU2",)),
    (("impact_pain", "osteoporosis"), {"onset_kind": "sudden"}, ("TU2",)),
    (("pop", "cannot_lift_thigh"), {}, ("TU3",)),  # TC11 is not reported beside it (D08)
    (("pop", "cannot_lift_thigh", "weakness_new"), {}, ("TU3",)),
    (("defect_or_bruise",), {}, ("TU3",)),
    (("night_pain", "rest_pain", "weight_loss"), {"position_eases": "no"}, ("TU4",)),
    (("leg_numb_weak",), {}, ("TU5",)),
    (("fever",), {}, ("TU6",)),
    (("new_pain",), {"surgery_recent": ["groin"]}, ("TU6", "TC5")),
    (("joint_injection_recent", "new_pain"), {}, ("TU6",)),
    (("blood_urine",), {}, ("TU7",)),
    (("urinary_symptoms", "fever"), {}, ("TU6", "TU7")),
    (("steroid_course", "rotation_pain"), {}, ("TU8",)),
    (("new_pain", "fall"), {"age": 65}, ("TU9",)),
    (("new_pain", "fall", "osteoporosis"), {}, ("TU9",)),
    (("limp",), {"age": 16}, ("TU10", "TC1", "TC3")),  # C13 16
    ((), {"worst_pain": D(8), "rest_eases": "no"}, ("TU11",)),
    (("sudden_severe", "fall"), {}, ("TU11",)),
    (("new_pain",), {"hip_replacement": "other"}, ("TU12",)),
    (("diabetes", "limp", "back_flank_pain"), {}, ("TU13", "TC3")),
    (("crohn", "night_sweats", "back_flank_pain"), {}, ("TU13", "TC9")),
    (("cannot_lift_thigh", "weakness_new"), {}, ("TC11N",)),
    # clinician first
    ((), {"age": 17}, ("TC1",)),
    (("no_better",), {"worst_pain": D(4)}, ("TC2",)),
    ((), {"worst_pain": D(4), "onset_weeks": D("6.1"), "assessed": "no"}, ("TC2",)),
    (("no_better",), {"worst_pain": D(4), "moment": "reopen"}, ("TC2",)),
    (("limp",), {}, ("TC3",)),
    (("stairs_hard",), {}, ("TC3",)),
    (("locking",), {}, ("TC4",)),
    (("deep_groin_pain",), {}, ("TC4",)),
    ((), {"surgery_recent": ["abdomen"]}, ("TC5",)),
    (("surgeon_limits",), {"hip_replacement": "anterior"}, ("TC5",)),  # C13 15
    (("pregnant", "pelvic_girdle_pain"), {}, ("TC6",)),
    (("osteoporosis", "fragility_fracture"), {}, ("TC7",)),
    (("bone_metastasis",), {}, ("TC7",)),
    ((), {"groin_lump": "goes_back"}, ("TC8",)),
    (("morning_stiff",), {}, ("TC9",)),
    (("inflammatory_disease",), {}, ("TC9",)),
    (("effort_only",), {}, ("TC10",)),  # C13 17
    (("cannot_lift_thigh",), {}, ("TC11",)),
    (("hip_instability",), {}, ("TC12",)),
    (("bp_uncontrolled",), {}, ("TC13",)),
    ((), {"current_pain": D("5.1")}, ("TC15",)),
    ((), {"current_pain": D(6)}, ("TC15",)),  # C13 23
    # and nothing
    (("anticoagulant",), {"worst_pain": D(0), "current_pain": D(0)}, ()),  # C13 14
    (("pregnant",), {"pregnant_weeks": 24}, ()),  # C13 18
    (("limp",), {"known_minor_strain": "yes", "onset_kind": "sudden", "current_pain": D(5)}, ()),  # C13 22
    (("impact_pain", "load_rise"), {"onset_kind": "sudden"}, ()),
    (("impact_pain",), {}, ()),
    (("tender_vein",), {}, ()),
    (("night_pain", "rest_pain", "weight_loss"), {}, ()),
    (("no_better",), {"worst_pain": D("3.9")}, ()),
    (("no_better",), {"worst_pain": D(4), "moment": "course"}, ()),
    ((), {"worst_pain": D(4), "onset_weeks": D(6), "assessed": "no"}, ()),
    ((), {"worst_pain": D("7.9"), "rest_eases": "no"}, ()),
    ((), {"worst_pain": D(8)}, ()),
    (("new_pain", "fall"), {"age": 64}, ()),
    (("aneurysm", "new_pain"), {"age": 49}, ()),
    ((), {"current_pain": D(5)}, ()),
    ((), {"age": 18}, ()),
]


@pytest.mark.parametrize(("yeses", "other", "rows"), FIRES)
def test_each_row_fires_as_written(yeses, other, rows):
    """The named rows and no others fire, and the level is the highest of them."""
    triage = screened(*yeses, **other)
    if not rows:
        assert triage == Cleared(on=DAY)
        return
    assert isinstance(triage, Refer)
    assert set(fired(triage)) == set(rows)
    assert triage.unknown == ()
    assert triage.level is max((KNOWLEDGE.red_flags[row].level for row in rows), key=lambda level: level.rank)


def test_fever_limp_and_pain_on_straightening_are_an_emergency():
    """C13 case 7: TE4 with TU6 left unsaid, TE3 as well where the hip hardly moves."""
    assert fired(screened("fever", "limp", "pain_straightening")) == ("TE4", "TC3")
    assert fired(screened("fever", "limp", "pain_straightening", "hip_hardly_moves"))[:2] == ("TE3", "TE4")


def test_every_row_of_the_table_is_fired_by_some_case():
    """No row of C1 goes untested; TC14 and W5 are read after the tests."""
    named = {row for _, _, rows in FIRES for row in rows}
    assert named == set(KNOWLEDGE.red_flags) - {"TC14", "W5"}


@pytest.mark.parametrize("row", [row.id for row in KNOWLEDGE.red_flags.values() if row.id not in ("TC14", "W5")])
def test_a_fact_nobody_knows_is_never_a_no(row):
    """Every fact of a row unknown, after the follow-up too: never cleared."""
    facts = set(facts_of(KNOWLEDGE.red_flags[row].when))
    unsure = {fact: "unknown" for fact in facts if fact in KNOWLEDGE.questions}
    again = {f"{fact}.again": "unknown" for fact in unsure}
    derived = DERIVED | {fact: "unknown" for fact in facts if fact in DERIVED}
    triage = screen(WELL | unsure | again, knowledge=KNOWLEDGE, on=DAY, derived=derived)
    assert isinstance(triage, Refer)
    assert triage.level.rank >= Level.CLINICIAN.rank
    assert row in triage.unknown or fired(triage)


MINI = ("TE1", "TE2", "TE3", "TE10", "TU1", "TU2")


def test_six_questions_are_asked_before_a_session():
    """The mini-screen is the six rows of D11, one question each, and six noes clear."""
    first = mini_screen({}, knowledge=KNOWLEDGE, on=DAY, derived=DERIVED)
    assert isinstance(first, AskMore)
    assert set(first.questions) == {f"mini_{row}" for row in MINI}
    calm = dict.fromkeys(first.questions, "no")
    assert mini_screen(calm, knowledge=KNOWLEDGE, on=DAY, derived=DERIVED) == Cleared(on=DAY)


@pytest.mark.parametrize("row", MINI)
def test_each_of_the_six_opens_its_row(row):
    """A yes opens questions of that row only; answered badly they fire it."""
    calm = {f"mini_{name}": "no" for name in MINI} | {f"mini_{row}": "yes"}
    history = DERIVED | {fact: value for fact, value in WELL.items() if KNOWLEDGE.questions[fact].part == "history"}
    asks = mini_screen(calm, knowledge=KNOWLEDGE, on=DAY, derived=history)
    assert isinstance(asks, AskMore)
    assert set(asks.questions) <= set(facts_of(KNOWLEDGE.red_flags[row].when))
    bad = calm | dict.fromkeys(asks.questions, "yes")
    assert fired(mini_screen(bad, knowledge=KNOWLEDGE, on=DAY, derived=history)) == (row,)
