"""What the frame round every page needs to know."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from psoas.web.pages.onboarding import STEPS
from psoas.web.visit import visit_of


class Tab(NamedTuple):
    """One place of the main navigation."""

    room: str
    path: str
    label: str


TABS = (
    Tab("today", "/today/", "Today"),
    Tab("plan", "/plan/", "Plan"),
    Tab("progress", "/progress/", "Progress"),
    Tab("learn", "/learn/", "Learn"),
    Tab("profile", "/profile/", "Profile"),
    Tab("record", "/record/", "Record"),
)
_ROOMS = {
    "": "today",
    **dict.fromkeys(
        (
            *("session", "morning", "week", "check", "three-months", "form", "offers"),
            *("change", "leave", "seen", "restart"),
        ),
        "today",
    ),
    "decisions": "record",
    "exercises": "learn",
    "quiz": "learn",
    "rules": "learn",
    "sources": "learn",
    "safety": "learn",
    "tests": "profile",
}


_ON_THE_WAY = frozenset(step.name for step in STEPS)


@lru_cache(maxsize=64)
def navigation(room: str, *, here: bool) -> SafeString:
    """The main navigation with this room marked; `here` says that the page is the room's own first page."""
    return render_to_string("parts/navigation.html", {"tabs": TABS, "room": room, "here": here})


def _navigation(request: HttpRequest, *, room: str) -> SafeString:
    """The tabs once there is a plan; until then, from the pages that lie beside the way to it, one link back."""
    course = visit_of(request).told
    if course.plan is not None:
        return navigation(room, here=request.path == f"/{room}/")
    first = request.path.split("/", 2)[1]
    if not first or first in _ON_THE_WAY:
        return SafeString("")
    return render_to_string("parts/back.html", {"begun": course.count > 0})


def page(request: HttpRequest) -> dict[str, object]:
    """Theme, navigation and the room this page belongs to. Reads the account only where there is a session."""
    first = request.path.split("/", 2)[1]
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    room = _ROOMS.get(first, first)
    return {
        "room": room,
        "navigation": SimpleLazyObject(lambda: _navigation(request, room=room)) if signed_in else "",
        "signed_in": signed_in,
        "planned": signed_in and SimpleLazyObject(lambda: visit_of(request).told.plan is not None),
        "theme": getattr(user, "theme", "auto"),
        "home_mode": settings.HOME_MODE,
        "demo": settings.DEMO and getattr(user, "name", ""),
    }
