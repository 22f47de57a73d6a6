"""The aims of the course, and what keeps her in (C12, D70, D71)."""

from __future__ import annotations

from msgspec.structs import replace

from people import ACHING, DAY, FINE, NO, RIGHT, YES, D, Life, Turn, Who
from psoas.pathway import record as r
from psoas.pathway.decisions import Discharge, Regress
from psoas.pathway.ending import not_yet, reopened_by
from psoas.pathway.seen import Dated
from psoas.terms import SIDES, Reason, Stage
from situations import decided, look, otherwise

WHO = Who(left=FINE, right=ACHING)
HERE = look(Life(who=WHO, days=32))
LATELY = HERE.course.sats[-2:]
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


def findings(*angles, left=-12, held="pass", ago=0):
    """The tests of her last sessions: these thigh angles on the right, one after the other, and six holds on both sides."""
    holds = tuple(r.HoldTest(side=side, exercise="E06", result=held, compensations=(), pain=D(0)) for side in SIDES)
    return tuple(
        Dated(LATELY[n].done.began - ago * DAY, r.Tested(findings=r.Findings(length=both(left, angle), holds=holds)))
        for n, angle in enumerate(angles)
    )


def both(*angles):
    """A length test of each side."""
    return tuple(
        r.LengthTest(side=side, method="angle", readings=(D(angle),) * 3, pelvis_controlled=YES)
        for side, angle in zip(SIDES, angles, strict=True)
    )


def checked(after):
    """One check, settled on the day of that session."""
    at = LATELY[after].done.began
    return {"checks": (Dated(at, replace(DONE, day=14)),)}


def test_a_tightness_that_stays_does_not_keep_her_in_from_week_12_unless_it_grew():
    """Tight, with the hold test passed: she may go, but not with an angle worse beyond its error since the check (D71)."""
    tight = profile(label="tight", length="yes", weak=NO, inhibited=NO, screen_s=YES, provisional=False)
    tight["settled_checks"] = (14,)
    same, worse = findings(3, 4), findings(3, 9)
    assert unmet(otherwise(HERE, plan=tight, tests=same, **checked(0)), day=56) == [("DI5", "right")]
    assert unmet(otherwise(HERE, plan=tight, tests=same, **checked(0))) == []
    assert unmet(otherwise(HERE, plan=tight, tests=worse, **checked(0))) == [("DI5", "right")]
    assert unmet(otherwise(HERE, plan=tight, tests=worse, checks=HERE.course.checks)) == []
    failed = findings(3, 4, held="fail")
    assert unmet(otherwise(HERE, plan=tight, tests=failed, **checked(0))) == [("DI5", "right")]


def test_a_weakness_that_stays_keeps_her_in_only_below_its_cut_off():
    """W yes by LSI alone, at its cut-off or above: she may go; below it, or without an LSI, she may not (D71)."""
    weak = {"label": "weak", "length": "no", "weak": YES, "inhibited": NO, "lsi_method": "belt", "provisional": False}
    found = {"tests": findings(-12, -12)}
    for lsi, aims in ((D(85), []), (D("84.9"), [("DI5", "right")]), (None, [("DI5", "right")])):
        assert unmet(otherwise(HERE, plan=profile(**weak | {"lsi": lsi}), **found)) == aims


def test_who_is_held_back_stays_in_however_strong_and_long():
    """I yes keeps her in beside a borderline length and strength of 90 % (D70, D71)."""
    near = {"label": "inhibited", "length": "borderline", "weak": NO, "lsi": D(95), "provisional": False}
    assert unmet(otherwise(HERE, plan=profile(**near | {"inhibited": YES})), day=56) == [("DI5", "right")]
    assert unmet(otherwise(HERE, plan=profile(**near | {"inhibited": NO})), day=56) == []


def test_tests_of_more_than_four_weeks_ago_do_not_end_a_course():
    """Length, strength and the six holds serve for 28 days (D65)."""
    none = profile(lsi=None)
    assert unmet(otherwise(HERE, plan=none, tests=findings(-12, -12)), day=56) == []
    assert unmet(otherwise(HERE, plan=none, tests=findings(-12, -12, ago=28)), day=56) == [
        ("D65", "left"),
        ("D65", "right"),
    ]
    lengths = tuple(replace(old, body=r.Tested(findings=replace(old.body.findings, holds=()))) for old in findings(-12))
    old = otherwise(HERE, plan=none, tests=lengths)
    assert [why.values["old"] for why in not_yet(old, DONE) if why.rule == "D65"] == ["strength", "strength"]


def test_answers_of_one_week_do_not_tell_of_two():
    """DI1 asks for two weeks: the oldest answer in them is a week old or older (D06, D70)."""
    told = r.WeekAnswered(worst=dict.fromkeys(SIDES, D(1)))
    week = [Dated(HERE.now - days * DAY, told) for days in (15, 7, 6, 0)]
    alone = {"checks": (), "followups": ()}
    assert "DI1" in unmet(otherwise(HERE, weeks=(week[0], *week[2:]), **alone), day=56)
    assert "DI1" not in unmet(otherwise(HERE, weeks=tuple(week[1:]), **alone), day=56)
    assert "DI1" in unmet(otherwise(HERE, weeks=(), **alone), day=56)


# ---- opening again (MA2, D73)


def test_a_stage_lost_by_two_reds_opens_the_course_again():
    """In upkeep RG3 does; a step lost does not, nor a stage lost before the course ended."""
    ended = decided(Discharge(reasons=(), changes=()), at=HERE.now - DAY, seq=900)
    lost, less = (
        decided(Regress(reasons=(Reason(rule, {"side": "right"}),), changes=()), at=HERE.now, seq=901)
        for rule in ("RG3", "RG2")
    )
    upkeep = {"plan": {"mode": "maintenance"}, "weeks": (), "replies": ()}
    assert reopened_by(otherwise(HERE, decisions=(ended, lost), **upkeep)) == lost
    assert reopened_by(otherwise(HERE, decisions=(ended, less), **upkeep)) is None
    assert reopened_by(otherwise(HERE, decisions=(replace(lost, seq=899), ended), **upkeep)) is None
    assert reopened_by(otherwise(HERE, decisions=(), **upkeep)) is None
