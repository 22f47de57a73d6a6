"""What is due: the full screen (D10), the checks (D65), form (D54), the return after a gap (D61), weekly answers."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from psoas.knowledge.schema import Knowledge
from psoas.pathway.admission import Refused, admit, withheld
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.facts import recent_tests
from psoas.pathway.findings import on_side
from psoas.terms import SIDES, Stage

CHECK_PARTS = {14: ("answers", "screen", "form"), 28: ("answers", "screen", "length", "strength"),
               42: ("answers", "screen", "strength"), 56: ("answers", "screen", "strength")}  # fmt: skip
_EXERCISES_TOO = ("length", "holds")  # tests that may be ruled out as an exercise is
_HOLDS = ("E06", "E07")
FULL_CHECK = ("answers", "screen", "length", "strength", "holds")


class Check(Struct, frozen=True):
    """A check: its plan day and date, the parts still missing, whether it is overdue or even late."""

    day: int
    on: dt.date
    missing: tuple[str, ...]
    overdue: bool
    late: bool


def screen_ends(course: Course, *, knowledge: Knowledge) -> dt.date | None:
    """The last day that the newest full screen serves; None without one."""
    if not course.screens:
        return None
    return course.screens[-1].day + dt.timedelta(days=int(knowledge["triage_valid_days"]))


def check_days(knowledge: Knowledge, *, until: int) -> tuple[int, ...]:
    """Plan days 14, 28, 42, 56, 84, then every 28 (D65), up to that plan day."""
    days = [int(knowledge[f"check_day_{n}"]) for n in range(1, 6)]
    while days[-1] < until:
        days.append(days[-1] + int(knowledge["check_every_days"]))
    return tuple(day for day in days if day <= until)


def check_due(reading: Reading) -> Check | None:
    """The oldest check that may be done now and is not settled; None when there is none."""
    return reading.known(_check_due)


def _check_due(reading: Reading) -> Check | None:
    early, late = int(reading.knowledge["check_early_days"]), int(reading.knowledge["check_late_days"])
    plan_day = reading.calendar.plan_day(reading.today)
    if reading.plan.mode != "course":
        return None
    for day in check_days(reading.knowledge, until=plan_day + early):
        if day not in reading.plan.settled_checks and not _shared(reading, day):
            on = reading.calendar.date_of(day) or reading.today
            missing = missing_parts(reading, day, on)
            return Check(day, on, missing, plan_day > day, plan_day >= day + late)
    return None


def _shared(reading: Reading, day: int) -> bool:
    """A check done within seven days before the next counts for both (D65)."""
    shared = int(reading.knowledge["check_shared_days"])
    dates = [done.day for done in reading.course.checks if done.body.day in reading.plan.settled_checks]
    on = reading.calendar.date_of(day)
    return on is not None and any(0 <= (on - date).days <= shared for date in dates)


def missing_parts(reading: Reading, day: int, on: dt.date) -> tuple[str, ...]:
    """The parts of that check not yet answered; anything done up to three days early counts.

    A worst pain that nobody could tell is no answer yet, and is asked again (D65). A test that she must not do is not
    waited for: what it would find stays unknown (D06).
    """
    first = on - dt.timedelta(days=int(reading.knowledge["check_early_days"]))
    course = reading.course
    findings = [dated.body.findings for dated in course.tests if dated.day >= first]
    answers = [c.body for c in course.checks if c.day >= first and c.body.day == day]
    done = {
        "answers": bool(answers) and all(answers[-1].worst.get(side) is not None for side in SIDES),
        "screen": any(s.day >= first for s in course.screens),
        "form": any(f.day >= first for f in course.forms),
        "length": any(f.length for f in findings),
        "strength": any(f.strength or f.holds for f in findings),
        "holds": any(f.holds for f in findings),
        "signs": any(f.signs for f in findings),
    }
    left = tuple(part for part in check_parts(reading, day) if not done[part])
    return tuple(part for part in left if part not in _EXERCISES_TOO or not _withheld(reading, part)) if left else ()


def check_parts(reading: Reading, day: int) -> tuple[str, ...]:
    """The parts of that check.

    At week 2 the pain signs again, where she began with caution (D09); from week 8 the length too, where the newest no
    longer serves for the end (D65, D70).
    """
    parts = CHECK_PARTS.get(day, FULL_CHECK)
    if day == reading.knowledge["check_day_1"] and reading.plan.caution:
        return (*parts, "signs")
    tests = recent_tests(reading.course, day=reading.today, knowledge=reading.knowledge)
    serves = all(on_side(tests.length, side=side) for side in SIDES)
    ends = day >= reading.knowledge["discharge_from_day"]
    return parts if "length" in parts or serves or not ends else (*parts, "length")


def _withheld(reading: Reading, part: str) -> bool:
    """Every test of that part is one that she must not do (C4b)."""
    facts = reading.person
    if part == "length":
        return bool(withheld(reading.knowledge.measures["mtt"], facts=facts))
    wish = reading.course.wish
    return all(isinstance(admit(reading.exercise(name), facts=facts, wish=wish), Refused) for name in _HOLDS)


def form_due(reading: Reading) -> bool:
    """HO5: form is due in the sixth session or on the 14th day in a stage, whichever is first, until recorded (D54)."""
    moving = [side for side in SIDES if reading.side(side).stage > Stage.SETTLE]
    return any(_form_due_on(reading, reading.side(side).entered) for side in moving) or _taught_again(reading)


def _taught_again(reading: Reading) -> bool:
    """All steps went back to 1 by compensation: form is taught again before anything goes up (D58)."""
    back = [d.at for d in reading.course.decisions if any(r.rule == "D58" for r in d.body.decision.reasons)]
    return bool(back) and not any(form.at > back[-1] and form.body.good == "yes" for form in reading.course.forms)


def _form_due_on(reading: Reading, entered: dt.datetime) -> bool:
    sats = [sat for sat in reading.course.sats if sat.done.began >= entered]
    if not sats:
        return False
    days = (reading.today - sats[0].day).days + 1
    reached = len(sats) >= reading.knowledge["form_recheck_session"] or days >= reading.knowledge["form_recheck_day"]
    return reached and not any(form.at >= entered and form.body.good == "yes" for form in reading.course.forms)


def gap_asks(reading: Reading) -> tuple[str, ...]:
    """What a return after a gap asks for first: 15-28 days Screen S, 29 or more a full screen and all tests (D61)."""
    sats = reading.course.sats
    if not sats or reading.plan.made > sats[-1].day:
        return ()
    days, last = (reading.today - sats[-1].day).days, sats[-1].done.began
    if days >= reading.knowledge["missed_full_days"]:
        asks = {"screen": reading.course.screens, "tests": reading.course.tests}
        missing = tuple(
            name for name, done in asks.items() if not any(d.at > last and _fresh(reading, d.day) for d in done)
        )
        return (*missing, "plan") if reading.plan.mode == "course" else missing
    if days >= reading.knowledge["missed_stage_days"]:
        holds = any(dated.body.findings.holds and dated.at > last for dated in reading.course.tests)
        return () if holds else ("holds",)
    return ()


def _fresh(reading: Reading, day: dt.date) -> bool:
    return (reading.today - day).days < reading.knowledge["triage_valid_days"]


def week_due(reading: Reading) -> bool:
    """The weekly questions: due once seven days have passed since the last answer, or since the plan began (C11)."""
    told = [dated.day for dated in (*reading.course.weeks, *reading.course.checks)]
    first = reading.calendar.first_day
    since = max([*told, *([first] if first else [])], default=None)
    return since is not None and (reading.today - since).days >= reading.knowledge["week_days"]
