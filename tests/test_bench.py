"""The bench measures what it says, and says when a target is missed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"
sys.path.insert(0, str(BENCH))

import engine  # noqa: E402 (a script's module, found by its folder)
import peer  # noqa: E402
import run  # noqa: E402
from measuring import Bench, Claim  # noqa: E402

from psoas.knowledge.loader import load  # noqa: E402


class Once(Bench):
    """Does each piece of work once and calls it a millisecond."""

    def cpu_ms(self, work, *, number, before=None):
        assert number > 0
        assert before is None
        work()
        return (1.0, 1.0, 4.0)


def test_the_engine_is_measured_at_work():
    """Each piece of work of the engine runs: its rules fire, its plan is one, its record folds."""
    bench = Once()
    engine.measure(bench)
    names = [claim.name for claim in bench.claims]
    assert len(names) == len(set(names)) > 5
    assert all(claim.median > 0 for claim in bench.claims)


def test_the_peer_is_asked_about_the_same_sessions():
    """Three sessions of the exercise with every set and morning, each clean by the numbers that the peer reads."""
    asked = peer.sessions(load())
    assert len(asked) == 3
    for session in asked:
        assert session["done"] == session["asked"] == len(session["sets"])
        assert session["morning"] - session["before"] <= 1
        assert all((one["did"], one["seen"]) == ("all", 0) and one["pain"] <= 2 for one in session["sets"])


def test_each_call_is_made_ready_for():
    """Getting ready comes before each call, and the work is done as often as it was asked for."""
    seen = []
    bench = Bench(rounds=2)
    rounds = bench.cpu_ms(lambda: seen.append("work"), number=3, before=lambda: seen.append("before"))
    assert len(rounds) == 2
    assert seen == ["work", *["before", "work"] * 6]


@pytest.mark.parametrize(
    ("rounds", "at_least", "met"),
    [((1.0, 2.0, 9.0), False, True), ((3.0, 4.0, 1.0), False, False), ((3.0,), True, True)],
)
def test_a_target_is_held_against_the_median(rounds, at_least, met):
    """The middle of the rounds decides; a floor is read the other way round."""
    assert Claim("it", "ms", 2.0, rounds, at_least=at_least).met is met


def test_what_has_no_target_misses_none():
    """A figure measured for its own sake is neither met nor missed."""
    assert Claim("it", "ms", None, (1.0,)).met is None


def test_every_kept_figure_says_what_it_is():
    """The kept figures have rounds and a unit or a count, and the machine they come from is named."""
    kept = json.loads((BENCH / "measured.json").read_text(encoding="utf-8"))
    assert kept["machine"]["python"]
    assert kept["claims"]
    for claim in kept["claims"]:
        assert claim["rounds"], claim["name"]
        assert claim["unit"] or "statements" in claim["name"] or "packages" in claim["name"]


def test_one_part_measured_anew_leaves_the_others_as_they_were():
    """What is measured again takes its own place, what is new comes last, and each claim says how busy the machine was."""
    before = [{"name": "an old one", "median": 3.0}, {"name": "measured again", "median": 9.0}]
    bench = Bench()
    bench.add("measured again", unit="ms", rounds=(1.0,))
    bench.add("new", unit="ms", rounds=(2.0,))
    claims = json.loads(run._json(bench, before=before))["claims"]
    assert [(claim["name"], claim["median"]) for claim in claims] == [
        ("an old one", 3.0),
        ("measured again", 1.0),
        ("new", 2.0),
    ]
    assert all(claim["load"] >= 0 for claim in claims[1:])
