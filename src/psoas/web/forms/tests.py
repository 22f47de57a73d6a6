"""The self-tests as forms: which methods she has, and for each hip what was read, seen and felt.

Every reading may be left empty: a test without a reading was not done, and is unknown. Lengths are typed in
centimetres and kept in metres, a luggage scale in kilograms and kept in newtons.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

from psoas.knowledge.schema import Knowledge
from psoas.pathway.findings import ImpossibleReading, best_of, readings_of
from psoas.pathway.record import Findings, HoldTest, LengthTest, PainSigns, StrengthTest, Tested
from psoas.terms import SIDES, Answer, Side
from psoas.web.forms.base import PageForm, folded
from psoas.web.forms.fields import NONE, NumberField, OneField, ScaleField, SeveralField, YesNoField

SKIP = "none"
READINGS = 3
TRIES = 4
NEWTONS_A_KILOGRAM = Decimal("9.80665")  # clinical.md B3
HOLDS = ("E06", "E07")
MORE_READINGS = "Second and third reading: the middle one counts"
MORE_TRIES = "Three more tries: the highest counts"
_CANNOT_SAY = "I cannot say"


class MethodsForm(PageForm):
    """How she can test; every test may be left out."""

    length = OneField(
        label="How long are the muscles? How can you measure the thigh?",
        help_text="You need a firm table or high bed. A tape measure is the most exact; someone to help makes it easier.",
        choices=[
            ("tape", "With a tape measure and a helper (most exact)"),
            ("angle", "With a phone that shows an angle"),
            ("eye", "By eye, with someone looking or a phone filming (rough)"),
            (SKIP, "Skip this test"),
        ],
    )
    hold = OneField(
        label="How well do they hold? Six holds of ten seconds, lying and kneeling",
        help_text="On the floor, with a timer. It decides at which stage you may start.",
        choices=[("hold", "Yes, I will do the holds"), (SKIP, "Skip this test")],
    )
    strength = OneField(
        label="How strong is one side compared with the other?",
        help_text="Counting needs nothing but a chair.",
        choices=[
            ("reps", "Counting knee lifts on a chair"),
            ("home", "With a luggage scale and a strap"),
            ("hand", "With a hand-held strength meter and a helper"),
            ("belt", "With a strength meter fixed by a strap"),
            ("mmt", "A clinician graded it by hand, 0 to 5"),
            (SKIP, "Skip this test"),
        ],
    )
    signs = OneField(
        label="Where does the pain come from? Three gentle signs",
        help_text="Without them Psoas cannot tell whether your pain behaves like hip-flexor pain.",
        choices=[("signs", "Yes, I will try them"), (SKIP, "Skip this test")],
    )


class NoLengthForm(MethodsForm):
    """The same for somebody who must not do the length test (C4b, D30)."""

    length = None  # type: ignore[assignment]  # Django takes the question out by this


def methods_form(*, length: bool, minutes: Mapping[str, int] | None = None) -> type[PageForm]:
    """The tests to choose among, with or without the length test; each way says about how many minutes it takes."""
    plain = MethodsForm if length else NoLengthForm
    if not minutes:
        return plain
    fields = {name: deepcopy(field) for name, field in plain.base_fields.items()}
    for field in fields.values():
        field.choices = [(key, _timed(words, minutes.get(key, 0))) for key, words in field.choices]  # type: ignore[attr-defined]
    return type("TimedMethodsForm", (PageForm,), fields)


def _timed(words: str, minutes: int) -> str:
    return f"{words}: about {minutes} minute{'s' if minutes > 1 else ''}" if minutes else words


class SignsOnlyForm(PageForm):
    """While it is fresh, or with a limp, the tests of length and strength wait (D25)."""

    signs = OneField(
        label="Three gentle signs of where the pain comes from",
        help_text="Two minutes, sitting and lying. Leave it out if lifting the thigh is very sore.",
        choices=[("signs", "Yes, I will try them"), (SKIP, "Skip this test")],
    )


def pain_field() -> ScaleField:
    """Pain during a test."""
    return ScaleField(label="How much did it hurt, at most?", unsure=_CANNOT_SAY)


# ---- length


def length_form(method: str, *, side: Side) -> type[PageForm]:
    """The length test of one side by this method."""
    fields: dict[str, Any] = {}
    if method == "tape":
        fields |= _tape_fields(side)
    elif method == "angle":
        for n in range(1, READINGS + 1):
            reading = NumberField(label=f"Reading {n}", low=-90, high=90, unit="degrees", required=n == 1)
            fields[f"length_{side}_{n}"] = folded(reading, under=MORE_READINGS if n > 1 else "")
    else:
        fields[f"length_{side}_eye"] = _eye_field()
    fields |= {
        f"length_{side}_pelvis": YesNoField(
            label="Did the low back stay flat and the pelvis still?",
        ),
        f"length_{side}_stopped": SeveralField(
            label="What stopped the leg?", choices=STOPPED if method != "eye" else STOPPED_BY_EYE
        ),
        f"length_{side}_pain": pain_field(),
    }
    return type("LengthForm", (_LengthForm,), {**fields, "side": side, "method": method})


STOPPED = [
    ("stretch", "A stretch in front"),
    ("pinch", "A pinch or sharp pain in the groin"),
    ("hard_stop", "A hard stop, bone on bone"),
    ("knee_straightens", "The thigh sank when the knee was straightened"),
    ("drifts_out", "The thigh sank when it drifted outwards"),
    (NONE, "Nothing in particular"),
]
STOPPED_BY_EYE = [each for each in STOPPED if each[0] not in ("knee_straightens", "drifts_out")]  # not tried there


def _tape_fields(side: Side) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f"length_{side}_thigh": NumberField(
            label="Length of the thigh, from hip point to knee point", low=20, high=70, unit="cm"
        ),
    }
    for n in range(1, READINGS + 1):
        for point in ("hip", "knee"):
            label = f"{point.capitalize()} height, reading {n}"
            height = NumberField(label=label, low=10, high=200, unit="cm", required=n == 1)
            fields[f"length_{side}_{point}_{n}"] = folded(height, under=MORE_READINGS if n > 1 else "")
    return fields


def _eye_field() -> OneField:
    choices = [
        ("above", "Knee higher than hip"),
        ("level", "About level"),
        ("below", "Knee lower than hip"),
    ]
    return OneField(label="How does the thigh hang?", choices=choices)


class _LengthForm(PageForm):
    side: Side
    method: str

    def clean(self) -> dict[str, Any]:
        """Two heights belong together, and no thigh is steeper than it is long."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.method == "tape" and not self.errors:
            check_tape(self, cleaned, side=self.side)
        return cleaned


