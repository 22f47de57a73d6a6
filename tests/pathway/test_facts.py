"""The facts that the rules read, known and not known (D05-D07, D51)."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from people import ACHING, DAY, FINE, KNOWLEDGE, LEFT, RIGHT, D, Life, Who
from psoas.pathway import record as r
from psoas.pathway.course import Course
from psoas.pathway.facts import onset_facts, person_facts, weaker_lsi
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


def test_strength_serves_the_gates_for_28_days_and_only_with_a_known_quiet_test():
    """The best method tested on both sides in 28 days counts, not an older and better one (D51, D65)."""
    here = look(Life(days=2))

    def weaker(*tests):
        dated = tuple(
            Dated(here.now - days * DAY, r.Tested(findings=r.Findings(strength=found))) for days, found in tests
        )
        return weaker_lsi(otherwise(here, tests=dated).course, day=here.today, knowledge=KNOWLEDGE)

    assert weaker((28, pulls("belt", 100, 90))) == (90, "belt")
    assert weaker((29, pulls("belt", 100, 90))) == (None, "")
    assert weaker((29, pulls("belt", 100, 90)), (1, pulls("reps", 20, 14))) == (70, "reps")
    assert weaker((1, pulls("belt", 100, 90, pain=None))) == (None, "")
    assert weaker((1, pulls("belt", 100, 90, pain=D("2.1")))) == (None, "")
    assert weaker((1, pulls("belt", 100, 90)[:1])) == (None, "")


def pulls(method, left, right, pain=D(0)):  # noqa: B008 (a number)
    """A test of strength of each side."""
    sides = ((LEFT, left), (RIGHT, right))
    return tuple(r.StrengthTest(side=side, method=method, trials=(D(best),), pain=pain) for side, best in sides)


def test_a_re_opened_course_reads_the_rows_of_an_intake_again():
    """TC2 is read at intake and at a re-opening, not during a plan (D08)."""
    here = look(Life(days=2))
    moments = [otherwise(here, plan={"mode": mode}) for mode in ("course", "maintenance", "reopen")]
    told = [person_facts(reading.course, now=here.now, knowledge=KNOWLEDGE)["moment"] for reading in moments]
    assert told == ["course", "course", "reopen"]
    assert person_facts(Course(), now=NOW, knowledge=KNOWLEDGE)["moment"] == "intake"
