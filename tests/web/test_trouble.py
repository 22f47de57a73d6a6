"""What goes wrong is said in our own words, and nothing is half done."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from psoas.pathway.record import ChangeReported, FormChecked
from psoas.terms import Answer
from psoas.web import desk
from web.courses import Person

pytestmark = pytest.mark.django_db

DRAWN = {"build": "neutral", "tone": "medium"}  # who is drawn in the pictures


def test_ten_megabytes_are_refused(at_home):
    """A body larger than any form is refused, with a page that says how large one may be."""
    answer = at_home.post("/patterns/", {"pain": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "more than 1 MB" in answer.text


def test_a_form_without_its_token_is_not_read(owner):
    """A form that does not come from our page is refused, and the page says what to do."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    answer = browser.post("/settings/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Please send that again" in answer.text
    owner.refresh_from_db()
    assert owner.theme == "auto"


def test_a_foreign_name_is_no_host(client):
    """Asked under a name that is not this machine's, nothing is shown."""
    assert client.get("/learn/", headers={"Host": "evil.example"}).status_code == 400


def test_a_broken_page_says_so(client, monkeypatch):
    """When our own code fails, the page says what was stored and what to do."""
    monkeypatch.setattr("psoas.web.pages.learning.knowledge", lambda: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/learn/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text


def test_a_zero_byte_in_an_address_is_no_page(client):
    """Odd bytes in an address are not found, not an error."""
    assert client.get("/exercises/%00/").status_code == 404


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5_000, "-1", "x"])
def test_an_odd_number_in_an_address_is_none(at_home, number):
    """A page of the record that is asked for by what only looks like a number begins at the newest entry."""
    assert at_home.get(f"/record/?before={number}").status_code == 200


def test_settings_are_kept(at_home, owner):
    """Colours and zone are stored, and the next page is coloured so."""
    answer = at_home.post("/settings/", DRAWN | {"theme": "dark", "zone": "Europe/London"})
    assert answer.status_code == 302
    assert 'data-theme="dark"' in at_home.get("/").text
    owner.refresh_from_db()
    assert owner.zone == "Europe/London"


@pytest.mark.parametrize("zone", ["Mars/Crater", "../../etc/passwd"])
def test_a_zone_that_does_not_exist_is_asked_back(at_home, owner, zone):
    """What was typed stays in the field, tied to the sentence that says what is wrong."""
    answer = at_home.post("/settings/", DRAWN | {"theme": "light", "zone": zone})
    assert "is not the name of a time zone" in answer.text
    assert 'aria-describedby="id_zone_helptext id_zone_error"' in answer.text
    owner.refresh_from_db()
    assert (owner.theme, owner.zone) == ("auto", "")


@pytest.mark.parametrize("lesson", ["anatomy", "stretching"])
def test_reading_a_lesson_asks_for_the_account_and_its_episode_and_no_more(at_home, lesson):
    """Whether there is a plan to show tabs for, and whether a warning sign stands, are one question."""
    at_home.get(f"/learn/{lesson}/")
    with CaptureQueriesContext(connection) as statements:
        at_home.get(f"/learn/{lesson}/")
    assert len(statements) == 2


def test_what_is_erased_is_not_remembered(at_home, owner, settings, tmp_path):
    """Erased and brought in as it was earlier, with another entry after it: the page shows this record, not the one before."""
    settings.CLOCK = str(tmp_path / "clock")
    person = Person(desk.clinic(), owner.key).planned()
    Path(settings.CLOCK).write_text(person.at.isoformat())
    earlier = desk.clinic().export(person.episode)
    person.write(ChangeReported(what="fall"))
    assert "Something comes first" in at_home.get("/today/").text
    at_home.post("/record/erase/", {"word": "erase"})
    at_home.post("/record/import/", {"file": SimpleUploadedFile("psoas.json", earlier)})
    person.write(FormChecked(good=Answer.YES))
    assert "Something comes first" not in at_home.get("/today/").text


def test_an_account_is_called_by_its_id(owner):
    """Whoever has no e-mail has a name for a log all the same, and it names nobody."""
    assert str(owner) == owner.key
