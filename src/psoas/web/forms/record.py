"""Forms of the record: an earlier entry said otherwise, a file brought in, everything erased.

To correct an entry its own questions are asked again, with what was said then in place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.pathway import record as r
from psoas.terms import SIDES, Answer
from psoas.web import telling
from psoas.web.forms.base import PageForm
from psoas.web.forms.course import (
    UNSURE,
    AfterForm,
    MorningForm,
    WeekForm,
    check_body,
    check_form,
    day_fields,
    made,
    morning_body,
    pains_of,
    set_form,
    ticked,
    week_body,
)
from psoas.web.forms.fields import NONE, NumberField, ScaleField

Initial = dict[str, Any]


def scale(value: Decimal | None) -> str:
    """A number as the scale of a form has it."""
    return UNSURE if value is None else f"{value.normalize():f}"


def boxes(values: tuple[str, ...] | None) -> list[str]:
    """Ticked boxes: "none" for nothing, "not sure" for None."""
    return [UNSURE] if values is None else list(values) or [NONE]


def _pains(told: r.Pains, name: str = "pain") -> Initial:
    return {f"{name}_{side.value}": scale(value) for side, value in told.items()}


class Correcting:
    """One kind of entry said otherwise: the form, what was said, and the entry it becomes. Subclasses say how."""

    title = ""

    def __init__(self, body: Any, *, knowledge: Knowledge, today: dt.date) -> None:
        self.body, self.knowledge, self.today = body, knowledge, today

    def form_class(self) -> type[PageForm]:
        """The questions."""
        raise NotImplementedError

    def initial(self) -> Initial:
        """What was said."""
        raise NotImplementedError

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        raise NotImplementedError


class Morning(Correcting):
    """The morning after."""

    title = "The morning after"

    def form_class(self) -> type[PageForm]:
        """The questions."""
        return MorningForm

    def initial(self) -> Initial:
        """What was said."""
        return _pains(self.body.now) | {"settled": self.body.settled.value, "limp": self.body.limp.value}

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        return morning_body(said, session=self.body.session)


class Week(Correcting):
    """The weekly questions."""

    title = "The weekly questions"

    def form_class(self) -> type[PageForm]:
        """The questions."""
        return WeekForm

    def initial(self) -> Initial:
        """What was said."""
        told = self.body
        return {
            **_pains(told.worst, "worst"),
            **_pains(told.stiffness, "stiffness"),
            **_pains(told.impact, "impact"),
            "walk30": scale(told.walk30),
            "night_pain": told.night_pain.value,
            "limp": told.limp.value,
            **{f"snaps_{side.value}": answer.value for side, answer in told.snaps.items()},
        }

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        return week_body(said)


class Check(Correcting):
    """The questions of a check."""

    title = "The check’s questions"

    def form_class(self) -> type[PageForm]:
        """The questions."""
        form: type[PageForm] = check_form(tuple(f"activity {n + 1}" for n in range(len(self.body.scores))))
        return form

    def initial(self) -> Initial:
        """What was said."""
        scores = {f"score_{place}": scale(score) for place, score in enumerate(self.body.scores)}
        change = {"change": self.body.change or UNSURE, "satisfied": self.body.satisfied.value}
        return _pains(self.body.worst, "worst") | scores | change

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        return check_body(said, day=self.body.day, activities=len(self.body.scores))


class Day(Correcting):
    """How it was on a day. Its safety answers stay: a mistake there is said with a new full safety check."""

    title = "How it was that day"

    def form_class(self) -> type[PageForm]:
        """The questions."""
        fields = day_fields(self.knowledge, today=self.today, session=self.body.for_session)
        asked = {name: field for name, field in fields.items() if not name.startswith("mini_")}
        form: type[PageForm] = made("DayAgain", asked)
        return form

    def initial(self) -> Initial:
        """What was said."""
        told = self.body
        return _pains(told.now) | {
            "limp_now": told.limp.value,
            "recovered": told.recovered.value,
            "night_pain_new": told.night_pain.value,
            "news": boxes(told.news),
        }

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        changed = replace(self.body, now=pains_of(said), limp=Answer(said["limp_now"]))
        if not self.body.for_session:
            return changed
        return replace(
            changed,
            recovered=Answer(said["recovered"]),
            night_pain=Answer(said["night_pain_new"]),
            news=ticked(said["news"]),
        )


class After(Correcting):
    """How a session was, just after."""

    title = "Just after the session"

    def form_class(self) -> type[PageForm]:
        """The questions."""
        return AfterForm

    def initial(self) -> Initial:
        """What was said."""
        after = {side: self.body.after.get(side) for side in SIDES}
        return _pains(after) | {"limp": self.body.limp.value, "effort": scale(self.body.effort)}

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        return replace(self.body, after=pains_of(said), effort=said["effort"], limp=Answer(said["limp"]))


class OneSet(Correcting):
    """One set of a finished session."""

    title = "One set"

    def __init__(self, body: Any, *, place: int, knowledge: Knowledge, today: dt.date) -> None:
        super().__init__(body, knowledge=knowledge, today=today)
        self.place = place
        self.set: r.SetDone = body.sets[place]
        self.item = body.shown.items[self.set.item]

    def form_class(self) -> type[PageForm]:
        """The questions."""
        exercise = self.knowledge.exercises[self.item.exercise]
        form: type[PageForm] = set_form(self.item, exercise=exercise, sides=telling.item_sides(self.item), loads=[])
        return form

    def initial(self) -> Initial:
        """What was said."""
        told = self.set
        return _pains(told.pain) | {
            "did": told.did,
            "seen": boxes(told.compensations),
            "signs": boxes(told.signs),
            "effort": scale(told.effort),
        }

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The session with this set as it should have been."""
        sides = telling.item_sides(self.item)
        changed = replace(
            self.set,
            did=said["did"],
            pain=pains_of(said, sides=sides),
            compensations=ticked(said["seen"]) if "seen" in said else self.set.compensations,
            signs=ticked(said["signs"]),
            effort=said["effort"],
        )
        sets = (*self.body.sets[: self.place], changed, *self.body.sets[self.place + 1 :])
        return r.with_sets(self.body, sets)


