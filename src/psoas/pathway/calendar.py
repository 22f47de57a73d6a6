"""Plan days, plan weeks, pauses and the week's frequency (rulings D03, D10, D12, D34, D45, D61, D69)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from psoas.pathway.decisions import Plan
from psoas.pathway.facts import age_on
from psoas.pathway.record import Wished
from psoas.pathway.standing import lines_held
from psoas.pathway.zones import SORE, Zones
from psoas.terms import SIDES, Stage

DAY = dt.timedelta(days=1)
Span = tuple[dt.date, dt.date]


class PlanCalendar:
    """The calendar of one course as seen on one day."""

    def __init__(self, zones: Zones) -> None:
        self.zones = zones
        self.course = zones.course
        self.knowledge = zones.knowledge
        self.today = zones.today
        self.plan = zones.plan
        self._two: dict[int, str] = {}

    @cached_property
    def first_day(self) -> dt.date | None:
        """Plan day 1: the first session's date since the plan was made; in stage 0 the plan's own date (D03)."""
        if any(self._at_start.on(side).stage is Stage.SETTLE for side in SIDES):
            return self.plan.made
        return next((sat.day for sat in self.course.sats if sat.day >= self.plan.made), None)

    @cached_property
    def _at_start(self) -> Plan:
        return next((plan for _, plan in self.course.plans if plan.made == self.plan.made), self.plan)

    # ---- pauses and plan days (D03)

    @cached_property
    def paused(self) -> tuple[Span, ...]:
        """Spans of a Pause or a stop: an overdue screen (D10), a stop (D13), a day of pain above 5 (D12)."""
        return (*self._unscreened(), *self._stopped(), *self._too_sore())

    def _unscreened(self) -> list[Span]:
        valid = dt.timedelta(days=int(self.knowledge["triage_valid_days"]))
        days = [screen.day for screen in self.course.screens]
        ends = [*days[1:], self.today + DAY]
        return [(a + valid + DAY, b - DAY) for a, b in zip(days, ends, strict=True) if b - a > valid + DAY]

    def _stopped(self) -> list[Span]:
        return [*self.course.stopped, *((stop.at.date(), self.today) for stop in self.course.stops)]

    def _too_sore(self) -> list[Span]:
        sore = self.zones.too_sore
        return [(d.day, d.day) for d in self.course.days if any(map(sore, d.body.now.values()))]

    def paused_on(self, day: dt.date) -> bool:
        """Whether that day lies in a Pause or a stop."""
        return any(a <= day <= b for a, b in self.paused)

    def _gaps(self) -> list[Span]:
        """Days without a session from one session to the next, or to today where she has not come back (D03)."""
        limit = int(self.knowledge["missed_stage_days"])
        days = [sat.day for sat in self.course.sats if sat.day >= self.plan.made]
        gaps = [(a + DAY, b - DAY) for a, b in pairwise(days) if (b - a).days >= limit]
        if days and (self.today - days[-1]).days >= limit:
            gaps.append((days[-1] + DAY, self.today))
        return gaps

    @cached_property
    def _lost(self) -> frozenset[dt.date]:
        """The days that are not plan days; a day with a session always is one."""
        spans = (*self._gaps(), *self.paused)
        lost = {a + n * DAY for a, b in spans for n in range((b - a).days + 1)}
        return frozenset(lost - {sat.day for sat in self.course.sats}) if lost else frozenset()

    def plan_day(self, day: dt.date) -> int:
        """The number of that day in the plan, from 1; 0 before it. A lost day has the number of the day before it."""
        if self.first_day is None or day < self.first_day:
            return 0
        lost = sum(1 for gone in self._lost if self.first_day < gone <= day)
        return (day - self.first_day).days + 1 - lost

    def week_of(self, day: dt.date) -> int:
        """The plan week of that day, from 1; 0 before the plan."""
        number = self.plan_day(day)
        return (number - 1) // 7 + 1 if number else 0

    def date_of(self, plan_day: int) -> dt.date | None:
        """The date of that plan day as things stand; None before the plan has begun."""
        if self.first_day is None:
            return None
        date = self.first_day + (plan_day - 1) * DAY
        while (short := plan_day - self.plan_day(date)) > 0:
            date += short * DAY
        return date

    def left_out_between(self, first: dt.date, last: dt.date) -> int:
        """Days after `first` up to `last` that D45 leaves out: days of a Pause or of a deload week."""
        days = (first + n * DAY for n in range(1, (last - first).days + 1))
        return sum(1 for day in days if self.paused_on(day) or self.in_deload(day))

    def in_deload(self, day: dt.date) -> bool:
        """Whether that day lies in a deload week (D62)."""
        length = int(self.knowledge["deload_days"]) * DAY
        return any(first <= day < first + length for first in self.plan.deloads)

    # ---- frequency (D34) and planned sessions (D69)

    def frequency_on(self, day: dt.date) -> int:
        """Sessions in the plan week of that day: 3, or 2 with a reason; in maintenance 1, or 2 (D73)."""
        low = int(self.knowledge["sessions_per_week_low"])
        if self.plan.mode == "maintenance":
            return low if self.is_older(day) else int(self.knowledge["maintenance_sessions"])
        return low if self.why_two(day) else int(self.knowledge["sessions_per_week"])

    def why_two(self, day: dt.date) -> str:
        """Why that week has two sessions; empty when it has three."""
        week = max(self.week_of(day), 1)
        if week not in self._two:
            self._two[week] = self._two_in_week(week, self.date_of(7 * week - 6) or day)
        return self._two[week]

    def _two_in_week(self, week: int, first: dt.date) -> str:
        plan, chosen = self._plan_before(first), self._wish_on(first).sessions_per_week
        low = self.knowledge["sessions_per_week_low"]
        reasons = (
            ("age", self.is_older(first)),
            ("pain_free", all(fine(plan, on=side.value) for side in SIDES)),
            ("heavy", any(self._heavy(plan, side.value) for side in SIDES)),
            ("sore", self._sore_before(week, first)),
            ("chosen", chosen is not None and chosen <= low),
            ("adherence", any(int(from_week) <= week for from_week in plan.frequency)),
        )
        return next((why for why, holds in reasons if holds), "")

    def is_older(self, day: dt.date) -> bool:
        """Aged 65 or more on that day, or of unknown age."""
        age = age_on(self.course, day)
        return age is None or age >= self.knowledge["older_age"]

    def _plan_before(self, day: dt.date) -> Plan:
        earlier = [plan for at, plan in self.course.plans if at.date() < day and plan.made == self.plan.made]
        return earlier[-1] if earlier else self._at_start

    def _wish_on(self, day: dt.date) -> Wished:
        earlier = [wish.body for wish in self.course.wishes if wish.day <= day]
        return earlier[-1] if earlier else self.course.wish

    def _heavy(self, plan: Plan, side: str) -> bool:
        heavy = self.knowledge["rm_heavy"]
        return any(step.rm == heavy for step in lines_held(plan, side=side, knowledge=self.knowledge))

    def _sore_before(self, week: int, first: dt.date) -> bool:
        if week <= 1:
            return self._sore_at_intake()
        since = self.date_of(7 * week - 13) or first
        sats = (i for i, sat in enumerate(self.course.sats) if since <= sat.day < first)
        return any(self.zones.zone(i, side) in SORE for i in sats for side in SIDES)

    def _sore_at_intake(self) -> bool:
        intake, limit = self.course.intake, self.knowledge["pain_green_max"]
        return intake is None or any(said.now is None or said.now > limit for said in intake.sides.values())

    def planned_between(self, first: dt.date, last: dt.date) -> Decimal:
        """Sessions planned on these days, ends included: a seventh of the week's number for each plan day (D69)."""
        total = Decimal(0)
        day = first
        while day <= last:
            if day not in self._lost:
                often = int(self.knowledge["deload_sessions"]) if self.in_deload(day) else self.frequency_on(day)
                total += Decimal(often) / 7
            day += DAY
        return total


def fine(plan: Plan, *, on: str) -> bool:
    """That side is labelled neither and free of pain."""
    profile = getattr(plan.profile, on)
    return bool(profile.label == "neither" and not profile.symptomatic)
