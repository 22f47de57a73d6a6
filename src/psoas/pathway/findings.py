"""What the self-tests found, read before it is judged: the newest of each, medians, best trials, highest pain.

A test not listed was not done and is unknown. Angles are degrees to the horizontal, positive with the thigh
above it; lengths metres; trials newtons, repetitions or one grade. Numbers stay as recorded (D04).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from typing import Protocol, TypeVar

from psoas.knowledge.schema import Knowledge
from psoas.pathway.record import Findings, HoldTest, LengthTest, PainSigns, StrengthTest
from psoas.terms import Answer, Reason, Side, answer_of, both, either

HIGH, MODERATE, LOW = "high", "moderate", "low"
CONFIDENCES = (LOW, MODERATE, HIGH)
MTT = "mtt"
STRENGTH = "strength"
HOLD = "hold"
SIGNS = "signs"
FULL_ANGLE = Decimal(90)
TOP_GRADE = Decimal(5)


class ImpossibleReading(ValueError):
    """A reading that no body can give. Its words are shown to the person."""


class _Sided(Protocol):
    @property
    def side(self) -> Side: ...


_Test = TypeVar("_Test", bound=_Sided)


def reason(rule: str, *, knowledge: Knowledge, **values: object) -> Reason:
    """The reason that this row gives, with the sources that its rule, or its red-flag row, names."""
    known = knowledge.rules.get(rule) or knowledge.red_flags.get(rule)
    return Reason(rule, values, known.sources if known else ())


def cited(given: Reason, *, knowledge: Knowledge) -> Reason:
    """The reason with its rule's sources, where it has none of its own."""
    return given if given.sources else reason(given.rule, knowledge=knowledge, **given.values)


def lowest(confidences: Iterable[str]) -> str:
    """The least sure of these; high where there is none (C2d: the lowest of its inputs).

    >>> lowest(["high", "low", "moderate"])
    'low'
    """
    return min(confidences, key=CONFIDENCES.index, default=HIGH)


def latest(history: Sequence[Findings]) -> Findings:
    """The newest test of each kind, side and method out of these findings, oldest first."""
    return Findings(
        length=_newest((test, test.method) for found in history for test in found.length),
        strength=_newest((test, test.method) for found in history for test in found.strength),
        holds=_newest((test, test.exercise) for found in history for test in found.holds),
        signs=_newest((test, "") for found in history for test in found.signs),
    )


def _newest(tests: Iterable[tuple[_Test, str]]) -> tuple[_Test, ...]:
    kept: dict[tuple[Side, str], _Test] = {}
    for test, method in tests:
        kept.pop((test.side, method), None)  # so that the order stays the order of testing
        kept[test.side, method] = test
    return tuple(kept.values())


def on_side(tests: Iterable[_Test], *, side: Side) -> tuple[_Test, ...]:
    """The tests of that side, oldest first."""
    return tuple(test for test in tests if test.side is side)


# ---- length


def tape_angle(knee_m: Decimal, *, trochanter_m: Decimal, thigh_m: Decimal) -> Decimal:
    """The thigh's angle in degrees from two heights above the floor and the thigh's length, in metres (B2).

    Raises ImpossibleReading when the heights differ by more than the thigh is long.

    >>> tape_angle(Decimal("0.70"), trochanter_m=Decimal("0.70"), thigh_m=Decimal("0.42"))
    Decimal('0.0')
    """
    if not (knee_m >= 0 and trochanter_m >= 0 and thigh_m > 0):
        raise ImpossibleReading(
            f"Tape test: the knee at {knee_m} m, the hip at {trochanter_m} m and a thigh of {thigh_m} m cannot be right. "
            "Heights above the floor are 0 or more and the thigh has a length. Measure once more."
        )
    rise = knee_m - trochanter_m
    if abs(rise) > thigh_m:
        raise ImpossibleReading(
            f"Tape test: knee and hip differ by {abs(rise)} m in height, but the thigh is only {thigh_m} m long. "
            "Two points of one thigh cannot be further apart than that. Measure once more, all three in the same unit."
        )
    return Decimal(repr(math.degrees(math.asin(rise / thigh_m))))


