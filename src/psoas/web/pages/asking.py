"""A page that asks and keeps one entry: shown empty, shown again with what was typed, kept once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from psoas.web.forms.base import EntryForm
from psoas.web.visit import Visit


def ask(
    visit: Visit,
    form_class: type[EntryForm],
    *,
    keep: Callable[[EntryForm], str],
    template: str = "course/form.html",
    **context: Any,
) -> HttpResponseBase:
    """The page, or, once every answer can be read, wherever `keep` says to go."""
    form = form_class(visit.request.POST if visit.request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect(keep(form))
    return render(visit.request, template, {"form": form, **context}, status=422 if form.is_bound else 200)


def newest_decision(visit: Visit, *, before: int) -> str:
    """The page of the decision that this answer has brought; today, where it brought none."""
    made = [dated.seq for dated in visit.course.decisions if dated.seq > before]
    return f"/decisions/{made[-1]}/" if made else "/today/"
