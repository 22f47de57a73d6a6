"""A plan as a page shows it: stages, the week, each exercise with its reasons, what was left out, and what could be swapped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge import wording
from psoas.knowledge.schema import Exercise, Knowledge, Protocol
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Decision, Item, Plan, Progress, Session, StageTo
from psoas.pathway.due import check_days
from psoas.pathway.gates import days_in_stage, gate_steps, highest, run_of
from psoas.pathway.prescribing import items_for
from psoas.pathway.record import Decided, Swapped
from psoas.pathway.seen import Dated
from psoas.pathway.selection import Chosen, Selection, select
from psoas.pathway.session import session_on
from psoas.pathway.sides import GOAL_STAGE
from psoas.pathway.standing import standing
from psoas.terms import BOTH, SIDES, Reason, Side, Stage
from psoas.web import saying, weight
from psoas.web.citing import Cited, cited
from psoas.web.wording import dose_words

# Who could lift the highest stage open to her, by what keeps it low, the heaviest first (D71).
LEAVE_LIFT = "A doctor or physiotherapist who knows of it can open Stage 4b with a leave of their own."
WHO_LIFTS = (
    ("pregnant", "In pregnancy, or while that is not known, it stays so; afterwards a new safety check lifts it."),
    ("osteoporosis", "With brittle bones, or while that is not known, running and sprint drills stay out."),
    ("stress_fracture_past", f"A stress fracture in the past, or not known, keeps running out. {LEAVE_LIFT}"),
    ("low_energy", f"Eating too little for what you do, or not known, keeps running out. {LEAVE_LIFT}"),
    ("steroids_long", f"Cortisone for a long time, or not known, keeps running out. {LEAVE_LIFT}"),
    ("load_rise", f"Training that rose clearly before this began, or not known, keeps running out. {LEAVE_LIFT}"),
)
RESTRICTED_LIFT = "Your clinician's leave sets it, and a leave that names a higher stage lifts it."
ALSO_FOR = {"E10": ("E16b",), "E16b": ("E10",)}  # D-S: one stands in for the other, by swap or exclusion
# Runs of clean sessions from the first step to the next stage: one for each step up (PR1), and one on the gate step (D50).
GATE_RUNS = {Stage.CONTROL: 4, Stage.LOAD: 4, Stage.INTEGRATE: 2}
NO_END = 999  # days: from the last stage no gate leads on
WEEKS = 12  # of the plan, as the page shows it


class Turn(Struct, frozen=True):
    """One exercise of the session: what, how much, on which side, why, and what could stand in for it."""

    id: str
    name: str
    purpose: str
    slot: str
    number: int
    side: str
    doses: tuple[str, ...]
    form: str
    things: tuple[str, ...]
    load: str
    effort: str
    whys: tuple[saying.Why, ...]
    notes: tuple[str, ...]
    sources: tuple[Cited, ...]
    swaps: tuple[tuple[str, str], ...]
    trial: bool = False
    picture: str = ""  # the movement drawn: the exercise, or the way of doing it
    load_means: tuple[str, ...] = ()  # where the load sits, and what the next one would change
    weigh: bool = False  # a band that can be weighed


class Left(Struct, frozen=True):
    """An exercise the stage has and this plan does not give."""

    id: str
    name: str
    side: str
    whys: tuple[saying.Why, ...]


class Week(Struct, frozen=True):
    """One of the twelve weeks: the stage it can reach at the earliest, and a check at its end."""

    number: int
    stage: str  # empty for a week that is over
    check: bool
    now: bool


class Shown:
    """A plan, accepted or not, seen from one instant."""

    def __init__(self, course: Course, plan: Plan, *, knowledge: Knowledge, now: dt.datetime) -> None:
        self.plan = plan
        self.knowledge = knowledge
        self.now = now
        plans = course.plans if course.plan == plan else (*course.plans, (now, plan))
        self.course = replace(course, plan=plan, plans=plans)
        self.reading = Reading(self.course, knowledge=knowledge, now=now)

    @cached_property
    def selections(self) -> dict[Side, Selection]:
        """What each side gets and what is left out."""
        return select(self.course, plan=self.plan, knowledge=self.knowledge, now=self.now)

    @cached_property
    def _session(self) -> Session:
        """The session as it would be now; without its pauses, so that the plan can be read on any day."""
        today = session_on(self.course, knowledge=self.knowledge, now=self.now)
        if isinstance(today, Session):
            return today
        return Session(day=self.now.date(), items=items_for(self.reading))

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of a session as things stand."""
        return self._session.items

    @property
    def protocol(self) -> Protocol:
        """The programme followed."""
        return self.knowledge.protocols[self.plan.protocol]

    # ---- the week

    @property
    def often(self) -> int:
        """Sessions in a week."""
        return self.reading.calendar.frequency_on(self.now.date())

    @property
    def why_two(self) -> str:
        """Why there are two sessions a week; empty where there are three."""
        return self.reading.calendar.why_two(self.now.date())

    @property
    def minutes(self) -> int:
        """About how long a session takes; 0 where there is none to be had just now."""
        return self._session.minutes

    def weeks(self) -> list[Week]:
        """The twelve weeks, with the stage that each can reach at the earliest from here."""
        checks = check_days(self.knowledge, until=7 * WEEKS)
        side = min(SIDES, key=lambda each: self.plan.on(each).stage)
        low = self.plan.on(side).stage
        now = max(self.reading.calendar.week_of(self.now.date()), 1)
        return [
            Week(
                n,
                self._earliest(low, 7 * (n - now), left=self._days_left(side)) if n >= now else "",
                7 * n in checks,
                n == now,
            )
            for n in range(1, WEEKS + 1)
        ]

    @cached_property
    def top(self) -> Stage:
        """The stage this course leads to: her goal's, or the highest open to her (D71)."""
        return highest(self.reading)

    @property
    def above_top(self) -> tuple[Stage, str] | None:
        """The stage her goal needs where it is above the one she may reach, and who could lift that; else None (D71)."""
        needs = GOAL_STAGE[self.course.wish.goal]
        if needs <= self.top:
            return None
        facts = self.reading.person
        lift = (says for fact, says in WHO_LIFTS if facts.get(fact, "unknown") != "no")
        return needs, RESTRICTED_LIFT if self.plan.restricted else next(lift, RESTRICTED_LIFT)

    def _earliest(self, stage: Stage, day: int, *, left: int) -> str:
        top = self.top
        while day >= left and stage < top:
            stage = stage.above
            left += max(self._time(stage), self._days(GATE_RUNS.get(stage, 0) * self._run))
        return stage.value

    def _time(self, stage: Stage) -> int:
        """Days that a stage lasts at least (PR12)."""
        return NO_END if stage is Stage.RETURN else int(self.knowledge[f"stage_days_{stage.value}"])

    @property
    def _run(self) -> int:
        """Clean sessions in a row that take something up (PR1)."""
        return int(self.knowledge["clean_sessions_to_progress"])

    def _days(self, sessions: int) -> int:
        return -(-7 * sessions // self.often)

    def _days_left(self, side: Side) -> int:
        """Days that this stage takes at least from now: its time (PR12), and the clean sessions its gate still needs."""
        reading = self.reading
        steps = gate_steps(reading, self.selections[side])
        needed = (
            self._run * (gate - self._step(name, side) + 1) - len(run_of(reading, name, side))
            for name, gate in steps.items()
        )
        time = self._time(self.plan.on(side).stage) - days_in_stage(reading, side)
        return max(time, self._days(max((0, *needed))))

    def _step(self, name: str, side: Side) -> int:
        return standing(self.plan, side=side, exercise=self.knowledge.exercises[name]).step

    # ---- the exercises

    def turns(self) -> list[Turn]:
        """The exercises in the order of the session, both sides of one together."""
        groups: dict[tuple[str, bool], list[Item]] = {}
        for item in self.items:
            groups.setdefault((item.exercise, item.trial), []).append(item)
        return [self._turn(number, items) for number, items in enumerate(groups.values(), start=1)]

    def _turn(self, number: int, items: list[Item]) -> Turn:
        first = items[0]
        exercise = self.knowledge.exercises[first.exercise]
        chosen = [c for side in SIDES for c in self.selections[side].chosen if c.exercise == exercise.id]
        form = _form_name(exercise, first.form)
        reasons = [reason for item in items for reason in item.reasons]
        words = self.knowledge.words
        return Turn(
            id=exercise.id,
            name=exercise.name,
            purpose=exercise.purpose,
            slot=words["slot"].get(str(first.slot), ""),
            number=number,
            side=_sides(item.side for item in items),
            doses=_doses(items),
            form=form,
            picture=first.form or exercise.id,
            things=tuple(self._thing(thing) for thing in _needs(exercise, first.form)),
            load=self._load(first),
            load_means=weight.meaning(first, exercise=exercise, course=self.course, knowledge=self.knowledge),
            weigh=first.load.kind == "band",
            effort=words["effort"].get(first.effort, ""),
            whys=tuple(saying.whys(reasons, knowledge=self.knowledge)),
            notes=tuple(dict.fromkeys(note for c in chosen for note in c.notes)),
            sources=tuple(cited(exercise.sources, references=self.knowledge.references)),
            swaps=() if first.trial else tuple(self.swaps(exercise, chosen)),
            trial=first.trial,
        )

    def _thing(self, thing: str) -> str:
        return wording.word(thing, section="equipment", knowledge=self.knowledge)

    def _load(self, item: Item) -> str:
        if item.load.kind == "none":
            return ""
        if item.find:
            return "the lightest first; go up until the last repetitions are hard but clean"
        return wording.said(
            item.load.kind, section="load", knowledge=self.knowledge, kg=item.load.kg, band=item.load.band
        )

    # ---- left out

    def left_out(self) -> list[Left]:
        """What the stage has and this plan does not give, each with why; the same for both sides said once."""
        found: dict[tuple[str, tuple[str, ...]], list[Side]] = {}
        whys: dict[tuple[str, tuple[str, ...]], tuple[saying.Why, ...]] = {}
        for side in SIDES:
            for left in self.selections[side].left_out:
                said = tuple(saying.whys(left.reasons, knowledge=self.knowledge))
                key = (left.exercise, tuple(why.sentence for why in said))
                found.setdefault(key, []).append(side)
                whys[key] = said
        names = self.knowledge.exercises
        return [
            Left(key[0], names[key[0]].name, _sides(s.value for s in sides), whys[key]) for key, sides in found.items()
        ]

    # ---- swaps (D32)

    def swaps(self, exercise: Exercise, chosen: list[Chosen]) -> Iterator[tuple[str, str]]:
        """What could stand in for it now: tried out on a copy of the course, so that every row has its say."""
        now_in = {c.form or exercise.id for c in chosen}
        for to, name in _others(exercise, self.knowledge):
            if to not in now_in and self._would_take(exercise.id, to):
                yield to, name

    def _would_take(self, exercise: str, to: str) -> bool:
        swapped = Swapped(exercise=exercise, to=to)
        tried = replace(self.course, swaps=(*self.course.swaps, Dated(self.now, swapped, self.course.count + 1)))
        after = select(tried, plan=self.plan, knowledge=self.knowledge, now=self.now)
        form = "" if to == exercise else to
        return any(
            c.form == form if c.exercise == exercise and to not in ALSO_FOR.get(exercise, ()) else c.exercise == to
            for side in SIDES
            for c in after[side].chosen
            if c.exercise in (exercise, to)
        )


def _others(exercise: Exercise, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Its own forms and the exercises that may stand in for it, by id and name."""
    yield exercise.id, f"{exercise.name}, as described"
    for substitute in exercise.substitutes:
        yield substitute.id, substitute.name
    for other in ALSO_FOR.get(exercise.id, ()):
        yield other, knowledge.exercises[other].name


def _doses(items: list[Item]) -> tuple[str, ...]:
    """The dose in words; by side where the sides differ."""
    said = {item.side: dose_words(item.dose) for item in items}
    return (next(iter(said.values())),) if len(set(said.values())) == 1 else tuple(f"{s}: {d}" for s, d in said.items())


def _needs(exercise: Exercise, form: str) -> tuple[str, ...]:
    return next((substitute.needs for substitute in exercise.substitutes if substitute.id == form), exercise.equipment)


def _form_name(exercise: Exercise, form: str) -> str:
    return next((substitute.name for substitute in exercise.substitutes if substitute.id == form), "")


def _sides(sides: Any) -> str:
    found = list(dict.fromkeys(sides))
    if found == ["both"] or len(found) > 1:
        return "both sides"
    return f"{found[0]} side"


# ---- two plans side by side


class Difference(Struct, frozen=True):
    """What another programme would change."""

    joins: tuple[str, ...]
    leaves: tuple[str, ...]
    stays: tuple[str, ...]
    reordered: tuple[str, ...]  # the new order, where only that changes
    often: tuple[int, int]
    minutes: tuple[int, int]


def difference(before: Shown, after: Shown) -> Difference:
    """What changes from one to the other, exercises by name."""
    old, new = _names(before), _names(after)
    moved = list(old) != list(new) and old.keys() == new.keys()
    return Difference(
        joins=tuple(name for key, name in new.items() if key not in old),
        leaves=tuple(name for key, name in old.items() if key not in new),
        stays=tuple(name for key, name in new.items() if key in old),
        reordered=tuple(new.values()) if moved else (),
        often=(before.often, after.often),
        minutes=(before.minutes, after.minutes),
    )


def _names(shown: Shown) -> dict[str, str]:
    return {turn.id: turn.name for turn in shown.turns() if not turn.trial}


class Came(Struct, frozen=True):
    """How a side came to the stage it is in now: the day, the sentence, and the decision in the record."""

    on: dt.date
    sentence: str
    seq: int = 0  # 0 where a clinician set it


class Start(Struct, frozen=True):
    """Where a side starts and why; where it has moved on, how it came to where it is."""

    side: str
    stage: str
    name: str
    means: str
    began: str
    whys: tuple[saying.Why, ...]
    came: Came | None = None


def starts(plan: Plan, *, knowledge: Knowledge, course: Course) -> list[Start]:
    """Both sides' stages in words, with the rows that say so, and what brought them on since."""
    return [_start(plan, side, course, knowledge) for side in SIDES]


def _start(plan: Plan, side: Side, course: Course, knowledge: Knowledge) -> Start:
    at, words = plan.on(side), knowledge.words
    began = next((old for _, old in course.plans if old.made == plan.made), plan).on(side).stage
    return Start(
        side=side.value,
        stage=at.stage.value,
        name=words["stage"][at.stage.value],
        means=words["stage_means"][at.stage.value],
        began=f"{began.value}, {words['stage'][began.value].lower()}",
        whys=tuple(saying.whys(at.reasons or (Reason("C3"),), knowledge=knowledge)),
        came=None if at.stage is began else _came(course, side, at.stage, knowledge),
    )


def _came(course: Course, side: Side, stage: Stage, knowledge: Knowledge) -> Came | None:
    """The newest decision, or clinician's word, that took that side to this stage."""
    for dated in sorted((*course.decisions, *course.overrides), key=lambda each: each.at, reverse=True):
        body = dated.body
        changes = body.decision.changes if isinstance(body, Decided) else body.changes
        if not any(isinstance(change, StageTo) and (change.side, change.stage) == (side, stage) for change in changes):
            continue
        if not isinstance(body, Decided):
            return Came(dated.day, f"A clinician set this stage: {body.why}")
        return Came(dated.day, _because(body.decision, side, knowledge), dated.seq)
    return None


def _because(decision: Decision, side: Side, knowledge: Knowledge) -> str:
    """What took that side there: its own reason, else the other side's and that both stay close together (D23)."""
    down = [each for each in decision.reasons if each.rule.startswith("RG")]
    reasons = down or decision.reasons
    mine = next((each for each in reasons if each.values.get("side", side) in (side, BOTH)), None)
    if mine is None:
        return " ".join(wording.sentence(each, knowledge) for each in (reasons[0], Reason("D23")))
    passed = "The gate to it was passed. " if isinstance(decision, Progress) else ""
    return passed + wording.sentence(mine, knowledge)
