"""The gates between stages where the cases do not reach (D31, D38)."""

from __future__ import annotations

import pytest

from people import DAY, RIGHT, Life
from psoas.pathway.gates import _pain_free_unmet, gate_steps, run_of
from psoas.pathway.selection import Chosen, Selection
from psoas.terms import Stage
from situations import look, otherwise

READING = look(Life(days=4))


def selection(*names):
    """A right side in Stage 3 that is given these."""
    chosen = tuple(Chosen(exercise=name, side=RIGHT, slot=4) for name in names)
    return Selection(side=RIGHT, stage=Stage.LOAD, chosen=chosen, left_out=())


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        (("E08", "E10", "E18"), {"E10": 4, "E18": 3}),
        (("E08", "E18"), {"E08": 5, "E18": 3}),
        (("E10", "E18"), {"E10": 4, "E18": 3}),
        (("E16b", "E18"), {"E16b": 4, "E18": 3}),
        (("E18",), {"E18": 3}),
    ],
)
def test_the_gate_out_of_stage_3_names_a_pull_and_the_front_support(given, steps):
    """E08 or E10, whichever is nearer; with neither of them E16b; what she cannot do falls away (D31, D-S)."""
    assert gate_steps(READING, selection(*given)) == steps


def test_eight_days_after_the_last_session_there_is_no_run_any_more():
    """Two clean sessions, then nothing: at the gate they count for nothing (D38)."""
    assert len(run_of(READING, "E16a", RIGHT)) == 2
    last = READING.course.sats[-1].done.began
    assert len(run_of(otherwise(READING, now=last + 7 * DAY), "E16a", RIGHT)) == 2
    assert run_of(otherwise(READING, now=last + 8 * DAY), "E16a", RIGHT) == ()


def test_pain_at_night_keeps_the_gate_to_running_shut():
    """PR11 asks that no factor of TU2 holds; one that holds, or is not known, is named (D52)."""
    for night, factors in (("yes", ["yes"]), ("unknown", ["unknown"]), ("no", [])):
        told = dict.fromkeys(("rest_pain", "limp", "rotation_pain"), "no") | {"night_pain": night}
        asked = otherwise(READING, facts={**READING.course.facts, **told})
        unmet = [why.values for why in _pain_free_unmet(asked, selection("E12"))]
        assert [values["factor"] for values in unmet if "factor" in values] == factors
