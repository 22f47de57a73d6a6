"""While an emergency or urgent row stands no exercise is offered or shown: the pages that hold some say where to go.

Nothing of one can be had meanwhile, not its steps, its picture, a link to it or what would come next. What was done and
decided before keeps its name in the record, and a rule keeps its words: they offer nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from psoas.pathway.decisions import Refer
from psoas.terms import Level
from psoas.web.models import Account
from psoas.web.visit import Visit, visit_of

View = Callable[..., HttpResponseBase]


def stands(request: HttpRequest) -> bool:
    """Whether an emergency or urgent row stands for whoever is signed in. Nobody signed in has none."""
    if not isinstance(request.user, Account):
        return False
    return any(level.rank >= Level.URGENT.rank for level in _levels(visit_of(request)))


def _levels(visit: Visit) -> list[Level]:
    """The levels of the rows that stop her; before a plan also of what her tests have shown."""
    course = visit.course
    found = [stop.level for stop in course.stops]
    if found or course.plan is not None or not course.tests:
        return found
    shown: list[Level] = visit.kept("levels before a plan", lambda: _before_a_plan(visit))
    return shown


def _before_a_plan(visit: Visit) -> list[Level]:
    made = visit.clinic.draft_plan(visit.course, now=visit.now)
    return [made.level] if isinstance(made, Refer) else []


def unless_stopped(view: View) -> View:
    """The view; while such a row stands, the page that says where to go and what to say there."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
        return redirect("screen-result") if stands(request) else view(request, *args, **rest)

    return page
