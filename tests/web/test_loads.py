"""How heavy an exercise is, on its page; and the page where a band is weighed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from msgspec.structs import replace

from psoas.knowledge.loader import load
from psoas.movement.load import Flag
from psoas.movement.saying import NO_LOAD, SAYS
from psoas.movement.skeleton import Person
from psoas.pathway import record as r
from psoas.pathway.decisions import Joins, StageTo, StepTo
from psoas.terms import SIDES, Load, Stage
from psoas.web import clock, desk
from psoas.web.pages.loads import heavy
from web.courses import Person as Somebody
from web.courses import intake

D = Decimal

EXERCISES = load().exercises
READINGS = {"short": "60", "light": "1.5", "long": "100", "strong": "6"}


@pytest.mark.django_db
def test_the_page_of_a_weighted_exercise_says_what_more_weight_changes(client):
    """The hardest moment with its interval, the percent of each common step, a warning over 15 %, ankle against knee."""
    page = client.get("/exercises/E16b/").content.decode()
    assert "N·m at the hip at the hardest moment with 1 kg" in page
    assert "+1 kg" in page
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
    for line in (*told.says, *(step.words for step in told.steps)):
        for never in ("psoas", "disc", "activation"):
            assert never not in line


@pytest.mark.django_db
def test_no_list_of_exercises_is_a_ladder_of_loads(at_home, her):
    """Where exercises stand side by side, in their list and in the plan, no torque stands beside them."""
    for path in ("/exercises/", "/plan/"):
        assert "N·m" not in at_home.get(path).content.decode()


def test_an_exercise_that_is_not_drawn_has_no_load(monkeypatch):
    """Without a movement nothing is said of how heavy it is."""
    monkeypatch.setattr("psoas.web.pages.loads.movement_of", lambda _: None)
    assert heavy(EXERCISES["E16b"], person=Person()) is None


@pytest.mark.django_db
def test_a_weighed_band_is_worked_out_for_every_exercise_with_one(client):
    """Two readings give its length at rest and what it asks in each exercise; where it would overstretch, that is said."""
    page = client.get("/exercises/band/", READINGS | {"reach": "80"}).content.decode()
    assert "At rest it is 47 cm long" in page
    assert "The rows cannot be compared with one another" in page
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
    assert "Your bands" not in page


# ---- with her plan, and what she has


@pytest.fixture
def her(owner):
    """Somebody at home with a plan: weights of 1, 2 and 4 kg and three bands; 1.65 m and 60 kg."""
    person = Somebody(desk.clinic(), owner.key, at=clock.now(owner))
    taken = replace(intake(), height_m=Decimal("1.65"), mass_kg=Decimal(60))
    return person.planned(taken=taken)


def stage_three(her, *, exercise, load):
    """Both sides in Stage 3, with that exercise on that load."""
    steps = tuple(StepTo(exercise=exercise, side=side.value, step=1, was=1, load=load) for side in SIDES)
    up = tuple(StageTo(side=side, stage=Stage.LOAD, trial=False) for side in SIDES)
    her.write(r.Overridden(changes=(*up, *steps), why="to look at it"))


def weigh(client, number, weak, pull, **more):
    """Keep the readings of that band at 60 and 100 cm."""
    page = client.get("/exercises/band/").content.decode()
    entry = re.search(r'name="entry" value="([^"]+)"', page)
    told = {"band": str(number), "short": "60", "light": weak, "long": "100", "strong": pull, "reach": ""} | more
    return client.post("/exercises/band/", {"entry": entry[1] if entry else ""} | told)


@pytest.mark.django_db
def test_a_band_is_kept_shown_and_corrected(at_home, her):
    """The readings are an entry: on the band's page, in the record, and said otherwise like any other."""
    assert "Not weighed" not in at_home.get("/exercises/band/").content.decode()
    answer = weigh(at_home, 2, "1.5", "6")
    assert answer.status_code == 302
    page = at_home.get(answer["Location"]).content.decode()
    assert "47 cm long at rest, fixed just taut" in page
    assert page.count("not weighed yet") == 2
    assert "Knee drive in the push-up position" in page
    record = at_home.get("/record/").content.decode()
    assert "Band 2, counted from the lightest: 1.5 kg at 60 cm and 6 kg at 100 cm" in record
    entry = next(e for e in her.clinic.record(her.episode) if isinstance(e.body, r.BandWeighed))
    form = at_home.get(f"/record/{entry.id}/correct/").content.decode()
    assert 'value="1.5"' in form
    told = {"band": "2", "short": "60", "light": "1.5", "long": "100", "strong": "5", "reach": "80", "sure": "yes"}
    assert at_home.post(f"/record/{entry.id}/correct/", told).status_code == 302
    assert her.course.bands[-1].body == r.BandWeighed(
        band=2,
        readings=(r.Weighing(length_m=D("0.6"), kg=D("1.5")), r.Weighing(length_m=D(1), kg=D(5))),
        reach_m=D("0.8"),
    )
    assert "fixed 80 cm away" in at_home.get("/exercises/band/").content.decode()


