"""The safety screen: question groups page by page, an emergency at once, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from psoas.clinic import Refused
from psoas.pathway.answers import AGAIN
from psoas.pathway.course import Course
from psoas.pathway.decisions import AskMore, Refer
from psoas.pathway.record import Screened
from psoas.pathway.writing import screened as judged
from psoas.terms import Level
from psoas.web import clock, desk, drafts, episodes
from psoas.web.forms import screening
from psoas.web.forms.base import PageForm
from psoas.web.pages import onboarding
from psoas.web.pages.walking import BEGUN, Page, Walk
from psoas.web.writing import CHANGED, standing, told_when_refused

HOW_IT_IS = "/today/how/?then=screen"
SERVES = dt.timedelta(hours=24)  # a screen is of one time; what was answered earlier never settles it (D10)
REPLACES = "_replaces"  # the entry that this repetition corrects (ruling D16)
REVIEWED = "_reviewed"  # she has looked through every answer of the repetition


class ScreenWalk(Walk):
    """The pages of the full screen."""

    name = "screen"
    path = "/screen/"

    def begun_with(self, draft: drafts.Kept) -> drafts.Kept:
        """Answers about symptoms serve for a day: an older draft is begun anew, empty."""
        begun = draft.typed.get(BEGUN, [])
        self.too_old = any(self.now - dt.datetime.fromisoformat(at) > SERVES for at in begun)
        if not self.too_old:
            return draft
        drafts.forget(self.account, self.name)
        return drafts.kept(self.account, form=self.name)

    def pages(self, said: dict[str, Any]) -> Iterator[Page]:
        """Each group, and behind it what its answers call for."""
        for group in screening.groups(self.knowledge):
            yield self._page(group, group.slug, screening.first_form(group, self.today))
            further = screening.further_fields(group, answers=said, today=self.today)
            if further:
                yield self._page(group, f"{group.slug}-more", screening.page_form(further), more=True)
            last = screening.last_fields(group, answers=said)
            if last:
                yield self._page(group, f"{group.slug}-once-more", screening.page_form(last), more=True)

    def _page(self, group: screening.Group, slug: str, form: type[PageForm], *, more: bool = False) -> Page:
        none = not more and len(form.base_fields) > 1
        pressed = screening.left_open(form.base_fields, typed=(), knowledge=self.knowledge) if none else {}
        context = {"more": more, "part": group.part, "none": none, "answered": tuple(pressed), "too_old": self.too_old}
        return Page(slug=slug, title=group.title, form=form, template="onboarding/screen.html", context=context)

    def helped(self, page: Page) -> dict[str, list[str]]:
        """No to everything left open on this page, for the button “None of these”."""
        if self.request.POST.get("go") != "none":
            return {}
        return screening.left_open(page.form.base_fields, typed=self.request.POST, knowledge=self.knowledge)

    def start(self) -> HttpResponse:
        """Under a plan first how it is today: the full screen reads the pain of now (ruling D12)."""
        return redirect(HOW_IT_IS) if self._unheard else super().start()

    @property
    def _unheard(self) -> bool:
        """Whether there is a plan and nobody has asked yet how it is today."""
        course = episodes.course_of(self.account, now=self.now)
        told = (*course.days, *course.intakes, *(each for one in course.mornings.values() for each in one))
        return course.plan is not None and not course.stops and all(each.day != self.today for each in told)

    def at_once(self) -> HttpResponse | None:
        """An emergency is told before anything else is asked."""
        if REPLACES in self.draft.typed or not self._emergency():
            return None
        return self._written()

    def _emergency(self) -> bool:
        triage = self._triage()
        return isinstance(triage, Refer) and triage.level is Level.EMERGENCY

    def _triage(self) -> Any:
        return desk.clinic().screening(episodes.course_of(self.account, now=self.now), self.answers, now=self.now)

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered so far, as facts."""
        return screening.finished(self.said, knowledge=self.knowledge)

    def finish(self, said: dict[str, Any]) -> HttpResponse:  # noqa: ARG002 (read through `answers`)
        """On to the intake, or to the result where there is one already or a doctor is needed soon."""
        if self._unheard:
            return redirect(HOW_IT_IS)
        triage = self._triage()
        if isinstance(triage, AskMore):
            return redirect(self.asking(triage.questions[0]))
        if REPLACES in self.draft.typed and REVIEWED not in self.draft.typed:
            return redirect("screen-review")
        course = episodes.course_of(self.account, now=self.now)
        if course.intakes or sure_level(triage).rank >= Level.URGENT.rank:
            return self._written()
        return redirect("/intake/")

    def asking(self, question: str) -> str:
        """The page on which that question stands."""
        name = question.removesuffix(AGAIN)
        slug = next(group.slug for group in screening.groups(self.knowledge) if name in {q.id for q in group.questions})
        return f"{self.path}{slug}/"

    def first_open_form(self) -> Page | None:
        """The first page with an answer missing, whether it was seen or not."""
        return next((page for page, form in self.way if form.errors), None)

    def _written(self) -> HttpResponse:
        course = write(self)
        return redirect("screen-result" if course.stops else onboarding.next_path(course, account=self.account))


def sure_level(triage: Any) -> Level:
    """The highest level among the rows that are known to fire; self-care where none is."""
    if not isinstance(triage, Refer):
        return Level.SELF_CARE
    sure = [why.rule for why in triage.reasons if why.rule not in triage.unknown]
    flags = desk.knowledge().red_flags
    return max((flags[row].level for row in sure), key=lambda level: level.rank, default=Level.SELF_CARE)


def write(walk: ScreenWalk) -> Course:
    """The screen into the record: once, and changed later it is a correction. Where it stops her, the draft is done with."""
    episode = episodes.opened(walk.account, now=walk.now)
    course = _judged(walk, episode)
    if course.stops or course.plan is not None:  # under a plan the next screen is a new one, and starts empty
        drafts.forget(walk.account, "screen")
    return course


def _judged(walk: ScreenWalk, episode: str) -> Course:
    clinic, now, zone = desk.clinic(), walk.now, clock.zone_of(walk.account)
    if REPLACES in walk.draft.typed:
        course = said_again(walk, episode, replaced=walk.draft.typed[REPLACES][0], why="answered by mistake")
        drafts.forget(walk.account, "screen")
        return course
    earlier = standing(episode, walk.draft.entry)
    if earlier is None:
        return clinic.write_screen(episode, walk.answers, now=now, zone=zone, entry_id=walk.draft.entry)
    if isinstance(earlier, Screened) and earlier.answers == walk.answers:
        return clinic.course(episode, now=now)
    return said_again(walk, episode, replaced=walk.draft.entry, why=CHANGED)


def said_again(walk: ScreenWalk, episode: str, *, replaced: str, why: str) -> Course:
    """The earlier screen corrected, and the whole screen written anew: a correction calls for a repetition (D16)."""
    clinic, now, zone = desk.clinic(), walk.now, clock.zone_of(walk.account)
    body = judged(clinic.course(episode, now=now), walk.answers, knowledge=walk.knowledge, now=now)
    if isinstance(body, AskMore):
        raise Refused(body)
    clinic.correct(episode, replaced, body, why=why, now=now, zone=zone)
    return clinic.write_screen(episode, walk.answers, now=now, zone=zone)


@told_when_refused
def start(request: HttpRequest) -> HttpResponse:
    """On to the first open question."""
    return ScreenWalk(request).start()


@told_when_refused
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of questions."""
    return ScreenWalk(request).answer(slug)
