"""Every page that needs no record answers, and tells what it is there to tell."""

from __future__ import annotations

import re

import pytest

from psoas.web.desk import knowledge
from psoas.web.templatetags.words import inline, markdown

pytestmark = pytest.mark.django_db
OPEN = ("/learn/", "/quiz/", "/exercises/", "/rules/", "/rules/numbers/", "/sources/", "/safety/", "/patterns/")


@pytest.mark.parametrize("address", OPEN)
def test_open_pages_need_no_key(client, address):
    """What is only knowledge may be read by everybody."""
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [*OPEN, "/settings/"])
def test_pages_for_the_owner(at_home, address):
    """The owner sees every one of them, with the navigation."""
    answer = at_home.get(address)
    assert answer.status_code == 200
    assert 'aria-label="Main"' in answer.text


@pytest.mark.parametrize("key", list(knowledge().exercises))
def test_every_exercise_has_its_page(client, key):
    """Each exercise tells its steps, its doses, who should not do it, and its sources."""
    exercise = knowledge().exercises[key]
    page = client.get(f"/exercises/{key}/").text
    ladder = page.split('class="ladder"')[1].split("</table>")[0]
    assert ladder.count("<tr>") == 1 + len(exercise.ladder) + bool(exercise.settle)
    assert page.count('class="rule-id"') == len(exercise.exclusions)
    assert "How it is done" in page
    assert 'id="sources"' in page


@pytest.mark.parametrize("key", list(knowledge().lessons))
def test_every_lesson_has_its_page(client, key):
    """Each lesson is rendered, and no source in brackets is left as it was typed."""
    page = client.get(f"/learn/{key}/").text
    assert knowledge().lessons[key].title in page.replace("&#x27;", "'")
    assert not [source for source in knowledge().references if f"[{source}]" in page]


def test_every_rule_and_warning_sign_has_its_page(client):
    """Each rule says what it says; each warning sign says where to go."""
    for key in (*knowledge().rules, *knowledge().red_flags):
        answer = client.get(f"/rules/{key}/")
        assert answer.status_code == 200, key
        assert f"Rule {key}" in answer.text


@pytest.mark.parametrize("address", ["/exercises/E99/", "/learn/nothing/", "/rules/XX/", "/nowhere/"])
def test_what_is_not_there_is_said_kindly(client, address):
    """A page that does not exist says so in our own words."""
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is no page here" in answer.text


def test_the_rules_an_exercise_names_exist(client):
    """A rule id beside an exclusion leads to a rule."""
    named = {one.rule for exercise in knowledge().exercises.values() for one in exercise.exclusions}
    assert not [key for key in named if client.get(f"/rules/{key}/").status_code != 200]


def test_sources_say_what_rests_on_them(client):
    """The bibliography names the pages that use an entry."""
    page = client.get("/sources/").text
    assert 'id="winters2004"' in page
    assert '<a href="/learn/stretching/">' in page


def test_the_disputed_question_is_not_scored(client):
    """All right answers give full marks whatever is said to the disputed question, and its note is shown."""
    items = knowledge().quiz
    scored = sum(item.scored for item in items)
    for wrong in (False, True):
        answers = {item.id: item.key for item in items}
        for item in items:
            if wrong and not item.scored:
                answers[item.id] = next(one.value for one in item.options if one.value != item.key)
        page = client.post("/quiz/", answers).text
        assert f"{scored} of {scored} right" in page
        assert "disputed, does not count" in page


def test_an_open_question_of_the_quiz_is_asked_back(client):
    """Sending the quiz with one answer missing keeps the others and points at the open one."""
    items = knowledge().quiz
    page = client.post("/quiz/", {item.id: item.key for item in items[1:]}).text
    assert "One answer needs a look" in page
    assert f'href="#id_{items[0].id}_0"' in page
    assert page.count(" checked") == len(items) - 1


def test_html_in_content_is_shown_as_text():
    """Markdown never lets HTML through."""
    assert "<script" not in markdown("<script>alert(1)</script>")
    assert "<b>" not in inline("<b>x</b>")


def test_brackets_that_name_no_source_stay():
    """Only a known source becomes a link."""
    assert inline("a [nobody2020] b") == "a [nobody2020] b"
    cite = (
        '<span class="cite">(<a href="/sources/#S1">S1, line 17</a>, <a href="/sources/#DC">design choice</a>)</span>'
    )
    assert inline("so [S1:L17, DC].") == f"so {cite}."


def test_a_forgotten_slash_is_forgiven(client):
    """An address typed without its last slash leads to the page."""
    assert client.get("/learn").url == "/learn/"


@pytest.mark.parametrize("key", list(knowledge().exercises))
def test_a_picture_says_more_than_the_line_below_it(client, key):
    """Who cannot see a drawing hears from where it is drawn; the words below it are not read to her twice."""
    page = client.get(f"/exercises/{key}/").text
    pairs = re.findall(r'<img [^>]*alt="([^"]+)"[^>]*><figcaption>([^<]+)<', page)
    assert pairs
    for instead, below in pairs:
        assert instead.startswith("Drawing from ")
        assert instead.lower() != below.lower()
