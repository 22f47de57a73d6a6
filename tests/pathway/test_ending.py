"""The aims of the course, and what keeps her in (C12, D70, D71)."""

from __future__ import annotations

from msgspec.structs import replace

from people import ACHING, FINE, NO, RIGHT, YES, D, Life, Turn, Who
from psoas.pathway import record as r
from psoas.pathway.ending import not_yet
from psoas.pathway.seen import Dated
from psoas.terms import SIDES, Stage
from situations import look, otherwise

WHO = Who(left=FINE, right=ACHING)
HERE = look(Life(who=WHO, days=32))
DONE = r.CheckAnswered(day=84, worst=dict.fromkeys(SIDES, D(0)), scores=(D(9),), change="much_better", satisfied=YES)


def unmet(reading, *, day=84):
    """The aims that are not met at a check of that day, with the side where one is named."""
    reasons = not_yet(reading, replace(DONE, day=day))
    return [(reason.rule, reason.values["side"]) if "side" in reason.values else reason.rule for reason in reasons]


def profile(**right):
    """A right side with these findings."""
    here = HERE.plan.profile
    return {"profile": replace(here, right=replace(here.right, **right))}


def test_everything_reached_keeps_nobody_in():
    """Stage 3 was her goal, held for three weeks; the labels are neither."""
    assert (HERE.plan.left.stage, HERE.plan.right.stage) == (Stage.LOAD, Stage.LOAD)
    assert unmet(HERE, day=56) == []


# ---- the last three sessions (DI6)


def test_two_sessions_are_not_yet_three():
    """Four weeks apart and both clean, but three are asked for (D70)."""
    sats = HERE.course.sats
    assert unmet(otherwise(HERE, sats=(sats[0], *sats[-2:])), day=56) == []
    assert unmet(otherwise(HERE, sats=(sats[0], sats[-1])), day=56) == [("DI6", "left"), ("DI6", "right")]


def test_a_session_without_its_loaded_exercises_counts_neither_for_nor_against_a_side():
    """She had no time for them: the three before it are looked at, clean (D70)."""
    count = len(HERE.course.sats)
    skipped = look(Life(who=WHO, days=32, turns=((count - 1, Turn(side="both", skips="time")),)))
    assert not any(w.item.slot in (4, 8) for w in skipped.done_on(len(skipped.course.sats) - 1, RIGHT))
    assert unmet(skipped, day=56) == []
    hurt = look(Life(who=WHO, days=32, turns=((count - 1, Turn(pain=D(3))),)))
    assert ("DI6", "right") in unmet(hurt, day=56)


# ---- findings that stay (DI5, D71)


def length(*angles):
    """The thigh angles of the right side as they were tested, one after the other."""
    tests = (
        r.LengthTest(side=RIGHT, method="angle", readings=(D(angle),) * 3, pelvis_controlled=YES) for angle in angles
    )
    return tuple(
        Dated(HERE.course.sats[n].done.began, r.Tested(findings=r.Findings(length=(test,))))
        for n, test in enumerate(tests)
    )


def checked(after):
    """One check, settled on the day of that session."""
    at = HERE.course.sats[after].done.began
    return {"checks": (Dated(at, replace(DONE, day=14)),)}


def test_a_tightness_that_stays_does_not_keep_her_in_from_week_12_unless_it_grew():
    """Tight, with the hold test passed: she may go, but not with an angle worse beyond its error since the check (D71)."""
    tight = profile(label="tight", length="yes", weak=NO, inhibited=NO, screen_s=YES, provisional=False)
    tight["settled_checks"] = (14,)
    same, worse = length(3, 4), length(3, 9)
    assert unmet(otherwise(HERE, plan=tight, tests=same, **checked(0)), day=56) == [("DI5", "right")]
    assert unmet(otherwise(HERE, plan=tight, tests=same, **checked(0))) == []
    assert unmet(otherwise(HERE, plan=tight, tests=worse, **checked(0))) == [("DI5", "right")]
    assert unmet(otherwise(HERE, plan=tight, tests=worse, checks=())) == []
