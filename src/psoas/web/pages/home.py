"""The first page: a welcome, or today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The welcome page, until there is an episode."""
    return render(request, "home/welcome.html")
