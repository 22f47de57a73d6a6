"""The self-tests, step by step: how to measure, then each hip in turn. Any of them may be skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from psoas.pathway.assessment import is_symptomatic
from psoas.pathway.settling import profile_of
from psoas.terms import SIDES, Side
from psoas.web import episodes
from psoas.web.forms import tests as forms
from psoas.web.pages.walking import Page, Walk
from psoas.web.writing import write_once

_TITLES = {
    "length": "Length, {side} hip",
    "E06": "Holds lying down, {side} hip",
    "E07": "Holds kneeling, {side} hip",
    "strength": "Strength, {side} hip",
}


class TestsWalk(Walk):
    """The pages of the self-tests."""

    __test__ = False
    name = "tests"
    path = "/tests/"

    def pages(self, said: dict[str, Any]) -> Iterator[Page]:
        """First which tests, then each of them, left and right."""
        waits = self._acute()
        yield Page(slug="methods", title="Four short tests", form=forms.MethodsForm, template="onboarding/methods.html", context={"waits": waits})
        yield from self._length(said.get("length", forms.SKIP))
        if said.get("hold", forms.SKIP) != forms.SKIP:
            yield from self._holds()
        yield from self._strength(said.get("strength", forms.SKIP))
        sore = self._sore()
        if sore and said.get("signs", forms.SKIP) != forms.SKIP:
            yield self._signs(sore)

    def _acute(self) -> bool:
        """Whether length and strength wait, because it is fresh or there is a limp (D25)."""
        profile = profile_of(self._course(), knowledge=self.knowledge, now=self.now)
        rows = getattr(profile, "left", None)
        return rows is not None and any(why.rule == "D25" for why in rows.rows)

    def _course(self) -> Any:
        return episodes.course_of(self.account, now=self.now)

    def _length(self, method: str) -> Iterator[Page]:
        if method != forms.SKIP:
            for side in SIDES:
                yield self._guided("length", side, forms.length_form(method, side=side), measures=("mtt", f"mtt.{method}"), method=method)

    def _holds(self) -> Iterator[Page]:
        for exercise in forms.HOLDS:
            for side in SIDES:
                form = forms.hold_form(exercise, side=side, knowledge=self.knowledge)
                yield self._guided(exercise, side, form, measures=("hold",), exercise=self.knowledge.exercises[exercise], timer=True)

    def _strength(self, method: str) -> Iterator[Page]:
        if method != forms.SKIP:
            for side in SIDES:
                form = forms.strength_form(method, side=side)
                yield self._guided("strength", side, form, measures=("strength", f"strength.{method}"), method=method)

    def _sore(self) -> tuple[Side, ...]:
        """The sides that hurt, or are not known to be free of pain."""
        intake = self._course().intake
        return tuple(s for s in SIDES if intake is None or is_symptomatic(intake.sides.get(s)))

    def _signs(self, sides: tuple[Side, ...]) -> Page:
        context = {"measures": self._measures(("signs",))}
        return Page(slug="signs", title="Three signs", form=forms.signs_form(sides), template="onboarding/test.html", context=context)

    def _guided(self, kind: str, side: Side, form: Any, *, measures: tuple[str, ...], **rest: Any) -> Page:
        context = {"measures": self._measures(measures), "side": side.value, "kind": kind, **rest}
        title = _TITLES[kind].format(side=side.value)
        return Page(slug=f"{kind}-{side}", title=title, form=form, template="onboarding/test.html", context=context)

    def _measures(self, names: tuple[str, ...]) -> list[Any]:
        return [self.knowledge.measures[name] for name in names if name in self.knowledge.measures]

    def finish(self, said: dict[str, Any]) -> HttpResponse:
        """Into the record, and on to what it shows."""
        episode = episodes.opened(self.account, now=self.now)
        write_once(self, episode, forms.tested(said))
        return redirect("profile")


def start(request: HttpRequest) -> HttpResponse:
    """On to the first open page."""
    return TestsWalk(request).start()


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the self-tests."""
    return TestsWalk(request).answer(slug)
