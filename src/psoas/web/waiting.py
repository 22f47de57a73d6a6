"""What waits for an answer today: the morning, the week, a check, the safety check, form, an easier week on offer."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from psoas.pathway.counting import Reading
from psoas.pathway.due import Check, check_due, form_due, screen_ends, week_due
from psoas.pathway.easing import deload_offered, reassessed
from psoas.pathway.following import followup_due
from psoas.pathway.seen import Sat
from psoas.terms import SIDES, Answer, Stage
from psoas.web.telling import day_words

SOON = 3  # days ahead at which the next safety check is named


class Card(Struct, frozen=True, kw_only=True):
    """One thing that waits: what it is, why, and where it is answered."""

    name: str
    title: str
    says: str
    path: str
    minutes: int = 1
    rule: str = ""
    pressing: bool = False


PARTS = {
    "answers": ("Questions about pain and your activities", "/check/answers/"),
    "screen": ("The full safety check", "/screen/"),
    "form": ("A look at your form", "/form/"),
    "length": ("The length test", "/tests/"),
    "strength": ("The strength test", "/tests/"),
    "holds": ("The hold test", "/tests/"),
    "signs": ("The three pain signs again", "/tests/"),
}
ASKS = {
    "screen": ("Answer the safety check", "/screen/"),
    "tests": ("Do the self-tests", "/tests/"),
    "holds": ("Do the hold test", "/tests/"),
    "check": ("Do the check", "/check/"),
    "day": ("Say how you are", "/session/start/"),
    "intake": ("Say what hurts", "/intake/"),
    "wishes": ("Say what suits you", "/wishes/"),
    "seen": ("I have been seen", "/seen/"),
    "clearance": ("I have a clinician’s leave", "/leave/"),
    "reopen": ("Open the course again", "/restart/"),
    "plan": ("See the new plan", "/plan/"),
}


def screen_path(reading: Reading) -> str:
    """The full safety check reads today's pain and limp; where they are not told yet they are asked first."""
    return "/screen/" if told_today(reading) else "/today/how/?then=screen"


def asked(ask: str, reading: Reading | None) -> tuple[str, str]:
    """What is to be done for this ask, and where."""
    words, path = ASKS[ask]
    return (words, screen_path(reading)) if path == "/screen/" and reading is not None else (words, path)


def morning_open(reading: Reading) -> Sat | None:
    """The session whose next morning can be answered now and is not yet (D39)."""
    sats = reading.course.sats
    index = len(sats) - 1
    if index < 0 or not sats[index].closed or reading.morning_closed(index):
        return None
    earliest = sats[index].done.ended + dt.timedelta(hours=int(reading.knowledge["morning_min_hours"]))
    return sats[index] if reading.today > sats[index].day and reading.now >= earliest else None


def left_open(reading: Reading) -> Sat | None:
    """A session begun on an earlier day that nobody ended."""
    begun = reading.course.open
    return begun if begun is not None and begun.day < reading.today else None


def settling(reading: Reading) -> bool:
    """Stage 0: how it is is asked daily (D49)."""
    return any(reading.side(side).stage is Stage.SETTLE for side in SIDES)


def told_today(reading: Reading) -> bool:
    """Whether today has been answered."""
    return any(answered.day == reading.today for answered in reading.course.days)


def cards(reading: Reading) -> list[Card]:
    """Everything that waits, most pressing first."""
    found = [_morning(reading), _day(reading), _held(reading), _check(reading), _screen(reading)]
    found += [_three_months(reading), _form(reading), _again(reading), _week(reading), _easier(reading)]
    found += [_reopen(reading)]
    return [card for card in found if card is not None]


def _held(reading: Reading) -> Card | None:
    """Somebody is to look within 28 days; until then sessions go on and nothing goes up (D13)."""
    until = reading.plan.held_until
    if until is None or reading.today > until:
        return None
    says = f"A clinician should look before {day_words(until)}. Until then you train as you do; nothing goes up."
    return Card(name="held", title="Have it looked at", says=says, path="/leave/", rule="D13", pressing=True)


