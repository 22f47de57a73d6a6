"""What the self-tests say of each hip: tight, weak, both, inhibited, neither, or not yet known (clinical.md C2).

Left and right are read by the same rules and are independent but for three comparisons: the side difference
of L5, the strength of one side in percent of the other, and W8. Labels name findings, never structures.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from psoas.knowledge.schema import Knowledge
from psoas.pathway.answers import told
from psoas.pathway.decisions import Profile, SideProfile, TestMore
from psoas.pathway.findings import (
    HIGH,
    HOLD,
    LOW,
    MTT,
    SIGNS,
    STRENGTH,
    doha_of,
    lowest,
    pain_in_tests,
    reason,
    screen_s,
)
from psoas.pathway.inhibition import Inhibition, inhibition_of
from psoas.pathway.length import Length, length_of
from psoas.pathway.record import Complaint, Findings
from psoas.pathway.strength import Person, Strength, strength_of
from psoas.terms import Answer, Reason, Side, answer_of, both

NO_HISTORY: Mapping[str, Any] = {}


class Known(Struct, frozen=True, kw_only=True):
    """What the label of a side is made of."""

    side: Side
    length: Length
    strength: Strength
    inhibition: Inhibition
    year: Answer


def assess(
    findings: Findings | None,
    *,
    knowledge: Knowledge,
    complaint: Mapping[Side, Complaint],
    history: Mapping[str, Any] = NO_HISTORY,
    sex: str = "",
    age: int | None = None,
    mass_kg: Decimal | None = None,
    acute: bool = False,
) -> Profile | TestMore:
    """The profile of both sides; TestMore where the tests have not been put to her at all (`None`).

    A test she skipped is missing from the findings and reads as unknown. `complaint` gives each side's worst
    pain of seven days; a side it does not name is not known to be free of pain. `history` holds the answers
    hip_or_back_disease (W8) and hip_or_back_year (part A of I), follow-ups included. `acute`: at most 72 h since onset, or a limp;
    length and strength then wait and the label is provisional (D25). Raises ImpossibleReading.
    """
    if acute:
        findings = Findings(signs=findings.signs) if findings else Findings()
    if findings is None:
        return TestMore(tests=(MTT, STRENGTH, HOLD, SIGNS), reasons=(reason("D09", knowledge=knowledge),))
    history = told(history)
    symptomatic = {side: is_symptomatic(complaint.get(side)) for side in Side}
    disease = answered(history, fact="hip_or_back_disease")
    spared = both((answer_of(not all(symptomatic.values())), disease.negated))
    person = Person(spared=spared, sex=sex, age=age, mass_kg=mass_kg)
    year = answered(history, fact="hip_or_back_year")
    waits = (reason("D25", knowledge=knowledge),) if acute else ()
    left, right = (
        _profile(findings, side, symptomatic[side], person, year, waits, knowledge) for side in (Side.LEFT, Side.RIGHT)
    )
    return Profile(left=left, right=right)


def is_symptomatic(complaint: Complaint | None) -> bool:
    """Whether the side hurts: worst pain above 0, or not known (D05, and D06: unknown is not free of pain)."""
    return complaint is None or complaint.worst is None or complaint.worst > 0


def answered(history: Mapping[str, Any], *, fact: str) -> Answer:
    """A yes-or-no answer of the history; anything else, and a question not put, is unknown.

    >>> answered({"diabetes": "no"}, fact="diabetes")
    <Answer.NO: 'no'>
    """
    said = history.get(fact)
    return Answer(said) if said in ("yes", "no") else Answer.UNKNOWN


def _profile(
    findings: Findings,
    side: Side,
    symptomatic: bool,
    person: Person,
    year: Answer,
    waits: tuple[Reason, ...],
    knowledge: Knowledge,
) -> SideProfile:
    length = length_of(findings, side=side, knowledge=knowledge)
    strength = strength_of(findings, side=side, symptomatic=symptomatic, person=person, knowledge=knowledge)
    inhibition = inhibition_of(findings, side=side, year=year, lsi=strength.lsi, knowledge=knowledge)
    known = Known(side=side, length=length, strength=strength, inhibition=inhibition, year=year)
    label, provisional = label_of(length.flag, weak=strength.weak, inhibited=inhibition.inhibited)
    doha = doha_of(findings, side=side)
    return SideProfile(
        length=length.flag,
        weak=strength.weak,
        inhibited=inhibition.inhibited,
        label=label,
        confidence=LOW if provisional else _confidence(known),
        rows=(*waits, *_rows(known, label, provisional, knowledge)),
        provisional=provisional,
        screen_s=screen_s(findings, side=side, knowledge=knowledge),
        symptomatic=symptomatic,
        pain_limited=length.pain_limited,
        tags=(*length.tags, *strength.tags, *(("both_inhibited",) if _both_inhibited(known, label) else ())),
        angle=length.angle,
        lsi=strength.lsi,
        lsi_method=strength.method,
        test_pain=pain_in_tests(findings, side=side),
        surer=_surer(known, doha, symptomatic),
        length_confidence=length.confidence,
        doha=doha,
    )


def label_of(length: str, *, weak: Answer, inhibited: Answer) -> tuple[str, bool]:
    """The label (C2d, D21) and whether it is provisional. What is unknown of W and I is read as yes.

    >>> label_of("borderline", weak=Answer.NO, inhibited=Answer.NO)
    ('neither', False)
    >>> label_of("yes", weak=Answer.UNKNOWN, inhibited=Answer.NO)
    ('both', True)
    """
    if length == "unknown":
        return "provisional", True
    provisional = Answer.UNKNOWN in (weak, inhibited)
    short, held_back = length == "yes", inhibited is not Answer.NO
    if held_back:
        return ("both" if short else "inhibited"), provisional
    if weak is Answer.NO:
        return ("tight" if short else "neither"), provisional
    return ("both" if short else "weak"), provisional


def _both_inhibited(known: Known, label: str) -> bool:
    return label == "both" and known.inhibition.inhibited is not Answer.NO


def _confidence(known: Known) -> str:
    """The lowest of its inputs (C2d). I has no validated test, so it lowers every label that had to read it (X55)."""
    held_back = HIGH if known.year is Answer.NO else LOW
    return lowest((known.length.confidence, known.strength.confidence, held_back))


def _rows(known: Known, label: str, provisional: bool, knowledge: Knowledge) -> tuple[Reason, ...]:
    flags = {"T": known.length.flag, "W": known.strength.weak, "I": known.inhibition.inhibited}
    row = reason("D21" if provisional else "C2d", knowledge=knowledge, side=known.side, label=label, **flags)
    return (*known.length.rows, *known.strength.rows, *known.inhibition.rows, row)


def _surer(known: Known, doha: Answer, symptomatic: bool) -> tuple[str, ...]:
    """The measures that would make the label surer, each once."""
    signs = (SIGNS,) if symptomatic and doha is Answer.UNKNOWN else ()
    return (*known.length.surer, *known.strength.surer, *signs)
