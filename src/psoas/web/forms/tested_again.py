"""Self-tests said otherwise: every number, every look and every answer of them, in the fields in which they were asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from msgspec.structs import replace

from psoas.pathway.record import Findings, HoldTest, LengthTest, PainSigns, StrengthTest, Tested
from psoas.terms import Side
from psoas.web.forms import tests
from psoas.web.forms.base import PageForm
from psoas.web.forms.correcting import Correcting, Initial, boxes, plainly, scale

_CM = 100  # lengths are typed in centimetres and kept in metres


class Tests(Correcting):
    """The self-tests. A test of a side that was done twice in one go is corrected in its last form."""

    __test__ = False
    title = "The self-tests"

    def form_class(self) -> type[PageForm]:
        """Each test with its own questions."""
        found: Findings = self.body.findings
        fields: dict[str, forms.Field] = {}
        for length in found.length:
            fields |= _named("Length", length.side, tests.length_form(length.method, side=length.side))
            fields[f"length_{length.side}_stopped"].choices = tests.STOPPED  # type: ignore[attr-defined]
        for hold in found.holds:
            form = tests.hold_form(hold.exercise, side=hold.side, knowledge=self.knowledge)
            name = "Holds lying down" if hold.exercise.startswith(tests.HOLDS[0]) else "Holds kneeling"
            fields |= _named(name, hold.side, form)
        for strength in found.strength:
            fields |= _named("Strength", strength.side, tests.strength_form(strength.method, side=strength.side))
        fields |= tests.signs_form(tuple(signs.side for signs in found.signs)).base_fields
        taped = tuple(test.side for test in found.length if test.method == "tape")
        return type("TestsAgain", (_Again,), {**fields, "taped": taped})

    def initial(self) -> Initial:
        """What was measured."""
        found: Findings = self.body.findings
        told = (
            *map(_length, found.length),
            *map(_hold, found.holds),
            *map(_strength, found.strength),
            *map(_signs, found.signs),
        )
        return {name: value for test in told for name, value in test}

    def otherwise(self, said: Mapping[str, Any]) -> Tested:
        """The tests as they should have been."""
        found: Findings = self.body.findings
        changed = replace(
            found,
            length=tuple(_length_again(test, said) for test in found.length),
            holds=tuple(_hold_again(test, said) for test in found.holds),
            strength=tuple(_strength_again(test, said) for test in found.strength),
            signs=tuple(tests.pain_signs({**said, "signs": "signs"}, test.side) or test for test in found.signs),
        )
        return Tested(findings=changed)


class _Again(PageForm):
    taped: tuple[Side, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Two heights belong together here too."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for side in self.taped if not self.errors else ():
            tests.check_tape(self, cleaned, side=side)
        return cleaned


def _named(test: str, side: Side, form: type[PageForm]) -> dict[str, forms.Field]:
    """The fields of that form, each named with its test and side, because many stand on one page."""
    for field in form.base_fields.values():
        field.label = f"{test}, {side} hip: {str(field.label)[:1].lower()}{str(field.label)[1:]}"
    return dict(form.base_fields)


# ---- what was measured, as it was typed


def _length(test: LengthTest) -> Iterator[tuple[str, Any]]:
    key = f"length_{test.side}"
    for n, reading in enumerate(test.readings, start=1):
        yield f"{key}_{n}", plainly(reading)
    for n, (knee, hip, thigh) in enumerate(test.tape, start=1):
        yield f"{key}_thigh", plainly(thigh * _CM)
        yield f"{key}_hip_{n}", plainly(hip * _CM)
        yield f"{key}_knee_{n}", plainly(knee * _CM)
    yield f"{key}_eye", test.category
    yield f"{key}_pelvis", test.pelvis_controlled.value
    yield f"{key}_stopped", boxes(test.stopped_by)
    yield f"{key}_pain", scale(test.pain)


def _hold(test: HoldTest) -> Iterator[tuple[str, Any]]:
    key = f"hold_{test.exercise}_{test.side}"
    yield f"{key}_result", test.result
    yield f"{key}_seen", boxes(test.compensations)
    yield f"{key}_first", test.practice or ("no" if test.first_failed else "yes")
    yield f"{key}_every", "yes" if test.every_repetition else ""
    yield f"{key}_pain", scale(test.pain)


def _strength(test: StrengthTest) -> Iterator[tuple[str, Any]]:
    key = f"strength_{test.method}_{test.side}"
    unit = tests.NEWTONS_A_KILOGRAM if test.method == "home" else Decimal(1)
    for n, trial in enumerate(test.trials, start=1):
        yield f"{key}_{n}", plainly(trial / unit)
    for n, trial in enumerate(test.supported, start=1):
        yield f"{key}_held_{n}", plainly(trial / unit)
    if test.lever_m is not None:
        yield f"{key}_lever", plainly(test.lever_m * _CM)
    yield f"{key}_pain", scale(test.pain)


def _signs(test: PainSigns) -> Iterator[tuple[str, Any]]:
    for sign, _ in tests.SIGNS:
        yield f"sign_{sign}_{test.side}", getattr(test, sign).value


# ---- and back


def _length_again(test: LengthTest, said: Mapping[str, Any]) -> LengthTest:
    now = tests.length_test({**said, "length": test.method}, test.side)
    return test if now is None else replace(now, knee_angle=test.knee_angle)


def _hold_again(test: HoldTest, said: Mapping[str, Any]) -> HoldTest:
    return tests.hold_test({**said, "hold": "hold"}, test.exercise, test.side) or test


def _strength_again(test: StrengthTest, said: Mapping[str, Any]) -> StrengthTest:
    now = tests.strength_test({**said, "strength": test.method}, test.side)
    if now is None:
        return test
    return now if test.method != "mmt" else replace(now, pain=test.pain)