def check_tape(form: PageForm, cleaned: Mapping[str, Any], *, side: Side) -> None:
    """Tell the form what cannot be: a height without its other, or a thigh steeper than it is long."""
    thigh = cleaned.get(f"length_{side}_thigh")
    for n in range(1, READINGS + 1):
        hip, knee = f"length_{side}_hip_{n}", f"length_{side}_knee_{n}"
        given = [cleaned.get(name) is not None for name in (hip, knee)]
        if any(given) and not all(given):
            missing = hip if not given[0] else knee
            form.add_error(missing, f"Reading {n} needs both heights. Type this one, or clear the other.")
        elif all(given) and abs(cleaned[knee] - cleaned[hip]) > thigh:
            form.add_error(
                knee,
                f"Hip and knee differ by {abs(cleaned[knee] - cleaned[hip])} cm in height, but the thigh is only {thigh} cm long. "
                f"That cannot be: measure reading {n} once more.",
            )


def length_test(said: Mapping[str, Any], side: Side) -> LengthTest | None:
    """The length test of that side; none where nothing was read."""
    method = said.get("length", SKIP)
    if method == SKIP:
        return None
    test = LengthTest(
        side=side,
        method=method,
        readings=_numbers(said, f"length_{side}_", READINGS) if method == "angle" else (),
        tape=_tape(said, side) if method == "tape" else (),
        category=said.get(f"length_{side}_eye") or "" if method == "eye" else "",
        pelvis_controlled=answer(said.get(f"length_{side}_pelvis")),
        stopped_by=tuple(s for s in said.get(f"length_{side}_stopped") or () if s != NONE),
        pain=said.get(f"length_{side}_pain"),
    )
    return test if test.readings or test.tape or test.category or test.stopped_by else None


