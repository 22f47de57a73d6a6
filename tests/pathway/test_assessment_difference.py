"""Real change beyond the error of the measure (C11), and a fall in strength (SR5, D68)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from psoas.knowledge.loader import load
from psoas.pathway.difference import improved, strength_fell, worsened
from psoas.pathway.record import Findings, StrengthTest
from psoas.terms import Answer, Side

D = Decimal
KNOWLEDGE = load()


@pytest.mark.parametrize(
    ("kind", "method", "old", "new", "better"),
    [
        ("angle", "", "5", "-0.1", True),
        ("angle", "", "5", "0", False),
        ("angle", "", "5", "11", False),
        ("strength", "belt", "100", "115", False),
        ("strength", "belt", "100", "115.1", True),
        ("strength", "hand", "100", "120", False),
        ("strength", "hand", "100", "120.1", True),
        ("strength", "home", "100", "125", False),
        ("strength", "home", "100", "125.1", True),
        ("strength", "reps", "20", "26", True),
        ("strength", "reps", "20", "25", False),
        ("strength", "mmt", "4", "5", True),
        ("strength", "mmt", "4", "4", False),
        ("pain", "", "5", "4", True),
        ("pain", "", "5", "4.1", False),
        ("psfs", "", "4", "5.3", True),
        ("psfs", "", "4", "5.2", False),
        ("psfs", "", "5", "4", False),
    ],
)
def test_improved_is_said_only_beyond_the_error(kind, method, old, new, better):
    """Angle over 5 degrees, strength over 15, 20 or 25 %, a grade, pain by 1, activities by 1.3."""
    said = improved(D(old), D(new), kind=kind, method=method, knowledge=KNOWLEDGE)
    assert said is (Answer.YES if better else Answer.NO)


@pytest.mark.parametrize(
    ("kind", "method", "old", "new", "worse"),
    [
        ("angle", "", "0", "5.1", True),
        ("angle", "", "0", "5", False),
        ("strength", "belt", "100", "84.9", True),
        ("strength", "belt", "100", "85", False),
        ("pain", "", "3", "4", True),
        ("psfs", "", "6", "4.7", True),
        ("psfs", "", "4.7", "6", False),
    ],
)
def test_worse_is_read_the_other_way_round(kind, method, old, new, worse):
    """The same errors, in the other direction."""
    said = worsened(D(old), D(new), kind=kind, method=method, knowledge=KNOWLEDGE)
    assert said is (Answer.YES if worse else Answer.NO)


@pytest.mark.parametrize(("old", "new"), [(None, D(1)), (D(1), None), (None, None)])
def test_a_missing_value_shows_no_change_either_way(old, new):
    """Unknown is neither better nor worse nor the same."""
    assert improved(old, new, kind="pain", knowledge=KNOWLEDGE) is Answer.UNKNOWN
    assert worsened(old, new, kind="pain", knowledge=KNOWLEDGE) is Answer.UNKNOWN


@pytest.mark.parametrize(("kind", "method"), [("mood", ""), ("strength", ""), ("strength", "guess")])
def test_an_unknown_kind_is_refused_in_words(kind, method):
    """The error names what was given and what is known."""
    with pytest.raises(ValueError, match="Known kinds are angle, pain, psfs and strength"):
        improved(D(1), D(2), kind=kind, method=method, knowledge=KNOWLEDGE)


def pulled(*trials: str, method: str = "belt", side: Side = Side.RIGHT, **more: Any) -> Findings:
    given = {"pain": D(1)} | more
    return Findings(strength=(StrengthTest(side=side, method=method, trials=tuple(D(t) for t in trials), **given),))


@pytest.mark.parametrize(
    ("method", "still", "fallen"),
    [("belt", "85", "84.9"), ("hand", "80", "79.9"), ("home", "75", "74.9"), ("reps", "75", "74"), ("mmt", "5", "4")],
)
def test_a_fall_beyond_the_error_is_sr5(method, still, fallen):
    """Over 15, 20 or 25 % below the best earlier test, or a whole grade."""
    best = "5" if method == "mmt" else "100"
    worse = "4" if method == "mmt" else "60"
    history = [pulled(worse, method=method), pulled(best, method=method)]
    assert strength_fell([*history, pulled(still, method=method)], knowledge=KNOWLEDGE) == ()
    (why,) = strength_fell([*history, pulled(fallen, method=method)], knowledge=KNOWLEDGE)
    assert (why.rule, why.values["was"], why.values["now"]) == ("SR5", D(best), D(fallen))
    assert (why.values["side"], why.values["method"]) == (Side.RIGHT, method)


@pytest.mark.parametrize(("pain", "told"), [(D(2), True), (D("2.1"), False), (None, True)])
def test_a_fall_in_pain_is_not_read_and_one_of_unknown_pain_is(pain, told):
    """Pain above 2 explains the fall; a pain nobody knows does not rule SR5 out."""
    fell = strength_fell([pulled("100"), pulled("50", pain=pain)], knowledge=KNOWLEDGE)
    assert bool(fell) is told
    assert [why.values["pain"] for why in fell] == ([("unknown" if pain is None else pain)] if told else [])


def test_only_the_same_method_and_side_are_compared():
    """Another device, another side, a first test or one without trials says nothing."""
    first = pulled("100")
    for other in (pulled("50", method="hand"), pulled("50", side=Side.LEFT), pulled()):
        assert strength_fell([first, other], knowledge=KNOWLEDGE) == ()
    assert strength_fell([], knowledge=KNOWLEDGE) == ()


def test_a_fall_is_told_once_when_it_is_found():
    """Later findings without a strength test do not tell it again."""
    history = [pulled("100"), pulled("50")]
    assert strength_fell(history, knowledge=KNOWLEDGE) != ()
    assert strength_fell([*history, Findings()], knowledge=KNOWLEDGE) == ()


def test_levers_are_weighed_in_where_every_one_is_known():
    """A longer lever explains a smaller pull; with one lever missing the pulls are compared."""
    long, short = pulled("80", lever_m=D("0.5")), pulled("100", lever_m=D("0.4"))
    assert strength_fell([short, long], knowledge=KNOWLEDGE) == ()
    assert strength_fell([pulled("100"), long], knowledge=KNOWLEDGE) != ()
