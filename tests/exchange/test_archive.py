"""One episode as one file: out, in, and every way a file can be wrong."""

from __future__ import annotations

import hashlib
import json

import pytest

import psoas
from psoas.exchange.archive import BadArchive, unpacked
from psoas.pathway.record import ChangeReported
from psoas.storage.contract import AlreadyHere, ForeignId, NoSuchEpisode, Unreadable

from .conftest import EVENING, ZONE


def changed(data, change):
    """The file with its content changed and its checksum made right again."""
    file = json.loads(data)
    change(file)
    entries = json.dumps(file["entries"])
    file["sha256"] = hashlib.sha256(entries.encode()).hexdigest()
    head = json.dumps({**file, "entries": "HERE"})
    return head.replace('"HERE"', entries).encode()


def test_an_export_brought_in_elsewhere_tells_the_same_course(desk, other, episode):
    """The course after the import equals the course before the export, corrections included."""
    key = other.import_("someone", desk.export(episode))
    assert key == episode
    assert other.told(key) == desk.told(episode)
    assert other.told(key).wish.equipment.bands == 3
    assert other.record(key) == desk.record(episode)
    assert [row.id for row in other.journal.episodes("someone")] == [episode]


def test_a_file_says_which_psoas_wrote_it(desk, episode):
    """The version stands in the package itself; no installation has to be asked for it."""
    assert json.loads(desk.export(episode))["psoas"] == psoas.__version__


def test_the_second_import_of_a_file_changes_nothing(desk, other, episode):
    """Bringing the same file in twice is bringing it in once."""
    data = desk.export(episode)
    assert other.import_("someone", data) == other.import_("someone", data)
    assert len(other.record(episode)) == len(desk.record(episode))


def test_a_file_never_overwrites_what_is_here(desk, other, episode):
    """An episode that has gone on since is not set back by an old file, nor taken over by another account."""
    data = desk.export(episode)
    other.import_("someone", data)
    with pytest.raises(AlreadyHere, match="erase it first"):
        other.import_("somebody else", data)
    other.write(episode, ChangeReported(what="medicine"), now=EVENING, zone=ZONE)
    with pytest.raises(AlreadyHere, match="is here already"):
        other.import_("someone", data)


def test_an_entry_that_lives_in_another_episode_is_refused(desk, other, episode):
    """Ids are unique over all episodes; nothing of such a file is kept."""

    def moved(file):
        file["episode"] = "another"
        file["entries"] = [{**entry, "episode": "another"} for entry in file["entries"]]

    data = desk.export(episode)
    other.import_("someone", data)
    with pytest.raises(ForeignId):
        other.import_("someone", changed(data, moved))
    assert other.journal.owner_of("another") is None


def test_an_episode_that_is_not_there_cannot_be_exported(desk):
    """The message says that there is none."""
    with pytest.raises(NoSuchEpisode, match="There is no episode"):
        desk.export("nothing")


def newer(file):
    file["version"] = 99


def of_another_kind(file):
    file["format"] = "diary"


def without_entries(file):
    file["entries"] = []


def out_of_order(file):
    file["entries"] = file["entries"][::-1]


def twice(file):
    file["entries"][1]["id"] = file["entries"][0]["id"]


def of_another_episode(file):
    file["entries"][1]["episode"] = "other"


def without_offset(file):
    file["entries"][1]["at"] = "2026-03-02T23:30:00"


def without_kind(file):
    del file["entries"][1]["body"]["type"]


def newer_protocol(file):
    file["entries"][0]["body"]["protocol"] = "integrated@2099-01-01"


def without_protocol(file):
    del file["entries"][0]


SHOWN = {"type": "session", "day": "2026-03-03", "items": []}
SESSION = {
    "type": "session_done",
    "session": "s",
    "began": "2026-03-03T10:00:00Z",
    "ended": "2026-03-03T11:00:00Z",
    "before": {},
}


def with_a_session_that_cannot_be(file):
    row = [5, 1, "all", {}, [], [], None, None, {}]
    file["entries"][-1] |= {"body": {**SESSION, "told": {"shown": SHOWN, "warm_up": []}, "work": [row]}, "version": 2}


def with_sets_that_are_none(file):
    file["entries"][-1] |= {"body": {**SESSION, "told": {"shown": SHOWN, "warm_up": []}, "work": [["?"]]}, "version": 2}


def with_a_corrected_session_that_cannot_be(file):
    with_a_session_that_cannot_be(file)
    body = file["entries"][-1]["body"]
    file["entries"][-1]["body"] = {"type": "corrected", "replaces": file["entries"][0]["id"], "by": body}


