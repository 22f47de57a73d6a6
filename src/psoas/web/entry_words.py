"""The record in plain words: what each entry says, as a title and a few lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import singledispatch
from typing import Any

from msgspec import Struct

from psoas.knowledge import wording as said
from psoas.knowledge.schema import Knowledge
from psoas.pathway import record as r
from psoas.terms import SIDES, Answer, Load
from psoas.web import telling
from psoas.web.forms.course import BY, OUTCOMES, SKIPS
from psoas.web.telling import exercise_name, load_words, number

Lines = Iterator[str]


class Words(Struct, frozen=True):
    """An entry in words."""

    title: str
    lines: tuple[str, ...] = ()


class Shown(Struct, frozen=True, kw_only=True):
    """An entry as the record page shows it."""

    id: str
    seq: int
    at: dt.datetime
    words: Words
    who: str
    correctable: bool
    corrected: bool = False  # something later says it otherwise
    taken_back: bool = False
    decision: bool = False


WHO = {"person": "you", "clinician": "a clinician", "psoas": "Psoas"}
CORRECTABLE = (
    r.DayAnswered,
    r.SessionDone,
    r.MorningAnswered,
    r.WeekAnswered,
    r.CheckAnswered,
    r.FollowedUp,
    r.TakenIn,
    r.Tested,
    r.Wished,
    r.BandWeighed,
)


def page_of(entries: Sequence[r.Entry], *, before: int, knowledge: Knowledge, most: int) -> tuple[list[Shown], int]:
    """The newest entries, or those with a lower sequence than `before`, newest first; and where the older ones begin.

    Sets that a session has gathered are told with it. The second part is 0 where nothing older is left.
    """
    done = {e.body.session for e in entries if isinstance(e.body, r.SessionDone)}
    instead = {e.body.replaces: e.body for e in entries if isinstance(e.body, r.Corrected)}
    told = [e for e in reversed(entries) if not _gathered(e.body, done) and (not before or e.seq < before)]
    older = told[most - 1].seq if len(told) > most else 0
    return [_shown(e, instead, knowledge) for e in told[:most]], older


def _gathered(body: r.Body, done: set[str]) -> bool:
    return isinstance(body, (r.SetDone, r.ItemSkipped, r.SessionBegun)) and body.session in done


def _shown(entry: r.Entry, instead: Mapping[str, r.Corrected], knowledge: Knowledge) -> Shown:
    by = instead.get(entry.id)
    body = by.by if by is not None and by.by is not None else entry.body
    return Shown(
        id=entry.id,
        seq=entry.seq,
        at=entry.at,
        words=words(body, knowledge=knowledge),
        who=WHO.get(entry.author.role, entry.author.role),
        correctable=isinstance(body, CORRECTABLE),
        corrected=by is not None,
        taken_back=by is not None and by.by is None,
        decision=isinstance(body, r.Decided),
    )


def words(body: r.Body, *, knowledge: Knowledge) -> Words:
    """What an entry says."""
    title, lines = _words(body, knowledge)
    return Words(title, tuple(line for line in lines if line))


# ---- small pieces


def pains(told: r.Pains) -> str:
    """Pain of each side.

    >>> pains({Side.LEFT: Decimal("1"), Side.RIGHT: None})
    'left 1, right not known'
    """
    return ", ".join(f"{side.value} {number(told[side])}" for side in SIDES if side in told)


def _answer(answer: Answer) -> str:
    return {"yes": "yes", "no": "no"}.get(answer.value, "not sure")


def _listed(names: Iterable[str] | None, section: str, knowledge: Knowledge, *, none: str) -> str:
    if names is None:
        return "not sure"
    return ", ".join(said.word(name, section=section, knowledge=knowledge) for name in names) or none


def _chosen(value: str, choices: Iterable[tuple[str, str]]) -> str:
    """A choice in the words in which it was offered, in the middle of a sentence.

    >>> _chosen("tired", SKIPS), _chosen("red", SKIPS)
    ('too tired', 'red')
    """
    words = dict(choices).get(value, value.replace("_", " "))
    return words if words.startswith("I ") else words[:1].lower() + words[1:]


def _asked(question: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    """The choices of a question."""
    return [(choice.value, choice.label) for choice in knowledge.questions[question].choices]


def _rows(fired: Iterable[str], unknown: Iterable[str], knowledge: Knowledge) -> Lines:
    for row in fired:
        yield f"{row}: {said.title_of(row, knowledge=knowledge)}"
    for row in unknown:
        yield f"{row} could not be ruled out: {said.title_of(row, knowledge=knowledge)}"


Told = tuple[str, Iterable[str]]


@singledispatch
def _words(body: Any, knowledge: Knowledge) -> Told:
    return str(r.kind_of(body)).replace("_", " ").capitalize(), ()


def _tells(kind: type) -> Callable[[Callable[[Any, Knowledge], Told]], Callable[[Any, Knowledge], Told]]:
    def kept(tell: Callable[[Any, Knowledge], Told]) -> Callable[[Any, Knowledge], Told]:
        _words.register(kind)(tell)
        return tell

    return kept


@_tells(r.EpisodeOpened)
def _opened(body: r.EpisodeOpened, knowledge: Knowledge) -> Told:
    return "The record begins", [f"Programme: {_protocol(body.protocol, knowledge)}"]


@_tells(r.ProtocolAdopted)
def _adopted(body: r.ProtocolAdopted, knowledge: Knowledge) -> Told:
    return "Another programme", [_protocol(body.protocol, knowledge)]


def _protocol(key: str, knowledge: Knowledge) -> str:
    return knowledge.protocols[key].name if key in knowledge.protocols else key


@_tells(r.Screened)
def _screened(body: r.Screened, knowledge: Knowledge) -> Told:
    level = said.word(body.level.value, section="level", knowledge=knowledge)
    return "Full safety check", [f"{len(body.answers)} answers. {level}.", *_rows(body.fired, body.unknown, knowledge)]


@_tells(r.TakenIn)
def _taken(body: r.TakenIn, _: Knowledge) -> Told:
    return "What hurts", [
        *(
            f"{side.value.capitalize()}: now {number(each.now)}, worst {number(each.worst)}, morning {number(each.morning)}, stiffness {number(each.stiffness)}"
            for side, each in body.sides.items()
        ),
        *(f"{each.name}: {number(each.score)} of 10" for each in body.activities),
    ]


@_tells(r.Wished)
def _wished(body: r.Wished, knowledge: Knowledge) -> Told:
    things = _listed(body.equipment.things, "equipment", knowledge, none="nothing")
    return "What suits you", [
        f"At home: {things}",
        f"Goal: {said.word(body.goal, section='goal', knowledge=knowledge)}",
    ]


@_tells(r.BandWeighed)
def _band(body: r.BandWeighed, _: Knowledge) -> Told:
    which = load_words(Load(kind="band", band=body.band))
    read = " and ".join(f"{number(each.kg)} kg at {number(each.length_m * 100)} cm" for each in body.readings)
    reach = "" if body.reach_m is None else f"Fixed {number(body.reach_m * 100)} cm from where it is worn"
    return "A band weighed", [f"{which[0].upper()}{which[1:]}: {read}", reach]


@_tells(r.Tested)
def _tested(body: r.Tested, knowledge: Knowledge) -> Told:
    return "Self-tests", [
        *_lengths(body.findings),
        *_strengths(body.findings, knowledge),
        *_holds(body.findings, knowledge),
    ]


def _lengths(found: r.Findings) -> Lines:
    for test in found.length:
        read = ", ".join(number(value) for value in test.readings) or test.category or f"{len(test.tape)} tape readings"
        yield f"Length, {test.side.value}: {read if test.method != 'none' else 'broken off'}"


def _strengths(found: r.Findings, knowledge: Knowledge) -> Lines:
    for test in found.strength:
        measure = knowledge.measures.get(f"strength.{test.method}")
        yield f"{measure.name if measure else 'Strength'}, {test.side.value}: {', '.join(number(t) for t in test.trials)}"


def _holds(found: r.Findings, knowledge: Knowledge) -> Lines:
    for test in found.holds:
        result = said.word(test.result, section="hold_result", knowledge=knowledge)
        yield f"Hold test {exercise_name(test.exercise, knowledge=knowledge)}, {test.side.value}: {result}"


@_tells(r.Planned)
def _planned(body: r.Planned, knowledge: Knowledge) -> Told:
    sides = ", ".join(f"{side.value} stage {body.plan.on(side).stage.value}" for side in SIDES)
    return "Plan accepted", [f"{_protocol(body.plan.protocol, knowledge)}: {sides}"]


@_tells(r.DayAnswered)
def _day(body: r.DayAnswered, knowledge: Knowledge) -> Told:
    news = _listed(body.news, "news", knowledge, none="nothing new") if body.for_session else ""
    lines = [f"Pain now: {pains(body.now)}. Limp: {_answer(body.limp)}.", f"News: {news}" if news else ""]
    return ("Before the session" if body.for_session else "How it was that day"), [
        *lines,
        *_rows(body.fired, body.unknown, knowledge),
    ]


@_tells(r.SessionBegun)
def _begun(body: r.SessionBegun, _: Knowledge) -> Told:
    return "Session begun", [f"{len(body.shown.items)} exercises prescribed"]


@_tells(r.SetDone)
def _set(body: r.SetDone, knowledge: Knowledge) -> Told:
    return f"Set {body.number}", [_set_line(body, knowledge)]


def _set_line(body: r.SetDone, knowledge: Knowledge) -> str:
    parts = ["all of it" if body.did == "all" else "part of it", f"pain {pains(body.pain)}"]
    if body.signs:
        parts.append(_listed(body.signs, "sign", knowledge, none=""))
    if body.compensations:
        parts.append(f"seen: {_listed(body.compensations, 'compensation', knowledge, none='')}")
    if body.load.kind in ("kg", "band"):
        parts.append(load_words(body.load))
    return ", ".join(parts)


@_tells(r.ItemSkipped)
def _skipped(body: r.ItemSkipped, _: Knowledge) -> Told:
    return "Exercise left out", [f"Number {body.item + 1} of the session: {_chosen(body.why, SKIPS)}"]


@_tells(r.SessionDone)
def _done(body: r.SessionDone, knowledge: Knowledge) -> Told:
    ends = {"done": "to the end", "person": "ended by you", "pain_rule": "ended by the pain rule", "left": "left open"}
    title = (
        f"Session, {len(body.sets)} set{'' if len(body.sets) == 1 else 's'}, {ends.get(body.ended_by, body.ended_by)}"
    )
    return title, [
        f"Pain after: {pains(body.after) or 'not known'}. Effort: {number(body.effort)}.",
        *_sets(body, knowledge),
    ]


def _sets(body: r.SessionDone, knowledge: Knowledge) -> Lines:
    """One line for each exercise of the session."""
    for place, item in enumerate(body.shown.items):
        sets = [one for one in body.sets if one.item == place]
        skip = next((_chosen(skip.why, SKIPS) for skip in body.skips if skip.item == place), "")
        if not (sets or skip):
            continue
        highest = max((p for one in sets for p in one.pain.values() if p is not None), default=None)
        name = telling.item_name(item, knowledge=knowledge)
        told = f"{len(sets)} of {item.dose.sets} sets, highest pain {number(highest)}" if sets else "left out"
        yield f"{name}, {telling.side_words(item.side)}: {told}{f' ({skip})' if skip else ''}"


@_tells(r.MorningAnswered)
def _morning(body: r.MorningAnswered, _: Knowledge) -> Told:
    return "The morning after", [
        f"Pain: {pains(body.now)}. Settled: {_answer(body.settled)}. Limp: {_answer(body.limp)}."
    ]


@_tells(r.WeekAnswered)
def _week(body: r.WeekAnswered, _: Knowledge) -> Told:
    return "Weekly questions", [
        f"Worst pain: {pains(body.worst)}. Walk of 30 minutes: {number(body.walk30)}.",
        f"Impact: {pains(body.impact)}. Night pain: {_answer(body.night_pain)}. Limp: {_answer(body.limp)}.",
    ]


@_tells(r.CheckAnswered)
def _check(body: r.CheckAnswered, knowledge: Knowledge) -> Told:
    change = said.word(body.change, section="pgic", knowledge=knowledge) if body.change else "not sure"
    scores = ", ".join(number(score) for score in body.scores)
    return f"Check of week {body.day // 7}", [
        f"Worst pain: {pains(body.worst)}. Activities: {scores}.",
        f"Overall: {change}.",
    ]


@_tells(r.FollowedUp)
def _followed_up(body: r.FollowedUp, _: Knowledge) -> Told:
    scores = ", ".join(number(score) for score in body.scores)
    return "Three months after the course", [
        f"Worst pain: {pains(body.worst)}.{f' Activities: {scores}.' if scores else ''}"
    ]


@_tells(r.FormChecked)
def _form(body: r.FormChecked, _: Knowledge) -> Told:
    return "A look at form", [f"As described: {_answer(body.good)}"]


@_tells(r.Clearance)
def _clearance(body: r.Clearance, _: Knowledge) -> Told:
    top = f", up to stage {body.top.value}" if body.top else ""
    return "A clinician’s leave", [f"{', '.join(body.rows)} until {telling.day_words(body.until)}{top}"]


@_tells(r.Seen)
def _seen(body: r.Seen, _: Knowledge) -> Told:
    return "Seen by somebody", [
        f"{', '.join(body.rows)}: {_chosen(body.by, BY)}, {telling.day_words(body.on)}",
        f"{dict(OUTCOMES).get(body.outcome, body.outcome)}.",
    ]


@_tells(r.ChangeReported)
def _change(body: r.ChangeReported, knowledge: Knowledge) -> Told:
    return "Something changed", [dict(_asked("change_what", knowledge)).get(body.what, body.what.replace("_", " "))]


@_tells(r.Replied)
def _replied(body: r.Replied, knowledge: Knowledge) -> Told:
    return "Answer to an offer", [f"{said.title_of(body.offer, knowledge=knowledge)}: {_answer(body.answer)}"]


@_tells(r.Swapped)
def _swapped(body: r.Swapped, knowledge: Knowledge) -> Told:
    old, new = (exercise_name(name, knowledge=knowledge) for name in (body.exercise, body.to))
    return "Exercise swapped", [f"{old} for {new}, {telling.side_words(body.side)}"]


@_tells(r.Decided)
def _decided(body: r.Decided, knowledge: Knowledge) -> Told:
    rules = ", ".join(dict.fromkeys(reason.rule for reason in body.decision.reasons))
    sentence = telling.sentence_of(body.decision, knowledge=knowledge)
    return telling.headline_of(body.decision, knowledge=knowledge), [
        sentence,
        f"Rules: {rules}" if rules else "",
    ]


@_tells(r.Overridden)
def _overridden(body: r.Overridden, knowledge: Knowledge) -> Told:
    return "Decided otherwise by a clinician", [
        body.why,
        *(telling.changed(c, knowledge=knowledge) for c in body.changes),
    ]


@_tells(r.Corrected)
def _corrected(body: r.Corrected, _: Knowledge) -> Told:
    return ("A correction" if body.by is not None else "Something taken back"), [body.why]