def _tape(said: Mapping[str, Any], side: Side) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
    thigh = said.get(f"length_{side}_thigh")
    heights = (
        (said.get(f"length_{side}_knee_{n}"), said.get(f"length_{side}_hip_{n}")) for n in range(1, READINGS + 1)
    )
    return tuple(
        (knee / 100, hip / 100, thigh / 100) for knee, hip in heights if thigh and knee is not None and hip is not None
    )


# ---- holds


def hold_form(exercise: str, *, side: Side, knowledge: Knowledge) -> type[PageForm]:
    """Six holds of ten seconds of this exercise, or of its form, on one side."""
    key = f"hold_{exercise}_{side}"
    fields: dict[str, Any] = {
        f"{key}_result": OneField(
            label="How did the six holds go?",
            choices=[
                ("pass", "All six, ten seconds each, five seconds between"),
                ("needs_rest", "All six, but I needed longer rests"),
                ("fail", "Not all six, or not ten seconds"),
            ],
        ),
        f"{key}_seen": SeveralField(
            label="What did you see or feel while holding?",
            choices=[*_cheats(exercise, knowledge), (NONE, "None of these"), ("unknown", "I could not tell")],
        ),
        f"{key}_pain": pain_field(),
    }
    if exercise.startswith("E06"):
        fields |= _first_holds(key)
    return type("HoldForm", (PageForm,), fields)


def _first_holds(key: str) -> dict[str, Any]:
    """What only the first exercise asks: the first hold, practice, and whether the cheat was always there (C2c)."""
    return {
        f"{key}_first": OneField(
            label="Did the very first hold last ten seconds?",
            help_text="Before any practice. A muscle that needs a few tries to wake up shows itself here.",
            choices=[
                ("yes", "Yes"),
                ("reached", "No, but after up to three practice holds it did, cleanly"),
                ("no", "No, and practice did not change that"),
                ("unknown", "Not sure"),
            ],
        ),
        f"{key}_every": OneField(
            label="If you ticked something above: was it there in every hold?",
            required=False,
            choices=[("yes", "Yes, in every one"), ("no", "No"), ("unknown", "Not sure")],
        ),
    }


def _cheats(exercise: str, knowledge: Knowledge) -> list[tuple[str, str]]:
    return [
        (each.id, each.words[:1].upper() + each.words[1:])
        for each in knowledge.exercises[exercise.split("-", maxsplit=1)[0]].compensations
    ]


def hold_test(said: Mapping[str, Any], exercise: str, side: Side) -> HoldTest | None:
    """The holds of that exercise, in whichever of its forms they were done."""
    key = next((name.removesuffix("_result") for name in said if _is_result(name, exercise, side)), "")
    if said.get("hold", SKIP) == SKIP or not key:
        return None
    seen = said.get(f"{key}_seen") or ()
    first = said.get(f"{key}_first")
    return HoldTest(
        side=side,
        exercise=key.split("_")[1],
        result=said[f"{key}_result"],
        compensations=None if "unknown" in seen or not seen else tuple(each for each in seen if each != NONE),
        every_repetition=said.get(f"{key}_every") == "yes",
        first_failed=first in ("no", "reached"),
        practice="reached" if first == "reached" else "",
        pain=said.get(f"{key}_pain"),
    )


def _is_result(name: str, exercise: str, side: Side) -> bool:
    return name.startswith(f"hold_{exercise}") and name.endswith(f"_{side}_result")


# ---- strength


