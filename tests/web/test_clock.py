"""Now, where the person is."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from psoas.web import clock, desk
from psoas.web.models import Account


@pytest.fixture
def stopped(settings, tmp_path):
    """The clock stands at an instant written in a file."""

    def stop(text):
        settings.CLOCK = str(tmp_path / "clock")
        (tmp_path / "clock").write_text(text)

    return stop


def test_now_is_in_the_zone_of_the_account(stopped):
    """The same instant has the date of the place where the person is."""
    stopped("2026-03-02T23:30:00+00:00\n")
    here = clock.now(Account(zone="Europe/Berlin"))
    there = clock.now(Account(zone="America/New_York"))
    assert here == there
    assert (here.date(), there.date()) == (dt.date(2026, 3, 3), dt.date(2026, 3, 2))
    assert here.utcoffset() == dt.timedelta(hours=1)


def test_without_a_file_the_clock_runs(settings):
    """The machine's clock counts where no file is named."""
    settings.CLOCK = ""
    before = dt.datetime.now(dt.UTC)
    assert before <= clock.now(Account()) <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(
    ("said", "zone"), [("Asia/Tokyo", "Asia/Tokyo"), (":Asia/Tokyo", "Asia/Tokyo"), ("Mars/Crater", None), ("", None)]
)
def test_the_machine_says_its_zone(settings, said, zone):
    """TZ counts where it names a zone; otherwise some zone that exists is found."""
    settings.MACHINE_TZ = said
    clock.machine_zone.cache_clear()
    try:
        found = clock.machine_zone()
    finally:
        clock.machine_zone.cache_clear()
    assert ZoneInfo(found)
    assert zone is None or found == zone


def test_the_zone_of_the_machine_survives_django():
    """Django writes its own zone into the environment; the person's is read before."""
    words = "import django; django.setup(); from psoas.web import clock; print(clock.machine_zone())"
    environment = os.environ | {"TZ": "Asia/Tokyo", "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    found = subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["Asia/Tokyo"]


def test_a_page_tells_the_time_where_the_person_is(at_home, owner, stopped):
    """A record begun at eight in the evening in Tokyo says eight, and the day it was there."""
    owner.zone = "Asia/Tokyo"
    owner.save()
    stopped("2026-03-02T11:00:00+00:00")
    desk.clinic().open(owner.key, now=clock.now(owner), zone=owner.zone)
    page = at_home.get("/record/").content.decode()
    assert ">20:00<" in page
    assert ">11:00<" not in page
