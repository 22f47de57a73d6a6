"""The pages on paper: made from the code or checked against it."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from psoas.cli import VERBS
from psoas.knowledge.loader import load
from psoas.pathway.decisions import Change
from psoas.pathway.record import Body

ROOT = Path(__file__).parents[1]
WRITTEN_BY_HAND = [ROOT / "README.md", ROOT / "SAFETY.md", *sorted((ROOT / "docs").glob("*.md"))]
MEASURED = re.compile(r"\b\d[\d.,]*\s?(?:ms|kB|MB|MiB|statements|pages a second|a second)\b")


@cache
def generated():
    """The pages that docs/generate.py would write now, by name."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module.pages()


@pytest.mark.parametrize("name", sorted(generated()))
def test_the_reference_is_fresh(name):
    """A generated page is what the code and the content say now; `python3 dev.py docs` writes it anew."""
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == generated()[name], (
        f"docs/reference/{name} is out of date: python3 dev.py docs"
    )


def test_the_reference_holds_nothing_else():
    """No page stays behind that nobody makes any more."""
    assert {path.name for path in (ROOT / "docs" / "reference").iterdir()} == set(generated())


def test_every_page_of_the_reference_is_in_its_index():
    """The index links to every generated page."""
    index = generated()["README.md"]
    assert [name for name in generated() if name != "README.md" and f"]({name})" not in index] == []


def test_every_verb_is_on_paper():
    """Each verb of the terminal has its section with its own help."""
    page = generated()["commands.md"]
    for verb in (*VERBS, "serve", "link"):
        assert f"### psoas {verb}\n" in page
        assert f"Usage: psoas {verb}" in page


def test_every_kind_of_entry_is_on_paper():
    """Each kind of entry has its section."""
    page = generated()["entries.md"]
    assert [kind for kind in get_args(Body) if f"## {kind.__struct_config__.tag}\n" not in page] == []


def test_every_change_a_decision_can_make_has_its_sentence():
    """No page shows the id of a change for want of words."""
    words = load().words["change"]
    assert [kind.__struct_config__.tag for kind in get_args(Change) if kind.__struct_config__.tag not in words] == []


def test_every_address_is_on_paper():
    """Each named address of the site stands in the table, with what its page says of itself."""
    from psoas.web.urls import urlpatterns  # noqa: PLC0415 (pages can be imported only once Django is set up)

    page = generated()["addresses.md"]
    assert [one.name for one in urlpatterns if f"| {one.name} |" not in page] == []


def test_every_control_of_a_hazard_has_a_test_that_exists():
    """Each row of SAFETY.md names at least one test, and each test it names is there."""
    rows = re.findall(r"^\| (H\d+) \|.*$", (ROOT / "SAFETY.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert rows == [f"H{number}" for number in range(1, len(rows) + 1)]
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    for line in (ROOT / "SAFETY.md").read_text(encoding="utf-8").splitlines():
        if re.match(r"\| H\d+ \|", line):
            named = re.findall(r"`(test_\w+)`", line)
            assert named, line[:60]
            assert [name for name in named if name not in there] == [], line[:60]


def test_every_page_written_by_hand_is_found():
    """Each page of docs/ is linked from the list of them."""
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"]({name})" not in listed] == []


def test_every_picture_is_there_and_used():
    """The README shows pictures that exist, each with words for who cannot see it, and no picture lies about unused."""
    text = "".join(path.read_text(encoding="utf-8") for path in WRITTEN_BY_HAND)
    shown = dict(re.findall(r"!\[([^\]]*)\]\((?:docs/)?pictures/([^)]+)\)", text))
    assert all(len(words) > 20 for words in shown)
    assert {path.name for path in (ROOT / "docs" / "pictures").glob("*.png")} == set(shown.values())


def test_no_page_written_by_hand_claims_a_speed():
    """What was measured stands on the generated page of the bench, and nowhere else."""
    claims = {path.name: MEASURED.findall(path.read_text(encoding="utf-8")) for path in WRITTEN_BY_HAND}
    assert {name: found for name, found in claims.items() if found} == {}


def test_the_commands_of_the_readme_exist():
    """Each `dev.py` word and each `psoas` verb that a page tells to type is one."""
    dev = (ROOT / "dev.py").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^def (\w+)\(\*args", dev, flags=re.MULTILINE))
    for path in WRITTEN_BY_HAND:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"dev\.py (\w+)", text)) <= verbs, path.name
        assert set(re.findall(r"`psoas (\w+)", text)) <= {*VERBS, "serve", "link"}, path.name
