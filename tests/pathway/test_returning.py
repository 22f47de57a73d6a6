"""Coming back after a stop or a gap, and the highest stage open to her (D13-D17, D61, D73)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from people import ACHING, DAY, FINE, KNOWLEDGE, NO, RIGHT, D, Life, Who, live
from psoas.pathway import record as r
from psoas.pathway.counting import Reading
from psoas.pathway.course import course_of
from psoas.pathway.decisions import StageTo
from psoas.pathway.returning import after_return, leave_lifted, over_the_top, tried
from psoas.pathway.seen import Dated, Stop, Trial
from psoas.pathway.settling import settled_course
from psoas.terms import SIDES, Level, Side, Stage
from situations import look, otherwise, told

HERE = look(Life(days=8))
LOADING = look(Life(who=Who(left=FINE, right=ACHING), days=8))


def moved(decisions):
    """The stages that change, by side."""
    return {change.side: change.stage for each in decisions for change in each.changes if isinstance(change, StageTo)}


# ---- stops lifted


def test_after_three_reds_the_plan_goes_on_a_stage_lower_but_never_below_stage_1():
    """One side was in Stage 2, the other in Stage 1 already (D15)."""
    stop = Stop("SR6", Level.CLINICIAN, HERE.now)
    leave = r.Clearance(rows=("SR6",), until=HERE.today + 42 * DAY, quoted=True)
    sent = otherwise(
        HERE,
        left={"stage": Stage.ACTIVATE},
        right={"stage": Stage.CONTROL},
        stops=(stop,),
        clearances=(Dated(HERE.now, leave),),
    )
    lifted = leave_lifted(sent.course, knowledge=KNOWLEDGE, now=sent.now)
    assert moved([lifted]) == {RIGHT: Stage.ACTIVATE}


# ---- after a gap, in upkeep (D73)


@pytest.mark.parametrize(
    ("days", "steps", "stage"), [(14, False, None), (15, True, None), (28, True, None), (29, False, Stage.CONTROL)]
)
def test_in_upkeep_a_gap_takes_a_step_from_15_days_and_a_stage_from_29(days, steps, stage):
    """On the day of return, before its session; a week or two away take nothing (D73)."""
    last = LOADING.course.sats[-1].done.began
    back = last + days * DAY
    answered = r.DayAnswered(now={}, limp=NO, answers={}, for_session=True)
    upkeep = {"mode": "maintenance"}
    held = {name: replace(one, step=3) for name, one in LOADING.plan.right.held.items()}
    assert held
    here = otherwise(LOADING, now=back, plan=upkeep, both={"held": held}, days=(Dated(back, answered),))
    decisions = list(after_return(here))
    assert bool(decisions) is (steps or stage is not None)
    assert moved(decisions).get(RIGHT) is stage


# ---- her highest stage (D17, D30)


def test_without_a_full_screen_nothing_is_known_to_have_changed():
    """A new condition is told by a screen; where there is none, nobody is taken down by it (D10 pauses her)."""
    sore = otherwise(LOADING, plan={"top": Stage.ACTIVATE})
    assert moved(over_the_top(sore))[RIGHT] is Stage.ACTIVATE
    assert list(over_the_top(otherwise(sore, screens=()))) == []


# ---- a trial told late (D24)


def untold():
    """A first session that was ended before its trial set was told, and the trial's place in it."""
    diary = live(Life(days=1))
    entries = []
    for entry in diary.whole:
        done = entry.body
        if isinstance(done, r.SessionDone):
            place = next(n for n, item in enumerate(done.shown.items) if item.trial)
            entries.append(replace(entry, body=r.with_sets(done, tuple(s for s in done.sets if s.item != place))))
        elif not (isinstance(done, r.SetDone) or (isinstance(done, r.Decided) and done.decision.moment == "trial")):
            entries.append(entry)
    course = course_of(entries, knowledge=KNOWLEDGE)
    assert course.trials == ()
    return course, place


def told_late(course, place, *, pain, at):
    """The course once the trial set of its first session is told, with this pain."""
    sat = course.sats[0].done
    done = r.SetDone(session=sat.session, item=place, number=1, did="all", pain=dict.fromkeys(SIDES, pain),
                     compensations=(), signs=())  # fmt: skip
    return told(course, done, at=at)


@pytest.mark.parametrize(("pain", "stage"), [(D(2), Stage.CONTROL), (D("2.1"), Stage.ACTIVATE)])
def test_a_trial_set_told_after_its_session_has_ended_still_decides(pain, stage):
    """The device was offline: the trial is that of its session, passed or failed, whenever it is told (D24)."""
    course, place = untold()
    now = course.sats[0].done.ended + DAY / 4
    side = Side(course.sats[0].done.shown.items[place].side)
    assert (course.plan.on(side).stage, course.plan.on(side).trial) == (Stage.CONTROL, True)
    after = settled_course(told_late(course, place, pain=pain, at=now), knowledge=KNOWLEDGE, now=now)
    assert after.plan.on(side).stage is stage
    assert after.plan.on(side).trial is (stage is Stage.ACTIVATE)


def test_a_trial_set_told_late_says_nothing_once_it_was_tried_again():
    """The newer trial answers the question of that stage (D24)."""
    course, place = untold()
    sat = course.sats[0].done
    again = Dated(
        sat.began + 2 * DAY,
        Trial(sat.shown.items[place], told_late(course, place, pain=D(0), at=sat.ended).trials[0].body.done),
    )
    late = told_late(course, place, pain=D(5), at=sat.ended + 3 * DAY)
    reading = Reading(replace(late, trials=(*late.trials, again)), knowledge=KNOWLEDGE, now=sat.ended + 3 * DAY)
    assert moved(tried(reading)) == {}


def test_a_set_of_a_session_that_the_record_does_not_know_changes_nothing():
    """It was never counted, so there is nothing that it could belong to (D35)."""
    course, place = untold()
    stray = r.SetDone(session="elsewhere", item=place, number=1, did="all", pain={})
    after = told(course, stray, at=course.sats[0].done.ended)
    assert (after.sats, after.trials) == (course.sats, ())