@pytest.mark.django_db
def test_a_band_goes_with_the_exported_record(at_home, her):
    """What was weighed is in the file, and comes out of it again."""
    weigh(at_home, 1, "1.5", "6")
    file = her.clinic.export(her.episode)
    bands = her.course.bands
    her.clinic.erase(her.episode)
    her.clinic.import_("somebody", file)
    assert her.clinic.told(her.episode).bands == bands


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told", [{"band": ""}, {"band": "7"}, {"long": "50"}, {"light": "-1"}, {"reach": "3"}, {"reach": "300"}]
)
def test_what_cannot_be_a_band_of_hers_is_asked_back(at_home, her, told):
    """No band chosen, one she does not have, readings of two bands, an anchor in the body or beyond the band: not kept."""
    answer = weigh(at_home, 1, "1.5", "6", **told)
    assert answer.status_code == 200
    assert 'class="errors"' in answer.content.decode() or "aria-invalid" in answer.content.decode()
    assert her.course.bands == ()


@pytest.mark.django_db
def test_the_exercise_page_starts_from_her_plan_and_goes_on_with_what_she_has(at_home, her):
    """Ten kilograms on the cable prescribed, twelve and a half to be had: that step is told, with its percent."""
    gym = r.Equipment(things=("wall", "chair", "cable"), cable_kg=(D(5), D(10), D("12.5"), D(20)))
    her.write(r.Wished(equipment=gym))
    stage_three(her, exercise="E10", load=Load(kind="kg", kg=D(10)))
    page = at_home.get("/exercises/E10/").content.decode()
    assert "with 10 kg, as your plan has it now" in page
    rows = dict(re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td></tr>', page))
    percent = int(rows["12.5 kg"].partition(" %")[0])
    assert 15 < percent < 25  # less than the kilograms rise: the leg has a weight too
    assert "large step, above 15 %" in rows["20 kg"]
    assert "5 kg" not in rows
    plan = at_home.get("/plan/").content.decode()
    assert f"After it comes 12.5 kg: {rows['12.5 kg']}" in plan
    assert "Hardest near the end of the way" in plan or "Hardest in the middle of the way" in plan


@pytest.mark.django_db
def test_before_it_is_prescribed_an_exercise_starts_from_the_lightest_she_has(at_home, her):
    """Nothing in the plan yet: the lightest weight in the house, then the others."""
    page = at_home.get("/exercises/E16b/").content.decode()
    assert "with 1 kg (" in page
    assert "as your plan has it now" not in page
    assert re.findall(r'<th scope="row">([^<]*kg)</th>', page) == ["2 kg", "4 kg"]


@pytest.mark.django_db
def test_the_front_support_in_a_plan_asks_for_the_band_and_how_far_away_it_is_fixed(at_home, her):
    """Not weighed, the plan and the page of the exercise say so; weighed, they say where it is hardest and what comes next."""
    her.write(
        r.Overridden(changes=tuple(Joins(exercise="E18", side=side.value, step=1) for side in SIDES), why="early")
    )
    stage_three(her, exercise="E18", load=Load(kind="band", band=1))
    for path in ("/plan/", "/exercises/E18/"):
        page = at_home.get(path).content.decode()
        assert NO_LOAD in page
        assert 'href="/exercises/band/"' in page
    weigh(at_home, 1, "3", "15")
    weigh(at_home, 2, "5", "22")
    plan = at_home.get("/plan/").content.decode()
    assert NO_LOAD not in plan
    assert re.search(r"After it comes band 2, counted from the lightest: \d+ % more for the hip", plan)
    page = at_home.get("/exercises/E18/").content.decode()
    assert "with the lightest band" in page
    assert "Not known before this band is weighed too." in page  # the third


@pytest.mark.django_db
def test_somebody_without_bands_is_only_told(at_home, owner):
    """Before anything is known of her, the readings are worked out and nothing is kept."""
    page = at_home.get("/exercises/band/", READINGS).content.decode()
    assert "Nothing of this is kept" in page
