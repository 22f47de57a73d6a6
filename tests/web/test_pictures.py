"""Pictures of the exercises: drawn from the movement, on the page of each, and an honest gap where there is none."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from decimal import Decimal

import pytest
from django.test import Client

from psoas.knowledge.loader import load
from psoas.knowledge.movements import movement_of
from psoas.movement.figure import picture
from psoas.movement.paint import TONES, Look
from psoas.movement.skeleton import HEIGHTS, Person, Sex
from psoas.pathway.record import TakenIn
from psoas.web import desk
from psoas.web.drawn import drawn_as
from psoas.web.models import Account

EXERCISES = sorted(load().exercises)
NOW = dt.datetime(2026, 9, 7, 18, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_page_shows_its_positions(client, name):
    """Each of the nineteen entries has a picture of every key position, each with words beside it."""
    movement = movement_of(name)
    page = client.get(f"/exercises/{name}/").content.decode()
    assert movement is not None
    for key in movement.keyframe:
        assert f"/pictures/{name}/{key.name}/right.svg" in page
    assert f"/pictures/{name}/moving/right.svg" in page


@pytest.mark.django_db
def test_a_picture_is_mirrored_for_the_other_side(client):
    """The left side's picture is another one than the right side's, and both are drawings."""
    left, right = (client.get(f"/pictures/E16a/{_last('E16a')}/{side}.svg") for side in ("left", "right"))
    assert left["Content-Type"] == right["Content-Type"] == "image/svg+xml"
    assert left.content != right.content
    assert left.content.startswith(b"<svg")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["E99/start/right", "E16a/nowhere/right", "E16a/start/middle"])
def test_what_is_not_drawn_is_not_there(client, path):
    """An unknown movement, position or side has no picture."""
    assert client.get(f"/pictures/{path}.svg").status_code == 404


def test_a_movement_not_drawn_yet_is_an_honest_gap():
    """Where no movement is written there is none."""
    assert movement_of("E99") is None


def _last(name: str) -> str:
    movement = movement_of(name)
    assert movement is not None
    return movement.keyframe[-1].name


@pytest.mark.django_db
def test_a_moving_picture_moves_by_itself_and_is_mirrored(client):
    """The moving picture is SVG with changes of form over time, on either side, and may be kept by the browser."""
    left, right = (client.get(f"/pictures/E16a/moving/{side}.svg") for side in ("left", "right"))
    assert right["Content-Type"] == "image/svg+xml"
    assert b"<animate " in right.content
    assert b"left side working" in left.content
    assert right["Cache-Control"] == "private, no-cache"  # kept, but asked for anew: who is drawn can change


@pytest.mark.django_db
def test_a_moving_picture_is_packed_for_who_can_unpack_it(client):
    """The same picture arrives packed or not, as the browser asks; packed it stays below 100 kB."""
    plain = client.get("/pictures/E16a/moving/right.svg")
    packed = client.get("/pictures/E16a/moving/right.svg", headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) <= 100_000
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.django_db
def test_the_hold_prescribed_is_the_hold_shown(client):
    """Ten seconds of hold instead of five make the repetition five seconds longer; nonsense leaves the movement's own."""
    own, longer, nonsense = (
        client.get(f"/pictures/E16a/moving/right.svg{query}").content.decode()
        for query in ("", "?hold=10", "?hold=ten")
    )
    assert _repetition(longer) == _repetition(own) + 5
    assert nonsense == own


@pytest.mark.django_db
def test_opened_on_its_own_the_moving_picture_may_use_its_one_style(client):
    """The policy of that answer names the hash of the style inside, and still forbids script from the page."""
    policy = client.get("/pictures/E16a/moving/right.svg")["Content-Security-Policy"]
    assert "'sha256-" in policy
    assert "script-src 'self'" in policy


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["E99/moving/right", "E16a/moving/both"])
def test_no_movement_no_moving_picture(client, path):
    """An unknown movement or side does not move."""
    assert client.get(f"/pictures/{path}.svg").status_code == 404


def _repetition(svg: str) -> float:
    return max(float(seconds) for seconds in re.findall(r'dur="([\d.]+)s"', svg))


