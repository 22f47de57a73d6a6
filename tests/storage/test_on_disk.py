"""A journal in a real file: what is acknowledged stays, what is erased is gone, and two at once do not double."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
KILLS = int(os.environ.get("PSOAS_KILLS", "10"))


@pytest.fixture
def run(tmp_path):
    """Runs a verb of on_disk.py on a fresh data folder."""
    environment = os.environ | {
        "PSOAS_DATA": str(tmp_path),
        "PSOAS_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "psoas.web.settings",
        "PYTHONPATH": str(HERE.parents[1] / "src"),
    }

    def running(*arguments, wait=True):
        command = [sys.executable, str(HERE / "on_disk.py"), *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        if not wait:
            return process
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return json.loads(said) if said else None

    running("prepare")
    return running


def test_what_was_acknowledged_survives_a_kill(run):
    """Killed at any moment, no acknowledged entry is lost, no pair is torn, and the file is whole."""
    acknowledged = []
    for turn in range(KILLS):
        process = run("write_for_ever", wait=False)
        acknowledged += process.stdout.readline().split()
        time.sleep(0.013 * (turn % 7))
        process.kill()
        lines = process.communicate()[0].split("\n")
        acknowledged += [key for line in lines[:-1] for key in line.split()]
    found = run("look")
    assert found["healthy"] == "ok"
    assert set(acknowledged) <= set(found["ids"])
    assert found["seqs"] == list(range(1, len(found["ids"]) + 1))
    assert len(found["ids"]) % 2 == 0


def test_the_same_id_from_many_is_one_entry(run):
    """Sixteen arrivals of one id at the same moment are stored once, and all get the same answer."""
    found = run("race", "id")
    assert len(found["stored"]) == 1
    assert found["answers"] == found["stored"] * 16


def test_of_many_on_the_same_state_one_wins(run):
    """Sixteen writers that all saw an empty episode: one writes, fifteen are told to read again."""
    found = run("race", "state")
    assert len(found["stored"]) == 1
    assert found["answers"].count("conflict") == 15


def test_an_erased_word_is_in_no_file(run, tmp_path):
    """After erasing, a word that stood in the entries is found nowhere in the data folder."""
    assert run("erase", "xylophone") == {"before": True, "gone": 50}
    assert not [path.name for path in tmp_path.rglob("*") if path.is_file() and b"xylophone" in path.read_bytes()]


def test_a_full_disk_loses_nothing(run):
    """When the disk is full the writer is told, what was written stays, and with room it goes on."""
    found = run("fill")
    assert "full" in found["refused"]
    assert found["stored"] == found["written"] + 1
