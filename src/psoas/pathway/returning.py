"""Coming back: leave and screens that lift stops, trials, gaps, a new condition (D13-D17, D24, D61)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.knowledge.schema import Knowledge
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import (
    Change,
    Decision,
    Hold,
    Regress,
    StageTo,
    StepTo,
    TopTo,
    TrialDue,
    TrialSeen,
)
from psoas.pathway.lifting import lifted
from psoas.pathway.record import SetDone
from psoas.pathway.referring import BACK_ONE_STAGE
from psoas.pathway.selection import select
from psoas.pathway.sides import cleared_to, top_stage
from psoas.pathway.standing import standing, step_of
from psoas.pathway.starting import RESTRICTED_TOP, restricted_plan
from psoas.pathway.tying import stage_down, step_to, stood, tied
from psoas.terms import BOTH, SIDES, Answer, Reason, Side, Stage

# ---- stops lifted (D13-D16)


def leave_lifted(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> Decision | None:
    """Stops and holds that leave, a visit or a new screen lifts; after SR3, SR5, SR6, SR8 one stage lower (D15)."""
    change = lifted(course, knowledge=knowledge, now=now)
    if change is None:
        return None
    reasons = tuple(Reason("D14" if _by_leave(course, row) else "D16", {"row": row}) for row in change.rows)
    changes: list[Change] = [change, *_resumed(course, change.rows, knowledge, now)]
    about = f"lift:{course.count}"
    return Hold(reasons=reasons, changes=tuple(changes), moment="clearance", about=about)


def _by_leave(course: Course, row: str) -> bool:
    return any(row in given.body.rows for given in course.clearances)


def _resumed(course: Course, rows: tuple[str, ...], knowledge: Knowledge, now: dt.datetime) -> Iterator[Change]:
    if course.plan is None:
        return
    reading = Reading(course, knowledge=knowledge, now=now)
    if restricted_plan(course, now.date()):
        yield TopTo(stage=cleared_to(course, on=now.date()) or RESTRICTED_TOP, restricted=True)
    if BACK_ONE_STAGE & set(rows):
        for side in SIDES:
            stage = max(_last_trained(reading, side).below, Stage.ACTIVATE)
            if reading.side(side).stage > stage:
                yield from stage_down(reading, side, stage)


def _last_trained(reading: Reading, side: Side) -> Stage:
    """The stage of the last session done; what it was lowered to since has been paid already (D15)."""
    course = reading.course
    began = course.sats[-1].done.began if course.sats else reading.now
    then = [plan for at, plan in course.plans if at <= began and plan.made == reading.plan.made]
    return (then[-1] if then else reading.plan).on(side).stage


# ---- the master-rule trial (D24)


def tried(reading: Reading) -> Iterator[Decision]:
    """Each trial set not yet decided: passed, or a stage lower at a start, or back to the old stage after a gate."""
    for trial in reading.course.trials:
        item, done = trial.body.item, trial.body.done
        if trial.at < reading.side(Side(item.side) if item.side != BOTH else Side.LEFT).entered:
            continue
        if any(newer.at > trial.at and newer.body.item.side == item.side for newer in reading.course.trials):
            continue  # told late; it has been tried again since
        about = f"trial:{done.session}:{done.item}"
        sides = SIDES if item.side == BOTH else (Side(item.side),)
        failed = [side for side in sides if not _passed(reading, trial.body.done, side)]
        if not failed:
            changes = tuple(TrialSeen(side=s, stage=reading.side(s).stage, passed=True) for s in sides)
            reasons = tuple(Reason("D24", {"side": side.value, "passed": "yes"}) for side in sides)
            yield Hold(reasons=reasons, changes=changes, moment="trial", about=about)
        else:
            yield _failed(reading, failed, done, about)


def _passed(reading: Reading, done: SetDone, side: Side) -> bool:
    """Pain 2 or less, no compensation, done, and all of it known."""
    pain = done.pain.get(side)
    return bool(
        done.did == "all"
        and pain is not None
        and pain <= reading.knowledge["pain_green_max"]
        and done.compensations == ()
    )


def _failed(reading: Reading, sides: list[Side], done: SetDone, about: str) -> Decision:
    changes: list[Change] = []
    for side in sides:
        changes.append(TrialSeen(side=side, stage=reading.side(side).stage, passed=False))
        changes += _lower(reading, side, by_pain=_by_pain(reading, done, side))
    reasons = tuple(Reason("D24", {"side": side.value, "passed": "no"}) for side in sides)
    return Regress(reasons=reasons, changes=tied(reading, changes), moment="trial", about=about)


def _by_pain(reading: Reading, done: SetDone, side: Side) -> bool:
    pain = done.pain.get(side)
    return pain is None or pain > reading.knowledge["pain_green_max"]


def _lower(reading: Reading, side: Side, *, by_pain: bool) -> Iterator[Change]:
    """After a gate the old stage stays; at a start one lower with its own trial. Below Stage 1 only by pain (D59).

    A trial after four weeks on one step has no old stage to stay in: it leads one stage down as a drop does (D59, D63).
    """
    here, four_weeks = reading.side(side), _after_four_weeks(reading, side)
    if four_weeks and here.stage > Stage.ACTIVATE:
        yield from stage_down(reading, side, here.stage.below)
    elif not four_weeks and _came_by_gate(reading, side):
        if by_pain or here.stage.below > Stage.SETTLE:
            yield StageTo(side=side, stage=here.stage.below, how="trial")
            yield from _still_joined(reading, side, here.stage.below)
    elif here.stage > Stage.ACTIVATE:
        yield StageTo(side=side, stage=here.stage.below, how="trial", trial=True)
    elif by_pain:
        yield StageTo(side=side, stage=Stage.SETTLE, how="trial")


def _still_joined(reading: Reading, side: Side, old: Stage) -> Iterator[StepTo]:
    """E18, where it had joined in the old stage, is still in it on its step: the old stage stays (D24)."""
    before = [plan.on(side) for _, plan in reading.course.plans if plan.on(side).stage is old]
    held = before[-1].held.get("E18") if before else None
    if held is not None and old is Stage.LOAD and held.since >= before[-1].entered:
        yield StepTo(exercise="E18", side=side.value, step=held.step, was=held.step, load=held.load, was_load=held.load,
                     extra_reps=held.extra_reps)  # fmt: skip


def _came_by_gate(reading: Reading, side: Side) -> bool:
    moves = [change for change in _trials_and_moves(reading, side) if isinstance(change, StageTo)]
    return bool(moves) and moves[-1].how == "gate"


def _after_four_weeks(reading: Reading, side: Side) -> bool:
    """The newest reason for a trial is HO7, not a stage just entered."""
    newest = [*_trials_and_moves(reading, side)][-1:]
    return bool(newest) and isinstance(newest[0], TrialDue)


def _trials_and_moves(reading: Reading, side: Side) -> Iterator[StageTo | TrialDue]:
    """What brought the side into its stage, and called for a trial there since."""
    here = [decided for decided in reading.course.decisions if decided.at >= reading.side(side).entered]
    for decided in here:
        for change in decided.body.decision.changes:
            if isinstance(change, (StageTo, TrialDue)) and change.side is side:
                yield change


# ---- after a gap (RG5, D61)


def after_return(reading: Reading) -> Iterator[Decision]:
    """Once, on the day of return: 8-14 days every exercise one step down, 15-28 one stage, at least 1."""
    sats = reading.course.sats
    back = any(answered.day == reading.today and answered.body.for_session for answered in reading.course.days)
    if not sats or not back or sats[-1].day < reading.plan.made:
        return
    days = (reading.today - sats[-1].day).days
    about = f"return:{sats[-1].done.session}{_so_long(reading, days)}"
    changes = tuple(_stepped_down(reading, days))
    if changes:
        yield Regress(
            reasons=(Reason("RG5", {"days": days}),), changes=tied(reading, changes), moment="return", about=about
        )


def _so_long(reading: Reading, days: int) -> str:
    """Who answered without training and comes back later still has the longer gap read (D61)."""
    limits = (int(reading.knowledge[name]) for name in ("missed_stage_days", "missed_full_days"))
    return next((f":{limit}" for limit in sorted(limits, reverse=True) if days >= limit), "")


def _stepped_down(reading: Reading, days: int) -> Iterator[Change]:
    k = reading.knowledge
    upkeep = reading.plan.mode == "maintenance"
    if k["missed_step_days"] <= days < k["missed_stage_days"] and not upkeep:
        yield from _all_one_down(reading)
    elif k["missed_stage_days"] <= days < k["missed_full_days"]:
        yield from _all_one_down(reading) if upkeep else _stage_lower(reading)
    elif days >= k["missed_full_days"] and upkeep:
        yield from _stage_lower(reading)


def _all_one_down(reading: Reading, *, of: tuple[Side, ...] = SIDES) -> Iterator[Change]:
    """Every exercise one step down, those of the last session and those she has now; step 1 stays."""
    seen: set[tuple[str, str]] = set()
    for name, side in ((name, side) for name, side in _given(reading) if side in of):
        exercise = reading.exercise(name)
        held = standing(reading.plan, side=side, exercise=exercise)
        if held.step > 1 and (name, side.value) not in seen:
            change = step_to(reading, exercise, side, held.step - 1)
            seen |= {(name, each.value) for each in (SIDES if change.side == BOTH else (side,))}
            yield change


def _given(reading: Reading) -> Iterator[tuple[str, Side]]:
    for item in reading.course.sats[-1].done.shown.items:
        yield from ((item.exercise, side) for side in (SIDES if item.side == BOTH else (Side(item.side),)))
    now = select(reading.course, plan=reading.plan, knowledge=reading.knowledge, now=reading.now, person=reading.person)
    yield from ((chosen.exercise, side) for side in SIDES for chosen in now[side].chosen)


def _stage_lower(reading: Reading) -> Iterator[Change]:
    """One stage down, at least 1; in Stage 1 every exercise one step, as after a shorter gap (D61)."""
    for side in SIDES:
        stage = reading.side(side).stage
        passed = reading.plan.profile.on(side).screen_s is Answer.YES
        lower = max(stage.below, Stage.ACTIVATE) if passed else Stage.ACTIVATE
        if stage > Stage.ACTIVATE:
            yield from stage_down(reading, side, lower)
        else:
            yield from _all_one_down(reading, of=(side,))


# ---- a condition read anew (D17, D30)


def over_the_top(reading: Reading) -> Iterator[Decision]:
    """Down to the highest stage open to her, where a new condition has lowered it; newly pregnant: Stage 1 (D17, D30)."""
    if not reading.course.screens:
        return
    facts = reading.person
    top = top_stage(reading.plan, facts=facts, cleared_to=cleared_to(reading.course, on=reading.today))
    top = Stage.ACTIVATE if _newly_pregnant(reading.course) else top
    lower = {side: Stage.SETTLE if _sore_after_change(reading, side) else top for side in SIDES}
    changes = [
        c for side in SIDES if reading.side(side).stage > lower[side] for c in stage_down(reading, side, lower[side])
    ]
    if changes:
        about, lowest = f"screen:{reading.course.screens[-1].seq}", min(lower.values())
        yield Regress(
            reasons=(Reason("D17", {"stage": lowest.value}),),
            changes=tied(reading, changes),
            moment="screen",
            about=about,
        )


def too_heavy(reading: Reading) -> Iterator[Decision]:
    """Under a restricted plan and in pregnancy no line below 12 repetitions at most: down to the heaviest open (D15, D30)."""
    pregnant = reading.course.facts.get("pregnant", "unknown") != "no"
    if not (pregnant or reading.plan.restricted):
        return
    changes = [change for side in SIDES for change in _lighter(reading, side)]
    if changes:
        reasons, about = (Reason("D30" if pregnant else "D15"),), f"light:{reading.course.count}"
        yield Regress(reasons=reasons, changes=tied(reading, changes), moment="screen", about=about)


def _lighter(reading: Reading, side: Side) -> Iterator[Change]:
    least = reading.knowledge["rm_light"]
    for name in sorted(stood(reading, side)):
        exercise = reading.exercise(name)
        held = standing(reading.plan, side=side, exercise=exercise)
        rm = step_of(exercise, held.step).rm
        if reading.side(side).stage in exercise.stages and rm is not None and rm < least:
            open_to_her = [
                n for n, line in enumerate(exercise.ladder, start=1) if line.rm is not None and line.rm >= least
            ]
            yield step_to(reading, exercise, side, open_to_her[-1])


def _sore_after_change(reading: Reading, side: Side) -> bool:
    """The newest full screen is of today and answers a change, and this side hurts 4 or more at rest (ST1, D17)."""
    course = reading.course
    earlier = course.screens[-2].at if len(course.screens) > 1 else None
    told = [
        report
        for report in course.reports
        if report.at <= course.screens[-1].at and (earlier is None or report.at > earlier)
    ]
    pain = reading.pain_now(side)
    sore = pain is not None and pain >= reading.knowledge["settle_pain"]
    return bool(told) and sore and course.screens[-1].day == reading.today


def _newly_pregnant(course: Course) -> bool:
    told = [screen.body.answers.get("pregnant") for screen in course.screens[-2:]]
    return len(told) > 1 and told[-1] == "yes" != told[0]
