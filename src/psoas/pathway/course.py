"""The present of one episode as a pure fold over its record: `course_of(entries)`, one `evolve` per entry.

Corrections are resolved first, so that a corrected record folds as if said right from the start. A red flag anywhere
in the record is a stop in the course until a decision lifts it, and while there is one no session can be built.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.pathway import record as r
from psoas.pathway.answers import told
from psoas.pathway.change import apply, served_cut
from psoas.pathway.decisions import Change, Lifted, Plan, StageTo, Stops
from psoas.pathway.leave import as_far_as_it_goes, still_covered
from psoas.pathway.seen import Dated, Sat, Stop, Trial, corrected, in_order, late, opened, swapped_in, without_trials
from psoas.terms import SIDES, Level


class Course(Struct, frozen=True, kw_only=True):
    """Everything the decisions may look at. Nothing here is stored; all of it is folded from the record."""

    protocol: str = ""
    count: int = 0
    facts: dict[str, Any] = {}
    stops: tuple[Stop, ...] = ()
    stopped: tuple[tuple[dt.date, dt.date], ...] = ()  # spans of stops that were lifted, ends included
    screens: tuple[Dated, ...] = ()
    intakes: tuple[Dated, ...] = ()
    wishes: tuple[Dated, ...] = ()
    bands: tuple[Dated, ...] = ()  # weighed
    tests: tuple[Dated, ...] = ()
    plan: Plan | None = None
    plans: tuple[tuple[dt.datetime, Plan], ...] = ()
    sats: tuple[Sat, ...] = ()
    open: Sat | None = None
    trials: tuple[Dated, ...] = ()  # trial sets (D24), apart from the sessions
    mornings: dict[str, tuple[Dated, ...]] = {}
    days: tuple[Dated, ...] = ()
    weeks: tuple[Dated, ...] = ()
    checks: tuple[Dated, ...] = ()
    followups: tuple[Dated, ...] = ()
    forms: tuple[Dated, ...] = ()
    clearances: tuple[Dated, ...] = ()
    seens: tuple[Dated, ...] = ()
    replies: tuple[Dated, ...] = ()
    reports: tuple[Dated, ...] = ()
    decisions: tuple[Dated, ...] = ()
    swaps: tuple[Dated, ...] = ()
    overrides: tuple[Dated, ...] = ()
    corrections: tuple[Dated, ...] = ()

    @property
    def intake(self) -> r.TakenIn | None:
        """What was said at intake; the newest counts after a re-opening."""
        return self.intakes[-1].body if self.intakes else None

    @property
    def wish(self) -> r.Wished:
        """Her equipment, goal and preferences as they now are."""
        return self.wishes[-1].body if self.wishes else NO_WISHES


NO_WISHES = r.Wished(equipment=r.Equipment())
NO_ROWS: frozenset[str] = frozenset()


def course_of(entries: Iterable[r.Entry], *, knowledge: Knowledge) -> Course:
    """The course that these entries tell, corrections resolved first; entries come in the order of `seq`."""
    course, count = Course(), 0
    for entry in corrected(entries):
        course, count = _evolved(course, entry, knowledge), entry.seq
    return replace(course, count=count)


def evolve(course: Course, entry: r.Entry, *, knowledge: Knowledge) -> Course:
    """The course after one more entry. Unknown to it are only entries older than the types: those are upcast before."""
    return replace(_evolved(course, entry, knowledge), count=entry.seq)


def _evolved(course: Course, entry: r.Entry, knowledge: Knowledge) -> Course:
    if course.open is not None and _forgotten(course.open, entry):
        course = _left(course)
    return _TOLD[type(entry.body)](course, entry, entry.body, knowledge)


_NOTED: dict[type, str] = {
    r.TakenIn: "intakes",
    r.Wished: "wishes",
    r.BandWeighed: "bands",
    r.Tested: "tests",
    r.WeekAnswered: "weeks",
    r.CheckAnswered: "checks",
    r.FollowedUp: "followups",
    r.FormChecked: "forms",
    r.Clearance: "clearances",
    r.Seen: "seens",
    r.Replied: "replies",
    r.ChangeReported: "reports",
    r.Swapped: "swaps",
    r.Corrected: "corrections",
}


def _noted(course: Course, entry: r.Entry, body: Any, knowledge: Knowledge) -> Course:
    """Kept as it was told, with its instant and its place."""
    field = _NOTED[type(body)]
    return replace(course, **{field: (*getattr(course, field), Dated(entry.at, body, entry.seq))})


def _allowed(course: Course, entry: r.Entry, given: r.Clearance, knowledge: Knowledge) -> Course:
    return _noted(course, entry, as_far_as_it_goes(given, on=entry.day, knowledge=knowledge), knowledge)


def _agreed(course: Course, entry: r.Entry, body: r.Planned, knowledge: Knowledge) -> Course:
    return _planned(course, body.plan, entry)


def _under(course: Course, entry: r.Entry, body: r.EpisodeOpened | r.ProtocolAdopted, knowledge: Knowledge) -> Course:
    going_on = replace(course.plan, protocol=body.protocol) if course.plan else None
    return _planned(replace(course, protocol=body.protocol), going_on, entry)


def _planned(course: Course, plan: Plan | None, entry: r.Entry) -> Course:
    if plan is None:
        return course
    return replace(course, plan=plan, plans=(*course.plans, (entry.at, plan)))


# ---- screens and stops


def _answered(course: Course, entry: r.Entry, body: r.DayAnswered, knowledge: Knowledge) -> Course:
    told = replace(course, days=(*course.days, Dated(entry.at, body, entry.seq)))
    return _stopped(told, body, entry.at, knowledge)


def _screened(course: Course, entry: r.Entry, body: r.Screened, knowledge: Knowledge) -> Course:
    covered = still_covered(course.clearances, body.answers, was=course.facts, on=entry.day, knowledge=knowledge)
    screens, facts = (*course.screens, Dated(entry.at, body, entry.seq)), {**course.facts, **told(body.answers)}
    return _stopped(replace(course, screens=screens, facts=facts), body, entry.at, knowledge, covered)


def _stopped(course: Course, body: Any, at: dt.datetime, knowledge: Knowledge, but: frozenset[str] = NO_ROWS) -> Course:
    if not body.fired and not body.unknown:
        return course
    fired = (Stop(row, _level(row, knowledge, body.level), at) for row in body.fired)
    unknown = (Stop(row, Level.CLINICIAN, at, True) for row in body.unknown)
    new = tuple(stop for stop in (*fired, *unknown) if stop.row not in but)
    return replace(course, stops=_merged(course.stops, new)) if new else course


def _level(row: str, knowledge: Knowledge, otherwise: Level) -> Level:
    flag = knowledge.red_flags.get(row)
    return flag.level if flag else otherwise


def _merged(stops: tuple[Stop, ...], new: tuple[Stop, ...]) -> tuple[Stop, ...]:
    rows = {stop.row for stop in new}
    return (*(stop for stop in stops if stop.row not in rows), *new)


# ---- decisions


def _decided(course: Course, entry: r.Entry, body: r.Decided, knowledge: Knowledge) -> Course:
    decision = body.decision
    course = replace(course, decisions=(*course.decisions, Dated(entry.at, body, entry.seq)))
    if decision.moment == "trial" and any(isinstance(change, StageTo) for change in decision.changes):
        course = replace(course, open=None)  # the session was written for another stage; it begins anew (D24)
    return _carried_out(course, decision.changes, entry)


def _overridden(course: Course, entry: r.Entry, body: r.Overridden, knowledge: Knowledge) -> Course:
    grown = replace(course, overrides=(*course.overrides, Dated(entry.at, body, entry.seq)))
    return _carried_out(grown, body.changes, entry)


def _carried_out(course: Course, changes: tuple[Change, ...], entry: r.Entry) -> Course:
    for change in changes:
        match change:
            case Stops(level=level, rows=rows):
                new = tuple(Stop(row, level, entry.at) for row in rows)
                course = replace(course, stops=_merged(course.stops, new))
            case Lifted(rows=rows):
                course = _lifted(course, rows, entry.day)
    if course.plan is None or not changes:
        return course
    return _planned(course, apply(course.plan, changes, at=entry.at), entry)


def _lifted(course: Course, rows: tuple[str, ...], day: dt.date) -> Course:
    stays = tuple(stop for stop in course.stops if stop.row not in rows)
    yesterday = day - dt.timedelta(days=1)
    spans = tuple((stop.at.date(), yesterday) for stop in course.stops if stop.row in rows)
    return replace(course, stops=stays, stopped=(*course.stopped, *(s for s in spans if s[0] <= s[1])))


# ---- sessions


def _begun(course: Course, entry: r.Entry, body: r.SessionBegun, knowledge: Knowledge) -> Course:
    return replace(_left(course), open=Sat(entry.seq, opened(body, entry.at), closed=False))


def _morning(course: Course, entry: r.Entry, body: r.MorningAnswered, knowledge: Knowledge) -> Course:
    told = (*course.mornings.get(body.session, ()), Dated(entry.at, body, entry.seq))
    return replace(course, mornings={**course.mornings, body.session: told})


def _forgotten(sat: Sat, entry: r.Entry) -> bool:
    """Nobody ended the open session, and something else was written on a later date: it is over."""
    if entry.day <= sat.day:
        return False
    body = entry.body
    own = isinstance(body, (r.SetDone, r.ItemSkipped, r.Swapped, r.SessionDone)) and body.session == sat.done.session
    return not own


def _left(course: Course) -> Course:
    """An open session that nobody ended: with a set in it, it was a session (D35); without one, it never was."""
    if course.open is None or not course.open.done.worked:
        return replace(course, open=None) if course.open else course
    return _counted(replace(course, open=None), replace(course.open, closed=True))


def _set_done(course: Course, entry: r.Entry, done: r.SetDone, knowledge: Knowledge) -> Course:
    own = course.open if course.open is not None and course.open.done.session == done.session else None
    sat = own or next((sat for sat in course.sats if sat.done.session == done.session), None)
    if sat is None:
        return course
    item = sat.done.shown.items[done.item]
    if item.trial:  # told late it is still the trial of its session (D24)
        return replace(course, trials=(*course.trials, Dated(sat.done.began, Trial(item, done))))
    if own is not None:
        return replace(course, open=replace(own, done=r.with_sets(own.done, (*own.done.sets, done), ended=entry.at)))
    return replace(course, sats=tuple(late(sat, done) for sat in course.sats))


def _swapped(course: Course, entry: r.Entry, body: r.Swapped, knowledge: Knowledge) -> Course:
    course = _noted(course, entry, body, knowledge)
    return replace(course, open=swapped_in(course.open, body)) if course.open is not None else course


def _skipped(course: Course, entry: r.Entry, body: r.ItemSkipped, knowledge: Knowledge) -> Course:
    if course.open is None or course.open.done.session != body.session:
        return course
    done, skip = course.open.done, r.Skip(item=body.item, why=body.why)
    return replace(course, open=replace(course.open, done=replace(done, skips=(*done.skips, skip))))


def _sat(course: Course, entry: r.Entry, done: r.SessionDone, knowledge: Knowledge) -> Course:
    if course.open is not None:
        course = replace(course, open=None) if course.open.done.session == done.session else _left(course)
    if done.tried:
        course, done = _gathered_trials(course, done), without_trials(done)
    return _counted(course, Sat(entry.seq, done)) if done.worked else course


def _gathered_trials(course: Course, done: r.SessionDone) -> Course:
    """Trial sets that are told only inside the finished session; those seen when they were made are known already."""
    seen = {(trial.body.done.session, trial.body.done.item) for trial in course.trials}
    items = done.shown.items
    new = [s for s in done.trials if (s.session, s.item) not in seen]
    return replace(course, trials=(*course.trials, *(Dated(done.began, Trial(items[s.item], s)) for s in new)))


def _counted(course: Course, sat: Sat) -> Course:
    """One more session; a cut dose has been served with it (D55), and so has a trial (D24)."""
    course = replace(course, sats=in_order(course.sats, sat))
    if course.plan is None or not any(course.plan.on(side).cut for side in SIDES):
        return course
    served = {(item.exercise, item.side) for item in sat.done.shown.items if item.cut}
    left, right = (served_cut(course.plan.on(side), side, served) for side in SIDES)
    return replace(course, plan=replace(course.plan, left=left, right=right))


_Told = Callable[[Course, r.Entry, Any, Knowledge], Course]
_TOLD: dict[type, _Told] = {
    **dict.fromkeys(_NOTED, _noted),
    r.Clearance: _allowed,
    r.Planned: _agreed,
    **dict.fromkeys((r.EpisodeOpened, r.ProtocolAdopted), _under),
    r.Screened: _screened,
    r.DayAnswered: _answered,
    r.Decided: _decided,
    r.Overridden: _overridden,
    r.SessionBegun: _begun,
    r.SetDone: _set_done,
    r.Swapped: _swapped,
    r.ItemSkipped: _skipped,
    r.SessionDone: _sat,
    r.MorningAnswered: _morning,
}
