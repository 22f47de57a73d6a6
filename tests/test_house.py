"""The house keeps its own rules: who imports whom, how long things get, what no file may say."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

import psoas

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "psoas"
PURE = ("terms", "movement", "knowledge", "pathway")
LONGEST_FUNCTION, MEDIAN_FUNCTION = 60, 8
LONGEST_PURE_MODULE, LONGEST_MODULE = 300, 500
CLOSED_SETS = ("pathway/decisions.py", "pathway/record.py")  # one small type after another, read as a list (0011)
FOGGY = re.compile(r"^(utils?|commons?|helpers?|managers?|services?|processors?|misc|tools)$")
TEXT = re.compile(r"(\.(py|md|toml|txt|json|ts|mjs|html|css|js|svg|ya?ml|webmanifest)|^[^.]+)$")

# Put together from pieces, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
MACHINE = re.compile(r"(?<![\w.:/$}])/(wor" r"k|roo" r"t|tm" r"p|op" r"t|hom" r"e|User" r"s)/\w")
REGISTRY = re.compile(r"py" r"pi\.org|python" r"hosted\.org|registry\." r"npmjs|/simp" r"le/|file:" r"//")


# ---- what there is to look at


@cache
def tracked() -> tuple[Path, ...]:
    """Every file git knows here; in an unpacked archive, every file that was not built."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return tuple(p for n in listed.stdout.decode().split("\0") if n and (p := ROOT / n).is_file())
    built = {".venv", ".cache", "node_modules", "dist", "__pycache__"}
    return tuple(p for p in ROOT.rglob("*") if p.is_file() and not built & set(p.parts))


def texts() -> Iterator[tuple[Path, str]]:
    """Every tracked file that holds text."""
    return ((p, p.read_text(encoding="utf-8")) for p in tracked() if TEXT.search(p.name))


def modules(*, under: Path = SOURCE) -> list[Path]:
    """The Python files of the package, without migrations, which Django writes."""
    return [p for p in tracked() if p.suffix == ".py" and p.is_relative_to(under) and "migrations" not in p.parts]


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods of a file."""
    return [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last one, without the docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def where(path: Path, *, line: int) -> str:
    """The place as people write it."""
    return f"{path.relative_to(ROOT)}:{line}"


def calls(path: Path, *, name: str) -> list[int]:
    """The lines on which a file calls that name, plain or as an attribute."""
    found = [n for n in ast.walk(tree(path)) if isinstance(n, ast.Call)]
    return [n.lineno for n in found if getattr(n.func, "id", getattr(n.func, "attr", "")) == name]


def hits(pattern: re.Pattern[str]) -> list[str]:
    """Every place in the tracked text where the pattern is found."""
    return [
        f"{where(path, line=number)}: {line.strip()[:100]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


# ---- who knows whom


def test_imports_point_downwards() -> None:
    """Every import points to a room below, and the pure rooms touch nothing outside."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@cache
def imports() -> dict[str, set[str]]:
    """For each module of the package, the modules of the package it imports."""
    graph = grimp.build_graph("psoas", cache_dir=None)
    return {m: set(graph.find_modules_directly_imported_by(m)) for m in graph.modules}


def test_no_imports_go_round_in_a_circle() -> None:
    """The modules can be read in an order in which each needs only earlier ones."""
    assert len(list(TopologicalSorter(imports()).static_order())) == len(imports())


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import datetime as dt\n\nMOMENT = dt.datetime.now(dt.UTC)\n", "take the moment as an argument"),
        ("import datetime as dt\n\nDAY = dt.date.today()\n", "take the day as an argument"),
        ("import random\n\nTOSS = random.random()\n", "take the choice"),
        ("import uuid\n\nWHO = uuid.uuid4()\n", "take the id as an argument"),
        ("import time\n\nNOW = time.time()\n", "take the moment as an argument"),
        ("import os\n\nHOME = os.environ\n", "take the value as an argument"),
    ],
)
@pytest.mark.parametrize("room", PURE)
def test_the_core_has_no_clock_chance_or_identity(room: str, code: str, says: str) -> None:
    """A pure room that reaches for one is refused with a sentence that says what to do instead."""
    place = f"src/psoas/{room}.py" if room == "terms" else f"src/psoas/{room}/new.py"
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", place, "-"]
    done = subprocess.run(command, cwd=ROOT, input=code, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert says in done.stdout


def test_only_the_screen_clears() -> None:
    """`Cleared` is made in one place, so a plan cannot exist without a screen."""
    made = [where(p, line=n) for p in modules() for n in calls(p, name="Cleared")]
    assert [m for m in made if not m.startswith("src/psoas/pathway/screening.py:")] == []


def test_only_the_terminal_prints() -> None:
    """No room but the terminal writes to standard output."""
    doors = ("src/psoas/cli", "src/psoas/__main__.py")
    printed = [where(p, line=n) for p in modules() for n in calls(p, name="print")]
    assert [m for m in printed if not m.startswith(doors)] == []


EXERCISE = re.compile(r"E\d\d[ab]?")
BY_NAME = {  # rows of clinical.md that name an exercise, and the tests done with one (0018); never a further one
    "pathway": "checking dropping due ending findings gates gating inhibition lines prescribing raising returning "
    "selection standing strength zones",
    "web": "forms/tests forms/wishes pages/profile pages/tests planning",
    "knowledge": "movements",
}


def test_no_further_module_names_an_exercise() -> None:
    """What one exercise is stands in its file; only the rules listed here speak of one by its id."""
    known = {f"{room}/{name}.py" for room, names in BY_NAME.items() for name in names.split()}
    naming = {
        str(path.relative_to(SOURCE))
        for path in modules()
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and EXERCISE.fullmatch(n.value)
    }
    examples = {name for name in naming if name.startswith(("cases/", "demo.py"))}
    assert naming - examples <= known


# ---- how long, and called what


def test_no_function_is_longer_than_a_screen() -> None:
    """No function is over 60 lines, and half of them are at most 8."""
    lengths = {where(p, line=f.lineno): length(f) for p in modules() for f in functions(p)}
    assert {k: v for k, v in lengths.items() if v > LONGEST_FUNCTION} == {}
    assert statistics.median(lengths.values()) <= MEDIAN_FUNCTION


def test_no_module_is_a_whole_book() -> None:
    """A module of a pure room has at most 300 lines, any other at most 500, in the front end too."""
    rooms = tuple(SOURCE / r for r in PURE[1:])
    too_long = {}
    for path in (*modules(), *(p for p in tracked() if p.suffix == ".ts")):
        pure = path == SOURCE / "terms.py" or any(path.is_relative_to(r) for r in rooms)
        pure = pure and str(path.relative_to(SOURCE)) not in CLOSED_SETS
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > (LONGEST_PURE_MODULE if pure else LONGEST_MODULE):
            too_long[str(path.relative_to(ROOT))] = lines
    assert too_long == {}


def test_no_module_has_a_foggy_name() -> None:
    """A module is named for what it knows, never for being useful."""
    assert [str(p.relative_to(ROOT)) for p in modules() if any(FOGGY.match(n) for n in (p.stem, *p.parts))] == []


def test_every_exception_to_the_types_is_named() -> None:
    """No comment switches a check off without saying which."""
    blanket = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:\s*[A-Z]))")
    assert [h for h in hits(blanket) if ".py:" in h and "test_house.py" not in h] == []


