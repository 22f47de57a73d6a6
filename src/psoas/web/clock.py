"""The one place where the web room reads the clock: now, where the person is."""

from __future__ import annotations

import datetime as dt
import os
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from psoas.web.models import Account


def now(account: Account) -> dt.datetime:
    """This instant in the account's zone; where PSOAS_CLOCK names a file, the instant written there."""
    zone = ZoneInfo(zone_of(account))
    if settings.CLOCK:
        return dt.datetime.fromisoformat(Path(settings.CLOCK).read_text().strip()).astimezone(zone)
    return dt.datetime.now(zone)


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
