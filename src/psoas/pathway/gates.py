"""The gates between stages (PR7-PR12, rulings D31, D49-D52, D71): each clause as a reason when it is not met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from psoas.pathway.admission import Admitted, admit
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import RunningOut
from psoas.pathway.facts import recent_tests, side_facts, tu2_factor, weaker_lsi
from psoas.pathway.findings import w6_passed
from psoas.pathway.selection import Selection
from psoas.pathway.sides import goal_stage
from psoas.pathway.standing import standing
from psoas.terms import SIDES, Answer, Reason, Side, Stage

GATE_RULE = {
    Stage.SETTLE: "PR7",
    Stage.ACTIVATE: "PR8",
    Stage.CONTROL: "PR9",
    Stage.LOAD: "PR10",
    Stage.INTEGRATE: "PR11",
}
_GATE_STAGE_DAYS = {Stage.SETTLE: "stage_days_0", Stage.ACTIVATE: "stage_days_1", Stage.CONTROL: "stage_days_2",
                    Stage.LOAD: "stage_days_3", Stage.INTEGRATE: "stage_days_4a"}  # fmt: skip

_NAMED = {Stage.ACTIVATE: ("E06", "E07"), Stage.CONTROL: ("E16a", "E03"), Stage.LOAD: ("E08", "E10", "E16b", "E18"),
          Stage.INTEGRATE: ("E12", "E11")}  # fmt: skip
_MAIN_ABOVE = {Stage.ACTIVATE: ("E16a",), Stage.CONTROL: ("E08", "E10", "E16b", "E18"), Stage.LOAD: ("E12", "E11"),
               Stage.INTEGRATE: ("E12", "E11", "E13")}  # fmt: skip


def highest(reading: Reading) -> Stage:
    """The highest stage she will be taken to: her goal's, or her top stage where that is lower (D71)."""
    facts = reading.person
    return goal_stage(reading.course, reading.plan, facts=facts, on=reading.today)


def at_the_top(reading: Reading, side: Side) -> bool:
    """In her goal or top stage no gate is taken, and gate steps hold nothing back (D44, D50, D31)."""
    if side not in reading.at_top:
        reading.at_top[side] = reading.side(side).stage >= highest(reading) or not _leads_on(reading, side)
    return reading.at_top[side]


def _leads_on(reading: Reading, side: Side) -> bool:
    """Whether the gate names an exercise she can do, and the stage above holds one for the hip flexors (D28, D31)."""
    stage = reading.side(side).stage
    named = any(can_do(reading, side, name) for name in _NAMED.get(stage, ()))
    above = any(can_do(reading, side, name, stage=stage.above) for name in _MAIN_ABOVE.get(stage, ()))
    return stage not in _NAMED or (named and above)


def gate_steps(reading: Reading, selection: Selection) -> dict[str, int]:
    """The exercises that this stage's gate names and she can do, with the step each needs (D31, D-S)."""
    if selection.stage is Stage.LOAD:
        return _load_gate(reading, selection)
    return {name: _gate(reading, name) for name in _NAMED.get(selection.stage, ()) if _counts(selection, name)}


def _counts(selection: Selection, name: str) -> bool:
    """It is in the session, or only away for a time: what left by pain does not open the gate by being away (D56, D60)."""
    left = [out for out in selection.left_out if out.exercise == name]
    return selection.has(name) or any(reason.rule in ("D56", "RG4") for out in left for reason in out.reasons)


def held_at(reading: Reading, selection: Selection) -> dict[str, int]:
    """The exercises that stay on their gate step until the gate is passed: in Stage 3 all that have one (D44)."""
    if selection.stage is not Stage.LOAD:
        return gate_steps(reading, selection)
    pulls = [name for name in ("E08", "E10") if _counts(selection, name)] or ["E16b"]
    return {name: _gate(reading, name) for name in (*pulls, "E18") if selection.has(name)}


def _gate(reading: Reading, name: str) -> int:
    exercise = reading.exercise(name)
    return exercise.gate or len(exercise.ladder)


def _load_gate(reading: Reading, selection: Selection) -> dict[str, int]:
    """PR10: E08 or E10, and E18; without E18 both; with neither E08 nor E10, E16b (D31, D-S)."""
    pulls = [name for name in ("E08", "E10") if _counts(selection, name)]
    if not pulls:
        pulls = ["E16b"] if _counts(selection, "E16b") else []
    if _counts(selection, "E18") or _waits(selection, "E18", reading):
        nearest = max(pulls, key=lambda name: _past_gate(reading, selection.side, name), default=None)
        return {name: _gate(reading, name) for name in (*([nearest] if nearest else []), "E18")}
    return {name: _gate(reading, name) for name in pulls}


def _waits(selection: Selection, name: str, reading: Reading) -> bool:
    """Not yet joined, and not excluded either."""
    return all(left.exercise != name for left in selection.left_out) and can_do(reading, selection.side, name)


