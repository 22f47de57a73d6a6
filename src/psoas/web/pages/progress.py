"""Progress: charts made on the server, a table beside each, and "improved" only where it is more than the error."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render

from psoas.web.progress import charts_of
from psoas.web.visit import Visit, course_page


@course_page
def progress(visit: Visit) -> HttpResponseBase:
    """The page."""
    sats = len(visit.course.sats)
    week = visit.reading.calendar.week_of(visit.day)
    context = {"charts": charts_of(visit.reading), "sessions": sats, "week": week, "goal": _goal(visit)}
    return render(visit.request, "course/progress.html", context)


def _goal(visit: Visit) -> str:
    return visit.knowledge.words["goal"].get(visit.reading.plan.goal_says, visit.reading.plan.goal_says)
