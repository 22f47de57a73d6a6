"""How two sides combine (ruling D23), and how high each may go (D09, D15, D30, D31, D52, D71)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from psoas.pathway.course import Course
from psoas.pathway.decisions import Plan, Profile, SideProfile
from psoas.pathway.facts import worst_pain
from psoas.terms import SIDES, Side, Stage

GOAL_STAGE = {"daily": Stage.LOAD, "sport": Stage.INTEGRATE, "run": Stage.RETURN}
_BOTH_TOGETHER = (Stage.INTEGRATE, Stage.RETURN)


def painless(profile: SideProfile) -> bool:
    """Labelled neither and free of pain."""
    return profile.label == "neither" and not profile.symptomatic


def followers(profile: Profile, *, hurting: frozenset[Side] = frozenset()) -> frozenset[Side]:
    """The pain-free side labelled neither follows the other, unless both are so; it stops once it hurts."""
    fine = frozenset(side for side in SIDES if painless(profile.on(side)) and side not in hurting)
    return fine if len(fine) == 1 else frozenset()


def hurting(course: Course) -> frozenset[Side]:
    """The sides whose worst pain, as last told, is above 0."""
    return frozenset(side for side in SIDES if (worst_pain(course, side) or 0) > 0)


def combined(stages: Mapping[Side, Stage], *, following: frozenset[Side]) -> dict[Side, Stage]:
    """Both sides' stages once they are tied: a follower takes the other's, else at most one stage lies between."""
    if following:
        leader = next(iter(following)).other
        return dict.fromkeys(SIDES, stages[leader])
    low = min(stages.values())
    tied = {side: min(stage, low.above) for side, stage in stages.items()}
    if low not in _BOTH_TOGETHER:
        tied = {side: min(stage, Stage.LOAD) for side, stage in tied.items()}
    return tied if Stage.RETURN not in tied.values() else dict.fromkeys(SIDES, low)


def top_stage(plan: Plan, *, facts: Mapping[str, Any], cleared_to: Stage | None = None) -> Stage:
    """The highest stage open to her: pregnancy 3, osteoporosis 4a; without leave 4a after a stress fracture and the like.

    A rise of load before the plan cannot be undone: as a factor of its own it would keep her waiting for a stage that
    never comes, so it is read as what only leave lifts (D52, head of Part D).
    """
    tops = [plan.top]
    if facts.get("pregnant", "unknown") != "no":
        tops.append(Stage.LOAD)
    if facts.get("osteoporosis", "unknown") != "no":
        tops.append(Stage.INTEGRATE)
    if cleared_to is not Stage.RETURN and any(facts.get(fact, "unknown") != "no" for fact in _NEEDS_LEAVE):
        tops.append(Stage.INTEGRATE)
    return min(tops)


_NEEDS_LEAVE = ("stress_fracture_past", "low_energy", "steroids_long", "load_rise")


def goal_stage(course: Course, plan: Plan, *, facts: Mapping[str, Any], on: dt.date) -> Stage:
    """The stage her goal needs, or her top stage where that is lower (D71)."""
    return min(GOAL_STAGE[course.wish.goal], top_stage(plan, facts=facts, cleared_to=cleared_to(course, on=on)))


def cleared_to(course: Course, *, on: dt.date) -> Stage | None:
    """The highest stage that a clinician's own clearance names, while it is in force (D14)."""
    own = [given.body for given in course.clearances if given.body.until >= on and not given.body.quoted]
    named = [leave.top for leave in own if leave.top is not None]
    return max(named) if named else None


def side_order(course: Course, plan: Plan) -> tuple[Side, Side]:
    """The side with the higher worst pain first, then the one with the lower LSI; equal: left first, which means no order."""
    first, second = sorted(SIDES, key=lambda side: _first(course, plan, side))
    return first, second


def _first(course: Course, plan: Plan, side: Side) -> tuple[float, float]:
    lsi = plan.profile.on(side).lsi
    return -float(worst_pain(course, side) or 0), float(lsi) if lsi is not None else 1000.0
