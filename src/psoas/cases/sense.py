"""What a case says, held against what there is: rows, questions, exercises, decisions, order in time."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from psoas.cases.expecting import Decides, Expect
from psoas.cases.format import Case, Correct, Override, Session, Suppose, Swap
from psoas.knowledge.schema import Knowledge, Question
from psoas.pathway.decisions import Deload, Discharge, Hold, Pause, Progress, Reduce, Refer, Regress
from psoas.terms import STAGES

OTHERWISE = "otherwise"
PARTS = ("safety", "history")
KINDS = tuple(
    str(kind.__struct_config__.tag) for kind in (Progress, Hold, Reduce, Regress, Deload, Pause, Refer, Discharge)
)
BY_EXERCISE = ("steps", "loads", "runs", "doses", "item_loads", "forms", "leaves_out")
EXERCISES = ("gives", "gives_only", "notes")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The remedy for a name that is not known.

    >>> did_you_mean("fevr", ["fever", "limp"])
    'Did you mean "fever"?'
    """
    near = difflib.get_close_matches(name, list(known), n=1)
    return f'Did you mean "{near[0]}"?' if near else "Remove it, or write one of " + ", ".join(sorted(known)) + "."


def problems(case: Case, *, knowledge: Knowledge) -> Iterator[str]:
    """Every mistake of sense, as "key: cause. remedy"."""
    yield from _rows(case.rows, knowledge)
    yield from _answers(case.screen, "screen", knowledge)
    seen: dict[str, int] = {}
    before: dt.datetime | None = None
    for place, event in enumerate(case.happened, start=1):
        key = f"happened[{place}]"
        first, last = instants(event.at)[0], instants(event.at)[-1]
        late = before is not None and first < before and not isinstance(event, Suppose)
        if late or list(instants(event.at)) != sorted(instants(event.at)):
            yield f"{key}.at: lies before what came before it. Put the events in the order in which they happened."
        before = before if isinstance(event, Suppose) else last
        yield from _answers(_screen_of(event), f"{key}.screen", knowledge)
        if isinstance(event, Correct) and event.which not in seen:
            yield f'{key}.which: no earlier event has the id "{event.which}". Give that event this id.'
        yield from _named(event, key, knowledge)
        if event.id:
            seen[event.id] = place


# ---- what an event and its expectation name


def _named(event: Any, key: str, knowledge: Knowledge) -> Iterator[str]:
    if event.expect is not None:
        yield from _expected(event.expect, f"{key}.expect", knowledge)
    if isinstance(event, Session):
        for place, but in enumerate(event.but, start=1):
            if but.exercise != "trial":
                yield from _exercises([but.exercise], f"{key}.but[{place}]", knowledge)
        swapped = [name for old, new in event.swaps.items() for name in (old, new.split("-")[0])]
        yield from _exercises(swapped, f"{key}.swaps", knowledge)
    if isinstance(event, Override):
        for side, steps in (*event.steps.items(), *event.joins.items()):
            yield from _exercises(steps, f"{key}.{side}", knowledge)
    if isinstance(event, Swap):
        yield from _exercises([event.exercise, event.to.split("-")[0]], key, knowledge)


def _expected(expect: Expect, key: str, knowledge: Knowledge) -> Iterator[str]:
    for field in (*BY_EXERCISE, *EXERCISES):
        for side, names in getattr(expect, field).items():
            yield from _exercises(names, f"{key}.{field}.{side}", knowledge)
    for side, out in expect.leaves_out.items():
        yield from _rules([rule for rule in out.values() if rule], f"{key}.leaves_out.{side}", knowledge)
    for side, rules in expect.because.items():
        yield from _rules(rules, f"{key}.because.{side}", knowledge)
    for side, stage in expect.stage.items():
        if stage not in STAGES:
            yield f"{key}.stage.{side}: is {stage!r}. Write one of {', '.join(STAGES)}."
    yield from _rules(expect.today_rules, f"{key}.today_rules", knowledge)
    yield from _kinds(expect.never, f"{key}.never")
    for place, wanted in enumerate(expect.decides, start=1):
        yield from _decides(wanted, f"{key}.decides[{place}]", knowledge)
    if expect.triage is not None:
        rows = (*(expect.triage.fired or ()), *(expect.triage.unknown or ()), *expect.triage.not_fired)
        yield from _rules(rows, f"{key}.triage", knowledge)


