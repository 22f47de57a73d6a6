"""Pictures of movements, drawn from the solved pose and never from a file that could disagree with it."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse

from psoas.knowledge.movements import movement_of
from psoas.movement.animation import STYLE, moving_picture
from psoas.movement.figure import SIDES, picture
from psoas.movement.motion import Movement
from psoas.movement.skeleton import Person, Unfit
from psoas.web.guard import open_door

_DAY_S = 86_400
_ID = re.compile(r"[A-Za-z0-9.-]{1,24}")
_HOLD = re.compile(r"[0-9]{1,3}")
_STYLE_HASH = f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"


@open_door
def figure(request: HttpRequest, name: str, key: str, side: str) -> HttpResponse:
    """One key position of a movement on that side, as SVG."""
    movement = _known(name, side=side)
    svg = drawn(movement, key=key, side=side) if movement else None
    return _answer(request, svg=svg)


@open_door
@csp_update({"style-src": [_STYLE_HASH]})  # type: ignore[arg-type]  # its types forget what an address brings
def moving(request: HttpRequest, name: str, side: str) -> HttpResponse:
    """A movement on that side as SVG that moves; `?hold=` gives the seconds of hold prescribed."""
    movement = _known(name, side=side)
    hold = request.GET.get("hold", "")
    svg = moved(movement, side=side, hold_s=int(hold) if _HOLD.fullmatch(hold) else None) if movement else None
    return _answer(request, svg=svg)


def _known(name: str, *, side: str) -> Movement | None:
    """The movement of that name, where the side is one that it can be drawn for."""
    return movement_of(name) if _ID.fullmatch(name) and side in SIDES else None


def _answer(request: HttpRequest, *, svg: bytes | None) -> HttpResponse:
    """The picture, packed for a browser that can unpack it; what cannot be drawn is not there."""
    if svg is None:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(svg if packed else gzip.decompress(svg), content_type="image/svg+xml")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = f"private, max-age={_DAY_S}"
    return response


@lru_cache(maxsize=512)
def drawn(movement: Movement, *, key: str, side: str) -> bytes | None:
    """The picture, packed, or None where the position or a sound pose is missing."""
    if key not in movement.names:
        return None
    try:
        return _packed(picture(movement, person=Person(), frame=movement.keyframe_named(key).t, side=side))
    except Unfit:
        return None


@lru_cache(maxsize=256)
def moved(movement: Movement, *, side: str, hold_s: float | None) -> bytes | None:
    """The moving picture, packed, or None where one of its moments is not sound."""
    try:
        return _packed(moving_picture(movement, person=Person(), side=side, hold_s=hold_s))
    except Unfit:
        return None


def _packed(svg: str) -> bytes:
    """The picture as it is kept and sent."""
    return gzip.compress(svg.encode(), mtime=0)


def positions(name: str) -> list[dict[str, str]]:
    """The key positions that can be shown, with the words that describe them."""
    movement = movement_of(name)
    if movement is None:
        return []
    return [
        {"key": key.name, "words": key.words}
        for key in movement.keyframe
        if drawn(movement, key=key.name, side="right")
    ]
