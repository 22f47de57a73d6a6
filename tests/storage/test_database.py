"""What only a database can promise: entries that nobody can change, few statements, durable files."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connections, transaction
from django.test.utils import CaptureQueriesContext

from psoas.pathway.record import PERSON
from psoas.storage.ids import new_id
from psoas.storage.models import Entry

EVENING = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request, kept_in):
    """Only those in a database."""
    return kept_in(request.param)


@pytest.fixture
def entries(journal):
    """The entries as the database keeps them, past the journal."""
    return Entry.objects.using(journal.using)


@pytest.fixture
def statements(journal):
    """Every statement sent to that database meanwhile."""
    return CaptureQueriesContext(connections[journal.using])


def test_an_entry_is_never_changed(journal, entries, write, bodies):
    """The database refuses an update, whoever tries."""
    write(bodies.note())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(using=journal.using):
        entries.update(zone="UTC")


def test_an_entry_is_never_removed_alone(journal, entries, write, bodies):
    """The database refuses to delete an entry of an episode that is not being erased."""
    write(bodies.note())
    with pytest.raises(DatabaseError, match="never removed alone"), transaction.atomic(using=journal.using):
        entries.all().delete()
    assert entries.count() == 1


@pytest.mark.parametrize("length", [3, 300])
def test_reading_is_one_statement(journal, episode, write, bodies, statements, length):
    """However long the record, it is read by one statement."""
    write(*[bodies.note() for _ in range(length)])
    with statements:
        assert len(journal.read(episode)) == length
    assert len(statements) == 1


@pytest.mark.parametrize("length", [3, 300])
def test_writing_takes_few_statements(journal, episode, write, bodies, statements, length):
    """However long the record, a set is written by at most six statements, savepoint included."""
    write(*[bodies.note() for _ in range(length)])
    with statements:
        write(bodies.one_set(new_id()), expecting=length)
    assert len(statements) <= 6


def test_the_present_of_a_long_course_reads_little(journal, episode, write, bodies):
    """Thirty-six finished sessions of twelve sets are read as thirty-six entries."""
    for _ in range(36):
        session = new_id()
        write(bodies.begun(session), *[bodies.one_set(session, n) for n in range(12)], bodies.done(session))
    assert len(journal.read(episode)) == 36
    assert len(journal.read(episode, whole=True)) == 36 * 14


def test_a_failure_in_the_middle_leaves_nothing(journal, episode, write, bodies, monkeypatch):
    """When the insert fails, the episode is as it was."""
    monkeypatch.setattr("psoas.storage.journal.encode_body", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        journal.append(episode, bodies=[bodies.note()], ids=[new_id()], at=EVENING, zone="UTC", author=PERSON)
    assert journal.read(episode) == []
