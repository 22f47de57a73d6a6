"""Clean sessions, runs, adherence and work, by the rulings D36-D38, D45, D48 and D69."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property

from psoas.pathway.calendar import PlanCalendar
from psoas.pathway.seen import Work
from psoas.pathway.zones import RED_SIGNS, Zones, hours_between
from psoas.terms import BOTH, SIDES, Answer, Dose, Side

_OUT_FOR_PAIN = frozenset({"pain"})  # what a red cut short was not begun for another reason (D40)


class Reading(Zones):
    """A course looked at from one instant, with everything that is counted in it."""

    @cached_property
    def calendar(self) -> PlanCalendar:
        """Plan days and weeks, frequency and pauses."""
        return PlanCalendar(self.apart())

    @cached_property
    def at_top(self) -> dict[Side, bool]:
        """Whether a side is in its goal or top stage, once it has been worked out (`gates.at_the_top`)."""
        return {}

    @cached_property
    def _turns(self) -> dict[int, bool]:
        return {}

    def in_turn(self, index: int) -> bool:
        """Not too early, not too often, not while paused (D36)."""
        if index not in self._turns:
            self._turns[index] = self._in_turn(index)
        return self._turns[index]

    def _in_turn(self, index: int) -> bool:
        sat = self.course.sats[index]
        if (
            index
            and hours_between(self.course.sats[index - 1].done.began, sat.done.began)
            < self.knowledge["min_hours_between"]
        ):
            return False
        week = [
            s for s in self.course.sats[: index + 1] if 0 <= (sat.day - s.day).days < int(self.knowledge["week_days"])
        ]
        return len(week) <= self.calendar.frequency_on(sat.day) and not self.calendar.paused_on(sat.day)

    def clean(self, index: int, exercise: str, side: Side) -> bool:
        """All sets done as prescribed, pain 2 or less, no compensation, morning +1 or less, and all of it known."""
        work = self.work_of(index, exercise, side)
        return work is not None and self._clean(index, work, side)

    def _clean(self, index: int, work: Work, side: Side) -> bool:
        if not self.in_turn(index) or not work.complete:
            return False
        for of in SIDES if work.item.side == BOTH else (side,):
            if self.red_overall(index, of):  # it belongs to every exercise of the side (D40)
                return False
            if not (self._clean_sets(work, of) and self._clean_morning(index, of)):
                return False
        return True

    def _clean_sets(self, work: Work, side: Side) -> bool:
        limit = self.number["pain_green_max"]
        for done in work.sets:
            pain = done.pain.get(side)
            if pain is None or pain > limit or done.compensations != () or done.signs is None:
                return False
            if not RED_SIGNS.isdisjoint(done.signs):
                return False
        return True

    def _clean_morning(self, index: int, side: Side) -> bool:
        morning = self.morning(index, side)
        return (
            morning.over is not None
            and morning.over <= self.number["next_morning_ok"]
            and morning.settled is not Answer.NO
        )

    def run(self, exercise: str, side: Side, *, since: dt.datetime, step: int = 0) -> tuple[int, ...]:
        """The newest clean sessions in a row of that exercise and side since that instant, newest first (D38).

        A session of it is one on its step; with a step named, what was done on another neither counts nor breaks (D36).
        Another form breaks it.
        """
        run: list[int] = []
        later: dt.date | None = None
        form = ""
        gap = self.number["run_gap_days"]
        for index in range(len(self.course.sats) - 1, -1, -1):
            sat = self.course.sats[index]
            if sat.done.began < since:
                break
            work = self.work_of(index, exercise, side)
            if work is None or (not work.sets and work.skipped not in _OUT_FOR_PAIN):
                continue
            if step and work.item.step != step:
                continue
            if later is not None and ((later - sat.day).days >= gap or work.item.form != form):
                break
            if not work.sets or not self._clean(index, work, side):
                break
            later, form = sat.day, work.item.form
            if not (work.item.cut or sat.done.shown.light):
                run.append(index)
        return tuple(run)

    def broken_by_gap(self) -> bool:
        """Eight days or more since the last session: every run starts again (D38)."""
        if not self.course.sats:
            return False
        return (self.today - self.course.sats[-1].day).days >= self.knowledge["run_gap_days"]

    # ---- attendance (D36, D45, D69)

    def attended(self, index: int) -> bool:
        """At least half of the prescribed sets done, or ended by the pain rule."""
        sat = self.course.sats[index].done
        if sat.ended_by == "pain_rule":
            return True
        prescribed = sum(item.dose.sets for item in sat.shown.items if item.slot > 1 and not item.trial)
        done = sum(len(work.sets) for work in self.work(index).values() if work.item.slot > 1)
        return done >= prescribed * self.knowledge["attended_share"]

    def adherence(self, *, first: dt.date) -> Decimal | None:
        """Attended sessions over planned ones from that day to yesterday, at most 1; None before anything is planned."""
        last = self.today - dt.timedelta(days=1)
        planned = self.calendar.planned_between(first, last)
        if planned <= 0:
            return None
        sats = [i for i, sat in enumerate(self.course.sats) if first <= sat.day <= self.today]
        return min(Decimal(sum(self.attended(i) for i in sats)) / planned, Decimal(1))

    def run_is_dense(self, run: tuple[int, ...]) -> bool:
        """PR2 by D45: the run's last three sessions lie at most 7 days apart at 3 a week, 10 at 2."""
        needed = int(self.knowledge["clean_sessions_to_progress"])
        if len(run) < needed:
            return False
        newest, oldest = self.course.sats[run[0]].day, self.course.sats[run[needed - 1]].day
        often = self.calendar.frequency_on(newest) >= self.knowledge["sessions_per_week"]
        span = self.knowledge["adherence_span_3" if often else "adherence_span_2"]
        return (newest - oldest).days - self.calendar.left_out_between(oldest, newest) <= span

    # ---- hip-flexor work (D48)

    def work_in(self, exercise: str, dose: Dose) -> Decimal:
        """Sets x repetitions x (hold in units of 5 s, at least 1) x class; one cycle of E17 counts three repetitions."""
        unit = self.knowledge["work_hold_unit_s"]
        held = max(Decimal(dose.hold_s) / unit, Decimal(1))
        return dose.sets * dose.reps * held * self.exercise(exercise).weight
