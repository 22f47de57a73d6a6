"""Which exercises a side gets, and which are left out and why (C4a-C4c, C-L, C-R, rulings D27-D33)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from psoas.knowledge.schema import Exercise, Knowledge, Protocol
from psoas.pathway.admission import Admitted, admit
from psoas.pathway.course import Course
from psoas.pathway.decisions import Plan, SidePlan, SideProfile
from psoas.pathway.facts import person_facts
from psoas.pathway.gating import View, away, gated, swapped_for, swapped_form
from psoas.pathway.standing import slot_in
from psoas.terms import SIDES, Answer, Reason, Side, Stage

GATE, MUST, STRETCH, POSTERIOR, TRUNK, WISH = range(6)

GATES: dict[Stage, tuple[str, ...]] = {
    Stage.SETTLE: ("E06", "E15"),
    Stage.ACTIVATE: ("E06", "E07", "E15"),
    Stage.CONTROL: ("E16a", "E03"),
    Stage.LOAD: ("E08", "E10", "E16b", "E18"),
    Stage.INTEGRATE: ("E12", "E11"),
    Stage.RETURN: ("E13", "E12", "E11"),
}
WARM_UP = ("E04", "E05")
SLOT_ORDER = (1, 8, 2, 3, 4, 5, 6, 7)  # functional drills go right after the warm-up (C4a, X65)


class Chosen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An exercise for one side, in the form she can do, and why it is there."""

    exercise: str
    side: Side
    slot: int
    form: str = ""
    load: str = "none"
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()  # how to do it differently (M of C4b)


class LeftOut(Struct, frozen=True, kw_only=True):
    """An exercise that the stage has and this side does not get, and why."""

    exercise: str
    side: Side
    reasons: tuple[Reason, ...]


class Selection(Struct, frozen=True, kw_only=True):
    """One side's exercises in the order of the session, and what was left out."""

    side: Side
    stage: Stage
    chosen: tuple[Chosen, ...]
    left_out: tuple[LeftOut, ...]

    def has(self, exercise: str) -> bool:
        """Whether that exercise is chosen."""
        return any(chosen.exercise == exercise for chosen in self.chosen)


class Candidate(Struct, frozen=True):
    """An exercise the stage has for this side, before anything is excluded."""

    exercise: Exercise
    rank: int
    slot: int
    reason: Reason


def select(
    course: Course, *, plan: Plan, knowledge: Knowledge, now: dt.datetime, person: Mapping[str, Any] | None = None
) -> dict[Side, Selection]:
    """Both sides' selections as things stand at this instant; `person`: her facts at this instant, where they are known."""
    person = person or person_facts(course, now=now, knowledge=knowledge)
    protocol = knowledge.protocols[plan.protocol]
    view = View(course, plan, knowledge, protocol, now, person)
    return {side: _select_side(view, side) for side in SIDES}


def _select_side(view: View, side: Side) -> Selection:
    facts = view.facts(side)
    chosen: list[tuple[int, Chosen]] = []
    left_out: list[LeftOut] = []
    for candidate in candidates(view.course, plan=view.plan, side=side, knowledge=view.knowledge):
        outcome = _judged(view, candidate, side, facts)
        if isinstance(outcome, Chosen):
            chosen.append((candidate.rank, outcome))
        else:
            left_out.append(outcome)
    if view.plan.on(side).stage >= Stage.CONTROL and not any(c.slot == 4 for _, c in chosen):
        left_out += [LeftOut(exercise=c.exercise, side=side, reasons=(Reason("D28"),)) for _, c in chosen]
        chosen = []  # without an exercise for the hip flexors there is no plan for this side (D28)
    kept, dropped = _at_most_six(_main_first(view, side, chosen, left_out), view)
    ordered = sorted(kept, key=lambda c: (SLOT_ORDER.index(c.slot), _preference(view.protocol, c.exercise), c.exercise))
    stage = view.plan.on(side).stage
    return Selection(side=side, stage=stage, chosen=paired(ordered), left_out=(*left_out, *dropped))


