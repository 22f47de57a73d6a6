"""The frame round every page: tabs under a plan, and before it nothing that leads back to the same question."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas.web import desk
from web.courses import ZONE, Person, intake

pytestmark = pytest.mark.django_db
TABS = 'class="tabs"'
BACK = 'class="back-nav"'


@pytest.fixture
def her(owner, settings, tmp_path):
    """The owner, at her own time."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    person = Person(desk.clinic(), owner.key)
    Path(settings.CLOCK).write_text(person.at.isoformat())
    return person


@pytest.mark.parametrize("path", ["/", "/screen/right-now/", "/intake/where/", "/wishes/things/"])
def test_on_the_way_to_a_plan_there_are_no_tabs(at_home, path):
    """They would lead back to the question that is open."""
    page = at_home.get(path).text
    assert TABS not in page
    assert BACK not in page


@pytest.mark.parametrize("path", ["/learn/", "/safety/", "/settings/", "/exercises/E06/", "/record/"])
def test_a_page_beside_the_way_leads_back_to_it(at_home, owner, path):
    """One link, to the start or to where somebody stopped; lessons and the record stand at the foot."""
    page = at_home.get(path).text
    assert TABS not in page
    assert "To the start" in page
    Person(desk.clinic(), owner.key).write(intake())
    page = at_home.get(path).text
    assert "Go on where you stopped" in page
    assert '<a href="/record/">Your record</a>' in page


def test_with_a_plan_the_tabs_are_there(at_home, her):
    """On the pages of the course and on those of the way alike."""
    her.planned()
    for path in ("/today/", "/tests/methods/", "/learn/", "/plan/", "/record/"):
        page = at_home.get(path).text
        assert page.count(TABS) == 1
        assert BACK not in page
        assert "Your record</a>" not in page


def test_nobody_signed_in_has_neither(client):
    """Who only reads what is known has nothing to go back to."""
    page = client.get("/learn/").text
    assert TABS not in page
    assert BACK not in page
