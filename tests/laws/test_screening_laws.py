"""Laws of the screen, over the red flags as the content states them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from psoas.knowledge.criteria import facts_of
from psoas.knowledge.loader import load
from psoas.pathway.decisions import AskMore, Cleared, Refer, Triage
from psoas.pathway.screening import fired, mini_screen, screen
from psoas.terms import Level

D = Decimal
DAY = dt.date(2026, 3, 2)
KNOWLEDGE = load()
ROWS = KNOWLEDGE.red_flags
ASKED = [
    fact
    for fact in dict.fromkeys(fact for row in ROWS.values() for fact in facts_of(row.when))
    if fact in KNOWLEDGE.questions
]
# Each question's answers from the most reassuring to the most alarming; "unknown" stands between.
REVERSED = {"position_eases", "rest_eases", "assessed"}
SCALES: dict[str, tuple[Any, Any]] = {
    "hip_replacement": ("none", "other"),
    "groin_lump": ("none", "stuck"),
    "surgery_recent": ((), ("hip",)),
    "pregnant_weeks": (40, 4),
} | dict.fromkeys(REVERSED, ("yes", "no"))
DERIVED: dict[str, Any] = {
    "age": 40,
    "current_pain": D(1),
    "worst_pain": D(2),
    "onset_kind": "gradual",
    "onset_weeks": D(3),
    "known_minor_strain": "no",
    "moment": "intake",
}
# One set of answers that certainly fires each emergency.
EMERGENCIES = [
    ("TE1", {"saddle_numb": "yes"}),
    ("TE2", {"leg_deformed": "yes"}),
    ("TE3", {"unwell": "yes", "hot_red_joint": "yes"}),
    ("TE4", {"night_sweats": "yes", "limp": "yes"}),
    ("TE5", {"anticoagulant": "yes", "new_pain": "yes", "groin_bruise": "yes"}),
    ("TE6", {"pulsing_lump": "yes"}),
    ("TE7", {"groin_lump": "stuck"}),
    ("TE8", {"testicle_pain": "yes"}),
    ("TE9", {"belly_pain": "yes"}),
    ("TE10", {"exercise_chest_faint": "yes"}),
    ("TE11", {"leg_weak_worse": "yes"}),
]


def reassuring(fact: str) -> Any:
    return SCALES.get(fact, ("no", "yes"))[0]


def alarming(fact: str) -> Any:
    return SCALES.get(fact, ("no", "yes"))[1]


def put(fact: str, how: str) -> dict[str, Any]:
    """The answer to one question, "not sure" with its follow-up."""
    if how == "unknown":
        return {fact: "unknown", f"{fact}.again": "unknown"}
    return {fact: reassuring(fact) if how == "good" else alarming(fact)}


HOWS = st.dictionaries(st.sampled_from(ASKED), st.sampled_from(["unknown", "bad"]), max_size=8)


def answers_of(hows: dict[str, str]) -> dict[str, Any]:
    """All questions answered: reassuring but for these."""
    answers: dict[str, Any] = {}
    for fact in ASKED:
        answers |= put(fact, hows.get(fact, "good"))
    return answers


def screened(answers: dict[str, Any]) -> Triage:
    return screen(answers, knowledge=KNOWLEDGE, on=DAY, derived=DERIVED)


def rank(triage: Triage) -> int:
    assert not isinstance(triage, AskMore)
    return triage.level.rank if isinstance(triage, Refer) else Level.SELF_CARE.rank


@given(st.sampled_from(EMERGENCIES), HOWS, st.sets(st.sampled_from(ASKED)))
def test_an_emergency_is_an_emergency_whatever_else_is_answered(emergency, hows, unanswered):
    """One row of level E that is certain gives E at once, with any other answers and any of them missing."""
    row, certain = emergency
    others = {asked: said for asked, said in answers_of(hows).items() if asked.removesuffix(".again") not in unanswered}
    kept = {asked: said for asked, said in others.items() if asked.removesuffix(".again") not in certain}
    triage = screened(kept | certain)
    assert isinstance(triage, Refer)
    assert triage.level is Level.EMERGENCY
    assert row in fired(triage)


@given(HOWS, st.sampled_from(ASKED), st.sampled_from(["unknown", "bad"]))
def test_a_worse_answer_never_lowers_the_level(hows, fact, how):
    """Turning a reassuring answer into "not sure" or the alarming one never makes the level milder."""
    better, worse = answers_of(hows | {fact: "good"}), answers_of(hows | {fact: how})
    assert rank(screened(worse)) >= rank(screened(better))


@given(HOWS, st.sampled_from(["age", "current_pain", "worst_pain", "onset_weeks", "known_minor_strain", "moment"]))
def test_a_derived_fact_that_is_missing_never_clears(hows, fact):
    """Forgetting what the record should have known never turns a referral into a clear screen."""
    answers = answers_of(hows)
    less = {name: value for name, value in DERIVED.items() if name != fact}
    triage = screen(answers, knowledge=KNOWLEDGE, on=DAY, derived=less)
    if isinstance(screened(answers), Refer):
        assert isinstance(triage, Refer)


@given(HOWS)
def test_what_is_cleared_stays_clear_however_the_unknowns_turn_out(hows):
    """An unknown that is left can only be one that does not matter."""
    if isinstance(screened(answers_of(hows)), Cleared):
        for how in ("good", "bad"):
            settled = {fact: how if said == "unknown" else said for fact, said in hows.items()}
            assert isinstance(screened(answers_of(settled)), Cleared)


@given(st.sets(st.sampled_from(ASKED)))
def test_not_sure_about_everything_is_never_clear(known):
    """Unknown from the first question to the last, or with some reassuring answers: C at least, unless it cannot matter."""
    hows = {fact: "unknown" for fact in ASKED if fact not in known}
    triage = screened(answers_of(hows))
    alone = any(set(facts_of(row.when)) <= set(hows) for row in ROWS.values() if set(facts_of(row.when)))
    assert isinstance(triage, Refer) or not alone


@given(HOWS, st.randoms(use_true_random=False))
def test_the_order_of_the_questions_does_not_matter(hows, chance):
    """The same answers in any order give the same result."""
    answers = answers_of(hows)
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert screened(dict(shuffled)) == screened(answers)


@given(HOWS, st.randoms(use_true_random=False))
def test_asked_one_by_one_she_hears_the_same(hows, chance):
    """Answering only what is asked, in any order, comes to the same level and rows; an emergency may come sooner."""
    everything = answers_of(hows)
    said: dict[str, Any] = {}
    triage = screened(said)
    while isinstance(triage, AskMore):
        question = chance.choice(triage.questions)
        said[question] = everything[question]
        triage = screened(said)
    whole = screened(everything)
    assert rank(triage) == rank(whole)
    if rank(whole) < Level.EMERGENCY.rank:
        assert fired(triage) == fired(whole)
        assert getattr(triage, "unknown", ()) == getattr(whole, "unknown", ())


@given(HOWS)
def test_a_question_is_asked_only_while_it_can_matter(hows):
    """With all questions answered nothing is asked again."""
    assert not isinstance(screened(answers_of(hows)), AskMore)


@given(HOWS)
def test_the_mini_screen_with_every_gate_open_is_the_full_screen_of_its_rows(hows):
    """A yes to all six reads the six rows exactly as the full screen does."""
    rows = {name: row for name, row in ROWS.items() if row.mini}
    six = replace(KNOWLEDGE, red_flags=rows)
    answers = answers_of(hows)
    gates = {f"mini_{row}": "yes" for row in rows}
    opened = mini_screen(answers | gates, knowledge=KNOWLEDGE, on=DAY, derived=DERIVED)
    assert opened == screen(answers, knowledge=six, on=DAY, derived=DERIVED)
