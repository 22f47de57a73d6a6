"""Decisions: all of them, and each with its rules, sources and numbers, and what would change it."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import render

from psoas.web import telling
from psoas.web.citing import cited
from psoas.web.visit import Visit, course_page


@course_page
def decisions(visit: Visit) -> HttpResponseBase:
    """Every decision, newest first."""
    found = telling.decisions(visit.course, knowledge=visit.knowledge)
    return render(visit.request, "course/decisions.html", {"decisions": found})


@course_page
def decision(visit: Visit, seq: int) -> HttpResponseBase:
    """One decision and its grounds."""
    dated = next((each for each in visit.course.decisions if each.seq == seq), None)
    if dated is None:
        raise Http404
    found = telling.told(dated, knowledge=visit.knowledge, course=visit.course)
    sources = [source for why in found.whys for source in why.sources]
    context = {
        "told": found,
        "saw": dated.body.saw,
        "protocol": dated.body.protocol,
        "sources": cited(sources, references=visit.knowledge.references),
        "newest": dated.seq == visit.course.decisions[-1].seq,
    }
    return render(visit.request, "course/decision.html", context)
