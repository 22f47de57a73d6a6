"""The terminal as a person uses it: verbs on files in this process, verbs on a data folder in a process of their own."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from psoas.cli import terminal
from psoas.demo import people, record_of
from psoas.exchange.archive import packed
from psoas.knowledge.loader import load

ZONE = "Europe/Berlin"
NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=ZoneInfo(ZONE))
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def psoas():
    """Runs a verb that needs no data folder: its result has `exit_code` and `output`."""
    return lambda *words: CliRunner().invoke(terminal, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def on_data(tmp_path):
    """Runs a verb in a process of its own, in a folder of its own: exit status, and all that it said."""

    def run(*words):
        environment = os.environ | {"PSOAS_DATA": str(tmp_path / "data"), "PYTHONPATH": str(SOURCE)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "psoas", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture(scope="session")
def record():
    """The record of the made-up person with the shortest one."""
    knowledge = load()
    return min((record_of(p, knowledge=knowledge, now=NOW, zone=ZONE) for p in people()), key=len)


@pytest.fixture
def export(tmp_path, record):
    """That record as an export file."""
    path = tmp_path / "export.json"
    path.write_bytes(packed(record, opened=record[0].at, psoas="0.1.0"))
    return path
