"""The folder on disk: private, locked, and found where it was said to be."""

from __future__ import annotations

import resource
from contextlib import suppress
from pathlib import Path

import pytest

from psoas.storage.place import Place, PlaceInUse, PlaceUnusable, write_new


@pytest.fixture
def place(tmp_path):
    """A folder made ready."""
    made = Place(tmp_path / "data")
    made.prepare()
    return made


def test_the_folder_is_its_owners_alone(place):
    """Nobody else on the machine can look into the folder or read the key."""
    assert place.folder.stat().st_mode & 0o077 == 0
    assert (place.folder / "secret").stat().st_mode & 0o077 == 0


def test_the_key_is_made_once(place):
    """Every start finds the key of the first."""
    key = place.secret()
    place.prepare()
    assert place.secret() == key
    assert len(key) >= 50


def test_no_draft_of_a_private_file_is_left(place):
    """Writing leaves the file itself and nothing beside it."""
    place.new_entry_token()
    place.announce(url="http://127.0.0.1:1")
    assert sorted(path.name for path in place.folder.iterdir()) == ["entry", "secret", "server.json"]


def test_a_second_user_of_the_folder_is_refused(place):
    """While one serves, a second is told who does; afterwards the folder is free, and nothing is announced."""
    with place.locked():
        place.announce(url="http://127.0.0.1:8347")
        with pytest.raises(PlaceInUse, match=r"at http://127\.0\.0\.1:8347"), Place(place.folder).locked():
            pass
    assert place.server() == {}
    with place.locked():
        pass


def test_a_folder_is_in_use_only_while_it_is_served(place):
    """Whether somebody serves it is told by the lock, not by what a dead server left behind."""
    assert not place.is_served()
    with place.locked():
        assert place.is_served()
    assert not place.is_served()


def test_the_address_of_a_server_that_died_is_no_address(place):
    """A half-written or missing announcement reads as none."""
    (place.folder / "server.json").write_text('{"url": "http')
    assert place.server() == {}


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    """The refusal names the folder and the way out."""
    (tmp_path / "file").touch()
    with pytest.raises(PlaceUnusable, match="--data FOLDER"):
        Place(tmp_path / "file" / "data").prepare()


def test_a_lock_that_leads_elsewhere_is_not_followed(place, tmp_path):
    """A link in the place of the lock is refused in a sentence, and what it leads to stays as it is."""
    (tmp_path / "other").write_text("precious")
    (place.folder / "lock").symlink_to(tmp_path / "other")
    with pytest.raises(PlaceUnusable, match="cannot keep data"), place.locked():
        pass
    assert not place.is_served()
    assert (tmp_path / "other").read_text() == "precious"


def test_what_cannot_be_written_is_said(place):
    """A link that cannot be kept, or an address, is refused in a sentence and leaves nothing half written."""
    (place.folder / "entry").mkdir()
    (place.folder / "server.json").mkdir()
    for write in (place.new_entry_token, lambda: place.announce(url="http://127.0.0.1:1")):
        with pytest.raises(PlaceUnusable, match="--data FOLDER"):
            write()
    assert not place.use_entry_token("anything")


def test_a_key_that_a_power_cut_left_empty_is_made_again(place):
    """An empty key would sign nothing."""
    (place.folder / "secret").write_text("")
    assert len(place.secret()) >= 50


def test_a_failure_while_serving_leaves_nothing_announced(place):
    """Whatever ends the one who serves, nobody is sent to an address that is gone."""
    with suppress(RuntimeError), place.locked():
        place.announce(url="http://127.0.0.1:8347")
        raise RuntimeError
    assert place.server() == {}
    assert not place.is_served()


def test_a_new_file_is_private_and_whole_or_not_there(tmp_path):
    """What is there already stays; the new file is its owner's alone."""
    write_new(tmp_path / "file", data=b"one")
    assert (tmp_path / "file").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "file", data=b"two")
    assert (tmp_path / "file").read_bytes() == b"one"


@pytest.fixture
def hardly_any_room():
    """The system lets this process write ten bytes into a file, as on a disk that is nearly full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.usefixtures("hardly_any_room")
def test_a_file_that_finds_no_room_leaves_nothing(tmp_path):
    """Half of a file is worse than none."""
    with pytest.raises(OSError, match="File too large"):
        write_new(tmp_path / "file", data=b"more than ten bytes")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_chosen_in_order(tmp_path, monkeypatch):
    """An argument counts before PSOAS_DATA, and that before the user's own folder."""
    monkeypatch.setenv("PSOAS_DATA", str(tmp_path / "named"))
    assert Place.chosen(tmp_path / "given").folder == tmp_path / "given"
    assert Place.chosen().folder == tmp_path / "named"
    monkeypatch.delenv("PSOAS_DATA")
    assert Place.chosen().folder.name == "psoas"
    assert isinstance(Place.chosen().folder, Path)


def test_two_folders_have_two_tags(tmp_path):
    """Cookies of two installations on one machine have different names, the same at every start."""
    one, other = Place(tmp_path / "a"), Place(tmp_path / "b")
    assert one.tag != other.tag
    assert one.tag == Place(tmp_path / "a").tag
