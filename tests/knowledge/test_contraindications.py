"""One line per cell of C4b, C-R, CL1 and C4c: what leaves an exercise out, changes it, or gives it another form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from psoas.knowledge.criteria import facts_of, holds
from psoas.knowledge.loader import load
from psoas.pathway.admission import Admitted, Refused, admit
from psoas.pathway.record import Equipment, Wished
from psoas.terms import Answer

KNOWLEDGE = load()
EXERCISES = KNOWLEDGE.exercises
ALL = sorted(EXERCISES)

# ---- C4b, C-R and CL1: one line per cell; a healthy trained person with everything at hand is the ground

HEALTHY: dict[str, Any] = {
    "age": Decimal(40), "stage": "4b", "label": "weak", "length_flag": "yes", "length_confidence": "high",
    "current_pain": Decimal(1), "worst_pain": Decimal(1), "lsi_return_ok": "yes", "snapping": "none",
    "hip_replacement": "none", "surgery_recent": (), "groin_lump": "none",
    "hip_replacement_weeks": "unknown", "hip_arthroscopy_weeks": "unknown", "pregnant_weeks": "unknown",
}  # fmt: skip
EVERY_FACT = {fact for e in EXERCISES.values() for rule in e.exclusions for fact in facts_of(rule.when)}
EVERY_FACT |= {
    f for e in EXERCISES.values() for s in e.substitutes for rule in s.exclusions for f in facts_of(rule.when)
}
GROUND = dict.fromkeys(EVERY_FACT, "no") | HEALTHY

ANTERIOR = {"hip_replacement": "anterior", "hip_replacement_weeks": 40}
POSTERIOR = {"hip_replacement": "posterior", "hip_replacement_weeks": 40}
PREGNANT = {"pregnant": "yes", "pregnant_weeks": 10}
LATER = {"pregnant": "yes", "pregnant_weeks": 14}
SCOPED = {"hip_arthroscopy": "yes"}
YES = "yes"

EXCLUDED: list[tuple[str, dict[str, Any]]] = [
    ("E01", {"strain_recent": YES}),
    ("E01", ANTERIOR | {"hip_replacement_weeks": 12}),
    ("E01", ANTERIOR | {"surgeon_limits": YES}),
    ("E01", SCOPED | {"hip_arthroscopy_weeks": 12}),
    ("E01", SCOPED | {"hip_arthroscopy_weeks": 30, "surgeon_limits": YES}),
    ("E01", {"hip_instability": YES}),
    ("E01", {"pain_limited": YES}),
    ("E01", {"numb_front_thigh": YES}),
    ("E01", PREGNANT | {"pelvic_girdle_pain": YES}),
    ("E02", {"wrist_load": YES}),
    ("E02", {"shoulder_load": YES}),
    ("E02", {"kneeling_hurts": YES}),
    ("E03", {"surgery_recent": ("abdomen",), "restricted": "no"}),
    ("E03", LATER),
    ("E03", PREGNANT | {"pregnant_weeks": "unknown"}),
    ("E05", {"strain_recent": YES}),
    ("E05", POSTERIOR | {"surgeon_limits": YES}),
    ("E06", SCOPED | {"hip_arthroscopy_weeks": 5}),
    ("E06", {"acute_flexor_tear": YES}),
    ("E07", ANTERIOR | {"hip_replacement_weeks": 11}),
    ("E08", POSTERIOR | {"hip_replacement_weeks": 11}),
    ("E08", POSTERIOR | {"hip_replacement_weeks": "unknown"}),
    ("E08", SCOPED | {"hip_arthroscopy_weeks": 5}),
    ("E09", {"stage": "2"}),
    ("E09", {"osteoporosis": YES}),
    ("E09", {"back_flare": YES}),
    ("E09", PREGNANT),
    ("E09", {"bp_uncontrolled": YES}),
    ("E09", {"snapping": "painful"}),
    ("E10", SCOPED | {"hip_arthroscopy_weeks": 5}),
    ("E10", {"acute_flexor_tear": YES}),
    ("E11", {"limp": YES}),
    ("E12", {"limp": YES}),
    ("E13", {"current_pain": Decimal("2.1")}),
    ("E13", {"lsi_return_ok": "no"}),
    ("E13", {"lsi_return_ok": "unknown"}),
    ("E13", {"tu2_factor": YES}),
    ("E13", {"stage": "4a"}),
    ("E13", PREGNANT),
    ("E13", {"osteoporosis": YES}),
    ("E14", {"anticoagulant": YES}),
    ("E14", {"bleeding_disorder": YES}),
    ("E14", {"recent_dvt": YES}),
    ("E14", {"femoral_catheter": YES}),
    ("E14", {"surgery_recent": ("groin",)}),
    ("E14", {"surgery_recent": ("abdomen",)}),
    ("E14", {"surgery_recent": ("hip",)}),
    ("E14", ANTERIOR | {"hip_replacement_weeks": 12}),
    ("E14", {"hernia": YES}),
    ("E14", {"groin_lump": "other"}),
    ("E14", {"aneurysm": YES}),
    ("E14", {"arterial_disease": YES}),
    ("E14", {"groin_skin": YES}),
    ("E14", {"bone_infection": YES}),
    ("E14", {"past_hip_fracture": YES}),
    ("E14", PREGNANT),
    ("E14", {"numb_front_thigh": YES}),
    ("E14", {"haematoma": YES}),
    ("E14", {"myositis_ossificans": YES}),
    ("E14", {"age": Decimal(75), "frail": YES}),
    ("E14", {"groin_inflamed": YES}),
    ("E14", {"osteoporosis": YES}),
    ("E15", ANTERIOR | {"surgeon_limits": YES}),
    ("E16a", POSTERIOR),
    ("E16b", POSTERIOR),
    ("E17", ANTERIOR),
    ("E17", {"hip_instability": YES}),
    ("E17", {"surgery_recent": ("abdomen",)}),
    ("E17", {"side_lying_hurts": YES}),
    ("E18", {"wrist_load": YES}),
    ("E18", {"shoulder_load": YES}),
    ("E18", PREGNANT),
    ("E18", {"osteoporosis": YES}),
    ("E18", {"bp_uncontrolled": YES}),
    ("E18", {"back_flare": YES}),
]

IN_ANOTHER_FORM: list[tuple[str, dict[str, Any], str]] = [
    ("E01", {"kneeling_hurts": YES}, "E01-standing"),
    ("E04", {"strain_recent": YES}, "E04-walk"),
    ("E04", ANTERIOR | {"surgeon_limits": YES}, "E04-walk"),
    ("E06", LATER, "E06-seated"),
    ("E06", PREGNANT | {"pregnant_weeks": "unknown"}, "E06-seated"),
    ("E07", {"kneeling_hurts": YES}, "E07-standing"),
    ("E09", {"shoulder_load": YES}, "E09-chair"),
    ("E09", {"grip_weak": YES}, "E09-chair"),
    ("E11", {"balance_risk": YES}, "E11-rail"),
    ("E12", {"balance_risk": YES}, "E12-rail"),
    ("E16a", {"balance_risk": YES}, "E16a-chair"),
    ("E16b", {"balance_risk": YES}, "E16b-chair"),
]

MODIFIED: list[tuple[str, dict[str, Any], str]] = [
    ("E01", {"osteoporosis": YES}, "lean"),
    ("E01", {"balance_risk": YES}, "hold on"),
    ("E02", LATER, "comfortable"),
    ("E02", {"back_extension_sensitive": YES}, "hand's breadth"),
    ("E03", {"cramps": YES}, "closer"),
    ("E03", {"back_flare": YES}, "two legs"),
    ("E04", {"hip_instability": YES}, "small"),
    ("E04", {"balance_risk": YES}, "hold on"),
    ("E05", {"hip_instability": YES}, "saucer"),
    ("E05", {"balance_risk": YES}, "hold on"),
    ("E06", {"back_flare": YES}, "5 cm"),
    ("E07", {"balance_risk": YES}, "hand"),
    ("E08", {"deep_flexion_pinch": YES}, "higher seat"),
    ("E10", ANTERIOR, "never goes behind"),
    ("E10", POSTERIOR, "below a right angle"),
    ("E15", {"bp_uncontrolled": YES}, "half effort"),
    ("E15", ANTERIOR, "without turning"),
    ("E16a", {"deep_flexion_pinch": YES}, "pinches"),
    ("E16a", {"osteoporosis": YES}, "slump"),
    ("E16a", {"back_flexion_sensitive": YES}, "slump"),
    ("E16b", {"osteoporosis": YES}, "slump"),
    ("E17", PREGNANT, "pillow"),
    ("E17", {"pain_limited": YES}, "2 or less"),
    ("E18", {"back_extension_sensitive": YES}, "bench"),
    ("E08", {"snapping": "painful"}, "snaps"),
    ("E10", {"snapping": "painful"}, "snaps"),
    ("E16a", {"snapping": "painful"}, "snap"),
    ("E18", {"snapping": "painful"}, "snaps"),
]

ALLOWED: list[tuple[str, dict[str, Any]]] = [
    ("E01", ANTERIOR | {"hip_replacement_weeks": 13}),
    ("E01", SCOPED | {"hip_arthroscopy_weeks": 13}),
    ("E03", PREGNANT | {"pregnant_weeks": 13}),
    ("E03", {"surgery_recent": ("hip",), "restricted": YES}),
    ("E06", SCOPED | {"hip_arthroscopy_weeks": 6}),
    ("E07", ANTERIOR | {"hip_replacement_weeks": 12}),
    ("E08", POSTERIOR | {"hip_replacement_weeks": 12}),
    ("E10", SCOPED | {"hip_arthroscopy_weeks": 6}),
    ("E13", {"current_pain": Decimal(2), "worst_pain": Decimal(2)}),
    ("E14", {"age": Decimal(75), "frail": "no"}),
    ("E14", {"age": Decimal(74), "frail": YES}),
    ("E17", PREGNANT),
    ("E16a", {"snapping": "painless"}),
]

EVERYTHING = Wished(
    equipment=Equipment(
        things=("chair", "box", "ball", "obstacle", "bar", "running_space", "low_anchor", "ankle_strap", "mat"),
        kg=(Decimal(1), Decimal(2)), cable_kg=(Decimal(5),), bands=3,
    )
)  # fmt: skip


def admitted(name: str, facts: dict[str, Any]) -> Admitted | Refused:
    return admit(EXERCISES[name], facts=GROUND | facts, wish=EVERYTHING)


def named(cells: list[Any]) -> list[str]:
    return [f"{cell[0]} {' '.join(f'{k}={v}' for k, v in cell[1].items())}" for cell in cells]


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_excluded_or_changed_for_a_healthy_person(name):
    """The ground of the other tests: with nothing in her history every exercise is done as described."""
    assert admitted(name, {}) == Admitted(form="", load=EXERCISES[name].load)


@pytest.mark.parametrize(("name", "facts"), EXCLUDED, ids=named(EXCLUDED))
def test_an_x_of_c4b_leaves_the_exercise_out(name, facts):
    """Each X of C4b, each line of C-R and each of CL1 leaves the exercise out in every form, with a reason in words."""
    outcome = admitted(name, facts)
    assert isinstance(outcome, Refused)
    assert all(reason.values["why"] for reason in outcome.reasons)


@pytest.mark.parametrize(("name", "facts", "form"), IN_ANOTHER_FORM, ids=named(IN_ANOTHER_FORM))
def test_an_x_that_names_another_form_means_that_form(name, facts, form):
    """Where a row names another form the exercise is done in that form (D30, D32)."""
    outcome = admitted(name, facts)
    assert isinstance(outcome, Admitted)
    assert outcome.form == form


@pytest.mark.parametrize(("name", "facts", "words"), MODIFIED, ids=named(MODIFIED))
def test_an_m_of_c4b_keeps_the_exercise_and_says_what_to_change(name, facts, words):
    """Each M of C4b keeps exercise and ladder and adds a note that says how to do it differently."""
    outcome = admitted(name, facts)
    assert isinstance(outcome, Admitted)
    assert outcome.form == ""
    assert words in " ".join(outcome.notes)


@pytest.mark.parametrize(("name", "facts"), ALLOWED, ids=named(ALLOWED))
def test_just_beyond_a_limit_the_exercise_is_allowed(name, facts):
    """On the other side of each week, age or pain limit the exercise is there, in its own form."""
    outcome = admitted(name, facts)
    assert isinstance(outcome, Admitted)
    assert outcome.form == ""


@pytest.mark.parametrize(("name", "facts"), EXCLUDED, ids=named(EXCLUDED))
def test_an_unknown_answer_is_no_better_than_a_yes(name, facts):
    """If the answer that excludes is not known, the exercise is left out too (D06)."""
    assert isinstance(admitted(name, facts | dict.fromkeys(facts, "unknown")), Refused)


def test_an_unknown_way_of_hip_replacement_counts_as_the_front_and_as_the_back():
    """A hip replaced another way, or she does not know which, gets the limits of both (C4b, cautious reading)."""
    other = {"hip_replacement": "other", "hip_replacement_weeks": 8}
    for name in ("E01", "E07", "E08", "E16a", "E16b", "E17"):
        assert isinstance(admitted(name, other), Refused)


def test_case_15_of_c13():
    """Hip replaced from the front six weeks ago and cleared: E01, E07, E17 out, E10 never behind upright."""
    facts = {"hip_replacement": "anterior", "hip_replacement_weeks": 6, "restricted": YES, "surgery_recent": ("hip",)}
    for name in ("E01", "E07", "E17"):
        assert isinstance(admitted(name, facts), Refused)
    pull = admitted("E10", facts)
    assert isinstance(pull, Admitted)
    assert "behind" in pull.notes[0]


def test_case_18_of_c13():
    """24 weeks pregnant: seated E06, E07, E15 and E02 stay; E03, E09, E13, E14 and E18 are out."""
    facts = {"pregnant": YES, "pregnant_weeks": 24}
    for name in ("E03", "E09", "E13", "E14", "E18"):
        assert isinstance(admitted(name, facts), Refused)
    for name, form in (("E06", "E06-seated"), ("E07", ""), ("E15", ""), ("E02", "")):
        outcome = admitted(name, facts)
        assert isinstance(outcome, Admitted)
        assert outcome.form == form


def test_every_exclusion_gives_its_rule_its_reason_and_its_sources():
    """No row leaves an exercise out without an id, a sentence and a source, and each form it names exists."""
    for found in EXERCISES.values():
        forms = {substitute.id for substitute in found.substitutes}
        rows = [*found.exclusions, *(row for s in found.substitutes for row in s.exclusions)]
        for row in rows:
            assert row.rule
            assert row.why.endswith((".", "!"))
            assert row.sources
            assert (row.then == "form") == bool(row.form)
            assert not row.form or row.form in forms


# ---- C4c: what she has decides the form

NOTHING = Equipment()
BANDS = Equipment(bands=1)
BAND_AND_ANCHOR = Equipment(bands=1, things=("low_anchor",))
CHAIR = Equipment(things=("chair",))
CABLE = Equipment(cable_kg=(Decimal(5),))
BAR = Equipment(things=("bar",))

SUBSTITUTES = [
    ("E08", NOTHING, "E08-hand", "hand"),
    ("E08", BANDS, "", "band"),
    ("E08", CHAIR, "E08-hand", "hand"),
    ("E08", CABLE, "E08-hand", "hand"),
    ("E10", NOTHING, "E10-hand", "hand"),
    ("E10", BAND_AND_ANCHOR, "E10-band", "band"),
    ("E10", CHAIR, "E10-chair", "hand"),
    ("E10", CABLE, "", "kg"),
    ("E16b", NOTHING, "E16b-bottle", "none"),
    ("E16b", BANDS, "E16b-loop", "band"),
    ("E16b", CHAIR, "E16b-bottle", "none"),
    ("E18", NOTHING, "E18-climber", "none"),
    ("E18", BANDS, "", "band"),
    ("E18", CHAIR, "E18-chair", "none"),
    ("E09", NOTHING, "E09-supine", "none"),
    ("E09", BANDS, "E09-supine", "none"),
    ("E09", CHAIR, "E09-chair", "none"),
    ("E09", BAR, "", "none"),
    ("E11", NOTHING, "E11-towel", "none"),
    ("E12", NOTHING, "E12-hand", "hand"),
    ("E12", BANDS, "", "band"),
]


@pytest.mark.parametrize(("name", "has", "form", "load"), SUBSTITUTES)
def test_a_cell_of_c4c_gives_its_substitute(name, has, form, load):
    """With the equipment of the column the exercise is done in the form of the cell; a dash is the first column (D32)."""
    outcome = admit(EXERCISES[name], facts=GROUND, wish=Wished(equipment=has))
    assert isinstance(outcome, Admitted)
    assert (outcome.form, outcome.load) == (form, load)


def test_without_a_ball_there_is_no_release():
    """E14 has no substitute: skip it, E17 does more (C4c)."""
    assert isinstance(admit(EXERCISES["E14"], facts=GROUND, wish=Wished(equipment=NOTHING)), Refused)
    assert EXERCISES["E14"].substitutes == ()


@pytest.mark.parametrize("name", ["E01", "E02", "E03", "E06", "E07", "E15", "E16a", "E17"])
def test_the_first_two_stages_need_nothing_bought(name):
    """Every exercise of Stages 1 and 2 can be done with a floor, a wall and a towel."""
    outcome = admit(EXERCISES[name], facts=GROUND, wish=Wished(equipment=NOTHING))
    assert isinstance(outcome, Admitted)


def test_a_substitute_lifts_only_what_its_position_makes_harmless():
    """The chair form of E09 lifts shoulder and grip and nothing else (D32)."""
    chair = next(s for s in EXERCISES["E09"].substitutes if s.id == "E09-chair")
    assert set(chair.lifts) == {"shoulder_load", "grip_weak"}
    lifting = {s.id for e in EXERCISES.values() for s in e.substitutes if s.lifts}
    assert lifting == {
        "E01-standing", "E04-walk", "E06-seated", "E07-standing", "E09-chair", "E11-rail", "E12-rail", "E16a-chair", "E16b-chair",
    }  # fmt: skip


def test_an_exclusion_reads_no_fact_that_nobody_asks_or_derives():
    """Each fact in a contraindication is a question of the screen or one that the pathway derives."""
    derived = {
        "age", "stage", "current_pain", "worst_pain", "strain_recent", "pain_limited", "lsi_return_ok", "tu2_factor",
        "restricted", "hip_replacement_weeks", "hip_arthroscopy_weeks",
    }  # fmt: skip
    assert EVERY_FACT - derived <= set(KNOWLEDGE.questions)


def test_a_form_is_judged_by_yes_and_by_unknown():
    """The criteria of the catalogue answer all three ways, so an exclusion can stay open (D06)."""
    row = next(row for row in EXERCISES["E03"].exclusions if row.rule == "D30")
    assert holds(row.when, {"pregnant": "no"}) is Answer.NO
    assert holds(row.when, {"pregnant": YES, "pregnant_weeks": 14}) is Answer.YES
    assert holds(row.when, {"pregnant": YES}) is Answer.UNKNOWN
