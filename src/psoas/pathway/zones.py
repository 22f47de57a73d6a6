"""What a session showed: the sets of each exercise, the morning after, the pain zone of each side, the reds.

Rulings D05, D12, D39, D40, D41 and table C-P. A `Zones` is one look at a course at one instant; it remembers
what it has worked out, and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct

from psoas.knowledge.schema import Exercise, Knowledge
from psoas.pathway.course import Course
from psoas.pathway.decisions import Plan, SidePlan
from psoas.pathway.facts import current_pain, person_facts
from psoas.pathway.record import MorningAnswered, SetDone
from psoas.pathway.seen import Dated, Felt, Sat, Work
from psoas.terms import BOTH, SIDES, Answer, Side

GREEN, AMBER, AMBER_PLUS, RED, OPEN = "green", "amber", "amber_plus", "red", "open"
SORE = frozenset({AMBER, AMBER_PLUS, RED})
LOADED_SLOTS = (3, 4, 7, 8)
RED_SIGNS = frozenset({"sharp", "catching"})
IMPACT = frozenset({"E13"})
T = TypeVar("T")
WEEK = dt.timedelta(days=7)


class Rise(Struct, frozen=True):
    """The morning after against the baseline before (D39): None while unknown."""

    over: Decimal | None
    now: Decimal | None
    settled: Answer
    limp: Answer
    final: bool  # no answer can come any more, or it has come


class Zones:
    """A course looked at from one instant: its sessions, mornings, zones and reds."""

    def __init__(self, course: Course, *, knowledge: Knowledge, now: dt.datetime) -> None:
        if course.plan is None:
            raise ValueError("A course without a plan has no zones to read: make the plan first.")
        self.course = course
        self.knowledge = knowledge
        self.number = knowledge.number  # the constants by name, for what is asked of every set
        self.now = now
        self.today = now.date()
        self.plan: Plan = course.plan
        self._told: dict[int, MorningAnswered | None] = {}
        self._mornings: dict[tuple[int, Side], Rise] = {}
        self._zones: dict[tuple[int, Side], str] = {}
        self._now: dict[Side, Decimal | None] = {}
        self._known: dict[Any, Any] = {}

    def apart(self) -> Zones:
        """The same look as an object of its own, remembering together.

        For what a reading keeps and what reads zones: two that keep each other stay in memory with the whole course.
        """
        twin = Zones(self.course, knowledge=self.knowledge, now=self.now)
        twin._told, twin._mornings, twin._zones = self._told, self._mornings, self._zones
        return twin

    def known(self, ask: Callable[[Any], T]) -> T:
        """What that question about this look comes to, worked out once."""
        if ask not in self._known:
            self._known[ask] = ask(self)
        found: T = self._known[ask]
        return found

    def side(self, side: Side) -> SidePlan:
        """That side's place in the plan."""
        return self.plan.on(side)

    def exercise(self, exercise: str) -> Exercise:
        """The catalogue's entry."""
        return self.knowledge.exercises[exercise]

    @cached_property
    def person(self) -> dict[str, Any]:
        """The facts of the whole person; nobody writes into them."""
        return person_facts(self.course, now=self.now, knowledge=self.knowledge)

    def pain_now(self, side: Side) -> Decimal | None:
        """Pain now, at rest, as told today."""
        if side not in self._now:
            self._now[side] = current_pain(self.course, side, day=self.today)
        return self._now[side]

    # ---- one session

    def work(self, index: int) -> dict[tuple[str, str], Work]:
        """The session's exercises by (exercise, side), trials left out (D24)."""
        return self.course.sats[index].works

    def felt(self, index: int, side: Side) -> Felt:
        """What that side felt in that session."""
        return self.course.sats[index].felt[side]

    def done_on(self, index: int, side: Side) -> tuple[Work, ...]:
        """What was begun for this side in that session, bilateral exercises included."""
        return self.course.sats[index].begun[side]

    def work_of(self, index: int, exercise: str, side: Side) -> Work | None:
        """That exercise on that side in that session; None when it was not prescribed."""
        works = self.work(index)
        return works.get((exercise, side)) or works.get((exercise, BOTH))

    def before(self, index: int, side: Side) -> Decimal | None:
        """Pain just before the warm-up: the baseline of C-P."""
        return self.course.sats[index].done.before.get(side)

    def morning(self, index: int, side: Side) -> Rise:
        """The morning after, if it was answered in time (D39)."""
        key = (index, side)
        if key not in self._mornings:
            self._mornings[key] = self._morning(index, side)
        return self._mornings[key]

    def _morning(self, index: int, side: Side) -> Rise:
        sat = self.course.sats[index]
        told = self._in_time(index, sat)
        if told is None:
            return Rise(None, None, Answer.UNKNOWN, Answer.UNKNOWN, self.morning_closed(index))
        now, before = told.now.get(side), self.before(index, side)
        over = None if now is None or before is None else now - before
        return Rise(over, now, told.settled, told.limp, True)

    def morning_closed(self, index: int) -> bool:
        """No answer about the morning can come any more, or it has come."""
        sat = self.course.sats[index]
        if self._in_time(index, sat) is not None:
            return True
        last = sat.done.ended + dt.timedelta(hours=int(self.knowledge["morning_max_hours"]))
        return self.now > last or self._next_began(index) is not None

    def _in_time(self, index: int, sat: Sat) -> MorningAnswered | None:
        if index not in self._told:
            self._told[index] = self._first_in_time(index, sat)
        return self._told[index]

    def _first_in_time(self, index: int, sat: Sat) -> MorningAnswered | None:
        if sat.done.session not in self.course.mornings:
            return None
        first = sat.done.ended + dt.timedelta(hours=int(self.knowledge["morning_min_hours"]))
        last = sat.done.ended + dt.timedelta(hours=int(self.knowledge["morning_max_hours"]))
        following = self._next_began(index)
        for told in self.course.mornings[sat.done.session]:
            if told.day > sat.day and first <= told.at <= last and (following is None or told.at <= following):
                answered: MorningAnswered = told.body
                return answered
        return None

    def _next_began(self, index: int) -> dt.datetime | None:
        if index + 1 < len(self.course.sats):
            return self.course.sats[index + 1].done.began
        return self.course.open.done.began if self.course.open else None

    # ---- zones (C-P, D40)

    def during(self, index: int, side: Side) -> Decimal | None:
        """Highest pain in any set and just after, on that side; None when a set's pain is not known."""
        return self.highest_known(index, side) if self.felt(index, side).pains_known else None

    def zone(self, index: int, side: Side) -> str:
        """green, amber, amber_plus or red; "open" while a part is unknown and none is worse."""
        key = (index, side)
        if key not in self._zones:
            self._zones[key] = self._zone(index, side)
        return self._zones[key]

    def _zone(self, index: int, side: Side) -> str:
        if self.red(index, side):
            return RED
        k, morning = self.knowledge, self.morning(index, side)
        if (morning.over is not None and morning.over > k["next_morning_ok"]) or morning.settled is Answer.NO:
            return AMBER_PLUS
        highest = self.highest_known(index, side)
        if highest is not None and highest > k["pain_green_max"]:
            return AMBER
        return GREEN if self._all_known(index, side, morning) else OPEN

    def red(self, index: int, side: Side) -> bool:
        """Whether the session was red for that side, whatever else it was."""
        return bool(self.red_works(index, side)) or self.red_overall(index, side)

    def _all_known(self, index: int, side: Side, morning: Rise) -> bool:
        sat = self.course.sats[index].done
        known = self.during(index, side) is not None and morning.over is not None
        return known and self.felt(index, side).signs_known and sat.limp is not Answer.UNKNOWN

    def highest_known(self, index: int, side: Side) -> Decimal | None:
        """The highest pain recorded in the session and just after."""
        highest, after = self.felt(index, side).highest, self.course.sats[index].done.after.get(side)
        if highest is None or after is None:
            return after if highest is None else highest
        return max(highest, after)

    def red_works(self, index: int, side: Side) -> tuple[Work, ...]:
        """The exercises with a red set: the red belongs to them (D40)."""
        felt = self.felt(index, side)
        if (felt.highest is None or felt.highest <= self.knowledge["impact_pain_max"]) and not RED_SIGNS & felt.signs:
            return ()
        return tuple(
            w for w in self.done_on(index, side) if any(self.set_red(s, side, limit=self.red_above(w)) for s in w.sets)
        )

    def red_above(self, work: Work) -> Decimal:
        """The pain above which its sets are red: 5, but 2 on impact, which has no amber zone (C-P, D66)."""
        return self.knowledge["impact_pain_max" if work.item.exercise in IMPACT else "pain_amber_max"]

    def set_red(self, done: SetDone, side: Side, *, limit: Decimal) -> bool:
        """A set above that pain, or with a sharp or catching one."""
        pain = done.pain.get(side)
        return (pain is not None and pain > limit) or bool(RED_SIGNS & set(done.signs or ()))

    def red_overall(self, index: int, side: Side) -> bool:
        """A limp, a morning of +3 or more or above 5, or pain above 5 just after: it belongs to all loaded slots."""
        k, sat, morning = self.number, self.course.sats[index].done, self.morning(index, side)
        after = sat.after.get(side)
        return (
            ((sat.limp is Answer.YES or morning.limp is Answer.YES) and self._limps_here(index, side))
            or (morning.over is not None and morning.over >= k["next_morning_red"])
            or (morning.now is not None and morning.now > k["pain_amber_max"])
            or (after is not None and after > k["pain_amber_max"])
        )

    def _limps_here(self, index: int, side: Side) -> bool:
        """A limp is the worse side's; when the sides are alike or unknown it is both sides'."""
        mine, others = self.highest_known(index, side), self.highest_known(index, side.other)
        return mine is None or others is None or mine >= others

    def belongs(self, index: int, side: Side) -> tuple[Work, ...]:
        """Every exercise of slots 3, 4, 7, 8 done on that side: amber+ and red mornings are theirs (D40)."""
        return tuple(w for w in self.done_on(index, side) if w.item.slot in LOADED_SLOTS)

    # ---- reds (D41)

    def red_dates(
        self, *, first: dt.date, side: Side | None = None, since: dt.datetime | None = None
    ) -> tuple[dt.date, ...]:
        """Dates with a red from that day on and after that instant, oldest first; without a side, on either.

        A red is a session's, a day's above 5 (D12), or that of impact, a limp or a bad night in between (D66).
        """
        sides = (side,) if side else SIDES
        between = [d for d in self.course.decisions if d.day >= first and (since is None or d.at > since)]
        between = [d for d in between if _on_impact(d, sides)]
        earlier = first - WEEK if between else first  # a weekly answer looks back
        sats = ((i, s.day) for i, s in enumerate(self.course.sats) if s.day >= earlier and _after(s.done.began, since))
        dates = {day for i, day in sats if any(self.red(i, of) for of in sides)}
        sore = [d for d in self.course.days if d.day >= earlier and (since is None or d.at > since)]
        dates |= {d.day for d in sore if any(self.too_sore(d.body.now.get(of)) for of in sides)}
        dates |= {d.day for d in between if not _told_again(d, dates)}
        return tuple(sorted(date for date in dates if date >= first))

    def too_sore(self, pain: Decimal | None) -> bool:
        """Pain above 5 before a session, or on any other day, is a red (D12)."""
        return pain is not None and pain > self.knowledge["pain_amber_max"]

    def recent_reds(self, side: Side | None, *, days: int, since: dt.datetime | None = None) -> tuple[dt.date, ...]:
        """The reds of the last so many days (ends included), none before the instant `since`."""
        return self.red_dates(first=self.today - dt.timedelta(days=days), side=side, since=since)

    def reds_around(self, day: dt.date, side: Side, *, days: int, since: dt.datetime) -> tuple[dt.date, ...]:
        """The reds whose dates lie no more than so many days from that one (D41)."""
        span = dt.timedelta(days=days)
        return tuple(d for d in self.red_dates(first=day - span, side=side, since=since) if d <= day + span)


def _after(at: dt.datetime, since: dt.datetime | None) -> bool:
    return since is None or at >= since


def _on_impact(decided: Dated, sides: tuple[Side, ...]) -> bool:
    """Impact, a limp or a bad night between sessions was a red of one of these sides (D66)."""
    return any(reason.rule == "SR2" and reason.values.get("side") in sides for reason in decided.body.decision.reasons)


def _told_again(decided: Dated, reds: set[dt.date]) -> bool:
    """A weekly answer looks back: after a red of its seven days it tells of that one again."""
    in_the_week = (red for red in reds if red <= decided.day <= red + WEEK)
    return decided.body.decision.moment == "week" and any(in_the_week)


def hours_between(earlier: dt.datetime, later: dt.datetime) -> Decimal:
    """Hours between two instants; time that runs backwards counts as none (D03)."""
    seconds = max((later - earlier).total_seconds(), 0)
    return Decimal(seconds) / 3600
