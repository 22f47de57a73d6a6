"""The cases: every one holds, every mistake in one is told, and every row of the clinic has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from psoas.cases.reading import files_of, read_file
from psoas.cases.running import run
from psoas.knowledge.loader import load

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "cases"
KNOWLEDGE = load()
FILES = files_of((FOLDER,))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(FOLDER).with_suffix("").as_posix())
def test_the_case_is_decided_as_written(file: Path) -> None:
    """Everything that the case expects comes out, and nothing it rules out does."""
    outcome = run(read_file(file, knowledge=KNOWLEDGE), knowledge=KNOWLEDGE, file=file.name)
    assert [str(difference) for difference in outcome.differences] == []
