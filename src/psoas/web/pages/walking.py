"""A form in several pages: each is kept as it is sent, and the whole is handed over once every page is answered.

What a page asks may depend on earlier pages. What is typed is put aside as she goes, so that closing the browser loses
nothing; but nothing is taken from a page whose button was not pressed.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course
from psoas.storage.ids import is_id
from psoas.web import clock, desk, drafts, episodes, pace
from psoas.web.forms.base import PageForm
from psoas.web.guard import account_of
from psoas.web.pages import onboarding

SEEN = "_seen"  # marks in a draft: pages that were answered, pages that were skipped
SKIPPED = "_skipped"
DONE = "_done"  # every page was answered once
BEGUN = "_begun"  # the instant of the first answer
ASIDE = "keep"  # sent by the page itself while she types, and not by a button
PRESSED = "_pressed_"  # with the name of a page: which showing of it had its button pressed
LAST = "last"  # as an address: the last page, for whoever comes back from the step behind


class Page(Struct, frozen=True, kw_only=True):
    """One page of a form: its address, heading and fields."""

    slug: str
    title: str
    form: type[PageForm]
    lede: str = ""
    template: str = "onboarding/page.html"
    may_skip: bool = False
    context: dict[str, Any] = {}


class Walk(ABC):
    """One account's way through the pages of one form. Subclasses say which pages there are and what comes of them."""

    name = ""  # of the draft, and the step of the way to the plan
    path = ""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.account = account_of(request)
        self.now: dt.datetime = clock.now(self.account)
        self.today = self.now.date()
        self.knowledge: Knowledge = desk.knowledge()
        self.draft = self.begun_with(drafts.kept(self.account, form=self.name))

    @cached_property
    def course(self) -> Course:
        """How the episode stood before this request."""
        return episodes.course_of(self.account, now=self.now)

    # ---- what a subclass says

    def begun_with(self, draft: drafts.Kept) -> drafts.Kept:
        """The draft to go on with: the one that is there, unless a subclass knows better."""
        return draft

    @abstractmethod
    def pages(self, said: dict[str, Any]) -> Iterator[Page]:
        """The pages in order; `said` grows with every page that was answered before."""

    @abstractmethod
    def finish(self, said: dict[str, Any]) -> HttpResponse:
        """Where to go once every page is answered."""

    def at_once(self) -> HttpResponse | None:
        """What cannot wait until the page is judged, such as an emergency."""
        return None

    def helped(self, page: Page) -> dict[str, list[str]]:  # noqa: ARG002 (a subclass reads it)
        """What the button pressed stands for, as if it had been typed."""
        return {}

    def before(self) -> str:
        """The address before the first page."""
        return onboarding.before(self.name)

    # ---- the way

    @cached_property
    def _walked(self) -> tuple[tuple[tuple[Page, PageForm], ...], dict[str, Any]]:
        said: dict[str, Any] = {}
        walked = []
        for page in self.pages(said):
            form = page.form(data=self.draft.data())
            if page.slug in self._marked(SKIPPED):
                form.leave_unjudged()
            else:
                form.full_clean()
                said |= form.cleaned_data if self._was_sent(page, form) else {}
            walked.append((page, form))
        return tuple(walked), said

    @property
    def way(self) -> tuple[tuple[Page, PageForm], ...]:
        """Every page that applies, with its form bound to what was typed."""
        return self._walked[0]

    @property
    def said(self) -> dict[str, Any]:
        """What can be read of all pages so far."""
        return self._walked[1]

    def _marked(self, mark: str) -> list[str]:
        return self.draft.typed.get(mark, [])

    def _was_sent(self, page: Page, form: PageForm) -> bool:
        if page.slug in self._marked(SEEN):
            return True
        return any(name == typed or typed.startswith(f"{name}_") for name in form.fields for typed in self.draft.typed)

    def place(self, slug: str) -> int | None:
        """The place of that page on the way."""
        return next((n for n, (page, _) in enumerate(self.way) if page.slug == slug), None)

    def first_open(self) -> Page | None:
        """The first page that is not answered."""
        return next((page for page, form in self.way if page.slug not in self._marked(SEEN) or form.errors), None)

    def address(self, page: Page) -> str:
        """Where that page is."""
        return f"{self.path}{page.slug}/"

    def left(self) -> list[Page]:
        """The pages that are still to be answered, as far as they can be told."""
        return [page for page, form in self.way if page.slug not in self._marked(SEEN) or form.errors]

    # ---- answering a request

    def start(self) -> HttpResponse:
        """On to the first open page; where every page is answered, to what comes next."""
        opened = self.first_open()
        return redirect(self.address(opened)) if opened else self._finished()

    def answer(self, slug: str) -> HttpResponse:
        """The page of that name, shown or taken."""
        if slug == LAST:
            return redirect(self.address(self.way[-1][0]))
        place = self.place(slug)
        if place is None:
            return redirect(self.address(self.first_open() or self.way[0][0]))
        page, form = self.way[place]
        if self.request.method == "POST":
            return self._take(page, place)
        form.leave_unjudged()
        return self.show(page, form, place)

    def _take(self, page: Page, place: int) -> HttpResponse:
        sent = self.request.POST
        entry = sent.get("entry", "")
        entry = entry if is_id(entry) else self.draft.entry
        if not self.draft.there and self.in_record(entry):
            return redirect(onboarding.next_path(self.course, account=self.account))
        if sent.get("go") == ASIDE:
            return self._put_aside(page, entry)
        self._keep(page, entry)
        urgent = self.at_once()
        if urgent is not None:
            return urgent
        if sent.get("go") == "back":
            return redirect(self.address(self.way[place - 1][0]) if place else self.before())
        return self._judge(page)

    def _put_aside(self, page: Page, entry: str) -> HttpResponse:
        """Kept as it stands, and open again until its button is pressed. What comes after the button comes too late."""
        load = self.request.POST.get("load", "")
        if not load or [load] != self._marked(PRESSED + page.slug):
            self._keep(page, entry)
            self.fill({SEEN: [slug for slug in self._marked(SEEN) if slug != page.slug]})
        return HttpResponse(status=204)

    def in_record(self, entry: str) -> bool:
        """Whether this very form was written already, and its draft is gone: sent twice, or from an old tab."""
        episode = episodes.episode_of(self.account)
        return episode is not None and any(each.id == entry for each in desk.clinic().record(episode))

    def _keep(self, page: Page, entry: str) -> None:
        """Into the draft, before it is judged. A test that is skipped keeps nothing of what was typed into it."""
        sent = self.request.POST
        skip = page.may_skip and sent.get("go") == "skip"
        skipped = [slug for slug in self._marked(SKIPPED) if slug != page.slug] + ([page.slug] if skip else [])
        fields, also = page.form.base_fields, {**self.helped(page), SKIPPED: skipped, BEGUN: self._begun()}
        if sent.get("go") != ASIDE:
            also[PRESSED + page.slug] = [sent.get("load", "")]
        typed = QueryDict("") if skip else sent
        self.draft = drafts.keep(self.account, form=self.name, entry=entry, fields=fields, sent=typed, also=also)
        self.__dict__.pop("_walked", None)

    def _begun(self) -> list[str]:
        return self.draft.typed.get(BEGUN) or [self.now.isoformat()]

    def _judge(self, page: Page) -> HttpResponse:
        """On, or back to the page with what is wrong."""
        place = self.place(page.slug)
        if place is None:
            return self.start()
        form = self.way[place][1]
        if form.errors:
            return self.show(page, form, place)
        if page.slug not in self._marked(SEEN):
            self.fill({SEEN: [*self._marked(SEEN), page.slug]})
        return self._onward(page)

    def _onward(self, page: Page) -> HttpResponse:
        """The next page; a form that was finished before and is whole again goes straight on."""
        left = self.first_open()
        if left is None and DONE in self.draft.typed:
            return self._finished()
        place = self.place(page.slug) or 0
        if place + 1 < len(self.way):
            return redirect(self.address(self.way[place + 1][0]))
        return redirect(self.address(left)) if left else self._finished()

    def _finished(self) -> HttpResponse:
        if DONE not in self.draft.typed:
            self.fill({DONE: ["yes"]})
        return self.finish(self.said)

    def fill(self, values: dict[str, list[str]]) -> None:
        """Set fields and marks of the draft as if they had been typed."""
        drafts.put(self.account, form=self.name, values=values)
        self.draft = replace(self.draft, typed={**self.draft.typed, **values})
        self.__dict__.pop("_walked", None)

    def show(self, page: Page, form: PageForm, place: int) -> HttpResponse:
        """The page as HTML."""
        context = {
            "page": page,
            "form": form,
            "entry": self.draft.entry,
            "step": onboarding.step(self.name),
            "alone": self.course.plan is not None,
            "number": place + 1,
            "count": len(self.way),
            "minutes": pace.minutes(each for each, _ in self.way[place:]),
            **page.context,
        }
        return render(self.request, page.template, context)
