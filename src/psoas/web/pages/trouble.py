"""Pages for what goes wrong: calm, and clear about what was stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "trouble/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: something that no page of ours sends."""
    return render(request, "trouble/bad_request.html", status=400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old."""
    return render(request, "trouble/stale_form.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """500; rendered without the frame, which may be what broke."""
    return HttpResponse(render_to_string("trouble/broken.html"), status=500)
