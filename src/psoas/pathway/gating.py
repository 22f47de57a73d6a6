"""Rows that keep an exercise out whatever its own exclusions say: table C-L, time away, caution, swaps (D09, D15, D28, D29, D32)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from psoas.knowledge.schema import Exercise, Knowledge, Protocol
from psoas.pathway.course import Course
from psoas.pathway.decisions import Plan
from psoas.pathway.facts import side_facts
from psoas.pathway.seen import Sat
from psoas.terms import Answer, Reason, Side, Stage


class View(Struct, frozen=True):
    """A course looked at for selecting: plan, numbers, protocol, instant and the person's facts."""

    course: Course
    plan: Plan
    knowledge: Knowledge
    protocol: Protocol
    now: dt.datetime
    person: Mapping[str, Any]

    def facts(self, side: Side) -> dict[str, Any]:
        """The facts that criteria read for that side."""
        return side_facts(self.course, side, now=self.now, person=dict(self.person), profile=self.plan.profile.on(side),
                          knowledge=self.knowledge)  # fmt: skip


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
            return to.split("-", maxsplit=1)[0]
    return exercise


def away(view: View, exercise: Exercise, side: Side) -> Reason | None:
    """Why the exercise is away for a time (D29, D56, D60), or None."""
    until = view.plan.on(side).away.get(exercise.id)
    if until is None:
        return None
    if until == "episode" or until.startswith("runs:") or until > view.now.date().isoformat():
        rule = "CL8" if until == "episode" else ("D56" if until.startswith("runs:") else "RG4")
        return Reason(rule, {"until": until})
    return None


def gated(view: View, exercise: Exercise, side: Side, facts: dict[str, Any]) -> Reason | None:
    """The row outside the exercise's own exclusions that keeps it out today, or None."""
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


def _stretch_gate(view: View, side: Side, facts: dict[str, Any]) -> Reason | None:
    """Table C-L in its order; None lets the stretch in. CL1 is read with the exercise's own exclusions."""
    profile = view.plan.profile.on(side)
    if profile.length != "yes" or profile.length_confidence == "low":
        return Reason("CL2", {"length": profile.length, "confidence": profile.length_confidence})
    if profile.provisional:
        return Reason("D21", {"label": profile.label})
    if _front_pain(view, side):
        return Reason("CL3")
    current = facts["current_pain"]
    sore = current != "unknown" and current > view.knowledge["pain_green_max"]
    if view.plan.on(side).stage is Stage.SETTLE or sore:
        return Reason("CL4", {"pain": current})
    if view.course.wish.stretch == "no":
        return Reason("CL6")
    return Reason("D33", {"protocol": view.protocol.id}) if view.protocol.stretch == "never" else None


def _front_pain(view: View, side: Side) -> bool:
    """A stretch that hurt at the front of the joint in the last fourteen days (CL3, D29)."""
    first = view.now.date() - dt.timedelta(days=int(view.knowledge["front_pain_window_days"]))
    return any(deep_front(sat, side) for sat in view.course.sats if sat.day >= first)


def deep_front(sat: Sat, side: Side) -> bool:
    """Whether a set of the session for that side hurt deep at the front of the hip."""
    if "deep_front" not in sat.signs:
        return False
    items, sides = sat.done.shown.items, (side.value, "both")
    return any("deep_front" in (s.signs or ()) and items[s.item].side in sides for s in sat.done.sets)


def _weighted_gate(view: View, side: Side) -> Reason | None:
    """E16b stands in for E10, by swap or exclusion, and only after fourteen days of E16a (X38, D-S)."""
    first = next((sat.day for sat in view.course.sats if _has_item(sat.done, "E16a", side)), None)
    waited = (view.now.date() - first).days if first else 0
    if waited < view.knowledge["weight_after_days"]:
        return Reason("X38", {"days": waited})
    return None


def _has_item(done: Any, exercise: str, side: Side) -> bool:
    return any(item.exercise == exercise and item.side in (side.value, "both") for item in done.shown.items)