@pytest.mark.django_db
def test_a_picture_the_browser_has_is_not_sent_again():
    """Asked with the tag it has, the browser is told that the picture is still right."""
    client = Client()  # the inspecting one wants a page to inspect
    first = client.get("/pictures/E16a/up/right.svg")
    again = client.get("/pictures/E16a/up/right.svg", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_spine_and_muscles_are_shown_only_where_they_are_asked_for(client):
    """The picture from inside is another one, and the page has a switch for it."""
    for name in ("up", "moving"):
        outside, inside = (client.get(f"/pictures/E16a/{name}/right{more}.svg").content for more in ("", "/inside"))
        assert outside != inside
    page = client.get("/exercises/E16a/").content.decode()
    assert 'type="checkbox" id="inside-E16a"' in page
    assert "/pictures/E16a/up/right/inside.svg" in page


@pytest.mark.django_db
def test_the_page_can_be_turned_to_the_left_side(client):
    """Asked for the left side, every picture of the page and its words are of the left side."""
    page = client.get("/exercises/E16a/?side=left").content.decode()
    assert "/pictures/E16a/up/left.svg" in page
    assert "right.svg" not in page
    assert "the left side working" in page
    assert "?side=" not in client.get("/exercises/E09/").content.decode()


@pytest.mark.django_db
def test_every_other_way_of_an_exercise_has_its_pictures(client):
    """Each form on the page of an exercise shows its own positions."""
    page = client.get("/exercises/E16b/").content.decode()
    for form in load().exercises["E16b"].substitutes:
        assert f"/pictures/{form.id}/moving/right.svg" in page


@pytest.mark.django_db
def test_the_list_of_exercises_shows_each_once(client):
    """Beside every name stands its picture; it says nothing aloud that the name does not say."""
    page = client.get("/exercises/").content.decode()
    for name in EXERCISES:
        assert len(re.findall(rf'src="/pictures/{name}/[^"]*" alt=""', page)) == 1


@pytest.mark.django_db
def test_the_person_in_the_pictures_is_the_one_chosen(at_home):
    """Body, skin, height and weight of the settings are what is drawn, on every picture, at once."""
    before = at_home.get("/pictures/E16a/up/right.svg").content.decode()
    told = {"theme": "auto", "build": "female", "tone": "dark", "height_cm": "160", "mass_kg": "60", "zone": ""}
    assert at_home.post("/settings/", told).status_code == 302
    after = at_home.get("/pictures/E16a/up/right.svg").content.decode()
    assert TONES["dark"][0] in after
    assert TONES["dark"][0] not in before
    movement = movement_of("E16a")
    person = Person(1.60, 60, Sex.FEMALE)
    assert after == picture(movement, person=person, frame=1.0, window=False, look=Look("dark"))


@pytest.mark.django_db
@pytest.mark.parametrize("told", [{"height_cm": "300"}, {"mass_kg": "0"}, {"height_cm": "tall"}])
def test_a_body_that_cannot_be_is_asked_back(at_home, owner, told):
    """A height of three metres or no weight at all is not saved, and the page says why."""
    given = {"theme": "auto", "build": "female", "tone": "dark", "height_cm": "", "mass_kg": "", "zone": ""} | told
    answered = at_home.post("/settings/", given)
    assert answered.status_code == 200
    assert 'aria-invalid="true"' in answered.content.decode()
    owner.refresh_from_db()
    assert owner.build == "neutral"


def test_a_height_alone_gives_a_usual_weight():
    """Without a weight a body of that height is drawn neither thin nor heavy; without anything a neutral one."""
    assert drawn_as(Account(height_cm=160)).person == Person(1.60, 60, Sex.NEUTRAL)
    assert drawn_as(Account(mass_kg=90)).person == Person(1.70, 90, Sex.NEUTRAL)
    assert drawn_as(Account()).person == Person()


def test_what_the_settings_leave_open_is_taken_from_the_intake():
    """Height and weight are those of the settings, else those said at the start, each for itself; both within what can be drawn."""
    said = TakenIn(sides={}, born="1990-05", height_m=Decimal("1.62"), mass_kg=Decimal("61.5"))
    assert drawn_as(Account(), said=said).person == Person(1.62, 61.5, Sex.NEUTRAL)
    assert drawn_as(Account(height_cm=180), said=said).person == Person(1.80, 61.5, Sex.NEUTRAL)
    assert drawn_as(Account(mass_kg=70), said=said).person == Person(1.62, 70, Sex.NEUTRAL)
    huge = TakenIn(sides={}, born="1990-05", height_m=Decimal("2.45"))
    assert drawn_as(Account(), said=huge).person.height == HEIGHTS[1]


@pytest.mark.django_db
def test_the_settings_say_where_the_body_in_use_comes_from(at_home, owner):
    """Before anything was said a usual body; after the intake its figures; what is chosen here comes before both."""
    assert "height a usual one, as you named none; weight a usual one" in at_home.get("/settings/").content.decode()
    clinic = desk.clinic()
    episode = clinic.open(owner.key, now=NOW, zone="Europe/Berlin")
    said = TakenIn(sides={}, born="1990-05", height_m=Decimal("1.62"), mass_kg=Decimal("61.50"))
    clinic.write(episode, said, now=NOW, zone="Europe/Berlin")
    page = at_home.get("/settings/").content.decode()
    assert "height 162 cm, from what you said at the start; weight 61.5 kg, from what you said at the start" in page
    drawn = at_home.get("/pictures/E16a/up/right.svg").content.decode()
    person = Person(1.62, 61.5, Sex.NEUTRAL)
    assert drawn == picture(movement_of("E16a"), person=person, frame=1.0, window=False, look=Look("medium"))
    owner.height_cm = 170
    owner.save()
    assert "height 170 cm, from here; weight 61.5 kg" in at_home.get("/settings/").content.decode()
