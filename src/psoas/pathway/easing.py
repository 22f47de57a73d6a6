"""Lighter weeks, four weeks on one step, and the first load of an exercise (C9, HO7, rulings D47, D62, D63)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.knowledge.schema import Exercise
from psoas.pathway.admission import loads_at_hand
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import Change, DeloadWeek, LoadFound, Progress, TrialDue
from psoas.pathway.gates import run_of
from psoas.pathway.raising import may_rise
from psoas.pathway.seen import Work
from psoas.pathway.selection import Selection, main_exercise
from psoas.pathway.standing import next_load, standing, weight
from psoas.pathway.zones import SORE
from psoas.terms import SIDES, Answer, Load, Reason, Side, Stage


def deload(reading: Reading) -> tuple[tuple[Reason, ...], tuple[Change, ...]] | None:
    """A week of fewer sets, when one is due and none began in the last 28 days (D62)."""
    fired = tuple(_triggers(reading))
    if not fired or _lately(reading):
        return None
    last = reading.today + dt.timedelta(days=int(reading.knowledge["deload_days"]) - 1)
    return fired, (DeloadWeek(first=reading.today, last=last),)


def _lately(reading: Reading) -> bool:
    again = int(reading.knowledge["deload_again_days"])
    return any((reading.today - first).days < again for first in reading.plan.deloads)


def _triggers(reading: Reading) -> Iterator[Reason]:
    if _hard_twice(reading):
        yield Reason("DL1")
    if two_hold_weeks(reading):
        yield Reason("DL2")
    recovered = [sat.done.recovered for sat in reading.course.sats[-2:]]
    if recovered == [Answer.NO, Answer.NO]:
        yield Reason("DL3")
    if _asked_for(reading):
        yield Reason("DL0")


def _hard_twice(reading: Reading) -> bool:
    """Session effort 9-10 in two sessions in a row on the same steps (DL1)."""
    last, hard = reading.course.sats[-2:], reading.knowledge["deload_effort"]
    if len(last) < int(reading.knowledge["deload_in_a_row"]):
        return False
    steps = [[(i.exercise, i.side, i.step) for i in sat.done.shown.items if not i.trial] for sat in last]
    return steps[0] == steps[1] and all(s.done.effort is not None and s.done.effort >= hard for s in last)


def two_hold_weeks(reading: Reading, *, after: dt.date = dt.date.min) -> bool:
    """Two whole plan weeks in a row, each with two sessions or more, an amber among them, nothing gone up (DL2).

    Only weeks that began after that day: those before a lighter week have had their answer.
    """
    calendar = reading.calendar
    week = calendar.week_of(reading.today)
    first = calendar.date_of(7 * (week - 2) - 6) if week > 2 else None
    last = calendar.date_of(7 * (week - 1)) if week > 2 else None
    if first is None or last is None or first <= after:
        return False
    indexes = [i for i, sat in enumerate(reading.course.sats) if first <= sat.day <= last]
    weeks = [calendar.week_of(reading.course.sats[i].day) for i in indexes]
    sore = any(reading.zone(i, side) in SORE for i in indexes for side in SIDES)
    often = all(weeks.count(w) >= 2 for w in (week - 2, week - 1))
    return often and sore and not _went_up(reading, first, last)


def _went_up(reading: Reading, first: dt.date, last: dt.date) -> bool:
    return any(
        isinstance(decided.body.decision, Progress)
        for decided in reading.course.decisions
        if first <= decided.day <= last
    )


def _asked_for(reading: Reading) -> bool:
    """DL0 was offered and she said yes, and it has not been carried out since."""
    yes = [r for r in reading.course.replies if r.body.offer == "DL0" and r.body.answer is Answer.YES]
    return bool(yes) and not any(first >= yes[-1].day for first in reading.plan.deloads) and deload_offered(reading)


def deload_offered(reading: Reading) -> bool:
    """DL0: after four plan weeks in Stages 3-4 a lighter week is offered (D62)."""
    days = int(reading.knowledge["deload_after_weeks"]) * 7
    loading = [side for side in SIDES if reading.side(side).stage >= Stage.LOAD]
    since = [_days_loading(reading, side) for side in loading]
    return bool(since) and max(since) >= days and not _lately(reading)


def _days_loading(reading: Reading, side: Side) -> int:
    entered = [at for at, plan in reading.course.plans if plan.on(side).stage >= Stage.LOAD]
    below = [at for at, plan in reading.course.plans if plan.on(side).stage < Stage.LOAD]
    newest = max(below, default=None)
    since = min((at for at in entered if newest is None or at > newest), default=reading.now)
    last = max([since.date(), *reading.plan.deloads])
    return (reading.today - last).days


# ---- four weeks on one step (HO7, D63)


def stuck(reading: Reading, selections: dict[Side, Selection]) -> list[tuple[Side, str]]:
    """Exercises 28 plan days on a step that might go up and do not wait for their turn with a run of three (D44, D63)."""
    days, ready = int(reading.knowledge["hold_step_days"]), int(reading.knowledge["clean_sessions_to_progress"])
    found = []
    for side in SIDES:
        for chosen in selections[side].chosen:
            exercise = reading.exercise(chosen.exercise)
            waits = len(run_of(reading, exercise.id, chosen.side)) >= ready
            long = _plan_days_on(reading, exercise, side) >= days
            if exercise.weight > 0 and long and not waits and may_rise(reading, selections[side], exercise):
                found.append((side, exercise.id))
    return found


def _plan_days_on(reading: Reading, exercise: Exercise, side: Side) -> int:
    """Plan days on the step where it stands, counted anew after the trial or the leave that HO7 asked for (D63)."""
    came = max(standing(reading.plan, side=side, exercise=exercise).since, reading.side(side).entered)
    since = max([came, *_answered(reading, exercise.id, side)]).date()
    return reading.calendar.plan_day(reading.today) - max(reading.calendar.plan_day(since), 1)


def tried_again(reading: Reading, name: str, side: Side) -> list[dt.datetime]:
    """When HO7 has led to a trial for that exercise on that side (D63)."""
    return [
        decided.at
        for decided in reading.course.decisions
        for reason in decided.body.decision.reasons
        if reason.rule == "HO7" and reason.values.get("exercise") == name and reason.values.get("side") == side.value
        if any(isinstance(change, TrialDue) for change in decided.body.decision.changes)
    ]


def _answered(reading: Reading, name: str, side: Side) -> list[dt.datetime]:
    """When HO7 had its answer: a trial, or after the second time a clinician's leave (D13, D63)."""
    leaves = [given.at for given in reading.course.clearances if "HO7" in given.body.rows]
    return [*tried_again(reading, name, side), *leaves]


