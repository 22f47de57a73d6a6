"""What holds at one instant, in the plain values that a case compares: stages, steps, rules, items, decisions."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from psoas.cases.exercising import label_of
from psoas.cases.happening import Story
from psoas.knowledge.schema import Knowledge
from psoas.knowledge.wording import sentence
from psoas.pathway import decisions as d
from psoas.pathway.admission import withheld
from psoas.pathway.counting import Reading
from psoas.pathway.due import check_due, form_due
from psoas.pathway.facts import person_facts
from psoas.pathway.following import followup_due
from psoas.pathway.gates import run_of
from psoas.pathway.selection import Selection, select
from psoas.pathway.session import session_on
from psoas.pathway.settling import profile_of
from psoas.pathway.standing import standing
from psoas.terms import BOTH, Dose, Level, Load, Reason, Side


class Decided:
    """A decision in plain values."""

    def __init__(self, decision: d.Decision, *, knowledge: Knowledge) -> None:
        self.decision = decision
        self.knowledge = knowledge
        self.kind = str(type(decision).__struct_config__.tag)
        self.rules = tuple(reason.rule for reason in decision.reasons)
        self.level = decision.level.value if isinstance(decision, d.Refer) else ""

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """What it changes, each in a line."""
        return tuple(shown_change(change) for change in self.decision.changes)

    @property
    def jumps(self) -> list[object]:
        """The rises of load that it warns of, in percent."""
        return [reason.values["jump"] for reason in self.decision.reasons if "jump" in reason.values]

    @property
    def says(self) -> tuple[str, ...]:
        """Its rows with their sentences."""
        return in_words(self.decision.reasons, knowledge=self.knowledge)

    @property
    def line(self) -> str:
        """The decision in one line."""
        return f"{self.kind} ({', '.join(self.rules)})" + (f": {'; '.join(self.changes)}" if self.changes else "")


def in_words(reasons: tuple[Reason, ...], *, knowledge: Knowledge) -> tuple[str, ...]:
    """Each row with its sentence."""
    return tuple(f"{reason.rule}: {sentence(reason, knowledge)}" for reason in reasons)


class View:
    """One look at a story at one instant: the course with the decisions then due, nothing written."""

    def __init__(self, story: Story, *, at: dt.datetime) -> None:
        self.story = story
        self.knowledge = story.knowledge
        self.at = at
        self.course, due = story.desk.look(at=at)
        self.decided = tuple(Decided(decision, knowledge=story.knowledge) for decision in (*story.made, *due))

    # ---- screen, tests, plan

    @cached_property
    def triage(self) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Level, rows fired, rows unknown, questions open."""
        match self.story.triage:
            case d.Refer(level=level, reasons=reasons, unknown=unknown):
                return level.value, tuple(dict.fromkeys(r.rule for r in reasons if r.rule not in unknown)), unknown, ()
            case d.AskMore(questions=questions):
                return "open", (), (), questions
            case d.Cleared(reasons=reasons):
                return Level.SELF_CARE.value, tuple(dict.fromkeys(reason.rule for reason in reasons)), (), ()
        return "not screened", (), (), ()

    @property
    def triage_says(self) -> tuple[str, ...]:
        """The sentences of the rows."""
        return in_words(getattr(self.story.triage, "reasons", ()), knowledge=self.knowledge)

    def profile(self, side: Side) -> dict[str, Any] | None:
        """The profile of that side; None before the tests."""
        plan = self.course.plan
        profile = plan.profile if plan else profile_of(self.course, knowledge=self.knowledge, now=self.at)
        if not isinstance(profile, d.Profile):
            return None
        of = profile.on(side)
        return {"label": of.label, "T": of.length, "W": of.weak.value, "I": of.inhibited.value, "confidence": of.confidence,
                "length_confidence": of.length_confidence, "provisional": of.provisional, "tags": of.tags,
                "rows": [reason.rule for reason in of.rows]}  # fmt: skip

    @property
    def no_plan(self) -> tuple[str, ...] | None:
        """Why there is no plan, by rule or by the tests and questions it waits for; None where there is one."""
        made = self.story.no_plan
        if made is None and self.course.plan is not None:
            return None
        found = tuple(reason.rule for reason in getattr(made, "reasons", ()))
        return (*found, *getattr(made, "tests", ()), *getattr(made, "questions", ()))

    @property
    def stops(self) -> list[str]:
        """The rows that stop the course."""
        return [stop.row for stop in self.course.stops]

    @cached_property
    def reading(self) -> Reading | None:
        """The course looked at from this instant; None without a plan."""
        return Reading(self.course, knowledge=self.knowledge, now=self.at) if self.course.plan else None

    def plan(self, field: str) -> Any:
        """One value of the plan as a whole."""
        plan, reading = self.course.plan, self.reading
        if plan is None or reading is None:
            return "no plan"
        check = check_due(reading)
        values: dict[str, Any] = {
            "frequency": reading.calendar.frequency_on(self.at.date()),
            "day": reading.calendar.plan_day(self.at.date()),
            "week": reading.calendar.week_of(self.at.date()),
            "check": check.day if check else 0,
            "form_due": form_due(reading),
            "followup_due": followup_due(reading),
            "top": plan.top.value,
        }
        return values[field] if field in values else getattr(plan, field)

    # ---- one side

    def stage(self, side: Side) -> str:
        """The stage of that side."""
        return self.course.plan.on(side).stage.value if self.course.plan else "no plan"

    def because(self, side: Side) -> tuple[str, ...]:
        """The rows for which that side started where it did."""
        return tuple(reason.rule for reason in self.course.plan.on(side).reasons) if self.course.plan else ()

    def zone(self, side: Side) -> str:
        """The zone of the last session."""
        sats = self.course.sats
        return self.reading.zone(len(sats) - 1, side) if self.reading and sats else "no session"

    def steps(self, side: Side, exercise: str) -> int:
        """The step on which the exercise stands."""
        return self._standing(side, exercise).step

    def loads(self, side: Side, exercise: str) -> str:
        """The load with which it stands."""
        return shown_load(self._standing(side, exercise).load)

    def _standing(self, side: Side, exercise: str) -> d.Held:
        plan = self.course.plan
        if plan is None:
            return d.Held(step=0, since=self.at)
        return standing(plan, side=side, exercise=self.knowledge.exercises[exercise])

    def runs(self, side: Side, exercise: str) -> int:
        """The run of clean sessions there."""
        return len(run_of(self.reading, exercise, side)) if self.reading else 0

    # ---- what is given

    @cached_property
    def _selections(self) -> dict[Side, Selection]:
        plan = self.course.plan
        return select(self.course, plan=plan, knowledge=self.knowledge, now=self.at) if plan else {}

    def gives(self, side: Side) -> list[str]:
        """The exercises of that side in the order of the session."""
        return [chosen.exercise for chosen in self._selections[side].chosen] if self._selections else []

    def left_out(self, side: Side) -> dict[str, tuple[str, ...]]:
        """What was left out, by rule."""
        out = self._selections[side].left_out if self._selections else ()
        return {one.exercise: tuple(reason.rule for reason in one.reasons) for one in out}

    def left_out_lines(self, side: Side) -> tuple[str, ...]:
        """What was left out, in lines."""
        return tuple(f"{exercise} is out by {', '.join(rules)}" for exercise, rules in self.left_out(side).items())

    def tests_out(self, test: str) -> tuple[str, ...]:
        """The rules that leave this self-test out, each once."""
        facts = person_facts(self.course, now=self.at, knowledge=self.knowledge)
        return tuple(dict.fromkeys(why.rule for why in withheld(self.knowledge.measures[test], facts=facts)))

    def modified(self, side: Side) -> list[str]:
        """Exercises done in a modified way."""
        return [c.exercise for c in self._selections[side].chosen if c.notes] if self._selections else []

    def forms(self, side: Side, exercise: str) -> str:
        """The form in which it is given."""
        found = (
            (c.form for c in self._selections[side].chosen if c.exercise == exercise) if self._selections else iter(())
        )
        return next(found, "not given")

    # ---- today

    @cached_property
    def today(self) -> d.Today:
        """Session, rest or pause."""
        return session_on(self.course, knowledge=self.knowledge, now=self.at)

    @property
    def today_kind(self) -> str:
        """Which of the three."""
        return str(type(self.today).__struct_config__.tag)

    @property
    def today_rules(self) -> list[str]:
        """The rows named for it."""
        return [reason.rule for reason in self.today.reasons]

    @property
    def today_says(self) -> tuple[str, ...]:
        """The same in words."""
        return in_words(self.today.reasons, knowledge=self.knowledge)

    @property
    def today_level(self) -> str:
        """How soon somebody must see her."""
        level = getattr(self.today, "level", None)
        return level.value if isinstance(level, Level) else ""

    @property
    def until(self) -> dt.datetime | None:
        """Until when to rest."""
        return self.today.until if isinstance(self.today, d.Rest) else None

    @property
    def asks(self) -> tuple[str, ...]:
        """What a pause asks for."""
        return self.today.asks if isinstance(self.today, d.Paused) else ()

    @cached_property
    def items(self) -> list[str]:
        """Today's items by name and side, the trial marked."""
        shown = self.today.items if isinstance(self.today, d.Session) else ()
        return [("trial " if item.trial else "") + label_of(item) for item in shown]

    def _item(self, side: Side, exercise: str) -> d.Item | None:
        shown = self.today.items if isinstance(self.today, d.Session) else ()
        found = (
            item for item in shown if item.exercise == exercise and item.side in (side.value, BOTH) and not item.trial
        )
        return next(found, None)

    def doses(self, side: Side, exercise: str) -> str:
        """The dose in today's session."""
        item = self._item(side, exercise)
        return shown_dose(item.dose) if item else "not given"

    def item_loads(self, side: Side, exercise: str) -> str:
        """The load in today's session."""
        item = self._item(side, exercise)
        return shown_load(item.load) if item else "not given"


