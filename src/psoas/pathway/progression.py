"""The decision: what this course calls for at this instant, each time with the rules that say so (D42-D44, D64).

`review` answers with the next decision that is due and not yet in the record, or with None. On a bad morning:
the morning answer closes its session, `_after_morning` reads the zones of both sides; red takes a step (two
reds in seven days a stage) back, more than +1 takes a fifth off the next session, amber holds; nothing goes up
beside a drop; and three reds in fourteen days send her to somebody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.pathway.alongside import comes_beside
from psoas.pathway.checking import at_check
from psoas.pathway.correcting import appeared, unearned
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Change, Decision, Deload, Hold, Profile, Progress, Reduce, Refer, Regress, Stops
from psoas.pathway.dropping import CUT, STAGE, STEP, Drop, drops_of
from psoas.pathway.easing import deload, held_again, loads_found, reassessed, stuck, trials_due, tried_again
from psoas.pathway.findings import cited
from psoas.pathway.gates import settled
from psoas.pathway.impact import day_drops, impact_drops
from psoas.pathway.leave import rows_in_force
from psoas.pathway.raising import rises
from psoas.pathway.referring import Referral, referrals
from psoas.pathway.relabelling import relabelled
from psoas.pathway.returning import after_return, leave_lifted, over_the_top, too_heavy, tried
from psoas.pathway.seen import once
from psoas.pathway.selection import Selection, select
from psoas.pathway.soothing import on_both_legs
from psoas.pathway.swapping import back_again, swapped
from psoas.pathway.tying import following, stage_up, tied
from psoas.pathway.waiting import same_again
from psoas.terms import SIDES, Level, Reason, Side, Stage


class Moment(Struct, frozen=True):
    """One point at which a decision is due: which of D42, and about what."""

    kind: str
    about: str


class Finding(Struct, frozen=True):
    """What the stages outside the course bring to a review: tests read anew, and strength that fell."""

    profile: Profile | None = None
    fell: tuple[Reason, ...] = ()  # strength that fell beyond error (SR5)
    level: Level = Level.SELF_CARE  # what the tests add to the screen (D09): how soon, which rows, the caution
    rows: tuple[Reason, ...] = ()
    caution: bool = False


def review(
    course: Course,
    *,
    knowledge: Knowledge,
    now: dt.datetime,
    finding: Finding | None = None,
    reading: Reading | None = None,
) -> Decision | None:
    """The next decision due, or None when everything is decided; without a plan there are only stops to lift. `reading`: a look at this course now, if there is one."""
    decision = leave_lifted(course, knowledge=knowledge, now=now)
    if decision is None and course.plan is not None and course.plan.mode != "reopen":
        reading = reading or Reading(course, knowledge=knowledge, now=now)
        decision = next(_decisions(reading, finding or Finding()), None)
    return None if decision is None else _cited(decision, knowledge)


def _cited(decision: Decision, knowledge: Knowledge) -> Decision:
    """The decision with each rule's sources beside it, as they stand today."""
    return replace(decision, reasons=tuple(cited(reason, knowledge=knowledge) for reason in decision.reasons))


def _decisions(reading: Reading, finding: Finding) -> Iterator[Decision]:
    """Every decision due, in the order in which they are made."""
    done = {dated.body.decision.about for dated in reading.course.decisions}
    yield from _unless(done, tried(reading))
    yield from _unless(done, _corrected(reading))
    yield from _unless(done, _after_sessions(reading, done))
    yield from _unless(done, _weaker(reading, finding))
    yield from _unless(done, _told_by_tests(reading, finding))
    yield from _unless(done, relabelled(reading, finding.profile, caution=finding.caution))
    yield from _unless(done, comes_beside(reading))
    yield from _unless(done, over_the_top(reading))
    yield from _unless(done, too_heavy(reading))
    yield from _unless(done, on_both_legs(reading))
    yield from _unless(done, at_check(reading))
    yield from _unless(done, after_return(reading))
    yield from _unless(done, _on_the_day(reading))
    yield from _unless(done, _in_the_week(reading))
    yield from _unless(done, swapped(reading))


def _unless(done: set[str], decisions: Iterator[Decision]) -> Iterator[Decision]:
    return (decision for decision in decisions if decision.about not in done)


