"""The colours of a picture, and the brush that lays an area with its shade: skin, hair, clothes, shoes."""

from __future__ import annotations

from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from psoas.movement.ink import INK, Page

ARROW, MARKED, MARKED_DARK = "#ef7622", "#f2a04e", "#c26f1e"
TONES: dict[str, tuple[str, str]] = {
    "light": ("#f3cdb0", "#d9a883"),
    "medium": ("#e0ac84", "#c4895f"),
    "brown": ("#b57d55", "#925f3b"),
    "dark": ("#7d5238", "#5c3a26"),
}
"""Skin tones: the colour in light and in shade."""
HAIRS = {"light": "#6b4a31", "medium": "#4a352a", "brown": "#2f231d", "dark": "#231a17"}
SHIRT, SHIRT_SHADE, SHORTS, SHORTS_SHADE = "#3d7ea6", "#2d6286", "#3a4653", "#2a333d"
SHOE, SHOE_SHADE, GHOST, GHOST_LINE = "#f4f5f7", "#c9ced6", "#9fb2c4", "#7d92a6"


class Look(Struct, frozen=True):
    """How the drawn person looks: skin tone (a key of TONES) and whether the hair is tied; None leaves it to the body."""

    tone: str = "medium"
    tied: bool | None = None


NEUTRAL = Look()


class Brush:
    """Draws areas with a shade on the side away from the light; what is far is a tone darker."""

    def __init__(self, page: Page, *, tone: str) -> None:
        self.page = page
        self.skin, self.shade = TONES[tone]

    def area(self, area: BaseGeometry, base: str, *, shade: str, far: bool = False, line: float = 2.0) -> None:
        """One shape with its shade."""
        base, shade = (darker(base), darker(shade)) if far else (base, shade)
        area = area.simplify(0.001, preserve_topology=False)
        area = area if area.is_valid else area.buffer(0)
        self.page.shaded(area, base, shade=shade, line=INK, width=line)

    def flesh(self, area: BaseGeometry, *, far: bool = False) -> None:
        """Bare skin."""
        self.area(area, self.skin, shade=self.shade, far=far)


def darker(color: str, *, share: float = 0.90) -> str:
    """The colour a tone darker.

    >>> darker("#ffffff")
    '#e5e5e5'
    """
    return "#" + "".join(f"{int(int(color[i : i + 2], 16) * share):02x}" for i in (1, 3, 5))
