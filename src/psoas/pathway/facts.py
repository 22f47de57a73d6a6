"""The derived facts that criteria read beside the answers themselves: age, pain, time since onset, stage, label.

A fact that is not known is the word "unknown"; criteria treat it as neither yes nor no (ruling D06).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course
from psoas.pathway.decisions import SideProfile
from psoas.pathway.findings import at_most, latest, pain_in_tests
from psoas.pathway.record import Findings, TakenIn
from psoas.pathway.seen import Dated
from psoas.pathway.strength import compared_with_other
from psoas.terms import SIDES, Answer, Side, both, either

UNKNOWN = "unknown"
WHOLE_AGE_IN_DOUBT = 18  # up to here the younger reading of a birth month is the cautious one


def age_on(course: Course, day: dt.date) -> int | None:
    """Whole years on that day; None before intake. The day of birth is not asked: in doubt the cautious reading."""
    return None if course.intake is None else age_of(course.intake.born, day)


def age_of(born: str, day: dt.date) -> int:
    """Whole years of somebody born in that month ("YYYY-MM"), younger in doubt up to 18, older in doubt after.

    >>> age_of("2008-11", dt.date(2026, 11, 21)), age_of("1961-11", dt.date(2026, 11, 1))
    (17, 65)
    """
    year, month = (int(part) for part in born.split("-"))
    years = day.year - year - (day.month < month)
    return years - 1 if day.month == month and years <= WHOLE_AGE_IN_DOUBT else years


def person_facts(course: Course, *, now: dt.datetime, knowledge: Knowledge) -> dict[str, Any]:
    """Answers so far with the derived facts of the whole person; pains are the highest of both sides."""
    day = now.date()
    facts = dict(course.facts)
    facts |= {
        "age": _or_unknown(age_on(course, day)),
        "current_pain": _highest(current_pain(course, side, day=day) for side in SIDES),
        "worst_pain": _highest(worst_pain(course, side) for side in SIDES),
        "moment": _moment(course),
        "opts_out_of_stretch": "yes" if course.wish.stretch == "no" else "no",
        "goal": course.wish.goal,
        **onset_facts(course.intake, facts, now=now, knowledge=knowledge),
        **_weeks_since(facts, day),
    }
    if course.plan is not None:
        facts["lsi_return_ok"] = _lsi_return_ok(course, day=day, knowledge=knowledge)
        facts["tu2_factor"] = tu2_factor(course.facts).value
    limp = limp_last_told(course)
    return facts | ({"limp": limp.value} if limp else {})


def _moment(course: Course) -> str:
    """TC2 is read at intake and at a re-opening, not during a plan (D08)."""
    if course.plan is None:
        return "intake"
    return "reopen" if course.plan.mode == "reopen" else "course"


def onset_facts(
    intake: TakenIn | None, answers: dict[str, Any], *, now: dt.datetime, knowledge: Knowledge
) -> dict[str, Any]:
    """How it began and how long ago; `known_minor_strain` and `strain_recent` by ruling D07."""
    if intake is None:
        return {"onset_kind": UNKNOWN, "onset_hours": UNKNOWN, "onset_weeks": UNKNOWN, "known_minor_strain": UNKNOWN}
    hours = _hours_since(intake, now)
    recent = UNKNOWN if hours is None else ("yes" if hours <= knowledge["acute_hours"] else "no")
    return {
        "onset_kind": intake.onset_kind,
        "onset_hours": _or_unknown(hours),
        "onset_weeks": UNKNOWN if hours is None else hours / (24 * 7),
        "onset_recent": recent,
        "strain_recent": recent if intake.onset_kind != "gradual" else "no",
        "known_minor_strain": _minor_strain(intake, answers, recent).value,
    }


def _hours_since(intake: TakenIn, now: dt.datetime) -> Decimal | None:
    """Hours since it began; known by date only, the third date after it still counts as 72 h (D07)."""
    if intake.onset_at is not None:
        return Decimal(max((now - intake.onset_at).total_seconds(), 0)) / 3600
    if intake.onset is not None:
        return Decimal(24 * max((now.date() - intake.onset).days, 0))
    return None


_SPEAKS_AGAINST = ("pop", "defect_or_bruise", "cannot_lift_thigh", "cannot_bear_weight")


def _minor_strain(intake: TakenIn, answers: dict[str, Any], recent: str) -> Answer:
    """A remembered moment at most 72 h ago, no pop, defect or bruise, the thigh can be lifted and weight borne."""
    remembered = {"sudden": Answer.YES, "gradual": Answer.NO}.get(intake.onset_kind, Answer.UNKNOWN)
    against = (Answer(answers.get(name, UNKNOWN)).negated for name in _SPEAKS_AGAINST)
    return both((remembered, Answer(recent), *against))


def _weeks_since(answers: dict[str, Any], day: dt.date) -> dict[str, Any]:
    weeks: dict[str, Any] = {}
    for operation in ("hip_replacement", "hip_arthroscopy"):
        month = answers.get(f"{operation}_when")
        known = isinstance(month, str) and len(month) >= len("2026-11")
        weeks[f"{operation}_weeks"] = _whole_weeks(str(month), day) if known and month != UNKNOWN else UNKNOWN
    return weeks


def _whole_weeks(month: str, day: dt.date) -> int:
    """Weeks since the last day of that month, so that in doubt fewer have passed."""
    year, number = int(month[:4]), int(month[5:7])
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return max((day - following).days // 7, 0)


def side_facts(
    course: Course,
    side: Side,
    *,
    now: dt.datetime,
    person: dict[str, Any],
    profile: SideProfile,
    knowledge: Knowledge,
) -> dict[str, Any]:
    """The person's facts with those of one side laid over them."""
    worst = worst_pain(course, side)
    facts = {
        "current_pain": _or_unknown(current_pain(course, side, day=now.date())),
        "worst_pain": _or_unknown(worst),
        "irritable": UNKNOWN if worst is None else _yes(worst >= knowledge["irritable_from"]),
        **_profile_facts(profile),
    }
    if course.plan is not None:
        facts |= {
            "stage": course.plan.on(side).stage.value,
            "caution": _yes(course.plan.caution),
            "restricted": _yes(course.plan.restricted),
            "running_out": _yes(course.plan.running_out),
        }
    return person | facts


