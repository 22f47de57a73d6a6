"""The checks at 2, 4, 6, 8 and 12 weeks: referral, discharge, fewer sessions, the stretch's end (C11, D65, D67-D72)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import (
    Change,
    CheckSettled,
    Decision,
    Discharge,
    FrequencyFrom,
    Hold,
    Leaves,
    ModeTo,
    Pause,
    Refer,
)
from psoas.pathway.due import check_due
from psoas.pathway.ending import not_yet, reopened_by
from psoas.pathway.findings import angle_of, on_side
from psoas.pathway.following import followed_up
from psoas.pathway.record import CheckAnswered, Decided, FollowedUp, Replied
from psoas.pathway.referring import Referral, check_referrals
from psoas.pathway.seen import Dated
from psoas.terms import SIDES, Reason, Side

_REOPENED: dict[type, str] = {Replied: "wish", FollowedUp: "followup"}  # at which moment; else the weekly answer


def at_check(reading: Reading) -> Iterator[Decision]:
    """The decision of a check, once all its answers are in; after the course what opens it again, and the follow-up."""
    check = check_due(reading)
    if check is not None and not check.missing:
        answered = next(c for c in reversed(reading.course.checks) if c.body.day == check.day)
        yield _decided(reading, answered.body, about=_about(reading, answered))
    elif (by := reopened_by(reading)) is not None:
        moment = by.body.decision.moment if isinstance(by.body, Decided) else _REOPENED.get(type(by.body), "week")
        changes = (ModeTo(mode="reopen"),)
        yield Pause(reasons=(Reason("MA2"),), changes=changes, moment=moment, about=f"reopen:{by.seq}")
    else:
        yield from followed_up(reading)


def _about(reading: Reading, answered: Dated) -> str:
    """The check by its plan day; where an earlier course had one of that day, by its place in the record too (D73)."""
    about = f"check:{answered.body.day}"
    before = any(decided.body.decision.about == about for decided in reading.course.decisions)
    return f"{about}:{answered.seq}" if before else about


def _decided(reading: Reading, check: CheckAnswered, *, about: str) -> Decision:
    done = CheckSettled(day=check.day)
    sent = check_referrals(reading, check)
    unmet = not_yet(reading, check) if check.day >= reading.knowledge["discharge_from_day"] else (Reason("D70"),)
    sent += _no_longer(reading, check) if unmet else ()
    smaller = list(_fewer_sessions(reading)) + list(_stretch_ends(reading, check))
    less, why = tuple(change for _, change in smaller), tuple(reason for reason, _ in smaller)
    if sent:
        level = max((referral.level for referral in sent), key=lambda of: of.rank)
        changes = (*(referral.change(reading) for referral in sent), *less, done)
        reasons = (*(r.reason for r in sent), *why)
        return Refer(level=level, reasons=reasons, changes=changes, moment="check", about=about)
    if not unmet:
        changes = (ModeTo(mode="maintenance"), done)
        return Discharge(reasons=(Reason("D70"), Reason("MA1")), changes=changes, moment="check", about=about)
    return Hold(reasons=(*unmet, *why), changes=(*less, done), moment="check", about=about)


def _no_longer(reading: Reading, check: CheckAnswered) -> Iterator[Referral]:
    """Week 24 without discharge: C-hold (D72)."""
    if check.day >= 7 * reading.knowledge["programme_weeks_max"] and "D72" not in reading.plan.held_for:
        yield Referral(Reason("D72"), holds=True)


def _fewer_sessions(reading: Reading) -> Iterator[tuple[Reason, Change]]:
    """Under 75 % attended since the last check: two a week from the next plan week (D69)."""
    first = _last_check(reading) or reading.calendar.first_day
    share = reading.adherence(first=first) if first else None
    often = reading.calendar.frequency_on(reading.today)
    if share is None or share * 100 >= reading.knowledge["min_adherence"]:
        return
    percent = int(share * 100)
    if often <= reading.knowledge["sessions_per_week_low"]:
        yield Reason("HO4", {"percent": percent}), FrequencyFrom(week=_next_week(reading), sessions=2)
    else:
        yield Reason("D69", {"percent": percent}), FrequencyFrom(week=_next_week(reading), sessions=2)


def _next_week(reading: Reading) -> int:
    return reading.calendar.week_of(reading.today) + 1


def _last_check(reading: Reading) -> dt.date | None:
    done = [c.day for c in reading.course.checks if c.body.day in reading.plan.settled_checks]
    return done[-1] if done else None


def _stretch_ends(reading: Reading, check: CheckAnswered) -> Iterator[tuple[Reason, Change]]:
    """CL8: four weeks allowed and the angle better by less than 5 degrees: the stretch leaves for the episode (D29)."""
    for side in SIDES:
        days = [
            s.day
            for s in reading.course.sats
            if any(i.exercise == "E01" and i.side == side.value for i in s.done.shown.items)
        ]
        if not days or (reading.today - days[0]).days < reading.knowledge["stretch_review_days"]:
            continue
        gained = _gained(reading, side, days[0])
        if reading.side(side).away.get("E01") != "episode" and (
            gained is None or gained < reading.knowledge["mtt_real_change"]
        ):
            values: dict[str, object] = {"side": side.value, "gained": "unknown" if gained is None else gained}
            yield Reason("CL8", values), Leaves(exercise="E01", side=side.value, until="episode")


def _gained(reading: Reading, side: Side, since: dt.date) -> Decimal | None:
    """Degrees gained from the newest angle before the stretch began to the newest one; None without both."""
    tests = (
        (dated.day, test) for dated in reading.course.tests for test in on_side(dated.body.findings.length, side=side)
    )
    told = [(day, angle) for day, test in tests if (angle := angle_of(test)) is not None]
    before = [angle for day, angle in told if day <= since]
    after = [angle for day, angle in told if day > since]
    return before[-1] - after[-1] if before and after else None
