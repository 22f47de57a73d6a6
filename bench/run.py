"""What we claim about speed and size, measured: medians of several rounds with their spread.

    python3 dev.py bench [--json] [--rounds N] [--only engine|peer|pages|player|footprint] [--keep]

Processor time where we say "processor": other programs on the machine do not count. The peer is another rule language,
installed for the run. "Elsewhere" are figures of whole programs, measured once on two cores by the people who set our
targets, and not in this run: none of them can be installed beside Psoas with one command. They say what kind of number to expect, not who wins on this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import engine
import footprint
import pages
import peer
import player
from measuring import Bench, Claim

from psoas.web import collecting

MEASURED = Path(__file__).with_name("measured.json")
PARTS = {"engine": engine, "peer": peer, "pages": pages, "player": player, "footprint": footprint}
ELSEWHERE = (
    ("wger", "a twelve-week plan in the same process", "393 ms, 246 statements"),
    ("wger", "a logged set to the new plan, over HTTP", "500 ms; 99 statements for the set alone"),
    ("wger", "script on the first page", "2.9 MB"),
    ("wger", "resident; installed", "314 MB; 708 MB in 102 packages"),
    ("Liftosaur", "finish a day", "8.8 ms"),
    ("a CQL engine", "one such progression rule", "6,100 a second"),
)


def main() -> int:
    """Measure, tell, and end with status 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON document for machines")
    parser.add_argument("--rounds", type=int, default=7, help="how often each thing is measured (default 7)")
    parser.add_argument("--only", choices=PARTS, help="only this part")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="write the figures to bench/measured.json, for the docs; with --only the others stay",
    )
    told = parser.parse_args()
    bench = Bench(rounds=told.rounds)
    collecting.seldom()  # as the server does
    note = (
        "how fast this machine is just now: two to three times as much means that other programs slow everything down"
    )
    bench.add("a million additions in a loop", unit="ms", rounds=bench.cpu_ms(_additions, number=1), note=note)
    for name, part in PARTS.items():
        if told.only in (None, name):
            print(f"measuring: {name} ...", file=sys.stderr, flush=True)
            part.measure(bench)
    if told.keep:
        MEASURED.write_text(_json(bench, before=_kept() if told.only else ()) + "\n", encoding="utf-8")
    print(_json(bench) if told.json else _table(bench))
    return 1 if any(claim.met is False for claim in bench.claims) else 0


def _additions() -> None:
    total = 0
    for number in range(1_000_000):
        total += number


def _kept() -> Sequence[dict[str, Any]]:
    """The claims as last kept."""
    return list(json.loads(MEASURED.read_text(encoding="utf-8"))["claims"])


def _json(bench: Bench, *, before: Sequence[dict[str, Any]] = ()) -> str:
    """The document: what was measured now in the place of the same claim `before`, and what is new at the end."""
    load = os.getloadavg()[0]
    now = {c.name: {**asdict(c), "median": c.median, "met": c.met, "load": load} for c in bench.claims}
    claims = [*(now.pop(each["name"], each) for each in before), *now.values()]
    elsewhere = [dict(zip(("program", "what", "measured"), row, strict=True)) for row in ELSEWHERE]
    return json.dumps(
        {"machine": _machine(), "rounds": bench.rounds, "claims": claims, "elsewhere": elsewhere}, indent=2
    )


def _machine() -> dict[str, str]:
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
    }


def _table(bench: Bench) -> str:
    lines = [f"Python {platform.python_version()} on {platform.system()} {platform.machine()}", ""]
    for claim in bench.claims:
        lines.append(f"{claim.name:57} {_number(claim.median):>9} {claim.unit:4} {_spread(claim):21} {_verdict(claim)}")
        if claim.note:
            lines.append(f"    {claim.note}")
    lines += ["", "Measured elsewhere, not in this run:"]
    lines += [f"    {program}: {what}: {figure}" for program, what, figure in ELSEWHERE]
    return "\n".join(lines)


def _spread(claim: Claim) -> str:
    return f"({_number(min(claim.rounds))} to {_number(max(claim.rounds))})" if len(claim.rounds) > 1 else ""


def _verdict(claim: Claim) -> str:
    if claim.target is None:
        return ""
    bound = f"{'at least' if claim.at_least else 'at most'} {_number(claim.target)}"
    return f"{bound}: {'kept' if claim.met else 'MISSED'}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
