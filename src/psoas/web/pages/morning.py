"""The morning after a session: what it did, and whether it settled (D39)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from psoas.web import telling, waiting
from psoas.web.forms.base import EntryForm
from psoas.web.forms.course import MorningForm, morning_body
from psoas.web.pages.asking import ask, newest_decision
from psoas.web.visit import Visit, course_page
from psoas.web.writing import standing


@course_page
def morning(visit: Visit) -> HttpResponseBase:
    """The question, or why it cannot be answered now."""
    sat = waiting.morning_open(visit.reading)
    onward = visit.request.GET.get("then") == "start"
    if sat is None:
        if visit.request.method == "POST" and standing(visit.episode, visit.request.POST.get("entry", "")):
            return redirect("/session/start/" if onward else newest_decision(visit, before=0))  # sent twice
        return redirect("/session/start/") if onward else _not_now(visit)
    session, before = sat.done.session, visit.course.count

    def keep(form: EntryForm) -> str:
        visit.write(morning_body(form.cleaned_data, session=session), entry=form.cleaned_data["entry"])
        return "/session/start/" if onward else newest_decision(visit, before=before)

    lede = f"After your session of {telling.day_words(sat.day)}. “I cannot say” and “not sure” are answers too; they hold things as they are."
    return ask(visit, MorningForm, keep=keep, title="How is it since the session?", lede=lede)


def _not_now(visit: Visit) -> HttpResponseBase:
    hours = int(visit.knowledge["morning_min_hours"])
    last = visit.course.sats[-1] if visit.course.sats else None
    waits = last is not None and last.day == visit.day
    return render(visit.request, "course/no_morning.html", {"hours": hours, "waits": waits})
