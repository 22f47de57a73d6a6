"""Tests read anew: new labels, a stage lower where they say so, the start found after an acute phase (D25, D26)."""

from __future__ import annotations

from collections.abc import Iterator

from psoas.pathway.alongside import beside
from psoas.pathway.change import apply
from psoas.pathway.counting import Reading
from psoas.pathway.decisions import CautionTo, Change, Decision, Hold, Profile, Regress, Relabelled, StageTo, StepTo
from psoas.pathway.sides import followers, hurting
from psoas.pathway.starting import start_of
from psoas.pathway.tying import following, stage_down, tied
from psoas.terms import SIDES, Answer, Reason, Side, Stage


def relabelled(reading: Reading, profile: Profile | None, *, caution: bool) -> Iterator[Decision]:
    """New labels: new slots from the next session; the stage stays, but I newly yes or W6 failed takes one down (D26)."""
    if profile is None or profile == reading.plan.profile:
        return
    changes: list[Change] = [Relabelled(profile=profile), *_caution(reading, caution)]
    reasons = [Reason("D26")]
    for side in SIDES:
        moved = _stage_by_label(reading, side, profile, caution)
        changes += moved[0]
        reasons += moved[1]
    for side in followers(profile, hurting=hurting(reading.course)) - following(reading):
        down = beside(reading, side, plan=apply(reading.plan, changes, at=reading.now))
        changes += down
        reasons += [Reason("D23", {"side": side.value})] if down else []
    kind = Regress if any(map(_lowers, changes)) else Hold
    seq = reading.course.tests[-1].seq if reading.course.tests else reading.course.count
    yield kind(reasons=tuple(reasons), changes=tied(reading, changes), moment="tests", about=f"tests:{seq}")


def _lowers(change: Change) -> bool:
    return isinstance(change, StepTo) or (isinstance(change, StageTo) and change.how in ("drop", "follow"))


def _caution(reading: Reading, caution: bool) -> Iterator[CautionTo]:
    """The caution of a start ends when a sign is found; it begins later only where the tests had to wait (D09, D25)."""
    waited = any(_waited(reading, side) and reading.plan.profile.on(side).provisional for side in SIDES)
    if reading.plan.caution and not caution:
        yield CautionTo(caution=False)
    elif caution and not reading.plan.caution and waited:
        yield CautionTo(caution=True)


def _stage_by_label(reading: Reading, side: Side, profile: Profile, caution: bool) -> tuple[list[Change], list[Reason]]:
    here, was, now = reading.side(side), reading.plan.profile.on(side), profile.on(side)
    inhibited = now.inhibited is Answer.YES and was.inhibited is not Answer.YES
    failed = now.screen_s is Answer.NO and was.screen_s is not Answer.NO
    if here.stage >= Stage.CONTROL and (inhibited or failed):
        return list(stage_down(reading, side, here.stage.below)), [
            Reason("D26", {"side": side.value, "why": "inhibited" if inhibited else "W6"})
        ]
    if was.provisional and not now.provisional and _waited(reading, side):
        return _found_anew(reading, side, profile, caution)
    return [], []


def _waited(reading: Reading, side: Side) -> bool:
    """The tests had waited for an acute phase: the side began in Stage 0 (D25)."""
    started = next((plan for _, plan in reading.course.plans if plan.made == reading.plan.made), reading.plan)
    return started.on(side).stage is Stage.SETTLE and reading.side(side).stage is Stage.ACTIVATE


def _found_anew(reading: Reading, side: Side, profile: Profile, caution: bool) -> tuple[list[Change], list[Reason]]:
    course, known, now = reading.course, reading.knowledge, reading.now
    start = start_of(course, profile, side, cautious=caution, knowledge=known, now=now, going_on=True)
    stage = max(start.stage, Stage.ACTIVATE)
    if stage <= reading.side(side).stage:
        return [], []
    trial = side not in following(reading)
    return [StageTo(side=side, stage=stage, how="tests", trial=trial)], [
        Reason("D25", {"side": side.value}),
        *start.reasons,
    ]
