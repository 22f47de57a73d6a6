"""A side that begins to follow the other comes down beside it: the same stage, and no step ahead (D23)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from psoas.pathway.change import apply
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Change, Decision, Plan, Regress, StepTo
from psoas.pathway.facts import weekly_told
from psoas.pathway.record import WeekAnswered
from psoas.pathway.seen import Dated
from psoas.pathway.sides import followers, hurting
from psoas.pathway.standing import standing
from psoas.pathway.tying import following, stage_down, step_to, stood
from psoas.terms import Reason, Side


def beside(reading: Reading, side: Side, *, plan: Plan) -> tuple[Change, ...]:
    """What brings that side down to where the other stands in this plan; nothing where it is not ahead."""
    leader = plan.on(side.other)
    ahead = plan.on(side).stage > leader.stage
    down = stage_down(reading, side, leader.stage, how="follow") if ahead else []
    after = apply(plan, down, at=reading.now)
    steps = tuple(_steps(reading, side, after))
    lowered = {step.exercise for step in steps}
    return (*(change for change in down if getattr(change, "exercise", "") not in lowered), *steps)


def _steps(reading: Reading, side: Side, plan: Plan) -> Iterator[StepTo]:
    """The exercises that both have stood on, where this side would be ahead."""
    for name in sorted(stood(reading, side) & stood(reading, side.other)):
        exercise = reading.exercise(name)
        mine, others = (standing(plan, side=of, exercise=exercise).step for of in (side, side.other))
        if plan.on(side).stage in exercise.stages and mine > others:
            yield step_to(reading, exercise, side, others)


def comes_beside(reading: Reading) -> Iterator[Decision]:
    """By the newest weekly or check answer a side hurts no more and follows again: it comes down beside the other."""
    newest = max(weekly_told(reading.course), key=lambda told: told.at, default=None)
    if newest is None:
        return
    before = followers(reading.plan.profile, hurting=hurting(_without(reading.course, newest)))
    for side in following(reading) - before:
        changes = beside(reading, side, plan=reading.plan)
        if changes:
            moment = "week" if isinstance(newest.body, WeekAnswered) else "check"
            reasons = (Reason("D23", {"side": side.value}),)
            yield Regress(reasons=reasons, changes=changes, moment=moment, about=f"follow:{newest.seq}")


def _without(course: Course, newest: Dated) -> Course:
    """The course before that answer."""
    weeks, checks, followups = (
        tuple(told for told in answers if told.seq != newest.seq)
        for answers in (course.weeks, course.checks, course.followups)
    )
    return replace(course, weeks=weeks, checks=checks, followups=followups)
