"""While an emergency or urgent row stands no address offers or shows an exercise; where one would be it says where to go."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import get_resolver

from psoas.knowledge.movements import movement_names
from psoas.pathway import record as r
from psoas.storage.ids import new_id
from psoas.terms import Side
from psoas.web import desk
from web.courses import ZONE, Person, clear_answers, findings, intake, wishes

pytestmark = pytest.mark.django_db
KNOWN = desk.knowledge()
FILLED = {
    "token": "no-such-token",
    "lesson_id": [*KNOWN.lessons],
    "exercise_id": [*KNOWN.exercises],
    "rule_id": ["PR1", next(iter(KNOWN.red_flags))],
    "slug": ["methods", "e06-left", "length-left", "right-now", "things", "where", "last"],
    "seq": ["5", "9"],
    "entry_id": ["0"],
}
NOT_PAGES = {"picture", "moving_picture", "export"}  # the pictures have a test of their own; the export is the record
TOLD = ("/record/", "/decisions/", "/rules/")  # what was done and decided keeps its name, and a rule its words
NAMES = [each.name for one in KNOWN.exercises.values() for each in (one, *one.substitutes)]
STEPS = [
    re.sub(r"[*_]", "", step)
    for exercise in KNOWN.exercises.values()
    for part in (exercise.steps, *(each.steps for each in exercise.substitutes))
    for step in part
]


def addresses():
    """Every address of the site, its parts filled in."""
    for pattern in get_resolver().url_patterns:
        path, names = f"/{pattern.pattern}", re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        if pattern.name in NOT_PAGES:
            continue
        values = FILLED[names[0]] if names else [""]
        for value in [values] if isinstance(values, str) else values:
            yield re.sub(r"<\w+:\w+>", value, path)


@pytest.fixture
def her(owner, settings, tmp_path):
    """Somebody who knows the pages; her clock is theirs."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    return Person(desk.clinic(), owner.key)


@pytest.fixture
def pages(at_home, her, settings):
    """What she sees at an address."""

    def fetch(path, data=None):
        Path(settings.CLOCK).write_text(her.at.isoformat())
        return at_home.get(path, follow=True) if data is None else at_home.post(path, data, follow=True)

    return fetch


def stopped_under_a_plan(her):
    her.planned().trained().wait(hours=40)
    her.screened(saddle_numb="yes")


def stopped_before_a_plan(her):
    her.write(intake())
    her.clinic.write_screen(her.episode, clear_answers(KNOWN, saddle_numb="yes"), now=her.at, zone=ZONE)


def stopped_by_her_tests(her):
    """She cannot lift the thigh against gravity, and that is new: her tests say so, not her screen (TC11)."""
    her.write(intake())
    answers = clear_answers(KNOWN, weakness_new="yes")
    her.clinic.write_screen(her.episode, answers, now=her.at, zone=ZONE)
    her.write(wishes())
    graded = r.StrengthTest(side=Side.RIGHT, method="mmt", trials=(2,))
    found = findings()
    her.write(r.Tested(findings=r.Findings(length=found.length, strength=(graded,), holds=found.holds)))


STOPS = {
    "under a plan": stopped_under_a_plan,
    "before a plan": stopped_before_a_plan,
    "by her tests": stopped_by_her_tests,
}
every_stop = pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS.keys())


@every_stop
def test_no_page_holds_an_exercise_while_a_warning_sign_stands(her, pages, stop):
    """Every address: no step of an exercise, no drawing, no link to its page; its name only where the past is told."""
    stop(her)
    found = []
    for path in addresses():
        page = unescape(re.sub(r"<[^>]+>", " ", (html := pages(path).text)))
        found += [f"{path}: {step}" for step in STEPS if step in page]
        found += [f"{path}: {link}" for link in re.findall(r'(?:src|srcset)="/pictures/[^"]*"', html)]
        found += [f"{path}: {link}" for link in re.findall(r'href="/exercises/\w[^"]*"', html)]
        if not path.startswith(TOLD):
            found += [f"{path}: {name}" for name in NAMES if name in page]
    assert found == []


@every_stop
def test_no_picture_can_be_had_while_a_warning_sign_stands(her, pages, stop):
    """Neither a still nor one that moves, of any exercise or test, by whatever address."""
    kept = [f"/pictures/{name}/{end}" for name in movement_names() for end in ("moving/left.svg", "start/left.svg")]
    assert pages("/pictures/E06/start/left.svg").status_code == 200
    stop(her)
    assert {pages(path).status_code for path in kept} == {404}


def test_what_a_device_sends_late_is_kept_and_leads_to_the_pause(her, at_home, pages):
    """A set that arrives after the sign is a fact; the answer offers nothing but the page that says where to go."""
    her.planned().begun()
    session = her.course.open.done.session
    her.screened(saddle_numb="yes")
    sent = {"entry": new_id(), "session": session, "item": 0, "number": 1, "did": "all", "pain": {}, "effort": None,
            "seen": None, "signs": [], "load": ""}  # fmt: skip
    pages("/today/")
    answer = at_home.post("/session/log/set/", sent, content_type="application/json")
    assert answer.json().get("next") == "/today/", answer.content
    assert not [name for name in NAMES if name in answer.text]
    assert "Where to go" in pages("/today/").text


def test_what_only_the_tests_show_is_no_leave_to_be_quoted(her, pages):
    """A clinician's leave for an urgent row is not her own word; nor is there a list of exercises to tick."""
    stopped_by_her_tests(her)
    said = pages("/leave/").text
    assert "<form" not in said.split("<main")[1]


@pytest.mark.parametrize(
    "path", ["/exercises/", "/exercises/E06/", "/plan/", "/session/", "/tests/", "/learn/warm-up/"]
)
def test_instead_of_an_exercise_it_says_where_to_go(her, pages, path):
    """The page that stands there says where to go and what to say."""
    stopped_under_a_plan(her)
    said = pages(path).text
    assert "Where to go" in said
    assert "What to say there" in said


def test_what_only_the_tests_show_closes_the_exercises_too(her, pages):
    """New weakness against gravity is urgent although the safety screen was clear (TC11)."""
    stopped_by_her_tests(her)
    assert not her.course.stops
    for path in ("/exercises/E06/", "/plan/", "/screen/result/"):
        said = pages(path).text
        assert "TC11" in said, path
        assert "Where to go" in said


def test_a_clear_screen_leaves_them_open(her, pages):
    """Nothing stands: exercises, plan and lessons are hers to read."""
    her.planned()
    for path in ("/exercises/E06/", "/plan/", "/learn/warm-up/"):
        assert "Where to go" not in pages(path).text
