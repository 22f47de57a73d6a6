"""What the frame round every page needs to know."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest


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
    "session": "today",
    "exercises": "learn",
    "quiz": "learn",
    "rules": "learn",
    "sources": "learn",
    "safety": "learn",
    "tests": "profile",
}


def page(request: HttpRequest) -> dict[str, object]:
    """Theme, navigation and the room this page belongs to. Reads the account only where there is a session."""
    first = request.path.split("/", 2)[1]
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "tabs": TABS,
        "room": _ROOMS.get(first, first),
        "signed_in": signed_in,
        "theme": getattr(user, "theme", "auto"),
        "home_mode": settings.HOME_MODE,
    }
