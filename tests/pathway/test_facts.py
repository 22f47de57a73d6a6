"""The facts that the rules read, known and not known (D05-D07, D51)."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from people import ACHING, DAY, FINE, KNOWLEDGE, D, Life, Who
from psoas.pathway import record as r
from psoas.pathway.course import Course
from psoas.pathway.facts import onset_facts, person_facts
from psoas.pathway.seen import Dated
from situations import look, on, otherwise

NOW = on(2026, 3, 2)
INTAKE = r.TakenIn(sides={}, born="1988-04", onset_kind="sudden")


def began(**more):
    """What is known of the beginning."""
    return onset_facts(replace(INTAKE, **more), {}, now=NOW, knowledge=KNOWLEDGE)


def test_before_the_intake_nothing_about_the_beginning_is_known():
    """A screen may come first: unknown is neither old nor recent (D06)."""
    facts = person_facts(Course(), now=NOW, knowledge=KNOWLEDGE)
    assert {facts[name] for name in ("onset_kind", "onset_hours", "onset_weeks", "known_minor_strain")} == {"unknown"}
    assert facts["age"] == "unknown"


@pytest.mark.parametrize(
    ("told", "recent", "weeks"),
    [
        ({}, "unknown", "unknown"),
        ({"onset": NOW.date() - 3 * DAY}, "yes", D(3) / 7),
        ({"onset": NOW.date() - 4 * DAY}, "no", D(4) / 7),
        ({"onset": NOW.date() + DAY}, "yes", D(0)),
        ({"onset_at": NOW - dt.timedelta(hours=72)}, "yes", D(3) / 7),
        ({"onset_at": NOW - dt.timedelta(hours=72, minutes=1)}, "no", None),
    ],
)
def test_how_long_ago_it_began(told, recent, weeks):
    """72 hours to the minute, by date to the end of the third date after it; not told is unknown (D07)."""
    facts = began(**told)
    assert (facts["onset_recent"], facts["strain_recent"]) == (recent, recent)
    if weeks is not None:
        assert facts["onset_weeks"] == weeks


def test_a_clinicians_leave_for_pr11_stands_in_for_the_strength_that_running_asks_for():
    """Without a test of strength it is unknown; with the leave it is met, until the leave ends (D51)."""
    here = look(Life(who=Who(left=replace(FINE, force=None), right=replace(ACHING, force=None)), days=2))
    leave = r.Clearance(rows=("PR11",), until=here.today, quoted=False)
    given = otherwise(here, clearances=(Dated(here.now, leave, 0),))

    def strong(reading, *, days=0):
        return person_facts(reading.course, now=reading.now + days * DAY, knowledge=KNOWLEDGE)["lsi_return_ok"]

    assert strong(here) == "unknown"
    assert strong(given) == "yes"
    assert strong(given, days=1) == "unknown"
