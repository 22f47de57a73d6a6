"""May she train on her own? The red flags of clinical.md C1, three-valued, with one follow-up per "not sure" (D06).

Every row is read over the answers and the facts derived from the record (age, pain, onset, `moment`). A row is
settled when its known parts settle it; a settled row asks nothing more. A row still unknown after the follow-ups
counts as level C and is named as unknown. Nobody but this module makes a `Cleared`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.criteria import UNKNOWN, facts_of, holds, missing
from psoas.knowledge.schema import Knowledge, RedFlag
from psoas.pathway.answers import AGAIN, told
from psoas.pathway.decisions import AskMore, Cleared, Profile, Refer, Triage
from psoas.pathway.findings import newest_grade, on_side, reason
from psoas.pathway.record import Findings
from psoas.terms import Answer, Level, Reason, Side

NO_FACTS: Mapping[str, Any] = {}
KEPT = frozenset({"history"})  # parts whose earlier answers serve before a session; symptoms are asked anew


def screen(
    answers: Mapping[str, Any], *, knowledge: Knowledge, on: dt.date, derived: Mapping[str, Any] = NO_FACTS
) -> Triage:
    """Refer, AskMore or Cleared: every row of C1 over these answers.

    `answers` maps question ids, and "<id>.again" for follow-ups, to values; `derived` holds facts nobody is
    asked, and what it says of a question is not read: old answers never settle a new screen. A certain emergency
    is told at once, before anything else is asked; otherwise questions come first.
    """
    facts = _facts(answers, derived, knowledge)
    return _triage(tuple(knowledge.red_flags.values()), facts, answers, knowledge, on)


def mini_screen(
    answers: Mapping[str, Any], *, knowledge: Knowledge, on: dt.date, derived: Mapping[str, Any] = NO_FACTS
) -> Triage:
    """The same for the rows asked before every session (D11).

    One question each first, its group the row's id; a plain "no" settles its row, a "yes" or "not sure" opens all
    questions of that row. History that need not be asked again may come in `derived`; symptoms may not.
    """
    rows = [row for row in knowledge.red_flags.values() if row.mini]
    gates = {row.id: _gates(row, knowledge) for row in rows}
    first = tuple(dict.fromkeys(gate for row in rows for gate in gates[row.id] if answers.get(gate) is None))
    facts = _facts(answers, derived, knowledge, kept=KEPT)
    opened_rows = tuple(row for row in rows if not _shut(gates[row.id], answers))
    certain = any(row.level is Level.EMERGENCY and holds(row.when, facts) is Answer.YES for row in opened_rows)
    if first and not certain:
        return AskMore(questions=first)
    return _triage(opened_rows, facts, answers, knowledge, on)


def opened(
    answers: Mapping[str, Any], *, knowledge: Knowledge, derived: Mapping[str, Any] = NO_FACTS
) -> dict[str, tuple[str, ...]]:
    """The questions of the full screen to put next, by group, in the order of the content file."""
    facts = _facts(answers, derived, knowledge)
    groups: dict[str, list[str]] = {}
    asks = (asked for row in knowledge.red_flags.values() for asked in _asks(row, facts, answers, knowledge))
    for asked in _in_order(dict.fromkeys(asks), knowledge):
        groups.setdefault(knowledge.questions[asked.removesuffix(AGAIN)].group, []).append(asked)
    return {group: tuple(questions) for group, questions in groups.items()}


def fired(triage: Triage) -> tuple[str, ...]:
    """The ids of the rows that are known to fire, highest level first."""
    if not isinstance(triage, Refer):
        return ()
    return tuple(why.rule for why in triage.reasons if why.rule not in triage.unknown)


# ---- facts and questions


def under_leave(triage: Triage, *, covered: frozenset[str], on: dt.date) -> Triage:
    """Clear where a clinician's leave covers every row that fired or stayed unknown (D14); the rows stay named."""
    if not isinstance(triage, Refer) or triage.level is Level.EMERGENCY:
        return triage
    rows = {why.rule for why in triage.reasons}
    return Cleared(on=on, reasons=triage.reasons) if rows <= covered else triage


