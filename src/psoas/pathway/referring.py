"""Stopping and sending on during the course, and coming back (C10, rulings D13-D16, D58, D60, D64, D66-D68)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Change, HeldUntil, Stops
from psoas.pathway.facts import limp_today, onset_facts
from psoas.pathway.findings import on_side
from psoas.pathway.gating import deep_front
from psoas.pathway.record import CheckAnswered
from psoas.terms import SIDES, Answer, Level, Reason, Stage

MUCH_BETTER = ("very_much_better", "much_better")
BACK_ONE_STAGE = frozenset({"SR3", "SR5", "SR6", "SR8"})


class Referral(Struct, frozen=True):
    """A row that sends her to somebody: it stops the course, or only holds it (D13)."""

    reason: Reason
    level: Level = Level.CLINICIAN
    holds: bool = False

    def change(self, reading: Reading) -> Change:
        """What it does to the course."""
        if self.holds:
            until = reading.today + dt.timedelta(days=int(reading.knowledge["c_hold_days"]))
            return HeldUntil(until=until, rows=(self.reason.rule,))
        return Stops(level=self.level, rows=(self.reason.rule,))


def referrals(reading: Reading, *, fired: tuple[Reason, ...] = ()) -> list[Referral]:
    """Every row of the course that now calls for somebody and does not stop or hold it already.

    `fired` are the reasons of the decision being made: they count with those already recorded.
    """
    standing = {stop.row for stop in reading.course.stops} | set(reading.plan.held_for)
    found = _all(reading, fired) if fired else reading.known(_with_nothing_fired)
    return [referral for referral in found if referral.reason.rule not in standing]


def _with_nothing_fired(reading: Reading) -> tuple[Referral, ...]:
    """A look asks it of the day and of the week: the answer is the same."""
    return tuple(_all(reading, ()))


def _all(reading: Reading, fired: tuple[Reason, ...]) -> Iterator[Referral]:
    told = _told(reading, fired)
    yield from _reds(reading, told)
    yield from _pinches(reading, told)
    yield from _front_pain(reading)
    yield from _stage_zero(reading)
    yield from _limp_past(reading)
    yield from _failed_trials(reading)
    yield from _form_twice(told)
    yield from _still_too_sore(reading)


def _last_leave(reading: Reading) -> dt.datetime | None:
    return reading.course.clearances[-1].at if reading.course.clearances else None


def _told(reading: Reading, fired: tuple[Reason, ...]) -> list[tuple[dt.date, Reason]]:
    """The reasons of every decision since the last leave, and of the one being made, each with its date."""
    since = _last_leave(reading)
    made = [d for d in reading.course.decisions if since is None or d.at >= since]
    return [
        *((day, reason) for d in made for day in (d.day,) for reason in d.body.decision.reasons),
        *((reading.today, r) for r in fired),
    ]


def _reds(reading: Reading, told: list[tuple[dt.date, Reason]]) -> Iterator[Referral]:
    """SR6: three dates with a red on either side, first and third 14 or less apart, since the last clearance (D41)."""
    days, needed = int(reading.knowledge["red_refer_window_days"]), int(reading.knowledge["red_to_refer"])
    span = dt.timedelta(days=days)
    since, now = _last_leave(reading), _between_sessions(reading, told)
    if not now and not reading.red_dates(first=reading.today - span, since=since):
        return  # the third lies in the last 14 days, and most people have none there
    dates = sorted({*reading.red_dates(first=reading.today - 2 * span, since=since), *now})
    if any(last - first <= span and reading.today - last <= span for first, last in _bunches(dates, needed)):
        yield Referral(Reason("SR6", {"reds": needed, "days": days}))


def _between_sessions(reading: Reading, told: list[tuple[dt.date, Reason]]) -> set[dt.date]:
    """Today, where impact, a limp or a bad night of today is a red by the decision being made (D66)."""
    asked = any(answered.day == reading.today for answered in reading.course.days)
    fired = any(day == reading.today and reason.rule == "SR2" and "side" in reason.values for day, reason in told)
    return {reading.today} if asked and fired else set()


def _bunches(dates: Sequence[dt.date], number: int) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last of every so many dates in a row."""
    return zip(dates, dates[number - 1 :], strict=False)


