"""All that the clinic knows, read once from the content folder and parsed strictly.

The loader answers for form: every file is there, every value is of its kind, every number has a source and lies in its
range, no id is used twice. Whether the parts fit together is for `lint`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from psoas.knowledge import prose
from psoas.knowledge.reading import ContentError, Notes, Table, read
from psoas.knowledge.schema import (
    Constant,
    Exercise,
    Knowledge,
    Lesson,
    Measure,
    Protocol,
    Question,
    QuizItem,
    RedFlag,
    Reference,
    Rule,
)

__all__ = ["ContentError", "load"]

LANGUAGE = "en"


def load(folder: Traversable | None = None) -> Knowledge:
    """The knowledge of this folder, or of the package where none is given.

    Raises ContentError with every mistake found, each as "file: key: cause. remedy".
    """
    return _Shelf(folder or files("psoas.knowledge").joinpath("content")).knowledge()


class _Shelf:
    """The content folder while it is read."""

    def __init__(self, root: Traversable) -> None:
        self.root = root
        self.numbers: dict[str, Decimal] = {}
        self.problems: list[str] = []

    def knowledge(self) -> Knowledge:
        """Everything on the shelf."""
        constants = self.rows("constants.toml", kinds={"constant": Constant})["constant"]
        self.ranges(constants)
        self.numbers = {name: constant.value for name, constant in constants.items()}
        screening = self.rows("screening.toml", kinds={"question": Question, "red_flag": RedFlag})
        parts: dict[str, Any] = {
            "references": self.rows("sources.toml", kinds={"source": Reference})["source"],
            "constants": constants,
            "questions": screening["question"],
            "red_flags": screening["red_flag"],
            "measures": self.rows("assessment.toml", kinds={"measure": Measure})["measure"],
            "exercises": self.pages("exercises", ending=".md", kind=Exercise),
            "protocols": self.pages("protocols", ending=".toml", kind=Protocol),
            "lessons": self.pages("lessons", ending=".md", kind=Lesson),
            "quiz": tuple(self.rows("quiz.toml", kinds={"item": QuizItem})["item"].values()),
            "rules": self.rows("rules.toml", kinds={"rule": Rule})["rule"],
            "words": self.words(),
        }
        if self.problems:
            raise ContentError(tuple(self.problems))
        return Knowledge(**parts)

    def rows(self, file: str, *, kinds: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The rows of each table of one file, by id."""
        notes = Notes(file, numbers=self.numbers)
        tables = self.tables(file, notes=notes)
        for name in tables.keys() - kinds.keys():
            notes.add(
                name, cause="is not a table of this file", remedy="Begin each entry with one of " + _headers(kinds)
            )
        found: dict[str, dict[str, Any]] = {name: {} for name in kinds}
        for name, kind in kinds.items():
            rows = tables.get(name, [])
            if not isinstance(rows, list):
                notes.wrong(name, wanted=f"entries that begin with [[{name}]]", got=rows)
                continue
            for place, row in enumerate(rows, start=1):
                self.put(found[name], row, kind=kind, key=f"{name}.{_id(row) or place}", notes=notes)
        self.problems += notes.problems
        return found

    def pages(self, folder: str, *, ending: str, kind: Any) -> dict[str, Any]:
        """The entries of a folder with one file each, in the order of the file names."""
        found: dict[str, Any] = {}
        for name in self.names(folder, ending=ending):
            notes = Notes(f"{folder}/{name}", numbers=self.numbers)
            head = self.page(f"{folder}/{name}", kind=kind, notes=notes)
            if head is not None:
                self.put(found, head, kind=kind, key="head" if ending == ".md" else "file", notes=notes)
            self.problems += notes.problems
        return found

    def page(self, file: str, *, kind: Any, notes: Notes) -> Table | None:
        """The fields of one page: its head, and what its prose adds."""
        if file.endswith(".toml"):
            return self.tables(file, notes=notes)
        text = self.text(file, notes=notes)
        parts = prose.split(text, notes=notes) if text is not None else None
        if parts is None:
            return None
        head = _parsed(parts[0], notes=notes)
        if head is None:
            return None
        return head | (prose.exercise_fields(parts[1], notes=notes) if kind is Exercise else {"prose": parts[1]})

    def put(self, found: dict[str, Any], row: Any, *, kind: Any, key: str, notes: Notes) -> None:
        """Read one row and keep it under its id; an id that is taken is a mistake."""
        value = read(row, kind=kind, key=key, notes=notes)
        if value is None:
            return
        name = f"{value.id}@{value.date}" if kind is Protocol else _id(row)
        if name in found:
            notes.add(key, cause=f'the id "{name}" is used twice', remedy="Give one of the two another id")
        found[name] = value

    def words(self) -> dict[str, dict[str, str]]:
        """The sentences of the language, by section."""
        notes = Notes(f"words/{LANGUAGE}.toml", numbers=self.numbers)
        found = read(self.tables(notes.file, notes=notes), kind=dict[str, dict[str, str]], key="words", notes=notes)
        self.problems += notes.problems
        return found or {}

    def ranges(self, constants: dict[str, Constant]) -> None:
        """Note every constant outside the range it may be set to."""
        notes = Notes("constants.toml", numbers={})
        for name, constant in constants.items():
            if not constant.low <= constant.value <= constant.high:
                remedy = f"Set a value from {constant.low} to {constant.high}"
                notes.add(f"constant.{name}.value", cause=f"is {constant.value}, outside its range", remedy=remedy)
        self.problems += notes.problems

    def tables(self, file: str, *, notes: Notes) -> Table:
        """The tables of a TOML file; empty after noting why it cannot be read."""
        text = self.text(file, notes=notes)
        return (_parsed(text, notes=notes) if text is not None else None) or {}

    def text(self, file: str, *, notes: Notes) -> str | None:
        """The text of a file, or None after noting why it cannot be read."""
        try:
            return self.root.joinpath(file).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            notes.add("file", cause="is not UTF-8 text", remedy="Save it as UTF-8")
        except OSError:
            notes.add("file", cause="cannot be read", remedy="Put the file there, or restore it from the release")
        return None

    def names(self, folder: str, *, ending: str) -> Iterator[str]:
        """The file names in a folder that have this ending, sorted."""
        place = self.root.joinpath(folder)
        if not place.is_dir():
            self.problems.append(f"{folder}: folder: is missing. Put it there, or restore it from the release.")
            return
        yield from sorted(entry.name for entry in place.iterdir() if entry.name.endswith(ending))


def _parsed(text: str, *, notes: Notes) -> Table | None:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        notes.add("TOML", cause=f"cannot be read: {error}", remedy="Mend that line; texts need quotes, lists commas")
        return None


def _id(row: Any) -> Any:
    return (row.get("id") or row.get("name")) if isinstance(row, dict) else None


def _headers(kinds: dict[str, Any]) -> str:
    return ", ".join(f"[[{name}]]" for name in kinds)