def _decides(wanted: Decides, key: str, knowledge: Knowledge) -> Iterator[str]:
    yield from _kinds([wanted.kind], key)
    yield from _rules((*wanted.rules, *wanted.not_rules), key, knowledge)


def _kinds(kinds: Iterable[str], key: str) -> Iterator[str]:
    for kind in kinds:
        if kind not in KINDS:
            yield f'{key}: there is no kind of decision "{kind}". {did_you_mean(kind, KINDS)}'


def _rules(rules: Iterable[str], key: str, knowledge: Knowledge) -> Iterator[str]:
    for rule in rules:
        if rule not in knowledge.rules:
            yield f'{key}: there is no row "{rule}". {did_you_mean(rule, knowledge.rules)}'


def _exercises(names: Iterable[str], key: str, knowledge: Knowledge) -> Iterator[str]:
    for name in names:
        if name not in knowledge.exercises:
            yield f"{key}.{name}: is no exercise. {did_you_mean(name, knowledge.exercises)}"


# ---- instants and answers


def instants(at: Any) -> tuple[dt.datetime, ...]:
    """The instants of an event, one or more.

    >>> len(instants(dt.datetime(2026, 3, 2, 18, tzinfo=dt.UTC)))
    1
    """
    return at if isinstance(at, tuple) else (at,)


def _screen_of(event: Any) -> Mapping[str, Any]:
    found = event.screen if isinstance(event, Suppose) else getattr(event, "but", {})
    return found if isinstance(found, dict) else {}


def _rows(rows: tuple[str, ...], knowledge: Knowledge) -> Iterator[str]:
    for place, row in enumerate(rows, start=1):
        if row not in knowledge.rules and not is_worked_case(row):
            yield f'rows[{place}]: there is no row "{row}". {did_you_mean(row, knowledge.rules)}'


def is_worked_case(row: str) -> bool:
    """Whether this names one of the 24 worked cases of C13.

    >>> is_worked_case("C13#7"), is_worked_case("C13#25")
    (True, False)
    """
    found = re.fullmatch(r"C13#(\d+)", row)
    return found is not None and 1 <= int(found[1]) <= 24


def _answers(answers: Mapping[str, Any], key: str, knowledge: Knowledge) -> Iterator[str]:
    asked = knowledge.questions
    for name, value in answers.items():
        question = asked.get(name.removesuffix(".again"))
        if name == OTHERWISE:
            if value not in ("no", "unknown"):
                yield f'{key}.otherwise: is {value!r}. Write "no" or "unknown", or leave it out.'
        elif question is None:
            yield f"{key}.{name}: is not a question. {did_you_mean(name, asked)}"
        elif wanted := _not_an_answer(question, value):
            yield f"{key}.{name}: is {value!r}. Write {wanted}."


def _not_an_answer(question: Question, value: Any) -> str:
    """What should be written in its place; empty for an answer that the question knows."""
    choices = [choice.value for choice in question.choices]
    match question.kind:
        case "yes_no":
            return "" if value in ("yes", "no", "unknown") else '"yes", "no" or "unknown"'
        case "choice":
            return "" if value in (*choices, "unknown") else "one of " + ", ".join(choices)
        case "several":
            fine = value == "unknown" or (isinstance(value, list) and set(value) <= set(choices))
            return "" if fine else "a list out of " + ", ".join(choices)
        case "number":
            return "" if type(value) in (int, Decimal) or value == "unknown" else "a number"
    return "" if isinstance(value, str) else 'a text such as "2026-03"'


def filled(answers: Mapping[str, Any], *, knowledge: Knowledge) -> dict[str, Any]:
    """The answers with `otherwise` put in the place of every question not named; numbers and months are not filled."""
    rest = answers.get(OTHERWISE)
    given = {name: _plain_answer(value) for name, value in answers.items() if name != OTHERWISE}
    if rest is None:
        return given
    questions = (
        q for q in knowledge.questions.values() if q.part in PARTS and q.kind in ("yes_no", "choice", "several")
    )
    return {q.id: _rest(q, str(rest)) for q in questions} | given


def _rest(question: Question, rest: str) -> Any:
    if rest == "unknown" or question.kind == "yes_no":
        return rest
    return "none" if question.kind == "choice" else []


def _plain_answer(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
