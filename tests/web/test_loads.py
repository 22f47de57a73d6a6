"""How heavy an exercise is, on its page; and the page where a band is weighed."""

from __future__ import annotations

import pytest

from psoas.knowledge.loader import load
from psoas.movement.load import Flag
from psoas.movement.saying import NO_LOAD, SAYS
from psoas.movement.skeleton import Person
from psoas.web.pages.loads import heavy

EXERCISES = load().exercises
READINGS = {"short": "60", "light": "1.5", "long": "100", "strong": "6"}


@pytest.mark.django_db
def test_the_page_of_a_weighted_exercise_says_what_more_weight_changes(client):
    """The hardest moment with its interval, the percent of each common step, a warning over 15 %, ankle against knee."""
    page = client.get("/exercises/E16b/").content.decode()
    assert "N·m at the hip at the hardest moment with 1 kg" in page
    assert "+1&nbsp;kg" in page
    assert "10 % more for the hip." in page
    assert "large step, above 15 %" in page
    assert "One kilogram at the ankle counts here like" in page


@pytest.mark.django_db
def test_a_front_support_asks_for_a_band_instead_of_a_number(client):
    """Without a band nothing is asked of the hip; the page says so and leads to where the band is weighed."""
    page = client.get("/exercises/E18/").content.decode()
    assert NO_LOAD in page
    assert "N·m" not in page
    assert '<a href="/exercises/band/">Weigh your band</a>' in page


@pytest.mark.django_db
def test_an_effort_has_no_number(client):
    """Where the own effort decides, the page says that and no number."""
    page = client.get("/exercises/E07/").content.decode()
    assert SAYS[Flag.EFFORT_DECIDES] in page
    assert "N·m" not in page


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_no_page_speaks_of_single_muscles_or_discs_in_newtons(name):
    """What is said of a load never names a muscle's or a disc's force, nor percent of activation."""
    told = heavy(EXERCISES[name], person=Person())
    assert told is not None
    assert told.says
    for line in (*told.says, *(step.words for _, step in told.steps)):
        for never in ("psoas", "disc", "activation"):
            assert never not in line


def test_an_exercise_that_is_not_drawn_has_no_load(monkeypatch):
    """Without a movement nothing is said of how heavy it is."""
    monkeypatch.setattr("psoas.web.pages.loads.movement_of", lambda _: None)
    assert heavy(EXERCISES["E16b"], person=Person()) is None


@pytest.mark.django_db
def test_a_weighed_band_is_worked_out_for_every_exercise_with_one(client):
    """Two readings give its length at rest and what it asks in each exercise; where it would overstretch, that is said."""
    page = client.get("/exercises/band/", READINGS | {"reach": "80"}).content.decode()
    assert "At rest it is 47 cm long" in page
    assert "Knee drive in the push-up position" in page
    short = client.get("/exercises/band/", {"short": "15", "light": "1", "long": "30", "strong": "6"}).content.decode()
    assert "Take a longer band or stand nearer" in short


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"long": "50", "strong": "9"}, "do not belong to one band"),
        ({"reach": "3"}, "aria-invalid"),
        ({"strong": ""}, "aria-invalid"),
    ],
)
def test_readings_that_cannot_be_are_asked_back(client, told, says):
    """A shorter band that pulls harder, an anchor in the body, a reading left out: the page says what is wrong."""
    page = client.get("/exercises/band/", READINGS | told).content.decode()
    assert says in page
    assert "At rest it is" not in page


@pytest.mark.django_db
def test_the_band_page_begins_empty(client):
    """Nothing is judged before anything was typed."""
    page = client.get("/exercises/band/").content.decode()
    assert "aria-invalid" not in page
    assert "Your band" not in page
