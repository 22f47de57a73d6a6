"""The weekly questions, how it is today outside a session, and the look at form."""

from __future__ import annotations

from django.http import HttpResponseBase

from psoas.pathway.record import FormChecked, Replied
from psoas.pathway.writing import DayTold
from psoas.terms import Answer
from psoas.web.forms.base import EntryForm
from psoas.web.forms.course import FormCheckForm, WeekForm, day_fields, made, pains_of, week_body
from psoas.web.forms.fields import YesNoField
from psoas.web.pages.asking import ask, newest_decision
from psoas.web.pages.today import shown
from psoas.web.visit import Visit, course_page


@course_page
def week(visit: Visit) -> HttpResponseBase:
    """The weekly questions (C11)."""
    before = visit.course.count

    def keep(form: EntryForm) -> str:
        visit.write(week_body(form.cleaned_data), entry=form.cleaned_data["entry"])
        return newest_decision(visit, before=before)

    lede = "The last seven days. What you cannot say stays unknown; it is never taken as zero."
    return ask(visit, WeekForm, keep=keep, title="The weekly questions", lede=lede)


@course_page
def how(visit: Visit) -> HttpResponseBase:
    """Pain and limp today, without a session (D12, D49)."""
    form_class = made("HowForm", day_fields(visit.knowledge, today=visit.day, session=False))
    before = visit.course.count
    onward = visit.request.GET.get("then") == "screen"

    def keep(form: EntryForm) -> str:
        said = form.cleaned_data
        told = DayTold(now=pains_of(said), limp=Answer(said["limp_now"]), answers={}, for_session=False)
        entry = said["entry"]
        course = visit.clinic.write_day(visit.episode, told, now=visit.now, zone=visit.zone, entry_id=entry)
        visit.renewed(course)
        return "/screen/" if onward else newest_decision(visit, before=before)

    lede = "Pain at rest and a limp decide whether it is time to move on, to wait, or to have it looked at."
    if onward:
        lede = "Before the safety questions: how the hip is now. They are read together with it."
    return ask(visit, form_class, keep=keep, title="How is it today?", lede=lede)


@course_page
def form_check(visit: Visit) -> HttpResponseBase:
    """A look at form against the descriptions (HO5)."""
    before = visit.course.count

    def keep(form: EntryForm) -> str:
        visit.write(FormChecked(good=Answer(form.cleaned_data["good"])), entry=form.cleaned_data["entry"])
        return newest_decision(visit, before=before)

    lede = "Open each exercise, do two slow repetitions, and compare. A mirror or a phone leaning against a wall helps."
    return ask(
        visit,
        FormCheckForm,
        keep=keep,
        template="course/form_check.html",
        title="A look at your form",
        lede=lede,
        lines=shown(visit),
    )


class OfferForm(EntryForm):
    """Yes or no to an easier week."""

    wanted = YesNoField(label="Do you want an easier week now?")


@course_page
def easier_week(visit: Visit) -> HttpResponseBase:
    """The offer of an easier week (DL0)."""

    def keep(form: EntryForm) -> str:
        answer = Answer(form.cleaned_data["wanted"])
        visit.write(Replied(offer="DL0", answer=answer), entry=form.cleaned_data["entry"])
        return "/today/"

    lede = "Seven days with fewer sets at the same load, and one session at least. Strength is kept, and the hip gets time. It begins with the decision after your next session."
    return ask(visit, OfferForm, keep=keep, title="An easier week?", lede=lede)
