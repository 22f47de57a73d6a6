"""When no plan is made, and why (D16, D33)."""

from __future__ import annotations

import pytest

from people import KNOWLEDGE, Life
from psoas.pathway.decisions import Cleared, NoProtocolFits, Plan
from psoas.pathway.planning import plan
from psoas.pathway.seen import Stop
from psoas.terms import Level, Reason
from situations import look, otherwise

READING = look(Life(days=1))
STOPPED = otherwise(READING, stops=(Stop("SR6", Level.CLINICIAN, READING.now),))


@pytest.mark.parametrize(
    ("reading", "protocol", "reasons"),
    [
        (READING, "integrated@2026-11-01", None),
        (STOPPED, "integrated@2026-11-01", (Reason("SR6"),)),
        (READING, "unheard@2020-01-01", (Reason("D33", {"protocol": "unheard@2020-01-01"}),)),
    ],
)
def test_a_stop_in_force_or_a_protocol_nobody_has_allows_no_plan(reading, protocol, reasons):
    """However clear the screen: the rows that stop her, or the protocol that is missing, are named."""
    made = plan(
        READING.plan.profile,
        cleared=Cleared(on=READING.today),
        protocol=protocol,
        course=reading.course,
        knowledge=KNOWLEDGE,
        now=READING.now,
    )
    assert isinstance(made, Plan if reasons is None else NoProtocolFits)
    if isinstance(made, NoProtocolFits):
        assert made.reasons == reasons
