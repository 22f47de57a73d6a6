"""`psoas replay` over an export: every decision comes out again, or is told."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from psoas.exchange.archive import packed
from psoas.pathway.record import Corrected, Decided, Entry, SessionDone, with_sets
from psoas.terms import Side


@pytest.fixture
def exported(tmp_path):
    """Writes entries as an export file."""

    def write(entries):
        path = tmp_path / "changed.json"
        path.write_bytes(packed(entries, opened=entries[0].at, psoas="0.1.0"))
        return path

    return write


def test_a_record_as_it_was_lived(psoas, export, record):
    """Every decision comes out again; the status is 0."""
    shown = psoas("replay", export)
    assert shown.exit_code == 0
    assert f"{len(record)} entries" in shown.output
    assert "every decision and every screen comes out again" in shown.output


def test_a_decision_that_nobody_would_make(psoas, record, exported):
    """A decision that was altered in the record is found, with what comes out now; the status is 1."""
    place, entry = next((n, e) for n, e in enumerate(record) if isinstance(e.body, Decided) and e.body.decision.changes)
    forged = replace(entry, body=replace(entry.body, decision=replace(entry.body.decision, changes=())))
    shown = psoas("replay", exported([*record[:place], forged, *record[place + 1 :]]))
    assert shown.exit_code == 1
    assert f"entry {entry.seq}" in shown.output
    assert "recorded: " in shown.output
    assert "now: " in shown.output


def test_what_a_correction_takes_the_ground_from(psoas, record, exported):
    """A pain that was logged too low: hindsight names the decision that would not be made now; nothing is changed."""
    entry = next(e for e in record if isinstance(e.body, SessionDone))
    worse = with_sets(entry.body, tuple(replace(done, pain=dict.fromkeys(Side, 4)) for done in entry.body.sets))
    last = record[-1]
    said = Entry(id="c1", episode=last.episode, seq=last.seq + 1, at=last.at, zone=last.zone, author=entry.author,
                 body=Corrected(replaces=entry.id, why="typed wrong", by=worse))  # fmt: skip
    shown = psoas("replay", exported([*record, said]), "--json")
    (told,) = json.loads(shown.output)
    assert shown.exit_code == 0
    assert told["corrections"] == 1
    assert told["audit"] == []
    assert told["hindsight"]


def test_a_broken_file(psoas, export):
    """A damaged export is refused in words."""
    export.write_bytes(export.read_bytes()[:-20])
    shown = psoas("replay", export)
    assert shown.exit_code == 1
    assert "cut off" in shown.output
