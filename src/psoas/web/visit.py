"""One visit of a page of the course: who, when, and how the course stands; and writing into it.

Two tabs may write at once. The desk reads anew and tries again; only if that fails too is the person told, and
nothing is half done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from msgspec import Struct

from psoas.clinic import Clinic, Refused
from psoas.knowledge.schema import Knowledge
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Today
from psoas.pathway.record import Body
from psoas.pathway.settling import settled_look
from psoas.storage.contract import Conflict, JournalError
from psoas.web import clock, desk, episodes
from psoas.web.guard import account_of
from psoas.web.pages import onboarding

CourseView = Callable[..., HttpResponseBase]
KEPT = 64  # looks kept in memory, by episode


class Look(Struct, frozen=True):
    """The course as it was looked at in one minute: nothing that it says changes within a minute without a new entry."""

    minute: tuple[int, dt.datetime]  # entries seen, and the minute
    course: Course
    reading: Reading | None
    made: dict[str, Any]  # what was made from it


_looks: dict[str, Look] = {}
_drawn: dict[str, tuple[str, dict[str, Any], SafeString]] = {}  # by episode


class Visit:
    """The account's newest episode at this instant."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        request.visit = self  # type: ignore[attr-defined]  # what else this answer needs looks through the same eyes
        self.account = account_of(request)
        self.zone = clock.zone_of(self.account)
        self.now: dt.datetime = clock.now(self.account)
        self.day = self.now.date()
        self.knowledge: Knowledge = desk.knowledge()
        self.clinic: Clinic = desk.clinic()

    @cached_property
    def episode(self) -> str:
        """The id of the episode; empty where there is none."""
        return episodes.episode_of(self.account) or ""

    @cached_property
    def told(self) -> Course:
        """The course as the record tells it, without the decisions that are due."""
        return self.clinic.told(self.episode) if self.episode else episodes.NOTHING

    @cached_property
    def course(self) -> Course:
        """The course with every decision due carried out."""
        return self._look.course

    @cached_property
    def today(self) -> Today:
        """Session, rest or pause."""
        found: Today = self.kept("today", lambda: self.clinic.today(self.course, now=self.now, reading=self._looked))
        return found

    @cached_property
    def reading(self) -> Reading:
        """The course as it is counted today. Only under a plan."""
        return self._looked or Reading(self.course, knowledge=self.knowledge, now=self.now)

    @property
    def _looked(self) -> Reading | None:
        return self._look.reading if self.course is self._look.course else None

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` makes of the course, made once for this minute's look."""
        if self.course is not self._look.course:
            return make()
        if name not in self._look.made:
            self._look.made[name] = make()
        return self._look.made[name]

    def drawn(self, template: str, context: dict[str, Any]) -> SafeString:
        """The template with this context; drawn once as long as it says the same, whatever the minute."""
        before = _drawn.get(self.episode)
        if before is None or before[:2] != (template, context):
            before = _drawn[self.episode] = (template, context, render_to_string(template, context))
        if len(_drawn) > KEPT:
            del _drawn[next(iter(_drawn))]
        return before[2]

    @cached_property
    def _look(self) -> Look:
        """This minute's look at the course; looked at anew after every entry."""
        minute = (self.told.count, self.now.replace(second=0, microsecond=0))
        kept_look = _looks.get(self.episode)
        if kept_look is not None and kept_look.minute == minute:
            return kept_look
        course, reading = settled_look(self.told, knowledge=self.knowledge, now=self.now)
        look = Look(minute, course, reading, {})
        _looks.pop(self.episode, None)
        _looks[self.episode] = look
        if len(_looks) > KEPT:
            del _looks[next(iter(_looks))]
        return look

    def renewed(self, course: Course) -> None:
        """Go on with the course after a write."""
        for known in ("today", "reading", "told", "_look"):
            self.__dict__.pop(known, None)
        self.course = course

    def write(self, body: Body, *, entry: str | None = None) -> Course:
        """Keep this fact, and look at the course after it."""
        course = self.clinic.write(self.episode, body, now=self.now, zone=self.zone, entry_id=entry)
        self.renewed(course)
        return course


def visit_of(request: HttpRequest) -> Visit:
    """This request's visit, the one there is or a new one."""
    found: Visit | None = getattr(request, "visit", None)
    return found or Visit(request)


def forget_look(episode: str) -> None:
    """Of an episode that is erased nothing stays in memory either."""
    _looks.pop(episode, None)
    _drawn.pop(episode, None)


def course_page(view: CourseView) -> CourseView:
    """Only under a plan; who has none yet goes on where the way to it stands. A journal that refuses says so."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
        visit = Visit(request)
        if visit.course.plan is None:
            return redirect(onboarding.next_path(visit.course, account=visit.account))
        return kept(lambda: view(visit, *args, **rest), request=request)

    return page


def episode_page(view: CourseView) -> CourseView:
    """With a plan or on the way to one, as soon as anything was said. A journal that refuses says so."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
        visit = Visit(request)
        if not visit.episode:
            return redirect(onboarding.next_path(visit.course, account=visit.account))
        return kept(lambda: view(visit, *args, **rest), request=request)

    return page


def kept(answer: Callable[[], HttpResponseBase], *, request: HttpRequest) -> HttpResponseBase:
    """The answer, or a page that says why nothing was written."""
    try:
        return answer()
    except Conflict:
        return _meanwhile(request)
    except Refused as refused:
        words = refused.because if isinstance(refused.because, str) else ""
        return render(request, "trouble/refused.html", {"words": words}, status=409)
    except JournalError as error:
        return render(request, "trouble/refused.html", {"words": str(error)}, status=409)


def _meanwhile(request: HttpRequest) -> HttpResponse:
    return render(request, "trouble/meanwhile.html", status=409)
