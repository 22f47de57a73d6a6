"""Backups of a data folder kept in SQLite: one file, taken while Psoas runs, and put back only whole and not newer."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from psoas.storage.place import Place, Refused, private_file

PAGES_AT_ONCE = 1000  # so that a server beside us can write in between
TABLES = frozenset({"storage_episode", "storage_entry", "django_migrations"})


class NoBackup(Refused):
    """There is nothing to back up, or the file cannot be put back."""


def backup(place: Place, *, to: Path) -> int:
    """Copy the database into a new file, readable by its owner alone, as it stands at one moment; its size in bytes.

    SQLite's own online backup: what is written meanwhile is in it or not, never half. Raises `NoBackup`.
    """
    if not place.database.is_file():
        raise NoBackup(
            f"There is no database in {place.folder}, so there is nothing to back up. Name the folder with --data."
        )
    try:
        private_file(to)
    except FileExistsError as error:
        raise NoBackup(f"{to} is there already and stays as it is. Name another file.") from error
    except OSError as error:
        raise NoBackup(
            f"{to} could not be written: {error.strerror}. Name a file in a folder that is yours."
        ) from error
    _copy_whole(place.database, to=to)
    return to.stat().st_size


def applied_in(file: Path) -> list[tuple[str, str]]:
    """The schema steps, (app, name), that a backup has behind it. Raises `NoBackup` for no, another or a damaged database."""
    if not file.is_file():
        raise NoBackup(f"There is no file {file}. Name the file that “psoas backup” wrote.")
    try:
        with closing(_opened(file)) as database:
            (sound,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if sound != "ok" or not tables >= TABLES:
                raise NoBackup(_why_not(file, sound=sound))
            return [(app, name) for app, name in database.execute("SELECT app, name FROM django_migrations")]
    except sqlite3.DatabaseError as error:
        raise NoBackup(_why_not(file, sound=str(error))) from error


def restore(place: Place, *, file: Path) -> Path | None:
    """Put a backup in the place of the database; where the one it replaces went. The folder must be locked by the caller.

    Cut off at any moment, the folder holds the old database or the new one. Raises `NoBackup` where the backup cannot
    be copied; then nothing was changed.
    """
    fresh = place.database.with_suffix(".restoring")
    fresh.unlink(missing_ok=True)
    private_file(fresh)
    _copy_whole(file, to=fresh)
    replaced = _set_aside(place.database)
    fresh.replace(place.database)
    return replaced


def _set_aside(database: Path) -> Path | None:
    """The present database under another name too, with all that its write-ahead log held; a damaged one as it is."""
    if not database.is_file() or not database.stat().st_size:
        return None
    fold_log(database)
    aside = next(name for n in range(1, 10_000) if not (name := database.with_suffix(f".replaced-{n}.db")).exists())
    try:
        aside.hardlink_to(database)
    except OSError:  # a file system without links
        database.replace(aside)
    log, shared = (database.with_name(database.name + end) for end in ("-wal", "-shm"))
    if log.exists():
        log.replace(aside.with_name(f"{aside.name}-wal"))
    shared.unlink(missing_ok=True)
    return aside


def fold_log(database: Path) -> None:
    """Bring what the write-ahead log holds into the database, so that the one file is the whole record.

    Left undone where the database is damaged, or somebody reads in it: then the log stays, and is as good.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(database, timeout=1)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_whole(source: Path, *, to: Path) -> None:
    """The copy, or nothing of it. Raises `NoBackup`."""
    try:
        _copy(source, to=to)
    except (OSError, sqlite3.Error) as error:
        to.unlink(missing_ok=True)
        raise NoBackup(
            f"{source} could not be copied to {to}: {error}. Nothing is left of the copy, and nothing else was changed."
            " Make room on the disk or name another place; of a damaged database put an earlier backup back."
        ) from error


def _copy(source: Path, *, to: Path) -> None:
    with closing(_opened(source)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new, pages=PAGES_AT_ONCE)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    with to.open("rb") as written:
        os.fsync(written.fileno())


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _why_not(file: Path, *, sound: str) -> str:
    cause = "it is a database of another program" if sound == "ok" else f"it is damaged or no database ({sound})"
    return f"{file} cannot be put back: {cause}. Nothing was changed. Take another backup."
