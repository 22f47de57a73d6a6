"""Run by test_on_disk in a process of its own: a journal in a real file. `python on_disk.py VERB ARGUMENTS...`"""

from __future__ import annotations

import datetime as dt
import json
import sys
import threading

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402 (tables can be imported only once Django is set up)

from psoas.pathway.record import PERSON, Overridden  # noqa: E402
from psoas.storage import schema  # noqa: E402
from psoas.storage.contract import Conflict  # noqa: E402
from psoas.storage.ids import new_id  # noqa: E402
from psoas.storage.journal import Journal  # noqa: E402

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
EPISODE = "01958000-0000-7000-8000-000000000001"
JOURNAL = Journal()


def say(found):
    sys.stdout.write(json.dumps(found))


def append(why, *, key=None, **rest):
    body = Overridden(changes=(), why=why)
    return JOURNAL.append(EPISODE, bodies=[body], ids=[key or new_id()], at=NOW, zone="UTC", author=PERSON, **rest)[0]


def prepare():
    schema.bring_up()
    JOURNAL.open(EPISODE, owner="her", at=NOW)


def write_for_ever():
    """Two entries in each transaction; an id is printed only after its commit."""
    while True:
        ids = [new_id(), new_id()]
        body = Overridden(changes=(), why="x" * 200)
        JOURNAL.append(EPISODE, bodies=[body, body], ids=ids, at=NOW, zone="UTC", author=PERSON)
        sys.stdout.write(" ".join(ids) + "\n")
        sys.stdout.flush()


def look():
    """All ids, their places, and what SQLite says of the file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        healthy = cursor.fetchone()[0]
    entries = JOURNAL.read(EPISODE)
    say({"ids": [e.id for e in entries], "seqs": [e.seq for e in entries], "healthy": healthy})


def tamper():
    """Try to change and to remove an entry behind the journal's back."""
    append("kept")
    refused = []
    for statement in ("UPDATE storage_entry SET zone = 'Mars'", "DELETE FROM storage_entry"):
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError as error:
            refused.append(str(error).splitlines()[0])
    say({"refused": refused, "zones": [entry.zone for entry in JOURNAL.read(EPISODE)], "gone": JOURNAL.erase(EPISODE)})


def race(same):
    """Sixteen threads write at once: all the same id, or all expecting an empty episode."""
    answers, key, start = [], new_id(), threading.Barrier(16)

    def one():
        start.wait()
        try:
            entry = append("race", key=key) if same == "id" else append("race", expecting=0)
            answers.append(entry.id)
        except Conflict:
            answers.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    say({"answers": answers, "stored": [entry.id for entry in JOURNAL.read(EPISODE)]})


def erase(secret):
    """Write a telling word many times, then erase the episode."""
    for _ in range(50):
        append(f"{secret} " * 100)
    before = secret.encode() in settings.PLACE.database.with_name("psoas.db-wal").read_bytes()
    say({"before": before, "gone": JOURNAL.erase(EPISODE)})


def fill():
    """Write until the disk is full (as SQLite counts it), then once more with room."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 20}")
    written, refused = 0, ""
    while not refused:
        try:
            append("x" * 5000)
            written += 1
        except DatabaseError as error:
            refused = str(error)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 100000")
    append("room again")
    say({"written": written, "refused": refused, "stored": len(JOURNAL.read(EPISODE))})


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
