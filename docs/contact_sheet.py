"""Writes the contact sheet: every movement at its key positions, on one page, to be looked at one by one.

Usage: python docs/contact_sheet.py FOLDER [--person HEIGHT,MASS,SEX] [--left]
Writes one SVG for each key position and index.html beside them.
"""

from __future__ import annotations

import argparse
from html import escape
from pathlib import Path

from psoas.movement.figure import picture
from psoas.movement.motion import Movement
from psoas.movement.reading import read
from psoas.movement.skeleton import Person, person_of

FILES = Path(__file__).resolve().parent.parent / "src" / "psoas" / "knowledge" / "content" / "movements"
HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Contact sheet</title></head><body><h1>Every figure</h1>'


def row(m: Movement, *, whom: Person, side: str, folder: Path) -> str:
    """Write the pictures of one movement; the part of the page that shows them."""
    cells = []
    for k in m.keyframe:
        name = f"{m.id}-{k.name}.svg"
        (folder / name).write_text(picture(m, person=whom, frame=k.t, side=side), encoding="utf-8")
        cells.append(
            f'<figure><img src="{name}" height="300" alt="{escape(k.words)}"><figcaption>{escape(k.words)}</figcaption></figure>'
        )
    return f"<h2>{m.id} {escape(m.name)}</h2>{''.join(cells)}"


def main() -> None:
    """Read the words of the command line and write the sheet."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("--person", type=person_of, default=Person())
    words.add_argument("--left", action="store_true")
    asked = words.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    side = "left" if asked.left else "right"
    movements = [read(f.read_text(encoding="utf-8"), file=f.name) for f in sorted(FILES.glob("*.toml"))]
    rows = [row(m, whom=asked.person, side=side, folder=asked.folder) for m in movements]
    (asked.folder / "index.html").write_text(HEAD + "".join(rows) + "</body></html>", encoding="utf-8")
    print(f"{len(movements)} movements in {asked.folder / 'index.html'}")


if __name__ == "__main__":
    main()
