"""What a case may expect: of the screen, the tests, the plan, each decision and the day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from msgspec import Meta, Struct

from psoas.terms import Side

Instant = Annotated[dt.datetime, Meta(tz=True)]


class TriageExpected(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the screen must come to."""

    level: Annotated[
        str, Meta(pattern="^(E|U|C|S|open)$", description='E, U, C, S, or "open" while questions are to be asked.')
    ]
    fired: Annotated[tuple[str, ...] | None, Meta(description="Exactly these rows fire.")] = None
    unknown: Annotated[tuple[str, ...] | None, Meta(description="Exactly these rows stay unknown.")] = None
    not_fired: Annotated[tuple[str, ...], Meta(description="None of these rows fires.")] = ()
    asks: Annotated[tuple[str, ...], Meta(description="These questions are still to be asked.")] = ()


class ProfileExpected(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the profile of one side must say; what is left out is not compared."""

    label: str | None = None
    T: str | None = None
    W: str | None = None
    I: str | None = None  # noqa: E741 - the flag's own name in clinical.md C2
    confidence: str | None = None
    length_confidence: str | None = None
    provisional: bool | None = None
    rows: Annotated[tuple[str, ...], Meta(description="Rows that must be among those used.")] = ()
    not_rows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Decides(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One decision that must have been made at this event."""

    kind: str
    rules: Annotated[tuple[str, ...], Meta(description="Rows that must be named.")] = ()
    not_rules: tuple[str, ...] = ()
    level: str | None = None
    changes: Annotated[
        tuple[str, ...], Meta(description='Changes that must be among its own, e.g. "step E06 right 1 -> 2".')
    ] = ()
    no_changes: Annotated[bool, Meta(description="It must change nothing.")] = False


class PlanExpected(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the plan as a whole must say."""

    mode: str | None = None
    top: str | None = None
    restricted: bool | None = None
    caution: bool | None = None
    running_out: bool | None = None
    frequency: Annotated[int | None, Meta(description="Sessions in the plan week of that day.")] = None
    day: Annotated[int | None, Meta(description="Number of the plan day.")] = None
    week: int | None = None
    held_until: dt.date | None = None
    held_for: tuple[str, ...] | None = None
    check: Annotated[int | None, Meta(description="The check that may be done now, by plan day; 0 for none.")] = None
    form_due: bool | None = None
    followup_due: bool | None = None


class Expect(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What must hold after an event; what is left out is not compared."""

    triage: TriageExpected | None = None
    profile: dict[Side, ProfileExpected] = {}
    no_plan: Annotated[
        tuple[str, ...] | None, Meta(description="No plan can be made, and these rows are among the reasons.")
    ] = None
    stage: Annotated[dict[Side, str], Meta(description="Stage by side.")] = {}
    because: Annotated[
        dict[Side, tuple[str, ...]], Meta(description="Rows that must be among the reasons for where that side starts.")
    ] = {}
    gives: Annotated[dict[Side, tuple[str, ...]], Meta(description="Exercises that side must get, warm-up aside.")] = {}
    gives_only: Annotated[
        dict[Side, tuple[str, ...]],
        Meta(description="Exactly the exercises that side gets, in the order of the session."),
    ] = {}
    leaves_out: Annotated[
        dict[Side, dict[str, str]],
        Meta(description='Exercise to the rule that leaves it out; "" for one the stage does not have.'),
    ] = {}
    tests_out: Annotated[
        dict[str, str], Meta(description='Self-test to the rule that leaves it out; "" for one that may be done.')
    ] = {}
    forms: Annotated[dict[Side, dict[str, str]], Meta(description='Exercise to its form; "" for as described.')] = {}
    notes: Annotated[
        dict[Side, tuple[str, ...]], Meta(description="Exercises that side does in a modified way (M of C4b).")
    ] = {}
    steps: Annotated[dict[Side, dict[str, int]], Meta(description="Exercise to the step on which it stands.")] = {}
    loads: Annotated[dict[Side, dict[str, str]], Meta(description='Exercise to its load, e.g. "5 kg", "band 2".')] = {}
    runs: Annotated[dict[Side, dict[str, int]], Meta(description="Exercise to its run of clean sessions.")] = {}
    doses: Annotated[
        dict[Side, dict[str, str]], Meta(description='Exercise to its dose in today\'s session, e.g. "2 x 4 x 5 s".')
    ] = {}
    item_loads: Annotated[dict[Side, dict[str, str]], Meta(description="Exercise to its load in today's session.")] = {}
    zone: Annotated[dict[Side, str], Meta(description="Pain zone of the last session.")] = {}
    decides: Annotated[
        tuple[Decides, ...], Meta(description="Decisions made at this event; others may have been made too.")
    ] = ()
    jumps: Annotated[
        tuple[int, ...] | None, Meta(description="The rises of load in percent that are warned of; [] for none.")
    ] = None
    never: Annotated[
        tuple[str, ...], Meta(description="Kinds of decision that must not have been made at this event.")
    ] = ()
    today: Annotated[str, Meta(pattern="^(session|rest|paused)$", description="session, rest or paused.")] | None = None
    today_rules: Annotated[tuple[str, ...], Meta(description="Rows that must be named for it.")] = ()
    until: Annotated[Instant | None, Meta(description="Until when to rest.")] = None
    level: Annotated[str | None, Meta(description="How soon somebody must see her, for a pause.")] = None
    asks: Annotated[tuple[str, ...], Meta(description="What a pause asks for.")] = ()
    items: Annotated[tuple[str, ...] | None, Meta(description='Exactly today\'s items in order, e.g. "E06 right".')] = (
        None
    )
    in_order: Annotated[
        tuple[str, ...], Meta(description="These items come in this order, others may lie between.")
    ] = ()
    next_to: Annotated[tuple[str, ...], Meta(description="These items follow each other directly.")] = ()
    plan: PlanExpected | None = None
    stops: Annotated[tuple[str, ...] | None, Meta(description="Exactly the rows that stop the course.")] = None
