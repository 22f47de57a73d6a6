"""The forms of the course: how you are, a set, after a session, the morning, the week, checks, leave and changes.

Cleaned values are facts; each form says itself which body of the record it becomes. A pain not known is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from psoas.knowledge.schema import Exercise, Knowledge
from psoas.pathway import record as r
from psoas.pathway.decisions import Item
from psoas.terms import BOTH, NO_LOAD, SIDES, Answer, Load, Side, Stage
from psoas.web.forms.base import EntryForm, PageForm
from psoas.web.forms.fields import NONE, DayField, OneField, ScaleField, SeveralField, YesNoField
from psoas.web.forms.questions import field_for

UNSURE = "unknown"
CANNOT_SAY = "I cannot say"
PAIN = "no pain"
WORST = "the worst you can imagine"


def pain_field(label: str, **rest: Any) -> ScaleField:
    """Pain from 0 to 10, or "I cannot say"."""
    return ScaleField(label=label, low=PAIN, high=WORST, unsure=CANNOT_SAY, **rest)


def side_pains(
    label: str, *, sides: tuple[Side, ...] = SIDES, name: str = "pain", **rest: Any
) -> dict[str, forms.Field]:
    """One pain question for each side; `label` has {side} in it."""
    return {f"{name}_{side.value}": pain_field(label.format(side=side.value), **rest) for side in sides}


def pains_of(cleaned: Mapping[str, Any], *, name: str = "pain", sides: tuple[Side, ...] = SIDES) -> r.Pains:
    """The pains as the record keeps them; a side not asked is not in it."""
    return {side: cleaned[f"{name}_{side.value}"] for side in sides if f"{name}_{side.value}" in cleaned}


def made(name: str, fields: Mapping[str, forms.Field], base: type[PageForm] = EntryForm) -> type[Any]:
    """A form class of these fields, in their order."""
    return type(name, (base,), dict(fields))


# ---- how you are today


def day_fields(knowledge: Knowledge, *, today: dt.date, session: bool) -> dict[str, forms.Field]:
    """Pain now and limp, and before a session the six questions and what is new (D11)."""
    fields: dict[str, forms.Field] = {}
    if session:
        gates = [q for q in knowledge.questions.values() if q.mini]
        fields |= {q.id: field_for(q, today=today) for q in gates}
    fields |= side_pains("Pain in your {side} hip now, at rest")
    fields["limp_now"] = YesNoField(label="Are you limping today?", help_text="A limp is a walk that favours one leg.")
    if session:
        asked = knowledge.questions
        fields["recovered"] = field_for(asked["recovered"], today=today)
        fields["night_pain_new"] = field_for(asked["night_pain_new"], today=today)
        fields["news"] = several_or_none(field_for(asked["news"], today=today))
    return fields


def several_or_none(field: forms.Field) -> forms.Field:
    """The choices with "nothing" and "not sure" behind them."""
    field.choices = [*field.choices, (NONE, "Nothing new"), (UNSURE, "Not sure")]  # type: ignore[attr-defined]
    return field


def ticked(values: tuple[str, ...]) -> tuple[str, ...] | None:
    """What was ticked: nothing for "none", None for "not sure".

    >>> ticked(("none",)), ticked(("unknown",)), ticked(("fall",))
    ((), None, ('fall',))
    """
    if values == (NONE,):
        return ()
    return None if UNSURE in values else values


# ---- a set

DID = [("all", "All of it"), ("part", "Part of it")]
SIGNS = [
    ("sharp", "Sharp or stabbing"),
    ("catching", "Catching or locking"),
    ("pinch", "A pinch at the front of the hip"),
    ("snap", "A snap that hurts"),
    ("deep_front", "Deep in front of the joint"),
    (NONE, "None of these, just an ache or a pull"),
    (UNSURE, "Not sure"),
]
SKIPS = [
    ("pain", "It hurts"),
    ("tired", "Too tired"),
    ("time", "No time"),
    ("equipment", "Something is missing"),
    ("other", "Another reason"),
]


def compensation_choices(exercise: Exercise) -> list[tuple[str, str]]:
    """How this exercise is commonly cheated, in words, with "none seen" and "not sure"."""
    seen = [(one.id, _capital(one.words)) for one in exercise.compensations]
    return [*seen, (NONE, "None seen"), (UNSURE, "Not sure")]


def set_form(item: Item, *, exercise: Exercise, sides: tuple[Side, ...], loads: list[tuple[str, str]]) -> type[Any]:
    """The questions after one set; the load only where one is sought or used."""
    where = "during this set" if item.side == BOTH else f"in your {item.side} hip during this set"
    fields: dict[str, forms.Field] = {"did": OneField(label="Did you do the whole set?", choices=DID)}
    for side in sides:
        label = f"Pain in your {side.value} hip during this set" if item.side == BOTH else f"Pain {where}"
        fields[f"pain_{side.value}"] = pain_field(label)
    if exercise.compensations:
        fields["seen"] = SeveralField(label="Did you see one of these?", choices=compensation_choices(exercise))
    fields["signs"] = SeveralField(label="If it hurt: what was it like?", choices=SIGNS)
    fields["effort"] = ScaleField(
        label="How hard was it?", low="no effort", high="could not do more", unsure=CANNOT_SAY
    )
    if loads:
        fields["load"] = OneField(label="Which load did you use?", choices=loads)
    return made("SetForm", fields)


def load_of(key: str) -> Load:
    """The load a form sent.

    >>> load_of("kg:2.5").kg, load_of("band:2").band, load_of("none").kind
    (Decimal('2.5'), 2, 'none')
    """
    kind, _, amount = key.partition(":")
    if kind == "kg":
        return Load(kind="kg", kg=Decimal(amount))
    if kind == "band":
        return Load(kind="band", band=int(amount))
    return Load(kind="hand") if kind == "hand" else NO_LOAD


class SkipForm(EntryForm):
    """Leave an exercise out, and why."""

    why = OneField(label="Why do you leave it out?", choices=SKIPS)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ---- after a session, and the morning after


class AfterForm(EntryForm):
    """How it was, just after."""

    pain_left = pain_field("Pain in your left hip now")
    pain_right = pain_field("Pain in your right hip now")
    limp = YesNoField(label="Are you limping now?")
    effort = ScaleField(
        label="How hard was the whole session?", low="no effort", high="could not do more", unsure=CANNOT_SAY
    )


class MorningForm(EntryForm):
    """The morning after a session (D39)."""

    pain_left = pain_field("Pain in your left hip now")
    pain_right = pain_field("Pain in your right hip now")
    settled = YesNoField(
        label="Has it settled since the session?",
        help_text="Settled means: no worse than before the session, or nearly so.",
    )
    limp = YesNoField(label="Have you been limping since then?")


def morning_body(said: Mapping[str, Any], *, session: str) -> r.MorningAnswered:
    """The entry of the morning after."""
    return r.MorningAnswered(
        session=session, now=pains_of(said), settled=Answer(said["settled"]), limp=Answer(said["limp"])
    )


# ---- once a week


FINE = "fine"  # one tick for a side that did not hurt
_SPARED = ("worst", "impact", "snaps")  # what that tick answers
_NOT_FINE = (
    "You ticked that it did not hurt at all, and below it did. Take the tick away, or answer those questions otherwise."
)


def _side_week(side: Side) -> dict[str, forms.Field]:
    """One hip's week; a tick that is never there before spares whoever had no pain the questions about it."""
    name = side.value
    return {
        f"{FINE}_{name}": SeveralField(
            label=f"Your {name} hip in the last seven days",
            choices=[("yes", "No pain at all, no pinch, no painful snap")],
            required=False,
        ),
        f"worst_{name}": pain_field(f"The worst pain in your {name} hip in the last seven days"),
        f"impact_{name}": pain_field(
            f"Pain in the {name} groin with running, jumping or full weight on the leg",
            help_text="If you did none of these, choose “I cannot say”.",
        ),
        f"snaps_{name}": YesNoField(label=f"Does the {name} hip pinch or snap with pain in daily life?"),
        f"stiffness_{name}": ScaleField(
            label=f"Stiffness of the {name} hip in the morning", low="none", high="extreme", unsure=CANNOT_SAY
        ),
    }


