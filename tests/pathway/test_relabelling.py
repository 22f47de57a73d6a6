"""Tests read anew during a course (D09, D25, D26)."""

from __future__ import annotations

from msgspec.structs import replace

from people import DAY, FINE, NO, RIGHT, UNKNOWN, WEAK, YES, Life, Who
from psoas.pathway.decisions import CautionTo, StageTo
from psoas.pathway.relabelling import relabelled
from psoas.terms import Stage
from situations import look, otherwise


def acute(stage=Stage.ACTIVATE):
    """A side that began in Stage 0 with its tests still to come, and is in Stage 1 now."""
    here = look(Life(who=Who(left=FINE, right=WEAK), days=2))
    waits = replace(here.plan.profile.right, label="provisional", provisional=True, screen_s=UNKNOWN, weak=UNKNOWN)
    profile = replace(here.plan.profile, right=waits)
    began = replace(here.plan, right=replace(here.plan.right, stage=Stage.SETTLE))
    course = {"plans": ((here.now - DAY, began),)}
    return otherwise(here, plan={"profile": profile}, right={"stage": stage}, **course), here.plan.profile


def read(reading, profile, *, caution=False):
    """What the tests change."""
    return [change for each in relabelled(reading, profile, caution=caution) for change in each.changes]


def test_tests_that_had_waited_for_an_acute_phase_find_the_stage_anew():
    """Weak with the hold screen passed is Stage 2; not passed it is Stage 1, where she is, and nothing moves (D25)."""
    waiting, found = acute()
    passed = replace(found, right=replace(found.right, screen_s=YES))
    failed = replace(found, right=replace(found.right, screen_s=NO))
    assert [c.stage for c in read(waiting, passed) if isinstance(c, StageTo) and c.side is RIGHT] == [Stage.CONTROL]
    assert [c for c in read(waiting, failed) if isinstance(c, StageTo) and c.side is RIGHT] == []


def test_a_caution_begins_during_the_plan_only_where_the_tests_had_waited():
    """No sign was found once she could be tested; somebody who started on her tests keeps the start she had (D09, D25)."""
    waiting, found = acute()
    assert CautionTo(caution=True) in read(waiting, found, caution=True)
    assert CautionTo(caution=True) not in read(waiting, found)
    started = otherwise(waiting, plans=())
    assert CautionTo(caution=True) not in read(started, found, caution=True)


def test_a_caution_ends_when_a_sign_is_found():
    """The tests of week two show one (D09)."""
    here = look(Life(days=2))
    cautious = otherwise(here, plan={"caution": True})
    better = replace(here.plan.profile, right=replace(here.plan.profile.right, confidence="moderate"))
    assert CautionTo(caution=False) in read(cautious, better)