def _pinches(reading: Reading, told: list[tuple[dt.date, Reason]]) -> Iterator[Referral]:
    """RG4 again, or still pinching or snapping with pain in daily life after 14 days (D60)."""
    days, since = dt.timedelta(days=int(reading.knowledge["pinch_days"])), _last_leave(reading)
    pinched = [(day, reason) for day, reason in told if reason.rule == "RG4"]
    still = any(
        answer is Answer.YES and week.day >= min(day for day, _ in pinched) + days
        for week in reading.course.weeks if pinched and (since is None or week.at >= since)
        for answer in week.body.snaps.values()
    )  # fmt: skip
    works = [(r.values["exercise"], r.values["side"]) for _, r in pinched if "exercise" in r.values]
    if still or len(works) > len(set(works)):
        yield Referral(Reason("RG4"))


def _front_pain(reading: Reading) -> Iterator[Referral]:
    """CL3 in two sessions within 14 days (D29)."""
    first = reading.today - dt.timedelta(days=int(reading.knowledge["front_pain_window_days"]))
    leave = _last_leave(reading)
    recent = [sat for sat in reading.course.sats if sat.day >= first and (leave is None or sat.done.began >= leave)]
    for side in SIDES:
        sats = [sat for sat in recent if deep_front(sat, side)]
        if len(sats) >= reading.knowledge["front_pain_sessions"]:
            yield Referral(Reason("CL3", {"side": side.value}))
            return


def _stage_zero(reading: Reading) -> Iterator[Referral]:
    """Over 14 days in Stage 0 (D49), or two reds in seven days there (D58)."""
    for side in SIDES:
        here = reading.side(side)
        if here.stage is not Stage.SETTLE:
            continue
        days = (reading.today - here.entered.date()).days
        window, needed = int(reading.knowledge["red_window_days"]), int(reading.knowledge["red_to_stage_down"])
        reds = reading.recent_reds(side, days=2 * window, since=here.entered)
        if days > reading.knowledge["stage_0_max_days"]:
            yield Referral(Reason("D49", {"days": days}))
        if any((last - first).days <= window for first, last in _bunches(reds, needed)):
            yield Referral(Reason("RG3", {"stage": "0"}))


def _limp_past(reading: Reading) -> Iterator[Referral]:
    """A limp in Stage 0 past the 72 h of a known minor strain is TC3 (D49)."""
    settling = any(reading.side(side).stage is Stage.SETTLE for side in SIDES)
    if not settling or limp_today(reading.course, reading.today) is not Answer.YES:
        return
    facts = onset_facts(reading.course.intake, reading.course.facts, now=reading.now, knowledge=reading.knowledge)
    if facts["known_minor_strain"] != "yes":
        yield Referral(Reason("TC3"))


def _failed_trials(reading: Reading) -> Iterator[Referral]:
    """The third failed trial for one stage: C-hold (D24)."""
    most = reading.knowledge["trials_failed_max"]
    for side in SIDES:
        for stage, failed in reading.side(side).failed.items():
            if failed >= most:
                yield Referral(Reason("D24", {"stage": stage, "failed": failed}), holds=True)
                return


def _form_twice(told: list[tuple[dt.date, Reason]]) -> Iterator[Referral]:
    """In Stage 1 all steps went back to 1 by compensation a second time: C-hold (D58)."""
    if sum(reason.rule == "D58" for _, reason in told) > 1:
        yield Referral(Reason("D58"), holds=True)


def _still_too_sore(reading: Reading) -> Iterator[Referral]:
    """Current pain above 5, and still when asked on a later date: TC15 (D12)."""
    if not reading.course.days or reading.course.days[-1].day != reading.today:
        return
    newest = reading.course.days[-1]
    earlier = [day for day in reading.course.days if day.day < newest.day]
    for side in SIDES:
        if earlier and reading.too_sore(newest.body.now.get(side)) and reading.too_sore(earlier[-1].body.now.get(side)):
            yield Referral(Reason("TC15", {"pain": newest.body.now[side]}))
            return


# ---- at a check (D65, D67, D68, D72)


