"""The self-tests, step by step: how to measure, then each hip in turn. Any of them may be skipped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from msgspec import Struct

from psoas.knowledge.schema import Exercise, Measure
from psoas.pathway.admission import Admitted, Refused, admit, withheld
from psoas.pathway.assessment import is_symptomatic
from psoas.pathway.decisions import Profile
from psoas.pathway.facts import person_facts
from psoas.pathway.settling import profile_of
from psoas.terms import SIDES, Reason, Side
from psoas.web import episodes, pace, saying
from psoas.web.forms import tests as forms
from psoas.web.forms.base import PageForm
from psoas.web.pages import onboarding
from psoas.web.pages.walking import ASIDE, Page, Walk
from psoas.web.wording import set_up
from psoas.web.writing import told_when_refused, write_once

_TITLES = {
    "length": "Length, {side} hip",
    "E06": "Holds lying down, {side} hip",
    "E07": "Holds kneeling, {side} hip",
    "strength": "Strength, {side} hip",
}
SHORT_WAY = (
    "A look at how the thigh hangs is enough for a plan with a careful start. The other tests can follow on any day;"
    " they make it surer."
)
LIFTS_ALONE = (
    "Counting knee lifts on a chair is enough for a plan with a careful start. The other tests can follow on any day."
)
_SHORT = "_short"  # marks a draft: which of the short ways she takes
WAYS = {  # a button each: what it chooses
    "short": {"length": "eye", "hold": forms.SKIP, "strength": forms.SKIP},
    "lifts": {"length": "eye", "hold": forms.SKIP, "strength": "reps"},
    "later": {"length": forms.SKIP, "hold": forms.SKIP, "strength": forms.SKIP},
}
SECONDS: dict[str, Any] = {  # to do what the guide of a page says, on one side
    "length": {"tape": 150, "angle": 100, "eye": 25},
    "hold": 130,  # six times ten seconds, the rests, and getting down to the floor
    "strength": {"reps": 35, "home": 260, "hand": 260, "belt": 260, "mmt": 0},
    "between": 120,  # from one side's counting to the other's, unless another test lies between them
    "signs": 30,
}


HOLDING = "Hold for ten seconds and breathe, let go slowly, rest for five. Six times on this side."
Beside = tuple[str, str]  # a movement, and the position in which it stands still; "" where it moves


class Guide(Struct, frozen=True):
    """How a test is done: its steps, each with the picture beside it, and the picture of the whole where no step has one."""

    steps: tuple[str, ...]
    cues: tuple[str, ...]
    stops: tuple[str, ...]
    shows: tuple[Beside | None, ...] = ()
    whole: str = ""

    @property
    def pairs(self) -> list[tuple[str, Beside | None]]:
        """Each step with its picture."""
        return list(zip(self.steps, self.shows or (None,) * len(self.steps), strict=True))


def _hold_guide(exercise: Exercise, found: Admitted, measure: Measure) -> Guide:
    """The exercise as a test: its own words on holding, letting go and changing sides give way to the count of the holds."""
    form = next((each for each in exercise.substitutes if each.id == found.form), None)
    steps = form.steps if form and form.steps else (set_up(exercise), *exercise.steps)
    cues = (*found.notes, *exercise.cues)
    moving = steps[:-2] if steps[-2].startswith("Hold") else steps[:-1]
    return Guide((*moving, HOLDING), cues, (measure.stop,), whole=found.form or exercise.id)


def _guide(measures: tuple[Measure, ...]) -> Guide:
    """A method alone, or in the place of that step of the general test which it spells out."""
    general, method = measures[0], measures[-1]
    place = method.spells_out
    if len(measures) == 1:
        return Guide(method.steps, (), (method.stop,), _beside(method))
    steps = (*general.steps[: place - 1], *method.steps, *general.steps[place:])
    shows = (*_beside(general)[: place - 1], *_beside(method), *_beside(general)[place:])
    return Guide(steps, (), (general.stop, method.stop), shows)


def _beside(measure: Measure) -> tuple[Beside | None, ...]:
    parts = [shown.partition(" ") for shown in measure.shows or ("",) * len(measure.steps)]
    return tuple((name, position) if name else None for name, _, position in parts)


class TestsWalk(Walk):
    """The pages of the self-tests."""

    __test__ = False
    name = "tests"
    path = "/tests/"

    def pages(self, said: dict[str, Any]) -> Iterator[Page]:
        """First which tests, then each of them, left and right."""
        yield self._methods()
        yield from self._short(said) if self._marked(_SHORT) else self._chosen(said)

    def _chosen(self, said: dict[str, Any]) -> Iterator[Page]:
        """Those that she chose, one after the other."""
        if not self._acute:
            yield from self._length(said.get("length", forms.SKIP))
            if said.get("hold", forms.SKIP) != forms.SKIP:
                yield from self._holds()
            yield from self._strength(said.get("strength", forms.SKIP))
        if self._sore and said.get("signs", forms.SKIP) != forms.SKIP:
            yield self._signs()

    def _short(self, said: dict[str, Any]) -> Iterator[Page]:
        """The rest between the two sides' counting is spent on the other tests, so that nobody waits."""
        lifts = [*self._strength(said.get("strength", forms.SKIP), brief=True)]
        yield from lifts[:1]
        yield from self._length(said.get("length", forms.SKIP))
        if self._sore and said.get("signs", forms.SKIP) != forms.SKIP:
            yield self._signs()
        yield from lifts[1:]

    def _methods(self) -> Page:
        form: type[PageForm] = forms.SignsOnlyForm
        if not self._acute:
            form = forms.methods_form(length=not self._length_out, minutes=self._minutes_of_each())
        context: dict[str, Any] = {"waits": self._acute, "refused": () if self._acute else self._refused()}
        if not self._acute:
            ways = [name for name in WAYS if not (name == "short" and self._length_out)]
            takes = {name: pace.minutes(self._short(self._short_choice(name))) for name in ways}
            context |= {
                "minutes": 0,
                "takes": takes,
                "short_way": LIFTS_ALONE if self._length_out else SHORT_WAY,
                "signs_needed": self._signs_needed,
            }
            if self._marked(_SHORT) or not self.draft.there:  # one button, and what stands beside it
                context |= {"answered": (*form.base_fields,), "says": (SHORT_WAY,)}
        return Page(slug="methods", title="The tests", form=form, template="onboarding/methods.html", context=context)

    def _minutes_of_each(self) -> dict[str, int]:
        """About how long each way of testing takes, both sides together; only where they stand to be chosen from."""
        if self.request.path != f"{self.path}methods/":
            return {}
        lengths = {method: self._length(method) for method in SECONDS["length"]}
        strengths = {method: self._strength(method) for method in SECONDS["strength"]}
        pages = lengths | strengths | {"hold": self._holds(), "signs": iter([self._signs()])}
        return {method: pace.minutes(each) for method, each in pages.items()}

    def _short_choice(self, way: str) -> dict[str, str]:
        """What that button chooses; the three signs only where without them there could be no plan."""
        signs = "signs" if self._signs_needed and way != "later" else forms.SKIP
        return WAYS[way] | {"signs": signs}

    @cached_property
    def _signs_needed(self) -> bool:
        """With worst pain of 4 or more, or not known, nobody is cleared without them (TC14)."""
        intake = self.course.intake
        worst = [intake.sides[side].worst if intake and side in intake.sides else None for side in self._sore]
        return any(pain is None or pain >= self.knowledge["doha_pain"] for pain in worst)

    def helped(self, page: Page) -> dict[str, list[str]]:
        """What the button of the short way chooses."""
        way = self.request.POST.get("go", "")
        if page.slug != "methods" or way == ASIDE:
            return {}
        if way not in WAYS or self._acute:
            return {_SHORT: []}
        return {name: [value] for name, value in self._short_choice(way).items()} | {_SHORT: [way]}

    def left(self) -> list[Page]:
        """Before she has chosen: the short way; the three signs among it once it is known that she needs them."""
        if self.draft.there or self._acute:
            return super().left()
        chosen = self._short_choice("short")
        return [self._methods(), *self._short(chosen if self.course.intakes else chosen | {"signs": forms.SKIP})]

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

    @cached_property
    def _length_out(self) -> tuple[Reason, ...]:
        """Why she must not do the length test."""
        if not self.course.screens:
            return ()  # nobody reaches a test before the safety screen; until then only its minutes are counted
        facts = person_facts(self.course, now=self.now, knowledge=self.knowledge)
        return withheld(self.knowledge.measures["mtt"], facts=facts)

    def _refused(self) -> list[tuple[str, tuple[saying.Why, ...]]]:
        length = [(self.knowledge.measures["mtt"].name, tuple(saying.whys(self._length_out, knowledge=self.knowledge)))]
        return [*(length if self._length_out else ()), *self._refused_holds()]

    def _refused_holds(self) -> list[tuple[str, tuple[saying.Why, ...]]]:
        return [
            (self.knowledge.exercises[name].name, tuple(saying.whys(found.reasons, knowledge=self.knowledge)))
            for name, found in self._admitted.items()
            if isinstance(found, Refused)
        ]

    # ---- the pages

    def _length(self, method: str) -> Iterator[Page]:
        if method != forms.SKIP and not self._length_out:
            measures = ("mtt.eye",) if method == "eye" else ("mtt", f"mtt.{method}")
            for side in SIDES:
                yield self._guided(
                    "length",
                    side,
                    forms.length_form(method, side=side),
                    guide=self._measured(measures),
                    pairs=method == "tape",
                    seconds=SECONDS["length"][method],
                )

    def _holds(self) -> Iterator[Page]:
        for exercise, found in self._admitted.items():
            if isinstance(found, Admitted):
                guide = _hold_guide(self.knowledge.exercises[exercise], found, self.knowledge.measures["hold"])
                for side in SIDES:
                    form = forms.hold_form(found.form or exercise, side=side, knowledge=self.knowledge)
                    yield self._guided(exercise, side, form, guide=guide, timer=True, seconds=SECONDS["hold"])

    def _strength(self, method: str, *, brief: bool = False) -> Iterator[Page]:
        """Each side; in the short way the side that hurts less comes first."""
        if method == forms.SKIP:
            return
        measures = (f"strength.{method}",) if brief or method == "mmt" else ("strength", f"strength.{method}")
        waits = 0 if brief or method != "reps" else SECONDS["between"]
        sides = sorted(SIDES, key=lambda side: side in self._sore) if brief else SIDES
        for place, side in enumerate(sides):
            yield self._guided(
                "strength",
                side,
                forms.strength_form(method, side=side),
                guide=self._measured(measures),
                guide_open=not place,
                seconds=SECONDS["strength"][method] + (waits if place else 0),
            )

    def _signs(self) -> Page:
        context = {"guide": self._measured(("signs",)), "guide_open": True, "skip": True,
                   "seconds": SECONDS["signs"] * len(self._sore)}  # fmt: skip
        return Page(slug="signs", title="Three signs", form=forms.signs_form(self._sore), template="onboarding/test.html",
                    may_skip=True, context=context)  # fmt: skip

    def _guided(self, kind: str, side: Side, form: type[PageForm], **context: Any) -> Page:
        context = {"side": side.value, "guide_open": side is SIDES[0], "skip": True} | context
        title = _TITLES[kind].format(side=side.value)
        return Page(
            slug=f"{kind.lower()}-{side}",
            title=title,
            form=form,
            template="onboarding/test.html",
            may_skip=True,
            context=context,
        )

    def _measured(self, names: tuple[str, ...]) -> Guide:
        return _guide(tuple(self.knowledge.measures[name] for name in names))

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
