"""Stepping back: what a sore session does to the plan (C-P, C8, rulings D40, D41, D55-D60).

A drop is carried out once: what the end of a session has already dropped, its morning does not drop again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from psoas.knowledge.schema import Exercise
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Change, Closes, CutNext, Leaves, RunningOut, StageTo, StepTo
from psoas.pathway.found import found
from psoas.pathway.selection import GATES
from psoas.pathway.standing import bilateral, standing
from psoas.pathway.tying import stage_down, step_to
from psoas.pathway.zones import AMBER_PLUS, OPEN, RED
from psoas.terms import BOTH, SIDES, Reason, Side, Stage

STAGE, STEP, CUT = 3, 2, 1


class Drop(Struct, frozen=True):
    """One thing that steps back: how far, why, and what changes."""

    size: int  # STAGE, STEP or CUT
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...]
    side: Side | None = None


def drops_of(reading: Reading, index: int, *, final: bool) -> list[Drop]:
    """What the session calls for: at its end the reds of its sets, with its morning everything else (D42)."""
    drops: list[Drop] = []
    for side in SIDES:
        drops += _side_drops(reading, index, side, final=final)
    drops += _impact(reading, index)
    return largest(drops)


def largest(drops: list[Drop]) -> list[Drop]:
    """Every drop that fired, per exercise and side only the largest; a stage down swallows the side's smaller ones (D43)."""
    staged = {drop.side for drop in drops if drop.size == STAGE}
    return [drop for drop in drops if drop.size == STAGE or drop.side not in staged or drop.side is None]


def _side_drops(reading: Reading, index: int, side: Side, *, final: bool) -> Iterator[Drop]:
    zone = reading.zone(index, side)
    if zone == RED:
        yield from _red(reading, index, side)
    elif final and zone == AMBER_PLUS:
        yield from _amber_plus(reading, index, side)
    elif final and zone == OPEN:
        yield from _still_cut(reading, index, side)
    if final:
        yield from _compensated(reading, index, side)
    yield from _pinched(reading, index, side)


# ---- red (RG2, RG3)


def _red(reading: Reading, index: int, side: Side) -> Iterator[Drop]:
    here = reading.side(side)
    window = int(reading.knowledge["red_window_days"])
    reds = reading.reds_around(reading.course.sats[index].day, side, days=window, since=here.entered)
    why = Reason("CP4", {"side": side.value, "found": found(reading, index, side)})
    if len(reds) >= reading.knowledge["red_to_stage_down"]:
        drop = stage_drop(reading, side, Reason("RG3", {"side": side.value, "reds": len(reds), "days": window}))
        yield Drop(drop.size, (why, *drop.reasons), drop.changes, side)
        return
    overall = reading.red_overall(index, side)
    works = {w.item.exercise: w for w in reading.red_works(index, side)}
    if overall:
        works |= {w.item.exercise: w for w in reading.belongs(index, side)}
    for work in works.values():
        drop = step_drop(
            reading, work.item.exercise, side, Reason("RG2", {"exercise": work.item.exercise, "side": side.value})
        )
        yield Drop(
            drop.size,
            (why, *drop.reasons),
            drop.changes,
            side,
        )


def stage_drop(reading: Reading, side: Side, reason: Reason) -> Drop:
    """One stage down on that side; in stage 0 there is none below, and `referring` sees to it (D58)."""
    here = reading.side(side)
    if here.stage is Stage.SETTLE:
        return Drop(STAGE, (reason,), (), side)
    return Drop(STAGE, (reason,), tuple(stage_down(reading, side, here.stage.below)), side)


def step_drop(reading: Reading, name: str, side: Side, reason: Reason) -> Drop:
    """One step down; on step 1 the main exercise is cut by a fifth, any other leaves for now (D56)."""
    exercise = reading.exercise(name)
    held = standing(reading.plan, side=side, exercise=exercise)
    of = BOTH if bilateral(exercise, held.step) else side.value
    if held.extra_reps > 0:  # below nought it has just taken a heavier load: the line below undoes that
        back = int(reading.knowledge["reps_rise_max"])
        change = StepTo(exercise=exercise.id, side=of, step=held.step, was=held.step, load=held.load, was_load=held.load,
                        extra_reps=max(held.extra_reps - back, 0), down=True)  # fmt: skip
        return Drop(STEP, (reason,), (change,), side)
    if held.step > 1:
        return Drop(STEP, (reason,), tuple(_one_down(reading, exercise, side)), side)
    main = first_main(reading, side)
    if exercise.id == main or main is None:
        return Drop(CUT, (reason,), (CutNext(exercise=exercise.id, side=of),), side)
    return Drop(STEP, (reason, Reason("D56")), (Leaves(exercise=exercise.id, side=of, until=f"runs:{main}"),), side)


def _one_down(reading: Reading, exercise: Exercise, side: Side) -> Iterator[Change]:
    """One step down, by RG1-RG3; a step left downwards for the second time is closed for 28 days (D57)."""
    change = step_to(reading, exercise, side, standing(reading.plan, side=side, exercise=exercise).step - 1, down=True)
    yield change
    before = reading.side(side).left_down.get(f"{exercise.id}:{change.was}", 0)
    if before + 1 >= reading.knowledge["closed_after"]:
        until = reading.today + dt.timedelta(days=int(reading.knowledge["closed_days"]))
        yield Closes(exercise=exercise.id, side=change.side, step=change.was, until=until)


