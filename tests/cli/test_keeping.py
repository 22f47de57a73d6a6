"""Export, import, erase, backup and restore over a data folder, as a person types them."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing

import pytest

from psoas.storage.place import Place
from psoas.storage.safekeeping import NoBackup, restore

pytestmark = pytest.mark.slow


def test_there_and_back(on_data, export, record, tmp_path):
    """What was brought in is exported the same, erased for good, and brought in again."""
    assert on_data("import", export) == (
        0,
        f"Episode {record[0].episode} is here, with everything that was in the file.\n",
    )
    status, said = on_data("export", "--to", "again.json")
    assert status == 0, said
    assert (tmp_path / "again.json").read_bytes() == export.read_bytes()
    assert (tmp_path / "again.json").stat().st_mode & 0o077 == 0
    status, said = on_data("export", "--to", "again.json")
    assert status == 1
    assert "is there already" in said
    assert on_data("replay")[0] == 0
    status, said = on_data("erase", "--yes")
    assert status == 0
    assert f"{len(record)} entries are gone" in said
    assert on_data("export")[1].startswith("psoas: There is no episode")
    assert on_data("import", "again.json")[0] == 0


def test_which_of_several(on_data, export, record):
    """An episode that is not there is said; asking first and answering nothing erases nothing."""
    on_data("import", export)
    status, said = on_data("export", "ffff")
    assert status == 1
    assert "No episode begins with ffff" in said
    status, said = on_data("erase", record[0].episode[:8])
    assert status == 1
    assert record[0].episode in on_data("export", "--list")[1]


def test_a_backup_brings_back_what_was_erased(on_data, export, record, tmp_path):
    """The backup holds everything; what it replaces is kept beside it."""
    on_data("import", export)
    status, said = on_data("backup", "all.db")
    assert status == 0, said
    assert (tmp_path / "all.db").stat().st_mode & 0o077 == 0
    status, said = on_data("backup", "all.db")
    assert status == 1
    assert "stays as it is" in said
    on_data("erase", "--all", "--yes")
    status, said = on_data("restore", "all.db", "--yes")
    assert status == 0, said
    assert "psoas.replaced-1.db" in said
    assert record[0].episode in on_data("export", "--list")[1]


def test_a_backup_of_a_newer_psoas_is_refused(on_data, export, tmp_path):
    """Nothing is touched where the backup knows a step that this Psoas does not."""
    on_data("import", export)
    on_data("backup", "all.db")
    with closing(sqlite3.connect(tmp_path / "all.db")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('storage', '9999_later', '2030-01-01')"
        )
        database.commit()
    status, said = on_data("restore", "all.db", "--yes")
    assert status == 1
    assert "newer Psoas (it knows storage.9999_later)" in said
    assert not list((tmp_path / "data").glob("*replaced*"))


def test_what_is_no_backup(on_data, tmp_path):
    """A missing file, a text and another program's database each have their sentence."""
    (tmp_path / "text").write_text("not a database, whatever its name says" * 50)
    with closing(sqlite3.connect(tmp_path / "other.db")) as database:
        database.execute("CREATE TABLE recipes (name)")
        database.commit()
    for name, words in (
        ("none", "There is no file"),
        ("text", "damaged or no database"),
        ("other.db", "another program"),
    ):
        status, said = on_data("restore", name, "--yes")
        assert (status, words in said) == (1, True), said


def test_nothing_to_work_on(on_data):
    """Without a data folder each verb says how to start one."""
    for words in (("export",), ("erase", "--all", "--yes"), ("replay",)):
        status, said = on_data(*words)
        assert status == 1
        assert "psoas serve" in said
    status, said = on_data("backup", "file")
    assert status == 1
    assert "nothing to back up" in said


def test_nothing_is_erased_beside_a_running_server(on_data, export, tmp_path):
    """A server keeps folded courses in memory: erasing, importing and restoring wait until it is stopped."""
    on_data("import", export)
    with Place(tmp_path / "data").locked():
        for words in (("erase", "--yes"), ("import", export)):
            status, said = on_data(*words)
            assert status == 1
            assert "already using" in said
        assert on_data("backup", "meanwhile.db")[0] == 0


def test_a_damaged_database_is_said_and_a_backup_takes_its_place(on_data, export, record, tmp_path):
    """A database that is none any more is named in a sentence, and restoring keeps even that beside the backup."""
    on_data("import", export)
    on_data("backup", "all.db")
    database = tmp_path / "data" / "psoas.db"
    database.write_bytes(b"what a failing disk left of it " * 1_000)
    for words in (("export", "--list"), ("import", export), ("backup", "second.db")):
        status, said = on_data(*words)
        assert status == 1
        assert "not a database" in said
        assert "Traceback" not in said
    assert not (tmp_path / "second.db").exists()
    status, said = on_data("restore", "all.db", "--yes")
    assert status == 0, said
    assert (tmp_path / "data" / "psoas.replaced-1.db").read_bytes().startswith(b"what a failing disk left")
    assert record[0].episode in on_data("export", "--list")[1]


def test_a_backup_that_finds_no_room_changes_nothing(on_data, export, record, tmp_path):
    """Where the copy cannot be made, half of it is gone again and the database stays as it is."""
    on_data("import", export)
    on_data("backup", "all.db")
    before = (tmp_path / "data" / "psoas.db").read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))  # as on a disk that is nearly full
    try:
        with pytest.raises(NoBackup, match="nothing else was changed"):
            restore(Place(tmp_path / "data"), file=tmp_path / "all.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (tmp_path / "data" / "psoas.db").read_bytes() == before
    assert not list((tmp_path / "data").glob("*restoring*"))
    assert record[0].episode in on_data("export", "--list")[1]


def test_the_data_is_its_owners_alone_in_a_folder_open_to_others(on_data, export, tmp_path):
    """In a folder that was there before, the database and its log are private all the same, also those made earlier."""
    (tmp_path / "data").mkdir(mode=0o755)
    on_data("import", export)
    database = tmp_path / "data" / "psoas.db"
    assert database.stat().st_mode & 0o077 == 0
    database.chmod(0o644)
    on_data("export", "--list")
    private = [path.name for path in database.parent.glob("psoas.db*") if path.stat().st_mode & 0o077 == 0]
    assert private == [path.name for path in database.parent.glob("psoas.db*")]
