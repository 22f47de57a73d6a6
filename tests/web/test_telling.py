"""Decisions in words: the side they concern, and the exercise as it was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas.cases.happening import Story
from psoas.cases.reading import read_file
from psoas.web import telling
from psoas.web.desk import knowledge

CASES = Path(__file__).parents[1] / "cases"


def told(case: Path) -> list[telling.Told]:
    """Every decision of a case in words, oldest first."""
    story = Story(read_file(case, knowledge=knowledge()), knowledge=knowledge())
    for event in story.case.happened:
        story.happen(event)
    return telling.decisions(story.desk.course, knowledge=knowledge())[::-1]


@pytest.fixture(scope="module")
def with_a_band(tmp_path_factory) -> list[telling.Told]:
    """Somebody who owns bands and no cable, through Stage 3."""
    case = tmp_path_factory.mktemp("case") / "band.toml"
    text = (CASES / "c6-gates/pr10-lsi-85.toml").read_text("utf-8")
    case.write_text(text.replace("cable_kg = [5, 10, 11, 12, 13], ", ""), "utf-8")
    return told(case)


def test_an_exercise_is_named_as_it_was_done(with_a_band):
    """Who pulls against a band reads of a band."""
    words = [words for each in with_a_band for words in (each.sentence, *each.changes)]
    assert any("hip pull against a band" in each for each in words)
    assert not any("cable" in each for each in words)


def test_what_rises_on_both_sides_names_both(with_a_band):
    """A step on both sides is told of both, never of the left alone."""
    ups = [each.sentence for each in with_a_band if each.kind == "progress"]
    assert any("both sides: from step" in each for each in ups)


def test_a_red_names_its_side_and_its_pain():
    """The sentence of a step back names the sore side; its reason says what was found."""
    back = next(each for each in told(CASES / "d-rulings/d23-comes-along.toml") if each.kind == "regress")
    assert back.sentence.startswith("Right: 2 red sessions")
    assert not any("from step 1 to step 1" in change for change in back.changes)
    assert any(why.rule == "CP4" and why.sentence.startswith("Right: sharp pain.") for why in back.whys)


def test_upkeep_asks_for_no_clean_sessions():
    """After discharge a session is told as upkeep: nothing waits for a step."""
    last = told(CASES / "c12-end/ma1.toml")[-1]
    assert last.rules == ("MA1",)
    assert "needed" not in last.sentence
