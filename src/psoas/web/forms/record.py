"""Forms of the record: an earlier entry said otherwise, a file brought in, everything erased.

To correct an entry its own questions are asked again, with what was said then in place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.pathway import record as r
from psoas.terms import SIDES, Answer
from psoas.web import telling
from psoas.web.forms import intake, wishes
from psoas.web.forms.bands import BandAgain
from psoas.web.forms.base import PageForm
from psoas.web.forms.correcting import Correcting, Initial, boxes, pains, plainly, scale
from psoas.web.forms.course import (
    UNSURE,
    AfterForm,
    MorningForm,
    WeekForm,
    check_body,
    check_form,
    day_fields,
    followup_body,
    followup_form,
    made,
    morning_body,
    pains_of,
    set_form,
    ticked,
    week_body,
)
from psoas.web.forms.fields import ScaleField
from psoas.web.forms.tested_again import Tests


class Morning(Correcting):
    """The morning after."""

    title = "The morning after"

    def form_class(self) -> type[PageForm]:
        """The questions."""
        return MorningForm

    def initial(self) -> Initial:
        """What was said."""
        return pains(self.body.now) | {"settled": self.body.settled.value, "limp": self.body.limp.value}

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
            **pains(told.worst, "worst"),
            **pains(told.stiffness, "stiffness"),
            **pains(told.impact, "impact"),
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
        return pains(self.body.worst, "worst") | scores | change

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        return check_body(said, day=self.body.day, activities=len(self.body.scores))


class FollowUp(Correcting):
    """The questions three months after the course."""

    title = "Three months after the course"

    def form_class(self) -> type[PageForm]:
        """The questions."""
        form: type[PageForm] = followup_form(tuple(f"activity {n + 1}" for n in range(len(self.body.scores))))
        return form

    def initial(self) -> Initial:
        """What was said."""
        scores = {f"score_{place}": scale(score) for place, score in enumerate(self.body.scores)}
        return pains(self.body.worst, "worst") | scores

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        return followup_body(said, activities=len(self.body.scores))


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
        return pains(told.now) | {
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
        return pains(after) | {"limp": self.body.limp.value, "effort": scale(self.body.effort)}

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
        return pains(told.pain) | {
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
        """The questions: pain and stiffness, what she wants to do again, since when, and about her."""
        fields: dict[str, forms.Field] = {
            f"{part}_{side.value}": ScaleField(label=f"{self.words[part]}, {side.value} hip", unsure="I cannot say")
            for side in self.body.sides
            for part in self.parts
        }
        for place, activity in enumerate(self.body.activities):
            name = forms.CharField(label=f"Name of “{activity.name}”", max_length=60)
            score = ScaleField(label=f"How well it went: {activity.name}", low="not at all", high="as before")
            fields |= {f"activity_{place}": name, f"score_{place}": score}
        since, about = intake.since_form(self.today), intake.about_form(self.today)
        return type("IntakeAgain", (since, about), {**fields, "today": self.today})

    def initial(self) -> Initial:
        """What was said."""
        told = self.body
        sides = told.sides.items()
        said = {f"{part}_{side.value}": scale(getattr(each, part)) for side, each in sides for part in self.parts}
        for place, each in enumerate(told.activities):
            said |= {f"activity_{place}": each.name, f"score_{place}": scale(each.score)}
        return said | {
            "onset": told.onset,
            "onset_kind": told.onset_kind,
            "born": told.born,
            "trained": told.trained.value,
            "new_to_training": told.new_to_training.value,
            "sex": told.sex or "none",
            "height": plainly(told.height_m * 100) if told.height_m is not None else "",
            "mass": plainly(told.mass_kg) if told.mass_kg is not None else "",
        }

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""
        sides = {
            side: r.Complaint(**{part: said[f"{part}_{side.value}"] for part in self.parts}) for side in self.body.sides
        }
        activities = tuple(
            r.Activity(name=said[f"activity_{place}"], score=said[f"score_{place}"])
            for place in range(len(self.body.activities))
        )
        moved = said["onset"] != self.body.onset
        return replace(
            self.body,
            sides=sides,
            activities=activities,
            onset_at=None if moved else self.body.onset_at,
            **intake.about_her(said),
        )


class Wishes(Correcting):
    """Equipment, time and taste."""

    title = "What suits you"

    def form_class(self) -> type[PageForm]:
        """The questions of all three pages."""
        return WishedAgain

    def initial(self) -> Initial:
        """What was said."""
        several = {"things", "days"}
        return {name: typed if name in several else typed[0] for name, typed in wishes.typed_from(self.body).items()}

    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The wishes as they should have been; what no page asks for stays as it was."""
        now, was = wishes.wished(said), self.body
        offered = {thing for thing, _ in wishes.THINGS}
        kept = [thing for thing in was.equipment.things if thing in now.equipment.things or thing not in offered]
        things = tuple(dict.fromkeys([*kept, *now.equipment.things]))
        others = tuple(each for each in was.own_choice if each != wishes.RELEASE)
        return replace(now, equipment=replace(now.equipment, things=things), own_choice=(*others, *now.own_choice))


class WishedAgain(wishes.EquipmentForm, wishes.TimeForm, wishes.TasteForm):
    """All that may be wished, on one page."""


KINDS: dict[type, type[Correcting]] = {
    r.MorningAnswered: Morning,
    r.WeekAnswered: Week,
    r.CheckAnswered: Check,
    r.FollowedUp: FollowUp,
    r.DayAnswered: Day,
    r.SessionDone: After,
    r.TakenIn: TakenIn,
    r.Tested: Tests,
    r.Wished: Wishes,
    r.BandWeighed: BandAgain,
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
