"""From the first question to an accepted plan, as a browser without scripts sends it; nothing chosen, nothing lost."""

from __future__ import annotations

import re

from psoas.pathway.record import Corrected, Planned, TakenIn
from web.onboarding.newcomer import words


def test_the_way_from_the_first_question_to_an_accepted_plan(her):
    """Screen, intake, wishes and tests lead to a profile and a plan, and accepting it leads to today."""
    assert her.screen() == "/intake/where/"
    assert her.intake() == "/wishes/things/"
    assert her.wishes() == "/tests/methods/"
    assert her.tests() == "/profile/"
    assert "Tight and weak" in words(her.see("/profile/"))
    plan = words(her.see("/plan/"))
    assert "Stage 2" in plan
    assert "Half-kneeling hip stretch" in plan
    her.client.post("/plan/accept/", {"entry": ""})
    assert len(her.found(Planned)) == 1
    assert her.course().plan is not None


def test_accepting_twice_makes_one_plan(her):
    """A second press, or a second tab, writes nothing more."""
    her.to_plan()
    entry = re.search(r'name="entry" value="([^"]+)"', her.see("/plan/").content.decode())[1]
    for _ in range(2):
        her.client.post("/plan/accept/", {"entry": entry})
    assert len(her.found(Planned)) == 1


def test_every_part_is_written_once_however_often_it_is_sent(her):
    """Sending a finished form again, unchanged, adds no entry."""
    her.to_plan()
    count = len(her.record())
    her.screen()
    her.intake()
    her.wishes()
    her.tests()
    assert len(her.record()) == count


def test_a_form_changed_after_it_was_written_is_a_correction(her):
    """Going back and saying it otherwise corrects the entry; both stay in the record."""
    her.to_plan()
    her.send("/intake/activities/", activity_1="running", score_1="4")
    assert len(her.found(TakenIn)) == 1
    (correction,) = her.found(Corrected)
    assert correction.by.activities[0].name == "running"
    assert her.course().intake.activities[0].name == "running"


def test_an_old_tab_sent_after_the_plan_changes_nothing(her):
    """The draft is gone with the plan; the same page sent once more finds its entry written and leads on."""
    her.to_plan()
    entry = re.search(r'name="entry" value="([^"]+)"', her.see("/wishes/taste/").content.decode())[1]
    her.client.post("/plan/accept/", {"entry": ""})
    count = len(her.record())
    response = her.client.post("/wishes/taste/", {"entry": entry, "stretch": "no", "release": "no"})
    assert response["Location"] == "/today/"
    assert len(her.record()) == count


def test_nothing_is_answered_before_she_answers(her):
    """No page starts with an answer ticked or a number filled in."""
    her.screen()
    for path in (
        "/intake/where/",
        "/intake/about/",
        "/wishes/things/",
        "/wishes/time/",
        "/wishes/taste/",
        "/tests/methods/",
    ):
        page = her.see(path).content.decode()
        assert " checked" not in page, path
        assert not re.search(r'type="text"[^>]* value="[^"]', page), path


def test_what_is_typed_wrongly_is_kept_and_named(her):
    """An impossible number comes back as it was typed, with where, what and what to do."""
    her.screen()
    her.send("/intake/where/", hurts="right")
    said = her.send("/intake/how-much/", right_now="6", right_worst="4", right_morning="1", right_stiffness="3")
    assert "One answer needs a look" in said
    assert "You gave 6 for today" in said
    page = her.see("/intake/how-much/").content.decode()
    assert re.search(r'name="right_now" value="6"[^>]*checked', page)
    assert "needs a look" not in page


def test_going_back_keeps_a_half_filled_page(her):
    """Back stores what was typed without judging it, and another visit finds it again."""
    her.screen()
    her.send("/intake/where/", hurts="both")
    assert her.send("/intake/how-much/", left_now="2", go="back") == "/intake/where/"
    assert re.search(r'name="left_now" value="2"[^>]*checked', her.see("/intake/how-much/").content.decode())
    assert her.see("/intake/").redirect_chain[-1][0] == "/intake/how-much/"


def test_coming_back_goes_on_where_she_stopped(her):
    """The first address of the way leads to the first thing that is missing."""
    her.screen()
    her.send("/intake/where/", hurts="left")
    assert her.see("/screen/").redirect_chain[-1][0] == "/intake/how-much/"
    assert her.see("/plan/").redirect_chain[-1][0] == "/intake/how-much/"


# ---- put aside while she types


def test_what_is_put_aside_is_there_when_she_comes_back(her):
    """Half a page, sent by the page itself: nothing is judged, nothing written, and the page is still to be answered."""
    answer = her.client.post("/screen/right-now/", {"limp": "yes", "go": "keep"})
    assert answer.status_code == 204
    assert re.search(r'name="limp" value="yes"[^>]* checked', her.see("/screen/right-now/").content.decode())
    assert her.record() == []
    assert her.see("/screen/").redirect_chain[-1][0] == "/screen/right-now/"


def test_a_page_changed_but_not_sent_waits_for_its_button(her):
    """She ticks something on a page answered long ago and closes the browser: her plan is not made otherwise for it."""
    her.to_plan()
    her.send("/plan/accept/")
    before = len(her.record())
    aside = {"things": ["chair", "low_anchor", "chin_up_bar"], "bands": "3", "kg": "1", "go": "keep"}
    assert her.client.post("/wishes/things/", aside).status_code == 204
    assert her.see("/wishes/").redirect_chain[-1][0] == "/wishes/things/"
    assert her.client.post("/wishes/time/", {"goal": "daily", "often": "plan", "days": ["0", "2"]}).status_code == 302
    assert len(her.record()) == before


def test_putting_aside_does_not_choose_among_the_short_ways(her):
    """On the short way back at its first page: typing there changes nothing until a button is pressed."""
    her.ready_for_tests()
    her.send("/tests/methods/", go="short")
    her.client.post("/tests/methods/", {"length": "tape", "go": "keep"})
    assert "strength_home_left_1" not in her.fields("/tests/length-left/")
    assert her.see("/tests/").redirect_chain[-1][0] == "/tests/methods/"


def test_what_is_put_aside_after_the_button_comes_too_late(her):
    """The net was slow: the page as it stood before the button does not undo what the button sent."""
    her.screen()
    her.client.post("/intake/where/", {"hurts": "right", "load": "first", "go": "next"})
    assert her.client.post("/intake/where/", {"hurts": "left", "load": "first", "go": "keep"}).status_code == 204
    assert her.see("/intake/").redirect_chain[-1][0] == "/intake/how-much/"
    her.client.post("/intake/where/", {"hurts": "left", "load": "second", "go": "keep"})
    assert her.see("/intake/").redirect_chain[-1][0] == "/intake/where/"
