"""The items of a session: what both sides do together, trials, and their order (C-D, D23, D24)."""

from __future__ import annotations

from people import ACHING, FINE, RIGHT, SHORT_AND_WEAK, WEAK, YES, Hip, Life, Who, live
from psoas.terms import BOTH, Stage


def items(life, *, number=0):
    """The items of that session as shown."""
    return live(life).begun[number][1].items


def test_a_bridge_on_both_legs_is_done_once_and_at_the_lower_stage():
    """One side on two legs in Stage 2, the other in Stage 3 where it would bridge on one leg: both on two legs."""
    who = Who(left=SHORT_AND_WEAK, right=Hip(now=SHORT_AND_WEAK.now, worst=ACHING.worst, angle=-5, sign=YES))
    diary = live(Life(who=who, days=1))
    plan = diary.course.plan
    assert (plan.left.stage, plan.right.stage) == (Stage.CONTROL, Stage.LOAD)
    bridges = [(item.side, item.step) for item in diary.begun[0][1].items if item.exercise == "E03"]
    assert bridges == [(BOTH, 1)]


def test_a_bilateral_trial_is_done_once():
    """Both sides enter 4b: its first main exercise, the sprint drill, is tried once for both."""
    who = Who(left=FINE, right=ACHING, goal="run", equipment="gym", trained=YES)
    diary = live(Life(who=who, days=60))
    trials = [[item.exercise for item in shown.items if item.trial] for _, shown in diary.begun]
    assert ["E13"] in trials
    assert all(trial.count("E13") <= 1 for trial in trials)


def test_the_trial_comes_after_the_warm_up_and_is_one_set():
    """The first session in a stage: warm-up, then one set of its first main exercise on each side that leads (D24)."""
    shown = items(Life(who=Who(left=FINE, right=WEAK), days=1))
    assert [item.slot for item in shown[:3]] == [1, 1, 4]
    trial = shown[2]
    assert (trial.trial, trial.side, trial.dose.sets) == (True, RIGHT, 1)
    assert not any(item.trial for item in items(Life(who=Who(left=FINE, right=WEAK), days=4), number=1))


def test_a_release_comes_straight_before_what_wakes_its_side_up():
    """She asked for it on both sides: each is followed at once by an exercise of the same side, or of both (C4a)."""
    who = Who(left=SHORT_AND_WEAK, right=SHORT_AND_WEAK, equipment="weights", own_choice=("E14",))
    shown = items(Life(who=who, days=1))
    places = [n for n, item in enumerate(shown) if item.exercise == "E14"]
    assert len(places) == 2
    for place in places:
        after = next(item for item in shown[place + 1 :] if item.exercise != "E14")
        assert after.slot in (3, 4)
        assert after.side in (shown[place].side, BOTH)
