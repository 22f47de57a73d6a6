"""What suits her: equipment, time and taste, in three pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from psoas.storage.ids import is_id
from psoas.web import drafts, episodes
from psoas.web.forms import wishes as forms
from psoas.web.pages import onboarding
from psoas.web.pages.walking import DONE, SEEN, Page, Walk
from psoas.web.writing import told_when_refused, write_once


class WishesWalk(Walk):
    """The pages of the wishes."""

    name = "wishes"
    path = "/wishes/"

    def begun_with(self, draft: drafts.Kept) -> drafts.Kept:
        """Under a plan the pages start from the wishes as they are, so that one can be changed alone."""
        if draft.there or self.course.plan is None or not self.course.wishes:
            return draft
        typed = {**forms.typed_from(self.course.wish), SEEN: ["things", "time", "taste"], DONE: ["yes"]}
        sent = self.request.POST.get("entry", "")
        entry = sent if is_id(sent) else draft.entry
        if self.in_record(entry):
            return draft
        if self.request.method == "POST":
            drafts.begin(self.account, form=self.name, typed=typed, entry=entry)
        return drafts.Kept(entry=entry, typed=typed, there=self.request.method == "POST")

    def start(self) -> HttpResponse:
        """The first open page; under a plan the first."""
        return super().start() if self.course.plan is None else redirect(self.address(self.way[0][0]))

    def pages(self, said: dict[str, Any]) -> Iterator[Page]:  # noqa: ARG002 (no page depends on another)
        """What she has, when she can, and what she would rather do."""
        yield Page(
            slug="things",
            title="What you have",
            form=forms.EquipmentForm,
            lede="Nothing is fine too.",
        )
        yield Page(slug="time", title="What for, and how often", form=forms.TimeForm)
        yield Page(slug="taste", title="Stretching and massage", form=forms.TasteForm, template="onboarding/taste.html")

    def finish(self, said: dict[str, Any]) -> HttpResponse:
        """Into the record, and on."""
        episode = episodes.opened(self.account, now=self.now)
        course = write_once(self, episode, forms.wished(said))
        return redirect("plan" if course.plan else onboarding.next_path(course, account=self.account))


@told_when_refused
def start(request: HttpRequest) -> HttpResponse:
    """On to the first open page."""
    return WishesWalk(request).start()


@told_when_refused
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the wishes."""
    return WishesWalk(request).answer(slug)
