"""While an emergency or urgent row stands no page holds an exercise, and the pages that do say where to go."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import get_resolver

from psoas.pathway import record as r
from psoas.terms import Level
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
NOT_PAGES = {"picture", "moving_picture", "export"}
GROUNDS = ("/sources/", "/rules/")  # they name every exercise that cites them; the link leads to where to go
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
    graded = r.StrengthTest(side=her_side(), method="mmt", trials=(2,))
    found = findings()
    her.write(r.Tested(findings=r.Findings(length=found.length, strength=(graded,), holds=found.holds)))


def her_side():
    from psoas.terms import Side  # noqa: PLC0415

    return Side.RIGHT


@pytest.mark.parametrize("stop", [stopped_under_a_plan, stopped_before_a_plan], ids=["under a plan", "before a plan"])
def test_no_page_holds_an_exercise_while_a_warning_sign_stands(her, pages, stop):
    """Every address: no step of an exercise, no drawing of one, and no link to its page."""
    stop(her)
    assert any(each.level.rank >= Level.URGENT.rank for each in her.course.stops)
    found = []
    for path in addresses():
        page = unescape(re.sub(r"<[^>]+>", " ", (html := pages(path).text)))
        found += [f"{path}: {step}" for step in STEPS if step in page]
        found += [f"{path}: {link}" for link in re.findall(r'src="/pictures/[^"]*"', html)]
        if not path.startswith(GROUNDS):
            found += [f"{path}: {link}" for link in re.findall(r'href="/exercises/\w[^"]*"', html)]
    assert found == []


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