def paired(ordered: list[Chosen]) -> tuple[Chosen, ...]:
    """The stretch straight before E17, or before the main exercise where E17 is out (D28)."""
    stretch = next((c for c in ordered if c.exercise == "E01"), None)
    if stretch is None:
        return tuple(ordered)
    rest = [c for c in ordered if c is not stretch]
    after = next((c for c in rest if c.exercise == "E17"), None) or next((c for c in rest if c.slot == 4), None)
    if after is None:
        return tuple(rest)
    place = rest.index(after)
    return (*rest[:place], stretch, *rest[place:])


# ---- what the stage has (D-S, C4a, D27)


def candidates(course: Course, *, plan: Plan, side: Side, knowledge: Knowledge) -> Iterator[Candidate]:
    """The exercises of this side's stage in catalogue order, each with its rank in the order of keeping (D27)."""
    here, profile, wish = plan.on(side), plan.profile.on(side), course.wish
    for exercise in knowledge.exercises.values():
        if exercise.id in WARM_UP:
            continue
        place = _place(exercise, here, profile, wish.own_choice)
        if place is not None:
            rank, reason = place
            yield Candidate(exercise, rank, slot_in(exercise, here.stage), reason)


def _place(
    exercise: Exercise, here: SidePlan, profile: SideProfile, own_choice: tuple[str, ...]
) -> tuple[int, Reason] | None:
    name, stage, wished = exercise.id, here.stage, exercise.id in own_choice
    if name == "E15" and stage in (Stage.CONTROL, Stage.LOAD):
        return (WISH, Reason("D27")) if wished else None
    if name == "E08" and stage in (Stage.INTEGRATE, Stage.RETURN):
        return (MUST, Reason("D27"))  # stands in for E10 where that is excluded (D-S); sorted out later
    if stage not in exercise.stages:
        return None
    if name in _BY_RULE:
        return _BY_RULE[name](here, profile, wished)
    if name in GATES[stage]:
        return (GATE, Reason("D27", {"stage": stage.value}))
    slot = slot_in(exercise, stage)
    return {4: (MUST, Reason("C4a", {"label": profile.label})), 5: (POSTERIOR, Reason("C4a", {"label": profile.label})),
            6: (TRUNK, Reason("D27")), 3: (MUST, Reason("C4a", {"label": profile.label}))}.get(slot)  # fmt: skip


def _stretch(here: SidePlan, profile: SideProfile, wished: bool) -> tuple[int, Reason] | None:
    return (STRETCH, Reason("CL5"))


def _end_range(here: SidePlan, profile: SideProfile, wished: bool) -> tuple[int, Reason] | None:
    if profile.length in ("yes", "borderline"):
        return (MUST, Reason("D28", {"length": profile.length}))
    return (WISH, Reason("D28", {"length": profile.length})) if wished else None


def _hold(here: SidePlan, profile: SideProfile, wished: bool) -> tuple[int, Reason] | None:
    if here.stage is not Stage.CONTROL:
        return (GATE, Reason("D27", {"stage": here.stage.value}))
    needs = Answer.YES in (profile.weak, profile.inhibited)
    return (MUST, Reason("C4a", {"label": profile.label})) if needs else None


def _joined(here: SidePlan, profile: SideProfile, wished: bool) -> tuple[int, Reason] | None:
    held = here.held.get("E18")
    return (GATE, Reason("PR10")) if held is not None and held.since >= here.entered else None


def _hanging(here: SidePlan, profile: SideProfile, wished: bool) -> tuple[int, Reason] | None:
    held = here.held.get("E18")
    ready = held is not None and held.since >= here.entered and held.step >= 3
    return (WISH, Reason("D27")) if wished and ready and profile.inhibited is not Answer.YES else None


def _release(here: SidePlan, profile: SideProfile, wished: bool) -> tuple[int, Reason] | None:
    return (WISH, Reason("D29")) if wished else None


_BY_RULE = {"E01": _stretch, "E17": _end_range, "E06": _hold, "E18": _joined, "E09": _hanging, "E14": _release}


# ---- what is let in


