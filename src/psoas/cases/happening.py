"""Events into entries: each event of a case is written down as the desk writes it (pathway.writing)."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from msgspec.structs import replace

from psoas.cases import format as f
from psoas.cases import telling
from psoas.cases.desk import Desk
from psoas.cases.exercising import load_of, pains, session_otherwise, trial_sets, unmatched
from psoas.cases.sense import filled, instants
from psoas.knowledge.schema import Knowledge
from psoas.pathway import record as r
from psoas.pathway import writing
from psoas.pathway.decisions import (
    AskMore,
    Change,
    Decision,
    Joins,
    NoProtocolFits,
    Paused,
    Plan,
    Rest,
    StageTo,
    StepTo,
    TestMore,
    Triage,
)
from psoas.pathway.seen import Sat
from psoas.pathway.standing import standing
from psoas.terms import SIDES, Side

PROTOCOL = "integrated@2026-11-01"
CLINICIAN = r.Author(role="clinician")
MOST_TRIALS = 6  # a trial that fails begins the session anew on a lower stage, and there are six


class Written(NamedTuple):
    """What an event wrote, by entry id, and what stood in its way."""

    entries: tuple[str, ...] = ()
    said: str = ""


class Story:
    """One case while it runs: its desk, the newest triage, and what stands in the way of a plan."""

    def __init__(self, case: f.Case, *, knowledge: Knowledge) -> None:
        self.case = case
        self.knowledge = knowledge
        self.desk = Desk(knowledge)
        self.triage: Triage | None = None
        self.no_plan: NoProtocolFits | Triage | TestMore | None = None
        self.refused: Paused | Rest | None = None
        self.written: dict[tuple[str, int], tuple[str, ...]] = {}
        self.sessions = 0

    @property
    def made(self) -> list[Decision]:
        """The decisions made at the event at hand."""
        return self.desk.made

    def happen(self, event: f.Event) -> list[str]:
        """Write the event down, at each of its instants; what stood in the way, as sentences."""
        self.desk.made = []
        said: list[str] = []
        for number, at in enumerate(instants(event.at), start=1):
            wrote = self._at(event, at)
            self.written[event.id, number] = wrote.entries
            said += [wrote.said] if wrote.said else []
        return said

    def _at(self, event: f.Event, at: dt.datetime) -> Written:
        """Write the event down at one instant."""
        match event:
            case f.Start() | f.Suppose():
                return self._start(event, at)
            case f.Intake():
                return self._intake(event, at)
            case f.Screen():
                return self._screen(event, at)
            case f.Tests():
                return self._tests(event, at)
            case f.MakePlan():
                return self._plan(event, at)
            case f.Day():
                return self._told(self._how_she_is(event, at), at)
            case f.Session():
                return self._session(event, at)
            case f.Morning():
                return self._morning(event, at)
            case f.Override():
                return self._override(event, at)
            case f.Correct():
                return self._correct(event, at)
            case f.Look():
                return Written()
        return self._plain(event, at)

    def _write(self, body: r.Body, at: dt.datetime, *, author: r.Author = r.PERSON) -> str:
        return self.desk.write(body, at=at, author=author).id

    def _plain(self, event: f.Event, at: dt.datetime) -> Written:
        quoted = not isinstance(event, f.Cleared) or event.quoted
        return Written((self._write(telling.plain(event), at, author=r.PERSON if quoted else CLINICIAN),))

    # ---- from the first question to the plan

    def _start(self, event: f.Start | f.Suppose, at: dt.datetime) -> Written:
        self._write(r.EpisodeOpened(protocol=event.protocol or PROTOCOL), at)
        self._intake(event, at)
        screened = self._screen(event, at)
        for leave in event.clearances if isinstance(event, f.Suppose) else ():
            self._write(telling.clearance(leave), at, author=r.PERSON if leave.quoted else CLINICIAN)
        self._tests(event, at)
        return Written(screened.entries, screened.said or self._plan(event, at).said)

    def _intake(self, event: f.Event, at: dt.datetime) -> Written:
        person = (event.person if isinstance(event, f.Intake) else None) or self.case.person
        if not self.desk.entries:
            self._write(r.EpisodeOpened(protocol=PROTOCOL), at)
        told = self._write(telling.taken_in(person), at)
        return Written((told, self._write(telling.wished(self.case.wishes), at)))

    def _screen(self, event: f.Event, at: dt.datetime) -> Written:
        said = event.but if isinstance(event, f.Screen) else {}
        told = self._now_told(event, at) if isinstance(event, f.Screen) else ()
        answers = filled({**self.case.screen, **said}, knowledge=self.knowledge)
        self.triage = writing.triage_of(self.desk.course, answers, knowledge=self.knowledge, now=at)
        body = writing.screened(self.desk.course, answers, knowledge=self.knowledge, now=at)
        if not isinstance(body, AskMore):
            return Written((*told, self._write(body, at)))
        wanted = event.expect is not None and event.expect.triage is not None
        return Written((), "" if wanted else f"the screen is not settled; {named(body)}")

    def _now_told(self, event: f.Screen, at: dt.datetime) -> tuple[str, ...]:
        """Pain now, told with a full screen during a plan (D12)."""
        if event.now is None:
            return ()
        return self._told(self._how_she_is(f.Day(at=at, now=event.now, limp=event.limp), at), at).entries

    def _tests(self, event: f.Event, at: dt.datetime) -> Written:
        found = (event.findings if isinstance(event, f.Tests) else None) or self.case.findings
        return (
            Written() if found is None else Written((self._write(r.Tested(findings=telling.findings_of(found)), at),))
        )

    def _plan(self, event: f.Start | f.MakePlan | f.Suppose, at: dt.datetime) -> Written:
        protocol = event.protocol or self.desk.course.protocol or PROTOCOL
        made = writing.drafted(self.desk.course, protocol=protocol, knowledge=self.knowledge, now=at)
        self.no_plan = None if isinstance(made, Plan) else made
        if not isinstance(self.triage, AskMore):
            self.triage = writing.cleared_now(self.desk.course, knowledge=self.knowledge, now=at) or self.triage
        if isinstance(made, Plan):
            return Written((self._write(writing.planned(made), at),))
        expects = event.expect
        wanted = expects is not None and (expects.no_plan is not None or expects.triage is not None)
        return Written((), "" if wanted else f"no plan could be made: {named(made)}")

    # ---- days and sessions

    def _told(self, body: r.Body | AskMore, at: dt.datetime) -> Written:
        if isinstance(body, AskMore):
            return Written((), f"the mini-screen is not settled; {named(body)}")
        return Written((self._write(body, at),))

    def _how_she_is(self, event: f.Day | f.Session, at: dt.datetime) -> r.DayAnswered | AskMore:
        session = isinstance(event, f.Session) or event.for_session
        now, limp = (event.before, event.limp_before) if isinstance(event, f.Session) else (event.now, event.limp)
        gates = (q.id for q in self.knowledge.questions.values() if q.mini and session)
        told = writing.DayTold(now=pains(now), limp=limp, answers={**dict.fromkeys(gates, "no"), **event.mini},
                               recovered=event.recovered, news=event.news, for_session=session)  # fmt: skip
        return writing.day_answered(self.desk.course, told, knowledge=self.knowledge, now=at)

    def _session(self, event: f.Session, at: dt.datetime) -> Written:
        asked = self._told(self._how_she_is(event, at), at)
        stands = asked.said or self._begin(event, at)
        if stands or self.desk.course.open is None:
            return Written(asked.entries, stands)
        if not self._swapped(self.desk.course.open, event, at):
            return Written(asked.entries, f"the session of {at.isoformat()} does not allow these swaps")
        missing = unmatched(self.desk.course.open.done.shown.items, event)
        if missing:
            return Written(asked.entries, f"the session of {at.isoformat()} does not have {missing}")
        ended = at + dt.timedelta(minutes=event.minutes)
        done = self._ended(self.desk.course.open.done, event, ended)
        wrote = (*asked.entries, self._write(done, ended))
        if event.morning is None:
            return Written(wrote)
        when = dt.datetime.combine(at.date() + dt.timedelta(days=1), event.morning.at, tzinfo=at.tzinfo)
        return Written((*wrote, self._write(telling.morning(event.morning, session=done.session), when)))

    def _begin(self, event: f.Session, at: dt.datetime) -> str:
        """Begin, and begin anew on the lower stage as long as a trial fails; what stood in the way."""
        for _ in range(MOST_TRIALS):
            begun = self._begun(event, at)
            if not isinstance(begun, r.SessionBegun):
                self.refused = begun
                wanted = event.expect is not None and event.expect.today is not None
                return "" if wanted else f"no session could begin at {at.isoformat()}: {named(begun)}"
            self._write(begun, at)
            if not self._tried(begun, event, at):
                return ""
        return "a trial failed at every stage"

    def _swapped(self, sat: Sat, event: f.Session, at: dt.datetime) -> bool:
        """Swap what is done otherwise before its first set; whether all of it may be (D32)."""
        names = [item.exercise for item in sat.done.shown.items]
        for old, to in event.swaps.items():
            if old not in names:
                return False
            course, place = self.desk.course, names.index(old)
            swap = writing.swapped(sat, course=course, place=place, to=to, knowledge=self.knowledge, now=at)
            if swap is None:
                return False
            self._write(swap, at)
        return True

    def _tried(self, begun: r.SessionBegun, event: f.Session, at: dt.datetime) -> bool:
        """Do the trial sets, until one moves a stage; whether one did."""
        before = self._stages()
        for trial in trial_sets(begun, event):
            self._write(trial, at)
            if before != self._stages():
                return True
        return False

    def _stages(self) -> list[str]:
        plan = self.desk.course.plan
        return [plan.on(side).stage.value for side in SIDES] if plan else []

    def _begun(self, event: f.Session, at: dt.datetime) -> r.SessionBegun | Paused | Rest:
        self.sessions += 1
        name, course = f"s{self.sessions}", self.desk.course
        body = writing.begun(course, session=name, knowledge=self.knowledge, now=at)
        if isinstance(body, r.SessionBegun) or not event.anyway or not course.sats:
            return body
        shown = course.sats[-1].done.shown  # against advice: what the last session showed, once more
        return r.SessionBegun(
            session=name, shown=shown, before=pains(event.before), stressors=event.news, recovered=event.recovered
        )

    def _ended(self, opened: r.SessionDone, event: f.Session, ended: dt.datetime) -> r.SessionDone:
        by = "pain_rule" if event.stops_at else event.ended_by
        trials = tuple(t.body.done for t in self.desk.course.trials if t.body.done.session == opened.session)
        return replace(session_otherwise(opened, event, trials=trials), ended=ended, ended_by=by)

    def _morning(self, event: f.Morning, at: dt.datetime) -> Written:
        sats = self.desk.course.sats
        if not sats:
            return Written((), "there is no session whose morning this could be")
        return Written((self._write(telling.morning(event, session=sats[-1].done.session), at),))

    # ---- a clinician's hand, and corrections

    def _override(self, event: f.Override, at: dt.datetime) -> Written:
        plan = self.desk.course.plan
        if plan is None:
            return Written((), "there is no plan to change")
        changes: list[Change] = [
            StageTo(side=side, stage=stage, how="clinician") for side, stage in event.stage.items()
        ]
        changes += [Joins(exercise=name, side=side.value) for side, names in event.joins.items() for name in names]
        changes += [self._step(plan, event, side, name) for side in SIDES for name in _stepped(event, side)]
        return Written((self._write(r.Overridden(changes=tuple(changes), why=event.why), at, author=CLINICIAN),))

    def _step(self, plan: Plan, event: f.Override, side: Side, name: str) -> StepTo:
        held = standing(plan, side=side, exercise=self.knowledge.exercises[name])
        said = event.loads.get(side, {}).get(name, "")
        return StepTo(
            exercise=name,
            side=side.value,
            step=event.steps.get(side, {}).get(name, held.step),
            was=held.step,
            load=load_of(said) if said else held.load,
            was_load=held.load,
            extra_reps=event.extra.get(side, {}).get(name, 0),
        )

    def _correct(self, event: f.Correct, at: dt.datetime) -> Written:
        entries = [self.desk.entry(one) for one in self.written.get((event.which, event.nth), ())]
        wrote = []
        for entry in entries:
            by = None if event.by is None else self._otherwise(entry.body, event.by, entry.at)
            if by != entry.body:
                wrote.append(self._write(r.Corrected(replaces=entry.id, by=by, why=event.why), at))
        return Written(tuple(wrote), "" if wrote else f'the correction of "{event.which}" changes nothing')

    def _otherwise(self, body: r.Body, event: f.Event, at: dt.datetime) -> r.Body | None:
        """What the entry says, had the event been told like this; None where nothing can be said in its place."""
        match body, event:
            case r.DayAnswered(), f.Day() | f.Session():
                told = self._how_she_is(event, at)
                return None if isinstance(told, AskMore) else told
            case r.DayAnswered(), f.Screen():
                return body
            case r.SessionDone(), f.Session():
                return session_otherwise(body, event)
            case r.Screened(), f.Screen():
                answers = filled({**self.case.screen, **event.but}, knowledge=self.knowledge)
                screened = writing.screened(self.desk.course, answers, knowledge=self.knowledge, now=at)
                return None if isinstance(screened, AskMore) else screened
        return telling.otherwise(body, event, case=self.case)


def _stepped(event: f.Override, side: Side) -> list[str]:
    """The exercises whose step, load or repetitions are set on that side."""
    told = (event.steps, event.loads, event.extra)
    return list(dict.fromkeys(name for table in told for name in table.get(side, {})))


def named(made: object) -> str:
    """A refusal in short: its rules, or what is asked for."""
    match made:
        case Rest(until=until, reasons=reasons):
            return f"rest until {until.isoformat()} ({', '.join(reason.rule for reason in reasons)})"
        case Paused(reasons=reasons, asks=asks):
            return f"paused ({', '.join(reason.rule for reason in reasons)}; asks for {', '.join(asks) or 'nothing'})"
        case TestMore(tests=tests):
            return "tests are needed first: " + ", ".join(tests)
        case AskMore(questions=questions):
            return "still to be asked: " + ", ".join(questions[:6])
    return ", ".join(reason.rule for reason in getattr(made, "reasons", ())) or type(made).__name__


def supposed(case: f.Case, event: f.Suppose, *, knowledge: Knowledge) -> Story:
    """A story of its own, begun with what the supposition changes."""
    screen = case.screen if event.screen is None else event.screen
    changed = replace(case, person=event.person or case.person, wishes=event.wishes or case.wishes, screen=screen,
                      findings=event.findings or case.findings)  # fmt: skip
    return Story(changed, knowledge=knowledge)
