"""What today holds: `session_on(course, now=...)` answers with a session, a rest or a pause, each with its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.knowledge.schema import Knowledge
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Item, Paused, Rest, Session, Today
from psoas.pathway.due import check_due, gap_asks, screen_ends
from psoas.pathway.facts import limp_today
from psoas.pathway.impact import screen_wanted
from psoas.pathway.prescribing import items_for, sore_today
from psoas.pathway.record import Corrected, DayAnswered, Screened
from psoas.pathway.seen import once
from psoas.terms import SIDES, Answer, Level, Reason, Stage

CHANGE_S, HOLD_MARGIN_S = 20, 2  # for the estimate of minutes only
NEEDS_SCREEN = frozenset(
    {"condition", "fall", "medicine"}
)  # news before a session that a full screen must follow (D17)


def session_on(course: Course, *, knowledge: Knowledge, now: dt.datetime, reading: Reading | None = None) -> Today:
    """Session, rest or pause at this instant; the first thing that stands in the way is named, with all its rows.

    `reading` is a look at this course at this instant, where the caller has one.
    """
    stopped = stopped_by(course)
    if stopped is not None:
        return stopped
    if course.plan is None:
        return Paused(reasons=(Reason("C3"),), asks=_before_a_plan(course))
    reading = reading or Reading(course, knowledge=knowledge, now=now)
    return _paused(reading) or _resting(reading) or _session(reading)


def stopped_by(course: Course) -> Paused | None:
    """The stops in force, highest level first; all of them are named."""
    if not course.stops:
        return None
    level = max((stop.level for stop in course.stops), key=lambda of: of.rank)
    reasons = tuple(
        Reason(stop.row, {"unknown": True} if stop.unknown else {})
        for stop in sorted(course.stops, key=lambda stop: -stop.level.rank)
    )
    asks = ("clearance", "screen") if level is Level.CLINICIAN else ("seen", "screen")
    return Paused(reasons=reasons, level=level, asks=asks)


def _before_a_plan(course: Course) -> tuple[str, ...]:
    have = {"screen": course.screens, "intake": course.intakes, "wishes": course.wishes, "tests": course.tests}
    return (*(name for name, there in have.items() if not there), "plan")


def _paused(reading: Reading) -> Paused | None:
    return next(_pauses(reading), None)


def _pauses(reading: Reading) -> Iterator[Paused]:
    course, plan, today = reading.course, reading.plan, reading.today
    if plan.mode == "reopen":
        yield Paused(reasons=(Reason("MA2"),), asks=("screen", "tests", "plan"))
    if plan.held_until is not None and today > plan.held_until:
        rows = tuple(Reason(row) for row in plan.held_for)
        yield Paused(reasons=(*rows, Reason("D13")), level=Level.CLINICIAN, asks=("clearance",))
    yield from _screen_pauses(reading)
    overdue = check_due(reading)
    if overdue is not None and overdue.late:
        yield Paused(reasons=(Reason("D65", {"day": overdue.day}),), asks=("check",))
    asks = gap_asks(reading)
    if asks:
        yield Paused(reasons=(Reason("RG5", {"days": (today - course.sats[-1].day).days}),), asks=asks)
    yield from _todays_answers(reading)


def _screen_pauses(reading: Reading) -> Iterator[Paused]:
    course, today = reading.course, reading.today
    ends = screen_ends(course, knowledge=reading.knowledge)
    if ends is None or today > ends:
        yield Paused(reasons=(Reason("D10"),), asks=("screen",))
    newest = course.screens[-1].seq if course.screens else 0  # by place in the record: a clock may have been set back
    told = [*course.reports, *(day for day in course.days if NEEDS_SCREEN & set(day.body.news or ()))]
    if any(report.seq > newest for report in told):
        yield Paused(reasons=(Reason("D17"),), asks=("screen",))
    if screen_wanted(reading):
        yield Paused(reasons=(Reason("SR2"),), asks=("screen",))
    if any(_takes_back_answers(c.body) and c.seq > newest for c in course.corrections):
        yield Paused(reasons=(Reason("D16"),), asks=("screen",))
    if lapsed := _lapsed(course, today):
        yield Paused(reasons=(Reason("D14", {"rows": ", ".join(lapsed)}),), level=Level.CLINICIAN, asks=("clearance",))


def _takes_back_answers(correction: Corrected) -> bool:
    """A screen's or a day's answers said otherwise: the full screen is repeated at once (D16)."""
    return isinstance(correction.by, (Screened, DayAnswered))


def _lapsed(course: Course, today: dt.date) -> tuple[str, ...]:
    """Rows whose clearance has ended while the newest full screen still has them (D14)."""
    newest = course.screens[-1].body if course.screens else None
    still = set(newest.fired) | set(newest.unknown) if newest else set()
    in_force = {row for given in course.clearances if given.body.until >= today for row in given.body.rows}
    ended = {row for given in course.clearances if given.body.until < today for row in given.body.rows}
    screened = {row for row in ended if row.startswith(("T", "W"))}
    return tuple(sorted((ended - in_force) & (still | (ended - screened))))


def _todays_answers(reading: Reading) -> Iterator[Paused]:
    """Pain above 5 or a new limp today: no session (D12)."""
    for answered in reading.course.days:
        if answered.day == reading.today:
            sore = [side for side in SIDES if reading.too_sore(answered.body.now.get(side))]
            if sore:
                yield Paused(reasons=(Reason("D12", {"side": sore[0].value, "pain": answered.body.now[sore[0]]}),))
    settling = any(reading.side(side).stage == "0" for side in SIDES)
    if limp_today(reading.course, reading.today) is Answer.YES and not settling:
        yield Paused(reasons=(Reason("SR2"),), asks=("screen",))


def _resting(reading: Reading) -> Rest | None:
    """Until nothing asks for rest any more, also read at that instant: a morning that nobody told may end the old week."""
    rest = _rest(reading)
    while rest is not None:
        longer = _rest(Reading(reading.course, knowledge=reading.knowledge, now=rest.until))
        if longer is None:
            return rest
        rest = Rest(until=longer.until, reasons=tuple(once((*rest.reasons, *longer.reasons))))
    return None


def _rest(reading: Reading) -> Rest | None:
    """Until 48 h have passed since the last began, and fewer sessions than the frequency lie in seven dates (D35)."""
    last = _last_began(reading.course)
    if last is None:
        return None
    hours = int(reading.knowledge["min_hours_between"])
    until = last + dt.timedelta(hours=hours)
    reasons = [Reason("D35", {"hours": hours})] if until > reading.now else []
    free = _week_has_room(reading)
    if free > reading.today:
        until = max(until, dt.datetime.combine(free, dt.time(), tzinfo=reading.now.tzinfo))
        reasons.append(Reason("D34", {"sessions": reading.calendar.frequency_on(reading.today)}))
    return Rest(until=until, reasons=tuple(reasons)) if reasons else None


def _last_began(course: Course) -> dt.datetime | None:
    """When the newest session began, one that nobody has ended yet included."""
    done = [sat.done for sat in course.sats[-1:]]
    if course.open is not None and course.open.done.worked:
        done.append(course.open.done)
    return done[-1].began if done else None


def _week_has_room(reading: Reading) -> dt.date:
    """The first date from today on with fewer sessions than the frequency in the seven dates ending on it."""
    day, week = reading.today, int(reading.knowledge["week_days"])
    while True:
        recent = sum(1 for sat in reading.course.sats if 0 <= (day - sat.day).days < week)
        if recent < reading.calendar.frequency_on(day):
            return day
        day += dt.timedelta(days=1)


def _session(reading: Reading) -> Session | Paused:
    items = items_for(reading)
    if not any(item.slot > 1 for item in items):
        return Paused(reasons=(Reason("D28"),))
    light = reading.calendar.in_deload(reading.today)
    reasons = (*((Reason("D62"),) if light else ()), *_gentler(reading))
    return Session(day=reading.today, items=items, minutes=_minutes(items), light=light, reasons=reasons)


def _gentler(reading: Reading) -> Iterator[Reason]:
    """Why a sore side gets only the exercises of Stage 0 today, where it is not there anyway (D12)."""
    for side in SIDES:
        if reading.side(side).stage is not Stage.SETTLE and sore_today(reading, side):
            pain = reading.pain_now(side)
            yield Reason("D12", {"side": side.value, "pain": "unknown" if pain is None else pain})


def _minutes(items: tuple[Item, ...]) -> int:
    """About how long it takes, rounded up: while one side works the other rests, and a change of exercise takes a moment."""
    seconds = sum(item.dose.sets * _set_s(item) for item in items)
    for exercise in dict.fromkeys(item.exercise for item in items):
        sides = [item for item in items if item.exercise == exercise]
        idle = sides[0].rest_s - sum(_set_s(item) for item in sides[1:])
        seconds += CHANGE_S + (sides[0].dose.sets - 1) * max(idle, 0)
    return -(-seconds // 60)


def _set_s(item: Item) -> int:
    """Seconds of one set at its tempo; a hold takes a moment to get into and out of."""
    one = item.dose.hold_s + HOLD_MARGIN_S if item.dose.hold_s else sum(item.tempo)
    return item.dose.reps * max(one, 1)
