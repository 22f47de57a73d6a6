"""Every row of clinical.md C1, at its boundaries and under its rulings (D05-D09, D14)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas.knowledge.criteria import facts_of, holds
from psoas.knowledge.loader import load
from psoas.terms import Answer, Level

KNOWLEDGE = load()
FLAGS = KNOWLEDGE.red_flags

# A person with a slightly sore hip for three weeks, examined, forty years old, with no to every question.
CLEAR: dict[str, Any] = {
    **{q.id: "no" for q in KNOWLEDGE.questions.values() if q.kind == "yes_no"},
    **{q.id: "none" for q in KNOWLEDGE.questions.values() if q.kind == "choice"},
    **{q.id: () for q in KNOWLEDGE.questions.values() if q.kind == "several"},
    "position_eases": "yes",
    "rest_eases": "yes",
    "assessed": "yes",
    "age": Decimal(40),
    "current_pain": Decimal(1),
    "worst_pain": Decimal(2),
    "moment": "intake",
    "onset_kind": "sudden",
    "onset_weeks": Decimal(3),
    "onset_hours": Decimal(500),
    "known_minor_strain": "no",
}
# A yes to one of these speaks for the person, not against her.
GOOD_NEWS = {"position_eases", "rest_eases", "assessed", "known_minor_strain"}


def fired(**changes: Any) -> set[str]:
    """The rows that fire for the clear person with these changes."""
    facts = CLEAR | changes
    return {row.id for row in FLAGS.values() if holds(row.when, facts) is Answer.YES}


def unknown(**changes: Any) -> set[str]:
    """The rows that stay open for the clear person with these changes."""
    facts = CLEAR | changes
    return {row.id for row in FLAGS.values() if holds(row.when, facts) is Answer.UNKNOWN}


def test_every_row_is_there_with_its_level():
    """E, U and C rows as C1 has them; TC11 when new is its own urgent row, W5 belongs to the tests."""
    rows = {level: [row.id for row in FLAGS.values() if row.level is level] for level in Level}
    assert rows[Level.EMERGENCY] == [f"TE{n}" for n in range(1, 12)]
    assert rows[Level.URGENT] == [*(f"TU{n}" for n in range(1, 14)), "TC11N"]
    assert rows[Level.CLINICIAN] == [*(f"TC{n}" for n in range(1, 16)), "W5"]


def test_the_rows_of_the_mini_screen():
    """Six rows are asked before every session, each by one question."""
    assert {row.id for row in FLAGS.values() if row.mini} == {"TE1", "TE2", "TE3", "TE10", "TU1", "TU2"}
    assert sum(question.mini for question in KNOWLEDGE.questions.values()) == 6


def test_what_a_person_may_quote_her_clinician_for():
    """D14: TC2-TC6, TC8-TC10, TC12, TC14 and TC15, and no other row of C1."""
    quotable = {row.id for row in FLAGS.values() if row.quotable}
    assert quotable == {"TC2", "TC3", "TC4", "TC5", "TC6", "TC8", "TC9", "TC10", "TC12", "TC14", "TC15"}


def test_nothing_fires_for_a_clear_person():
    """No row fires and none is open when every answer is known and harmless."""
    assert fired() == set()
    assert unknown() == set()


ROWS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("TE1 needs no pain", {"saddle_numb": "yes", "worst_pain": Decimal(0), "current_pain": Decimal(0)}, {"TE1"}),
    ("TE1 by bladder", {"bladder_bowel": "yes"}, {"TE1"}),
    ("TE1 by both legs", {"both_legs": "yes"}, {"TE1"}),
    ("TE1 by sexual function", {"sexual_change": "yes"}, {"TE1"}),
    ("TE2 without a fall", {"cannot_bear_weight": "yes"}, {"TE2"}),
    ("TE2 by shape", {"leg_deformed": "yes"}, {"TE2"}),
    ("TE3 needs the hip too", {"unwell": "yes"}, set()),
    ("TE3 unwell and stiff", {"unwell": "yes", "hip_hardly_moves": "yes"}, {"TE3"}),
    ("TE3 chills and a red joint", {"chills": "yes", "hot_red_joint": "yes"}, {"TE3", "TU6"}),
    ("TE3 weight-bearing as in TE2", {"unwell": "yes", "cannot_bear_weight": "yes"}, {"TE2", "TE3"}),
    ("TE4 sweats and straightening", {"night_sweats": "yes", "pain_straightening": "yes"}, {"TE4"}),
    ("TE4 needs pain", {"night_sweats": "yes", "limp": "yes", "known_minor_strain": "yes",
                        "worst_pain": Decimal(0), "current_pain": Decimal(0)}, set()),
    ("TE4 by back pain", {"night_sweats": "yes", "hip_held_bent": "yes", "back_flank_pain": "yes",
                          "worst_pain": Decimal(0), "current_pain": Decimal(0)}, {"TE4"}),
    ("TE5 blood thinner alone", {"anticoagulant": "yes", "new_pain": "yes"}, set()),
    ("TE5 old pain", {"anticoagulant": "yes", "groin_bruise": "yes"}, set()),
    ("TE5 with a bruise", {"anticoagulant": "yes", "new_pain": "yes", "groin_bruise": "yes"}, {"TE5"}),
    ("TE5 with a weak thigh", {"bleeding_disorder": "yes", "new_pain": "yes", "numb_front_thigh": "yes"}, {"TE5"}),
    ("TE6 beating lump", {"pulsing_lump": "yes"}, {"TE6"}),
    ("TE6 collapse", {"sudden_collapse_pain": "yes"}, {"TE6"}),
    ("TE6 cold leg", {"cold_pale_leg": "yes"}, {"TE6"}),
    ("TE6 at 49", {"age": Decimal(49), "aneurysm": "yes", "new_pain": "yes"}, set()),
    ("TE6 at 50", {"age": Decimal(50), "aneurysm": "yes", "new_pain": "yes"}, {"TE6"}),
    ("TE7 stuck lump", {"groin_lump": "stuck"}, {"TE7"}),
    ("TE7 lump and vomiting", {"groin_lump": "goes_back", "vomiting": "yes"}, {"TE7", "TC8"}),
    ("TE8", {"testicle_pain": "yes"}, {"TE8"}),
    ("TE9 severe", {"belly_pain": "yes"}, {"TE9"}),
    ("TE9 right and low alone", {"belly_right_low": "yes"}, set()),
    ("TE9 right and low with vomiting", {"belly_right_low": "yes", "vomiting": "yes"}, {"TE9"}),
    ("TE9 possible pregnancy", {"maybe_pregnant": "yes", "pelvic_signs": "yes"}, {"TE9"}),
    ("TE9 early pregnancy", {"pregnant": "yes", "pregnant_weeks": Decimal(13), "pelvic_signs": "yes"}, {"TE9"}),
    ("TE9 later it is TC6", {"pregnant": "yes", "pregnant_weeks": Decimal(14), "pelvic_signs": "yes",
                            "pregnancy_complication": "yes"}, {"TC6"}),
    ("TE10 leg and chest", {"tender_vein": "yes", "chest_breath": "yes"}, {"TE10"}),
    ("TE10 chest alone", {"chest_breath": "yes"}, set()),
    ("TE10 effort", {"exercise_chest_faint": "yes"}, {"TE10"}),
    ("TE11", {"leg_weak_worse": "yes"}, {"TE11"}),
    ("TU1 swelling", {"leg_swelling": "yes"}, {"TU1"}),
    ("TU1 points count with a leg sign only", {"cancer_active": "yes", "bedridden": "yes", "dvt_past": "yes"}, set()),
    ("TU1 one sign, no point", {"tender_vein": "yes"}, set()),
    ("TU1 one sign, one point", {"surface_veins": "yes", "leg_immobile": "yes"}, {"TU1"}),
    ("TU1 two signs", {"tender_vein": "yes", "surface_veins": "yes"}, {"TU1"}),
    ("TU2 sudden, no factor", {"impact_pain": "yes", "night_pain": "yes"}, set()),
    ("TU2 gradual, no sign", {"impact_pain": "yes", "onset_kind": "gradual"}, set()),
    ("TU2 gradual at night", {"impact_pain": "yes", "onset_kind": "gradual", "night_pain": "yes"}, {"TU2"}),
    ("TU2 onset not known", {"impact_pain": "yes", "onset_kind": "unknown", "load_rise": "yes"}, {"TU2"}),
    ("TU2 any onset, past stress fracture", {"impact_pain": "yes", "stress_fracture_past": "yes"}, {"TU2"}),
    ("TU2 needs impact pain", {"onset_kind": "gradual", "load_rise": "yes", "low_energy": "yes"}, set()),
    ("TU3 pop without weakness", {"pop": "yes"}, set()),
    ("TU3 pop and weakness", {"pop": "yes", "cannot_lift_thigh": "yes"}, {"TU3", "TC11"}),
    ("TU3 bruise alone", {"defect_or_bruise": "yes"}, {"TU3"}),
    ("TU4 eased by a position", {"night_pain": "yes", "rest_pain": "yes", "cancer_past": "yes"}, set()),
    ("TU4", {"night_pain": "yes", "rest_pain": "yes", "position_eases": "no", "weight_loss": "yes"}, {"TU4"}),
    ("TU4 without a reason", {"night_pain": "yes", "rest_pain": "yes", "position_eases": "no"}, set()),
    ("TU5", {"leg_numb_weak": "yes"}, {"TU5"}),
    ("TU6 fever", {"fever": "yes"}, {"TU6"}),
    ("TU6 injection, old pain", {"joint_injection_recent": "yes"}, set()),
    ("TU6 injection, new pain", {"joint_injection_recent": "yes", "new_pain": "yes"}, {"TU6"}),
    ("TU7 urine", {"blood_urine": "yes"}, {"TU7"}),
    ("TU7 burning alone", {"urinary_symptoms": "yes"}, set()),
    ("TU7 burning with fever", {"urinary_symptoms": "yes", "fever": "yes"}, {"TU6", "TU7"}),
    ("TU8 risk alone", {"steroid_course": "yes"}, set()),
    ("TU8", {"sickle_cell": "yes", "rotation_pain": "yes"}, {"TU8"}),
    ("TU9 at 64", {"age": Decimal(64), "fall": "yes", "new_pain": "yes"}, set()),
    ("TU9 at 65", {"age": Decimal(65), "fall": "yes", "new_pain": "yes"}, {"TU9"}),
    ("TU9 brittle bones", {"osteoporosis": "yes", "fall": "yes", "new_pain": "yes"}, {"TU9"}),
    ("TU10 at 17", {"age": Decimal(17), "limp": "yes", "known_minor_strain": "yes"}, {"TU10", "TC1"}),
    ("TC1 at 17", {"age": Decimal(17)}, {"TC1"}),
    ("no TC1 at 18", {"age": Decimal(18)}, set()),
    ("TU11 at 7.9", {"worst_pain": Decimal("7.9"), "rest_eases": "no"}, set()),
    ("TU11 at 8", {"worst_pain": Decimal(8), "rest_eases": "no"}, {"TU11"}),
    ("TU11 eased", {"worst_pain": Decimal(10)}, set()),
    ("TU11 after a fall", {"sudden_severe": "yes", "fall": "yes"}, {"TU11"}),
    ("TU12 old trouble-free", {"hip_replacement": "posterior"}, set()),
    ("TU12 new pain", {"hip_replacement": "other", "new_pain": "yes"}, {"TU12"}),
    ("TU12 clunk", {"hip_replacement": "anterior", "replaced_hip_trouble": "yes"}, {"TU12"}),
    ("TU13 one sign", {"diabetes": "yes", "back_flank_pain": "yes"}, set()),
    ("TU13 two signs", {"crohn": "yes", "back_flank_pain": "yes", "pain_straightening": "yes"}, {"TU13", "TC9"}),
    ("TU13 sweats and back", {"immunosuppressed": "yes", "chills": "yes", "back_flank_pain": "yes"}, {"TU6", "TU13"}),
    ("TC2 at 3.9", {"worst_pain": Decimal("3.9"), "no_better": "yes"}, set()),
    ("TC2 at 4", {"worst_pain": Decimal(4), "no_better": "yes"}, {"TC2"}),
    ("TC2 six weeks", {"worst_pain": Decimal(4), "assessed": "no", "onset_weeks": Decimal(6)}, set()),
    ("TC2 over six weeks", {"worst_pain": Decimal(4), "assessed": "no", "onset_weeks": Decimal("6.1")}, {"TC2"}),
    ("TC2 not during a plan", {"worst_pain": Decimal(4), "no_better": "yes", "moment": "course"}, set()),
    ("TC2 again at a re-opening", {"worst_pain": Decimal(4), "no_better": "yes", "moment": "reopen"}, {"TC2"}),
    ("TC3 limp", {"limp": "yes"}, {"TC3"}),
    ("TC3 stairs", {"stairs_hard": "yes"}, {"TC3"}),
    ("TC3 fresh minor strain", {"limp": "yes", "known_minor_strain": "yes"}, set()),
    ("TC4 locking", {"locking": "yes"}, {"TC4"}),
    ("TC4 deep", {"deep_groin_pain": "yes"}, {"TC4"}),
    ("TC5 operation", {"surgery_recent": ("spine",)}, {"TC5"}),
    ("TC5 limits", {"surgeon_limits": "yes"}, {"TC5"}),
    ("TC6 pelvic girdle", {"pregnant": "yes", "pregnant_weeks": Decimal(24), "pelvic_girdle_pain": "yes"}, {"TC6"}),
    ("pregnant without trouble", {"pregnant": "yes", "pregnant_weeks": Decimal(24)}, set()),
    ("TC7 osteoporosis alone", {"osteoporosis": "yes"}, set()),
    ("TC7 with a fracture", {"osteoporosis": "yes", "fragility_fracture": "yes"}, {"TC7"}),
    ("TC7 metastasis", {"bone_metastasis": "yes"}, {"TC7"}),
    ("TC8", {"groin_lump": "goes_back"}, {"TC8"}),
    ("TC8 another lump", {"groin_lump": "other"}, {"TC8"}),
    ("TC9 stiff", {"morning_stiff": "yes"}, {"TC9"}),
    ("TC9 psoriasis alone", {"inflammatory_disease": "yes"}, {"TC9"}),
    ("TC10", {"effort_only": "yes"}, {"TC10"}),
    ("TC11 long known", {"cannot_lift_thigh": "yes"}, {"TC11"}),
    ("TC11 new is urgent", {"cannot_lift_thigh": "yes", "weakness_new": "yes"}, {"TC11", "TC11N"}),
    ("TC12", {"hip_instability": "yes"}, {"TC12"}),
    ("TC13 pressure", {"bp_uncontrolled": "yes"}, {"TC13"}),
    ("TC13 heart", {"unstable_heart": "yes"}, {"TC13"}),
    ("TC15 at 5", {"current_pain": Decimal("5.0")}, set()),
    ("TC15 above 5", {"current_pain": Decimal("5.1")}, {"TC15"}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "rows"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_row_fires_exactly_where_it_should(changes: dict[str, Any], rows: set[str]):
    """On one side of its boundary a row fires, on the other it does not, and no other row does."""
    assert fired(**changes) == rows


def test_every_row_that_reads_answers_fires_somewhere():
    """No row is left without a case; TC14 and W5 are read after the tests and never fire here."""
    seen = {row for _, _, rows in ROWS for row in rows}
    assert seen == FLAGS.keys() - {"TC14", "W5"}


def test_what_is_not_reported_beside_what():
    """C1: "without TE3/TE4", "without TE2", "not beside TU3", "not meeting TU11"; a clear row is told once."""
    beside = {row.id: row.beside for row in FLAGS.values() if row.beside}
    assert beside == {
        "TU6": ("TE3", "TE4"),
        "TU11": ("TE2",),
        "TC11N": ("TU3",),
        "TC11": ("TU3", "TC11N"),
        "TC15": ("TU11",),
    }


@pytest.mark.parametrize("row", [row for row in FLAGS.values() if row.level is Level.EMERGENCY], ids=lambda row: row.id)
def test_an_emergency_with_every_answer_unknown_stays_open(row):
    """No emergency is ruled out by not knowing."""
    facts = CLEAR | dict.fromkeys(facts_of(row.when), "unknown")
    assert holds(row.when, facts) is Answer.UNKNOWN


def test_one_unknown_opens_every_row_that_hangs_on_it():
    """Not knowing whether there is a fever leaves the urgent row open, and no row that needs more."""
    assert unknown(fever="unknown") == {"TU6"}
    assert unknown(fever="unknown", hip_hardly_moves="yes") == {"TU6", "TE3"}


YES_NO = sorted(q.id for q in KNOWLEDGE.questions.values() if q.kind == "yes_no" and q.id not in GOOD_NEWS)


@given(st.sets(st.sampled_from(YES_NO), max_size=12), st.sampled_from(YES_NO), st.sampled_from(("gradual", "sudden")))
def test_one_more_yes_never_clears_a_row(said: set[str], more: str, onset: str):
    """Saying yes to one more question never makes a row that fired go away."""
    before = fired(**dict.fromkeys(said, "yes"), onset_kind=onset, worst_pain=Decimal(8), pregnant_weeks=Decimal(10))
    both = dict.fromkeys({*said, more}, "yes")
    assert before <= fired(**both, onset_kind=onset, worst_pain=Decimal(8), pregnant_weeks=Decimal(10))


@given(st.decimals(0, 10, places=1), st.decimals(0, 10, places=1))
def test_more_pain_never_clears_a_row(pain: Decimal, more: Decimal):
    """With higher pain at least the same rows fire."""
    low, high = sorted((pain, more))
    story = {"rest_eases": "no", "no_better": "yes", "night_sweats": "yes", "limp": "yes"}
    assert fired(current_pain=low, worst_pain=low, **story) <= fired(current_pain=high, worst_pain=high, **story)


def test_every_row_says_where_to_go_and_what_to_say():
    """An emergency is sent now, an urgent row the same day or next, and each has words to say there."""
    for row in FLAGS.values():
        assert row.say.endswith((".", '"'))
        if row.level is Level.EMERGENCY:
            assert any(word in row.go for word in (" now", "emergency")), row.id
        if row.level is Level.URGENT:
            assert "today" in row.go, row.id
