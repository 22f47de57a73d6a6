"""Is this hip held back? The inhibition flag I of one side, always only suspected (clinical.md C2c, ruling D20)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from psoas.knowledge.schema import Knowledge
from psoas.pathway.findings import at_most, best_of, hold_of, on_side, pain_in_tests, reason
from psoas.pathway.record import Findings, StrengthTest
from psoas.pathway.strength import MEASURED
from psoas.terms import Answer, Reason, Side, both, either


class Inhibition(Struct, frozen=True, kw_only=True):
    """I of one side: the flag and the parts of B that were found."""

    inhibited: Answer
    rows: tuple[Reason, ...] = ()


def inhibition_of(
    findings: Findings, *, side: Side, year: Answer, lsi: Decimal | None, knowledge: Knowledge
) -> Inhibition:
    """I of that side: A (`year`, the last twelve months) and one part of B, read only with test pain 2 or less.

    A part not tested counts as absent; an A not known leaves the flag open where a part of B was found (D06, D20).
    """
    pain = pain_in_tests(findings, side=side)
    if at_most(pain, limit=knowledge["test_pain_max"]) is not Answer.YES:
        return Inhibition(inhibited=Answer.NO)
    parts = tuple(
        reason("C2c", knowledge=knowledge, side=side, part=part, year=year, **values)
        for part, values in _parts(findings, side, lsi, knowledge)
    )
    flag = both((year, either((Answer.YES,) if parts else ())))
    return Inhibition(inhibited=flag, rows=() if flag is Answer.NO else parts)


def _parts(
    findings: Findings, side: Side, lsi: Decimal | None, knowledge: Knowledge
) -> Iterator[tuple[str, dict[str, object]]]:
    tests = [test for test in on_side(findings.strength, side=side) if test.method in MEASURED]
    for test in tests:
        gain = _gain(test)
        if gain is not None and gain >= knowledge["inhibition_gain"]:
            yield "i", {"gain": gain}
    for test in tests:
        if _uneven(test, knowledge["inhibition_cv"]):
            yield "ii", {"trials": test.trials}
    yield from _held(findings, side, lsi, knowledge)


def _held(
    findings: Findings, side: Side, lsi: Decimal | None, knowledge: Knowledge
) -> Iterator[tuple[str, dict[str, object]]]:
    first = hold_of(findings, side=side, exercise="E06")
    if first is not None and first.first_failed and first.practice == "reached":
        yield "iii", {}
    always = any(test.every_repetition for test in on_side(findings.holds, side=side))
    if always and lsi is not None and lsi >= knowledge["lsi_clear"]:
        yield "iv", {"lsi": lsi}


def _gain(test: StrengthTest) -> Decimal | None:
    """By how many percent the best supported trial is above the best free one (i)."""
    best = best_of(test)
    return (max(test.supported) - best) * 100 / best if test.supported and best else None


def _uneven(test: StrengthTest, percent: Decimal) -> bool:
    """Whether three or more trials vary by more than so many percent of their mean (ii).

    Sample standard deviation, compared squared so that nothing is rounded (D04).
    """
    trials = [Fraction(trial) for trial in test.trials]
    if len(trials) < 3 or not any(trials):
        return False
    mean = sum(trials) / len(trials)
    variance = sum((trial - mean) ** 2 for trial in trials) / (len(trials) - 1)
    return variance * 10_000 > (mean * Fraction(percent)) ** 2
