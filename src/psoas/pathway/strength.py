"""Is this hip weak? The strength flag W of one side (clinical.md C2b, ruling D19)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from psoas.knowledge.schema import Knowledge
from psoas.pathway.findings import (
    HIGH,
    HOLD,
    LOW,
    MODERATE,
    STRENGTH,
    best_of,
    hold_of,
    newest_grade,
    on_side,
    reason,
)
from psoas.pathway.record import Findings, HoldTest, StrengthTest
from psoas.terms import Answer, Reason, Side

ROWS = {"belt": "W1", "hand": "W2", "home": "W3", "reps": "W4", "mmt": "W5"}  # best first
MEASURED = ("belt", "hand", "home", "reps")
# How sure a comparison is: errors of 9-19 % (belt) up to 25 % (home), no published cut-off for counts (B3) [DC].
SURE = {"belt": HIGH, "hand": MODERATE, "home": MODERATE, "reps": LOW, "mmt": LOW}


class Person(Struct, frozen=True, kw_only=True):
    """What W8 and W9 read of the person; what is absent is not known."""

    spared: Answer = Answer.UNKNOWN  # W8 does not hold: one side without complaint, and no hip or back disease ever
    sex: str = ""
    age: int | None = None
    mass_kg: Decimal | None = None


class Strength(Struct, frozen=True, kw_only=True):
    """W of one side: the flag, how sure it is, the rows it rests on, and what would make it surer."""

    weak: Answer
    confidence: str
    rows: tuple[Reason, ...]
    tags: tuple[str, ...] = ()
    lsi: Decimal | None = None
    method: str = ""
    surer: tuple[str, ...] = ()


class Compared(Struct, frozen=True):
    """The method row that counts: its verdict (weak, borderline or clear) and the pain in this side's test."""

    method: str
    verdict: str
    pain: Decimal | None
    lsi: Decimal | None = None
    grade: Decimal | None = None


def strength_of(findings: Findings, *, side: Side, symptomatic: bool, person: Person, knowledge: Knowledge) -> Strength:
    """W of that side: W7 first, then W6 and the best method of both sides, W8 for who cannot be cleared by it (D19)."""
    compared = compared_with_other(findings, side=side, knowledge=knowledge)
    hold = hold_of(findings, side=side, exercise="E06")
    six = six_holds(hold)
    painful = _confounded(compared, hold, knowledge)
    weak = Answer.UNKNOWN if painful is not Answer.NO else _weak(compared, six, symptomatic, person)
    below = _below_reference(findings, side, person, knowledge)
    confounded = painful is Answer.YES
    return Strength(
        weak=weak,
        confidence=LOW if weak is Answer.UNKNOWN or compared is None else SURE[compared.method],
        rows=_rows(side, compared, hold, painful, person, knowledge) + below,
        tags=(("pain_confounded",) if confounded else ()) + (("below_reference",) if below else ()),
        lsi=compared.lsi if compared else None,
        method=compared.method if compared and compared.lsi is not None else "",
        surer=_surer(compared, six, person, weak),
    )


# ---- one method row counts: the best of both sides


def compared_with_other(findings: Findings, *, side: Side, knowledge: Knowledge) -> Compared | None:
    """The best method by which both sides were tested; a muscle grade where there is none (D19)."""
    for method in MEASURED:
        test, other = (_newest(findings, each, method) for each in (side, side.other))
        lsi = _symmetry(test, other)
        if test is not None and lsi is not None:
            return Compared(method, _verdict(lsi, method, knowledge), test.pain, lsi)
    test = _newest(findings, side, "mmt")
    grade = newest_grade(findings, side=side)
    if test is None or grade is None:
        return None
    return Compared("mmt", "clear" if grade >= knowledge["mmt_full"] else "weak", test.pain, grade=grade)


def _newest(findings: Findings, side: Side, method: str) -> StrengthTest | None:
    tests = [test for test in on_side(findings.strength, side=side) if test.method == method and test.trials]
    return tests[-1] if tests else None


