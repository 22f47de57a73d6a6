"""What every request passes: headers, the size of its body, and the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from psoas.web.models import Account

_POURED_AWAY = 200_000_000  # bytes; who sends more is cut off

Answer = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]


def account_of(request: HttpRequest) -> Account:
    """Who is signed in. Only behind the door: on an open page there may be nobody."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def open_door(view: View) -> View:
    """Let everybody see this page, signed in or not."""
    view.open_door = True  # type: ignore[attr-defined]
    return view


class HeadersMiddleware:
    """Every answer says which powers of the browser our pages use; pages are never kept by a cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with the headers."""
        response = self.answer(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class BodySizeMiddleware:
    """A body larger than any of our forms is refused without being kept."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or a page that says how large a form may be."""
        limit = settings.UPLOAD_LIMIT if request.path in settings.UPLOAD_PATHS else settings.BODY_LIMIT
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= limit:
            return self.answer(request)
        _pour_away(request, length=length)
        return render(request, "trouble/too_large.html", {"limit_mb": limit // 1_000_000}, status=413)


def _pour_away(request: HttpRequest, *, length: int) -> None:
    """Take the body off the wire without keeping it: a browser shows our answer only once it could send everything."""
    stream, left = request.META["wsgi.input"], min(length, _POURED_AWAY)
    while left > 0:
        piece = stream.read(min(left, 65_536))
        if not piece:
            return
        left -= len(piece)


class DoorMiddleware:
    """Only who is signed in comes in; everybody else is told how to."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; the door itself stands in `process_view`."""
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Nothing where the page may be seen; else the page that stands at the door."""
        if getattr(view, "open_door", False) or request.user.is_authenticated:
            return None
        if settings.HOME_MODE:
            return render(request, "door/closed.html", status=403)
        return redirect(settings.LOGIN_URL)
