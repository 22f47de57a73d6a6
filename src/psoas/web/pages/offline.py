"""Psoas on a phone without a connection: the page that opens then, its worker, and a fresh token once there is a line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_safe

from psoas.web.guard import open_door


@require_safe
def token(request: HttpRequest) -> JsonResponse:
    """What a device must show with what it sends; only to whoever is signed in."""
    return JsonResponse({"token": get_token(request)})


@open_door
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The page that a device puts aside: nothing in it is about anybody."""
    return render(request, "course/offline.html")


@open_door
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it speaks for the whole site, so it stands at the root and under one name."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@cache
def _worker() -> bytes:
    found = finders.find("dist/worker.js")
    if not found:
        raise Http404
    return Path(found).read_bytes()
