"""The movement of each exercise, substitute and self-test: read once, from the content files beside the exercises."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from psoas.movement.motion import Movement
from psoas.movement.reading import read

FOLDER = ("content", "movements")


@cache
def movement_names() -> tuple[str, ...]:
    """The id of every movement there is, in order."""
    found = files("psoas.knowledge").joinpath(*FOLDER).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in found if f.name.endswith(".toml")))


@cache
def movement_of(name: str) -> Movement | None:
    """The movement of that id ("E16a", "E06-seated", "mtt.tape"), or None where none is drawn yet: an honest gap.

    Raises ValueError with file, key, cause and remedy where the file is wrong.
    """
    file = f"{name}.toml"
    found = files("psoas.knowledge").joinpath(*FOLDER, file)
    return read(found.read_text(encoding="utf-8"), file=file) if found.is_file() else None


_OF_TESTS = {
    "mtt.eye": ("mtt",),
    "strength": (),
    "hold": ("E06", "E07"),
    "signs": ("signs.lifted", "mtt", "signs.pressed"),
}
"""The pictures of tests that borrow them from others; the general words on strength have those of the method chosen."""


def pictured(name: str) -> tuple[str, ...]:
    """The movements that show an exercise, a way of doing one, or a test.

    >>> pictured("mtt.eye"), pictured("E06-seated")
    (('mtt',), ('E06-seated',))
    """
    return _OF_TESTS.get(name, (name,))
