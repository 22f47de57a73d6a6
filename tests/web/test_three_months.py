"""Three months after the course: asked on the day's page, kept, corrected, and taken along (C11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from psoas.pathway import record as r
from psoas.pathway.decisions import Discharge, ModeTo
from psoas.storage.ids import new_id
from psoas.terms import Answer, Reason, Side
from psoas.web import desk
from web.courses import ZONE, Person

pytestmark = pytest.mark.django_db

CALM = {"worst_left": "0", "worst_right": "1", "score_0": "9", "score_1": "8"}
ALL_WELL = {Side.LEFT: Decimal(0), Side.RIGHT: Decimal(0)}


@pytest.fixture
def her(owner, settings, tmp_path):
    """Somebody whose course ended 91 days ago."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    her = Person(desk.clinic(), owner.key).planned().trained()
    ended = Discharge(reasons=(Reason("D70"),), changes=(ModeTo(mode="maintenance"),), moment="check", about="check:84")
    her.write(r.CheckAnswered(day=84, worst=ALL_WELL, scores=(Decimal(9), Decimal(9)), satisfied=Answer.YES))
    her.write(r.Decided(decision=ended, protocol=her.course.protocol, saw=her.course.count))
    return her.wait(days=91)


def sent(visits, **otherwise):
    """The questions answered; the page that follows."""
    return visits("/three-months/", CALM | {"entry": new_id()} | otherwise, follow=True)


def test_the_days_page_asks_and_the_answer_is_kept_and_told(her, visits):
    """A card, the form, an entry, a decision in words, and no card any more."""
    assert "/three-months/" in visits("/today/").text
    page = visits("/three-months/").text
    assert "How well can you do this now: Climbing stairs" in page
    assert " checked" not in page
    said = sent(visits)
    assert "worst pain 1, your activities 8.5 on average" in said.text
    assert "three months after the course" in said.text.lower()
    assert her.course.followups[-1].body.scores == (Decimal(9), Decimal(8))
    assert "/three-months/" not in visits("/today/").text
    assert visits("/three-months/").url == "/today/"
    assert "Three months after the course" in visits("/record/").text


def test_once_only_upkeep_goes_on_no_week_of_twelve_is_counted(her, visits):
    """The twelve weeks are over; the week is named only while there is a course (D73)."""
    assert "of 12" not in visits("/today/").text
    her.write(r.Overridden(changes=(ModeTo(mode="course"),), why="once more"))
    assert " · week " in visits("/today/").text


def test_sent_twice_is_kept_once(her, visits):
    """The second arrival leads to the same decision."""
    entry = new_id()
    first = sent(visits, entry=entry)
    assert sent(visits, entry=entry).redirect_chain == first.redirect_chain
    assert len(her.course.followups) == 1


def test_worse_than_at_the_end_offers_the_way_back(visits):
    """More pain and harder activities are said, with what opens the course again; the day's page leads there."""
    said = sent(visits, worst_right="3", score_0="5").text
    assert "clearly more than when your course ended" in said
    assert "at the end of your course it was 9" in said
    assert 'href="/restart/">Open the course again' in said
    assert "The same again" not in said
    assert "/restart/" in visits("/today/").text


def test_what_was_not_said_is_asked_again(her, visits):
    """A pain that she cannot tell stays unknown, and the card stays."""
    sent(visits, worst_left="unknown")
    assert her.course.followups[-1].body.worst == {Side.LEFT: None, Side.RIGHT: Decimal(1)}
    assert "/three-months/" in visits("/today/").text
    assert visits("/three-months/", {"entry": new_id()}).status_code == 422


def test_it_is_corrected_like_every_answer_and_comes_along(her, visits):
    """One was meant, not three; exported and brought in again it is the same."""
    sent(visits, worst_right="3")
    entry = next(e for e in her.clinic.record(her.episode) if isinstance(e.body, r.FollowedUp))
    page = visits(f"/record/{entry.id}/correct/").text
    assert 'name="worst_right"' in page
    visits(f"/record/{entry.id}/correct/", CALM | {"entry": new_id(), "sure": "yes"})
    assert her.course.followups[-1].body.worst[Side.RIGHT] == 1
    before = her.clinic.told(her.episode)
    data = visits("/record/export/").content
    visits("/record/erase/", {"word": "erase"})
    from web.test_course_record import sent as file_of  # noqa: PLC0415 (the same file field)

    visits("/record/import/", file_of(data))
    desk.clinic()._folded.clear()
    assert her.clinic.told(her.episode) == before
