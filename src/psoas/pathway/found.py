"""What made a session amber+ or red, as codes with the number read: the words are added outside the pathway."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.zones import RED_SIGNS
from psoas.terms import Answer, Side


def found(reading: Reading, index: int, side: Side) -> tuple[str, ...]:
    """Everything that made the session what it was on that side, e.g. ("pain:6", "sharp", "morning:3")."""
    return tuple(_in_the_sets(reading, index, side)) + tuple(_afterwards(reading, index, side))


def _in_the_sets(reading: Reading, index: int, side: Side) -> Iterator[str]:
    felt = reading.felt(index, side)
    works = [(work, reading.red_above(work)) for work in reading.red_works(index, side)]
    pains = [p for work, limit in works for s in work.sets if (p := s.pain.get(side)) is not None and p > limit]
    if pains:
        yield f"pain:{max(pains)}"
    yield from sorted(felt.signs & RED_SIGNS)


def _afterwards(reading: Reading, index: int, side: Side) -> Iterator[str]:
    k, sat, morning = reading.knowledge, reading.course.sats[index].done, reading.morning(index, side)
    after = sat.after.get(side)
    if after is not None and after > k["pain_amber_max"]:
        yield f"after:{after}"
    if Answer.YES in (sat.limp, morning.limp):
        yield "limp"
    if morning.over is not None and morning.over > k["next_morning_ok"]:
        yield f"morning:{morning.over}"
    if morning.now is not None and morning.now > k["pain_amber_max"]:
        yield f"morning_pain:{morning.now}"
    if morning.settled is Answer.NO:
        yield "not_settled"
