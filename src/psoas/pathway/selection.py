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
from psoas.pathway.facts import person_facts, side_facts
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


def select(course: Course, *, plan: Plan, knowledge: Knowledge, now: dt.datetime) -> dict[Side, Selection]:
    """Both sides' selections as things stand at this instant."""
    person = person_facts(course, now=now, knowledge=knowledge)
    protocol = knowledge.protocols[plan.protocol]
    view = _View(course, plan, knowledge, protocol, now, person)
    return {side: _select_side(view, side) for side in SIDES}


class _View(Struct, frozen=True):
    course: Course
    plan: Plan
    knowledge: Knowledge
    protocol: Protocol
    now: dt.datetime
    person: Mapping[str, Any]

    def facts(self, side: Side) -> dict[str, Any]:
        return side_facts(self.course, side, now=self.now, person=dict(self.person), profile=self.plan.profile.on(side))


def _select_side(view: _View, side: Side) -> Selection:
    facts = view.facts(side)
    chosen: list[tuple[int, Chosen]] = []
    left_out: list[LeftOut] = []
    for candidate in candidates(view.course, plan=view.plan, side=side, knowledge=view.knowledge):
        outcome = _judged(view, candidate, side, facts)
        if isinstance(outcome, Chosen):
            chosen.append((candidate.rank, outcome))
        else:
            left_out.append(outcome)
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


def _judged(view: _View, candidate: Candidate, side: Side, facts: dict[str, Any]) -> Chosen | LeftOut:
    exercise = candidate.exercise
    reason = _gated(view, exercise, side, facts) or _away(view, exercise, side)
    if reason is None:
        admitted = admit(exercise, facts=facts, wish=view.course.wish, form=swapped_form(view.course, exercise, side))
        if isinstance(admitted, Admitted):
            return Chosen(exercise=exercise.id, side=side, slot=candidate.slot, form=admitted.form, load=admitted.load,
                          reasons=(candidate.reason, *admitted.reasons), notes=admitted.notes)  # fmt: skip
        return LeftOut(exercise=exercise.id, side=side, reasons=admitted.reasons)
    return LeftOut(exercise=exercise.id, side=side, reasons=(reason,))


def swapped_form(course: Course, exercise: Exercise, side: Side) -> str:
    """The substitute she chose for this exercise, if any is chosen."""
    forms = {substitute.id for substitute in exercise.substitutes}
    for swap in reversed(course.swaps):
        if swap.body.exercise == exercise.id and swap.body.side in (side.value, "both"):
            return swap.body.to if swap.body.to in forms else ""
    return ""


def swapped_for(course: Course, exercise: str, side: Side) -> str:
    """The exercise she does in its place; itself when there is no swap in force."""
    for swap in reversed(course.swaps):
        if swap.body.exercise == exercise and swap.body.side in (side.value, "both"):
            to: str = swap.body.to
            return to.split("-")[0]
    return exercise


def _away(view: _View, exercise: Exercise, side: Side) -> Reason | None:
    until = view.plan.on(side).away.get(exercise.id)
    if until is None:
        return None
    if until == "episode" or until.startswith("runs:") or until > view.now.date().isoformat():
        rule = "CL8" if until == "episode" else ("D56" if until.startswith("runs:") else "RG4")
        return Reason(rule, {"until": until})
    return None


def _gated(view: _View, exercise: Exercise, side: Side, facts: dict[str, Any]) -> Reason | None:
    if exercise.id == "E01":
        return _stretch_gate(view, side, facts)
    if exercise.id == "E16b":
        return _weighted_gate(view, side)
    if exercise.id in ("E09", "E13", "E14") and (view.plan.caution or view.plan.restricted):
        return Reason("D09" if view.plan.caution else "D15")
    if exercise.id in ("E09", "E13") and view.plan.profile.on(side).inhibited is Answer.YES:
        return Reason("C4a", {"label": "inhibited"})
    if exercise.id == "E13" and view.plan.running_out:
        return Reason("CP5")
    return None


def _stretch_gate(view: _View, side: Side, facts: dict[str, Any]) -> Reason | None:
    """Table C-L in its order; None lets the stretch in. CL1 is read with the exercise's own exclusions."""
    profile = view.plan.profile.on(side)
    if profile.length != "yes" or profile.length_confidence == "low":
        return Reason("CL2", {"length": profile.length, "confidence": profile.length_confidence})
    if _front_pain(view, side):
        return Reason("CL3")
    current = facts["current_pain"]
    sore = current != "unknown" and current > view.knowledge["pain_green_max"]
    if view.plan.on(side).stage is Stage.SETTLE or sore:
        return Reason("CL4", {"pain": current})
    if view.course.wish.stretch == "no":
        return Reason("CL6")
    return Reason("D33", {"protocol": view.protocol.id}) if view.protocol.stretch == "never" else None


def _front_pain(view: _View, side: Side) -> bool:
    """A stretch that hurt at the front of the joint in the last fourteen days (CL3, D29)."""
    first = view.now.date() - dt.timedelta(days=int(view.knowledge["front_pain_window_days"]))
    return any(deep_front(sat.done, side) for sat in view.course.sats if sat.day >= first)


def deep_front(done: Any, side: Side) -> bool:
    """Whether a set of the session for that side hurt deep at the front of the hip."""
    items = done.shown.items
    return any("deep_front" in (s.signs or ()) and items[s.item].side in (side.value, "both") for s in done.sets)


def _weighted_gate(view: _View, side: Side) -> Reason | None:
    """E16b stands in for E10, by swap or exclusion, and only after fourteen days of E16a (X38, D-S)."""
    days = [sat.day for sat in view.course.sats if _has_item(sat.done, "E16a", side)]
    waited = (view.now.date() - days[0]).days if days else 0
    if waited < view.knowledge["weight_after_days"]:
        return Reason("X38", {"days": waited})
    return None


def _has_item(done: Any, exercise: str, side: Side) -> bool:
    return any(item.exercise == exercise and item.side in (side.value, "both") for item in done.shown.items)


# ---- which main exercises (D31, D32, D-S)


def _main_first(
    view: _View, side: Side, chosen: list[tuple[int, Chosen]], left_out: list[LeftOut]
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
    if any(c.slot == 4 for _, c in chosen) or stage in (Stage.SETTLE,):
        return chosen
    left_out.extend(LeftOut(exercise="E01", side=c.side, reasons=(Reason("D28"),)) for _, c in chosen if c.exercise == "E01")
    return [(rank, c) for rank, c in chosen if c.exercise != "E01"]


def _at_most_six(chosen: list[tuple[int, Chosen]], view: _View) -> tuple[list[Chosen], tuple[LeftOut, ...]]:
    limit = int(view.knowledge["max_exercises"])
    omitted = [c for rank, c in chosen if c.exercise in view.protocol.omits and rank in (TRUNK, WISH)]
    wanted = sorted(
        ((rank, c) for rank, c in chosen if c not in omitted),
        key=lambda pair: (pair[0], _preference(view.protocol, pair[1].exercise)),
    )
    kept = [c for _, c in wanted[:limit]]
    dropped = [LeftOut(exercise=c.exercise, side=c.side, reasons=(Reason("D27", {"most": limit}),)) for _, c in wanted[limit:]]
    dropped += [LeftOut(exercise=c.exercise, side=c.side, reasons=(Reason("D33", {"protocol": view.protocol.id}),)) for c in omitted]
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


