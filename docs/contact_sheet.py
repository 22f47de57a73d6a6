"""Writes the contact sheet: every movement at its key positions, on one page, to be looked at one by one.

Usage: python docs/contact_sheet.py FOLDER [--person HEIGHT,MASS,SEX] [--left] [--png FILE]
Writes one SVG for each key position and index.html beside them; with --png also one picture of every movement at the
position that says most, such as docs/pictures/figures.png.
"""

from __future__ import annotations

import argparse
from html import escape
from pathlib import Path

import resvg_py

from psoas.movement.figure import picture, size
from psoas.movement.motion import Movement
from psoas.movement.reading import read
from psoas.movement.skeleton import Person, person_of

FILES = Path(__file__).resolve().parent.parent / "src" / "psoas" / "knowledge" / "content" / "movements"
WIDTH, ROW, GAP = 1600, 170, 8
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


def sheet(movements: list[Movement], *, whom: Person, side: str) -> bytes:
    """Every movement at the position that says most, in rows, as one PNG."""
    x = y = 0.0
    parts = []
    for m in movements:
        wide, high = size(m, person=whom)
        width = ROW * wide / high
        if x + width > WIDTH:
            x, y = 0.0, y + ROW + GAP
        drawn = picture(m, person=whom, side=side, window=True)
        parts.append(
            drawn.replace(
                f'width="{wide}" height="{high}"', f'x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{ROW}"', 1
            )
        )
        x += width + GAP
    whole = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + ROW:.0f}"><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>'
    return bytes(resvg_py.svg_to_bytes(svg_string=whole))


def main() -> None:
    """Read the words of the command line and write the sheet."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("--person", type=person_of, default=Person())
    words.add_argument("--left", action="store_true")
    words.add_argument("--png", type=Path)
    asked = words.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    side = "left" if asked.left else "right"
    movements = [read(f.read_text(encoding="utf-8"), file=f.name) for f in sorted(FILES.glob("*.toml"))]
    rows = [row(m, whom=asked.person, side=side, folder=asked.folder) for m in movements]
    (asked.folder / "index.html").write_text(HEAD + "".join(rows) + "</body></html>", encoding="utf-8")
    if asked.png:
        asked.png.write_bytes(sheet(movements, whom=asked.person, side=side))
    print(f"{len(movements)} movements in {asked.folder / 'index.html'}")


if __name__ == "__main__":
    main()
