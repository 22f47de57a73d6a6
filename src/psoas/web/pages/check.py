"""A check at 2, 4, 6, 8 or 12 weeks: what is still to do, and its questions (C11, D65)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from psoas.pathway.due import check_due, check_parts
from psoas.pathway.following import followup_due
from psoas.web import telling, waiting
from psoas.web.forms.base import EntryForm
from psoas.web.forms.course import check_body, check_form, followup_body, followup_form
from psoas.web.pages.asking import ask, newest_decision
from psoas.web.stopped import stands
from psoas.web.visit import Visit, course_page
from psoas.web.writing import standing


@course_page
def check(visit: Visit) -> HttpResponseBase:
    """The parts of the check, done and to do."""
    due = check_due(visit.reading)
    parts = []
    if due is not None:
        every = check_parts(visit.reading, due.day)
        parts = [_part(visit, part, done=part not in due.missing) for part in every]
    context = {
        "due": due,
        "parts": parts,
        "week": due.day // 7 if due else 0,
        "untold": due is not None and "answers" in due.missing and _told_in_part(visit, due.day),
        "on": telling.day_words(due.on) if due else "",
        "decision": None if stands(visit.request) else telling.newest(visit.course, knowledge=visit.knowledge),
    }
    return render(visit.request, "course/check.html", context)


def _told_in_part(visit: Visit, day: int) -> bool:
    """Its questions were answered in this course, but not every one that it needs (D65)."""
    return any(told.body.day == day and told.day >= visit.reading.plan.made for told in visit.course.checks)


def _part(visit: Visit, part: str, *, done: bool) -> tuple[str, str, bool]:
    title, path = waiting.PARTS[part]
    return title, waiting.screen_path(visit.reading) if part == "screen" else path, done


@course_page
def answers(visit: Visit) -> HttpResponseBase:
    """The questions of the check."""
    due = check_due(visit.reading)
    if due is None:
        return redirect("/check/")
    names = _activities(visit)

    def keep(form: EntryForm) -> str:
        body = check_body(form.cleaned_data, day=due.day, activities=len(names))
        visit.write(body, entry=form.cleaned_data["entry"])
        return "/check/"

    return ask(
        visit,
        check_form(names),
        keep=keep,
        title=f"Week {due.day // 7}: your answers",
        lede="The same questions as at the start, so that a change can be seen.",
        back="/check/",
        back_label="The check",
    )


@course_page
def three_months(visit: Visit) -> HttpResponseBase:
    """Pain and activities once more, three months after the course (C11)."""
    if not followup_due(visit.reading):
        sent = visit.request.POST.get("entry", "")
        twice = visit.request.method == "POST" and standing(visit.episode, sent)
        return redirect(newest_decision(visit, before=0) if twice else "/today/")
    names, before = _activities(visit), visit.course.count

    def keep(form: EntryForm) -> str:
        visit.write(followup_body(form.cleaned_data, activities=len(names)), entry=form.cleaned_data["entry"])
        return newest_decision(visit, before=before)

    lede = "Your course ended three months ago. The same questions as then show whether it lasts. What you cannot say stays unknown; it is never taken as zero."
    return ask(visit, followup_form(names), keep=keep, title="Three months on", lede=lede)


def _activities(visit: Visit) -> tuple[str, ...]:
    """The activities named at intake."""
    return tuple(activity.name for activity in visit.course.intake.activities) if visit.course.intake else ()
