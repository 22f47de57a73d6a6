"""`psoas plan`: a person in a file."""

from __future__ import annotations

import pytest

PERSON = """
[person]
born = "1990-03"
onset = 2025-12-01
onset_kind = "gradual"
left = { now = 0, worst = 0 }
right = { now = 1, worst = 1 }
trained = "no"
new_to_training = "no"

[screen]
otherwise = "no"
position_eases = "yes"
rest_eases = "yes"
assessed = "yes"

[findings.left]
angle = -12
belt = 200
e06 = "pass"
e07 = "pass"
signs = { resisted = "no", stretch = "no", tender = "no" }

[findings.right]
angle = 6
belt = 190
e06 = "pass"
e07 = "pass"
signs = { resisted = "yes", stretch = "no", tender = "yes" }
"""
AT = "2026-03-02T18:00+01:00"


@pytest.fixture
def planned(psoas, tmp_path):
    """What is said of a person in a file."""

    def run(text, *words):
        path = tmp_path / "person.toml"
        path.write_text(text, encoding="utf-8")
        shown = psoas("plan", path, *words)
        return shown.exit_code, " ".join(shown.output.split())

    return run


def test_a_person_alone_in_a_file_gets_a_plan(planned):
    """Screen, both labels, the stage with its rule and the first session are told."""
    status, said = planned(PERSON, "--at", AT)
    assert status == 0
    assert "Clear: self-care may begin." in said
    assert "The right hip: tight (high confidence)" in said
    assert "Right: starts in Stage 2" in said
    assert "ST5" in said
    assert "E16a" in said
    assert "trial set" in said


def test_a_whole_case_serves_too(psoas):
    """Of a case only the person and the first instant are read."""
    shown = psoas("plan", "tests/cases/c13-01.toml")
    assert shown.exit_code == 0
    assert "Right: starts in Stage 2" in shown.output


def test_a_red_flag_gives_no_plan(planned):
    """A warning sign is told with where it comes from; no exercise is named, and the status is 1."""
    status, said = planned(PERSON.replace('otherwise = "no"', 'otherwise = "no"\nsaddle_numb = "yes"'), "--at", AT)
    assert status == 1
    assert "TE1" in said
    assert "No plan" in said
    assert "E06 Lying" not in said


def test_questions_still_open_are_named(planned):
    """A screen that is not settled gives no plan, and says what is still to be asked."""
    status, said = planned(PERSON.replace('otherwise = "no"\n', ""), "--at", AT)
    assert status == 1
    assert "still to be asked" in said


def test_another_protocol(planned):
    """The same person under another protocol, by its id and date."""
    assert planned(PERSON, "--at", AT, "--protocol", "staged@2026-11-01")[0] == 0
    status, said = planned(PERSON, "--at", AT, "--protocol", "staged@1999-01-01")
    assert status == 1
    assert "There is no protocol staged@1999-01-01. There are: " in said


def test_without_an_instant_it_is_now(planned):
    """A file without an instant is read as if she started now."""
    assert planned(PERSON)[0] == 0


@pytest.mark.parametrize(("at", "words"), [("tomorrow", "is no instant"), ("2026-03-02T18:00", "has no offset")])
def test_an_instant_that_is_none(planned, at, words):
    """An instant needs its offset."""
    status, said = planned(PERSON, "--at", at)
    assert status == 1
    assert words in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("left = ", "is not TOML"),
        (PERSON.replace("now = 1", "pain = 1"), "person.right.pain: is not a key here"),
        (PERSON.replace('born = "1990-03"', ""), "person.born: is missing"),
    ],
)
def test_a_mistake_in_the_file(planned, text, words):
    """File, key, cause and remedy are named."""
    status, said = planned(text, "--at", AT)
    assert status == 1
    assert "person.toml" in said
    assert words in said
