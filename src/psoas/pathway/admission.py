"""Whether an exercise may be done, and in which form: contraindications (C4b, C-R, D30) and equipment (C4c, D32).

Where an exclusion depends on something unknown, the exercise is left out (ruling D06).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from psoas.knowledge.criteria import facts_of, holds
from psoas.knowledge.schema import Exclusion, Exercise, Measure, Substitute
from psoas.pathway.record import Equipment, Wished
from psoas.terms import NO_LOAD, Answer, Load, Reason

AT_HAND = frozenset({"wall", "floor", "none", "towel"})  # what every home has


class Admitted(Struct, frozen=True, kw_only=True):
    """May be done, in this form ("" = as described), with these changes."""

    form: str
    load: str
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()


class Refused(Struct, frozen=True, kw_only=True):
    """May not be done, and why."""

    reasons: tuple[Reason, ...]


class _Form(Struct, frozen=True):
    id: str
    needs: tuple[str, ...]
    load: str
    exclusions: tuple[Exclusion, ...]


def admit(exercise: Exercise, *, facts: Mapping[str, Any], wish: Wished, form: str = "") -> Admitted | Refused:
    """The first form that no row excludes and whose equipment is at hand; her chosen form before the others."""
    demanded = _demanded(exercise, facts)
    refusals: list[Reason] = []
    for candidate in _forms(exercise, first=form):
        if demanded and candidate.id not in demanded:
            continue
        refused = _refused(candidate, facts)
        refusals += refused
        if not refused and _at_hand(candidate, wish.equipment):
            return Admitted(form=candidate.id, load=candidate.load, reasons=tuple(_form_reasons(exercise, candidate, demanded)),
                            notes=_notes(candidate, facts))  # fmt: skip
    return Refused(reasons=_distinct(refusals) or (Reason("C4c"),))


def _distinct(reasons: list[Reason]) -> tuple[Reason, ...]:
    kept: list[Reason] = []
    for reason in reasons:
        if reason not in kept:
            kept.append(reason)
    return tuple(kept)


def _forms(exercise: Exercise, *, first: str) -> Iterator[_Form]:
    """The exercise as described, then its substitutes; the one asked for before all others."""
    asked = next((substitute for substitute in exercise.substitutes if substitute.id == first), None)
    if asked is not None:
        yield _substitute(exercise, asked)
    yield _Form("", exercise.equipment, exercise.load, exercise.exclusions)
    yield from (_substitute(exercise, substitute) for substitute in exercise.substitutes if substitute is not asked)


def _substitute(exercise: Exercise, substitute: Substitute) -> _Form:
    """A substitute has all X and M of the exercise it stands for, plus its own, less what it lifts (D32)."""
    inherited = tuple(e for e in exercise.exclusions if not set(facts_of(e.when)) <= set(substitute.lifts))
    return _Form(substitute.id, substitute.needs, substitute.load, (*inherited, *substitute.exclusions))


def _demanded(exercise: Exercise, facts: Mapping[str, Any]) -> frozenset[str]:
    """The forms that a row asks for by name (D30): E06 seated, E07 standing, E16a with a chair."""
    return frozenset(e.form for e in exercise.exclusions if e.then == "form" and holds(e.when, facts) is not Answer.NO)


def withheld(measure: Measure, *, facts: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Why this self-test is not done: a test is an exercise too (C4b, D06, D30). Empty where nothing speaks against it."""
    return tuple(_refused(_Form("", (), "", measure.exclusions), facts))


def _refused(form: _Form, facts: Mapping[str, Any]) -> list[Reason]:
    return [
        Reason(e.rule, {"why": e.why, "unknown": answer is Answer.UNKNOWN}, e.sources)
        for e in form.exclusions
        if e.then == "exclude" and (answer := holds(e.when, facts)) is not Answer.NO
    ]


def _form_reasons(exercise: Exercise, form: _Form, demanded: frozenset[str]) -> Iterable[Reason]:
    if not form.id:
        return
    if form.id in demanded:
        row = next(e for e in exercise.exclusions if e.form == form.id)
        yield Reason(row.rule, {"why": row.why}, row.sources)
    else:
        yield Reason("C4c", {"form": form.id})


def _notes(form: _Form, facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(e.why for e in form.exclusions if e.then == "modify" and holds(e.when, facts) is not Answer.NO)


def _at_hand(form: _Form, equipment: Equipment) -> bool:
    return set(form.needs) <= owned(equipment)


def owned(equipment: Equipment) -> set[str]:
    """The ids of everything at hand, loads included."""
    things = set(equipment.things) | AT_HAND
    for name, has in (("band", equipment.bands), ("kg", equipment.kg), ("cable", equipment.cable_kg)):
        if has:
            things.add(name)
    return things


def loads_at_hand(kind: str, *, equipment: Equipment, cable: bool) -> tuple[Load, ...]:
    """The loads to choose from, lightest first; for hand resistance there is one, by effort (D32)."""
    if kind == "kg":
        weights = equipment.cable_kg if cable else equipment.kg
        return tuple(Load(kind="kg", kg=kg) for kg in sorted(weights))
    if kind == "band":
        return tuple(Load(kind="band", band=grade) for grade in range(1, equipment.bands + 1))
    return (Load(kind="hand"),) if kind == "hand" else (NO_LOAD,)
