"""A peer in the same run: the rule of three clean sessions in a Python rule language that installs with one command.

It is installed for this run, checked against its hashes, into a folder that is thrown away. It answers yes or no for
the same three sessions as `engine`, given to it as plain numbers; reasons and sources it does not give.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from engine import NOW, four_weeks
from measuring import Bench

from psoas.knowledge.loader import load
from psoas.knowledge.schema import Knowledge
from psoas.pathway.counting import Reading
from psoas.terms import Side

HERE = Path(__file__).parent
NAME = "peer: the same question in rule-engine, yes or no (PR1)"


def measure(bench: Bench) -> None:
    """How often a second the peer answers, where it can be installed."""
    told = {"sessions": sessions(load()), "rounds": bench.rounds, "number": 300}
    with tempfile.TemporaryDirectory() as folder:
        python = _installed(Path(folder))
        if python is None:
            print("the peer could not be installed, and is left out", file=sys.stderr)
            return
        rule = (str(python), str(HERE / "peer_rule.py"))
        done = subprocess.run(rule, input=json.dumps(told), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["answers"] == [True, False], found["answers"]
    rates = tuple(1 / each for each in found["seconds"])
    bench.add(
        NAME,
        unit="/s",
        rounds=rates,
        note="rule-engine 5.1.0, installed for this run; the same sets and mornings as plain numbers, no reasons or sources",
    )


def sessions(knowledge: Knowledge) -> list[dict[str, object]]:
    """The three sessions that `engine` asks about, as plain numbers."""
    reading = Reading(four_weeks(knowledge), knowledge=knowledge, now=NOW)
    since = reading.course.sats[-3].done.began
    return [_plain(reading, index) for index in reading.run("E16a", Side.RIGHT, since=since)]


def _plain(reading: Reading, index: int) -> dict[str, object]:
    work, morning = reading.work_of(index, "E16a", Side.RIGHT), reading.morning(index, Side.RIGHT)
    assert work is not None
    sets = [
        {"pain": float(s.pain[Side.RIGHT] or 0), "seen": len(s.compensations or ()), "did": s.did} for s in work.sets
    ]
    before, now = reading.before(index, Side.RIGHT), morning.now
    return {
        "asked": work.item.dose.sets,
        "done": len(sets),
        "sets": sets,
        "before": float(before or 0),
        "morning": float(now or 0),
    }


def _installed(folder: Path) -> Path | None:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = (str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(HERE / "peer.txt"))
    return python if subprocess.run(install, capture_output=True, check=False).returncode == 0 else None
