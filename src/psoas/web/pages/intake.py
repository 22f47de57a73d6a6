"""What hurts: five short pages, and with them the safety screen is judged as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from psoas.web import episodes
from psoas.web.forms import intake as forms
from psoas.web.pages import onboarding
from psoas.web.pages.screen import ScreenWalk
from psoas.web.pages.walking import DONE, Page, Walk
from psoas.web.writing import told_when_refused, write_once


class IntakeWalk(Walk):
    """The pages of the intake."""

    name = "intake"
    path = "/intake/"

    def pages(self, said: dict[str, Any]) -> Iterator[Page]:
        """Where, how much, since when, what it stops her doing, and about her."""
        yield Page(slug="where", title="Where it hurts", form=forms.WhereForm)
        sides = forms.HURTS.get(said.get("hurts", ""), ())
        yield Page(slug="how-much", title="How much", form=forms.how_much_form(sides))
        yield Page(slug="since", title="Since when", form=forms.since_form(self.today))
        yield Page(slug="activities", title="What it stops you from doing", form=forms.ActivitiesForm)
        yield Page(slug="about", title="About you", form=forms.about_form(self.today))

    def finish(self, said: dict[str, Any]) -> HttpResponse:
        """Into the record; then the screen is read with it."""
        episode = episodes.opened(self.account, now=self.now)
        course = write_once(self, episode, forms.taken_in(said))
        screen = ScreenWalk(self.request)
        if DONE in screen.draft.typed:
            return screen.finish(screen.answers)
        return redirect(onboarding.next_path(course, account=self.account))


@told_when_refused
def start(request: HttpRequest) -> HttpResponse:
    """On to the first open page."""
    return IntakeWalk(request).start()


@told_when_refused
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the intake."""
    return IntakeWalk(request).answer(slug)
