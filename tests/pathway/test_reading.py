"""A reading is a look: it keeps nothing in memory once nobody looks any more."""

from __future__ import annotations

import gc
import weakref

import pytest

from people import DAY, KNOWLEDGE, LEFT, Life, live
from psoas.pathway.counting import Reading


@pytest.fixture
def without_collector():
    """What is kept only by a circle stays, as long as the collector rests."""
    gc.disable()
    yield
    gc.enable()


def test_a_reading_that_was_used_goes_with_its_last_name(without_collector):
    """Its calendar does not keep it: a circle would hold the whole course until the collector comes."""
    diary = live(Life(days=4))
    reading = Reading(diary.course, knowledge=KNOWLEDGE, now=diary.looks[-1].now)
    assert reading.adherence(first=reading.plan.made) is not None
    gone = weakref.ref(reading)
    del reading
    assert gone() is None


def test_what_the_calendar_has_worked_out_the_reading_knows():
    """Both remember in one place."""
    diary = live(Life(days=10))
    reading = Reading(diary.course, knowledge=KNOWLEDGE, now=diary.looks[-1].now + DAY)
    assert reading.calendar.zones.zone(0, LEFT) == reading.zone(0, LEFT)
    assert reading._zones is reading.calendar.zones._zones
