"""The self-tests, step by step: how to measure, then each hip in turn. Any of them may be skipped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from msgspec import Struct

from psoas.knowledge.schema import Exercise, Measure
from psoas.pathway.admission import Admitted, Refused, admit
from psoas.pathway.assessment import is_symptomatic
from psoas.pathway.decisions import Profile
from psoas.pathway.facts import person_facts
from psoas.pathway.settling import profile_of
from psoas.terms import SIDES, Side
from psoas.web import episodes, saying
from psoas.web.forms import tests as forms
from psoas.web.forms.base import PageForm
from psoas.web.pages import onboarding
from psoas.web.pages.walking import Page, Walk
from psoas.web.wording import set_up
from psoas.web.writing import told_when_refused, write_once

_TITLES = {
    "length": "Length, {side} hip",
    "E06": "Holds lying down, {side} hip",
    "E07": "Holds kneeling, {side} hip",
    "strength": "Strength, {side} hip",
}


class Guide(Struct, frozen=True):
    """How a test is done."""

    title: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    stop: str


def _hold_guide(exercise: Exercise, found: Admitted, measure: Measure) -> Guide:
    form = next((each for each in exercise.substitutes if each.id == found.form), None)
    steps = form.steps if form and form.steps else (set_up(exercise), *exercise.steps)
    again = "Hold ten seconds, rest five, six times on this side."
    return Guide(form.name if form else exercise.name, (*steps, again), (*found.notes, *exercise.cues), measure.stop)


class TestsWalk(Walk):
    """The pages of the self-tests."""

    __test__ = False
    name = "tests"
    path = "/tests/"

    def pages(self, said: dict[str, Any]) -> Iterator[Page]:
        """First which tests, then each of them, left and right."""
        yield self._methods()
        if not self._acute:
            yield from self._length(said.get("length", forms.SKIP))
            if said.get("hold", forms.SKIP) != forms.SKIP:
                yield from self._holds()
            yield from self._strength(said.get("strength", forms.SKIP))
        if self._sore and said.get("signs", forms.SKIP) != forms.SKIP:
            yield self._signs()

    def _methods(self) -> Page:
        form = forms.SignsOnlyForm if self._acute else forms.MethodsForm
        context = {"waits": self._acute, "refused": () if self._acute else self._refused()}
        return Page(slug="methods", title="The tests", form=form, template="onboarding/methods.html", context=context)

    # ---- what holds for her

    def elsewhere(self) -> HttpResponse | None:
        """A test is an exercise: none before the safety screen."""
        return None if self.course.screens else redirect(onboarding.next_path(self.course, account=self.account))

    @cached_property
    def _acute(self) -> bool:
        """Whether length and strength wait, because it is fresh or there is a limp (D25)."""
        profile = profile_of(self.course, knowledge=self.knowledge, now=self.now)
        return isinstance(profile, Profile) and any(why.rule == "D25" for why in profile.left.rows)

    @cached_property
    def _sore(self) -> tuple[Side, ...]:
        """The sides that hurt, or are not known to be free of pain."""
        intake = self.course.intake
        return tuple(s for s in SIDES if intake is None or is_symptomatic(intake.sides.get(s)))

    @cached_property
    def _admitted(self) -> dict[str, Admitted | Refused]:
        """Whether she may do the exercises of the hold test, and in which form: a test is an exercise too."""
        facts = person_facts(self.course, now=self.now, knowledge=self.knowledge)
        return {name: admit(self.knowledge.exercises[name], facts=facts, wish=self.course.wish) for name in forms.HOLDS}

    def _refused(self) -> list[tuple[str, tuple[saying.Why, ...]]]:
        return [
            (self.knowledge.exercises[name].name, tuple(saying.whys(found.reasons, knowledge=self.knowledge)))
            for name, found in self._admitted.items()
            if isinstance(found, Refused)
        ]

    # ---- the pages

    def _length(self, method: str) -> Iterator[Page]:
        if method != forms.SKIP:
            measures = ("mtt", f"mtt.{method}")
            for side in SIDES:
                yield self._guided(
                    "length",
                    side,
                    forms.length_form(method, side=side),
                    guides=self._measured(measures),
                    pairs=method == "tape",
                )

    def _holds(self) -> Iterator[Page]:
        for exercise, found in self._admitted.items():
            if isinstance(found, Admitted):
                guides = [_hold_guide(self.knowledge.exercises[exercise], found, self.knowledge.measures["hold"])]
                for side in SIDES:
                    form = forms.hold_form(found.form or exercise, side=side, knowledge=self.knowledge)
                    yield self._guided(exercise, side, form, guides=guides, timer=True)

    def _strength(self, method: str) -> Iterator[Page]:
        if method != forms.SKIP:
            measures = ("strength.mmt",) if method == "mmt" else ("strength", f"strength.{method}")
            for side in SIDES:
                yield self._guided(
                    "strength", side, forms.strength_form(method, side=side), guides=self._measured(measures)
                )

    def _signs(self) -> Page:
        context = {"guides": self._measured(("signs",)), "guide_open": True, "skip": True}
        return Page(slug="signs", title="Three signs", form=forms.signs_form(self._sore), template="onboarding/test.html",
                    may_skip=True, context=context)  # fmt: skip

    def _guided(self, kind: str, side: Side, form: type[PageForm], **context: Any) -> Page:
        context |= {"side": side.value, "guide_open": side is SIDES[0], "skip": True}
        title = _TITLES[kind].format(side=side.value)
        return Page(
            slug=f"{kind.lower()}-{side}",
            title=title,
            form=form,
            template="onboarding/test.html",
            may_skip=True,
            context=context,
        )

    def _measured(self, names: tuple[str, ...]) -> list[Guide]:
        found = [self.knowledge.measures[name] for name in names]
        return [Guide(each.name, each.steps, (), each.stop) for each in found]

    def finish(self, said: dict[str, Any]) -> HttpResponse:
        """Into the record, and on to what it shows."""
        episode = episodes.opened(self.account, now=self.now)
        write_once(self, episode, forms.tested(said))
        return redirect("profile")


@told_when_refused
def start(request: HttpRequest) -> HttpResponse:
    """On to the first open page."""
    walk = TestsWalk(request)
    return walk.elsewhere() or walk.start()


@told_when_refused
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the self-tests."""
    walk = TestsWalk(request)
    return walk.elsewhere() or walk.answer(slug)