def check_referrals(reading: Reading, check: CheckAnswered) -> list[Referral]:
    """SR3 at 2 weeks, SR4 at 4 and 6, SR7 at 12, and lost movement at each."""
    found = list(_check_rows(reading, check))
    standing = {stop.row for stop in reading.course.stops} | set(reading.plan.held_for)
    return [referral for referral in found if referral.reason.rule not in standing]


def _check_rows(reading: Reading, check: CheckAnswered) -> Iterator[Referral]:
    k = reading.knowledge
    yield from _lost_movement(reading)
    if check.day == k["check_day_1"]:
        yield from _worse(reading, check)
    if k["stall_from_day"] <= check.day <= k["stall_to_day"] and not _well(reading, check):
        yield from _stalled(reading, check)
    if check.day == 7 * k["programme_weeks"] and not _well(reading, check):
        gain = psfs_gain(reading.course, check)
        if (gain is None or gain < k["psfs_medium"]) and check.change not in MUCH_BETTER:
            yield Referral(Reason("SR7", {"gain": "unknown" if gain is None else gain}), holds=True)


def _lost_movement(reading: Reading) -> Iterator[Referral]:
    """SR8: the newest length test of a side ends at a hard stop where an earlier one did not."""
    for side in SIDES:
        told = [test for dated in reading.course.tests for test in on_side(dated.body.findings.length, side=side)]
        if len(told) > 1 and "hard_stop" in told[-1].stopped_by and "hard_stop" not in told[0].stopped_by:
            yield Referral(Reason("SR8", {"side": side.value}))
            return


def psfs(scores: tuple[Decimal | None, ...]) -> Decimal | None:
    """Mean of the activities' scores; None while one of them is not known."""
    known = [score for score in scores if score is not None]
    return sum(known, Decimal(0)) / len(known) if known and len(known) == len(scores) else None


def psfs_gain(course: Course, check: CheckAnswered) -> Decimal | None:
    """The mean now less the mean at intake; positive is better; None where either is not known."""
    intake = course.intake
    before = psfs(tuple(a.score for a in intake.activities)) if intake else None
    now = psfs(check.scores)
    return None if before is None or now is None else now - before


def _well(reading: Reading, check: CheckAnswered) -> bool:
    """Worst 2 or less and PSFS 8 or more: SR4 and SR7 are not read (D67)."""
    worst = [check.worst.get(side) for side in SIDES]
    mean = psfs(check.scores)
    fine = all(pain is not None and pain <= reading.knowledge["pain_green_max"] for pain in worst)
    return fine and mean is not None and mean >= reading.knowledge["discharge_psfs"]


def _worse(reading: Reading, check: CheckAnswered) -> Iterator[Referral]:
    k, intake = reading.knowledge, reading.course.intake
    gain = psfs_gain(reading.course, check)
    if gain is not None and gain <= -k["psfs_small"]:
        yield Referral(Reason("SR3", {"psfs": gain}))
        return
    for side in SIDES:
        before = intake.sides[side].worst if intake and side in intake.sides else None
        now = check.worst.get(side)
        if before is not None and now is not None and now - before >= k["worse_pain"]:
            yield Referral(Reason("SR3", {"side": side.value, "rise": now - before}))
            return


def _stalled(reading: Reading, check: CheckAnswered) -> Iterator[Referral]:
    """SR4: three quarters attended, and neither pain nor function better by the small amounts."""
    k, intake = reading.knowledge, reading.course.intake
    first = reading.calendar.first_day
    if intake is None or first is None:
        return
    share = reading.adherence(first=first)
    side = max(SIDES, key=lambda of: (intake.sides[of].worst or Decimal(0)) if of in intake.sides else Decimal(0))
    before, now, gain = intake.sides[side].worst, check.worst.get(side), psfs_gain(reading.course, check)
    if share is None or share * 100 < k["min_adherence"] or before is None or now is None:
        return
    better = before - now >= k["nprs_small"] or (before - now) * 100 >= k["nprs_small_percent"] * before > 0
    if not better and (gain is None or gain < k["psfs_small"]):
        yield Referral(Reason("SR4", {"pain": before - now, "gain": "unknown" if gain is None else gain}), holds=True)
