"""Coming back after a stop or a gap, and the highest stage open to her (D13-D17, D61, D73)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from people import ACHING, DAY, FINE, KNOWLEDGE, NO, RIGHT, Life, Who
from psoas.pathway import record as r
from psoas.pathway.decisions import StageTo
from psoas.pathway.returning import after_return, leave_lifted, over_the_top
from psoas.pathway.seen import Dated, Stop
from psoas.terms import Level, Stage
from situations import look, otherwise

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
