"""The one place where the web room reads the clock: now, where the person is."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from psoas.web.models import Account


def now(account: Account) -> dt.datetime:
    """This instant in the account's zone; where PSOAS_CLOCK names a file, the instant written there."""
    zone = ZoneInfo(zone_of(account))
    if settings.CLOCK:
        return dt.datetime.fromisoformat(Path(settings.CLOCK).read_text().strip()).astimezone(zone)
    return dt.datetime.now(zone)


class ZoneMiddleware:
    """Whoever is signed in reads every time of day where she is, not in the zone of the database."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; the thread forgets the last visitor's zone first."""
        timezone.deactivate()
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Take the zone of the account."""
        if isinstance(request.user, Account):
            timezone.activate(ZoneInfo(zone_of(request.user)))


def zone_of(account: Account) -> str:
    """The account's time zone by its IANA name; where none is set, the machine's own."""
    return account.zone or machine_zone()


@cache
def machine_zone() -> str:
    """The machine's time zone by its IANA name; UTC where it does not say."""
    linked = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    for name in (settings.MACHINE_TZ.lstrip(":"), linked):
        if name and _is_zone(name):
            return name
    return "UTC"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
