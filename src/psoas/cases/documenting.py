"""The page about the format and its JSON schema, both made from the types."""

from __future__ import annotations

import inspect as python
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

from psoas.cases import expecting as e
from psoas.cases import format as f

Field = inspect.Field

HEAD = """# The case format

Generated from the types in `psoas.cases.format`; the JSON schema beside it is `case.schema.json`.

A case is a TOML file: a person, what happened with explicit instants, and what must be decided. `psoas case run FILE|FOLDER...`
runs it in memory through the same functions as the clinic and compares; the exit status is 1 where something differs.
An expectation comes from clinical.md, never from what the program does. A key that is not listed here is refused.

Left and right are tables (`stage.right = "2"`), instants carry an offset (`2026-03-02T18:00:00+01:00`), and what a case does not
say is unknown, except where a key below has a value of its own.

```toml
name = "A sore hip that is weak starts in Stage 2 and goes up after three clean sessions"
rows = ["ST4", "PR1"]
reviewed_by = ""

[person]
born = "1990-03"
left = { now = 0, worst = 0 }
right = { now = 1, worst = 1 }
new_to_training = "no"

[screen]
otherwise = "no"          # every yes-or-no question not named here
rest_eases = "yes"

[findings.left]
angle = -12
belt = 200
e06 = "pass"
e07 = "pass"

[findings.right]
angle = -12
belt = 164
e06 = "pass"
e07 = "pass"
signs = { resisted = "yes", stretch = "no", tender = "yes" }

[[happened]]
at = 2026-03-02T18:00:00+01:00
what = "start"
expect = { stage.right = "2" }

[[happened]]
at = [2026-03-03T18:00:00+01:00, 2026-03-05T18:00:00+01:00, 2026-03-07T18:00:00+01:00]
what = "session"
before = 0
pain = 0
morning = { at = 07:30:00, now = 0 }

[happened.expect]
decides = [{ kind = "progress", rules = ["PR1", "PR4"] }]
```
"""


def schema() -> str:
    """The JSON schema of a case, as text."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(f.Case)), indent=2).decode() + "\n"


def page() -> str:
    """The page of documentation."""
    blocks = [_block(kind) for kind in _kinds()]
    return HEAD + "\n" + "\n".join(blocks)


def _kinds() -> Iterator[type]:
    """The types in the order in which a reader meets them, each once."""
    yield f.Case
    for module in (f, e):
        for kind in vars(module).values():
            if (
                getattr(kind, "__module__", "") == module.__name__
                and kind not in (f.Case, f.Event)
                and _is_struct(kind)
            ):
                yield kind


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _block(kind: type) -> str:
    info: Any = inspect.type_info(kind)
    title = f'## `what = "{info.tag}"`' if info.tag_field else f"## {kind.__name__}"
    rows = [
        _row(field)
        for field in info.fields
        if info.tag_field is None or field.encode_name not in ("at", "id", "expect")
    ]
    lines = [title, "", python.getdoc(kind) or "", ""]
    if rows:
        lines += ["| key | holds | when left out | |", "| --- | --- | --- | --- |", *rows, ""]
    return "\n".join(lines)


def _row(field: Field) -> str:
    says = _described(field.type)
    return f"| `{field.encode_name}` | {_holds(field.type)} | {_otherwise(field)} | {says} |".replace("|  |", "| |")


def _described(kind: Any) -> str:
    """What the type says of itself, wherever in it that stands."""
    if isinstance(kind, inspect.Metadata):
        said = (kind.extra_json_schema or {}).get("description", "")
        return str(said) or _described(kind.type)
    if isinstance(kind, inspect.UnionType):
        return next((said for part in kind.types if (said := _described(part))), "")
    return ""


def _otherwise(field: Field) -> str:
    if field.required:
        return "must be there"
    default = field.default if field.default is not msgspec.NODEFAULT else None
    if default in (None, "", (), {}) or field.default_factory is not msgspec.NODEFAULT:
        return ""
    return (
        f"`{str(default).lower()}`"
        if isinstance(default, bool)
        else ""
        if isinstance(default, msgspec.Struct)
        else f"`{default}`"
    )


_WORDS: dict[Any, str] = {
    inspect.StrType: "text",
    inspect.IntType: "whole number",
    inspect.BoolType: "true or false",
    inspect.DecimalType: "number",
    inspect.DateType: "date",
    inspect.TimeType: "time of day",
    inspect.DateTimeType: "instant",
    inspect.AnyType: "anything",
}


def _holds(kind: Any) -> str:
    if isinstance(kind, inspect.Metadata):
        return _holds(kind.type)
    if isinstance(kind, inspect.UnionType):
        parts = [_holds(part) for part in kind.types if not isinstance(part, inspect.NoneType)]
        return "an event" if len(parts) > 6 else " or ".join(dict.fromkeys(parts))
    if isinstance(kind, inspect.EnumType):
        return " or ".join(f"`{member.value}`" for member in kind.cls)
    if isinstance(kind, inspect.StructType):
        return f'`what = "{kind.tag}"`' if kind.tag_field else f"table {kind.cls.__name__}"
    if isinstance(kind, inspect.DictType):
        return f"table, to each {_holds(kind.value_type)}"
    if isinstance(kind, inspect.VarTupleType):
        return f"list of {_holds(kind.item_type)}"
    if isinstance(kind, inspect.TupleType):
        return "list of " + ", ".join(_holds(part) for part in kind.item_types)
    return _WORDS[type(kind)]