def _again(reading: Reading) -> Card | None:
    """Four weeks on one step: tests and form are looked at again before the same is tried again (D63)."""
    newest = reading.course.decisions[-1].body.decision if reading.course.decisions else None
    stuck = newest is not None and any(reason.rule == "HO7" for reason in newest.reasons)
    if not stuck or reassessed(reading):
        return None
    says = "Four weeks on the same step. New tests and a look at your form show what holds it."
    path = "/tests/" if any(form.day >= _two_weeks_ago(reading) for form in reading.course.forms) else "/form/"
    return Card(name="again", title="Tests and form again", says=says, path=path, minutes=10, rule="HO7")


def _two_weeks_ago(reading: Reading) -> dt.date:
    return reading.today - dt.timedelta(days=int(reading.knowledge["triage_valid_days"]))


def _morning(reading: Reading) -> Card | None:
    sat = morning_open(reading)
    if sat is None:
        return None
    says = f"The morning after your session of {day_words(sat.day)} decides whether something can go up."
    return Card(
        name="morning", title="How is it since the session?", says=says, path="/morning/", rule="D39", pressing=True
    )


def _day(reading: Reading) -> Card | None:
    if not settling(reading) or told_today(reading):
        return None
    says = "In the settling stage two calm days in a row open the way, so this is asked daily."
    return Card(name="day", title="How is it today?", says=says, path="/today/how/", rule="D49", pressing=True)


def _check(reading: Reading) -> Card | None:
    check = check_due(reading)
    if check is None or not check.missing:
        return None
    parts = len(check.missing)
    says = f"{parts} part{'s' if parts > 1 else ''} to do. {_by_when(check)}"
    return Card(
        name="check",
        title=f"The check of week {check.day // 7}",
        says=says,
        path="/check/",
        minutes=minutes_of(check),
        rule="D65",
        pressing=check.overdue,
    )


def minutes_of(check: Check) -> int:
    """About how long the missing parts take."""
    return sum({"answers": 2, "screen": 4, "form": 3}.get(part, 5) for part in check.missing)


def _by_when(check: Check) -> str:
    if check.late:
        return "It is two weeks late, so training waits for it."
    if check.overdue:
        return f"It was due on {day_words(check.on)}; until it is done nothing goes up."
    return f"It is due on {day_words(check.on)}."


def _screen(reading: Reading) -> Card | None:
    ends = screen_ends(reading.course, knowledge=reading.knowledge)
    if ends is None or not 0 <= (ends - reading.today).days <= SOON:
        return None
    says = f"The last one serves until {day_words(ends)}."
    return Card(
        name="screen", title="The full safety check", says=says, path=screen_path(reading), minutes=4, rule="D10"
    )


def _form(reading: Reading) -> Card | None:
    if not form_due(reading):
        return None
    says = "Form fades within two weeks. Compare yourself with the descriptions; then things can go up."
    return Card(name="form", title="A look at your form", says=says, path="/form/", minutes=3, rule="HO5")


def _week(reading: Reading) -> Card | None:
    if not week_due(reading):
        return None
    says = "Worst pain, stiffness and a few other things of the last seven days."
    return Card(name="week", title="The weekly questions", says=says, path="/week/", minutes=2, rule="CP6")


def _three_months(reading: Reading) -> Card | None:
    if not followup_due(reading):
        return None
    says = "Your course ended three months ago. Pain and your activities are asked once more, to see whether it lasts."
    return Card(name="followup", title="Three months on", says=says, path="/three-months/", minutes=2, rule="C11")


def _reopen(reading: Reading) -> Card | None:
    if reading.plan.mode != "maintenance":
        return None
    says = "If pain comes back, or you want more than to keep what you have: safety check and tests first, then a new plan."
    return Card(name="reopen", title="A new course?", says=says, path="/restart/", rule="MA2")


def _easier(reading: Reading) -> Card | None:
    if not offer_open(reading):
        return None
    says = "Four weeks of loading are done. An easier week is yours if you want it."
    return Card(name="deload", title="An easier week?", says=says, path="/offers/easier-week/", rule="DL0")


def offer_open(reading: Reading) -> bool:
    """Whether the easier week is on offer and not yet answered in these four weeks (D62)."""
    if reading.plan.mode != "course" or not deload_offered(reading):
        return False
    again = int(reading.knowledge["deload_again_days"])
    lately = (r for r in reading.course.replies if (reading.today - r.day).days < again and r.body.offer == "DL0")
    return not any(r.body.answer is not Answer.UNKNOWN for r in lately)
