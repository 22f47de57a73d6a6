"""Pictures of movements, drawn from the solved pose and never from a file that could disagree with it."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from msgspec import Struct

from psoas.knowledge.movements import movement_of
from psoas.movement.animation import STYLE, moving_picture
from psoas.movement.figure import SIDES, picture, size
from psoas.movement.motion import Keyframe, Movement
from psoas.movement.skeleton import Person, Unfit
from psoas.movement.solve import Solved, solve
from psoas.web.drawn import Drawn, drawn_for
from psoas.web.guard import open_door
from psoas.web.stopped import stands

_ID = re.compile(r"[A-Za-z0-9.-]{1,24}")
_HOLD = re.compile(r"[0-9]{1,3}")
_STYLE_HASH = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"


@open_door
def figure(request: HttpRequest, name: str, key: str, side: str, inside: str = "") -> HttpResponseBase:
    """One key position of a movement on that side, as SVG; `inside` shows bones and muscles too."""
    movement = _known(request, name, side=side)
    svg = drawn(movement, key=key, side=side, whom=drawn_for(request), window=bool(inside)) if movement else None
    return _answer(request, svg=svg)


@open_door
@csp_update({"style-src": [_STYLE_HASH]})  # type: ignore[arg-type]  # its types forget what an address brings
def moving(request: HttpRequest, name: str, side: str, inside: str = "") -> HttpResponseBase:
    """A movement on that side as SVG that moves; `?hold=` gives the seconds of hold prescribed."""
    movement = _known(request, name, side=side)
    hold = request.GET.get("hold", "")
    hold_s = int(hold) if _HOLD.fullmatch(hold) else None
    whom = drawn_for(request)
    svg = moved(movement, side=side, hold_s=hold_s, whom=whom, window=bool(inside)) if movement else None
    return _answer(request, svg=svg)


def _known(request: HttpRequest, name: str, *, side: str) -> Movement | None:
    """The movement of that name, where the side is one that it can be drawn for and no warning sign stands."""
    return movement_of(name) if _ID.fullmatch(name) and side in SIDES and not stands(request) else None


def _answer(request: HttpRequest, *, svg: bytes | None) -> HttpResponseBase:
    """The picture, packed for a browser that can unpack it, or word that the one it keeps is still right."""
    if svg is None:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{sha256(svg).hexdigest()[:20]}{"z" if packed else ""}"'
    headers = {"Vary": "Accept-Encoding, Cookie", "Cache-Control": "private, no-cache", "ETag": etag}
    if packed:
        headers["Content-Encoding"] = "gzip"
    response = HttpResponse(svg if packed else gzip.decompress(svg), content_type="image/svg+xml", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response


@lru_cache(maxsize=1024)
def drawn(movement: Movement, *, key: str, side: str, whom: Drawn, window: bool = False) -> bytes | None:
    """The picture, packed, or None where the position or a sound pose is missing."""
    if key not in movement.names:
        return None
    t = movement.keyframe_named(key).t
    try:
        return _packed(picture(movement, person=whom.person, frame=t, side=side, window=window, look=whom.look))
    except Unfit:
        return None


@lru_cache(maxsize=256)
def moved(movement: Movement, *, side: str, hold_s: float | None, whom: Drawn, window: bool = False) -> bytes | None:
    """The moving picture, packed, or None where one of its moments is not sound."""
    try:
        return _packed(
            moving_picture(movement, person=whom.person, side=side, hold_s=hold_s, window=window, look=whom.look)
        )
    except Unfit:
        return None


def _packed(svg: str) -> bytes:
    """The picture as it is kept and sent."""
    return gzip.compress(svg.encode(), mtime=0)


class Shown(Struct, frozen=True):
    """The pictures of one exercise, way of doing it, or test: its positions, and what is said to who cannot see them."""

    movement: Movement
    person: Person

    @property
    def id(self) -> str:
        """The name in the addresses of its pictures."""
        return self.movement.id

    @property
    def positions(self) -> list[Keyframe]:
        """The key positions that can be shown on that body."""
        solved = solve(self.movement, person=self.person)
        return [k for k in self.movement.keyframe if _sound(solved, t=k.t)]

    @property
    def still(self) -> Keyframe:
        """The position that says most."""
        return min(self.movement.keyframe, key=lambda k: abs(k.t - self.movement.shown))

    @property
    def width(self) -> int:
        """How wide its pictures are, beside their height: a page keeps the room before they come."""
        return size(self.movement, person=self.person)[0]

    @property
    def height(self) -> int:
        """How high its pictures are, beside their width."""
        return size(self.movement, person=self.person)[1]

    @property
    def way(self) -> str:
        """The whole movement in words, from its key positions."""
        return "; then ".join(k.words for k in self.movement.keyframe)


def _sound(solved: Solved, *, t: float) -> bool:
    """Whether that moment may be shown."""
    try:
        solved.sound(t, q=solved.pose(t))
    except Unfit:
        return False
    return True


@lru_cache(maxsize=256)
def shown(name: str, *, person: Person) -> Shown | None:
    """The pictures of that exercise or test on that body; None where there are none: an honest gap."""
    movement = movement_of(name)
    if movement is None:
        return None
    found = Shown(movement, person)
    try:
        return found if found.positions else None
    except Unfit:
        return None
