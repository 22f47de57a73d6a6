"""Two tables: episodes of care, and their entries. Entries are only ever added, or erased with their whole episode.

Ids, instants and bodies are plain text so that one row reads the same on SQLite and PostgreSQL, and an instant keeps
the UTC offset it was written with (its own date is the local date, ruling D03). Triggers in the database refuse
every change of an entry, whoever tries.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Episode(models.Model):
    """One episode of care, the unit of erasure. The owner is an opaque account id, not a foreign key."""

    id = models.CharField(primary_key=True, max_length=36)
    owner = models.CharField(max_length=36, db_index=True)
    opened = models.CharField(max_length=40)
    erasing = models.BooleanField(default=False)  # set only inside `Journal.erase`; the triggers look at it


class Entry(models.Model):
    """One line of the record as stored; `journal` turns it into `pathway.record.Entry`."""

    id = models.CharField(primary_key=True, max_length=36)
    episode = models.ForeignKey(Episode, on_delete=models.DO_NOTHING, db_index=False)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField()
    at = models.CharField(max_length=40)
    zone = models.CharField(max_length=64)
    role = models.CharField(max_length=16)
    account = models.CharField(max_length=36, blank=True)
    session = models.CharField(max_length=36, null=True)
    body = models.TextField()

    class Meta:
        """An entry's place in its episode is taken once; finished sessions are found without reading the rest."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["episode", "seq"], name="one_entry_per_place")]
        indexes: ClassVar = [
            models.Index(fields=["episode", "session", "seq"], name="sessions_done", condition=Q(kind="session_done"))
        ]
