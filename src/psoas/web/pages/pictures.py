"""Pictures of movements, drawn from the solved pose and never from a file that could disagree with it."""

from __future__ import annotations

import re
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse

from psoas.knowledge.movements import movement_of
from psoas.movement.figure import picture
from psoas.movement.skeleton import Person, Unfit
from psoas.web.guard import open_door

_DAY_S = 86_400
_ID = re.compile(r"[A-Za-z0-9.-]{1,24}")


@open_door
def figure(request: HttpRequest, name: str, key: str, side: str) -> HttpResponse:
    """One key position of a movement on that side, as SVG."""
    svg = drawn(name, key, side) if _ID.fullmatch(name) and side in ("left", "right") else None
    if svg is None:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml")
    response.headers["Cache-Control"] = f"private, max-age={_DAY_S}"
    return response


@lru_cache(maxsize=256)
def drawn(name: str, key: str, side: str) -> str | None:
    """The picture, or None where the movement, the position or a sound pose is missing."""
    movement = movement_of(name)
    if movement is None or key not in movement.names:
        return None
    try:
        return picture(movement, person=Person(), frame=movement.keyframe_named(key).t, side=side)
    except Unfit:
        return None


def positions(name: str) -> list[dict[str, str]]:
    """The key positions that can be shown, with the words that describe them."""
    movement = movement_of(name)
    if movement is None:
        return []
    return [{"key": key.name, "words": key.words} for key in movement.keyframe if drawn(name, key.name, "right")]
