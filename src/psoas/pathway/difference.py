"""Has something really changed? Only what exceeds the error of the measure counts (clinical.md C11, ruling D68)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from psoas.knowledge.schema import Knowledge
from psoas.pathway.findings import at_most, best_of, on_side, reason
from psoas.pathway.record import Findings, StrengthTest
from psoas.terms import Answer, Reason

LESS_IS_BETTER = frozenset({"angle", "pain"})
GRADE = Decimal(1)


def improved(old: Decimal | None, new: Decimal | None, *, kind: str, knowledge: Knowledge, method: str = "") -> Answer:
    """Whether the new value is better than the old by more than the error, unknown where one is missing (C11).

    `kind` is angle (degrees), strength (by `method`: belt, hand, home, reps in percent, mmt in grades), pain or
    psfs (points). Angle and strength must change by more than their error, pain and psfs by their small change
    or more.
    """
    return _changed(old, new, kind, method, knowledge, better=True)


def worsened(old: Decimal | None, new: Decimal | None, *, kind: str, knowledge: Knowledge, method: str = "") -> Answer:
    """Whether the new value is worse than the old by more than the error; read as `improved` is."""
    return _changed(old, new, kind, method, knowledge, better=False)


def _changed(
    old: Decimal | None, new: Decimal | None, kind: str, method: str, knowledge: Knowledge, *, better: bool
) -> Answer:
    if old is None or new is None:
        return Answer.UNKNOWN
    gain = old - new if (kind in LESS_IS_BETTER) is better else new - old
    return Answer.YES if _beyond(gain, old, kind, method, knowledge) else Answer.NO


def _beyond(gain: Decimal, old: Decimal, kind: str, method: str, knowledge: Knowledge) -> bool:
    match kind, method:
        case "angle", _:
            return gain > knowledge["mtt_real_change"]
        case "pain", _:
            return gain >= knowledge["nprs_small"]
        case "psfs", _:
            return gain >= knowledge["psfs_small"]
        case "strength", "mmt":
            return gain >= GRADE
        case "strength", "belt" | "hand" | "home" | "reps":
            return gain * 100 > old * knowledge[f"strength_fall_{method}"]
    raise ValueError(
        f'Cannot compare by kind "{kind}" and method "{method}". Known kinds are angle, pain, psfs and strength; '
        "strength needs a method: belt, hand, home, reps or mmt."
    )


def strength_fell(history: Sequence[Findings], *, knowledge: Knowledge) -> tuple[Reason, ...]:
    """SR5, one reason for each side and method: the newest test against the best earlier one (D68).

    `history` is oldest first; only tests of its last findings are read as newest, so that a fall is told once, when
    it is found. A fall with pain above 2 in the newest test is no fall but unknown (D65) and is left
    out; one whose pain nobody knows is kept, because it cannot be ruled out.
    """
    tests = [test for found in history for test in found.strength if test.trials]
    newest = history[-1].strength if history else ()
    kinds = dict.fromkeys((test.side, test.method) for test in newest if test.trials)
    return tuple(
        why
        for side, method in kinds
        for why in _fell([test for test in on_side(tests, side=side) if test.method == method], knowledge)
    )


def _fell(tests: list[StrengthTest], knowledge: Knowledge) -> tuple[Reason, ...]:
    *earlier, newest = tests
    painful = at_most(newest.pain, limit=knowledge["test_pain_max"]) is Answer.NO
    levers = all(test.lever_m for test in tests)
    was = max((_value(test, levers=levers) for test in earlier), default=None)
    now = _value(newest, levers=levers)
    if painful or worsened(was, now, kind="strength", method=newest.method, knowledge=knowledge) is not Answer.YES:
        return ()
    pain = "unknown" if newest.pain is None else newest.pain
    values = {"side": newest.side, "method": newest.method, "was": was, "now": now, "pain": pain}
    return (reason("SR5", knowledge=knowledge, **values),)


def _value(test: StrengthTest, *, levers: bool) -> Decimal:
    """The best trial, as a turning force where every lever is known."""
    best = best_of(test) or Decimal(0)
    return best * test.lever_m if levers and test.lever_m else best
