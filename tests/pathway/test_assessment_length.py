"""The length flag T: every row of C2a at its boundaries, and the order and caps of D18."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from psoas.knowledge.loader import load
from psoas.pathway.findings import ImpossibleReading, angle_of, latest, lowest, tape_angle
from psoas.pathway.length import Length, length_of
from psoas.pathway.record import Findings, HoldTest, LengthTest, PainSigns, StrengthTest
from psoas.terms import Answer, Side

D = Decimal
LEFT, RIGHT = Side.LEFT, Side.RIGHT


KNOWLEDGE = load()


def thomas(side: Side = RIGHT, *angles: str, **more: Any) -> LengthTest:
    given = {"method": "angle", "pelvis_controlled": Answer.YES, "pain": D(0)} | more
    return LengthTest(side=side, readings=tuple(D(angle) for angle in angles), **given)


def by_eye(category: str, **more: Any) -> LengthTest:
    return thomas(RIGHT, method="eye", category=category, **more)


def judged(*tests: LengthTest, side: Side = RIGHT) -> Length:
    return length_of(Findings(length=tests), side=side, knowledge=KNOWLEDGE)


def rows(length: Length) -> list[str]:
    return [row.rule for row in length.rows]


@pytest.mark.parametrize(
    ("angle", "row", "flag", "confidence"),
    [
        ("6", "L1", "yes", "high"),
        ("0.1", "L1", "yes", "high"),
        ("0", "L3", "borderline", "moderate"),
        ("-5", "L3", "borderline", "moderate"),
        ("-9.9", "L3", "borderline", "moderate"),
        ("-10", "L4", "no", "high"),
        ("-10.1", "L4", "no", "high"),
    ],
)
def test_an_angle_with_the_pelvis_held_is_read_by_l1_l3_or_l4(angle, row, flag, confidence):
    """Above 0 is tight, down to but without -10 borderline, -10 and below long enough."""
    found = judged(thomas(RIGHT, angle, angle, angle))
    assert (rows(found), found.flag, found.confidence, found.angle) == ([row], flag, confidence, D(angle))


@pytest.mark.parametrize("pelvis", [Answer.NO, Answer.UNKNOWN])
@pytest.mark.parametrize(
    ("angle", "row", "flag"), [("4", "L2", "yes"), ("-3", "L3", "borderline"), ("-12", "L4", "no")]
)
def test_a_pelvis_not_known_to_be_held_makes_every_row_low(pelvis, angle, row, flag):
    """Pelvis not controlled, or nobody knows: the flag stands and its confidence is low (L2, D18)."""
    found = judged(thomas(RIGHT, angle, angle, angle, pelvis_controlled=pelvis))
    assert (rows(found), found.flag, found.confidence) == ([row], flag, "low")
    assert found.surer == ("mtt",)


@pytest.mark.parametrize(
    ("angles", "angle", "confidence"),
    [
        (("9", "1", "2"), "2", "high"),
        (("1", "9", "2", "3"), "2.5", "high"),
        (("1", "4"), "2.5", "low"),
        (("4",), "4", "low"),
    ],
)
def test_the_median_of_three_is_sure_and_fewer_readings_are_not(angles, angle, confidence):
    """Two readings give their mean and one gives itself, both with low confidence (D18)."""
    found = judged(thomas(RIGHT, *angles))
    assert (found.angle, found.confidence) == (D(angle), confidence)


@pytest.mark.parametrize(
    ("right", "left", "row", "flag"),
    [
        ("-7", "-12", "L5", "yes"),
        ("-7", "-11.9", "L3", "borderline"),
        ("0", "-5", "L5", "yes"),
        ("-10", "-20", "L4", "no"),
        ("1", "-20", "L1", "yes"),
        ("-7", "-2", "L3", "borderline"),
    ],
)
def test_five_degrees_tighter_than_the_other_side_makes_borderline_tight(right, left, row, flag):
    """L5 needs a borderline side at least 5 degrees above the other."""
    found = judged(thomas(RIGHT, right, right, right), thomas(LEFT, left, left, left))
    assert (rows(found), found.flag) == ([row], flag)


def test_l5_is_no_surer_than_the_readings_of_either_side():
    """One careless side makes the comparison low."""
    careful, careless = thomas(LEFT, "-12", "-12", "-12"), thomas(LEFT, "-12")
    this = thomas(RIGHT, "-5", "-5", "-5")
    assert judged(this, careful).confidence == "moderate"
    assert judged(this, careless).confidence == "low"
    assert judged(this, careful).rows[0].values["difference"] == D(7)


@pytest.mark.parametrize(
    "other",
    [thomas(LEFT, method="eye", category="below"), thomas(LEFT, "-20", "-20", "-20", stopped_by=("hard_stop",))],
)
def test_l5_needs_a_true_angle_on_the_other_side(other):
    """A category by eye and a reading that the joint stopped are nothing to compare with."""
    assert rows(judged(thomas(RIGHT, "-5", "-5", "-5"), other)) == ["L3"]


@pytest.mark.parametrize(
    ("category", "flag"), [("above", "yes"), ("level", "borderline"), ("below", "no"), ("", "unknown")]
)
def test_a_category_by_eye_is_read_with_low_confidence(category, flag):
    """L6: above the table, level or below, always low; no category is no test."""
    found = judged(by_eye(category))
    assert (found.flag, found.confidence, found.angle) == (flag, "low", None)
    assert rows(found) == (["L6"] if category else ["L10"])


@pytest.mark.parametrize("sign", ["pinch", "hard_stop"])
@pytest.mark.parametrize("angle", ["8", "-3", "-20"])
def test_a_joint_that_stops_the_leg_is_never_called_tight(sign, angle):
    """L7 comes before every angle: T no, tagged, and no confidence in it."""
    found = judged(thomas(RIGHT, angle, angle, angle, stopped_by=(sign,)))
    assert (rows(found), found.flag, found.confidence) == (["L7"], "no", "low")
    assert found.pain_limited
    assert found.tags == ("pain_limited",)


@pytest.mark.parametrize(
    "test", [None, LengthTest(side=RIGHT, method="none"), thomas(RIGHT), thomas(LEFT, "9", "9", "9")]
)
def test_a_side_not_tested_is_unknown(test):
    """L10: no test, a declined one, one without readings, or only the other side's."""
    found = judged(*((test,) if test else ()))
    assert (rows(found), found.flag, found.confidence, found.pain_limited) == (["L10"], "unknown", "low", False)