def _weaker(reading: Reading, finding: Finding) -> Iterator[Decision]:
    """Strength that fell beyond error, as soon as a test shows it: C-stop (SR5, D68)."""
    if finding.fell and not any(stop.row == "SR5" for stop in reading.course.stops):
        about = f"fell:{reading.course.tests[-1].seq}"
        changes = (Stops(level=Level.CLINICIAN, rows=("SR5",)),)
        yield Refer(level=Level.CLINICIAN, reasons=finding.fell, changes=changes, moment="tests", about=about)


def _told_by_tests(reading: Reading, finding: Finding) -> Iterator[Decision]:
    """W5, TC11 by grade and TC14, whenever tests come in: C-stop, urgent where the weakness is new (D09, D13)."""
    known = {stop.row for stop in reading.course.stops} | rows_in_force(reading.course.clearances, on=reading.today)
    rows = tuple(dict.fromkeys(reason.rule for reason in finding.rows if reason.rule not in known))
    if finding.level.rank >= Level.CLINICIAN.rank and rows:
        changes = (Stops(level=finding.level, rows=rows),)
        about = f"signs:{reading.course.tests[-1].seq}"
        yield Refer(level=finding.level, reasons=finding.rows, changes=changes, moment="tests", about=about)


# ---- after a session and its morning (D42 a, b)


def _after_sessions(reading: Reading, done: set[str]) -> Iterator[Decision]:
    for index, sat in enumerate(reading.course.sats):
        key = sat.done.session
        if not sat.closed or sat.day < reading.plan.made or f"morning:{key}" in done:
            continue
        if reading.morning_closed(index):
            yield _after_morning(reading, index, Moment("morning", f"morning:{key}"))
        elif f"session:{key}" not in done:
            at_end = _after_end(reading, index, Moment("session", f"session:{key}"))
            if at_end is not None:
                yield at_end


def _after_end(reading: Reading, index: int, moment: Moment) -> Decision | None:
    """At the end of a session there are drops and referrals only."""
    drops = drops_of(reading, index, final=False)
    return _stepped_back(reading, moment, drops)


def _after_morning(reading: Reading, index: int, moment: Moment) -> Decision:
    """The full decision; only here anything goes up. The first that applies wins, every row that fired is named (D43)."""
    drops = _not_carried_out(reading, index, drops_of(reading, index, final=True))
    back = _stepped_back(reading, moment, drops)
    if back is not None:
        return back
    found = tuple(loads_found(reading, index))
    lighter = deload(reading)
    if lighter is not None:
        return Deload(reasons=lighter[0], changes=(*lighter[1], *found), moment=moment.kind, about=moment.about)
    selections = select(
        reading.course, plan=reading.plan, knowledge=reading.knowledge, now=reading.now, person=reading.person
    )
    if index == len(reading.course.sats) - 1:
        up = _up(reading, selections, moment, found)
        if up is not None:
            return up
    return Hold(reasons=same_again(reading, selections), changes=found, moment=moment.kind, about=moment.about)


def _up(
    reading: Reading, selections: dict[Side, Selection], moment: Moment, found: tuple[Change, ...]
) -> Decision | None:
    if reading.plan.mode == "maintenance" or reading.course.stops:  # nothing goes up there (MA1), nor while stopped
        return None
    waiting = stuck(reading, selections) or held_again(reading, selections)
    if waiting and "HO7" not in reading.plan.held_for:
        return _reassess(reading, waiting, moment, found)
    if _dropped_here(reading, moment):
        return None
    again = back_again(reading)
    rise = again or rises(reading, selections)
    if rise is None:
        return None
    return Progress(reasons=rise.reasons, changes=(*rise.changes, *found), moment=moment.kind, about=moment.about)


def _dropped_here(reading: Reading, moment: Moment) -> bool:
    """The end of this very session has dropped something: its morning takes nothing up (D43)."""
    end = moment.about.replace("morning:", "session:")
    return any(dated.body.decision.about == end for dated in reading.course.decisions)


def _reassess(reading: Reading, waiting: list[tuple[Side, str]], moment: Moment, found: tuple[Change, ...]) -> Decision:
    """HO7: four weeks on one step. Tests, form and label first, then the trial of the present stage (D63)."""
    reasons = tuple(Reason("HO7", {"exercise": name, "side": side.value}) for side, name in waiting)
    again = any(tried_again(reading, name, side) for side, name in waiting)
    if again:
        change = Referral(Reason("HO7"), holds=True).change(reading)
        return Refer(level=Level.CLINICIAN, reasons=reasons, changes=(change,), moment=moment.kind, about=moment.about)
    changes = trials_due({side for side, _ in waiting}) if reassessed(reading) else ()
    return Hold(reasons=reasons, changes=(*changes, *found), moment=moment.kind, about=moment.about)