def _judged(view: View, candidate: Candidate, side: Side, facts: dict[str, Any]) -> Chosen | LeftOut:
    exercise = candidate.exercise
    reason = gated(view, exercise, side, facts) or away(view, exercise, side)
    if reason is None:
        admitted = admit(exercise, facts=facts, wish=view.course.wish, form=swapped_form(view.course, exercise, side))
        if isinstance(admitted, Admitted):
            return Chosen(exercise=exercise.id, side=side, slot=candidate.slot, form=admitted.form, load=admitted.load,
                          reasons=(candidate.reason, *_added(view.protocol, candidate), *admitted.reasons), notes=admitted.notes)  # fmt: skip
        return LeftOut(exercise=exercise.id, side=side, reasons=admitted.reasons)
    return LeftOut(exercise=exercise.id, side=side, reasons=(reason,))


def _added(protocol: Protocol, candidate: Candidate) -> tuple[Reason, ...]:
    """A must-have that the protocol lacks is added and named (D33)."""
    lacks = candidate.exercise.id in protocol.omits and candidate.rank in (GATE, MUST)
    return (Reason("D33", {"protocol": protocol.id, "exercise": candidate.exercise.id}),) if lacks else ()


# ---- which main exercises (D31, D32, D-S)


def _main_first(
    view: View, side: Side, chosen: list[tuple[int, Chosen]], left_out: list[LeftOut]
) -> list[tuple[int, Chosen]]:
    """One of a pair where D-S has one stand in for the other; the other is not named as left out."""
    names = {c.exercise for _, c in chosen}
    out: set[str] = set()
    swapped = swapped_for(view.course, "E10", side) == "E16b" and "E16b" in names
    if swapped:
        out.add("E10")
    elif "E10" in names:
        out.add("E16b")
    if view.plan.on(side).stage in (Stage.INTEGRATE, Stage.RETURN) and "E10" in names:
        out.add("E08")
    if "E16b" in out or "E10" in names:
        left_out[:] = [left for left in left_out if left.exercise != "E16b"]
    kept = [(rank, c) for rank, c in chosen if c.exercise not in out]
    return _no_bare_stretch(kept, left_out, view.plan.on(side).stage)


def _no_bare_stretch(
    chosen: list[tuple[int, Chosen]], left_out: list[LeftOut], stage: Stage
) -> list[tuple[int, Chosen]]:
    """Without a main exercise on that side there is no stretch (D28, C13 #24)."""
    if any(c.slot == 4 for _, c in chosen) or stage is Stage.SETTLE:
        return chosen
    left_out.extend(
        LeftOut(exercise="E01", side=c.side, reasons=(Reason("D28"),)) for _, c in chosen if c.exercise == "E01"
    )
    return [(rank, c) for rank, c in chosen if c.exercise != "E01"]


def _at_most_six(chosen: list[tuple[int, Chosen]], view: View) -> tuple[list[Chosen], tuple[LeftOut, ...]]:
    limit = int(view.knowledge["max_exercises"])
    omitted = [c for rank, c in chosen if c.exercise in view.protocol.omits and rank in (TRUNK, WISH)]
    wanted = sorted(
        ((rank, c) for rank, c in chosen if c not in omitted),
        key=lambda pair: (pair[0], _preference(view.protocol, pair[1].exercise)),
    )
    kept = [c for _, c in wanted[:limit]]
    dropped = [
        LeftOut(exercise=c.exercise, side=c.side, reasons=(Reason("D27", {"most": limit}),)) for _, c in wanted[limit:]
    ]
    dropped += [
        LeftOut(exercise=c.exercise, side=c.side, reasons=(Reason("D33", {"protocol": view.protocol.id}),))
        for c in omitted
    ]
    return kept, tuple(dropped)


def _preference(protocol: Protocol, exercise: str) -> int:
    return protocol.prefers.index(exercise) if exercise in protocol.prefers else len(protocol.prefers)


def main_exercise(selection: Selection) -> str | None:
    """The first main exercise of the side's stage that it can do (D01); None when there is none."""
    order = {
        Stage.SETTLE: ("E06",), Stage.ACTIVATE: ("E06",), Stage.CONTROL: ("E16a",),
        Stage.LOAD: ("E08", "E10", "E16b", "E18"), Stage.INTEGRATE: ("E12", "E11"), Stage.RETURN: ("E13",),
    }[selection.stage]  # fmt: skip
    return next((name for name in order if selection.has(name)), None)
