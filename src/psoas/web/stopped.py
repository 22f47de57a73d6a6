"""While an emergency or urgent row stands there is no exercise on any page: the pages that hold some say where to go."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from psoas.pathway.decisions import Refer
from psoas.terms import Level
from psoas.web.models import Account
from psoas.web.visit import Visit

View = Callable[..., HttpResponseBase]


def stands(request: HttpRequest) -> bool:
    """Whether an emergency or urgent row stands for whoever is signed in. Nobody signed in has none."""
    if not isinstance(request.user, Account):
        return False
    visit = Visit(request)
    return any(level.rank >= Level.URGENT.rank for level in _levels(visit))


def _levels(visit: Visit) -> list[Level]:
    """The levels of the rows that stop her; before a plan also of what her tests have shown."""
    course = visit.course
    found = [stop.level for stop in course.stops]
    if not found and course.plan is None and course.tests:
        made = visit.clinic.draft_plan(course, now=visit.now)
        found = [made.level] if isinstance(made, Refer) else []
    return found


def unless_stopped(view: View) -> View:
    """The view; while such a row stands, the page that says where to go and what to say there."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
        return redirect("screen-result") if stands(request) else view(request, *args, **rest)

    return page
