"""The moving picture of a movement: lifted, held and lowered as slowly as prescribed, breathing, over and over.

One SVG without script, moved by the browser itself. Where a person asked her device for less motion it shows the still
picture instead; so does everything that cannot move pictures.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from psoas.movement.angles import PLACE
from psoas.movement.figure import Drawing
from psoas.movement.film import Moves, Sketch, Stroke, aligned, beside, element
from psoas.movement.motion import Movement
from psoas.movement.paint import NEUTRAL, Look
from psoas.movement.pose import Array
from psoas.movement.skeleton import Person
from psoas.movement.solve import poses, solve

PAUSE_S = 1.0
"""Seconds of rest between two repetitions [DC]."""
BREATH_S, BREATHS = 4.5, 8
"""Seconds of one calm breath, and the places of it that are drawn [DC]."""
_LEAN = [PLACE[name] for name in ("tilt", "lumbar", "thorax")]
BREATHING = "shirt0"
"""The name of what the breath moves."""
STYLE = ".still{display:none}@media(prefers-reduced-motion:reduce){.still{display:inline}.moving{display:none}}"
"""The only style in the picture."""


class Reel(Struct, frozen=True):
    """When which moment of the movement is shown: seconds, and the number of the frame, between frames with a fraction."""

    seconds: tuple[float, ...]
    frames: tuple[float, ...]

    @property
    def total(self) -> float:
        """Seconds until it begins again."""
        return self.seconds[-1]

    def at(self, seconds: Array) -> Array:
        """The frame at those moments."""
        return np.asarray(np.interp(seconds, self.seconds, self.frames))

    def breaths(self) -> Array:
        """The moments at which a breath is drawn, beside those of the movement."""
        count = max(1, round(self.total / BREATH_S)) * BREATHS
        return np.unique(np.concatenate([np.linspace(0, self.total, count + 1), self.seconds]).round(3))

    def breath(self, seconds: Array) -> Array:
        """How full a breath is at those moments: it goes out as the first lift begins."""
        count = max(1, round(self.total / BREATH_S))
        return np.asarray((1 + np.cos(2 * np.pi * count * seconds / self.total)) / 2)


def reel(m: Movement, *, times: Array, hold_s: float | None = None) -> Reel:
    """Rest, lift, hold, lower; a circle goes on from its last position to its first, which then counts as one more frame.

    It is held at the last position, and on both ways at those that the movement names.
    """
    held = m.tempo.hold_s if hold_s is None else hold_s
    stops = _held(m, times=times) if held else frozenset()
    way, clock = [(0.0, 0)], PAUSE_S
    for frame, seconds in _stations(m, times=times):
        clock += seconds
        way.append((clock, frame))
        if frame in stops:
            clock += held
            way.append((clock, frame))
    return Reel(tuple(round(s, 3) for s, _ in way), tuple(float(i) for _, i in way))


def _held(m: Movement, *, times: Array) -> frozenset[int]:
    """The frames at which it is held."""
    named = (m.keyframe_named(name).t for name in m.held)
    return frozenset({len(times) - 1, *(int(np.abs(times - t).argmin()) for t in named)})


def _stations(m: Movement, *, times: Array) -> list[tuple[int, float]]:
    """The frames in the order in which they are shown, each with the seconds that the way to it takes."""
    shares = (np.diff(times, prepend=times[0]) / times[-1]).tolist()
    last = len(times) - 1
    up = [(i, m.tempo.up_s * share) for i, share in enumerate(shares)]
    if m.circle:
        return [*up, (last + 1, m.tempo.down_s)]
    return [*up, *((i, m.tempo.down_s * shares[i + 1]) for i in range(last - 1, -1, -1))]


@lru_cache(maxsize=128)
def moving_picture(
    movement: Movement,
    *,
    person: Person,
    side: str = "right",
    hold_s: float | None = None,
    window: bool = False,
    look: Look = NEUTRAL,
) -> str:
    """The movement on that person as SVG that moves; `hold_s` is the hold prescribed, where the movement's own is not.

    Raises Unfit when any of its moments cannot be solved for that body.
    """
    drawing = Drawing(solve(movement, person=person), side=side, look=look)
    taken = poses(movement, person=person)
    times = np.array([t for t, _ in taken])
    for t, q in taken:
        drawing.solved.sound(t, q=q)
    shown = reel(movement, times=times, hold_s=hold_s)
    sketches = [_sketch(drawing, q=q, t=t, window=window) for t, q in taken]
    page = drawing.page()
    page.body.insert(0, f"<style>{STYLE}</style>")
    page.raw('<g class="moving">')
    for name, strokes in _by_name(sketches).items():
        deep = _breathed(drawing, q=taken[0][1]) if name == BREATHING else None
        leans = np.array([q[_LEAN].sum() for _, q in taken]) * (-1 if drawing.flip else 1)
        page.raw(_moved(strokes, name=name, reel=shown, breath=Breath(deep, leans), flip=drawing.flip))
    page.raw('</g><g class="still">')
    at = movement.shown
    drawing.still(page, q=drawing.solved.pose(at), t=at, ghost=True, window=window)
    page.raw("</g>")
    title, desc = drawing.words(at)
    return page.svg(title=title, desc=desc)


def _sketch(drawing: Drawing, *, q: Array, t: float, window: bool) -> Sketch:
    """What is drawn of the person at one moment."""
    page = Sketch(drawing.bounds, flip=drawing.flip)
    drawing.body(page, q=q, t=t, window=window)
    return page


def _breathed(drawing: Drawing, *, q: Array) -> Array:
    """The outline of the shirt with a full breath in it."""
    page = Sketch(drawing.bounds, flip=drawing.flip)
    return page.outline(drawing.shirt(drawing.flesh(q, breath=1.0)))


def _by_name(sketches: list[Sketch]) -> dict[str, list[Stroke | None]]:
    """Each thing that is drawn at any moment, in the order of drawing, at every moment; None where it is not drawn."""
    layers = list(dict.fromkeys(_layer(name) for s in sketches for name in s.strokes))
    names = {name for s in sketches for name in s.strokes}
    ordered = sorted(names, key=lambda n: (layers.index(_layer(n)), int(n.removeprefix(_layer(n)))))
    return {name: [s.strokes.get(name) for s in sketches] for name in ordered}


def _layer(name: str) -> str:
    """The layer that a thing is drawn in.

    >>> _layer("near12")
    'near'
    """
    return name.rstrip("0123456789")


class Breath(NamedTuple):
    """The outline of the shirt at the first moment with a full breath in it, and how far the chest leans at each moment."""

    deep: Array | None
    leans: Array

    def widened(self, rings: list[Array], *, deep: Array) -> list[Array]:
        """The outlines with a full breath in them: what it adds at the first moment leans with the chest."""
        more = beside(rings[0], ring=deep) - rings[0]
        turns = self.leans - self.leans[0]
        return [
            r + more @ np.array([[c, s], [-s, c]]) for r, c, s in zip(rings, np.cos(turns), np.sin(turns), strict=True)
        ]


def _moved(strokes: list[Stroke | None], *, name: str, reel: Reel, breath: Breath, flip: bool) -> str:
    """One thing as it changes its form along the reel, and as it breathes."""
    outlines = _carried([None if s is None else s.points for s in strokes])
    lines = any(s is not None and s.kind == "line" for s in strokes)
    rings = outlines if lines else aligned(outlines)
    seconds = np.array(reel.seconds) if breath.deep is None else reel.breaths()
    shapes = _between(rings, at=reel.at(seconds))
    if breath.deep is not None:
        full = _between(breath.widened(rings, deep=breath.deep), at=reel.at(seconds))
        shapes += reel.breath(seconds)[:, None, None] * (full - shapes)
    seen = [strokes[int(i) % len(strokes)] for i in reel.at(seconds)]
    return element(seen, name=name, moves=Moves(seconds / reel.total, reel.total), shapes=shapes, flip=flip)


def _carried(outlines: list[Array | None]) -> list[Array]:
    """The outlines, with the nearest known one where a thing is not drawn."""
    known = [i for i, o in enumerate(outlines) if o is not None]
    nearest = [min(known, key=lambda k: abs(k - i)) for i in range(len(outlines))]
    return [o for o in (outlines[k] for k in nearest) if o is not None]


def _between(rings: list[Array], *, at: Array) -> Array:
    """The outlines at those frames, whole or in between; after the last one comes the first."""
    every = np.stack([*rings, rings[0]])
    whole = at.astype(int)
    share = (at - whole)[:, None, None]
    return np.asarray(every[whole] * (1 - share) + every[np.minimum(whole + 1, len(rings))] * share)