def tu2_factor(answers: dict[str, Any]) -> Answer:
    """Night or rest pain, a limp or painful rotation now (D52); a rise of load before the plan is in `top_stage`."""
    told = (answers.get(name, UNKNOWN) for name in ("night_pain", "rest_pain", "limp", "rotation_pain"))
    return either(Answer(answer) if answer in ("yes", "no") else Answer.UNKNOWN for answer in told)


def recent_tests(course: Course, *, day: dt.date, knowledge: Knowledge) -> Findings:
    """The newest test of each kind of the last 28 days: older ones serve no gate and no end of a course (D51, D65)."""
    valid = int(knowledge["test_valid_days"])
    return latest([dated.body.findings for dated in course.tests if (day - dated.day).days <= valid])


def weaker_lsi(course: Course, *, day: dt.date, knowledge: Knowledge) -> tuple[Decimal | None, str]:
    """The lower of both sides' LSI and its method; None without a test of the last 28 days with pain 2 or less (D51)."""
    tests, limit = recent_tests(course, day=day, knowledge=knowledge), knowledge["test_pain_max"]
    compared = [compared_with_other(tests, side=side, knowledge=knowledge) for side in SIDES]
    pains = [
        (found.pain if found else None, pain_in_tests(tests, side=side))
        for found, side in zip(compared, SIDES, strict=True)
    ]
    if any(at_most(pain, limit=limit) is not Answer.YES for each in pains for pain in each):
        return None, ""
    known = [(found.lsi, found.method) for found in compared if found is not None and found.lsi is not None]
    return min(known) if len(known) == len(SIDES) else (None, "")


def _lsi_return_ok(course: Course, *, day: dt.date, knowledge: Knowledge) -> str:
    if any("PR11" in given.body.rows and given.body.until >= day for given in course.clearances):
        return "yes"
    lsi, _ = weaker_lsi(course, day=day, knowledge=knowledge)
    return UNKNOWN if lsi is None else _yes(lsi >= knowledge["lsi_return"])


def _profile_facts(profile: SideProfile) -> dict[str, Any]:
    return {
        "label": profile.label,
        "length_flag": profile.length,
        "length_confidence": profile.length_confidence,
        "pain_limited": _yes(profile.pain_limited),
        "test_pain": _or_unknown(profile.test_pain),
        "lsi": _or_unknown(profile.lsi),
        "doha": profile.doha.value,
        "inhibited": profile.inhibited.value,
    }


def current_pain(course: Course, side: Side, *, day: dt.date) -> Decimal | None:
    """Pain now, at rest: the newest answer of that day, else what was said at intake while there is no plan."""
    mornings = [told for tellings in course.mornings.values() for told in tellings if told.at.date() == day]
    today = [*mornings, *(answered for answered in course.days if answered.at.date() == day)]
    if today:
        now: Decimal | None = max(today, key=lambda told: told.at).body.now.get(side)
        return now
    if course.intake is not None and (course.plan is None or course.intakes[-1].day == day):
        said = course.intake.sides.get(side)
        return said.now if said else None
    return None


def weekly_told(course: Course) -> tuple[Dated, ...]:
    """Every answer that tells the worst pain of seven days: weekly, at a check, three months after the course."""
    return (*course.weeks, *course.checks, *course.followups)


def worst_pain(course: Course, side: Side) -> Decimal | None:
    """Highest pain of the last seven days as last told: weekly, at a check or after the course, or at intake."""
    newest = max(weekly_told(course), key=lambda dated: dated.at, default=None)
    if newest is not None and (not course.intakes or newest.at > course.intakes[-1].at):
        worst: Decimal | None = newest.body.worst.get(side)
        return worst
    said = course.intake.sides.get(side) if course.intake else None
    return said.worst if said else None


def limp_today(course: Course, day: dt.date) -> Answer | None:
    """Today's answer about a limp; None when it was not asked today."""
    for answered in reversed(course.days):
        if answered.day == day:
            limp: Answer = answered.body.limp
            return limp
    return None


def limp_last_told(course: Course) -> Answer | None:
    """The newest answer about a limp, of a day or of a full screen; None where neither told."""
    day = course.days[-1] if course.days else None
    if day is not None and (not course.screens or day.at >= course.screens[-1].at):
        limp: Answer = day.body.limp
        return limp
    told = course.facts.get("limp")
    return Answer(told) if told in ("yes", "no") else None


def _highest(pains: Any) -> Any:
    known = [pain for pain in pains if pain is not None]
    return max(known) if known else UNKNOWN


def _or_unknown(value: Any) -> Any:
    return UNKNOWN if value is None else value


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
