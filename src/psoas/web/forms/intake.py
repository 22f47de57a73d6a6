"""What hurts, since when, and the few things about her that the rules need."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from psoas.pathway.record import Activity, Complaint, TakenIn
from psoas.terms import SIDES, Answer, Side
from psoas.web.forms.base import PageForm
from psoas.web.forms.fields import DayField, MonthField, NumberField, OneField, ScaleField, YesNoField

HURTS = {"right": (Side.RIGHT,), "left": (Side.LEFT,), "both": SIDES, "none": ()}
ACTIVITIES = 3
NO_PAIN = Complaint(now=Decimal(0), worst=Decimal(0), morning=Decimal(0))
SEXES = {"f": "f", "m": "m"}
UNABLE, AS_BEFORE = "cannot do it at all", "as well as before"
_CANNOT_SAY = "I cannot say"


class WhereForm(PageForm):
    """Which hip hurts."""

    hurts = OneField(
        label="Which hip has hurt in the last seven days?",
        help_text="Left and right are yours. A hip that you leave out counts as free of pain.",
        choices=[
            ("right", "The right one"),
            ("left", "The left one"),
            ("both", "Both"),
            ("none", "Neither: only stiff, tight or weak"),
        ],
    )


def how_much_form(sides: tuple[Side, ...]) -> type[PageForm]:
    """The pain of these sides, and the stiffness of both where none hurts."""
    fields: dict[str, Any] = {}
    for side in sides:
        fields |= _pain_fields(side)
    for side in sides or SIDES:
        fields[f"{side}_stiffness"] = _scale(
            f"How stiff is the {side} hip when you get up in the morning?", high="cannot bend it"
        )
    return type("HowMuchForm", (_HowMuchForm,), {**fields, "sides": sides})


def _pain_fields(side: Side) -> dict[str, Any]:
    return {
        f"{side}_now": _scale(f"Pain in the {side} hip right now, at rest"),
        f"{side}_worst": _scale(f"The worst pain in the {side} hip in the last seven days"),
        f"{side}_morning": _scale(f"Pain in the {side} hip this morning, when you got up"),
    }


def _scale(label: str, *, high: str = "worst imaginable") -> ScaleField:
    return ScaleField(label=label, high=high, unsure=_CANNOT_SAY)


class _HowMuchForm(PageForm):
    sides: tuple[Side, ...] = ()

    def clean(self) -> dict[str, Any]:
        """The worst of seven days is never below today's pain."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for side in self.sides:
            worst = cleaned.get(f"{side}_worst")
            today = [p for p in (cleaned.get(f"{side}_now"), cleaned.get(f"{side}_morning")) if p is not None]
            if worst is not None and today and max(today) > worst:
                self.add_error(
                    f"{side}_worst",
                    f"You gave {max(today)} for today, so the worst of the last seven days cannot be {worst}. "
                    "Today is one of the seven days: choose at least the number of today.",
                )
        return cleaned


