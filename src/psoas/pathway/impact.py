"""Impact, night and limp between sessions: no amber zone, TU2 is asked in full (CP5, SR2, ruling D66)."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import RunningOut
from psoas.pathway.dropping import STEP, Drop, step_drop
from psoas.pathway.record import WeekAnswered
from psoas.terms import SIDES, Answer, Reason, Side


def impact_drops(reading: Reading, told: WeekAnswered) -> list[Drop]:
    """A red for each side that hurts on impact, or for the worse side with new night pain or a new limp."""
    sides = list(_sides(reading, told))
    if not sides:
        return []
    drops = [
        Drop(STEP, (Reason("SR2", {"side": side.value}), Reason("CP5")), (RunningOut(out=True),), None)
        for side in sides[:1]
    ]
    last = len(reading.course.sats) - 1
    for side in sides:
        drops += [
            step_drop(reading, work, side, Reason("RG2", {"exercise": work.item.exercise, "side": side.value}))
            for work in reading.belongs(last, side)
        ]
    return drops


def _sides(reading: Reading, told: WeekAnswered) -> Iterator[Side]:
    limit = reading.knowledge["impact_pain_max"]
    hurt = [side for side in SIDES if (pain := told.impact.get(side)) is not None and pain > limit]
    if hurt:
        yield from hurt
    elif Answer.YES in (told.night_pain, told.limp):
        worst = {side: told.worst.get(side) for side in SIDES}
        known = {side: pain for side, pain in worst.items() if pain is not None}
        highest = max(known.values(), default=None)
        yield from (side for side in SIDES if worst[side] is None or worst[side] == highest)


def screen_wanted(reading: Reading) -> bool:
    """Whether SR2 asked for TU2 in full, and no full screen was done since."""
    asked = [d.at for d in reading.course.decisions if any(r.rule == "SR2" for r in d.body.decision.reasons)]
    newest = reading.course.screens[-1].at if reading.course.screens else None
    return bool(asked) and (newest is None or newest < asked[-1])