# ---- stepping back


def _stepped_back(reading: Reading, moment: Moment, drops: list[Drop]) -> Decision | None:
    """Refer, else regress, else reduce; every drop that fired is carried out (D43)."""
    changes = tied(reading, once(change for drop in drops for change in drop.changes))
    reasons = tuple(once(reason for drop in drops for reason in drop.reasons))
    sent = referrals(reading, fired=reasons)
    if sent:
        level = max((referral.level for referral in sent), key=lambda of: of.rank)
        stops = tuple(referral.change(reading) for referral in sent)
        rows = tuple(referral.reason for referral in sent)
        return Refer(
            level=level, reasons=(*rows, *reasons), changes=(*stops, *changes), moment=moment.kind, about=moment.about
        )
    if not drops:
        return None
    kind = Reduce if all(drop.size == CUT for drop in drops) else Regress
    return kind(reasons=reasons, changes=changes, moment=moment.kind, about=moment.about)


def _not_carried_out(reading: Reading, index: int, drops: list[Drop]) -> list[Drop]:
    """Without what the end of this session has carried out already; a stage that fell falls once."""
    about = f"session:{reading.course.sats[index].done.session}"
    before = [dated.body.decision for dated in reading.course.decisions if dated.body.decision.about == about]
    gone = {(getattr(c, "exercise", ""), str(getattr(c, "side", ""))) for decision in before for c in decision.changes}
    fell = {side for exercise, side in gone if not exercise}
    return [drop for drop in drops if not _already(drop, gone, fell)]


def _already(drop: Drop, gone: set[tuple[str, str]], fell: set[str]) -> bool:
    if drop.side is not None and drop.side.value in fell:
        return True
    touched = {(getattr(c, "exercise", ""), str(getattr(c, "side", ""))) for c in drop.changes}
    return drop.size != STAGE and bool(touched) and touched <= gone


# ---- a day answer, a week, a correction


def _on_the_day(reading: Reading) -> Iterator[Decision]:
    """Drops and referrals of the day (D12), and the way out of stage 0 (PR7, D49)."""
    today = [answered for answered in reading.course.days if answered.day == reading.today]
    if not today:
        return
    moment = Moment("day", f"day:{today[-1].seq}")
    drops = day_drops(reading, today[-1].body)
    decision = _stepped_back(reading, moment, drops) or _out_of_stage_0(reading, moment)
    if decision is not None:
        yield decision


def _out_of_stage_0(reading: Reading, moment: Moment) -> Decision | None:
    calm = [side for side in SIDES if reading.side(side).stage is Stage.SETTLE and settled(reading, side)]
    ready = [side for side in calm if side.other in calm or not _waits_for_other(reading, side)]
    if not ready or reading.course.stops:
        return None
    changes = [change for side in ready for change in stage_up(reading, side, Stage.ACTIVATE, trial=True)]
    reasons = tuple(Reason("PR7", {"side": side.value}) for side in ready)
    return Progress(reasons=reasons, changes=tuple(changes), moment=moment.kind, about=moment.about)


def _waits_for_other(reading: Reading, side: Side) -> bool:
    """A side that follows leaves Stage 0 with the other or after it (D23)."""
    return side in following(reading) and reading.side(side.other).stage is Stage.SETTLE


def _in_the_week(reading: Reading) -> Iterator[Decision]:
    """A weekly answer: impact or weight-bearing pain, new night pain or limp is red until TU2 is asked in full (SR2, D66)."""
    if not reading.course.weeks or not reading.course.sats:
        return
    told = reading.course.weeks[-1]
    decision = _stepped_back(reading, Moment("week", f"week:{told.seq}"), impact_drops(reading, told.body))
    if decision is not None:
        yield decision


def _corrected(reading: Reading) -> Iterator[Decision]:
    """After a correction: reds that appear are carried out, steps no longer earned go back; nothing is given back (D64)."""
    if not reading.course.corrections:
        return
    moment = Moment("correction", f"correction:{reading.course.corrections[-1].seq}")
    taken = tuple(once(unearned(reading)))
    drops = appeared(reading)
    if taken:
        drops = [*drops, Drop(STEP, (Reason("D64"),), taken, None)]
    decision = _stepped_back(reading, moment, drops)
    if decision is not None:
        yield decision
