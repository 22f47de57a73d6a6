"""The three-valued logic of criteria: its truth tables, and the laws that make an unknown safe."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas.knowledge.criteria import (
    ALWAYS,
    NEVER,
    All,
    Any_,
    Compare,
    Criterion,
    Is,
    Not,
    OneOf,
    described,
    facts_of,
    holds,
    missing,
)
from psoas.terms import Answer

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
NAMES = ("a", "b", "c", "d")
NUMBERS = ("m", "n")

leaves = st.one_of(
    st.builds(Is, st.sampled_from(NAMES), st.sampled_from(("yes", "no"))),
    st.builds(OneOf, st.sampled_from(NAMES), st.tuples(st.sampled_from(("yes", "no", "maybe")))),
    st.builds(
        Compare,
        st.sampled_from(NUMBERS),
        st.sampled_from(("at_least", "at_most", "above", "below")),
        st.integers(0, 10).map(Decimal),
    ),
)


def _nested(part: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
    parts = st.lists(part, max_size=3).map(tuple)
    return st.one_of(st.builds(All, parts), st.builds(Any_, parts), st.builds(Not, part))


criteria = st.recursive(leaves, _nested, max_leaves=12)
texts = st.sampled_from(("yes", "no", "maybe", "unknown"))
numbers = st.one_of(st.integers(0, 10).map(Decimal), st.just("unknown"))
some_facts = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(NAMES, texts) | dict.fromkeys(NUMBERS, numbers)
)  # every fact may also be absent


def _known(name: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(("yes", "no", "maybe")) if name in NAMES else st.integers(0, 10).map(Decimal)


@st.composite
def facts_learnt(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Some facts, and the same facts with unknown and absent ones made known."""
    before = draw(some_facts)
    after = {
        name: before[name] if before.get(name, "unknown") != "unknown" else draw(_known(name))
        for name in (*NAMES, *NUMBERS)
    }
    return before, after


@given(criteria, facts_learnt())
def test_an_unknown_turned_known_never_flips_a_settled_answer(criterion: Criterion, facts: Any):
    """Once a criterion is settled, no further answer changes it."""
    before, after = facts
    if (answer := holds(criterion, before)) is not UNKNOWN:
        assert holds(criterion, after) is answer


@given(criteria, facts_learnt())
def test_full_knowledge_settles_every_criterion(criterion: Criterion, facts: Any):
    """With every fact known the answer is yes or no."""
    assert holds(criterion, facts[1]) is not UNKNOWN


@given(criteria, some_facts)
def test_not_turns_yes_and_no_and_keeps_unknown(criterion: Criterion, facts: dict[str, Any]):
    """The negation of an answer is the answer to the negation, and twice is once."""
    assert holds(Not(criterion), facts) is holds(criterion, facts).negated
    assert holds(Not(Not(criterion)), facts) is holds(criterion, facts)


@given(st.lists(criteria, max_size=3).map(tuple), some_facts)
def test_not_all_is_any_not(parts: tuple[Criterion, ...], facts: dict[str, Any]):
    """De Morgan's law holds for three values too."""
    assert holds(Not(All(parts)), facts) is holds(Any_(tuple(map(Not, parts))), facts)


@given(criteria, some_facts)
def test_only_what_was_never_asked_is_missing(criterion: Criterion, facts: dict[str, Any]):
    """What is missing is a fact of the criterion that was never put, and a settled criterion misses nothing."""
    asked = missing(criterion, facts)
    assert set(asked) <= set(facts_of(criterion)) - facts.keys()
    if holds(criterion, facts) is not UNKNOWN:
        assert asked == ()


@given(criteria, some_facts)
def test_a_criterion_left_open_says_why(criterion: Criterion, facts: dict[str, Any]):
    """An open criterion misses a fact, or one of its facts was put and not known."""
    if holds(criterion, facts) is UNKNOWN:
        assert missing(criterion, facts) or "unknown" in {facts.get(fact) for fact in facts_of(criterion)}


@given(criteria, facts_learnt())
def test_facts_outside_the_criterion_do_not_matter(criterion: Criterion, facts: Any):
    """An answer depends on the named facts alone."""
    known = facts[1]
    own = {name: known[name] for name in facts_of(criterion)}
    assert holds(criterion, own) is holds(criterion, known)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_the_truth_table(left: Answer, right: Answer, both: Answer, either: Answer):
    """All and any follow Kleene's strong tables, in either order."""
    parts = (Is("a", "yes"), Is("b", "yes"))
    for facts in ({"a": left.value, "b": right.value}, {"a": right.value, "b": left.value}):
        assert holds(All(parts), facts) is both
        assert holds(Any_(parts), facts) is either


def test_nothing_to_fulfil_holds_and_nothing_to_choose_from_never_does():
    """An empty all is yes and an empty any is no, whatever is known."""
    assert holds(ALWAYS, {}) is YES
    assert holds(NEVER, {}) is NO
    assert missing(NEVER, {}) == ()


@pytest.mark.parametrize(
    ("relation", "below", "at", "above"),
    [("at_least", NO, YES, YES), ("at_most", YES, YES, NO), ("above", NO, NO, YES), ("below", YES, NO, NO)],
)
def test_a_number_is_compared_exactly(relation: str, below: Answer, at: Answer, above: Answer):
    """The limit itself belongs to at_least and at_most only, to the last digit."""
    criterion = Compare("pain", relation, Decimal(5))
    values = (Decimal("4.9999"), Decimal("5.0"), Decimal("5.0001"))
    assert [holds(criterion, {"pain": value}) for value in values] == [below, at, above]


def test_a_fact_with_several_values_has_each_of_them():
    """A list of choices contains a value or does not; an empty one contains none."""
    assert holds(Is("place", "hip"), {"place": ("hip", "spine")}) is YES
    assert holds(OneOf("place", ("groin", "spine")), {"place": ["hip", "spine"]}) is YES
    assert holds(Is("place", "hip"), {"place": []}) is NO


def test_one_of_may_accept_not_knowing():
    """Where "unknown" is among the values, asked-and-not-known is enough; never asked stays open."""
    criterion = OneOf("onset_kind", ("gradual", "unknown"))
    assert holds(criterion, {"onset_kind": "unknown"}) is YES
    assert holds(criterion, {"onset_kind": "sudden"}) is NO
    assert holds(criterion, {}) is UNKNOWN


def test_a_criterion_describes_itself():
    """Each form has its words, brackets where they are needed, and names where they are given."""
    nested = All((Is("a", "yes"), Any_((OneOf("b", ("x", "y")), Not(Compare("m", "at_least", Decimal(4)))))))
    assert described(nested) == "a is yes and (b is one of x, y or not (m is at least 4))"
    assert described(Is("a", "yes"), {"a": "fever"}) == "fever is yes"
    assert described(ALWAYS) == "always"
    assert described(NEVER) == "never"
    assert described(All((Any_((Is("a", "no"),)), Is("b", "no")))) == "a is no and b is no"
