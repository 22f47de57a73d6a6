"""The cases: every one holds, every mistake in one is told, and every row of the clinic has one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from psoas.cases.coverage import WORKED, coverage_page, read_all, uncovered
from psoas.cases.documenting import page, schema
from psoas.cases.reading import CaseError, files_of, read_file
from psoas.cases.running import run
from psoas.cli import terminal
from psoas.cli.case import case
from psoas.knowledge.loader import load

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "cases"
BROKEN = ROOT / "tests" / "broken_cases"
REFERENCE = ROOT / "docs" / "reference"
KNOWLEDGE = load()
FILES = files_of((FOLDER,))
CASES = read_all((FOLDER,), knowledge=KNOWLEDGE)
SAYS = "# says: "


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).with_suffix("").as_posix())
def test_the_case_is_decided_as_written(file: Path) -> None:
    """Everything that the case expects comes out, and nothing it rules out does."""
    outcome = run(read_file(file, knowledge=KNOWLEDGE), knowledge=KNOWLEDGE, file=file.name)
    assert [str(difference) for difference in outcome.differences] == []


def test_no_row_is_without_a_case() -> None:
    """Every row of the rules, and each of the 24 worked cases, is covered by a case at least."""
    assert uncovered(CASES, knowledge=KNOWLEDGE) == []


def test_every_worked_case_has_its_own_file() -> None:
    """C13 is 24 files, one for each line of the table."""
    found = {name: row for name, told in CASES.items() for row in told.rows if row in WORKED}
    assert found == {f"c13-{number:02}.toml": f"C13#{number}" for number in range(1, 25)}


def test_every_name_is_a_sentence_of_its_own() -> None:
    """No two cases have the same name, and each begins like a sentence."""
    names = [told.name for told in CASES.values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if not name[0].isupper() or name.endswith(".")] == []


@pytest.mark.parametrize("file", sorted(BROKEN.glob("*.toml")), ids=lambda file: file.stem)
def test_a_broken_case_says_what_is_wrong_and_where(file: Path) -> None:
    """File, key, cause and remedy are named, in the words at the head of the file."""
    says = file.read_text(encoding="utf-8").splitlines()[0].removeprefix(SAYS)
    with pytest.raises(CaseError) as error:
        read_file(file, knowledge=KNOWLEDGE)
    assert f"{file}: {says}" in str(error.value)


def test_a_file_that_is_not_there_is_named() -> None:
    """A path without a case says so."""
    with pytest.raises(CaseError, match=r"nowhere\.toml: is no case file"):
        files_of((ROOT / "nowhere.toml",))


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are told with their place."""
    file = tmp_path / "bytes.toml"
    file.write_bytes(b'name = "\xff"')
    with pytest.raises(CaseError, match="byte 8: is not UTF-8 text"):
        read_file(file, knowledge=KNOWLEDGE)


# ---- the pages made from them


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("cases.md", page()),
        ("case.schema.json", schema()),
        ("cases-by-row.md", coverage_page(CASES, knowledge=KNOWLEDGE)),
    ],
)
def test_the_reference_is_what_the_types_and_the_cases_say(name: str, made: str) -> None:
    """The pages of the reference are made anew whenever the format or a case changes: `python3 dev.py docs`."""
    assert (REFERENCE / name).read_text(encoding="utf-8").rstrip() == made.rstrip()


# ---- in a terminal


def told(*args: str) -> tuple[int, str]:
    """Exit status and what was printed."""
    done = CliRunner().invoke(case, list(args))
    return done.exit_code, done.output


def changed(tmp_path: Path, *pair: str) -> str:
    """A copy of the first worked case with one thing otherwise."""
    text = (FOLDER / "c13-01.toml").read_text(encoding="utf-8")
    assert pair[0] in text
    file = tmp_path / "changed.toml"
    file.write_text(text.replace(*pair), encoding="utf-8")
    return str(file)


