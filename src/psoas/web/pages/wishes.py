"""What suits her: equipment, time and taste, in three pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from psoas.web import episodes
from psoas.web.forms import wishes as forms
from psoas.web.pages import onboarding
from psoas.web.pages.walking import Page, Walk
from psoas.web.writing import told_when_refused, write_once


class WishesWalk(Walk):
    """The pages of the wishes."""

    name = "wishes"
    path = "/wishes/"

    def pages(self, said: dict[str, Any]) -> Iterator[Page]:  # noqa: ARG002 (no page depends on another)
        """What she has, when she can, and what she would rather do."""
        yield Page(
            slug="things",
            title="What you have",
            form=forms.EquipmentForm,
            lede="Nothing is fine too: almost every exercise has a form without equipment.",
        )
        yield Page(slug="time", title="What for, and how often", form=forms.TimeForm)
        yield Page(slug="taste", title="Stretching and massage", form=forms.TasteForm, template="onboarding/taste.html")

    def finish(self, said: dict[str, Any]) -> HttpResponse:
        """Into the record, and on."""
        episode = episodes.opened(self.account, now=self.now)
        course = write_once(self, episode, forms.wished(said))
        return redirect(onboarding.next_path(course, account=self.account))


@told_when_refused
def start(request: HttpRequest) -> HttpResponse:
    """On to the first open page."""
    return WishesWalk(request).start()


@told_when_refused
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the wishes."""
    return WishesWalk(request).answer(slug)
