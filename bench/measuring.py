"""How a claim is measured: several rounds, the median, and how far the rounds lie apart."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial


@dataclass(frozen=True)
class Claim:
    """What we say about one cost, and every round of its measurement."""

    name: str
    unit: str
    target: float | None  # None: measured for its own sake
    rounds: tuple[float, ...]
    at_least: bool = False  # the target is a floor, not a ceiling
    note: str = ""

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return statistics.median(self.rounds)

    @property
    def met(self) -> bool | None:
        """Whether the median keeps the target; None without one."""
        if self.target is None:
            return None
        return self.median >= self.target if self.at_least else self.median <= self.target


@dataclass
class Bench:
    """The claims of one run, in order."""

    rounds: int = 7
    claims: list[Claim] = field(default_factory=list)

    def add(
        self, name: str, *, unit: str, rounds: tuple[float, ...], target: float | None = None, **more: object
    ) -> None:
        """Note one measurement."""
        self.claims.append(Claim(name, unit, target, rounds, **more))  # type: ignore[arg-type]

    def cpu_ms(
        self, work: Callable[[], object], *, number: int, before: Callable[[], object] | None = None
    ) -> tuple[float, ...]:
        """Processor milliseconds of one call, in each round of `number` calls. Other programs do not count.

        What `before` does ahead of each call is not counted.
        """
        return tuple(each * 1000 for each in self._rounds(work, number=number, before=before))

    def _rounds(
        self, work: Callable[[], object], *, number: int, before: Callable[[], object] | None
    ) -> Iterator[float]:
        work()
        for _ in range(self.rounds):
            took = 0.0
            if before is None:
                took = _cpu_s(partial(_again, work, number=number))
            else:
                for _ in range(number):
                    before()
                    took += _cpu_s(work)
            yield took / number


def _again(work: Callable[[], object], *, number: int) -> None:
    """So many calls, each result let go at once, as a server does: twenty records kept at a time measure the memory."""
    for _ in range(number):
        work()


def _cpu_s(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def wall_ms(work: Callable[[], object]) -> float:
    """Milliseconds on the wall clock of one call."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
