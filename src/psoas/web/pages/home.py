"""The first page: a welcome, or today."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from psoas.web import clock, drafts, episodes, pace
from psoas.web.guard import account_of
from psoas.web.pages import onboarding
from psoas.web.pages.intake import IntakeWalk
from psoas.web.pages.screen import ScreenWalk
from psoas.web.pages.tests import TestsWalk
from psoas.web.pages.wishes import WishesWalk


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
    return render(request, "home/welcome.html", {"onward": onward, "minutes": _minutes_left(request)})


def _minutes_left(request: HttpRequest) -> int:
    """About how long it is to the plan, from the pages that are left."""
    walks = (ScreenWalk(request), IntakeWalk(request), WishesWalk(request), TestsWalk(request))
    return pace.minutes(page for walk in walks for page in walk.left())