def test_the_core_hides_nothing_from_the_coverage() -> None:
    """No pure room takes a line out of the coverage gate, but for the impossible case of a closed set (0013)."""
    rooms = tuple(f"src/psoas/{r}" for r in PURE)
    hidden = [h for h in hits(re.compile(r"pragma:\s*no")) if h.startswith(rooms)]
    assert [h for h in hidden if not re.search(r": case _:  # pragma: no cover - \w", h)] == []


def test_every_test_is_a_sentence() -> None:
    """Every test says in its docstring what holds."""
    silent = [
        where(p, line=f.lineno)
        for p in modules(under=ROOT / "tests")
        for f in functions(p)
        if f.name.startswith("test_") and not ast.get_docstring(f)
    ]
    assert silent == []


# ---- what no file may say


def test_nothing_is_left_unfinished() -> None:
    """No file puts work off in a comment: it is done, or it is an issue."""
    assert hits(UNFINISHED) == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    """No path of a developer's machine is in the repository."""
    assert hits(MACHINE) == []


def test_no_file_names_a_package_registry() -> None:
    """Packages come from wherever the user gets hers; the hashes are what binds."""
    assert hits(REGISTRY) == []
    locks = [p for p in tracked() if p.name == "package-lock.json"]
    assert locks
    assert [p for p in locks if "://" in p.read_text(encoding="utf-8")] == []


def test_the_version_that_a_file_names_is_that_of_the_package() -> None:
    """An export names what the package says of itself, installed or not; the build names the same."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert psoas.__version__ == project["version"]


def test_the_wheel_asks_for_the_locked_versions() -> None:
    """Each dependency in pyproject.toml has the version, and the hash file nothing unhashed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+==[\w.]+)", text, flags=re.MULTILINE))
    assert {d.split(";")[0].lower() for d in project["dependencies"]} <= locked
    dev = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    assert [d for d in project["optional-dependencies"]["clinic"] if re.sub(r"\[.*\]", "", d) + " " not in dev] == []
    for name in ("runtime", "build", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        blocks = re.findall(r"^[\w.-]+==.*?(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)
        assert blocks
        assert [b.split()[0] for b in blocks if "--hash=sha256:" not in b] == []


# ---- the pages


def slug(heading: str) -> str:
    """The anchor a Markdown page gives that heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors of a page."""
    return frozenset(slug(h) for h in re.findall(r"^#+\s+(.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


def links(text: str) -> list[str]:
    """The targets a Markdown page links to, outside of code."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    return re.findall(r"\]\(\s*<?([^)\s>]+)", prose)


def broken(path: Path, *, target: str) -> bool:
    """True when a link of a page inside this repository leads nowhere."""
    if re.match(r"[a-z]+:", target) or target.startswith("/"):
        return False
    name, _, anchor = target.partition("#")
    to = (path.parent / name).resolve() if name else path
    return not to.exists() or bool(anchor and to.suffix == ".md" and anchor not in anchors(to))


def test_every_link_leads_somewhere() -> None:
    """Every link of every page inside the repository has its target."""
    pages = [p for p in tracked() if p.suffix == ".md"]
    dead = [f"{p.relative_to(ROOT)} -> {t}" for p in pages for t in links(p.read_text("utf-8")) if broken(p, target=t)]
    assert dead == []


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
CLOSED = re.compile(r"^Status: (accepted|rejected|superseded by \d{4}) \(\d{4}-\d{2}-\d{2}\)$", re.MULTILINE)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda p: p.stem)
def test_every_decision_is_decided(path: Path) -> None:
    """A decision record has a number, a closed status with its date, and says what is allowed and what is not."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.stem[:4]} ")
    assert CLOSED.search(text)
    assert "\n## Allowed and not allowed\n" in text


def test_decisions_are_numbered_without_a_gap() -> None:
    """The records count from 0001 upwards, each number once."""
    assert [int(p.stem[:4]) for p in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert DECISIONS


def test_the_changelog_names_clinical_changes_first() -> None:
    """In every version, what changes for people stands before what changes for programmers."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert versions
    for version in versions:
        assert version.index("### Clinical changes") < version.index("### Software changes")
