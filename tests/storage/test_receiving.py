"""A whole episode that was kept elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from psoas.storage.contract import AlreadyHere, ForeignId
from psoas.storage.ids import new_id

OPENED = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def kept(journal, episode, write, bodies):
    """Three entries as they were kept."""
    write(bodies.note("fall"), bodies.begun("s"))
    write(bodies.done("s"))
    return journal.read(episode, whole=True)


def elsewhere(entries):
    """The same entries under new ids, as of another episode."""
    key = new_id()
    return key, [replace(entry, id=new_id(), episode=key) for entry in entries]


def test_an_episode_is_kept_as_it_was(journal, kept):
    """Sequence, instants and bodies are those it had; its owner is the one who brings it."""
    key, entries = elsewhere(kept)
    journal.receive(key, owner="him", opened=OPENED, entries=entries)
    assert journal.read(key, whole=True) == entries
    assert journal.owner_of(key) == "him"
    assert journal.episodes("him")[0].opened == OPENED


def test_the_same_once_more_is_a_no_op_and_another_is_refused(journal, kept):
    """An episode that is here already is left as it is."""
    key, entries = elsewhere(kept)
    journal.receive(key, owner="him", opened=OPENED, entries=entries)
    journal.receive(key, owner="him", opened=OPENED, entries=entries)
    for owner, other in (("him", entries[:-1]), ("her", entries)):
        with pytest.raises(AlreadyHere, match=key):
            journal.receive(key, owner=owner, opened=OPENED, entries=other)
    assert journal.read(key, whole=True) == entries


def test_an_id_of_another_episode_is_refused_and_nothing_is_kept(journal, kept):
    """All or nothing."""
    key, entries = elsewhere(kept)
    with pytest.raises(ForeignId, match=kept[-1].id):
        journal.receive(key, owner="him", opened=OPENED, entries=[*entries[:-1], kept[-1]])
    assert journal.owner_of(key) is None
