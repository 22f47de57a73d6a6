"""What every journal promises, in memory and in the database."""

from __future__ import annotations

import datetime as dt

import pytest

from psoas.pathway.record import PERSON, PSOAS, kind_of
from psoas.storage.contract import Conflict, ForeignId, NoSuchEpisode
from psoas.storage.ids import new_id

EVENING = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


def test_entries_come_back_in_order_with_their_local_date(journal, episode, write, bodies):
    """What was written is read back in order, each with the date it had where it was made."""
    write(bodies.note("fall"))
    write(bodies.note("medicine"), author=PSOAS)
    entries = journal.read(episode)
    assert [entry.seq for entry in entries] == [1, 2]
    assert [entry.body.what for entry in entries] == ["fall", "medicine"]
    assert entries[0].at == EVENING
    assert entries[0].day == dt.date(2026, 3, 2)
    assert entries[0].zone == "America/New_York"
    assert (entries[0].author, entries[1].author) == (PERSON, PSOAS)


def test_a_second_arrival_of_an_id_is_a_no_op(journal, episode, write, bodies):
    """The same id again writes nothing and answers with what was stored first."""
    (first,) = write(bodies.note("fall"), ids=["01958000-0000-7000-8000-00000000000a"])
    (again,) = write(bodies.note("medicine"), ids=["01958000-0000-7000-8000-00000000000a"])
    assert again == first
    assert len(journal.read(episode)) == 1


def test_a_repeated_id_is_no_conflict(journal, episode, write, bodies):
    """A second submit that expects the old state is answered, not refused: its entry is there."""
    keys = [new_id()]
    write(bodies.note(), ids=keys, expecting=0)
    (again,) = write(bodies.note(), ids=keys, expecting=0)
    assert again.seq == 1


def test_only_the_new_ones_of_several_are_written(journal, episode, write, bodies):
    """Of a batch that arrived in part before, the rest is added and all are returned in the order asked."""
    old = write(bodies.note("old"))[0].id
    new = new_id()
    returned = write(bodies.note("new"), bodies.note("old"), ids=[new, old])
    assert [(entry.id, entry.seq) for entry in returned] == [(new, 2), (old, 1)]


def test_writing_on_an_outdated_state_is_a_conflict(journal, episode, write, bodies):
    """A writer who saw one entry fewer than there are is refused, and nothing is written."""
    write(bodies.note(), expecting=0)
    with pytest.raises(Conflict, match="has 1 entries, but this change was made when it had 0"):
        write(bodies.note(), expecting=0)
    assert len(journal.read(episode)) == 1


def test_all_bodies_of_one_call_or_none(journal, episode, write, bodies):
    """An id used in another episode refuses the whole batch."""
    other = new_id()
    journal.open(other, owner="him", at=EVENING)
    taken = new_id()
    write(bodies.note(), ids=[taken])
    with pytest.raises(ForeignId, match=taken):
        journal.append(
            other,
            bodies=[bodies.note(), bodies.note()],
            ids=[new_id(), taken],
            at=EVENING,
            zone="UTC",
            author=PERSON,
        )
    assert journal.read(other) == []


def test_each_body_may_have_its_own_author(write, bodies):
    """What she said and what was decided from it are written together, each by its author."""
    entries = write(bodies.note(), bodies.note(), author=[PERSON, PSOAS])
    assert [entry.author.role for entry in entries] == ["person", "psoas"]


def test_a_finished_session_gathers_what_led_to_it(journal, episode, write, bodies):
    """After the session is done, its beginning and sets are read no more; a set that came late is."""
    session, other = new_id(), new_id()
    write(bodies.begun(session), bodies.one_set(session), bodies.begun(other))
    assert len(journal.read(episode)) == 3
    write(bodies.done(session))
    write(bodies.one_set(session, 2))
    read = [(kind_of(entry.body), entry.seq) for entry in journal.read(episode)]
    assert read == [("session_begun", 3), ("session_done", 4), ("set_done", 5)]
    assert len(journal.read(episode, whole=True)) == 5


def test_reading_on_from_a_place(journal, episode, write, bodies):
    """Reading after an entry gives only the later ones."""
    write(bodies.note("a"), bodies.note("b"), bodies.note("c"))
    assert [entry.body.what for entry in journal.read(episode, after=2)] == ["c"]


def test_nothing_is_read_of_no_episode(journal):
    """An unknown episode has no entries, no owner, and cannot be written to or erased."""
    nowhere = new_id()
    assert journal.read(nowhere) == []
    assert journal.owner_of(nowhere) is None
    with pytest.raises(NoSuchEpisode):
        journal.append(nowhere, bodies=[], ids=[], at=EVENING, zone="UTC", author=PERSON)
    with pytest.raises(NoSuchEpisode):
        journal.erase(nowhere)


def test_episodes_of_an_account(journal, episode):
    """An account's episodes are listed newest first, and nobody else's."""
    later = new_id()
    journal.open(later, owner="her", at=EVENING + dt.timedelta(days=1))
    journal.open(new_id(), owner="him", at=EVENING)
    assert [row.id for row in journal.episodes("her")] == [later, episode]
    assert journal.owner_of(later) == "her"


def test_opening_twice_is_opening_once(journal, episode):
    """A second opening changes neither owner nor date."""
    row = journal.open(episode, owner="him", at=EVENING + dt.timedelta(days=9))
    assert (row.owner, row.opened) == ("her", EVENING)


def test_erasing_takes_one_episode_whole(journal, episode, write, bodies):
    """After erasing, nothing of the episode is left, and others are untouched."""
    other = new_id()
    journal.open(other, owner="her", at=EVENING)
    write(bodies.note(), bodies.note())
    assert journal.erase(episode) == 2
    assert journal.read(episode) == []
    assert [row.id for row in journal.episodes("her")] == [other]


def test_an_instant_needs_its_offset(write, bodies):
    """Without an offset the local date would be lost, so nothing is written."""
    with pytest.raises(ValueError, match="UTC offset"):
        write(bodies.note(), at=EVENING.replace(tzinfo=None))


@pytest.mark.parametrize("ids", [[], ["a", "a"]])
def test_every_body_needs_its_own_id(write, bodies, ids):
    """As many different ids as bodies, or nothing is written."""
    with pytest.raises(ValueError, match="different ids"):
        write(bodies.note(), bodies.note(), ids=ids)


def test_every_body_needs_an_author(write, bodies):
    """One author for all, or one for each."""
    with pytest.raises(ValueError, match="2 authors"):
        write(bodies.note(), bodies.note(), author=[PERSON])
