"""Reasons and decisions become sentences, whatever values they carry or lack."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from psoas.knowledge import wording
from psoas.knowledge.links import DECISIONS
from psoas.knowledge.loader import load
from psoas.terms import Answer, Level, Reason, Side, Stage

KNOWLEDGE = load()


def test_a_reason_is_said_with_its_values():
    """Numbers are rounded down to one decimal, sides are named."""
    reason = Reason("W1", {"side": Side.LEFT, "lsi": Decimal("84.99"), "verdict": "yes"})
    said = wording.sentence(reason, KNOWLEDGE)
    assert "the left side has 84.9 % of the strength of the other side" in said


@pytest.mark.parametrize("rule", KNOWLEDGE.rules.values(), ids=lambda rule: rule.id)
def test_every_rule_speaks_without_any_value(rule):
    """A reason that carries nothing is still a whole sentence, and says what would change it."""
    for words in (wording.sentence(Reason(rule.id), KNOWLEDGE), wording.change_of(Reason(rule.id), KNOWLEDGE)):
        assert words.endswith(".")
        assert words[0].isupper()
        assert "{" not in words


def test_a_rule_without_plain_words_gives_its_title(small):
    """Where the plain sentence is missing, the title stands in."""
    rules = (small / "rules.toml").read_text("utf-8").replace("Three clean sessions", "{run} clean sessions")
    (small / "rules.toml").write_text(rules, "utf-8")
    assert wording.sentence(Reason("PR3"), load(small)) == "Three in a row."


def test_a_rule_nobody_knows_is_named_by_its_id():
    """An id from a newer record breaks no page."""
    assert wording.sentence(Reason("Z9"), KNOWLEDGE) == "Rule Z9."
    assert wording.change_of(Reason("Z9"), KNOWLEDGE) == ""
    assert wording.title_of("Z9", knowledge=KNOWLEDGE) == "Z9"
    assert wording.title_of("CP1", knowledge=KNOWLEDGE) == "Green"


def test_a_row_that_could_not_be_ruled_out_says_so():
    """A red flag that is only unknown is not told as a finding."""
    open_row = wording.sentence(Reason("TE3", {"unknown": True}), KNOWLEDGE)
    assert open_row == "This could not be ruled out: fever or feeling ill, with a hip that cannot be used."
    assert wording.sentence(Reason("TE3"), KNOWLEDGE).startswith("A warning sign: ")


def test_an_exclusion_says_its_own_reason():
    """C4b, CL1 and CR pass on why this exercise is left out."""
    assert (
        wording.sentence(Reason("C4b", {"why": "Your wrist cannot carry you."}), KNOWLEDGE)
        == "Your wrist cannot carry you."
    )


@pytest.mark.parametrize("kind", DECISIONS)
def test_every_decision_is_one_sentence(kind: str):
    """Every kind of answer of the pathway has its own words."""
    said = wording.decision_sentence(kind, knowledge=KNOWLEDGE)
    assert said.endswith(".")
    assert said != kind


def test_a_decision_may_be_named_by_its_class():
    """`AskMore` and `ask_more` are the same; a referral is said by how soon."""
    assert wording.decision_sentence("AskMore", knowledge=KNOWLEDGE) == wording.decision_sentence(
        "ask_more", knowledge=KNOWLEDGE
    )
    assert "emergency" in wording.decision_sentence("Refer", knowledge=KNOWLEDGE, level=Level.EMERGENCY)


def test_a_change_names_exercise_and_stage():
    """What changes is said with the names a person knows."""
    step = {"exercise": "E06", "side": "left", "step": 2, "was": 1}
    name = KNOWLEDGE.exercises["E06"].name
    assert (
        wording.change_sentence("step_to", values=step, knowledge=KNOWLEDGE) == f"{name}, left: from step 1 to step 2."
    )
    stage = {"side": "right", "stage": Stage.LOAD}
    assert (
        wording.change_sentence("stage_to", values=stage, knowledge=KNOWLEDGE) == "Right: stage 3 (Load) from now on."
    )


def test_a_change_without_words_or_values_still_reads():
    """An unknown change is named by its id with spaces; a known one that lacks values too."""
    assert wording.change_sentence("new_thing", values={}, knowledge=KNOWLEDGE) == "New thing"
    assert wording.change_sentence("step_to", values={}, knowledge=KNOWLEDGE) == "step to"


def test_the_values_of_a_reason_have_names():
    """A question names its answer by its own words, a number by its word, an unknown id by itself."""
    reason = Reason(
        "TE3", {"fever": "yes", "lsi": Fraction(200, 3), "odd_thing": None, "limp": Answer.UNKNOWN, "stage": "4a"}
    )
    ask = KNOWLEDGE.questions["fever"].ask
    assert wording.values_of(reason, KNOWLEDGE) == (
        (ask, "yes"),
        ("share of the other side, in percent", "66.6"),
        ("odd thing", "None"),
        (KNOWLEDGE.questions["limp"].ask, "not known"),
        ("stage", "4a (Move)"),
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "yes"),
        (False, "no"),
        (Decimal("5.0"), "5"),
        (Decimal("-9.96"), "-9.9"),
        (Decimal(100), "100"),
        (0.25, "0.2"),
        ((), "none"),
        ((Decimal("1.50"), "hip_hike"), "1.5, hip hike"),
        (3, "3"),
    ],
)
def test_a_value_in_words(value, words):
    """Nothing is shown with needless digits, and nothing is rounded up."""
    assert wording.shown(value, knowledge=KNOWLEDGE) == words


def test_what_holds_both_sides_alike_names_both():
    """Reasons that differ only in their side are told once, and never name one side alone."""
    told = wording.together(
        Reason("HO3", {"exercise": "E16a", "side": side, "run": 1, "needed": 3}) for side in ("right", "left")
    )
    name = KNOWLEDGE.exercises["E16a"].name
    assert [wording.sentence(reason, KNOWLEDGE) for reason in told] == [
        f"{name}, both sides: clean sessions in a row so far: 1 of the 3 that a step up needs, with all answers."
    ]


def test_what_differs_between_the_sides_is_told_of_each():
    """Numbers that differ are not merged; the side that comes first stays first."""
    told = wording.together(Reason("CP6", {"side": side, "rise": rise}) for side, rise in (("right", 2), ("left", 1)))
    assert [reason.values["side"] for reason in told] == ["right", "left"]


def test_several_exercises_of_one_side_are_told_in_one_sentence():
    """A bad morning cuts every loaded exercise of the side: one sentence names them all."""
    told = wording.together(Reason("RG1", {"exercise": name, "side": "left", "over": 2}) for name in ("E06", "E17"))
    assert len(told) == 1
    names = f"{KNOWLEDGE.exercises['E06'].name}, {KNOWLEDGE.exercises['E17'].name}"
    assert wording.sentence(told[0], KNOWLEDGE) == f"{names}, left: it reacted, so the next session is a fifth smaller."


def test_a_red_says_what_was_found():
    """The number and the sign that made a session red stand in its sentence."""
    red = Reason("CP4", {"side": "right", "found": ("pain:6.0", "sharp", "morning:3.5")})
    assert wording.sentence(red, KNOWLEDGE).startswith(
        "Right: pain of 6, sharp pain, 3.5 points worse the next morning. "
    )


def test_a_rule_that_read_other_values_says_its_other_sentence():
    """The same rule holds for want of an answer, or of clean sessions: each has its words."""
    assert wording.sentence(Reason("HO3", {"side": "left", "zone": "open"}), KNOWLEDGE).startswith("Left: an answer")
    assert "Stage 4a asks for 80." in wording.sentence(Reason("PR10", {"lsi": "unknown", "needed": 80}), KNOWLEDGE)
    assert wording.sentence(Reason("PR11", {"side": "left", "stage": "4b"}), KNOWLEDGE).startswith("Stage 4b asks")


@pytest.mark.parametrize(("out", "words"), [(True, "are out for now."), (False, "may come back")])
def test_a_change_that_goes_either_way_says_which(out, words):
    """Running goes out and comes back in different words."""
    assert words in wording.change_sentence("running_out", values={"out": out}, knowledge=KNOWLEDGE)


@pytest.mark.parametrize(
    ("run", "says"),
    [
        (3, "3 clean sessions in a row, of the 3 that a step needs."),
        (13, "13 clean sessions in a row; 3 are enough. One thing goes up at a time, and until now"),
        ("unknown", "clean sessions in a row, of the 3 that a step needs."),
    ],
)
def test_a_run_longer_than_needed_says_why_only_now(run, says):
    """Thirteen of three would be a riddle: the step waited for its turn, or was held (D44)."""
    reason = Reason("PR1", {"exercise": "E06", "side": "left", "run": run, "needed": 3})
    assert says in wording.sentence(reason, KNOWLEDGE)
