"""Today in one look: train, rest, paused or see someone, with the reason; what waits; what was decided last."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from msgspec import Struct

from psoas.knowledge import wording as said
from psoas.pathway.decisions import Paused, Rest, Session
from psoas.pathway.due import check_days
from psoas.pathway.seen import Sat
from psoas.terms import SIDES, Level
from psoas.web import telling, waiting
from psoas.web.prescribed import Line, lines
from psoas.web.sitting import Sitting
from psoas.web.visit import Visit, course_page

AN_HOUR = dt.timedelta(hours=1)  # a clock that is set by the network moves less


class Look(Struct, frozen=True, kw_only=True):
    """The one thing the page says."""

    kind: str  # train | going | close | rest | paused | refer | ended
    title: str
    lede: str
    tone: str
    whys: list[telling.Why] = []
    actions: tuple[tuple[str, str], ...] = ()  # label, address; the first is the main one
    go: tuple[tuple[str, str], ...] = ()  # where to go, and what to say there


@course_page
def today(visit: Visit) -> HttpResponseBase:
    """The page. What it says is made once for each state of the record and minute."""
    title, main = visit.kept(f"today {visit.day}", lambda: _main(visit))
    return render(visit.request, "course/today.html", {"title": title, "today": main})


def _main(visit: Visit) -> tuple[str, SafeString]:
    cards = waiting.cards(visit.reading)
    look = look_of(visit, cards)
    calm = look.tone == "stop"  # an emergency stands alone on its page
    context: dict[str, Any] = {
        "look": look,
        "day": telling.day_words(visit.day),
        "cards": [] if calm else [card for card in cards if card.path not in {path for _, path in look.actions}],
        "decision": None if calm else telling.newest(visit.course, knowledge=visit.knowledge),
        "lines": shown(visit) if look.kind == "train" else [],
        "facts": _facts(visit),
        "days": _days(visit),
        "week": _week(visit),
        "behind": _behind(visit),
    }
    return look.title, visit.drawn("course/today_main.html", context)


def _behind(visit: Visit) -> tuple[str, str] | None:
    """What the machine's clock says and the date of her newest entry, where the clock stands an hour or more before it."""
    course = visit.course
    told = (course.screens, course.tests, course.days, course.weeks, course.checks, course.followups, course.reports)
    instants = [each[-1].at for each in (*told, course.decisions, *course.mornings.values()) if each]
    instants += [sat.done.ended for sat in (*course.sats[-1:], course.open) if sat is not None]
    newest = max(instants, default=visit.now)
    if newest - visit.now < AN_HOUR:
        return None
    return f"{telling.day_words(visit.day)} {visit.now:%Y, %H:%M}", f"{telling.day_words(newest.date())} {newest:%Y}"


class Day(Struct, frozen=True):
    """One day of the strip: its name, what was or is on it, and how it looks."""

    name: str
    date: str
    says: str
    look: str


def _days(visit: Visit) -> list[Day]:
    """The last six days, today and the next day, each with what happened."""
    began = {sat.day for sat in visit.course.sats}
    days = [visit.day + dt.timedelta(days=n) for n in range(-6, 2)]
    return [_one_day(visit, day, began) for day in days]


def _one_day(visit: Visit, day: dt.date, began: set[dt.date]) -> Day:
    name, date = f"{day:%a}", telling.day_words(day)
    if day in began:
        return Day(name, date, "a session", "done")
    if day == visit.day:
        return Day(name, date, "today", "now")
    return Day(name, date, "to come" if day > visit.day else "no session", "next" if day > visit.day else "none")


def _facts(visit: Visit) -> list[tuple[str, str]]:
    """What stands beside the one look: stage, sessions of the seven days, the next check."""
    reading, words = visit.reading, visit.knowledge.words["stage"]
    stages = {side: reading.side(side).stage for side in SIDES}
    each = [f"{side.value} {stage.value}" for side, stage in stages.items()]
    same = len(set(stages.values())) == 1
    stage = f"{stages[SIDES[0]].value}, {words[stages[SIDES[0]].value].lower()}" if same else ", ".join(each)
    recent = sum(1 for sat in visit.course.sats if 0 <= (visit.day - sat.day).days < 7)
    found = [("Stage", stage), ("In seven days", f"{recent} of {reading.calendar.frequency_on(visit.day)} sessions")]
    check = _next_check(visit)
    return [*found, ("Next check", telling.day_words(check))] if check else found


def _next_check(visit: Visit) -> dt.date | None:
    """The date of the next check that is not settled, where the plan has begun."""
    reading = visit.reading
    if reading.calendar.first_day is None or reading.plan.mode != "course":
        return None
    far = reading.calendar.plan_day(visit.day) + int(visit.knowledge["check_every_days"])
    days = [day for day in check_days(visit.knowledge, until=far) if day not in reading.plan.settled_checks]
    dates = [date for day in days if (date := reading.calendar.date_of(day)) is not None and date >= visit.day]
    return dates[0] if dates else None


def _week(visit: Visit) -> str:
    """The week of the course; of twelve as long as it is one of them, and none once only upkeep goes on (D72, D73)."""
    week, weeks = visit.reading.calendar.week_of(visit.day), int(visit.knowledge["programme_weeks"])
    if visit.reading.plan.mode != "course" or not week:
        return ""
    return f"week {week} of {weeks}" if week <= weeks else f"week {week}"