def _symmetry(test: StrengthTest | None, other: StrengthTest | None) -> Decimal | None:
    """This side in percent of the other: turning forces where both levers are known, else what was read."""
    if test is None or other is None:
        return None
    this, that = best_of(test), best_of(other)
    if this is None or not that:
        return None
    if test.lever_m and other.lever_m:
        this, that = this * test.lever_m, that * other.lever_m
    return this * 100 / that


def _verdict(lsi: Decimal, method: str, knowledge: Knowledge) -> str:
    if lsi < knowledge[f"lsi_weak_{method}"]:
        return "weak"
    return "borderline" if lsi < knowledge["lsi_clear"] else "clear"


# ---- six holds of ten seconds


def six_holds(test: HoldTest | None) -> str:
    """W6: pass, rest (a rest between was needed), fail (or any compensation), else unknown."""
    if test is None:
        return "unknown"
    if test.compensations or test.result == "fail":
        return "fail"
    if test.result == "needs_rest":
        return "rest"
    return "pass" if test.result == "pass" and test.compensations is not None else "unknown"


# ---- the flag


def _confounded(compared: Compared | None, hold: HoldTest | None, knowledge: Knowledge) -> Answer:
    """W7: pain above 2 in the test that counts; a pain nobody knows leaves it open."""
    if compared is None and hold is None:
        return Answer.NO
    pain = compared.pain if compared else hold.pain if hold else None
    if pain is None:
        return Answer.UNKNOWN
    return Answer.YES if pain > knowledge["test_pain_max"] else Answer.NO


def _weak(compared: Compared | None, six: str, symptomatic: bool, person: Person) -> Answer:
    verdict = compared.verdict if compared else ""
    if six == "fail" or verdict == "weak" or (six == "rest" and symptomatic):
        return Answer.YES
    if verdict == "borderline" and (symptomatic or six == "unknown"):
        return Answer.YES
    if compared is None and six == "unknown":
        return Answer.UNKNOWN
    return Answer.NO if six == "pass" or person.spared is Answer.YES else Answer.UNKNOWN


def _below_reference(findings: Findings, side: Side, person: Person, knowledge: Knowledge) -> tuple[Reason, ...]:
    """W9, a note that never decides: women of 20 to 29 whose pull is below 28 % of their weight."""
    if person.sex != "f" or person.age is None or not 20 <= person.age <= 29 or not person.mass_kg:
        return ()
    test = _newest(findings, side, "belt") or _newest(findings, side, "hand")
    best = best_of(test) if test else None
    if test is None or best is None:
        return ()
    share = best * 100 / (person.mass_kg * knowledge["newtons_per_kgf"])
    if share >= knowledge["reference_force_percent"]:
        return ()
    return (reason("W9", knowledge=knowledge, side=side, force=best, percent=share),)


def _rows(
    side: Side,
    compared: Compared | None,
    hold: HoldTest | None,
    painful: Answer,
    person: Person,
    knowledge: Knowledge,
) -> tuple[Reason, ...]:
    """The rows used, W7 first where it decides."""
    said: list[tuple[str, dict[str, object]]] = []
    if painful is not Answer.NO:
        pain = compared.pain if compared else None if hold is None else hold.pain
        said.append(("W7", {"pain": "unknown" if pain is None else pain}))
    if compared:
        number = {"lsi": compared.lsi} if compared.lsi is not None else {"grade": compared.grade}
        said.append((ROWS[compared.method], {"method": compared.method, "verdict": compared.verdict, **number}))
    if hold:
        said.append(("W6", {"result": six_holds(hold)}))
    if person.spared is not Answer.YES and (compared or hold):
        said.append(("W8", {"spared": person.spared}))
    return tuple(reason(row, knowledge=knowledge, side=side, **values) for row, values in said)


def _surer(compared: Compared | None, six: str, person: Person, weak: Answer) -> tuple[str, ...]:
    """A better comparison, and the six holds where they are still open or W8 asks for them."""
    better = compared is None or SURE[compared.method] != HIGH or (weak is Answer.UNKNOWN and six == "pass")
    holds = six == "unknown" and (
        compared is None or compared.verdict == "borderline" or person.spared is not Answer.YES
    )
    return ((STRENGTH,) if better else ()) + ((HOLD,) if holds else ())
