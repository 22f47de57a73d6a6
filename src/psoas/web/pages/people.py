"""The made-up people of `psoas serve --demo`: look at the record of one of them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from psoas.web import demonstration


def people(request: HttpRequest) -> HttpResponse:
    """Choose one of the three; only where the demonstration runs."""
    if not settings.DEMO:
        raise Http404
    accounts = demonstration.accounts()
    chosen = next((account for person, account in accounts if person.name == request.POST.get("name")), None)
    if chosen is not None:
        login(request, chosen)
        return redirect("home")
    return render(request, "home/people.html", {"people": [person for person, _ in accounts]})
