"""Rows that keep an exercise out whatever its own exclusions say (C4a)."""

from __future__ import annotations

from msgspec.structs import replace

from people import ACHING, FINE, RIGHT, YES, Life, Who
from psoas.terms import Reason, Stage
from situations import chosen, look, otherwise


def test_an_inhibited_side_gets_no_sprint_drill():
    """In Stage 4b everybody has E13, but never a side labelled inhibited: no maximal effort (C4a)."""
    here = look(Life(who=Who(left=FINE, right=ACHING, goal="run", equipment="gym", trained=YES), days=1))
    running = otherwise(here, both={"stage": Stage.RETURN})
    assert chosen(running)[RIGHT].has("E13")
    profile = running.plan.profile
    inhibited = replace(profile, right=replace(profile.right, inhibited=YES, label="inhibited"))
    selection = chosen(otherwise(running, plan={"profile": inhibited}))[RIGHT]
    reasons = {left.exercise: left.reasons for left in selection.left_out}
    assert reasons["E13"] == (Reason("C4a", {"label": "inhibited"}),)
    assert selection.has("E12")
