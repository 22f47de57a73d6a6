"""What a page works out itself follows the numbers in the content, and no copy of them."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from psoas.pathway.course import Course, course_of
from psoas.pathway.seen import Stop
from psoas.terms import Level, Stage
from psoas.web import desk
from psoas.web.pages.result import _waited
from psoas.web.planning import WEEKS, Shown
from web.courses import FIRST, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(owner):
    """The record of somebody on the day she accepted her plan, and that instant."""
    her = Person(desk.clinic(), owner)
    her.planned()
    return her.clinic.record(her.episode), her.at


def known_with(**numbers):
    """What the clinic knows, where these numbers stood in the content."""
    known = desk.knowledge()
    other = {name: replace(known.constants[name], value=value) for name, value in numbers.items()}
    return replace(known, constants=known.constants | other)


def weeks(entries, **numbers):
    """The weeks as the page shows them where these numbers stood in the content."""
    record, now = entries
    knowledge = known_with(**numbers)
    course = course_of(record, knowledge=knowledge)
    return Shown(course, course.plan, knowledge=knowledge, now=now).weeks()


def test_the_weeks_name_stages_upwards_and_the_checks(entries):
    """Twelve weeks, never a stage down, and a check at the end of weeks 2, 4, 6, 8 and 12."""
    shown = weeks(entries)
    stages = [Stage(week.stage) for week in shown]
    assert len(shown) == WEEKS
    assert stages == sorted(stages)
    assert stages[0] < stages[-1]
    assert [week.number for week in shown if week.check] == [2, 4, 6, 8, 12]


def test_a_longer_stage_is_a_later_one(entries):
    """Whoever sets a stage's least time, the sessions for a step, or a check's day elsewhere sees it on this page."""
    usual = [week.stage for week in weeks(entries)]
    slow = [week.stage for week in weeks(entries, stage_days_2=42)]
    many = [week.stage for week in weeks(entries, clean_sessions_to_progress=6)]
    assert slow < usual
    assert many < usual
    assert [week.number for week in weeks(entries, check_day_1=21) if week.check] == [3, 4, 6, 8, 12]


@pytest.mark.parametrize(
    ("hours", "wait", "offered"), [(23, 24, False), (24, 24, True), (24, 72, False), (72, 72, True)]
)
def test_a_new_safety_check_is_offered_once_it_can_lift_something(monkeypatch, hours, wait, offered):
    """The page that says where to go offers the check again when the pathway would listen, and not before."""
    knowledge = known_with(flag_rescreen_hours=wait)
    monkeypatch.setattr(desk, "knowledge", lambda: knowledge)
    course = Course(stops=(Stop("TC1", Level.CLINICIAN, FIRST),))
    assert _waited(course, FIRST + dt.timedelta(hours=hours)) is offered
