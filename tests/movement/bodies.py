"""Twelve bodies from the 5th to the 95th percentile of height, light and heavy, and the movements of the house."""

from __future__ import annotations

from pathlib import Path

from psoas.movement.motion import Movement
from psoas.movement.reading import read
from psoas.movement.skeleton import Person, Sex

FOLDER = Path(__file__).resolve().parents[2] / "src" / "psoas" / "knowledge" / "content" / "movements"
FILES = sorted(FOLDER.glob("*.toml"))
NAMES = [f.stem for f in FILES]

_ROWS = {
    Sex.FEMALE: ((1.51, 45), (1.51, 75), (1.63, 55), (1.63, 90), (1.74, 58), (1.74, 100)),
    Sex.MALE: ((1.63, 58), (1.63, 90), (1.76, 65), (1.76, 100), (1.89, 72), (1.89, 115)),
}
BODIES = [Person(height, mass, sex) for sex, rows in _ROWS.items() for height, mass in rows]
MAN, WOMAN = Person(1.75, 75, Sex.MALE), Person(1.65, 60, Sex.FEMALE)


def movement(name: str) -> Movement:
    """The movement of that name."""
    return read((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), file=f"{name}.toml")
