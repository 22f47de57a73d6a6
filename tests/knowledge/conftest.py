"""A small content folder that is well, and ways to spoil it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "src" / "psoas" / "knowledge" / "content"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A content folder with one entry of each kind, and all the product's words."""
    folder = tmp_path / "content"
    shutil.copytree(HERE / "small", folder)
    shutil.copytree(CONTENT / "words", folder / "words")
    return folder
