"""What the safety screen came to: who must look, how soon, what to say there, and the ways back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from msgspec import Struct

from psoas.knowledge import wording
from psoas.knowledge.criteria import All, Any_, Criterion, Not, facts_of, holds
from psoas.knowledge.schema import Knowledge, RedFlag
from psoas.pathway.answers import AGAIN, told
from psoas.pathway.course import Course
from psoas.pathway.decisions import Refer
from psoas.pathway.facts import person_facts
from psoas.pathway.leave import may_clear
from psoas.pathway.record import Screened
from psoas.terms import Answer, Level, Reason
from psoas.web import clock, desk, drafts, episodes, saying
from psoas.web.forms import screening
from psoas.web.guard import account_of
from psoas.web.pages import onboarding
from psoas.web.pages.screen import REPLACES, REVIEWED, ScreenWalk
from psoas.web.pages.walking import BEGUN
from psoas.web.writing import told_when_refused

NOT_SURE, NOT_KNOWN = "not sure", "not known"


class Row(Struct, frozen=True):
    """One row that stops her: what it is, where to go, what to say, and what she had answered."""

    id: str
    title: str
    level: Level
    go: str
    say: str
    unknown: bool
    quotable: bool
    answered: tuple[tuple[str, str], ...]
    sources: tuple[saying.Source, ...]


def rows_of(stops: Mapping[str, bool], *, facts: Mapping[str, Any], knowledge: Knowledge) -> list[Row]:
    """These rows (id -> only unknown), highest level first."""
    flags = [(knowledge.red_flags.get(row), row, unknown) for row, unknown in stops.items()]
    rows = [
        _row(flag, facts, unknown, knowledge) if flag else _ruled(row, unknown, knowledge)
        for flag, row, unknown in flags
    ]
    return sorted(rows, key=lambda row: (row.unknown, -row.level.rank))


def _row(flag: RedFlag, facts: Mapping[str, Any], unknown: bool, knowledge: Knowledge) -> Row:
    made = dict.fromkeys(facts_of(flag.when) if unknown else made_it(flag.when, facts))
    answered = tuple((wording.name_of(fact, knowledge=knowledge), _shown(fact, facts, knowledge)) for fact in made)
    return Row(
        id=flag.id,
        title=flag.title,
        level=Level.CLINICIAN if unknown else flag.level,
        go=flag.go,
        say=flag.say,
        unknown=unknown,
        quotable=may_clear(flag.id, quoted=True, knowledge=knowledge),
        answered=tuple((ask, said) for ask, said in answered if not unknown or said in (NOT_SURE, NOT_KNOWN)),
        sources=saying.sources(flag.sources, knowledge=knowledge),
    )


def _ruled(row: str, unknown: bool, knowledge: Knowledge) -> Row:
    """A stop that no safety question made, such as a row of the checks."""
    words = knowledge.words
    why = saying.why(Reason(row), knowledge=knowledge)
    return Row(
        row,
        why.sentence,
        Level.CLINICIAN,
        words["go"]["C"],
        words["say"]["C"],
        unknown,
        may_clear(row, quoted=True, knowledge=knowledge),
        (),
        why.sources,
    )


def made_it(criterion: Criterion, facts: Mapping[str, Any]) -> Iterator[str]:
    """The facts that made the criterion true."""
    match criterion:
        case All(parts):
            for part in parts:
                yield from made_it(part, facts)
        case Any_(parts):
            for part in parts:
                if holds(part, facts) is Answer.YES:
                    yield from made_it(part, facts)
        case Not(part):
            yield from ()
        case _:
            yield criterion.fact


def _shown(fact: str, facts: Mapping[str, Any], knowledge: Knowledge) -> str:
    value = facts.get(fact, "unknown")
    question = knowledge.questions.get(fact)
    labels = {choice.value: choice.label for choice in question.choices} if question else {}
    if isinstance(value, list):
        return ", ".join(labels.get(str(each)) or str(each) for each in value)
    if value == "unknown":
        return NOT_SURE if question else NOT_KNOWN
    return labels.get(str(value)) or wording.shown(value, knowledge=knowledge)


# ---- the result


def result(request: HttpRequest) -> HttpResponse:
    """Who must look and how soon; on to the next step where nobody must."""
    account = account_of(request)
    now = clock.now(account)
    course = episodes.course_of(account, now=now)
    if course.stops:
        return render(request, "onboarding/result.html", refused(course, now=now))
    found = kept_from_a_plan(course, now=now)
    if found is None:
        return redirect(onboarding.next_path(course, account=account))
    return render(request, "onboarding/result.html", found)


def kept_from_a_plan(course: Course, *, now: dt.datetime) -> dict[str, Any] | None:
    """What the page needs where nothing stops her, but answers and tests together leave no plan without a clinician."""
    if course.plan is not None or not course.tests:
        return None
    made = desk.clinic().draft_plan(course, now=now)
    return of_tests(course, made, now=now) if isinstance(made, Refer) else None


def of_tests(course: Course, made: Refer, *, now: dt.datetime) -> dict[str, Any]:
    """The page of a plan that was not made, with the rows that speak against it."""
    known = desk.knowledge()
    facts = told({**person_facts(course, now=now, knowledge=known), **_answers(course)})
    rows = rows_of({why.rule: why.rule in made.unknown for why in made.reasons}, facts=facts, knowledge=known)
    return shown(rows, facts=facts) | {"from_tests": True}


def refused(course: Course, *, now: dt.datetime) -> dict[str, Any]:
    """What the page of a stop needs."""
    known = desk.knowledge()
    facts = told({**person_facts(course, now=now, knowledge=known), **_answers(course)})
    rows = rows_of({stop.row: stop.unknown for stop in course.stops}, facts=facts, knowledge=known)
    if not course.intakes:
        rows = [row for row in rows if not row.unknown or any(said == NOT_SURE for _, said in row.answered)]
    return shown(rows, facts=facts) | {
        "raised": max(stop.at for stop in course.stops),
        "after_wait": _waited(course, now),
    }


def shown(rows: list[Row], *, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The rows with the page's own words for the highest level among them."""
    level = max((row.level for row in rows), key=lambda of: of.rank, default=Level.CLINICIAN)
    sure = [row for row in rows if not row.unknown]
    return {
        "level": level.value,
        "title": wording.decision_sentence("refer", knowledge=desk.knowledge(), level=level),
        "first": [row for row in sure if row.level is level],
        "also": [row for row in sure if row.level is not level],
        "unknown": [row for row in rows if row.unknown],
        "quotable": all(row.quotable for row in rows) and level is Level.CLINICIAN,
        "age": facts.get("age"),
    }


