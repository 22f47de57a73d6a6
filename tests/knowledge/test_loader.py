"""What the loader reads, and what it says of content that is malformed."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from psoas.knowledge import reading
from psoas.knowledge.criteria import All, Any_, Compare, Is, Not, OneOf
from psoas.knowledge.lint import lint
from psoas.knowledge.loader import ContentError, load
from psoas.terms import Dose, Level, Stage

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))


def spoilt(folder: Path, case: dict[str, str]) -> None:
    """Make the one mistake of a case in this folder."""
    place = folder / case["file"]
    text = place.read_text("utf-8")
    assert case["old"] in text
    place.write_text(text.replace(case["old"], case["new"]), "utf-8")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_mistake_is_named_with_file_key_cause_and_remedy(path: Path, small: Path):
    """Each possible mistake is found by the loader or the lint, in words an author can act on."""
    case = tomllib.loads(path.read_text("utf-8"))
    spoilt(small, case)
    if case["found_by"] == "loader":
        with pytest.raises(ContentError) as raised:
            load(small)
        problems = raised.value.problems
        assert str(raised.value) == "\n".join(problems)
    else:
        problems = tuple(lint(load(small)))
    for words in case["says"]:
        assert words in "\n".join(problems)
    assert all(line.endswith(".") and line.count(": ") >= 2 for line in problems)


def test_the_small_folder_is_well(small: Path):
    """The folder that the cases spoil has no mistake before."""
    assert lint(load(small)) == []


def test_every_problem_is_named_at_once(small: Path):
    """Two mistakes in two files give two sentences, not the first one only."""
    for name in ("number_as_text", "level_that_is_none"):
        spoilt(small, tomllib.loads((Path(__file__).parent / "broken" / f"{name}.toml").read_text("utf-8")))
    with pytest.raises(ContentError) as raised:
        load(small)
    assert [line.split(":")[0] for line in raised.value.problems] == [
        "constants.toml",
        "screening.toml",
        "screening.toml",
    ]


def test_a_missing_file_is_named(small: Path):
    """A file that is not there is a sentence, not a traceback."""
    (small / "quiz.toml").unlink()
    with pytest.raises(ContentError, match=r"quiz\.toml: file: cannot be read"):
        load(small)


def test_a_missing_page_of_prose_is_named(small: Path):
    """A page that cannot be read is named like any other file."""
    (small / "lessons" / "02-gone.md").symlink_to(small / "nowhere.md")
    with pytest.raises(ContentError, match=r"lessons/02-gone\.md: file: cannot be read"):
        load(small)


def test_a_missing_folder_is_named(small: Path):
    """A folder that is not there is named, and what should be done."""
    (small / "protocols" / "one.toml").unlink()
    (small / "protocols").rmdir()
    with pytest.raises(ContentError, match="protocols: folder: is missing"):
        load(small)


def test_text_in_another_encoding_is_named(small: Path):
    """A file that is not UTF-8 says so."""
    (small / "rules.toml").write_bytes('said = "é"'.encode("latin-1"))
    with pytest.raises(ContentError, match=r"rules\.toml: file: is not UTF-8 text\. Save it as UTF-8\."):
        load(small)


def test_numbers_are_decimals_and_named(small: Path):
    """A constant is read as a decimal and found by its name."""
    knowledge = load(small)
    assert knowledge["age_min"] == Decimal(18)
    assert isinstance(knowledge["age_min"], Decimal)
    assert knowledge.questions["weeks"].high == Decimal("1000.5")


def test_a_criterion_is_read_as_written(small: Path):
    """Combinators nest, and a limit that names a constant has its value."""
    flag = load(small).red_flags["TE1"]
    years, weeks = Compare("age", "below", Decimal(18)), Compare("weeks", "above", Decimal("2.5"))
    assert flag.when == All((Is("fever", "yes"), Any_((years, weeks))))
    assert flag.level is Level.EMERGENCY
    row = load(small).exercises["E06"].exclusions[0]
    assert row.when == Not(OneOf("snapping", ("none", "unknown")))


def test_an_exercise_joins_head_and_prose(small: Path):
    """Steps and cues come from the lists, the rest from the sections, and lines are joined."""
    exercise = load(small).exercises["E06"]
    assert exercise.steps == ("Lift the foot, the knee bent.", "Hold.")
    assert exercise.cues == ("Breathe.",)
    assert exercise.feel == "The front of the hip."
    assert exercise.easier == "Lift less."
    assert exercise.prose.startswith("## Set-up")
    assert exercise.stages == (Stage.SETTLE, Stage.ACTIVATE)
    assert exercise.ladder[1].dose == Dose(sets=2, reps=6, hold_s=5)
    assert exercise.dose_range["hold_s"] == (5, 10)


def test_a_protocol_is_found_by_id_and_date(small: Path):
    """Two dates of one protocol live side by side."""
    text = (small / "protocols" / "one.toml").read_text("utf-8").replace("2026-11-01", "2026-12-01")
    (small / "protocols" / "one-later.toml").write_text(text, "utf-8")
    assert list(load(small).protocols) == ["one@2026-12-01", "one@2026-11-01"]


def test_a_field_that_reading_does_not_know_is_a_fault_of_the_code():
    """A new type in the schema fails loudly instead of being let through."""
    with pytest.raises(TypeError, match="cannot read yet"):
        reading.read({}, kind=set[str], key="", notes=reading.Notes("file", numbers={}))
