"""The label of each side (C2d, D21), its confidence, and the worked cases of C13 that the tests decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from psoas.knowledge.loader import load
from psoas.pathway import decisions
from psoas.pathway.assessment import answered, assess, is_symptomatic, label_of
from psoas.pathway.decisions import Profile, SideProfile
from psoas.pathway.record import Complaint, Findings, HoldTest, LengthTest, PainSigns, StrengthTest
from psoas.terms import Answer, Side

D = Decimal
LEFT, RIGHT = Side.LEFT, Side.RIGHT
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
KNOWLEDGE = load()
NO_DISEASE = {"hip_or_back_disease": "no", "hip_or_back_year": "no"}


def thomas(angle: str, side: Side = RIGHT, **more: Any) -> LengthTest:
    given = {"method": "angle", "pelvis_controlled": YES, "pain": D(1)} | more
    return LengthTest(side=side, readings=(D(angle),) * 3, **given)


def pulls(lsi: str, method: str = "belt", **more: Any) -> tuple[StrengthTest, ...]:
    given = {"pain": D(1)} | more
    return (
        StrengthTest(side=RIGHT, method=method, trials=(D(lsi),), **given),
        StrengthTest(side=LEFT, method=method, trials=(D(100),), pain=D(0)),
    )


def holds(result: str = "pass", **more: Any) -> tuple[HoldTest, ...]:
    given = {"compensations": (), "pain": D(1)} | more
    return tuple(HoldTest(side=RIGHT, exercise=exercise, result=result, **given) for exercise in ("E06", "E07"))


def found(angle: str, lsi: str, *, method: str = "belt", screen: str = "pass", **strength: Any) -> Findings:
    """Tests of a right side: angle, percent of the left, and both holds."""
    return Findings(length=(thomas(angle),), strength=pulls(lsi, method, **strength), holds=holds(screen))


def profile(
    findings: Findings, *, worst: str | None = "2", other: str | None = "0", history: Any = NO_DISEASE, **more: Any
) -> Profile:
    complaint = {
        side: Complaint(worst=None if pain is None else D(pain)) for side, pain in ((RIGHT, worst), (LEFT, other))
    }
    made = assess(findings, knowledge=KNOWLEDGE, complaint=complaint, history=history, **more)
    assert isinstance(made, Profile)
    return made


def right(findings: Findings, **more: Any) -> SideProfile:
    return profile(findings, **more).right


def rules(side: SideProfile) -> list[str]:
    return [row.rule for row in side.rows]


# ---- the table


@pytest.mark.parametrize(
    ("length", "weak", "inhibited", "label", "provisional"),
    [
        ("no", NO, NO, "neither", False),
        ("yes", NO, NO, "tight", False),
        ("no", YES, NO, "weak", False),
        ("yes", YES, NO, "both", False),
        ("no", YES, YES, "inhibited", False),
        ("no", NO, YES, "inhibited", False),
        ("yes", YES, YES, "both", False),
        ("yes", NO, YES, "both", False),
        ("borderline", NO, NO, "neither", False),
        ("borderline", YES, NO, "weak", False),
        ("borderline", NO, YES, "inhibited", False),
        ("unknown", NO, NO, "provisional", True),
        ("unknown", YES, NO, "provisional", True),
        ("unknown", UNKNOWN, YES, "provisional", True),
        ("no", UNKNOWN, NO, "weak", True),
        ("borderline", UNKNOWN, NO, "weak", True),
        ("yes", UNKNOWN, NO, "both", True),
        ("no", UNKNOWN, YES, "inhibited", True),
        ("yes", UNKNOWN, YES, "both", True),
        ("no", NO, UNKNOWN, "inhibited", True),
        ("yes", NO, UNKNOWN, "both", True),
    ],
)
def test_the_flags_make_the_label(length, weak, inhibited, label, provisional):
    """C2d row by row; borderline reads as no, an unknown W or I as yes and provisional, an unknown T as provisional."""
    assert label_of(length, weak=weak, inhibited=inhibited) == (label, provisional)


# ---- worked cases of C13


def test_case_1_tight_with_high_confidence():
    """Angle +6 with the pelvis held, belt LSI 95, pain 1, Screen S passed: tight, high."""
    side = right(found("6", "95"))
    assert (side.label, side.confidence, side.screen_s, side.provisional) == ("tight", "high", YES, False)
    assert (side.angle, side.lsi, side.lsi_method, side.test_pain) == (D(6), D(95), "belt", D(1))
    assert rules(side) == ["L1", "W1", "W6", "C2d"]
    assert side.surer == ("signs",)


def test_case_2_weak():
    """Angle -12, belt LSI 78, pain 1, Screen S failed: weak, no reason to stretch."""
    side = right(found("-12", "78", screen="fail"))
    assert (side.label, side.length, side.screen_s) == ("weak", "no", NO)


def test_case_3_both():
    """Angle +3, belt LSI 80, Screen S passed: both."""
    side = right(found("3", "80"))
    assert (side.label, side.screen_s, side.tags) == ("both", YES, ())


@pytest.mark.parametrize(("angle", "label", "tags"), [("-15", "inhibited", ()), ("2", "both", ("both_inhibited",))])
def test_case_4_inhibited(angle, label, tags):
    """LSI 96, disc surgery within the year, 20 % more with support, pain 1: inhibited; short as well, both."""
    tests = found(angle, "96", supported=(D("115.2"),))
    side = right(tests, history={"hip_or_back_disease": "yes", "hip_or_back_year": "yes"})
    assert (side.label, side.inhibited, side.confidence, side.tags) == (label, YES, "low", tags)
    assert "C2c" in rules(side)


def test_case_5_neither_with_pain():
    """Angle -14, LSI 94, resisted lifting hurts: neither, and a sign of iliopsoas-type pain."""
    tests = found("-14", "94")
    signs = (PainSigns(side=RIGHT, resisted=YES, stretch=NO, tender=NO),)
    side = right(Findings(length=tests.length, strength=tests.strength, holds=tests.holds, signs=signs))
    assert (side.label, side.doha, side.symptomatic, side.surer) == ("neither", YES, True, ())


def test_case_9_tight_but_not_sure():
    """Angle +4 with the pelvis not held: T yes, low."""
    tests = Findings(length=(thomas("4", pelvis_controlled=NO),), strength=pulls("95"), holds=holds())
    side = right(tests)
    assert (side.label, side.length, side.length_confidence, side.confidence) == ("tight", "yes", "low", "low")


def test_case_10_borderline_on_a_side_without_symptoms_is_no():
    """Angle -12, LSI 82 by the home scale, no pain, Screen S passed: neither."""
    side = right(found("-12", "82", method="home"), worst="0")
    assert (side.label, side.weak, side.symptomatic) == ("neither", NO, False)


def test_case_11_weak_by_the_belt():
    """Angle -12, LSI 82 by the belt, with symptoms: weak."""
    assert right(found("-12", "82")).label == "weak"


# ---- the rest of the profile


def test_an_untested_side_is_provisional_even_without_pain():
    """No tests on the left: provisional, nothing claimed, everything asked for."""
    side = profile(Findings()).left
    assert (side.label, side.provisional, side.confidence, side.length) == ("provisional", True, "low", "unknown")
    assert (side.weak, side.inhibited, side.screen_s, side.doha) == (UNKNOWN, NO, UNKNOWN, UNKNOWN)
    assert (side.surer, side.test_pain) == (("mtt", "strength", "hold"), None)
    assert rules(side) == ["L10", "D21"]


def test_tests_never_put_are_asked_for():
    """Without any findings there is no profile but a list of tests."""
    made = assess(None, knowledge=KNOWLEDGE, complaint={})
    assert isinstance(made, decisions.TestMore)
    assert made.tests == ("mtt", "strength", "hold", "signs")
    assert [row.rule for row in made.reasons] == ["D09"]


@pytest.mark.parametrize("findings", [None, found("6", "95")])
def test_in_the_acute_phase_the_label_waits(findings):
    """At most 72 h, or a limp: length and strength are not read, the label is provisional (D25)."""
    made = profile(findings, acute=True)
    assert {made.left.label, made.right.label} == {"provisional"}
    assert rules(made.right)[0] == "D25"
    assert made.right.angle is None


def test_in_the_acute_phase_the_pain_signs_are_kept():
    """Signs that were found are not thrown away."""
    signs = (PainSigns(side=RIGHT, tender=YES),)
    assert right(Findings(signs=signs), acute=True).doha is YES


def test_a_pinch_in_the_length_test_reads_as_not_tight():
    """L7: T no, pain-limited, never sure."""
    tests = Findings(length=(thomas("8", stopped_by=("pinch",)),), strength=pulls("95"), holds=holds())
    side = right(tests)
    assert (side.label, side.pain_limited, side.tags, side.confidence) == ("neither", True, ("pain_limited",), "low")


def test_pain_in_the_strength_test_makes_the_label_provisional():
    """W7: unknown, acted on as weak."""
    side = right(found("-12", "95", pain=D(3)))
    assert (side.label, side.provisional, side.weak, side.test_pain) == ("weak", True, UNKNOWN, D(3))
    assert "pain_confounded" in side.tags


@pytest.mark.parametrize(
    ("worst", "other", "history", "cleared"),
    [
        ("2", "0", NO_DISEASE, True),
        ("0", "0", NO_DISEASE, True),
        ("2", "1", NO_DISEASE, False),
        ("2", None, NO_DISEASE, False),
        ("2", "0", {"hip_or_back_disease": "yes", "hip_or_back_year": "no"}, False),
        ("2", "0", {"hip_or_back_disease": "unknown", "hip_or_back_year": "no"}, False),
        ("2", "0", {"hip_or_back_disease": "unknown", "hip_or_back_disease.again": "no"}, True),
        ("2", "0", {"hip_or_back_year": "no"}, False),
        ("0", "3", NO_DISEASE, True),
    ],
)
def test_w8_reads_both_sides_and_the_history(worst, other, history, cleared):
    """Both sides hurting, a disease, or either not known: a clear LSI alone clears nothing."""
    tests = Findings(length=(thomas("-12"),), strength=pulls("99"))
    side = right(tests, worst=worst, other=other, history=history)
    assert (side.weak, side.provisional) == ((NO, False) if cleared else (UNKNOWN, True))


@pytest.mark.parametrize(("year", "confidence"), [("no", "high"), ("yes", "low"), ("unknown", "low")])
def test_a_history_that_makes_inhibition_possible_lowers_the_confidence(year, confidence):
    """Nothing can test inhibition well, so a label that had to read it is never sure (X55)."""
    side = right(found("6", "95"), history={"hip_or_back_disease": "no", "hip_or_back_year": year})
    assert (side.label, side.confidence) == ("tight", confidence)


def test_inhibition_that_nobody_can_rule_out_is_acted_on():
    """Signs of it and an unknown year: inhibited, provisional."""
    side = right(
        found("-12", "96", supported=(D(120),)), history={"hip_or_back_disease": "no", "hip_or_back_year": "unknown"}
    )
    assert (side.label, side.provisional, side.inhibited) == ("inhibited", True, UNKNOWN)


def test_the_lowest_input_decides_the_confidence():
    """High length and moderate strength are moderate together."""
    assert right(found("6", "95", method="hand")).confidence == "moderate"
    assert right(found("-5", "95")).confidence == "moderate"


def test_the_note_below_reference_passes_through():
    """W9 needs sex, age and mass and leaves the label alone."""
    side = right(found("-12", "95"), sex="f", age=25, mass_kg=D(60))
    assert (side.label, side.tags) == ("neither", ("below_reference",))


@pytest.mark.parametrize(
    ("complaint", "hurts"),
    [(None, True), (Complaint(), True), (Complaint(worst=D(0)), False), (Complaint(worst=D("0.5")), True)],
)
def test_a_side_is_free_of_pain_only_when_it_is_said(complaint, hurts):
    """Symptomatic is worst above 0; not said is not free of pain (D05, D06)."""
    assert is_symptomatic(complaint) is hurts


@pytest.mark.parametrize(
    ("said", "answer"), [("yes", YES), ("no", NO), ("unknown", UNKNOWN), (None, UNKNOWN), (3, UNKNOWN)]
)
def test_only_a_plain_answer_is_one(said, answer):
    """Anything but yes or no is unknown."""
    assert answered({"q": said}, fact="q") is answer


@pytest.mark.parametrize(
    ("resisted", "stretch", "tender", "doha"),
    [(NO, NO, NO, NO), (NO, YES, UNKNOWN, YES), (NO, NO, UNKNOWN, UNKNOWN), (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)],
)
def test_one_pain_sign_is_enough_and_only_three_noes_are_none(resisted, stretch, tender, doha):
    """The three signs are joined by "or", three-valued."""
    signs = (PainSigns(side=RIGHT, resisted=resisted, stretch=stretch, tender=tender),)
    assert right(Findings(signs=signs)).doha is doha