def readings_of(test: LengthTest) -> tuple[Decimal, ...]:
    """The angles that the test read; empty for a test by eye or one broken off. Raises ImpossibleReading."""
    if test.method == "tape":
        return tuple(tape_angle(knee, trochanter_m=hip, thigh_m=thigh) for knee, hip, thigh in test.tape)
    if test.method != "angle":
        return ()
    for angle in test.readings:
        if not abs(angle) <= FULL_ANGLE:
            raise ImpossibleReading(
                f"Length test, {test.side} side: a thigh angle of {angle} degrees cannot be. With the thigh level it is 0, "
                "upright 90. Hold the phone flat along the thigh and read once more."
            )
    return test.readings


def angle_of(test: LengthTest) -> Decimal | None:
    """The median of the test's angles (of two their mean, of one itself), or none where it read no angle (D18)."""
    readings = readings_of(test)
    return median(readings) if readings else None


# ---- strength


def best_of(test: StrengthTest) -> Decimal | None:
    """The best trial, of a grade the lowest given; none where there was no trial. Raises ImpossibleReading."""
    for trial in (*test.trials, *test.supported):
        if not 0 <= trial <= (TOP_GRADE if test.method == "mmt" else math.inf):
            raise ImpossibleReading(
                f"Strength test, {test.side} side: {trial} cannot be. A pull or a count is 0 or more, a grade 0 to 5. "
                "Enter what the scale showed, or leave the trial out."
            )
    if not test.trials:
        return None
    return min(test.trials) if test.method == "mmt" else max(test.trials)


def newest_grade(findings: Findings, *, side: Side) -> Decimal | None:
    """The newest muscle grade of that side, 0-5."""
    grades = [best_of(test) for test in on_side(findings.strength, side=side) if test.method == "mmt"]
    return next((grade for grade in reversed(grades) if grade is not None), None)


# ---- holds, signs, pain


def hold_of(findings: Findings, *, side: Side, exercise: str) -> HoldTest | None:
    """The newest six-holds test of that exercise on that side, in whichever of its forms."""
    tests = [test for test in on_side(findings.holds, side=side) if test.exercise.split("-")[0] == exercise]
    return tests[-1] if tests else None


def doha_of(findings: Findings, *, side: Side) -> Answer:
    """Whether at least one of the three pain signs is there (TC14); unknown where the known ones do not settle it."""
    newest: tuple[PainSigns, ...] = on_side(findings.signs, side=side)[-1:]
    return either(
        sign for test in newest or (PainSigns(side=side),) for sign in (test.resisted, test.stretch, test.tender)
    )


def pain_in_tests(findings: Findings, *, side: Side) -> Decimal | None:
    """The highest pain known in that side's tests (D05), or none where no test has one."""
    tests: Iterable[LengthTest | StrengthTest | HoldTest] = (*findings.length, *findings.strength, *findings.holds)
    return max((test.pain for test in on_side(tests, side=side) if test.pain is not None), default=None)


def screen_s(findings: Findings, *, side: Side, knowledge: Knowledge) -> Answer:
    """Screen S (C3): six holds of ten seconds in E06 and in E07, pain 2 or less, nothing cheated."""
    tests = (hold_of(findings, side=side, exercise=exercise) for exercise in ("E06", "E07"))
    return both(_held(test, knowledge) for test in tests)


def w6_passed(findings: Findings, *, side: Side, knowledge: Knowledge) -> Answer:
    """Six holds of ten seconds in E06, pain 2 or less, nothing cheated (W6)."""
    return _held(hold_of(findings, side=side, exercise="E06"), knowledge)


def _held(test: HoldTest | None, knowledge: Knowledge) -> Answer:
    if test is None:
        return Answer.UNKNOWN
    done = {"pass": Answer.YES, "unknown": Answer.UNKNOWN}.get(test.result, Answer.NO)
    clean = Answer.UNKNOWN if test.compensations is None else answer_of(not test.compensations)
    return both((done, clean, at_most(test.pain, limit=knowledge["test_pain_max"])))


def at_most(value: Decimal | None, *, limit: Decimal) -> Answer:
    """Whether the value is at most the limit; unknown where there is no value."""
    if value is None:
        return Answer.UNKNOWN
    return answer_of(value <= limit)