def test_a_case_that_passes_ends_well() -> None:
    """Exit status 0 and one line."""
    assert told("run", str(FOLDER / "c13-01.toml")) == (0, "1 of 1 cases passed.\n")


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('stage.right = "2"', 'stage.right = "3"', "stage.right: expected 3; it is 2"),
        ('because.right = ["ST5"]', 'because.right = ["ST4"]', "because.right: expected ST4; it is ST5"),
        ('level = "S"', 'level = "C"', "triage.level: expected C; it is S"),
        ('label = "tight"', 'label = "weak"', "profile.right.label: expected weak; it is tight"),
        ('"E16a", "E17"', '"E10", "E17"', "gives.right: expected E10"),
        ('stage.right = "2"', 'leaves_out.right = { E01 = "CL2" }', "expected left out by CL2; it is given"),
        ('stage.right = "2"', 'decides = [{ kind = "progress" }]', "decides[1]: expected progress for nothing"),
        ('stage.right = "2"', 'today = "rest"', "today: expected rest; it is session"),
        ('stage.right = "2"', "no_plan = []", "no_plan: expected no plan; it is a plan"),
        ('stage.right = "2"', 'stops = ["TE1"]', "stops: expected TE1; it is nothing"),
        ('stage.right = "2"', 'plan.mode = "maintenance"', "plan.mode: expected maintenance; it is course"),
        ('stage.right = "2"', 'next_to = ["E16a right", "E17 right"]', "next_to: expected E16a right, E17 right"),
    ],
)
def test_a_difference_is_told_with_what_was_expected_and_what_came(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    """Exit status 1, the key, both values, and the rules behind what came."""
    status, output = told("run", changed(tmp_path, was, becomes))
    assert status == 1
    assert says in output
    assert output.endswith("0 of 1 cases passed.\n")


def test_machines_get_the_same_as_json() -> None:
    """With --json one document, each case with its decisions and differences."""
    status, output = told("run", "--json", str(FOLDER / "c13-12.toml"), str(FOLDER / "c13-13.toml"))
    document = json.loads(output)
    assert (status, document["passed"], document["problems"]) == (0, 2, [])
    assert [one["passed"] for one in document["cases"]] == [True, True]
    assert any("RG1" in line for line in document["cases"][1]["decisions"])


def test_a_file_nested_without_end_is_named(tmp_path: Path) -> None:
    """Thousands of lists in each other are a sentence, for a case and for a person whose plan is asked for."""
    file = tmp_path / "deep.toml"
    file.write_text(f"x = {'[' * 5_000}{']' * 5_000}")
    for verb in (["case", "run"], ["plan"]):
        done = CliRunner().invoke(terminal, [*verb, str(file)], catch_exceptions=False)
        assert done.exit_code == 1
        assert "deep.toml: lists or tables stand in each other" in done.output


def test_a_case_that_cannot_be_read_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    """Exit status 1, the sentence, and the other cases run all the same."""
    status, output = told("run", str(BROKEN / "no-offset.toml"), str(FOLDER / "c13-01.toml"))
    assert status == 1
    assert "has no offset" in output
    assert "1 of 1 cases passed, 1 could not be read." in output
    assert told("run", str(tmp_path / "nowhere"))[0] == 1


def test_every_decision_can_be_shown() -> None:
    """With --decisions each decision is a line with its rules and changes."""
    _, output = told("run", "--decisions", str(FOLDER / "c13-13.toml"))
    assert "reduce (" in output
    assert "cut E16a right" in output


def test_the_schema_and_the_coverage_can_be_printed() -> None:
    """`schema` and `coverage` print what the reference holds."""
    assert told("schema") == (0, schema())
    assert told("coverage", str(FOLDER)) == (0, coverage_page(CASES, knowledge=KNOWLEDGE))
    assert told("coverage", str(FOLDER / "c13-01.toml"))[0] == 1


@pytest.mark.parametrize("swap", ['E08 = "E08-hand"', 'E06 = "E06"'], ids=["not in the session", "the same again"])
def test_a_session_cannot_be_said_to_swap_what_it_may_not(tmp_path: Path, swap: str) -> None:
    """What is not in the session cannot be swapped, nor an exercise for itself; the case says so instead of going on."""
    event = (
        f'[[happened]]\nat = 2026-03-03T18:00:00+01:00\nwhat = "session"\nbefore = 0\npain = 0\nswaps = {{ {swap} }}\n'
    )
    file = tmp_path / "swapped.toml"
    file.write_text((FOLDER / "c13-01.toml").read_text(encoding="utf-8") + "\n" + event, encoding="utf-8")
    assert "does not allow these swaps" in told("run", str(file))[1]


def test_a_session_cannot_be_said_to_hold_what_it_does_not(tmp_path: Path) -> None:
    """An exercise of which a case speaks and which the session does not have is a difference."""
    event = '[[happened]]\nat = 2026-03-03T18:00:00+01:00\nwhat = "session"\nbefore = 0\npain = 0\nbut = [{ exercise = "E08", pain = 3 }]\n'
    file = tmp_path / "more.toml"
    file.write_text((FOLDER / "c13-01.toml").read_text(encoding="utf-8") + "\n" + event, encoding="utf-8")
    assert "does not have E08" in told("run", str(file))[1]