def shown_dose(dose: Dose) -> str:
    """A dose as it is written.

    >>> shown_dose(Dose(sets=2, reps=4, hold_s=5)), shown_dose(Dose(sets=4, metres=10))
    ('2 x 4 x 5 s', '4 x 10 m')
    """
    if dose.metres:
        return f"{dose.sets} x {dose.metres} m"
    reps = f" x {dose.reps}" if dose.reps > 1 or not dose.hold_s else ""
    return f"{dose.sets}{reps}" + (f" x {dose.hold_s} s" if dose.hold_s else "")


def shown_load(load: Load) -> str:
    """A load as it is written.

    >>> shown_load(Load(kind="band", band=2))
    'band 2'
    """
    return {"kg": f"{load.kg} kg", "band": f"band {load.band}", "hand": "hand"}.get(load.kind, "")


def shown_change(change: d.Change) -> str:
    """One change of a decision in a line."""
    match change:
        case d.StageTo(side=side, stage=stage):
            return f"stage {side} {stage}"
        case d.StepTo():
            return _shown_step(change)
        case d.CutNext(exercise=exercise, side=side):
            return f"cut {exercise} {side}"
        case d.Leaves(exercise=exercise, side=side, until=until):
            return f"leaves {exercise} {side} until {until}"
        case d.Joins(exercise=exercise, side=side, step=step):
            return f"joins {exercise} {side} step {step}"
        case d.Closes(exercise=exercise, side=side, step=step, until=until):
            return f"closes {exercise} {side} step {step} until {until}"
        case d.TrialSeen(side=side, stage=stage, passed=passed):
            return f"trial {side} {stage} {'passed' if passed else 'failed'}"
        case d.LoadFound(exercise=exercise, side=side, load=load, find=find):
            return f"load {exercise} {side} {shown_load(load)}" + (" still sought" if find else "")
    return _shown_overall(change)


