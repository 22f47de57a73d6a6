"""The strength flag W and the inhibition flag I: every row of C2b and C2c at its boundaries, D19 and D20."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from psoas.knowledge.loader import load
from psoas.pathway.findings import ImpossibleReading, newest_grade, screen_s
from psoas.pathway.inhibition import inhibition_of
from psoas.pathway.record import Findings, HoldTest, StrengthTest
from psoas.pathway.strength import Person, Strength, strength_of
from psoas.terms import Answer, Side

D = Decimal
LEFT, RIGHT = Side.LEFT, Side.RIGHT
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
SPARED = Person(spared=YES)


KNOWLEDGE = load()


def pull(side: Side, *trials: str, **more: Any) -> StrengthTest:
    given = {"method": "belt", "pain": D(0)} | more
    if "supported" in given:
        given["supported"] = tuple(D(trial) for trial in given["supported"])
    return StrengthTest(side=side, trials=tuple(D(trial) for trial in trials), **given)


def pair(lsi: str, method: str = "belt", **more: Any) -> tuple[StrengthTest, StrengthTest]:
    """A right side at that percent of the left."""
    return pull(RIGHT, lsi, method=method, **more), pull(LEFT, "100", method=method)


def hold(result: str = "pass", exercise: str = "E06", **more: Any) -> HoldTest:
    given = {"compensations": (), "pain": D(0)} | more
    return HoldTest(side=RIGHT, exercise=exercise, result=result, **given)


def judged(
    *tests: StrengthTest, holds: tuple[HoldTest, ...] = (), symptomatic: bool = False, person: Person = SPARED
) -> Strength:
    findings = Findings(strength=tests, holds=holds)
    return strength_of(findings, side=RIGHT, symptomatic=symptomatic, person=person, knowledge=KNOWLEDGE)


def rows(found: Strength) -> list[str]:
    return [row.rule for row in found.rows]


# ---- W1 to W4


@pytest.mark.parametrize(
    ("method", "row", "cut", "confidence"),
    [
        ("belt", "W1", 85, "high"),
        ("hand", "W2", 80, "moderate"),
        ("home", "W3", 75, "moderate"),
        ("reps", "W4", 75, "low"),
    ],
)
def test_each_method_has_its_own_cut_off(method, row, cut, confidence):
    """Below the cut-off weak; from it to below 90 borderline; from 90 clear, compared exactly (D04)."""
    weak, edge, last, clear = (
        judged(*pair(lsi, method), holds=(hold(),)) for lsi in (f"{cut - 1}.999", f"{cut}", "89.999", "90")
    )
    assert [found.rows[0].values["verdict"] for found in (weak, edge, last, clear)] == [
        "weak",
        "borderline",
        "borderline",
        "clear",
    ]
    assert [found.weak for found in (weak, edge, last, clear)] == [YES, NO, NO, NO]
    assert rows(weak) == [row, "W6"]
    assert (weak.confidence, weak.lsi, weak.method) == (confidence, D(f"{cut - 1}.999"), method)


@pytest.mark.parametrize("result", ["pass", "needs_rest", None])
@pytest.mark.parametrize("symptomatic", [True, False])
def test_borderline_is_weak_where_it_hurts_or_nobody_watched_six_holds(result, symptomatic):
    """Borderline counts as yes on a side with symptoms, and on one whose six holds were not done (D19)."""
    found = judged(*pair("87"), holds=(hold(result),) if result else (), symptomatic=symptomatic)
    assert found.weak is (YES if symptomatic or result is None else NO)


def test_the_best_trial_counts_and_each_side_is_set_against_the_other():
    """The highest trial of each side; only the weaker side falls below 100."""
    right, left = pull(RIGHT, "150", "170", "160"), pull(LEFT, "200", "190")
    assert judged(right, left).lsi == 85
    found = strength_of(
        Findings(strength=(right, left)), side=LEFT, symptomatic=True, person=SPARED, knowledge=KNOWLEDGE
    )
    assert found.lsi is not None
    assert found.lsi > 117
    assert found.weak is NO


def test_levers_that_differ_are_weighed_in_where_both_are_known():
    """With both levers the turning forces are compared, with one the pulls as read."""
    right, left = pull(RIGHT, "100", lever_m=D("0.4")), pull(LEFT, "80", lever_m=D("0.5"))
    assert judged(right, left).lsi == 100
    assert judged(right, pull(LEFT, "80")).lsi == 125


def test_the_best_method_that_both_sides_have_counts():
    """A belt test of one side alone is no comparison; belt comes before home where both have it."""
    home = pair("70", "home")
    assert judged(pull(RIGHT, "100"), *home).method == "home"
    assert rows(judged(*pair("95"), *home)) == ["W1"]
    assert judged(*pair("95"), *home).weak is NO


@pytest.mark.parametrize(
    "tests",
    [
        (),
        (pull(RIGHT, "100"),),
        (pull(LEFT, "100"),),
        (pull(RIGHT), pull(LEFT, "100")),
        (pull(RIGHT, "100"), pull(LEFT, "0")),
    ],
)
def test_without_another_side_to_compare_strength_is_not_tested(tests):
    """No test, one side only, no trials, or nothing pulled on the other side: unknown (D19)."""
    found = judged(*tests)
    assert (found.weak, found.lsi, found.method, found.confidence) == (UNKNOWN, None, "", "low")
    assert found.surer == ("strength", "hold")


@pytest.mark.parametrize(("trial", "method"), [("-1", "belt"), ("6", "mmt"), ("-1", "mmt")])
def test_a_trial_nobody_can_give_is_refused_in_words(trial, method):
    """A negative pull and a grade beyond 5 are named with what to do."""
    with pytest.raises(ImpossibleReading, match=f"{trial} cannot be"):
        judged(*(pull(side, trial, method=method) for side in Side))


# ---- W5


@pytest.mark.parametrize(("grade", "weak"), [("5", NO), ("4.5", YES), ("4", YES), ("3", YES), ("2", YES)])
def test_a_grade_below_five_is_weak_and_never_sure(grade, weak):
    """MMT: 5 is not weak, anything below is, both with low confidence and no percent (W5, D19)."""
    found = judged(pull(RIGHT, grade, method="mmt"))
    assert (found.weak, found.confidence, found.lsi, found.method) == (weak, "low", None, "")
    assert rows(found) == ["W5"]


def test_a_grade_counts_only_where_nothing_better_is_there():
    """The home scale of both sides comes before a grade."""
    assert rows(judged(*pair("95", "home"), pull(RIGHT, "4", method="mmt"))) == ["W3"]


def test_a_grading_without_a_grade_is_no_test():
    """A test that was begun and gave nothing leaves an earlier grade standing, or none."""
    empty = pull(RIGHT, method="mmt")
    assert rows(judged(empty)) == []
    assert newest_grade(Findings(strength=(pull(RIGHT, "4", method="mmt"), empty)), side=RIGHT) == 4


# ---- W6


@pytest.mark.parametrize(
    ("test", "weak"),
    [
        (hold("pass"), NO),
        (hold("fail"), YES),
        (hold("pass", compensations=("hip_hike",)), YES),
        (hold("unknown", compensations=("hip_hike",)), YES),
        (hold("needs_rest"), NO),
        (hold("pass", compensations=None), UNKNOWN),
        (hold("unknown"), UNKNOWN),
    ],
)
def test_six_holds_alone_decide_with_low_confidence(test, weak):
    """Failing them, or any compensation, is weak; not knowing is no answer (W6)."""
    found = judged(holds=(test,))
    assert (found.weak, found.confidence) == (weak, "low")


def test_failed_holds_outweigh_a_clear_comparison():
    """W6 failed is yes whatever the scale says."""
    assert judged(*pair("99"), holds=(hold("fail"),)).weak is YES


@pytest.mark.parametrize("symptomatic", [True, False])
def test_holds_that_need_rest_are_weak_only_where_it_hurts(symptomatic):
    """A rest needed between counts as yes on a side with symptoms (D19)."""
    assert judged(*pair("99"), holds=(hold("needs_rest"),), symptomatic=symptomatic).weak is (
        YES if symptomatic else NO
    )


# ---- W7


@pytest.mark.parametrize(("pain", "weak"), [("2", YES), ("2.1", UNKNOWN), ("6", UNKNOWN)])
def test_pain_above_two_in_the_test_leaves_strength_unknown(pain, weak):
    """W7 comes before every other row, failed holds included."""
    found = judged(*pair("50", pain=D(pain)), holds=(hold("fail"),))
    assert found.weak is weak
    assert ("pain_confounded" in found.tags) is (weak is UNKNOWN)
    assert (rows(found)[0] == "W7") is (weak is UNKNOWN)


def test_a_pain_nobody_knows_leaves_strength_unknown_and_is_not_called_confounded():
    """Without the pain of the test W7 cannot be ruled out (D06)."""
    found = judged(*pair("99", pain=None))
    assert (found.weak, found.tags, found.confidence) == (UNKNOWN, (), "low")
    assert found.rows[0].values["pain"] == "unknown"


@pytest.mark.parametrize(("pain", "weak"), [(D(2), NO), (D(3), UNKNOWN), (None, UNKNOWN)])
def test_without_a_comparison_the_pain_of_the_holds_is_read(pain, weak):
    """Six holds done in pain clear nothing."""
    assert judged(holds=(hold(pain=pain),)).weak is weak


# ---- W8


@pytest.mark.parametrize("spared", [NO, UNKNOWN])
@pytest.mark.parametrize(
    ("holds", "weak"), [((), UNKNOWN), ((hold("needs_rest"),), UNKNOWN), ((hold(),), NO), ((hold("fail"),), YES)]
)
def test_where_the_other_side_is_no_measure_only_six_holds_clear(spared, holds, weak):
    """Both sides hurting, a hip or back disease, or not knowing: a clear LSI needs W6 passed (W8)."""
    found = judged(*pair("99"), holds=holds, person=Person(spared=spared))
    assert found.weak is weak
    assert rows(found)[-1] == "W8"
    assert ("hold" in found.surer) is (not holds)


def test_a_weak_comparison_needs_no_holds_to_say_so():
    """W8 only keeps from clearing."""
    assert judged(*pair("70"), person=Person(spared=NO)).weak is YES


# ---- W9


@pytest.mark.parametrize(
    ("more", "noted"),
    [
        ({}, True),
        ({"sex": "m"}, False),
        ({"sex": ""}, False),
        ({"age": 19}, False),
        ({"age": 20}, True),
        ({"age": 30}, False),
        ({"age": None}, False),
        ({"mass_kg": None}, False),
        ({"mass_kg": D(50)}, False),
    ],
)
def test_a_pull_below_the_reference_is_noted_for_women_in_their_twenties(more, noted):
    """W9 notes a force below 28 % of body weight, for women of 20 to 29, and decides nothing."""
    person = Person(**{"spared": YES, "sex": "f", "age": 25, "mass_kg": D(60)} | more)
    found = judged(pull(RIGHT, "150"), pull(LEFT, "150"), person=person)
    assert ("below_reference" in found.tags, "W9" in rows(found)) == (noted, noted)
    assert found.weak is NO


def test_the_reference_needs_a_dynamometer():
    """A home scale and a count are not the set-up the reference was made with; a hand-held test is."""
    person = Person(spared=YES, sex="f", age=25, mass_kg=D(60))
    assert "W9" not in rows(judged(*pair("95", "home"), person=person))
    assert "W9" in rows(judged(*pair("95", "hand"), person=person))


# ---- Screen S


@pytest.mark.parametrize(
    ("holds", "answer"),
    [
        ((hold(), hold(exercise="E07")), YES),
        ((hold(), hold(exercise="E07-standing")), YES),
        ((hold(),), UNKNOWN),
        ((), UNKNOWN),
        ((hold(), hold("fail", exercise="E07")), NO),
        ((hold("needs_rest"), hold(exercise="E07")), NO),
        ((hold(compensations=("arch",)), hold(exercise="E07")), NO),
        ((hold(compensations=None), hold(exercise="E07")), UNKNOWN),
        ((hold(pain=D(2)), hold(exercise="E07")), YES),
        ((hold(pain=D("2.5")), hold(exercise="E07")), NO),
        ((hold(pain=None), hold(exercise="E07")), UNKNOWN),
        ((hold("fail"), hold()), UNKNOWN),
    ],
)
def test_screen_s_needs_both_holds_clean_and_calm(holds, answer):
    """E06 and E07, six times ten seconds, pain 2 or less, nothing cheated, and all of it known."""
    assert screen_s(Findings(holds=holds), side=RIGHT, knowledge=KNOWLEDGE) is answer


# ---- I


def inhibited(
    *tests: StrengthTest, holds: tuple[HoldTest, ...] = (), year: Answer = YES, lsi: str | None = None
) -> tuple[Answer, list[object]]:
    found = inhibition_of(
        Findings(strength=tests, holds=holds),
        side=RIGHT,
        year=year,
        lsi=None if lsi is None else D(lsi),
        knowledge=KNOWLEDGE,
    )
    return found.inhibited, [row.values["part"] for row in found.rows]


@pytest.mark.parametrize(("supported", "flag"), [("115", YES), ("114.9", NO), ("90", NO)])
def test_a_supported_trunk_that_adds_fifteen_percent_is_part_i(supported, flag):
    """(with - without) / without, 15 % or more, best trials."""
    answer, parts = inhibited(pull(RIGHT, "100", "90", supported=("80", supported)))
    assert (answer, parts) == (flag, ["i"] if flag is YES else [])


@pytest.mark.parametrize(
    ("trials", "flag"),
    [
        (("85", "100", "115"), NO),
        (("84.99", "100", "115.01"), YES),
        (("50", "150"), NO),
        (("0", "0", "0"), NO),
        (("100",), NO),
    ],
)
def test_trials_that_vary_by_more_than_fifteen_percent_are_part_ii(trials, flag):
    """The standard deviation of three or more trials over their mean; exactly 15 % is not above it."""
    answer, parts = inhibited(pull(RIGHT, *trials))
    assert (answer, parts) == (flag, ["ii"] if flag is YES else [])


@pytest.mark.parametrize(
    ("more", "flag"),
    [
        ({"first_failed": True, "practice": "reached"}, YES),
        ({"first_failed": True}, NO),
        ({"practice": "reached"}, NO),
    ],
)
def test_ten_seconds_reached_after_practice_are_part_iii(more, flag):
    """The first holds fail, and practice brings ten clean seconds."""
    answer, parts = inhibited(holds=(hold(**more),))
    assert (answer, parts) == (flag, ["iii"] if flag is YES else [])


@pytest.mark.parametrize(("lsi", "flag"), [("90", YES), ("89.9", NO), (None, NO)])
def test_cheating_in_every_repetition_with_full_strength_is_part_iv(lsi, flag):
    """A compensation on every repetition counts with an LSI of 90 or more only."""
    answer, parts = inhibited(holds=(hold(compensations=("hip_hike",), every_repetition=True),), lsi=lsi)
    assert (answer, parts) == (flag, ["iv"] if flag is YES else [])


@pytest.mark.parametrize(("year", "flag"), [(YES, YES), (NO, NO), (UNKNOWN, UNKNOWN)])
def test_without_the_history_nothing_is_called_inhibited(year, flag):
    """A is needed; not known, it leaves the flag open."""
    answer, parts = inhibited(pull(RIGHT, "100", supported=("130",)), year=year)
    assert (answer, parts) == (flag, [] if flag is NO else ["i"])


@pytest.mark.parametrize("year", list(Answer))
def test_without_a_sign_in_the_tests_nothing_is_called_inhibited(year):
    """A part not tested counts as absent (D20)."""
    assert inhibited(pull(RIGHT, "100"), year=year) == (NO, [])


@pytest.mark.parametrize(("pain", "flag"), [(D(2), YES), (D("2.1"), NO), (None, NO)])
def test_signs_of_inhibition_are_read_only_without_pain(pain, flag):
    """B is read with test pain 2 or less, and known."""
    assert inhibited(pull(RIGHT, "100", supported=("130",), pain=pain))[0] is flag


def test_only_pulls_and_counts_show_inhibition():
    """A grade that rises with support is no measure of it, and the other side's trials are not read."""
    assert inhibited(pull(RIGHT, "3", method="mmt", supported=("5",)))[0] is NO
    assert inhibited(pull(RIGHT, "100"), pull(LEFT, "100", supported=("150",)))[0] is NO