def test_a_test_broken_off_by_a_pinch_stays_unknown_and_bars_the_stretch():
    """No reading leaves T unknown; the pinch is kept, so that nothing stretches this side."""
    found = judged(thomas(RIGHT, stopped_by=("pinch",)))
    assert (rows(found), found.flag, found.tags) == (["L10", "L7"], "unknown", ("pain_limited",))


@pytest.mark.parametrize(
    ("more", "tags"),
    [
        ({"stopped_by": ("knee_straightens",)}, ("two_joint_tight",)),
        ({"knee_angle": D("66.9")}, ("two_joint_tight",)),
        ({"knee_angle": D(67)}, ()),
        ({"stopped_by": ("drifts_out",)}, ("tfl_tight",)),
        ({"stopped_by": ("stretch",)}, ()),
        ({"stopped_by": ("knee_straightens", "drifts_out")}, ("two_joint_tight", "tfl_tight")),
    ],
)
def test_what_else_holds_the_leg_only_adds_words(more, tags):
    """L8 and L9 tag the side and change neither flag nor confidence."""
    found = judged(thomas(RIGHT, "3", "3", "3", **more))
    assert (found.flag, found.confidence, found.tags) == ("yes", "high", tags)
    assert rows(found)[0] == "L1"


def test_an_angle_counts_before_a_later_look_by_eye():
    """A measured angle is used although the look by eye is newer; a new pinch is still heard."""
    angle = thomas(RIGHT, "-12", "-12", "-12")
    assert rows(judged(angle, by_eye("above"))) == ["L4"]
    assert rows(judged(angle, by_eye("above", stopped_by=("pinch",)))) == ["L7"]


