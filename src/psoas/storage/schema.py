"""Bringing the tables up to date before the first request, and refusing data from a newer Psoas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from psoas.storage.place import Place, Refused


class NewerSchema(Refused):
    """The data was written by a newer Psoas."""


class Damaged(Refused):
    """The database cannot be read, or not be written to."""

    def __init__(self, error: DatabaseError) -> None:
        super().__init__(
            f"The database of this data folder cannot be used: {error}. Nothing was changed. Where the disk is full or the"
            " folder not yours to write in, mend that and try again; else put a backup in its place, which keeps what is"
            " there beside it: psoas restore FILE"
        )


def bring_up() -> None:
    """Apply what is missing. Raises `NewerSchema`, `PlaceUnusable` and `Damaged` before anything is touched."""
    if connection.vendor == "sqlite":
        Place(Path(connection.settings_dict["NAME"]).parent).keep_private()
    with told_when_damaged():
        executor = MigrationExecutor(connection)
        refuse_newer(executor.loader.applied_migrations)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def told_when_damaged() -> Iterator[None]:
    """What the database refuses is said in a sentence: `Damaged`."""
    try:
        yield
    except DatabaseError as error:
        raise Damaged(error) from error


def refuse_newer(applied: Iterable[tuple[str, str]]) -> None:
    """Raises `NewerSchema` where one of these steps, (app, name), is not known to this Psoas."""
    known = MigrationLoader(None).disk_migrations
    strange = sorted(f"{app}.{name}" for app, name in applied if (app, name) not in known)
    if strange:
        raise NewerSchema(
            f"This data was last used by a newer Psoas (it knows {strange[-1]}). Nothing was changed. "
            "Install the newer version again, or start with another folder: psoas serve --data FOLDER"
        )