def _shown_step(change: d.StepTo) -> str:
    line = f"step {change.exercise} {change.side} {change.was} -> {change.step}"
    extra = f" with {change.extra_reps:+d} repetitions" if change.extra_reps else ""
    return line + extra + (f", {shown_load(change.load)}" if change.load != change.was_load else "")


def _shown_overall(change: d.Change) -> str:
    match change:
        case d.TrialDue(side=side):
            return f"trial due {side}"
        case d.DeloadWeek(first=first, last=last):
            return f"lighter {first} to {last}"
        case d.FrequencyFrom(week=week, sessions=sessions):
            return f"{sessions} a week from week {week}"
        case d.CheckSettled(day=day):
            return f"check {day}"
        case d.HeldUntil(until=until, rows=rows):
            return f"held until {until} for {', '.join(rows)}"
        case d.Stops(level=level, rows=rows):
            return f"stops {level} {', '.join(rows)}"
        case d.Lifted(rows=rows):
            return f"lifted {', '.join(rows)}"
        case d.RunningOut(out=out):
            return "running out" if out else "running back"
        case d.TopTo(stage=stage):
            return f"top {stage}"
        case d.CautionTo(caution=caution):
            return "caution" if caution else "caution over"
        case d.ModeTo(mode=mode):
            return f"mode {mode}"
    return "relabelled" if isinstance(change, d.Relabelled) else str(change)
