"""Made-up people and how they behave: who she is, how each session goes, what she forgets. Laws and tests let them live.

A `Life` is plain data (`who`), so that it can be drawn, shrunk, mirrored and told again. `live` takes it through the desk
day by day on a journal in memory, and gives back a `Diary` of what was offered, written and decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from psoas.clinic import Clinic, Refused
from psoas.pathway import record as r
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course, course_of, evolve
from psoas.pathway.decisions import Decision, Item, Paused, Session, Today
from psoas.pathway.due import check_due, form_due, screen_ends, week_due
from psoas.pathway.writing import DayTold
from psoas.storage.memory import MemoryJournal
from psoas.terms import BOTH, SIDES, Side, Stage
from who import (
    ACHING,
    DAY,
    EQUIPMENT,
    FINE,
    FLAGS,
    GOOD,
    KNOWLEDGE,
    LEFT,
    NO,
    OFFSET,
    RIGHT,
    SHORT_AND_WEAK,
    START,
    TIGHT,
    UNKNOWN,
    WEAK,
    YES,
    ZONE,
    D,
    Hip,
    Life,
    Turn,
    Week,
    Who,
    answers_of,
    day_answers,
    findings_of,
    mirrored,
    other,
    taken_in,
    wished,
)  # fmt: skip

__all__ = [
    "ACHING", "DAY", "EQUIPMENT", "FINE", "FLAGS", "GOOD", "KNOWLEDGE", "LEFT", "NO", "OFFSET", "RIGHT",
    "SHORT_AND_WEAK", "START", "TIGHT", "UNKNOWN", "WEAK", "YES", "ZONE", "D", "Diary", "Hip", "Life", "Look",
    "Step", "Turn", "Week", "Who", "answers_of", "day_answers", "findings_of", "live", "mirrored", "other",
    "taken_in", "walked", "wished",
]  # fmt: skip


# ---- living it


class Look(Struct, frozen=True):
    """What she saw on one morning: the course with the decisions due, and today."""

    now: dt.datetime
    course: Course
    today: Today


class Step(Struct, frozen=True):
    """One entry of the record with the course before and after it."""

    before: Course
    entry: r.Entry
    after: Course

    @property
    def decision(self) -> Decision | None:
        """The decision it records, if it is one."""
        return self.entry.body.decision if isinstance(self.entry.body, r.Decided) else None


class Diary:
    """A life as it went: what was offered each day, every session begun, and the record."""

    def __init__(self, life: Life, clinic: Clinic, episode: str) -> None:
        self.life = life
        self.clinic = clinic
        self.episode = episode
        self.looks: list[Look] = []
        self.begun: list[tuple[dt.datetime, Session]] = []
        self.now = dt.datetime.combine(life.start, dt.time(life.hour), tzinfo=OFFSET)

    @property
    def course(self) -> Course:
        """The fold of the record."""
        return self.clinic.told(self.episode)

    @cached_property
    def entries(self) -> list[r.Entry]:
        """The record as it is read."""
        return self.clinic.journal.read(self.episode)

    @cached_property
    def whole(self) -> list[r.Entry]:
        """The record with everything that a session has gathered."""
        return self.clinic.record(self.episode)

    @cached_property
    def steps(self) -> list[Step]:
        """The record walked: each entry with the course before and after it."""
        return list(walked(self.whole))

    @property
    def decisions(self) -> Iterator[tuple[Step, Decision]]:
        """Every decision in the record, with the courses around it."""
        return ((step, step.decision) for step in self.steps if step.decision is not None)

    @property
    def sessions(self) -> Iterator[tuple[Course, Session]]:
        """Every session that was shown, begun or only offered, with the course that called for it."""
        return ((look.course, look.today) for look in self.looks if isinstance(look.today, Session))


def walked(entries: list[r.Entry]) -> Iterator[Step]:
    """Entry by entry; a correction makes the whole record be read again."""
    course, seen = Course(), []
    for entry in entries:
        seen.append(entry)
        fixed = isinstance(entry.body, r.Corrected)
        after = course_of(seen, knowledge=KNOWLEDGE) if fixed else evolve(course, entry, knowledge=KNOWLEDGE)
        yield Step(course, entry, after)
        course = after


def live(life: Life, *, each: bool = False) -> Diary:
    """Take her through the desk; with `each`, every set is logged the moment it ends, else sessions come whole."""
    return _Living(life, each=each).diary


class _Living:
    """Somebody at the desk, one day after the other."""

    def __init__(self, life: Life, *, each: bool) -> None:
        self.life, self.who, self.each = life, life.who, each
        clinic = Clinic(MemoryJournal(), KNOWLEDGE)
        now = dt.datetime.combine(life.start, dt.time(life.hour), tzinfo=OFFSET)
        episode = clinic.open("somebody", now=now, zone=ZONE, protocol=life.who.protocol)
        self.diary = Diary(life, clinic, episode)
        self.clinic, self.episode = clinic, episode
        self.number = 0  # sessions tried
        self.last_turn = GOOD
        self.free_from = life.start
        self.ill: dict[str, Any] = {}
        self._settled: tuple[int, dt.datetime, Course] | None = None
        self._arrive()
        for day in range(life.days):
            self.now = now + day * DAY
            self._day(day)

    @property
    def course(self) -> Course:
        """The course with the decisions due now, worked out once for each entry and instant."""
        told = self.clinic.told(self.episode)
        if self._settled is None or self._settled[:2] != (told.count, self.now):
            self._settled = (told.count, self.now, self.clinic.course(self.episode, now=self.now))
        return self._settled[2]

    def write(self, body: r.Body) -> None:
        """One more fact."""
        self.clinic.write(self.episode, body, now=self.now, zone=ZONE)

    def later(self) -> bool:
        """From the fourth week on she tests as she does then."""
        return (self.now.date() - self.life.start).days >= 25

    def usual(self, side: Side) -> Decimal:
        """Her pain now on an ordinary day: it eases by half a point a week."""
        weeks = (self.now.date() - self.life.start).days // 7
        return max(self.who.hip(side).now - D(weeks) / 2, D(0))

    def worst(self, side: Side) -> Decimal:
        """Her worst pain of an ordinary week."""
        weeks = (self.now.date() - self.life.start).days // 7
        return max(self.who.hip(side).worst - D(weeks) / 2, D(0))

    # ---- arriving

    def _arrive(self) -> None:
        self.now = self.diary.now
        self.write(taken_in(self.who, day=self.life.start))
        self.write(wished(self.who))
        self._screen()
        self.write(r.Tested(findings=findings_of(self.who)))
        self._plan()

    def _screen(self) -> None:
        """A full screen; during a plan the pain of the day is told first, or it is not known."""
        if self.course.plan is not None:
            told = DayTold(now=self._pains(), limp=NO, answers={}, for_session=False)
            self.clinic.write_day(self.episode, told, now=self.now, zone=ZONE)
        self.clinic.write_screen(self.episode, answers_of(self.who, **self.ill), now=self.now, zone=ZONE)

    def _plan(self) -> None:
        try:
            self.clinic.make_plan(self.episode, now=self.now, zone=ZONE, protocol=self.who.protocol)
        except Refused:
            return

    # ---- a day

    def _day(self, day: int) -> None:
        if self.life.flag is not None and self.life.flag[0] == day:
            self._fall_ill(self.life.flag[1])
        if self.life.swap is not None and self.life.swap[0] == day:
            self.write(r.Swapped(exercise=self.life.swap[1], to=self.life.swap[2]))
        self._come_back()
        if self.course.plan is None:
            self._plan()
        if self.course.plan is None:
            return self.look()
        self._morning()
        self._questions()
        today = self.look()
        if isinstance(today, Paused):
            self._answer(today)
        if isinstance(today, Session) and self.now.date() >= self.free_from:
            self._train()
        return today

    def look(self) -> Today:
        """What she sees now."""
        course = self.course
        today = self.clinic.today(course, now=self.now)
        self.diary.looks.append(Look(self.now, course, today))
        return today

    def _fall_ill(self, row: str) -> None:
        self.ill = FLAGS[row]
        if any(q.group == row and q.mini for q in KNOWLEDGE.questions.values()) and self.course.plan is not None:
            told = DayTold(
                now=self._pains(), limp=NO, answers=day_answers(self.who, **self.ill), recovered=YES, news=()
            )
            self.clinic.write_day(self.episode, told, now=self.now, zone=ZONE)
        else:
            self._screen()

    def _come_back(self) -> None:
        """After two days she has been seen, or has a clinician's leave."""
        stops = self.course.stops
        if not stops or self.life.back == "never" or any(self.now - stop.at < 2 * DAY for stop in stops):
            return
        rows = tuple(stop.row for stop in stops)
        if self.life.back == "leave":
            self.write(r.Clearance(rows=rows, until=self.now.date() + 42 * DAY, quoted=False))
        self.write(r.Seen(rows=rows, by="family doctor", on=self.now.date(), outcome="nothing found"))
        self.ill = {}
        self._screen()

    def _answer(self, paused: Paused) -> None:
        """What a pause asks for, where she does not neglect it."""
        if "screen" in paused.asks and "screens" not in self.life.neglects and not self.ill:
            self._screen()
        if {"tests", "holds"} & set(paused.asks):
            self.write(r.Tested(findings=findings_of(self.who, later=self.later())))
        if "plan" in paused.asks and "screen" not in paused.asks:
            self._plan()
        if "clearance" in paused.asks and self.life.back == "leave" and self.course.plan is not None:
            rows = self.course.plan.held_for or tuple(stop.row for stop in self.course.stops)
            if rows:
                self.write(r.Clearance(rows=rows, until=self.now.date() + 42 * DAY, quoted=False))

    def _pains(self, turn: Turn = GOOD) -> r.Pains:
        return {s: turn.before if turn.before is not None and turn.on(s) else self.usual(s) for s in SIDES}

    def _morning(self) -> None:
        course = self.course
        if not course.sats or self.now.date() <= course.sats[-1].day:
            return
        done = course.sats[-1].done
        turn = self.last_turn
        days = (self.now.date() - course.sats[-1].day).days
        if done.session in course.mornings or turn.morning == "none" or days != (3 if turn.morning == "late" else 1):
            return
        now = {s: None if turn.over is None else (done.before.get(s) or D(0)) + (turn.over if turn.on(s) else 0)
               for s in SIDES}  # fmt: skip
        capped = {s: pain if pain is None else min(pain, D(10)) for s, pain in now.items()}
        self.write(r.MorningAnswered(session=done.session, now=capped, settled=turn.settled, limp=NO))

    # ---- what is asked besides the sessions

    def _questions(self) -> None:
        neglects, course = self.life.neglects, self.course
        if course.plan is None:
            return
        reading = Reading(course, knowledge=KNOWLEDGE, now=self.now)
        settling = any(course.plan.on(side).stage is Stage.SETTLE for side in SIDES)
        if settling or self.life.asks_daily:
            told = DayTold(now=self._pains(), limp=NO, answers={}, for_session=False)
            self.clinic.write_day(self.episode, told, now=self.now, zone=ZONE)
        if week_due(reading) and "weeks" not in neglects:
            self._week()
        if form_due(reading) and "form" not in neglects:
            self.write(r.FormChecked(good=YES))
        ends = screen_ends(course, knowledge=KNOWLEDGE)
        if ends is not None and ends <= self.now.date() and "screens" not in neglects and not self.ill:
            self._screen()
        if "checks" not in neglects:
            self._check()

    def _week(self) -> None:
        number = (self.now.date() - self.life.start).days // 7
        week = dict(self.life.weeks).get(number, Week())
        concerned = [side for side in SIDES if week.side in (side.value, BOTH)]
        worst = {
            side: week.worst if week.worst is not None and side in concerned else self.worst(side) for side in SIDES
        }
        impact = {side: week.impact if side in concerned else D(0) for side in SIDES}
        snaps = dict.fromkeys(concerned, YES) if week.snaps else {}
        self.write(r.WeekAnswered(worst=worst, impact=impact, night_pain=week.night, limp=week.limp, walk30=D(0),
                                  snaps=snaps))  # fmt: skip

    def _check(self) -> None:
        check = check_due(Reading(self.course, knowledge=KNOWLEDGE, now=self.now))
        if check is None or not check.missing or self.ill:
            return
        if "screen" in check.missing:
            self._screen()
        if "form" in check.missing:
            self.write(r.FormChecked(good=YES))
        if {"length", "strength", "holds"} & set(check.missing):
            self.write(r.Tested(findings=findings_of(self.who, later=self.later())))
        if "answers" in check.missing:
            worst = {side: self.worst(side) for side in SIDES}
            self.write(r.CheckAnswered(day=check.day, worst=worst, scores=(D(9),), change="much_better", satisfied=YES))

    # ---- a session

    def _train(self) -> None:
        turn = self.life.turn(self.number)
        if turn.rest and self.free_from < self.now.date() + turn.rest * DAY and not self._rested(turn):
            return
        limp = YES if turn.limp_before else NO
        told = DayTold(now=self._pains(turn), limp=limp, answers=day_answers(self.who), recovered=turn.recovered,
                       news=turn.news)  # fmt: skip
        self.clinic.write_day(self.episode, told, now=self.now, zone=ZONE)
        shown = self._begin(turn)
        self.number += 1
        if shown is not None:
            self._do(turn, shown)
            self.last_turn = turn

    def _rested(self, turn: Turn) -> bool:
        """She stays away for so many days from the first on which she could have come."""
        if getattr(self, "_waits_for", None) != self.number:
            self._waits_for, self.free_from = self.number, self.now.date() + turn.rest * DAY
            return False
        return True

    def _begin(self, turn: Turn) -> Session | None:
        """Begin, with the trials that come first; a failed trial begins the session anew."""
        for again in range(4):
            key = f"s{self.number}.{again}"
            try:
                course = self.clinic.begin(self.episode, session=key, now=self.now, zone=ZONE)
            except Refused:
                return None
            if course.open is None:
                return None
            shown = course.open.done.shown
            self.diary.begun.append((self.now, shown))
            for place, item in enumerate(shown.items):
                if item.trial and self.course.open is not None:
                    done = self._trial_set(turn if not again else GOOD, key, place, item)
                    self.clinic.log_set(
                        self.episode, done, now=self.now, zone=ZONE, entry_id=f"{self.episode}{key}-t{place}"
                    )
            if self.course.open is not None:
                return shown
        return None

    def _trial_set(self, turn: Turn, key: str, place: int, item: Item) -> r.SetDone:
        fails = turn.trial and item.side in (turn.side, BOTH)
        pain = D(4) if fails and turn.trial == "pain" else D(0)
        seen = ("arching",) if fails and turn.trial == "compensation" else ()
        did = "none" if fails and turn.trial == "none" else "all"
        sides = SIDES if item.side == BOTH else (Side(item.side),)
        return r.SetDone(session=key, item=place, number=1, did=did, pain=dict.fromkeys(sides, pain), compensations=seen,
                         signs=(), effort=D(8), load=item.load)  # fmt: skip

    def _do(self, turn: Turn, shown: Session) -> None:
        course = self.course
        if course.open is None:
            return
        done = course.open.done
        sets, skips, stopped = self._sets(turn, done.session, shown)
        end = self.now + dt.timedelta(minutes=40)
        if self.each or not turn.ended:
            for n, one in enumerate(sets):
                at = self.now + dt.timedelta(minutes=n + 1)
                self.clinic.log_set(self.episode, one, now=at, zone=ZONE, entry_id=f"{self.episode}{done.session}-{n}")
            for skip in skips:
                body = r.ItemSkipped(session=done.session, item=skip.item, why=skip.why)
                self.clinic.write(self.episode, body, now=end, zone=ZONE)
        after = {side: D(0) for side in SIDES}
        by = "pain_rule" if stopped else "done"
        if turn.ended and self.each:
            self.clinic.end(self.episode, after=after, effort=turn.effort, limp=turn.limp, by=by, now=end, zone=ZONE)
        elif turn.ended:
            tried = tuple(t.body.done for t in course.trials if t.body.done.session == done.session)
            whole = r.with_sets(done, (*tried, *sets), ended=end, skips=skips, after=after, effort=turn.effort, limp=turn.limp,
                            ended_by=by)  # fmt: skip
            self.clinic.write(self.episode, whole, now=end, zone=ZONE)
        if turn.early and turn.ended:
            self._early(done, sets)

    def _early(self, done: r.SessionDone, sets: tuple[r.SetDone, ...]) -> None:
        """The same once more on the next day, told afterwards."""
        key = f"{done.session}e"
        began = done.began + DAY
        again = r.with_sets(done, tuple(replace(one, session=key) for one in sets), session=key, began=began,
                            ended=began + dt.timedelta(minutes=40), limp=NO)  # fmt: skip
        self.clinic.write(self.episode, again, now=again.ended, zone=ZONE)

    def _sets(self, turn: Turn, key: str, shown: Session) -> tuple[tuple[r.SetDone, ...], tuple[r.Skip, ...], bool]:
        sets: list[r.SetDone] = []
        skips: list[r.Skip] = []
        stopped = False
        hurt = self._hurting(turn, shown)
        for place, item in enumerate(shown.items):
            if item.trial:
                continue
            if stopped or (turn.skips and place in hurt):
                skips.append(r.Skip(item=place, why="red" if stopped else turn.skips))
                continue
            for number in range(1, item.dose.sets + 1):
                bad = place in hurt and (turn.sets == "all" or number == item.dose.sets)
                sets.append(self._set(turn if bad else GOOD, key, place, item, number))
                if bad and turn.stops and turn.pain is not None and turn.pain > 5:
                    stopped = True
                    break
        return tuple(sets), tuple(skips), stopped

    def _hurting(self, turn: Turn, shown: Session) -> set[int]:
        """Places of the items that a turn concerns."""
        mine = [n for n, i in enumerate(shown.items) if (i.slot > 1 and not i.trial and i.side in (turn.side, BOTH))
                or (turn.side == BOTH and i.slot > 1 and not i.trial)]  # fmt: skip
        if turn.where == "all":
            return set(mine)
        main = [n for n in mine if shown.items[n].slot in (4, 8)]
        return set(main[:1] if turn.where == "one" else main)

    def _set(self, turn: Turn, key: str, place: int, item: Item, number: int) -> r.SetDone:
        sides = SIDES if item.side == BOTH else (Side(item.side),)
        pains = {side: turn.pain if turn.on(side) else D(0) for side in sides}
        seen = None if turn.compensation is None else (("arching",) if turn.compensation else ())
        signs = None if turn.sign is None else ((turn.sign,) if turn.sign else ())
        return r.SetDone(session=key, item=place, number=number, did=turn.did, pain=pains, compensations=seen, signs=signs,
                         effort=D(8), load=item.load)  # fmt: skip