class _WeekForm(EntryForm):
    """The weekly questions (C11), one hip after the other."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for side in self._fine() if self.is_bound else ():
            for name in _SPARED:
                self.fields[f"{name}_{side.value}"].required = False

    def _fine(self) -> list[Side]:
        return [side for side in SIDES if "yes" in self.data.getlist(f"{FINE}_{side.value}")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A side ticked as free of pain had none, neither pinched nor snapped; what she did with it is not known by that."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for side in self._fine():
            worst, impact, snaps = (f"{name}_{side.value}" for name in _SPARED)
            if any((said.get(worst) or 0, said.get(impact) or 0, said.get(snaps) == "yes")):
                self.add_error(f"{FINE}_{side.value}", _NOT_FINE)
            said |= {worst: Decimal(0), snaps: "no"}
        return said


WeekForm = made(
    "WeekForm",
    {
        **{name: field for side in SIDES for name, field in _side_week(side).items()},
        "walk30": pain_field(
            "Pain in a walk of 30 minutes", help_text="If you did not walk that long this week, choose “I cannot say”."
        ),
        "night_pain": YesNoField(label="Has pain begun to wake you at night this week?"),
        "limp": YesNoField(label="Have you begun to limp this week?"),
    },
    base=_WeekForm,
)


def week_body(said: Mapping[str, Any]) -> r.WeekAnswered:
    """The entry of the weekly questions."""
    return r.WeekAnswered(
        worst=pains_of(said, name="worst"),
        stiffness=pains_of(said, name="stiffness"),
        impact=pains_of(said, name="impact"),
        night_pain=Answer(said["night_pain"]),
        limp=Answer(said["limp"]),
        walk30=said["walk30"],
        snaps={side: Answer(said[f"snaps_{side.value}"]) for side in SIDES},
    )


# ---- checks

PGIC = [
    ("very_much_better", "Very much better"),
    ("much_better", "Much better"),
    ("a_little_better", "A little better"),
    ("same", "No change"),
    ("a_little_worse", "A little worse"),
    ("much_worse", "Much worse"),
    ("very_much_worse", "Very much worse"),
    (UNSURE, "Not sure"),
]


def pain_and_activities(activities: tuple[str, ...]) -> dict[str, forms.Field]:
    """Worst pain of each side, and the activities named at intake."""
    fields: dict[str, forms.Field] = side_pains(
        "The worst pain in your {side} hip in the last seven days", name="worst"
    )
    for place, name in enumerate(activities):
        fields[f"score_{place}"] = ScaleField(
            label=f"How well can you do this now: {name}", low="not at all", high="as before", unsure=CANNOT_SAY
        )
    return fields


def check_form(activities: tuple[str, ...]) -> type[Any]:
    """The questions of a check: pain and activities, the change, and whether she is content."""
    fields = pain_and_activities(activities)
    fields["change"] = OneField(label="Since you began, how is your hip overall?", choices=PGIC)
    fields["satisfied"] = YesNoField(label="Are you content with how your hip is now?")
    return made("CheckForm", fields)


def check_body(said: Mapping[str, Any], *, day: int, activities: int) -> r.CheckAnswered:
    """The entry of a check's questions."""
    change = said["change"]
    return r.CheckAnswered(
        day=day,
        worst=pains_of(said, name="worst"),
        scores=tuple(said[f"score_{place}"] for place in range(activities)),
        change="" if change == UNSURE else change,
        satisfied=Answer(said["satisfied"]),
    )