# ---- tape and impossible readings


@pytest.mark.parametrize(
    ("knee", "hip", "thigh", "angle"),
    [("0.70", "0.70", "0.42", "0.0"), ("0.91", "0.70", "0.42", "30.000"), ("0.49", "0.70", "0.42", "-30.000")],
)
def test_two_heights_and_a_length_give_the_angle(knee, hip, thigh, angle):
    """The angle is the arc sine of the rise over the thigh, positive with the knee above the hip."""
    measured = tape_angle(D(knee), trochanter_m=D(hip), thigh_m=D(thigh))
    assert abs(measured - D(angle)) < D("1e-9")


def test_tape_readings_are_judged_as_angles():
    """Three tape triples level with the hip are 0 degrees: borderline, not tight."""
    test = LengthTest(
        side=RIGHT,
        method="tape",
        tape=((D("0.7"), D("0.7"), D("0.42")),) * 3,
        pelvis_controlled=Answer.YES,
    )
    assert (judged(test).flag, judged(test).confidence, judged(test).angle) == ("borderline", "moderate", D(0))


@pytest.mark.parametrize(
    ("heights", "says"),
    [
        (("1.20", "0.70", "0.42"), "differ by 0.50 m in height, but the thigh is only 0.42 m"),
        (("0.20", "0.70", "0.42"), "differ by 0.50 m"),
        (("-0.1", "0.1", "0.42"), "Heights above the floor are 0 or more"),
        (("0.1", "-0.1", "0.42"), "Heights above the floor are 0 or more"),
        (("0.7", "0.7", "0"), "the thigh has a length"),
    ],
)
def test_a_tape_reading_no_body_can_give_is_refused_in_words(heights, says):
    """The sentence names what was read, why it cannot be and what to do."""
    knee, hip, thigh = (D(height) for height in heights)
    with pytest.raises(ImpossibleReading, match=says) as refused:
        tape_angle(knee, trochanter_m=hip, thigh_m=thigh)
    assert "Measure once more" in str(refused.value)


@pytest.mark.parametrize("angle", ["91", "-90.1"])
def test_an_angle_beyond_upright_is_refused(angle):
    """A thigh reads from -90 to 90 degrees."""
    with pytest.raises(ImpossibleReading, match="right side: a thigh angle of"):
        angle_of(thomas(RIGHT, angle))
    assert angle_of(thomas(RIGHT, "90")) == 90


# ---- the newest of each


def test_the_newest_test_of_each_kind_side_and_method_counts():
    """Later findings replace earlier ones of the same kind, side and method, and nothing else."""
    old = Findings(
        length=(thomas(RIGHT, "5"), thomas(LEFT, "1")),
        strength=(StrengthTest(side=RIGHT, method="belt", trials=(D(200),)),),
        holds=(HoldTest(side=RIGHT, exercise="E06", result="fail"),),
        signs=(PainSigns(side=RIGHT, resisted=Answer.YES),),
    )
    new = Findings(
        length=(thomas(RIGHT, "-5"), by_eye("level")),
        strength=(StrengthTest(side=RIGHT, method="reps", trials=(D(20),)),),
        holds=(HoldTest(side=RIGHT, exercise="E07", result="pass"),),
        signs=(PainSigns(side=RIGHT, resisted=Answer.NO),),
    )
    merged = latest([old, new])
    assert merged.length == (old.length[1], *new.length)
    assert merged.strength == (*old.strength, *new.strength)
    assert merged.holds == (*old.holds, *new.holds)
    assert merged.signs == new.signs
    assert latest([]) == Findings()


def test_without_inputs_nothing_lowers_the_confidence():
    """The lowest of none is high."""
    assert lowest(()) == "high"