class SinceForm(PageForm):
    """Since when, and how it began."""

    onset_kind = OneField(
        label="How did it begin?",
        choices=[
            ("sudden", "All at once"),
            ("gradual", "Bit by bit"),
            ("unknown", "Not sure"),
        ],
    )
    onset = DayField(
        label="On which day did it begin?",
        required=False,
        help_text="As well as you remember. Leave it empty if you do not know.",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["onset"].latest = self.today  # type: ignore[attr-defined]
        self.fields["onset"].earliest = dt.date(1930, 1, 1)  # type: ignore[attr-defined]

    today: dt.date | None = None


def since_form(today: dt.date) -> type[PageForm]:
    """The form as it is on that day."""
    return type("SinceForm", (SinceForm,), {"today": today})


class ActivitiesForm(PageForm):
    """One to three things the hip stops her doing, in her own words, each scored 0-10."""

    activity_1 = forms.CharField(
        label="What does your hip stop you from doing, or make hard?",
        help_text="In your own words, such as “climbing stairs”. Asked again later, to see what changed.",
        max_length=60,
        error_messages={
            "required": "Name at least one thing, in a word or two.",
            "max_length": "Keep it under 60 letters.",
        },
    )
    score_1 = ScaleField(label="How well does it go today?", low=UNABLE, high=AS_BEFORE)
    activity_2 = forms.CharField(label="A second thing", required=False, max_length=60)
    score_2 = ScaleField(label="How well does the second go today?", low=UNABLE, high=AS_BEFORE, required=False)
    activity_3 = forms.CharField(label="A third thing", required=False, max_length=60)
    score_3 = ScaleField(label="How well does the third go today?", low=UNABLE, high=AS_BEFORE, required=False)

    def clean(self) -> dict[str, Any]:
        """A thing and its number belong together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(2, ACTIVITIES + 1):
            name, score = cleaned.get(f"activity_{n}"), cleaned.get(f"score_{n}")
            if name and score is None and f"score_{n}" not in self.errors:
                self.add_error(f"score_{n}", f"Choose a number for “{name}”, or clear its name.")
            if score is not None and not name:
                self.add_error(f"activity_{n}", "There is a number but no name. Name the thing it is for.")
        return cleaned


class AboutForm(PageForm):
    """Age and training, and body measures where she wants to give them."""

    born = MonthField(label="When were you born?", earliest=1900, help_text="The day is not needed.")
    trained = YesNoField(
        label="Do you do strength training regularly?", help_text="At least once a week in the last three months."
    )
    new_to_training = YesNoField(label="Would strength training be new to you?")
    sex = OneField(
        label="Sex",
        required=False,
        help_text="Used only to compare strength with a published range.",
        choices=[("f", "Female"), ("m", "Male"), ("none", "I would rather not say")],
    )
    height = NumberField(label="Height", unit="cm", low=100, high=250, required=False)
    mass = NumberField(label="Weight", unit="kg", low=25, high=350, required=False)

    today: dt.date | None = None

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["born"].latest = self.today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who trains regularly is not new to it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("trained") == "yes" and cleaned.get("new_to_training") == "yes":
            self.add_error(
                "new_to_training",
                "You said that you train regularly, so it cannot be new to you. Change one of the two.",
            )
        return cleaned


def about_form(today: dt.date) -> type[PageForm]:
    """The form as it is on that day."""
    return type("AboutForm", (AboutForm,), {"today": today})


# ---- what it comes to


def taken_in(said: Mapping[str, Any]) -> TakenIn:
    """The entry that these answers make. A hip that does not hurt has no pain, because she said so."""
    return TakenIn(
        sides={side: _complaint(said, side) for side in SIDES},
        activities=tuple(
            Activity(name=said[f"activity_{n}"], score=said[f"score_{n}"])
            for n in range(1, ACTIVITIES + 1)
            if said.get(f"activity_{n}")
        ),
        **about_her(said),
    )


def about_her(said: Mapping[str, Any]) -> dict[str, Any]:
    """Since when, and what the pages about her asked."""
    return {
        "born": said["born"],
        "onset": said.get("onset"),
        "onset_kind": said["onset_kind"],
        "sex": SEXES.get(said.get("sex", ""), ""),
        "height_m": _metres(said.get("height")),
        "mass_kg": said.get("mass"),
        "trained": Answer(said["trained"]),
        "new_to_training": Answer(said["new_to_training"]),
    }


def _complaint(said: Mapping[str, Any], side: Side) -> Complaint:
    stiffness = said.get(f"{side}_stiffness")
    if side not in HURTS[said["hurts"]]:
        return Complaint(now=NO_PAIN.now, worst=NO_PAIN.worst, morning=NO_PAIN.morning, stiffness=stiffness)
    return Complaint(
        now=said.get(f"{side}_now"),
        worst=said.get(f"{side}_worst"),
        morning=said.get(f"{side}_morning"),
        stiffness=stiffness,
    )


def _metres(centimetres: Decimal | None) -> Decimal | None:
    return None if centimetres is None else centimetres / 100