def first_main(reading: Reading, side: Side) -> str | None:
    """The first main exercise of that side's stage as it was last prescribed (D01)."""
    order = {Stage.CONTROL: ("E16a",), Stage.LOAD: ("E08", "E10", "E16b", "E18"), Stage.INTEGRATE: ("E12", "E11"),
             Stage.RETURN: ("E13",)}.get(reading.side(side).stage, ("E06",))  # fmt: skip
    shown = (
        {i.exercise for i in reading.course.sats[-1].done.shown.items if i.side in (side.value, BOTH)}
        if reading.course.sats
        else set()
    )
    return next((name for name in order if name in shown), None)


# ---- amber+ (RG1)


def _amber_plus(reading: Reading, index: int, side: Side) -> Iterator[Drop]:
    """A fifth less next time; amber+ again on the cut dose is one step down each, without a cut (D55)."""
    for work in reading.belongs(index, side):
        reason = Reason(
            "RG1", {"exercise": work.item.exercise, "side": side.value, **_morning_values(reading, index, side)}
        )
        if work.item.cut:
            yield step_drop(reading, work.item.exercise, side, reason)
        elif work.item.exercise != "E01":
            cut = CutNext(exercise=work.item.exercise, side=work.item.side)
            zone = Reason("CP3", {"side": side.value, "found": found(reading, index, side)})
            yield Drop(CUT, (zone, reason), (cut,), side)


def _still_cut(reading: Reading, index: int, side: Side) -> Iterator[Drop]:
    """Green or amber leads back from a cut dose; a session of which a part is not known does not (D06, D55)."""
    for work in reading.done_on(index, side):
        if work.item.cut:
            reason = Reason("D55", {"exercise": work.item.exercise, "side": side.value})
            yield Drop(CUT, (reason,), (CutNext(exercise=work.item.exercise, side=work.item.side),), side)


def _morning_values(reading: Reading, index: int, side: Side) -> dict[str, object]:
    over = reading.morning(index, side).over
    return {} if over is None else {"over": over}


# ---- compensation (RG3, D58)


def _compensated(reading: Reading, index: int, side: Side) -> Iterator[Drop]:
    if reading.side(side).stage is Stage.SETTLE:  # no ladder there, and its days go on being counted (D49)
        return
    for work in reading.done_on(index, side):
        if not _three_in_a_row(reading, index, work.item.exercise, side):
            continue
        reason = Reason("RG3", {"exercise": work.item.exercise, "side": side.value, "sessions": 3})
        stage = reading.side(side).stage
        if work.item.slot not in (4, 8):
            yield step_drop(reading, work.item.exercise, side, reason)
        elif stage is Stage.ACTIVATE:
            yield Drop(STAGE, (reason, Reason("D58")), tuple(_all_to_one(reading, side)), side)
        else:
            yield stage_drop(reading, side, reason)


def _three_in_a_row(reading: Reading, index: int, exercise: str, side: Side) -> bool:
    """Compensation in this and the two earlier sessions of the exercise since it came to stand where it stands."""
    since = max(
        standing(reading.plan, side=side, exercise=reading.exercise(exercise)).since, reading.side(side).entered
    )
    needed, seen = int(reading.knowledge["compensation_sessions"]), 0
    for i in range(index, -1, -1):
        if reading.course.sats[i].done.began < since:
            break
        work = reading.work_of(i, exercise, side)
        if work is None or not work.sets:
            continue
        if not any(s.compensations for s in work.sets):
            break
        seen += 1
        if seen == needed:
            return True
    return False


def _all_to_one(reading: Reading, side: Side) -> Iterator[Change]:
    """In stage 1 by compensation: all steps to 1, and form is taught again (D58)."""
    here = reading.side(side)
    yield StageTo(side=side, stage=here.stage, how="drop")
    for name in GATES[here.stage]:
        exercise = reading.exercise(name)
        if standing(reading.plan, side=side, exercise=exercise).step > 1:
            yield step_to(reading, exercise, side, 1)


# ---- a pinch or a painful snap (RG4, D60), and impact (CP5, D66)


def _pinched(reading: Reading, index: int, side: Side) -> Iterator[Drop]:
    days = int(reading.knowledge["pinch_out_days"])
    until = (reading.course.sats[index].day + dt.timedelta(days=days)).isoformat()
    for work in reading.done_on(index, side):
        if any(_pinches(s.signs, s.pain.get(side)) for s in work.sets):
            exercise = reading.exercise(work.item.exercise)
            reason = Reason("RG4", {"exercise": exercise.id, "side": side.value, "days": days})
            back = step_to(reading, exercise, side, 1)
            leaves = Leaves(exercise=exercise.id, side=back.side, until=until)
            yield Drop(STEP, (reason,), (back, leaves), side)


def _pinches(signs: tuple[str, ...] | None, pain: object) -> bool:
    return "pinch" in (signs or ()) or ("snap" in (signs or ()) and pain != 0)


def _impact(reading: Reading, index: int) -> Iterator[Drop]:
    """Pain above 2 in a sprint drill has no amber: drills and running are out, and TU2 is asked in full (CP5, SR2)."""
    limit = reading.knowledge["impact_pain_max"]
    for side in SIDES:
        work = reading.work_of(index, "E13", side)
        pains = [s.pain.get(side) for s in work.sets] if work else []
        if any(pain is not None and pain > limit for pain in pains):
            yield Drop(STEP, (Reason("CP5", {"side": side.value}), Reason("SR2")), (RunningOut(out=True),), None)
            return
