"""Decisions as a page tells them: the heading says what the sentence below it says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from psoas.pathway import record as r
from psoas.pathway.decisions import Hold, Progress, StageTo, StepTo, TrialSeen
from psoas.pathway.seen import Dated
from psoas.terms import Load, Reason, Side, Stage
from psoas.web import telling
from psoas.web.desk import knowledge

WHY = (Reason("PR1", {"side": "left"}),)
UP = StageTo(side=Side.LEFT, stage=Stage.LOAD, trial=True)
STEP = StepTo(exercise="E06", side=Side.LEFT, step=2, was=1)
SEEN = TrialSeen(side=Side.LEFT, stage=Stage.LOAD, passed=True)


@pytest.mark.parametrize(
    ("decision", "heading"),
    [
        (Progress(reasons=WHY, changes=(STEP,), moment="morning", about="morning:1"), "One thing goes up."),
        (Progress(reasons=WHY, changes=(UP,), moment="morning", about="morning:1"), "A new stage."),
        (Hold(reasons=WHY, changes=(), moment="morning", about="morning:1"), "The same again."),
        (
            Hold(reasons=WHY, changes=(SEEN,), moment="trial", about="trial:1:1"),
            "The trial set went well: this stage stays.",
        ),
    ],
)
def test_the_heading_says_what_the_decision_does(decision, heading):
    """A stage is more than one thing, and a trial that went well is no repetition."""
    at = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    body = r.Decided(decision=decision, protocol="integrated@2026-11-01", saw=0)
    told = telling.told(Dated(at, body, 1), knowledge=knowledge())
    assert told.headline == heading
    assert (told.name == "The same again") == (heading == "The same again.")


@pytest.mark.parametrize(
    ("load", "hip", "says"),
    [
        (Load(kind="kg", kg=Decimal(2)), Decimal("9.6"), "2 kg, about 10 % more for the hip."),
        (Load(kind="kg", kg=Decimal(2)), None, "2 kg."),
        (Load(), Decimal("9.6"), "5 s."),
    ],
)
def test_a_step_with_a_load_says_what_the_hip_carries_more(load, hip, says):
    """Where it can be worked out, the percent at the hip stands behind the weight; without a load there is none."""
    step = StepTo(exercise="E16b", side="left", step=1, was=4, load=load, hip=hip)
    assert telling.changed(step, knowledge=knowledge()).endswith(says)
