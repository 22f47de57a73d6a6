"""The first page: a welcome, or today."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from psoas.web import clock, drafts, episodes
from psoas.web.guard import account_of
from psoas.web.pages import onboarding


def home(request: HttpRequest) -> HttpResponse:
    """Today, once there is a plan; until then the welcome page, with the way back to where somebody stopped."""
    account = account_of(request)
    if settings.DEMO and account.home:
        return redirect("people")
    course = episodes.course_of(account, now=clock.now(account))
    if course.plan is not None:
        return redirect("today")
    begun = bool(course.count) or drafts.kept(account, form="screen").there
    onward = onboarding.next_path(course, account=account) if begun else ""
    return render(request, "home/welcome.html", {"onward": onward})
