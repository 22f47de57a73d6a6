"""Coming in by the one-time link of home mode, and leaving a device so that nothing stays on it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from psoas.web.guard import open_door
from psoas.web.models import Account


@open_door
@require_safe
def enter(request: HttpRequest, token: str = "") -> HttpResponse:
    """Let the owner in, once per link. A browser that only looks ahead does not use the link up."""
    if request.user.is_authenticated:
        return redirect("home")
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=204)
    if not (settings.HOME_MODE and token and settings.PLACE.use_entry_token(token)):
        return render(request, "door/closed.html", {"used": bool(token)}, status=403)
    login(request, Account.objects.home_owner())
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """End the login in this browser and have it erase what it holds; the record itself stays where it is."""
    if request.method != "POST":
        return render(request, "door/leave.html")
    logout(request)
    answer = render(request, "door/left.html")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # what the page's script does, for browsers without it
    return answer