def can_do(reading: Reading, side: Side, name: str, *, stage: Stage | None = None) -> bool:
    """Whether no row excludes that exercise for this side, in the stage it is in or the one named (D31)."""
    course, profile = reading.course, reading.plan.profile.on(side)
    facts = side_facts(
        course, side, now=reading.now, person=reading.person, profile=profile, knowledge=reading.knowledge
    )
    facts |= {"stage": stage.value} if stage else {}
    return isinstance(admit(reading.exercise(name), facts=facts, wish=course.wish), Admitted)


def _past_gate(reading: Reading, side: Side, name: str) -> tuple[bool, int]:
    exercise = reading.exercise(name)
    held = standing(reading.plan, side=side, exercise=exercise)
    past = held.step >= _gate(reading, name)
    return past, len(run_of(reading, name, side)) if past else held.step - _gate(reading, name)


def run_of(reading: Reading, name: str, side: Side) -> tuple[int, ...]:
    """The exercise's run on the step where it stands, since it came there or the side came into the stage (D38)."""
    if reading.broken_by_gap():
        return ()
    held = standing(reading.plan, side=side, exercise=reading.exercise(name))
    return reading.run(name, side, since=max(held.since, reading.side(side).entered), step=held.step)


def unmet(reading: Reading, selection: Selection) -> Iterator[Reason]:
    """Every clause of this side's next gate that is not met; nothing when the gate may be passed."""
    side = selection.side
    if selection.stage not in GATE_RULE or at_the_top(reading, side):
        yield Reason("D71")
        if selection.stage in GATE_RULE and not _leads_on(reading, side):
            yield Reason("D31", {"side": side.value, "stage": selection.stage.value})
        return
    if selection.stage is Stage.SETTLE:  # its gate is read on a day's answer, not after a session (D49)
        yield Reason("PR7", {"side": side.value})
    else:
        yield from _named_unmet(reading, selection)
    yield from _time_unmet(reading, side)
    if selection.stage is Stage.LOAD:
        yield from _strength_unmet(reading, "PR10")
        yield from _walk_unmet(reading)
    elif selection.stage is Stage.INTEGRATE:
        yield from _strength_unmet(reading, "PR11")
        yield from _pain_free_unmet(reading, selection)


def running_unmet(reading: Reading, selection: Selection) -> Iterator[Reason]:
    """PR11 read again in Stage 4b, after pain on impact (D52, D66): three clean sessions each of what 4a trains, and the rest."""
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    for name in ("E12", "E11"):
        run = len(run_of(reading, name, selection.side))
        if selection.has(name) and run < needed:
            yield Reason("PR1", {"exercise": name, "side": selection.side.value, "run": run, "needed": needed})
    if _days_out(reading) < reading.knowledge["pain_free_days"]:
        yield Reason("D66", {"days": _days_out(reading)})
    yield from _strength_unmet(reading, "PR11")
    yield from _pain_free_unmet(reading, selection)


def _days_out(reading: Reading) -> int:
    """Days since pain on impact last took drills and running out."""
    out = [d.day for d in reading.course.decisions if RunningOut(out=True) in d.body.decision.changes]
    return (reading.today - out[-1]).days if out else 0


def _named_unmet(reading: Reading, selection: Selection) -> Iterator[Reason]:
    rule, needed = GATE_RULE[selection.stage], int(reading.knowledge["clean_sessions_to_progress"])
    steps, of = gate_steps(reading, selection), {"side": selection.side.value}
    for name, gate in steps.items():
        held = standing(reading.plan, side=selection.side, exercise=reading.exercise(name))
        run = run_of(reading, name, selection.side)
        if held.step < gate:
            yield Reason(rule, {"exercise": name, **of, "step": held.step, "gate": gate})
        elif len(run) < needed:
            yield Reason("PR1", {"exercise": name, **of, "run": len(run), "needed": needed})
        elif not reading.run_is_dense(run):
            yield Reason("PR2", {"exercise": name, **of})
    if selection.stage is Stage.ACTIVATE and selection.has("E15") and not _begun(reading, "E15", selection.side):
        yield Reason("PR8", {"exercise": "E15", **of})


def _begun(reading: Reading, name: str, side: Side) -> bool:
    """E15 was begun in each of the last three sessions (D50)."""
    needed = int(reading.knowledge["clean_sessions_to_progress"])
    last = range(max(len(reading.course.sats) - needed, 0), len(reading.course.sats))
    works = [reading.work_of(i, name, side) for i in last]
    return len(works) == needed and all(work is not None and work.sets for work in works)


