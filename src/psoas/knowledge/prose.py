"""Markdown content: a TOML head between two lines `+++`, then prose in sections."""

from __future__ import annotations

import re

from psoas.knowledge.reading import Notes, Table

FENCE = "+++"
SET_UP, STEPS, CUES, FEEL, EASIER = "Set-up", "Steps", "Cues", "What you should feel", "Easier"
SECTIONS = (SET_UP, STEPS, CUES, FEEL, EASIER)

_ITEM = re.compile(r"(?:\d+\.|[-*])\s+")


def split(text: str, *, notes: Notes) -> tuple[str, str] | None:
    """Head and prose of a Markdown file, or None after noting that the head is not fenced."""
    parts = re.split(r"^\+\+\+[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        notes.add(
            "head", cause="is not fenced", remedy=f"Begin with a line {FENCE}, then the TOML head, then a line {FENCE}"
        )
        return None
    return parts[1], parts[2].strip()


def sections(prose: str) -> dict[str, str]:
    r"""The text under each second-level heading.

    >>> sections("## Steps\n1. Lie down.\n## Cues\n- Breathe.")
    {'Steps': '1. Lie down.', 'Cues': '- Breathe.'}
    """
    parts = re.split(r"^## +(.+?)[ \t]*$", prose, flags=re.MULTILINE)[1:]
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}


def items(text: str) -> tuple[str, ...]:
    r"""The items of a list, each on one line; lines that go on an item are joined to it.

    >>> items("1. Lie down,\n   knees bent.\n2. Breathe.")
    ('Lie down, knees bent.', 'Breathe.')
    """
    found: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        start = _ITEM.match(line)
        if start:
            found.append(line[start.end() :])
        elif line and found:
            found[-1] += " " + line
    return tuple(found)


def exercise_fields(prose: str, *, notes: Notes) -> Table:
    """What the prose of an exercise adds to its head: steps, cues, feel, easier and the prose itself."""
    found = sections(prose)
    for name in SECTIONS:
        if not found.get(name):
            notes.add(f"## {name}", cause="is missing or empty", remedy=f"Write a section with the heading ## {name}")
    for name in (STEPS, CUES):
        if found.get(name) and not items(found[name]):
            notes.add(f"## {name}", cause="is not a list", remedy="Number the steps 1. 2. 3. and begin each cue with -")
    return {
        "steps": list(items(found.get(STEPS, ""))),
        "cues": list(items(found.get(CUES, ""))),
        "feel": " ".join(found.get(FEEL, "").split()),
        "easier": " ".join(found.get(EASIER, "").split()),
        "prose": prose,
    }
