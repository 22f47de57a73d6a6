"""Where a side starts: what is not known never starts it higher (C3, D05, D22)."""

from __future__ import annotations

from msgspec.structs import replace

from people import ACHING, FINE, KNOWLEDGE, RIGHT, D, Life, Who
from psoas.pathway.record import Complaint
from psoas.pathway.seen import Dated
from psoas.pathway.starting import Start, start_of
from psoas.terms import Reason, Stage
from situations import look


def started(now):
    """Where a right side labelled neither starts that tells this pain now."""
    here = look(Life(who=Who(left=FINE, right=ACHING), days=1))
    told = here.course.intake
    intake = replace(told, sides=told.sides | {RIGHT: Complaint(now=now, worst=D(2))})
    course = replace(here.course, plan=None, plans=(), intakes=(Dated(here.now, intake, 0),), days=(), mornings={})
    return start_of(course, here.plan.profile, RIGHT, cautious=False, knowledge=KNOWLEDGE, now=here.now)


def test_neither_with_a_pain_now_that_nobody_told_starts_in_stage_2():
    """Pain of at most 2 is Stage 3, above it Stage 2; unknown is not at most 2 (ST6, ST6b)."""
    assert started(D(2)) == Start(Stage.LOAD, (Reason("ST6", {"pain": D(2)}),))
    assert started(D("2.1")) == Start(Stage.CONTROL, (Reason("ST6b", {"pain": D("2.1")}),))
    assert started(None) == Start(Stage.CONTROL, (Reason("ST6b", {"pain": "unknown"}),))


def test_a_pregnancy_that_nobody_can_rule_out_starts_in_stage_1():
    """Not known is read as yes, as everywhere a pregnancy limits something (ST2, D06)."""
    here = look(Life(who=Who(left=FINE, right=ACHING), days=1))
    stages = []
    for said in ("no", "unknown", "yes"):
        course = replace(here.course, plan=None, plans=(), facts=here.course.facts | {"pregnant": said})
        found = start_of(course, here.plan.profile, RIGHT, cautious=False, knowledge=KNOWLEDGE, now=here.now)
        stages.append(found.stage)
    assert stages == [Stage.LOAD, Stage.ACTIVATE, Stage.ACTIVATE]