def shown(visit: Visit) -> list[Line]:
    """The exercises of today's session."""
    return (
        lines(visit.today, course=visit.course, knowledge=visit.knowledge) if isinstance(visit.today, Session) else []
    )


def look_of(visit: Visit, cards: list[waiting.Card]) -> Look:
    """What today is."""
    forgotten = waiting.left_open(visit.reading)
    if forgotten is not None and not visit.course.stops:
        return _to_close(forgotten)
    if Sitting.of(visit) is not None:
        return _going(visit)
    match visit.today:
        case Session() as session:
            return _train(visit, session, cards)
        case Rest() as rest:
            return _rest(visit, rest)
        case Paused() as paused:
            return _paused(visit, paused)


def _going(visit: Visit) -> Look:
    return Look(
        kind="going",
        title="Your session is open",
        lede="Every set you finished is kept. Go on where you were, or end it here.",
        tone="teal",
        actions=(("Go on", "/session/"), ("End it", "/session/end/")),
    )


def _to_close(sat: Sat) -> Look:
    return Look(
        kind="close",
        title="A session was left open",
        lede=f"The session of {telling.day_words(sat.day)} was not ended. Its sets are kept; close it first, then see what today is.",
        tone="amber",
        actions=(("Close it", "/session/close/"),),
    )


def _train(visit: Visit, session: Session, cards: list[waiting.Card]) -> Look:
    minutes = -(-session.minutes // 5) * 5
    morning = any(card.name == "morning" for card in cards)
    lede = f"About {minutes} minutes. Before it come six short safety questions."
    if session.light:
        lede = f"A light session, about {minutes} minutes. Before it come six short safety questions."
    first = ("Answer for the morning, then start", "/session/start/") if morning else ("Start", "/session/start/")
    whys = telling.whys(session.reasons, knowledge=visit.knowledge)
    return Look(kind="train", title="Train today", lede=lede, tone="teal", whys=whys, actions=(first,))


def _rest(visit: Visit, rest: Rest) -> Look:
    return Look(
        kind="rest",
        title=f"Rest until {when_words(rest.until, today=visit.day)}",
        lede="The next session may begin then. Walking and daily life are fine as long as they stay calm.",
        tone="calm",
        whys=telling.whys(rest.reasons, knowledge=visit.knowledge),
    )


def when_words(until: dt.datetime, *, today: dt.date) -> str:
    """An instant as one says it from today.

    >>> when_words(dt.datetime(2026, 11, 23, 18, 5), today=dt.date(2026, 11, 21))
    'Monday, 18:05'
    >>> when_words(dt.datetime(2026, 11, 22, 0, 0), today=dt.date(2026, 11, 21))
    'tomorrow'
    """
    days = (until.date() - today).days
    day = "today" if not days else "tomorrow" if days == 1 else f"{until:%A}"
    if days > 6:
        day = telling.day_words(until.date())
    return day if (until.hour, until.minute) == (0, 0) else f"{day}, {until:%H:%M}"


def _paused(visit: Visit, paused: Paused) -> Look:
    whys = telling.whys(paused.reasons, knowledge=visit.knowledge)
    actions = tuple(waiting.asked(ask, visit.reading) for ask in paused.asks if ask in waiting.ASKS)
    if paused.level is None:
        title, lede = _pause_words(paused)
        return Look(kind="paused", title=title, lede=lede, tone="amber", whys=whys, actions=actions)
    sentence = said.decision_sentence("refer", knowledge=visit.knowledge, level=paused.level)
    means = said.word(paused.level.value, section="level_means", knowledge=visit.knowledge)
    titles = {Level.EMERGENCY: "Go to an emergency department now", Level.URGENT: "See a doctor today"}
    return Look(
        kind="refer",
        title=titles.get(paused.level, "See a clinician first"),
        lede=f"{sentence} {means}",
        tone="stop" if paused.level is not Level.CLINICIAN else "amber",
        whys=whys,
        actions=(*actions, *_mistaken(visit)),
        go=_where(visit, paused),
    )


def _mistaken(visit: Visit) -> list[tuple[str, str]]:
    """Where an answer given by mistake is said otherwise (D16)."""
    course = visit.course
    rows = {stop.row for stop in course.stops}
    screened = course.screens and rows & {*course.screens[-1].body.fired, *course.screens[-1].body.unknown}
    daily = any(rows & {*day.body.fired, *day.body.unknown} for day in course.days[-1:])
    ways = [("An answer was a mistake", "/screen/mistake/")] if screened else []
    return ways or ([("An answer was a mistake", "/record/")] if daily else [])


def _pause_words(paused: Paused) -> tuple[str, str]:
    if paused.asks:
        return "Something comes first", "Training waits for one thing. Nothing else has to be done before it."
    if any(reason.rule == "D12" for reason in paused.reasons):
        return (
            "No session today",
            "The hip is too sore today. Tell us how it is tomorrow; today, stay calm and walk as it allows.",
        )
    return "Paused", "There is no session for now, and this is why."


def _where(visit: Visit, paused: Paused) -> tuple[tuple[str, str], ...]:
    """Where to go and what to say there: for each row its own words, else those of the level."""
    flags = visit.knowledge.red_flags
    rows = [
        flags[reason.rule] for reason in paused.reasons if reason.rule in flags and not reason.values.get("unknown")
    ]
    if rows:
        return tuple((flag.go, flag.say) for flag in rows)
    level = paused.level.value if paused.level else "C"
    words = visit.knowledge.words
    return ((words["go"][level], words["say"][level]),)
