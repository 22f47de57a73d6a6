"""Pictures of movements in templates: `{% figures "E16a" %}` all of them, `{% beside "mtt" "hang" %}` one beside a step, `{% thumbnail "E16a" %}` the one that says most."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from psoas.movement.motion import View
from psoas.web.drawn import drawn_for
from psoas.web.pages.pictures import Shown, shown

register = template.Library()

SEEN_FROM = {View.SIDE: "from the side", View.TOP: "from above", View.FRONT: "from the front"}


@register.inclusion_tag("parts/figures.html", takes_context=True)
def figures(context: dict[str, Any], name: str, *, side: str = "right") -> dict[str, Any]:
    """The moving picture and every position of that exercise or test, with a switch for what lies inside."""
    found = _shown(context, name)
    return {
        "shown": found,
        "side": side,
        "seen": " and ".join(SEEN_FROM[view] for view in found.movement.views) if found else "",
        "whose": _whose(found, side),
    }


@register.inclusion_tag("parts/beside.html", takes_context=True)
def beside(context: dict[str, Any], name: str, key: str = "", *, side: str = "") -> dict[str, Any]:
    """One picture beside a step: a position that stands still, or the whole movement where none is named."""
    found, side = _shown(context, name), side or "right"
    there = {one.name: one.words for one in found.positions} if found else {}
    return {
        "shown": found if not key or key in there else None,
        "key": key,
        "side": side,
        "seen": " and ".join(SEEN_FROM[view] for view in found.movement.views) if found else "",
        "whose": _whose(found, side),
        "words": there.get(key, ""),
    }


@register.simple_tag(takes_context=True)
def thumbnail(context: dict[str, Any], name: str, *, side: str = "right") -> SafeString:
    """The position that says most, small, beside the exercise's name: it adds nothing to be read aloud."""
    found = _shown(context, name)
    if found is None:
        return SafeString("")
    return format_html(
        '<img class="thumbnail" src="{}" alt="" width="96" height="96" loading="lazy">',
        reverse("picture", args=[found.id, found.still.name, "left" if side == "left" else "right"]),
    )


def _shown(context: dict[str, Any], name: str) -> Shown | None:
    return shown(name, person=drawn_for(context["request"]).person)


def _whose(found: Shown | None, side: str) -> str:
    """Which side works, in words."""
    return "both sides working" if found and found.movement.both else f"the {side} side working"
