"""Impact, night and limp between sessions: no amber zone, TU2 is asked in full (CP5, SR2, ruling D66)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from psoas.pathway.counting import Reading
from psoas.pathway.decisions import RunningOut
from psoas.pathway.dropping import STEP, Drop, largest, stage_drop, step_drop
from psoas.pathway.record import DayAnswered, Pains, WeekAnswered
from psoas.pathway.selection import select
from psoas.pathway.zones import LOADED_SLOTS
from psoas.terms import SIDES, Answer, Reason, Side, Stage


def impact_drops(reading: Reading, told: WeekAnswered) -> list[Drop]:
    """A red for each side that hurts on impact, or for the worse side with new night pain or a new limp."""
    return _drops(reading, list(_sides(reading, told)))


def day_drops(reading: Reading, told: DayAnswered) -> list[Drop]:
    """The same for a day's answer: above 5 (D12), or a new limp or new night pain after Stage 0 (D66)."""
    sore = (drop for side in SIDES for drop in _too_sore(reading, side, told.now.get(side)))
    return largest([*sore, *_new(reading, told)])


def _new(reading: Reading, told: DayAnswered) -> list[Drop]:
    moving = any(reading.side(side).stage > Stage.SETTLE for side in SIDES)
    if not moving or Answer.YES not in (told.night_pain, told.limp) or not reading.course.sats:
        return []
    return _drops(reading, list(_worse(told.now)), new=True)


def _drops(reading: Reading, sides: list[Side], *, new: bool = False) -> list[Drop]:
    """`new`: it is of today. Then it is a red of this date, and a second one in seven days takes the stage (RG3)."""
    if not sides:
        return []
    reasons = (*(Reason("SR2", {"side": side.value}) for side in sides), Reason("CP5"))
    drops = [Drop(STEP, reasons, (RunningOut(out=True),), None)]
    for side in sides:
        drops += _second(reading, side) if new else []
        drops += _steps(reading, side)
    return largest(drops)


def _second(reading: Reading, side: Side) -> list[Drop]:
    """RG3, where an earlier red of that side lies seven days back or less."""
    window, needed = int(reading.knowledge["red_window_days"]), int(reading.knowledge["red_to_stage_down"])
    earlier = reading.recent_reds(side, days=window, since=reading.side(side).entered)
    reds = {*earlier, reading.today}
    if len(reds) < needed:
        return []
    return [stage_drop(reading, side, Reason("RG3", {"side": side.value, "reds": len(reds), "days": window}))]


def _steps(reading: Reading, side: Side) -> list[Drop]:
    return [
        step_drop(
            reading, work.item.exercise, side, Reason("RG2", {"exercise": work.item.exercise, "side": side.value})
        )
        for work in reading.belongs(len(reading.course.sats) - 1, side)
    ]


def _sides(reading: Reading, told: WeekAnswered) -> Iterator[Side]:
    limit = reading.knowledge["impact_pain_max"]
    hurt = [side for side in SIDES if (pain := told.impact.get(side)) is not None and pain > limit]
    if hurt:
        yield from hurt
    elif Answer.YES in (told.night_pain, told.limp):
        yield from _worse(told.worst)


def _worse(pains: Pains) -> Iterator[Side]:
    """The side that hurts more; both when they are alike or one is not known."""
    known = [pain for pain in pains.values() if pain is not None]
    highest = max(known, default=None)
    yield from (side for side in SIDES if pains.get(side) is None or pains.get(side) == highest)


def screen_wanted(reading: Reading) -> bool:
    """Whether SR2 asked for TU2 in full, and no full screen was done since."""
    asked = [d.at for d in reading.course.decisions if any(r.rule == "SR2" for r in d.body.decision.reasons)]
    newest = reading.course.screens[-1].at if reading.course.screens else None
    return bool(asked) and (newest is None or newest < asked[-1])


# ---- pain above 5 on a day (D12)


def _too_sore(reading: Reading, side: Side, pain: Decimal | None) -> Iterator[Drop]:
    """Above 5 before a session: one red for that side, all its exercises of slots 3, 4, 7, 8 (D12, D40)."""
    if not reading.too_sore(pain) or not reading.course.sats:
        return
    reds = reading.recent_reds(side, days=int(reading.knowledge["red_window_days"]), since=reading.side(side).entered)
    reason = Reason("D12", {"side": side.value, "pain": pain})
    if len(reds) >= reading.knowledge["red_to_stage_down"]:
        yield stage_drop(reading, side, Reason("RG3", {"side": side.value, "reds": len(reds)}))
        return
    for name in _loaded(reading, side):
        drop = step_drop(reading, name, side, Reason("RG2", {"exercise": name, "side": side.value}))
        yield Drop(drop.size, (reason, *drop.reasons), drop.changes, side)


def _loaded(reading: Reading, side: Side) -> tuple[str, ...]:
    """Every exercise of slots 3, 4, 7, 8 of that side: those last done, and those it has now."""
    chosen = select(reading.course, plan=reading.plan, knowledge=reading.knowledge, now=reading.now)[side].chosen
    done = [work.item.exercise for work in reading.belongs(len(reading.course.sats) - 1, side)]
    return tuple(dict.fromkeys([*done, *(c.exercise for c in chosen if c.slot in LOADED_SLOTS)]))
