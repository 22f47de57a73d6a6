"""A small episode at a desk in memory."""

from __future__ import annotations

import datetime as dt

import pytest

from psoas.clinic import Clinic
from psoas.knowledge.loader import load
from psoas.pathway.record import ChangeReported, Equipment, Wished
from psoas.storage.memory import MemoryJournal

EVENING = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
ZONE = "America/New_York"


@pytest.fixture(scope="session")
def knowledge():
    """Everything the clinic knows."""
    return load()


@pytest.fixture
def desk(knowledge):
    """A desk that forgets."""
    return Clinic(MemoryJournal(), knowledge)


@pytest.fixture
def other(knowledge):
    """Another machine's desk."""
    return Clinic(MemoryJournal(), knowledge)


@pytest.fixture
def episode(desk):
    """An episode with a wish, its correction and a report in it."""
    key = desk.open("her", now=EVENING, zone=ZONE)
    desk.write(key, Wished(equipment=Equipment(bands=2)), now=EVENING, zone=ZONE, entry_id="wish")
    desk.correct(key, "wish", Wished(equipment=Equipment(bands=3)), why="counted again", now=EVENING, zone=ZONE)
    desk.write(key, ChangeReported(what="fall"), now=EVENING + dt.timedelta(days=1), zone=ZONE)
    return key
