"""Decisions, reasons and doses as a page tells them: sentences, numbers, sources and what would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from psoas.knowledge import wording as said
from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course
from psoas.pathway.decisions import Change, Decision, Item, Refer, StepTo, kind_said
from psoas.pathway.seen import Dated
from psoas.terms import BOTH, Load, Reason, Side
from psoas.web.wording import dose_words

TONES = {
    "progress": "good",
    "discharge": "good",
    "hold": "calm",
    "reduce": "amber",
    "deload": "amber",
    "pause": "amber",
    "regress": "amber",
    "refer": "stop",
}
NAMES = {
    "progress": "Up",
    "discharge": "Done",
    "hold": "The same again",
    "hold_followup": "Three months on",
    "hold_trial": "Trial passed",
    "reduce": "A fifth less",
    "deload": "An easier week",
    "pause": "Pause",
    "regress": "A step back",
    "refer": "See someone",
}
MOMENTS = {
    "trial": "after a trial set",
    "session": "at the end of a session",
    "morning": "on the morning after a session",
    "check": "at a check",
    "followup": "three months after the course",
    "screen": "after the safety check",
    "tests": "after new tests",
    "correction": "after a correction",
    "clearance": "after a clinician’s word",
    "return": "on coming back",
    "day": "from how you were that day",
    "week": "from the weekly questions",
    "wish": "as you wished",
}

AS_DESCRIBED: Mapping[str, str] = {}  # no exercise is done in another form


class Why(Struct, frozen=True, kw_only=True):
    """One reason as it is read: the rule, its sentence, the numbers it read, its sources, what would change it."""

    rule: str
    title: str
    sentence: str
    values: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    change: str


class Told(Struct, frozen=True, kw_only=True):
    """One decision as a page shows it."""

    seq: int
    at: dt.datetime
    kind: str
    name: str
    tone: str
    moment: str
    headline: str
    sentence: str
    whys: tuple[Why, ...]
    rules: tuple[str, ...]
    changes: tuple[str, ...]
    level: str


def why(reason: Reason, *, knowledge: Knowledge, forms: Mapping[str, str] = AS_DESCRIBED) -> Why:
    """A reason in words; exercises by the form in which they were done."""
    named = with_names(reason, knowledge=knowledge, forms=forms)
    rule = knowledge.rules.get(reason.rule)
    return Why(
        rule=reason.rule,
        title=said.title_of(reason.rule, knowledge=knowledge),
        sentence=said.sentence(named, knowledge),
        values=said.values_of(named, knowledge),
        sources=reason.sources or (rule.sources if rule else ()),
        change=said.change_of(reason, knowledge),
    )


def why_title(rule: str, *, knowledge: Knowledge) -> str:
    """The title of a rule."""
    return said.title_of(rule, knowledge=knowledge)


def with_names(reason: Reason, *, knowledge: Knowledge, forms: Mapping[str, str] = AS_DESCRIBED) -> Reason:
    """The reason with sides and other forms of an exercise by name instead of by id."""
    return structs.replace(reason, values=_named(reason.values, knowledge, forms))


def forms_shown(course: Course, *, until: int) -> dict[str, str]:
    """The other form in which each exercise was last shown, in the record up to that entry."""
    sats = (*course.sats, *((course.open,) if course.open else ()))
    shown = [item for sat in sats if sat.seq <= until for item in sat.done.shown.items]
    return {exercise: form for exercise, form in {item.exercise: item.form for item in shown}.items() if form}


def _named(values: Mapping[str, Any], knowledge: Knowledge, forms: Mapping[str, str]) -> dict[str, Any]:
    named = dict(values)
    done = named.get("exercise")
    if isinstance(done, tuple):
        named["exercise"] = tuple(exercise_name(forms.get(each, each), knowledge=knowledge) for each in done)
    elif done:
        named["exercise"] = exercise_name(forms.get(str(done), str(done)), knowledge=knowledge)
    if "to" in named:
        named["to"] = exercise_name(str(named["to"]), knowledge=knowledge)
    if "side" in named:
        named["side"] = side_words(str(named["side"]))
    return named


def exercise_name(exercise: str, *, knowledge: Knowledge) -> str:
    """The name of an exercise, or of one of its other forms."""
    found = knowledge.exercises.get(exercise.split("-", maxsplit=1)[0])
    if found is None:
        return exercise
    return next((form.name for form in found.substitutes if form.id == exercise), found.name)


def item_name(item: Item, *, knowledge: Knowledge) -> str:
    """What was done, in the form in which it was done; a trial set is called so, since the exercise stands there twice."""
    name = exercise_name(item.form or item.exercise, knowledge=knowledge)
    return f"{name} (trial set)" if item.trial else name


def side_words(side: str) -> str:
    """A side in words.

    >>> side_words("both"), side_words("left")
    ('both sides', 'left')
    """
    return "both sides" if side == BOTH else side


def told(dated: Dated, *, knowledge: Knowledge, course: Course | None = None) -> Told:
    """A decision of the record in words; with its course exercises are named by the form in which they were done."""
    decision: Decision = dated.body.decision
    forms = AS_DESCRIBED if course is None else forms_shown(course, until=dated.seq)
    kind = str(decision.__struct_config__.tag)
    level = decision.level if isinstance(decision, Refer) else None
    whys = tuple(why(reason, knowledge=knowledge, forms=forms) for reason in said.together(decision.reasons))
    changes = tuple(changes_told(decision.changes, knowledge=knowledge, forms=forms))
    return Told(
        seq=dated.seq,
        at=dated.at,
        kind=kind,
        name=NAMES.get(kind_said(decision), NAMES[kind]),
        tone=TONES[kind],
        moment=MOMENTS.get(decision.moment, ""),
        headline=headline_of(decision, knowledge=knowledge),
        sentence=_sentence(kind, whys, changes),
        whys=whys,
        rules=rules_of(whys),
        changes=changes,
        level=level.value if level else "",
    )


def headline_of(decision: Decision, *, knowledge: Knowledge) -> str:
    """What stands above a decision, wherever it is told."""
    level = decision.level if isinstance(decision, Refer) else None
    return said.decision_sentence(kind_said(decision), knowledge=knowledge, level=level)


def _sentence(kind: str, whys: tuple[Why, ...], changes: tuple[str, ...]) -> str:
    """What a person has to know of it, in short: what goes up, what steps back on each side, else the first reason."""
    if kind == "progress" and changes:
        return changes[0]
    back = [why for why in whys if why.rule.startswith("RG")]
    first = [why.sentence for why in back if why.rule == back[0].rule] or [why.sentence for why in whys[:1]]
    return " ".join(first) or "Nothing more was to be said."


def sentence_of(decision: Decision, *, knowledge: Knowledge) -> str:
    """What has to be known of a decision, in one sentence."""
    kind = str(decision.__struct_config__.tag)
    reasons = tuple(why(reason, knowledge=knowledge) for reason in said.together(decision.reasons))
    return _sentence(kind, reasons, tuple(changes_told(decision.changes, knowledge=knowledge)))


def changes_told(
    changes: Iterable[Change], *, knowledge: Knowledge, forms: Mapping[str, str] = AS_DESCRIBED
) -> Iterator[str]:
    """Each change in a sentence; what changes alike on both sides, or for one exercise on each side, in one."""
    same: dict[object, list[Change]] = {}
    for change in changes:
        if isinstance(change, StepTo) and _stands(change):
            continue
        same.setdefault((type(change), getattr(change, "exercise", "")), []).append(change)
    for each in same.values():
        yield " ".join(changed(change, knowledge=knowledge, forms=forms) for change in _of_both(each))


def _stands(change: StepTo) -> bool:
    """It lands where it stood: nothing to tell."""
    moved = change.step != change.was or change.load != change.was_load
    return not moved and not change.extra_reps and not change.down


def _of_both(changes: list[Change]) -> list[Change]:
    """One change for both sides where theirs are alike; each of them where not."""
    sides = [getattr(change, "side", None) for change in changes]
    if set(sides) == set(Side) and len(sides) == len(set(Side)):
        both = [structs.replace(change, side=BOTH) for change in changes]
        return both[:1] if both[0] == both[1] else changes
    return changes


def changed(change: Change, *, knowledge: Knowledge, forms: Mapping[str, str] = AS_DESCRIBED) -> str:
    """One change of a decision in a sentence."""
    values = _named(structs.asdict(change), knowledge, forms)
    for key in ("until", "first", "last"):
        if isinstance(values.get(key), dt.date):
            values[key] = day_words(values[key])
    tag = "step_stays" if isinstance(change, StepTo) and change.step == change.was else change.__struct_config__.tag
    sentence = said.change_sentence(str(tag), values=values, knowledge=knowledge)
    return f"{sentence} {_dose_after(change, knowledge)}".strip()


def _dose_after(change: Change, knowledge: Knowledge) -> str:
    """Where a step leads, in sets and repetitions."""
    if not isinstance(change, StepTo) or change.exercise not in knowledge.exercises:
        return ""
    ladder = knowledge.exercises[change.exercise].ladder
    dose = ladder[min(change.step, len(ladder)) - 1].dose
    dose = structs.replace(dose, reps=dose.reps + change.extra_reps)
    load = f", {load_words(change.load)}" if change.load.kind in ("kg", "band") else ""
    hip = f", about {change.hip:.0f} % more for the hip" if load and change.hip is not None else ""
    return f"That is {dose_words(dose)}{load}{hip}."


def rules_of(whys: Iterable[Why]) -> tuple[str, ...]:
    """The ids of the rules, each once."""
    return tuple(dict.fromkeys(why.rule for why in whys))


def decisions(course: Course, *, knowledge: Knowledge) -> list[Told]:
    """Every decision so far, newest first."""
    return [told(dated, knowledge=knowledge, course=course) for dated in reversed(course.decisions)]


def newest(course: Course, *, knowledge: Knowledge) -> Told | None:
    """The newest decision."""
    return told(course.decisions[-1], knowledge=knowledge, course=course) if course.decisions else None


def whys(reasons: Iterable[Reason], *, knowledge: Knowledge) -> list[Why]:
    """Reasons in words, each rule once."""
    found = [why(reason, knowledge=knowledge) for reason in reasons]
    return list({(each.rule, each.sentence): each for each in found}.values())


# ---- days, loads, items


def day_words(day: dt.date) -> str:
    """A date as one says it.

    >>> day_words(dt.date(2026, 11, 21))
    'Saturday 21 November'
    """
    return f"{day:%A} {day.day} {day:%B}"


def number(value: Decimal | None) -> str:
    """A number as it was recorded, without needless zeros.

    >>> number(Decimal("2.50")), number(None)
    ('2.5', 'not known')
    """
    return "not known" if value is None else f"{value.normalize():f}"


def load_words(load: Load) -> str:
    """A load in words.

    >>> load_words(Load(kind="band", band=1)), load_words(Load(kind="band", band=2))
    ('the lightest band', 'band 2, counted from the lightest')
    """
    match load.kind:
        case "kg":
            return f"{load.kg} kg"
        case "band":
            return "the lightest band" if load.band == 1 else f"band {load.band}, counted from the lightest"
        case "hand":
            return "against your own hand"
        case _:
            return "no weight"


def load_key(load: Load) -> str:
    """A load as a form sends it: "kg:2.5", "band:2", "hand", "none"."""
    amount = load.kg if load.kind == "kg" else load.band if load.kind == "band" else None
    return load.kind if amount is None else f"{load.kind}:{amount}"


def item_sides(item: Item) -> tuple[Side, ...]:
    """The sides an item works on."""
    return tuple(Side) if item.side == BOTH else (Side(item.side),)