def held_again(reading: Reading, selections: dict[Side, Selection]) -> list[tuple[Side, str]]:
    """DL2 within 28 days of a deload counts as HO7 for the main exercises (D62): two weeks begun since, and not yet tried."""
    if not (_lately(reading) and two_hold_weeks(reading, after=max(reading.plan.deloads))):
        return []
    mains = ((side, main_exercise(selections[side])) for side in SIDES)
    return [(side, name) for side, name in mains if name is not None and not _answered_since(reading, name, side)]


def _answered_since(reading: Reading, name: str, side: Side) -> bool:
    """HO7 had its answer after the lighter week began."""
    return any(at.date() > max(reading.plan.deloads) for at in _answered(reading, name, side))


def reassessed(reading: Reading) -> bool:
    """Tests and form done within the last 14 days: what HO7 asks for before its trial."""
    first = reading.today - dt.timedelta(days=int(reading.knowledge["triage_valid_days"]))
    tests = any(dated.day >= first for dated in reading.course.tests)
    return tests and any(form.day >= first and form.body.good is Answer.YES for form in reading.course.forms)


def trials_due(sides: set[Side]) -> tuple[Change, ...]:
    """The trial of the present stage on these sides."""
    return tuple(TrialDue(side=side) for side in sorted(sides))


# ---- the first load (D47)


def loads_found(reading: Reading, index: int) -> Iterator[Change]:
    """Where a load was still sought: the one that took effort 7 to 9, or the next heavier one to try."""
    for (_, side), work in reading.work(index).items():
        if not work.item.find or not work.sets:
            continue
        found = _found(reading, work)
        if found is not None:
            yield LoadFound(exercise=work.item.exercise, side=side, load=found[0], find=found[1])


def _found(reading: Reading, work: Work) -> tuple[Load, bool] | None:
    last = work.sets[-1]
    load = last.load if last.load.kind != "none" else work.item.load
    if last.effort is None or load.kind not in ("kg", "band"):
        return None
    low, high = reading.knowledge["effort_hand_min"], reading.knowledge["effort_hand_max"]
    if low <= last.effort <= high:
        return load, False
    exercise = reading.exercise(work.item.exercise)
    cable = not work.item.form and "cable" in exercise.equipment
    loads = loads_at_hand(load.kind, equipment=reading.course.wish.equipment, cable=cable)
    if last.effort > high:
        lighter = [other for other in loads if weight(other) < weight(load)]
        return (lighter[-1] if lighter else load), False
    heavier = next_load(load, loads=loads, knowledge=reading.knowledge)
    return (heavier.load, True) if heavier else (load, False)
