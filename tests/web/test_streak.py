"""The row of weeks: kept by sessions, not broken by pain, pauses or days off; and praise for doing it right."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from psoas.pathway.counting import Reading
from psoas.pathway.record import with_sets
from psoas.web import desk
from psoas.web.streak import weeks_in_a_row, well_done
from web.courses import ZONE, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def her(owner):
    """Somebody with a plan."""
    owner.zone = ZONE
    owner.save()
    return Person(desk.clinic(), owner.key).planned()


def row(person):
    """Her weeks in a row now."""
    return weeks_in_a_row(Reading(person.course, knowledge=person.knowledge, now=person.at))


def week(person, **told):
    """Three sessions, and on to the same weekday a week later."""
    began = person.at
    for _ in range(3):
        person.ready().trained(**told)
    person.at = began + dt.timedelta(days=7)
    return person


def test_before_the_first_week_is_over_there_is_no_row(her):
    """One session is no week."""
    assert row(her) == 0
    her.ready().trained()
    assert row(her) == 0


def test_each_week_with_its_sessions_makes_the_row_longer(her):
    """Three weeks, three; days between the sessions ask for nothing."""
    for number in (1, 2, 3):
        week(her)
        assert row(her) == number


def test_a_week_left_out_begins_a_new_row(her):
    """A week with one session only, for no reason told, and the row is over."""
    week(her)
    began = her.at
    her.ready().trained()
    assert row(her) == 1
    her.at = began + dt.timedelta(days=6)
    assert row(her) == 1
    her.at = began + dt.timedelta(days=7)
    assert row(her) == 0


def test_a_week_with_too_much_pain_breaks_nothing(her):
    """A red in it: it does not count, and the row goes on behind it."""
    week(week(her))
    began = her.at
    her.ready().trained(pain="6")
    her.at = began + dt.timedelta(days=7)
    week(her)
    assert row(her) >= 3


def test_praise_is_for_doing_it_right(her):
    """Clean, stopped in time, stopped by pain, told where it was not clean: each has its sentence, none counts sets."""
    her.ready().trained()
    done = her.course.sats[-1].done
    said = {
        well_done(done),
        well_done(replace(done, ended_by="person")),
        well_done(replace(done, ended_by="pain_rule")),
    }
    unclean = tuple(replace(one, compensations=("arching",)) for one in done.sets)
    said.add(well_done(with_sets(done, unclean)))
    assert len(said) == 4
    assert not any(char.isdigit() for words in said for char in words)