def _facts(
    answers: Mapping[str, Any], derived: Mapping[str, Any], knowledge: Knowledge, *, kept: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Derived facts under what was answered now; of a question only where its part may be kept from earlier."""
    questions = knowledge.questions
    return {
        fact: value
        for fact, value in derived.items()
        if value is not None and (fact not in questions or questions[fact].part in kept)
    } | told(answers)


def _asks(row: RedFlag, facts: Mapping[str, Any], answers: Mapping[str, Any], knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that could still settle this row, follow-ups by their own id."""
    return tuple(
        fact + AGAIN if answers.get(fact) == UNKNOWN else fact
        for fact in missing(row.when, facts)
        if fact in knowledge.questions
    )


def _in_order(questions: Iterable[str], knowledge: Knowledge) -> list[str]:
    places = {name: place for place, name in enumerate(knowledge.questions)}
    return sorted(questions, key=lambda asked: places[asked.removesuffix(AGAIN)])


def _gates(row: RedFlag, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that stand for this row before a session: the mini questions of its group."""
    return tuple(q.id for q in knowledge.questions.values() if q.mini and q.group == row.id)


def _shut(gates: tuple[str, ...], answers: Mapping[str, Any]) -> bool:
    return bool(gates) and all(answers.get(gate) == "no" for gate in gates)


# ---- the answer


def _triage(
    rows: tuple[RedFlag, ...], facts: Mapping[str, Any], answers: Mapping[str, Any], knowledge: Knowledge, on: dt.date
) -> Triage:
    read = {row.id: holds(row.when, facts) for row in rows}
    open_rows = (row for row in rows if read[row.id] is Answer.UNKNOWN)
    asks = {row.id: _asks(row, facts, answers, knowledge) for row in open_rows}
    sure = [row for row in rows if read[row.id] is Answer.YES]
    if any(asks.values()) and not any(row.level is Level.EMERGENCY for row in sure):
        return AskMore(questions=_emergencies_first(rows, asks, knowledge))
    unknown = [row for row in rows if row.id in asks and not asks[row.id]]
    return _refer(sure, unknown, facts) if sure or unknown else Cleared(on=on)


def _emergencies_first(
    rows: tuple[RedFlag, ...], asks: Mapping[str, tuple[str, ...]], knowledge: Knowledge
) -> tuple[str, ...]:
    """What could still settle an emergency comes first, each part in the order of the content file."""
    everything = dict.fromkeys(asked for asks_of_row in asks.values() for asked in asks_of_row)
    urgent = {asked for row in rows if row.level is Level.EMERGENCY for asked in asks.get(row.id, ())}
    return tuple(sorted(_in_order(everything, knowledge), key=lambda asked: asked not in urgent))


def _refer(sure: list[RedFlag], unknown: list[RedFlag], facts: Mapping[str, Any]) -> Refer:
    ids = {row.id for row in sure}
    named = sorted((row for row in sure if not ids.intersection(row.beside)), key=lambda row: -row.level.rank)
    return Refer(
        level=max((row.level for row in sure), key=lambda level: level.rank, default=Level.CLINICIAN),
        reasons=tuple(_why(row, facts) for row in (*named, *unknown)),
        unknown=tuple(row.id for row in unknown),
    )


def _why(row: RedFlag, facts: Mapping[str, Any]) -> Reason:
    return Reason(row.id, {fact: facts.get(fact, UNKNOWN) for fact in facts_of(row.when)}, row.sources)


# ---- what is read after the tests


class AfterTests(Struct, frozen=True, kw_only=True):
    """What the tests add to the screen (D09): the level, the rows, which of them are only unknown, and the caution."""

    level: Level
    reasons: tuple[Reason, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def caution(self) -> bool:
        """S with caution: TC14 with worst pain below 4."""
        return self.level is Level.SELF_CARE and bool(self.reasons)


def after_tests(
    profile: Profile,
    *,
    findings: Findings,
    worst: Mapping[Side, Decimal | None],
    knowledge: Knowledge,
    new_weakness: Answer = Answer.UNKNOWN,
    acute: bool = False,
) -> AfterTests:
    """TC14, W5 grade 3 and TC11 by muscle grade, on both sides; no plan before (D09).

    `worst` is each side's worst pain of seven days, none for not known. `new_weakness` makes TC11 urgent (D08).
    In the acute phase TC14 waits (D25).
    """
    found: list[tuple[Level, Reason, bool]] = []
    for side in Side:
        found += _by_grade(findings, side, new_weakness, knowledge)
        if not acute:
            found += _without_signs(profile, findings, side, worst.get(side), knowledge)
    found.sort(key=lambda each: -each[0].rank)
    return AfterTests(
        level=found[0][0] if found else Level.SELF_CARE,
        reasons=tuple(why for _, why, _ in found),
        unknown=tuple(dict.fromkeys(why.rule for _, why, unknown in found if unknown)),
    )


def with_tests(cleared: Cleared, *, found: AfterTests) -> Cleared | Refer:
    """The clear screen once the tests are read too: still clear, with its cautions, or a referral."""
    if found.level is Level.SELF_CARE:
        return replace(cleared, reasons=(*cleared.reasons, *found.reasons))
    return Refer(level=found.level, reasons=found.reasons, unknown=found.unknown)


def _by_grade(findings: Findings, side: Side, new: Answer, knowledge: Knowledge) -> list[tuple[Level, Reason, bool]]:
    grade = newest_grade(findings, side=side)
    if grade is None or grade >= knowledge["mmt_weak"]:
        return []
    if grade >= knowledge["mmt_clinician"]:
        return [(Level.CLINICIAN, reason("W5", knowledge=knowledge, side=side, grade=grade), False)]
    level, row = (Level.URGENT, "TC11N") if new is Answer.YES else (Level.CLINICIAN, "TC11")
    return [(level, reason(row, knowledge=knowledge, side=side, grade=grade, new=new), False)]


def _without_signs(
    profile: Profile, findings: Findings, side: Side, worst: Decimal | None, knowledge: Knowledge
) -> list[tuple[Level, Reason, bool]]:
    """TC14: pain, but none of the three signs of iliopsoas-type pain, or none of them known."""
    doha = profile.on(side).doha
    if worst == 0 or doha is Answer.YES:
        return []
    signs = {
        name: getattr(test, name)
        for test in on_side(findings.signs, side=side)[-1:]
        for name in ("resisted", "stretch", "tender")
    }
    pain = UNKNOWN if worst is None else worst
    why = reason("TC14", knowledge=knowledge, side=side, worst=pain, signs=doha, **signs)
    if worst is not None and worst < knowledge["doha_pain"]:
        return [(Level.SELF_CARE, why, False)]
    return [(Level.CLINICIAN, why, doha is Answer.UNKNOWN or worst is None)]
