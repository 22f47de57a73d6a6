"""From a profile and a clear screen to a plan: where each side starts and why (C3, rulings D09, D15, D22-D25)."""

from __future__ import annotations

import datetime as dt

from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course
from psoas.pathway.decisions import Cleared, NoProtocolFits, Plan, Profile, SidePlan
from psoas.pathway.selection import main_exercise, select
from psoas.pathway.sides import GOAL_STAGE, cleared_to, combined, followers
from psoas.pathway.starting import RESTRICTED_TOP, Start, restricted_plan, start_of
from psoas.terms import SIDES, Reason, Side, Stage


def plan(
    profile: Profile, *, cleared: Cleared, protocol: str, course: Course, knowledge: Knowledge, now: dt.datetime
) -> Plan | NoProtocolFits:
    """The plan that these findings call for under this protocol ("id@date"); a stop in force allows none."""
    if course.stops:
        return NoProtocolFits(reasons=tuple(Reason(stop.row) for stop in course.stops))
    if protocol not in knowledge.protocols:
        return NoProtocolFits(reasons=(Reason("D33", {"protocol": protocol}),))
    starts = {
        side: start_of(course, profile, side, cautious=_cautious(cleared), knowledge=knowledge, now=now)
        for side in SIDES
    }
    made = _plan(profile, starts, cleared=cleared, protocol=protocol, course=course, now=now)
    return _with_main_exercise(made, course, knowledge, now)


def _cautious(cleared: Cleared) -> bool:
    """Cleared with caution: none of the pain signs was found, or none was tested (TC14, D09)."""
    return any(reason.rule == "TC14" for reason in cleared.reasons)


def _plan(
    profile: Profile, starts: dict[Side, Start], *, cleared: Cleared, protocol: str, course: Course, now: dt.datetime
) -> Plan:
    following = followers(profile)
    stages = combined({side: start.stage for side, start in starts.items()}, following=following)
    sides = {side: _side_plan(starts[side], stages[side], following=side in following, now=now) for side in SIDES}
    restricted = restricted_plan(course, now.date())
    named = cleared_to(course, on=now.date())
    return Plan(
        protocol=protocol,
        made=now.date(),
        profile=profile,
        left=sides[Side.LEFT],
        right=sides[Side.RIGHT],
        top=(named or RESTRICTED_TOP) if restricted else Stage.RETURN,
        goal=GOAL_STAGE[course.wish.goal],
        goal_says=course.wish.goal,
        caution=_cautious(cleared),
        restricted=restricted,
        reasons=cleared.reasons,
    )


def _side_plan(start: Start, stage: Stage, *, following: bool, now: dt.datetime) -> SidePlan:
    reasons = start.reasons if stage is start.stage else (*start.reasons, Reason("D23", {"stage": stage.value}))
    return SidePlan(stage=stage, entered=now, trial=not following and stage > Stage.SETTLE, reasons=reasons)


def _with_main_exercise(made: Plan, course: Course, knowledge: Knowledge, now: dt.datetime) -> Plan | NoProtocolFits:
    """No exercise for the hip flexors on either side, in Stage 2 or higher: no plan (D28)."""
    selections = select(course, plan=made, knowledge=knowledge, now=now)
    without = [
        side for side in SIDES if made.on(side).stage >= Stage.CONTROL and main_exercise(selections[side]) is None
    ]
    if len(without) < len(SIDES):
        return made
    reasons = [reason for side in without for left in selections[side].left_out for reason in left.reasons]
    return NoProtocolFits(reasons=(Reason("D28"), *reasons))
