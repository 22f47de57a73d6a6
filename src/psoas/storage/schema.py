"""Bringing the tables up to date before the first request, and refusing data from a newer Psoas."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from psoas.storage.place import Refused


class NewerSchema(Refused):
    """The data was written by a newer Psoas."""


def bring_up() -> None:
    """Apply what is missing. Raises `NewerSchema` before anything is touched."""
    executor = MigrationExecutor(connection)
    refuse_newer(executor.loader.applied_migrations)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def refuse_newer(applied: Iterable[tuple[str, str]]) -> None:
    """Raises `NewerSchema` where one of these steps, (app, name), is not known to this Psoas."""
    known = MigrationLoader(None).disk_migrations
    strange = sorted(f"{app}.{name}" for app, name in applied if (app, name) not in known)
    if strange:
        raise NewerSchema(
            f"This data was last used by a newer Psoas (it knows {strange[-1]}). Nothing was changed. "
            "Install the newer version again, or start with another folder: psoas serve --data FOLDER"
        )