def _answers(course: Course) -> dict[str, Any]:
    return dict(course.screens[-1].body.answers) if course.screens else {}


def _waited(course: Course, now: dt.datetime) -> bool:
    """A full screen that lifts a row is at least this much later (D13, D16)."""
    wait = dt.timedelta(hours=int(desk.knowledge()["flag_rescreen_hours"]))
    return all(now - stop.at >= wait for stop in course.stops)


# ---- an answer given by mistake (D16)


@told_when_refused
def mistake(request: HttpRequest) -> HttpResponse:
    """The answers that stopped her, to be changed; then the whole screen is looked through again."""
    account = account_of(request)
    walk = ScreenWalk(request)
    course = episodes.course_of(account, now=walk.now)
    entry, screened = _newest_screen(account)
    if not course.stops or screened is None or entry is None:
        return redirect("/screen/")
    fields = _mistaken(course, screened, walk)
    form_class = screening.page_form(fields)
    form = form_class(data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _begin_again(walk, screened, entry, {name: request.POST.getlist(name) for name in fields})
        return redirect("screen-review")
    return render(request, "onboarding/mistake.html", {"form": form, "page": {"title": "Which answer was a mistake?"}})


def _mistaken(course: Course, screened: Screened, walk: ScreenWalk) -> dict[str, Any]:
    """The questions whose answers made a row fire, or leave it open, blank again."""
    facts = told({**person_facts(course, now=walk.now, knowledge=walk.knowledge), **screened.answers})
    flags = [walk.knowledge.red_flags[stop.row] for stop in course.stops if stop.row in walk.knowledge.red_flags]
    made = dict.fromkeys(fact for flag in flags for fact in (*made_it(flag.when, facts), *facts_of(flag.when)))
    asked = [walk.knowledge.questions[fact] for fact in made if fact in walk.knowledge.questions]
    spoke = [q for q in asked if screened.answers.get(q.id) not in (None, "no", "none", ["none"])]
    return {q.id: screening.question_field(q, today=walk.today) for q in spoke}


def _newest_screen(account: Any) -> tuple[str | None, Screened | None]:
    episode = episodes.episode_of(account)
    entries = desk.clinic().record(episode) if episode else []
    found = next((entry for entry in reversed(entries) if isinstance(entry.body, Screened)), None)
    return (found.id, found.body) if found and isinstance(found.body, Screened) else (None, None)


def _begin_again(walk: ScreenWalk, screened: Screened, entry: str, changed: dict[str, list[str]]) -> None:
    """The draft of the repetition: what was answered, with the changed answers in place and their follow-ups gone."""
    kept = walk.draft.typed if walk.draft.there else typed_again(screened.answers)
    for name in changed:
        kept.pop(name + AGAIN, None)
    drafts.forget(walk.account, "screen")
    drafts.begin(
        walk.account, form="screen", typed={**kept, **changed, REPLACES: [entry], BEGUN: [walk.now.isoformat()]}
    )


def typed_again(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Answers as the browser would have sent them."""
    typed: dict[str, list[str]] = {}
    for name, value in answers.items():
        question = desk.knowledge().questions.get(name.removesuffix(AGAIN))
        if question is not None and question.kind == "month" and value != "unknown":
            year, _, month = str(value).partition("-")
            typed |= {f"{name}_month": [month], f"{name}_year": [year]}
        elif question is not None and not (value == "unknown" and question.kind in ("month", "number")):
            typed[name] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return typed


@told_when_refused
def review(request: HttpRequest) -> HttpResponse:
    """Every answer on one page: the screen is repeated by going through it and saying that it is right."""
    walk = ScreenWalk(request)
    if REPLACES not in walk.draft.typed:
        return redirect("/screen/")
    opened = walk.first_open_form()
    if opened is not None:
        return redirect(walk.address(opened))
    if request.method == "POST":
        walk.fill({REVIEWED: ["yes"]})
        return walk.finish(walk.said)
    answers = walk.answers
    groups = [(group, _group_answers(group, answers, walk.knowledge)) for group in screening.groups(walk.knowledge)]
    return render(
        request,
        "onboarding/review.html",
        {"groups": groups, "page": {"title": "Look through all your answers once more"}},
    )


def _group_answers(group: screening.Group, answers: Mapping[str, Any], knowledge: Knowledge) -> list[tuple[str, str]]:
    facts = told(answers)
    return [(q.ask, _shown(q.id, facts, knowledge)) for q in group.questions if q.id in answers]
