"""What we claim about the speed and size of figures and loads, measured on one core.

Usage: python bench/movement.py
Prints each claim with what was measured; exit status 1 when one does not hold.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from psoas.movement.animation import moving_picture
from psoas.movement.figure import picture
from psoas.movement.load import torque_of
from psoas.movement.reading import read
from psoas.movement.skeleton import Person
from psoas.movement.solve import solve

FILES = sorted((Path(__file__).resolve().parent.parent / "src/psoas/knowledge/content/movements").glob("*.toml"))


def taken(work: Callable[[], object]) -> float:
    """Processor seconds that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measured() -> dict[str, tuple[float, float, str]]:
    """Each claim: what was measured, what is allowed, the unit."""
    movements = [read(f.read_text(encoding="utf-8"), file=f.name) for f in FILES]
    whom = Person()
    picture(movements[0], person=whom)
    catalogue = taken(lambda: [picture(m, person=whom) for m in movements])
    one = statistics.median(taken(lambda m=m: picture(m, person=whom, frame=0.9)) for m in movements)
    m = next(x for x in movements if x.id == "E16b")
    solved = solve(m, person=whom)
    moving_picture(movements[0], person=whom)
    twelve = taken(lambda: moving_picture(m, person=whom))
    again = taken(lambda: moving_picture(m, person=whom))
    bytes_ = max(len(gzip.compress(moving_picture(x, person=whom).encode())) for x in (m, *movements[::12]))
    q = np.array(solved.keys[-1])
    call = taken(lambda: [torque_of(solved, q=q, t=1.0) for _ in range(2000)]) / 2000
    return {
        "one figure, median": (one * 1e3, 30, "ms"),
        "largest figure": (max(len(picture(x, person=whom)) for x in movements) / 1e3, 40, "kB"),
        "moving picture of twelve frames": (twelve * 1e3, 300, "ms"),
        "the same once more": (again * 1e3, 1, "ms"),
        "moving picture, gzipped": (bytes_ / 1e3, 100, "kB"),
        "torque call": (call * 1e6, 100, "us"),
        "whole catalogue": (catalogue, 20, "s"),
    }


def main() -> int:
    """Print the claims; 1 when one does not hold."""
    rows = measured()
    for name, (value, allowed, unit) in rows.items():
        print(f"{name:32} {value:9.1f} {unit:3} (at most {allowed:g})")
    return int(any(value > allowed for value, allowed, _ in rows.values()))


if __name__ == "__main__":
    sys.exit(main())
