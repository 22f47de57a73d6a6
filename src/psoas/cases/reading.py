"""Case files into cases: strict, every mistake with file, key, cause and remedy."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from psoas.cases.format import Case
from psoas.cases.sense import did_you_mean, problems
from psoas.knowledge.schema import Knowledge

PAGE = "docs/reference/cases.md"
MERGED = {"suppose": ("person", "wishes", "screen", "findings"), "intake": ("person",)}


class CaseError(Exception):
    """A case file that cannot be read; `problems` names every mistake as "file: key: cause. remedy"."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def files_of(paths: tuple[Path, ...]) -> list[Path]:
    """The case files among these files and folders, in order; raises CaseError where there is none."""
    found = [file for path in paths for file in (sorted(path.rglob("*.toml")) if path.is_dir() else [path])]
    missing = [path for path in found if not path.is_file()]
    if missing or not found:
        name = str(missing[0]) if missing else ", ".join(str(path) for path in paths)
        raise CaseError(
            (f"{name}: is no case file and no folder with one. Name a file that ends in .toml, or its folder.",)
        )
    return found


def read_file(path: Path, *, knowledge: Knowledge) -> Case:
    """The case in this file. Raises CaseError."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CaseError((f"{path}: byte {error.start}: is not UTF-8 text. Save the file as UTF-8.",)) from None
    return read_case(text, file=str(path), knowledge=knowledge)


def read_case(text: str, *, file: str, knowledge: Knowledge) -> Case:
    """The case in this text. Raises CaseError."""
    try:
        return _read(text, file=file, knowledge=knowledge)
    except RecursionError:
        cause = "lists or tables stand in each other thousands deep, which no case needs"
        raise CaseError((f"{file}: {cause}. Write it flat, as in the reference of cases.",)) from None


def _read(text: str, *, file: str, knowledge: Knowledge) -> Case:
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise CaseError(
            (f"{file}: {_place(error)}: is not TOML ({_cause(error)}). Mend the line; strings stand in quotes.",)
        ) from None
    try:
        case = msgspec.convert(_merged(raw), Case)
    except msgspec.ValidationError as error:
        raise CaseError((f"{file}: {_explained(str(error), _merged(raw))}",)) from None
    found = tuple(f"{file}: {problem}" for problem in problems(case, knowledge=knowledge))
    if found:
        raise CaseError(found)
    return case


def _place(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"at (line \d+, column \d+|end of document)", str(error))
    return found[1] if found else "somewhere"


def _cause(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r" \(at .*\)$", "", str(error)).lower()


# ---- what an event changes is laid over what the case says


def _merged(raw: dict[str, Any]) -> dict[str, Any]:
    happened = raw.get("happened")
    if not isinstance(happened, list):
        return raw
    return {**raw, "happened": [_full(event, raw) for event in happened]}


def _full(event: Any, raw: dict[str, Any]) -> Any:
    if not isinstance(event, dict):
        return event
    if event.get("what") == "correct" and isinstance(event.get("by"), dict):
        return {**event, "by": _over(_named(event.get("which"), raw), event["by"])}
    keys = MERGED.get(str(event.get("what")), ())
    return {**event, **{key: _over(raw[key], event[key]) for key in keys if key in event and key in raw}}


def _named(name: Any, raw: dict[str, Any]) -> dict[str, Any]:
    """The event of that id, without what was expected of it."""
    found = (event for event in raw["happened"] if isinstance(event, dict) and name and event.get("id") == name)
    return {key: value for key, value in next(found, {}).items() if key not in ("expect", "id")}


def _over(under: Any, over: Any) -> Any:
    """Tables are merged key by key; anything else is replaced."""
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    return {**under, **{key: _over(under.get(key), value) for key, value in over.items()}}


# ---- mistakes of form, in words


def _explained(message: str, raw: dict[str, Any]) -> str:
    said, _, at = message.partition(" - at `")
    path = at.rstrip("`").removeprefix("key in ")
    steps = re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", path)
    tokens = [name or index for name, index in steps]
    known = _keys_at(tokens, raw)
    key = _spelled(tokens)
    field = re.search(r"field `([^`]+)`", said)
    if field and "unknown" in said:
        return f"{_with(key, field[1])}: is not a key here. {did_you_mean(field[1], known)}"
    if field and field[1] == "what":
        return f"{_with(key, 'what')}: is missing. {_remedy(['what'])}."
    if field and "missing" in said:
        return f"{_with(key, field[1])}: is missing. Add it; {PAGE} says what it holds."
    if "timezone" in said:
        return f"{key}: has no offset. Write the instant with its offset, such as 2026-03-02T18:00:00+01:00."
    return f"{key}: {said[:1].lower()}{said[1:]}. {_remedy(tokens)}."


def _remedy(tokens: list[str]) -> str:
    if tokens[-1:] == ["what"]:
        return "Write one of " + ", ".join(sorted(_kinds()))
    return f"{PAGE} says what may stand here"


def _spelled(tokens: list[str]) -> str:
    """The path as a reader counts: the first event is happened[1]."""
    words = (f"[{int(t) + 1}]" if t.isdigit() else "[...]" if t == "..." else f".{t}" for t in tokens)
    return "".join(words).lstrip(".") or "file"


def _with(key: str, field: str) -> str:
    return field if key == "file" else f"{key}.{field}"


def _kinds() -> list[str]:
    return [kind.tag for kind in _union_at("happened") if isinstance(kind.tag, str)]


def _union_at(field: str) -> list[inspect.StructType]:
    found = _plain(_inside(inspect.type_info(Case), field))
    items = _plain(found.item_type) if isinstance(found, inspect.VarTupleType) else found
    return [kind for kind in getattr(items, "types", ()) if isinstance(kind, inspect.StructType)]


def _plain(kind: Any) -> Any:
    return _plain(kind.type) if isinstance(kind, inspect.Metadata) else kind


def _keys_at(tokens: list[str], raw: Any) -> list[str]:
    """The keys of the table at this path."""
    kind: Any = inspect.type_info(Case)
    for token in [*tokens, ""]:
        kind = _table(_plain(kind), raw)
        if token == "" or kind is None:
            break
        raw = _into(raw, token)
        kind = _inside(kind, token)
    keys = [field.encode_name for field in kind.fields] if isinstance(kind, inspect.StructType) else []
    return [*keys, *(["what"] if isinstance(kind, inspect.StructType) and kind.tag_field else [])]


def _table(kind: Any, raw: Any) -> Any:
    """Of a union, the part that a table is read as."""
    if not isinstance(kind, inspect.UnionType):
        return kind
    parts = [_plain(part) for part in kind.types]
    what = raw.get("what") if isinstance(raw, dict) else None
    tagged = [p for p in parts if isinstance(p, inspect.StructType) and p.tag is not None and p.tag == what]
    wanted = inspect.VarTupleType if isinstance(raw, list) else (inspect.StructType, inspect.DictType)
    return next(iter(tagged), None) or next((p for p in parts if isinstance(p, wanted)), None)


def _into(raw: Any, token: str) -> Any:
    if isinstance(raw, list) and token.isdigit():
        return raw[int(token)]
    return raw.get(token) if isinstance(raw, dict) else None


def _inside(kind: Any, token: str) -> Any:
    if isinstance(kind, inspect.StructType):
        return next((field.type for field in kind.fields if field.encode_name == token), None)
    return getattr(kind, "value_type", None) or getattr(kind, "item_type", None)
