"""Both journals, and short ways to write into them."""

from __future__ import annotations

import datetime as dt

import django
import pytest

from psoas.pathway.decisions import Session
from psoas.pathway.record import PERSON, ChangeReported, SessionBegun, SessionDone, SetDone
from psoas.storage.ids import new_id
from psoas.storage.memory import MemoryJournal
from psoas.terms import Side

django.setup()  # the settings are named in tests/conftest.py

EVENING = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


@pytest.fixture(params=["memory", "database"])
def journal(request):
    """A journal of each make: what one promises, the other keeps."""
    if request.param == "memory":
        return MemoryJournal()
    request.getfixturevalue("db")
    from psoas.storage.journal import Journal  # noqa: PLC0415 (tables can be imported only once Django is set up)

    return Journal()


@pytest.fixture
def episode(journal):
    """An open episode."""
    key = new_id()
    journal.open(key, owner="her", at=EVENING)
    return key


@pytest.fixture
def write(journal, episode):
    """Appends bodies to the episode, each with a fresh id."""

    def writing(*bodies, **rest):
        rest = {"ids": [new_id() for _ in bodies], "at": EVENING, "zone": "America/New_York", "author": PERSON} | rest
        return journal.append(episode, bodies=bodies, **rest)

    return writing


def begun(session):
    return SessionBegun(session=session, shown=Session(day=EVENING.date(), items=()), before={Side.LEFT: None})


def one_set(session, number=1):
    return SetDone(session=session, item=0, number=number, did="all", pain={Side.LEFT: None})


def done(session):
    shown = Session(day=EVENING.date(), items=())
    return SessionDone(session=session, began=EVENING, ended=EVENING, shown=shown, before={}, sets=(one_set(session),))


@pytest.fixture
def bodies():
    """Small bodies: `begun(session)`, `one_set(session)`, `done(session)`, `note()`."""

    class Bodies:
        pass

    Bodies.begun, Bodies.one_set, Bodies.done = staticmethod(begun), staticmethod(one_set), staticmethod(done)
    Bodies.note = staticmethod(lambda what="fall": ChangeReported(what=what))
    return Bodies
