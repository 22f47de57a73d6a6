"""The way from the first question to the plan: its steps, how far somebody is, and what comes next."""

from __future__ import annotations

from typing import NamedTuple

from psoas.pathway.course import Course
from psoas.web import drafts
from psoas.web.models import Account


class Step(NamedTuple):
    """One step of the way."""

    name: str
    title: str
    path: str
    number: int


STEPS = tuple(
    Step(name, title, path, number)
    for number, (name, title, path) in enumerate(
        (
            ("screen", "Safety", "/screen/"),
            ("intake", "What hurts", "/intake/"),
            ("wishes", "What suits you", "/wishes/"),
            ("tests", "Self-tests", "/tests/"),
            ("profile", "Your hips", "/profile/"),
            ("plan", "Your plan", "/plan/"),
        ),
        start=1,
    )
)
_BY_NAME = {step.name: step for step in STEPS}


def step(name: str) -> dict[str, object]:
    """That step with all the others, for the bar on top of its pages."""
    return {"now": _BY_NAME[name], "all": STEPS, "count": len(STEPS)}


def before(name: str) -> str:
    """The address of the last page of the step before; the first page of all where there is none."""
    place = _BY_NAME[name].number - 1
    return f"{STEPS[place - 1].path}last/" if place else "/"


def next_path(course: Course, *, account: Account) -> str:
    """Where somebody goes on: the first thing that is missing on the way to a plan."""
    if course.stops:
        return "/screen/result/" if course.plan is None else "/today/"
    if course.plan is not None:
        return "/today/"
    if not course.screens:
        answered = drafts.kept(account, form="screen").typed.get("_done")
        return "/intake/" if answered and not course.intakes else "/screen/"
    have = (
        ("/intake/", course.intakes),
        ("/wishes/", course.wishes),
        ("/tests/", course.tests),
        ("/plan/", course.plan),
    )
    return next((path for path, there in have if not there), "/today/")
