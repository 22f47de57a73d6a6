"""From a finished form into the record: once, however often it is sent; changed later, it is a correction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase

from psoas.pathway.record import Body
from psoas.web import clock, desk, drafts
from psoas.web.visit import kept

if TYPE_CHECKING:
    from psoas.pathway.course import Course
    from psoas.web.pages.walking import Walk

CHANGED = "changed on the page where it was said"


def write_once(walk: Walk, episode: str, body: Body) -> Course:
    """The course with this entry. Sent again unchanged nothing is written; changed, the earlier entry is corrected."""
    course = _written(walk, episode, body)
    if course.plan is not None:  # under a plan the same form is filled in anew some weeks later
        drafts.forget(walk.account, walk.name)
    return course


def _written(walk: Walk, episode: str, body: Body) -> Course:
    clinic, now, zone = desk.clinic(), walk.now, clock.zone_of(walk.account)
    earlier = standing(episode, walk.draft.entry)
    if earlier == body:
        return clinic.course(episode, now=now)
    if earlier is not None:
        return clinic.correct(episode, walk.draft.entry, body, why=CHANGED, now=now, zone=zone)
    return clinic.write(episode, body, now=now, zone=zone, entry_id=walk.draft.entry)


def standing(episode: str, entry_id: str) -> Body | None:
    """What that entry says after every correction; nothing where it was never written."""
    from psoas.pathway.seen import corrected

    return next((entry.body for entry in corrected(desk.clinic().record(episode)) if entry.id == entry_id), None)


def told_when_refused(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view; where the journal or the desk refuses to write, a page that says why, and that nothing was written."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
        return kept(lambda: view(request, *args, **rest), request=request)

    return page