class TakenIn(Correcting):
    """The numbers said at intake."""

    title = "What was said at the start"
    parts = ("now", "worst", "morning", "stiffness")
    words = {
        "now": "Pain now",
        "worst": "Worst pain of seven days",
        "morning": "Pain in the morning",
        "stiffness": "Stiffness",
    }

    def form_class(self) -> type[PageForm]:
        """The questions."""
        fields: dict[str, forms.Field] = {
            f"{part}_{side.value}": ScaleField(label=f"{self.words[part]}, {side.value} hip", unsure="I cannot say")
            for side in self.body.sides
            for part in self.parts
        }
        for place, activity in enumerate(self.body.activities):
            fields[f"score_{place}"] = ScaleField(
                label=f"How well it went: {activity.name}", low="not at all", high="as before"
            )
        form: type[PageForm] = made("IntakeAgain", fields)
        return form

    def initial(self) -> Initial:
        """What was said."""
        sides = self.body.sides.items()
        said = {f"{part}_{side.value}": scale(getattr(each, part)) for side, each in sides for part in self.parts}
        return said | {f"score_{place}": scale(each.score) for place, each in enumerate(self.body.activities)}

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        sides = {
            side: r.Complaint(**{part: said[f"{part}_{side.value}"] for part in self.parts}) for side in self.body.sides
        }
        activities = tuple(
            replace(each, score=said[f"score_{place}"]) for place, each in enumerate(self.body.activities)
        )
        return replace(self.body, sides=sides, activities=activities)


class Tests(Correcting):
    """The numbers of self-tests."""

    title = "The tests’ numbers"

    def form_class(self) -> type[PageForm]:
        """The questions: one for each number."""
        fields: dict[str, forms.Field] = {}
        for place, test in enumerate(self.body.findings.length):
            for n in range(len(test.readings)):
                label = f"Length, {test.side.value}, reading {n + 1}"
                fields[f"length_{place}_{n}"] = NumberField(label=label, low=-60, high=90, unit="degrees")
        for place, strength in enumerate(self.body.findings.strength):
            for n in range(len(strength.trials)):
                label = f"Strength, {strength.side.value} ({strength.method}), try {n + 1}"
                fields[f"strength_{place}_{n}"] = NumberField(label=label, low=0, high=2000)
        form: type[PageForm] = made("TestsAgain", fields)
        return form

    def initial(self) -> Initial:
        """What was measured."""
        found = self.body.findings
        lengths = {f"length_{p}_{n}": v for p, t in enumerate(found.length) for n, v in enumerate(t.readings)}
        return lengths | {f"strength_{p}_{n}": v for p, t in enumerate(found.strength) for n, v in enumerate(t.trials)}

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        found = self.body.findings
        length = tuple(
            replace(test, readings=tuple(said[f"length_{place}_{n}"] for n in range(len(test.readings))))
            for place, test in enumerate(found.length)
        )
        strength = tuple(
            replace(test, trials=tuple(said[f"strength_{place}_{n}"] for n in range(len(test.trials))))
            for place, test in enumerate(found.strength)
        )
        return replace(self.body, findings=replace(found, length=length, strength=strength))


KINDS: dict[type, type[Correcting]] = {
    r.MorningAnswered: Morning,
    r.WeekAnswered: Week,
    r.CheckAnswered: Check,
    r.DayAnswered: Day,
    r.SessionDone: After,
    r.TakenIn: TakenIn,
    r.Tested: Tests,
}


# ---- a file in, everything out


class ImportForm(PageForm):
    """The file to bring in."""

    file = forms.FileField(
        label="The file",
        help_text="The one that “Take your record with you” wrote; its name ends in .json.",
        error_messages={
            "required": "Choose the file first.",
            "empty": "This file is empty. Choose the one that was exported.",
        },
    )


class EraseForm(PageForm):
    """A typed word, so that nobody erases by accident."""

    word = forms.CharField(
        label="Type the word erase",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Type the word erase, or leave this page; nothing was erased."},
    )

    def clean_word(self) -> str:
        """Only this word erases."""
        word = str(self.cleaned_data["word"]).strip().lower()
        if word != "erase":
            raise ValidationError("That is not the word. Type erase, or leave this page; nothing was erased.")
        return word
