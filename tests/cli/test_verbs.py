"""`psoas` by itself, and what the clinic knows in a terminal."""

from __future__ import annotations

import re

import pytest

from psoas.cli import SAYS, VERBS, terminal
from psoas.knowledge.loader import load
from psoas.knowledge.reading import ContentError

EXERCISES = list(load().exercises)


def test_help_names_every_verb(psoas):
    """Every verb stands in the help with a whole sentence, and nothing else does."""
    told = {verb: says for verbs in SAYS.values() for verb, says in verbs.items()}
    assert set(told) == {*VERBS, "serve", "link"}
    said = psoas("--help").output
    for verb, says in told.items():
        assert re.search(rf"^  {verb} +{re.escape(says[:40])}", said, re.MULTILINE), verb
        assert says.endswith(".")


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself(psoas, verb):
    """`psoas VERB --help` works and is not empty."""
    shown = psoas(verb, "--help")
    assert shown.exit_code == 0
    assert terminal.get_command(None, verb).help


def test_an_unknown_verb_is_a_usage_error(psoas):
    """A verb that does not exist ends with status 2, as every command line does."""
    assert psoas("dance").exit_code == 2


def test_the_knowledge_fits(psoas):
    """`psoas knowledge lint` finds nothing in what is shipped, and counts it."""
    shown = psoas("knowledge", "lint")
    assert shown.exit_code == 0
    assert f"{len(EXERCISES)} exercises" in shown.output


def test_lint_names_what_does_not_fit(psoas, monkeypatch):
    """What does not fit is told line by line, and the exit status is 1."""
    monkeypatch.setattr("psoas.cli.knowing.found_by_lint", lambda _: ["rules: PR1: has no words. Write them."])
    shown = psoas("knowledge", "lint")
    assert shown.exit_code == 1
    assert "PR1: has no words" in shown.output
    assert "1 thing does not fit" in shown.output


def test_lint_of_a_file_that_cannot_be_read(psoas, monkeypatch):
    """A content file that does not load is told in the loader's own words."""

    def broken():
        raise ContentError(("rules.toml: line 3: is not TOML.",))

    monkeypatch.setattr("psoas.cli.knowing.load", broken)
    shown = psoas("knowledge", "lint")
    assert shown.exit_code == 1
    assert "rules.toml: line 3" in shown.output


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_its_page(psoas, exercise):
    """Purpose, every step, every line of the ladder, every exclusion and every source is shown."""
    found = load().exercises[exercise]
    shown = psoas("exercise", exercise)
    flat = " ".join(shown.output.split())
    assert shown.exit_code == 0
    assert found.name in flat
    assert " ".join(found.purpose.split()) in flat
    assert flat.count("(left out)") + flat.count("(done with care)") + flat.count("(done another way)") == len(
        found.exclusions
    )
    assert all(f"{number}. " in flat for number in range(1, len(found.ladder) + 1))
    assert all(f"{source.partition(':')[0]}: " in flat for source in found.sources)


def test_an_exercise_may_be_written_small(psoas):
    """`e06` finds E06."""
    assert psoas("exercise", "e06").output == psoas("exercise", "E06").output


def test_an_exercise_that_is_not_there(psoas):
    """The message names what is meant and what there is."""
    shown = psoas("exercise", "E6")
    assert shown.exit_code == 1
    assert "Did you mean E06?" in shown.output
    assert "E18" in shown.output
