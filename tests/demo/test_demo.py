"""The three made-up people: what became of each, whenever the demonstration is opened."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from psoas.demo import people, record_of
from psoas.knowledge.loader import load
from psoas.pathway.course import course_of
from psoas.pathway.decisions import Paused, Reduce, Regress, Session, StageTo
from psoas.pathway.record import Decided, Screened
from psoas.pathway.replay import audit
from psoas.pathway.session import session_on
from psoas.pathway.settling import settled_course
from psoas.terms import Level, Stage

ZONE = "Europe/Berlin"
NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=ZoneInfo(ZONE))


@pytest.fixture(scope="module")
def knowledge():
    """Everything the clinic knows."""
    return load()


@pytest.fixture(scope="module")
def records(knowledge):
    """Each person's record by name."""
    return {person.name: record_of(person, knowledge=knowledge, now=NOW, zone=ZONE) for person in people()}


def standing(record, knowledge):
    """The course as it stands now, and what today holds."""
    course = settled_course(course_of(record, knowledge=knowledge), knowledge=knowledge, now=NOW)
    return course, session_on(course, knowledge=knowledge, now=NOW)


def decisions(record):
    return [entry.body.decision for entry in record if isinstance(entry.body, Decided)]


def test_mara_is_in_week_six_in_stage_three_and_may_train_today(records, knowledge):
    """The one on course has reached the loading stage, and today holds a session."""
    course, today = standing(records["Mara"], knowledge)
    assert course.plan.left.stage == course.plan.right.stage == Stage.LOAD
    assert (NOW.date() - course.plan.made).days == 35
    assert isinstance(today, Session)
    assert not any(isinstance(decision, (Reduce, Regress)) for decision in decisions(records["Mara"]))


def test_jonas_was_cut_then_stepped_back_then_dropped_a_stage(records, knowledge):
    """A night that did not settle took a fifth off; one red took a step, the second within seven days a stage."""
    made = decisions(records["Jonas"])
    (cut,) = [decision for decision in made if isinstance(decision, Reduce)]
    step, stage = (decision for decision in made if isinstance(decision, Regress))
    assert {"CP3", "RG1"} <= {reason.rule for reason in cut.reasons}
    assert {"CP4", "RG2"} <= {reason.rule for reason in step.reasons}
    assert "RG3" in {reason.rule for reason in stage.reasons}
    assert any(isinstance(change, StageTo) and change.stage is Stage.ACTIVATE for change in stage.changes)
    course, _ = standing(records["Jonas"], knowledge)
    assert course.plan.left.stage is Stage.ACTIVATE


def test_ines_is_sent_on_in_her_fifth_week_and_sees_no_exercise(records, knowledge):
    """Pain with impact and at night fires TU2: urgent, and no session until she has been seen."""
    course, today = standing(records["Ines"], knowledge)
    assert isinstance(today, Paused)
    assert today.level is Level.URGENT
    assert [stop.row for stop in course.stops] == ["TU2"]
    assert 28 <= (course.stops[0].at.date() - course.plan.made).days < 35


@pytest.mark.parametrize("name", ["Mara", "Jonas", "Ines"])
def test_every_decision_of_the_demonstration_comes_out_again(records, knowledge, name):
    """The records were lived, not written: the audit finds nothing, and no screen is missing."""
    assert audit(records[name], knowledge=knowledge) == []
    assert any(isinstance(entry.body, Screened) for entry in records[name])
    assert all(entry.at < NOW for entry in records[name])


def test_no_name_is_in_any_record(records):
    """A made-up first name stands in the account alone."""
    for name, record in records.items():
        assert not any(name in str(entry) for entry in record)


@pytest.mark.parametrize(
    ("now", "zone"),
    [
        ("2026-04-20T00:05", "America/New_York"),  # clocks went forward in between
        ("2028-03-01T23:55", "Pacific/Auckland"),  # over a leap day
    ],
)
def test_the_same_stories_at_any_time_and_place(knowledge, now, zone):
    """Whenever and wherever the demonstration is opened, each of the three came to the same."""
    at = dt.datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone))
    stages = {}
    for person in people():
        record = record_of(person, knowledge=knowledge, now=at, zone=zone)
        course = settled_course(course_of(record, knowledge=knowledge), knowledge=knowledge, now=at)
        stages[person.name] = (course.plan.on(person.sore).stage, [stop.row for stop in course.stops])
    assert stages == {"Mara": (Stage.LOAD, []), "Jonas": (Stage.ACTIVATE, []), "Ines": (Stage.CONTROL, ["TU2"])}