def with_pain_that_is_no_number(file):
    body = {"type": "week_answered", "worst": {"left": "NaN"}}
    file["entries"][-1] |= {"body": body, "version": 1}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_pain_that_is_no_number, "contradict each other"),
        (newer, "written by a newer Psoas"),
        (of_another_kind, "not an export of Psoas"),
        (without_entries, "it has 0 entries"),
        (out_of_order, "follows entry"),
        (twice, "id is used twice"),
        (of_another_episode, "belongs to another episode"),
        (without_offset, "no offset from UTC"),
        (without_kind, "says no kind"),
        (newer_protocol, "Install a newer Psoas"),
        (without_protocol, "none is named"),
        (with_a_session_that_cannot_be, "contradict each other"),
        (with_sets_that_are_none, "contradict each other"),
        (with_a_corrected_session_that_cannot_be, "contradict each other"),
    ],
)
def test_a_wrong_file_is_refused_whole(desk, other, episode, change, words):
    """Each kind of wrong file is met with its own sentence, and nothing of it is kept."""
    with pytest.raises(BadArchive, match=words):
        other.import_("someone", changed(desk.export(episode), change))
    assert other.journal.episodes("someone") == []


def test_an_entry_of_a_newer_shape_is_refused(desk, other, episode):
    """An entry that only a newer Psoas can read stops the import."""

    def lifted(file):
        file["entries"][1]["version"] = 7

    with pytest.raises(Unreadable, match="newer Psoas"):
        other.import_("someone", changed(desk.export(episode), lifted))


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_file_that_is_cut_off_is_refused(desk, episode, cut):
    """However much is missing at the end, the file does not load."""
    with pytest.raises(BadArchive, match="not an export of Psoas, or it is cut off"):
        unpacked(desk.export(episode)[:cut])


NESTED = b"[" * 200_000 + b"]" * 200_000
FILE = b'{"format":"psoas-episode","version":1,"psoas":"1","episode":"e","opened":"2026-01-01T00:00:00Z","sha256":"","entries":'


@pytest.mark.parametrize(
    "data",
    [
        b'{"format":"psoas-episode","version":1,"more":' + NESTED + b"}",
        FILE + NESTED + b"}",
        b'{"format":"\xff\xfe"}',
        FILE + b'["\xff"]}',
        b'{"format":"psoas-episode","version":' + b"9" * 5_000 + b"}",
        b"\0" * 1_000,
    ],
    ids=[
        "nested head",
        "nested entries",
        "a head that is no text",
        "entries that are no text",
        "a huge number",
        "zeros",
    ],
)
def test_a_file_made_to_break_the_reader_is_refused(data):
    """Nesting without end, bytes that are no text and numbers without end are refused like any other wrong file."""
    with pytest.raises(BadArchive):
        unpacked(data)


def test_a_body_nested_without_end_is_refused(desk, other, episode):
    """Answers may hold anything, but not a thousand lists in each other."""

    def nested(file):
        body = {"type": "screened", "level": "S", "answers": {"q": "DEEP"}}
        file["entries"][1] |= {"body": body, "version": 1}

    data = changed(desk.export(episode), nested)
    entries = data[data.index(b'"entries": ') + 11 : -1].replace(b'"DEEP"', NESTED)
    head = json.loads(data) | {"entries": "HERE", "sha256": hashlib.sha256(entries).hexdigest()}
    with pytest.raises((BadArchive, Unreadable)):
        other.import_("someone", json.dumps(head).encode().replace(b'"HERE"', entries))
    assert other.journal.episodes("someone") == []


def test_an_old_session_that_cannot_be_is_refused(desk, other, episode):
    """A set of an item that was not shown, in the shape of before."""
    one = {"type": "set_done", "session": "s", "item": 5, "number": 1, "did": "all", "pain": {}}

    def spoilt(file):
        file["entries"][-1]["body"] = {**SESSION, "shown": SHOWN, "sets": [one]}

    with pytest.raises(Unreadable, match="may be damaged"):
        other.import_("someone", changed(desk.export(episode), spoilt))
    assert other.journal.episodes("someone") == []


def test_a_file_with_one_changed_character_is_refused(desk, episode):
    """The checksum notices what still parses."""
    with pytest.raises(BadArchive, match="changed or damaged"):
        unpacked(desk.export(episode).replace(b'"bands":3', b'"bands":4'))


def test_a_head_that_lacks_a_part_is_refused(desk, episode):
    """A file without its checksum is damaged."""
    file = json.loads(desk.export(episode))
    del file["sha256"]
    with pytest.raises(BadArchive, match="damaged"):
        unpacked(json.dumps(file).encode())
