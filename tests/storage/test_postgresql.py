"""The same journal on PostgreSQL, as a clinic runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent


@pytest.fixture
def run(request, server, tmp_path):
    """Runs a verb of on_disk.py on a fresh database."""
    name = request.node.name
    server.psql(f"CREATE DATABASE {name};")
    environment = os.environ | {
        "PSOAS_DATA": str(tmp_path),
        "PSOAS_DATABASE": server.get_uri(name),
        "DJANGO_SETTINGS_MODULE": "psoas.web.settings",
        "PYTHONPATH": str(HERE.parents[1] / "src"),
    }

    def running(*arguments):
        command = [sys.executable, str(HERE / "on_disk.py"), *arguments]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, timeout=120, check=True)
        return json.loads(done.stdout) if done.stdout else None

    running("prepare")
    return running


def test_an_entry_is_neither_changed_nor_removed(run):
    """The triggers refuse both; erasing the episode is allowed."""
    found = run("tamper")
    assert "never changed" in found["refused"][0]
    assert "never removed alone" in found["refused"][1]
    assert (found["zones"], found["gone"]) == (["UTC"], 1)


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