def strength_form(method: str, *, side: Side) -> type[PageForm]:
    """The strength test of one side by this method."""
    fields: dict[str, Any] = {}
    if method == "reps":
        fields[f"strength_{method}_{side}_1"] = NumberField(
            label="How many lifts to the mark?", low=0, high=300, whole=True, unit="lifts"
        )
    elif method == "mmt":
        fields[f"strength_{method}_{side}_1"] = NumberField(
            label="Which grade were you given?", low=0, high=5, whole=True
        )
    else:
        unit, high = ("kg", 100) if method == "home" else ("newtons", 1000)
        for n in range(1, TRIES + 1):
            given = NumberField(label=f"Try {n}", low=0, high=high, unit=unit, required=n == 1)
            fields[f"strength_{method}_{side}_{n}"] = folded(given, under=MORE_TRIES if n > 1 else "")
        fields[f"strength_{method}_{side}_lever"] = NumberField(
            label="Lever: from the hip point to the strap or meter", low=10, high=70, unit="cm", required=False
        )
        fields[f"strength_{method}_{side}_held_1"] = NumberField(
            label="One more, with support",
            help_text="With the low back pressed against something firm, or someone telling you how.",
            low=0,
            high=high,
            unit=unit,
            required=False,
        )
    if method != "mmt":
        fields[f"strength_{method}_{side}_pain"] = pain_field()
    return type("StrengthForm", (PageForm,), fields)


def strength_test(said: Mapping[str, Any], side: Side) -> StrengthTest | None:
    """The strength test of that side; none without a try."""
    method = said.get("strength", SKIP)
    trials = _numbers(said, f"strength_{method}_{side}_", TRIES)
    if method == SKIP or not trials:
        return None
    factor = NEWTONS_A_KILOGRAM if method == "home" else Decimal(1)
    lever = said.get(f"strength_{method}_{side}_lever")
    return StrengthTest(
        side=side,
        method=method,
        trials=tuple(trial * factor for trial in trials),
        supported=tuple(trial * factor for trial in _numbers(said, f"strength_{method}_{side}_held_", 1)),
        lever_m=None if lever is None else lever / 100,
        pain=said.get(f"strength_{method}_{side}_pain"),
    )


# ---- signs

SIGNS = (
    ("resisted", "Lifted against your hand, does it hurt as you know it?"),
    ("stretch", "Stretched, does it hurt as you know it?"),
    ("tender", "Pressed, is it clearly more tender than the other side?"),
)


def signs_form(sides: tuple[Side, ...]) -> type[PageForm]:
    """The three pain signs of these sides."""
    fields = {
        f"sign_{sign}_{side}": YesNoField(label=f"{_upper(side)}: {ask[0].lower()}{ask[1:]}")
        for side in sides
        for sign, ask in SIGNS
    }
    return type("SignsForm", (PageForm,), fields)


def _upper(side: Side) -> str:
    return side.value[:1].upper() + side.value[1:]


def pain_signs(said: Mapping[str, Any], side: Side) -> PainSigns | None:
    """The three signs of that side; none where none was tried."""
    given = {sign: said[f"sign_{sign}_{side}"] for sign, _ in SIGNS if said.get(f"sign_{sign}_{side}")}
    if said.get("signs", SKIP) == SKIP or not given:
        return None
    return PainSigns(side=side, **{sign: Answer(said) for sign, said in given.items()})


# ---- all together


def findings(said: Mapping[str, Any]) -> Findings:
    """What the tests found; a test without a reading is not among them. Raises ImpossibleReading."""
    found = Findings(
        length=_present(length_test(said, side) for side in SIDES),
        strength=_present(strength_test(said, side) for side in SIDES),
        holds=_present(hold_test(said, exercise, side) for side in SIDES for exercise in HOLDS),
        signs=_present(pain_signs(said, side) for side in SIDES),
    )
    for length in found.length:
        readings_of(length)
    for strength in found.strength:
        best_of(strength)
    return found


def tested(said: Mapping[str, Any]) -> Tested:
    """The entry that these answers make."""
    return Tested(findings=findings(said))


def _present(tests: Any) -> tuple[Any, ...]:
    return tuple(test for test in tests if test is not None)


def _numbers(said: Mapping[str, Any], stem: str, most: int) -> tuple[Decimal, ...]:
    values = (said.get(f"{stem}{n}") for n in range(1, most + 1))
    return tuple(value for value in values if value is not None)


def answer(said: Any) -> Answer:
    """Yes or no where one was said, else unknown."""
    return Answer(said) if said in ("yes", "no") else Answer.UNKNOWN


__all__ = [
    "ImpossibleReading",
    "MethodsForm",
    "findings",
    "hold_form",
    "length_form",
    "signs_form",
    "strength_form",
    "tested",
]
