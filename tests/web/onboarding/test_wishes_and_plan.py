"""What suits her, and the plan she may change before she accepts it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from psoas.pathway.record import ProtocolAdopted, Swapped, Wished
from psoas.storage.ids import new_id
from web.onboarding.newcomer import DAY, words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1, 2,5 and 4", [1, 2.5, 4]), ("2.5kg; 5 kg", [2.5, 5]), ("", []), ("3,3", [3.3]), ("3, 3", [3])],
)
def test_weights_are_read_as_people_write_them(her, typed, kept):
    """Commas, points, units and words between weights are understood."""
    her.screen()
    her.intake()
    her.wishes(kg=typed)
    assert [float(kg) for kg in her.found(Wished)[0].equipment.kg] == kept


@pytest.mark.parametrize("typed", ["heavy", "0", "1000", "-2"])
def test_weights_that_cannot_be_are_refused(her, typed):
    """A weight that is none, or that nobody has, comes back with a sentence."""
    said = her.send("/wishes/things/", things=["chair"], bands="0", kg=typed)
    assert "Weights: " in said
    assert "is not a weight" in said or "cannot be right" in said


def test_another_programme_is_shown_before_it_is_chosen(her):
    """Looking changes nothing; choosing does, and the plan accepted follows it."""
    her.to_plan()
    looked = words(her.see("/plan/?as=five-move@2026-11-01"))
    assert "Comes in" in looked
    assert "Integrated programme" in words(her.see("/plan/"))
    her.client.post("/plan/switch/", {"protocol": "five-move@2026-11-01"})
    assert "Five moves programme" in words(her.see("/plan/"))
    her.client.post("/plan/accept/")
    assert her.course().plan.protocol == "five-move@2026-11-01"
    her.client.post("/plan/switch/", {"protocol": "staged@2026-11-01", "entry": new_id()})
    assert her.found(ProtocolAdopted)[-1].protocol == "staged@2026-11-01"


def test_only_an_allowed_equivalent_is_swapped_in(her):
    """A form that nothing speaks against is taken; anything else writes nothing."""
    her.to_plan()
    her.client.post("/plan/swap/", {"exercise": "E16a", "to": "E13", "entry": new_id()})
    assert her.found(Swapped) == []
    assert 'name="to" value="E16a-chair"' in her.see("/plan/").content.decode()
    her.client.post("/plan/swap/", {"exercise": "E16a", "to": "E16a-chair", "entry": new_id()})
    assert her.found(Swapped)[-1].to == "E16a-chair"
    assert "done as: Slump-to-tall knee lift on a chair" in words(her.see("/plan/"))


def test_the_first_page_leads_back_to_where_she_stopped(her):
    """A welcome at first; then the way on; once there is a plan, today."""
    assert "Start with the safety questions" in words(her.see("/"))
    her.screen()
    her.send("/intake/where/", hurts="left")
    assert "Go on where you stopped" in words(her.see("/"))
    her.intake()
    her.wishes()
    her.tests()
    her.client.post("/plan/accept/")
    assert her.client.get("/")["Location"] == "/today/"


def test_answers_of_another_day_never_settle_a_screen(her, moment):
    """A screen begun more than a day ago starts anew, empty, and says so; the intake is kept."""
    her.screen()
    her.send("/intake/where/", hurts="left")
    moment(DAY + dt.timedelta(days=3))
    assert her.see("/screen/").redirect_chain[-1][0] == "/screen/right-now/"
    her.begin_old_screen(DAY)
    page = words(her.see("/screen/right-now/"))
    assert "More than a day has passed" in page
    assert re.search(r'name="hurts" value="left"[^>]*checked', her.see("/intake/where/").content.decode())


def test_under_a_plan_one_wish_is_changed_alone(her):
    """The pages start from the wishes as they are; one page sent is one entry, sent twice it stays one."""
    her.to_plan()
    her.client.post("/plan/accept/")
    page = her.see("/wishes/things/").content.decode()
    assert re.search(r'value="chair"[^>]*checked', page)
    entry = re.search(r'name="entry" value="([^"]+)"', page)[1]
    assert her.send("/wishes/things/", things=["none"], bands="0", entry=entry) == "/plan/"
    her.send("/wishes/things/", things=["none"], bands="0", entry=entry)
    assert [wish.equipment.bands for wish in her.found(Wished)] == [3, 0]
    assert her.found(Wished)[-1].goal == "daily"
    assert "You have no bands or weights" in words(her.see("/plan/"))


def test_the_weeks_of_a_plan_that_has_begun(her, moment):
    """The accepted plan shows where it stands, and no step of the way to it."""
    her.to_plan()
    her.client.post("/plan/accept/")
    said = words(her.see("/plan/"))
    assert "not accepted yet" not in said
    assert "Step 6 of 6" not in said
    assert "Begin this plan" not in said