def _time_unmet(reading: Reading, side: Side) -> Iterator[Reason]:
    """PR12: days from the first session in the stage, anew after each entry (D50)."""
    here = reading.side(side)
    needed = int(reading.knowledge[_GATE_STAGE_DAYS[here.stage]])
    days = days_in_stage(reading, side)
    if days < needed:
        yield Reason("PR12", {"side": side.value, "stage": here.stage.value, "days": days, "needed": needed})


def days_in_stage(reading: Reading, side: Side) -> int:
    """Days since the first session in this stage; 0 before it. In stage 0 since it was entered (D49)."""
    here = reading.side(side)
    if here.stage is Stage.SETTLE:
        return (reading.today - here.entered.date()).days
    first = next((sat.day for sat in reading.course.sats if sat.done.began >= here.entered), None)
    return (reading.today - first).days if first else 0


def _strength_unmet(reading: Reading, rule: str) -> Iterator[Reason]:
    """The weaker side's strength against the other, by the newest test of the last 28 days (D51)."""
    if any(rule in given.body.rows and given.body.until >= reading.today for given in reading.course.clearances):
        return
    lsi, method = weaker_lsi(reading.course, day=reading.today, knowledge=reading.knowledge)
    needed = needed_lsi(reading, rule, method)
    if lsi is None:
        yield Reason(rule, {"lsi": "unknown", "needed": needed})
    elif lsi < needed:
        yield Reason(rule, {"lsi": int(lsi), "needed": needed})
    elif any(_needs_w6(reading, side) for side in SIDES):
        yield Reason("W8")


def needed_lsi(reading: Reading, rule: str, method: str) -> Decimal:
    """85 by belt or hand-held, 80 by home scale or repetitions for PR10; 90 by any for PR11 and E13."""
    if rule == "PR11":
        return reading.knowledge["lsi_return"]
    return reading.knowledge["lsi_gate_lab" if method in ("belt", "hand") else "lsi_gate_home"]


def _needs_w6(reading: Reading, side: Side) -> bool:
    """A W8 person needs W6 passed too, in the last 28 days (D51, D65)."""
    profiles = reading.plan.profile
    w8 = (
        all(profiles.on(of).symptomatic for of in SIDES)
        or reading.course.facts.get("hip_or_back_disease", "unknown") != "no"
    )
    tests = recent_tests(reading.course, day=reading.today, knowledge=reading.knowledge)
    return w8 and w6_passed(tests, side=side, knowledge=reading.knowledge) is not Answer.YES


def _walk_unmet(reading: Reading) -> Iterator[Reason]:
    """Walking 30 minutes with pain of 1 or less, as last asked in the week (PR10)."""
    told = [week.body.walk30 for week in reading.course.weeks if _this_fortnight(reading, week.day)]
    if not told or told[-1] is None or told[-1] > reading.knowledge["walk_pain_max"]:
        yield Reason("PR10", {"walk": "unknown" if not told or told[-1] is None else told[-1]})


def _this_fortnight(reading: Reading, day: dt.date) -> bool:
    return (reading.today - day).days <= reading.knowledge["triage_valid_days"]


def _pain_free_unmet(reading: Reading, selection: Selection) -> Iterator[Reason]:
    """PR11: pain 0 in all sets of E11 and E12 for 14 days, 0-1 in daily life, and no TU2 factor (D52)."""
    first = reading.today - dt.timedelta(days=int(reading.knowledge["pain_free_days"]))
    for index, sat in enumerate(reading.course.sats):
        works = [reading.work_of(index, name, selection.side) for name in ("E11", "E12")] if sat.day >= first else []
        if any(s.pain.get(selection.side) != 0 for work in works if work for s in work.sets):
            yield Reason("PR11", {"side": selection.side.value, "pain": "in a set"})
            break
    told = [week.body.worst.get(selection.side) for week in reading.course.weeks if _this_fortnight(reading, week.day)]
    if not told or told[-1] is None or told[-1] > reading.knowledge["daily_pain_max"]:
        pain = "unknown" if not told or told[-1] is None else told[-1]
        yield Reason("PR11", {"side": selection.side.value, "daily_pain": pain})
    factor = tu2_factor(reading.course.facts)
    if factor is not Answer.NO:
        yield Reason("PR11", {"factor": factor.value})


def settled(reading: Reading, side: Side) -> bool:
    """PR7 by D49: pain 2 or less and no limp on two dates in a row, the second at most 1 above the first, after 7 days."""
    if days_in_stage(reading, side) < reading.knowledge["stage_days_0"]:
        return False
    days = {d.day: d.body for d in reading.course.days}
    today, before = days.get(reading.today), days.get(reading.today - dt.timedelta(days=1))
    if today is None or before is None:
        return False
    now, then = today.now.get(side), before.now.get(side)
    if now is None or then is None or today.limp != Answer.NO or before.limp != Answer.NO:
        return False
    limit = reading.knowledge["pain_green_max"]
    return bool(now <= limit and then <= limit and now - then <= reading.knowledge["settled_rise"])
