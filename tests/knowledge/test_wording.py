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
    assert wording.sentence(Reason("PR2"), load(small)) == "Three in a row."


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
        wording.change_sentence("stage_to", values=stage, knowledge=KNOWLEDGE)
        == "The right side goes to stage 3 (Load)."
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