def followup_form(activities: tuple[str, ...]) -> type[Any]:
    """The questions three months after the course: pain and activities, nothing else (C11)."""
    return made("FollowUpForm", pain_and_activities(activities))


def followup_body(said: Mapping[str, Any], *, activities: int) -> r.FollowedUp:
    """The entry of these questions."""
    scores = tuple(said[f"score_{place}"] for place in range(activities))
    return r.FollowedUp(worst=pains_of(said, name="worst"), scores=scores)


class FormCheckForm(EntryForm):
    """Whether the form still fits the pictures and cues (HO5)."""

    good = YesNoField(label="Do all your exercises look and feel as described?")


# ---- leave, visits, changes

BY = [
    ("emergency", "An emergency department"),
    ("gp", "A family doctor"),
    ("specialist", "A specialist"),
    ("physio", "A physiotherapist"),
    ("other", "Somebody else in health care"),
]
OUTCOMES = [
    ("nothing_serious", "Nothing serious was found"),
    ("treated", "Something was found and treated"),
    ("watch", "It is being watched, and I may train"),
    ("not_allowed", "I was told not to train for now"),
]
STAGES = [("none", "No stage was named"), *((stage.value, f"Up to stage {stage.value}") for stage in Stage)]


def rows_field(rows: list[tuple[str, str]], label: str) -> SeveralField:
    """The rules it is about."""
    return SeveralField(label=label, choices=rows, error_messages={"required": "Tick what it is about."})


def seen_form(rows: list[tuple[str, str]], *, since: dt.date, today: dt.date) -> type[Any]:
    """By whom she was seen, when and with what outcome (D16)."""
    return made(
        "SeenForm",
        {
            "rows": rows_field(rows, "What was looked at?"),
            "by": OneField(label="Who looked at it?", choices=BY),
            "on": DayField(label="When?", earliest=since, latest=today),
            "outcome": OneField(label="What came of it?", choices=OUTCOMES),
        },
    )


def leave_form(
    rows: list[tuple[str, str]], *, exercises: list[tuple[str, str]], today: dt.date, most: int
) -> type[Any]:
    """A clinician's leave as the person quotes it (D14)."""
    last = today + dt.timedelta(days=most)
    until = DayField(
        label="Until when?",
        required=False,
        earliest=today,
        latest=last,
        late=f"Psoas takes a leave for at most twelve weeks, until {last.day} {last:%B %Y}. After that, ask again.",
        help_text=f"Without a date it holds six weeks. At most until {last.day} {last:%B}.",
    )
    return made(
        "LeaveForm",
        {
            "rows": rows_field(rows, "What may you train with?"),
            "until": until,
            "top": OneField(label="Up to which stage?", choices=STAGES),
            "forbidden": SeveralField(
                label="Were exercises forbidden?", choices=[*exercises, (NONE, "None were forbidden")]
            ),
        },
    )


def change_form(knowledge: Knowledge, *, today: dt.date) -> type[Any]:
    """What has changed (D17)."""
    return made("ChangeForm", {"what": field_for(knowledge.questions["change_what"], today=today)})
