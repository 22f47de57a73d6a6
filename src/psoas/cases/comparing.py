"""What was expected against what came: each difference as the key, what was expected and what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct

from psoas.cases import expecting as e
from psoas.cases.showing import View


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that is not as expected."""

    where: str
    expected: str
    got: str
    because: tuple[str, ...] = ()  # rule ids with their sentences

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}; it is {self.got}"


Found = Iterator[Difference]


def differences(expect: e.Expect, view: View) -> Found:
    """Everything in which the view is not as expected."""
    yield from _triage(expect, view)
    yield from _profile(expect, view)
    yield from _no_plan(expect, view)
    yield from _decisions(expect, view)
    yield from _plan(expect, view)
    yield from _sides(expect, view)
    yield from _exercises(expect, view)
    yield from _today(expect, view)
    if expect.stops is not None:
        yield from _same("stops", sorted(expect.stops), sorted(view.stops))


def _same(where: str, expected: Any, got: Any, *, because: tuple[str, ...] = ()) -> Found:
    if expected != got:
        yield Difference(where=where, expected=words(expected), got=words(got), because=because)


def _has(where: str, expected: Iterable[str], got: Iterable[str], *, because: tuple[str, ...] = ()) -> Found:
    """All that is expected is there, whatever else is."""
    there = list(got)
    missing = [one for one in expected if one not in there]
    if missing:
        yield Difference(where=where, expected=words(missing), got=words(there), because=because)


def _has_not(where: str, unwanted: Iterable[str], got: Iterable[str]) -> Found:
    found = [one for one in got if one in set(unwanted)]
    if found:
        yield Difference(where=where, expected="without " + words(found), got=words(list(got)))


def words(value: Any) -> str:
    """A value as it is shown in a report.

    >>> words(["HO1", "HO3"]), words(None), words([])
    ('HO1, HO3', 'nothing', 'nothing')
    """
    if value is None or value in ([], ()):
        return "nothing"
    if isinstance(value, (list, tuple)):
        return ", ".join(words(part) for part in value)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


# ---- screen and tests


def _triage(expect: e.Expect, view: View) -> Found:
    wanted = expect.triage
    if wanted is None:
        return
    level, fired, unknown, asks = view.triage
    yield from _same("triage.level", wanted.level, level, because=view.triage_says)
    if wanted.fired is not None:
        yield from _same("triage.fired", sorted(wanted.fired), sorted(fired))
    if wanted.unknown is not None:
        yield from _same("triage.unknown", sorted(wanted.unknown), sorted(unknown))
    yield from _has_not("triage.not_fired", wanted.not_fired, (*fired, *unknown))
    yield from _has("triage.asks", wanted.asks, asks)


def _profile(expect: e.Expect, view: View) -> Found:
    for side, wanted in expect.profile.items():
        got = view.profile(side)
        if got is None:
            yield Difference(where=f"profile.{side}", expected="a profile", got="no tests were put to her")
            continue
        for key in ("label", "T", "W", "I", "confidence", "length_confidence", "provisional"):
            if getattr(wanted, key) is not None:
                yield from _same(f"profile.{side}.{key}", getattr(wanted, key), got[key], because=tuple(got["rows"]))
        yield from _has(f"profile.{side}.rows", wanted.rows, got["rows"])
        yield from _has_not(f"profile.{side}.not_rows", wanted.not_rows, got["rows"])
        yield from _has(f"profile.{side}.tags", wanted.tags, got["tags"])


def _no_plan(expect: e.Expect, view: View) -> Found:
    if expect.no_plan is None:
        return
    if view.no_plan is None:
        yield Difference(where="no_plan", expected="no plan", got="a plan")
    else:
        yield from _has("no_plan", expect.no_plan, view.no_plan)


# ---- decisions


def _decisions(expect: e.Expect, view: View) -> Found:
    made = view.decided
    for number, wanted in enumerate(expect.decides, start=1):
        if not any(not list(_decision(wanted, one, "")) for one in made):
            near = next((one for one in reversed(made) if one.kind == wanted.kind), None)
            yield from _nearest(wanted, near, f"decides[{number}]", view)
    if expect.jumps is not None:
        told = {words(jump) for one in made for jump in one.jumps}
        yield from _same("jumps", sorted({str(jump) for jump in expect.jumps}), sorted(told))
    for one in made:
        if one.kind in expect.never:
            yield Difference(where="never", expected=f"no {one.kind}", got=one.line, because=one.says)


def _nearest(wanted: e.Decides, near: Any, where: str, view: View) -> Found:
    if near is None:
        got = words([one.line for one in view.decided])
        yield Difference(where=where, expected=f"{wanted.kind} for {words(wanted.rules)}", got=got)
    else:
        yield from _decision(wanted, near, where)


def _decision(wanted: e.Decides, got: Any, where: str) -> Found:
    yield from _same(f"{where}.kind", wanted.kind, got.kind, because=got.says)
    yield from _has(f"{where}.rules", wanted.rules, got.rules, because=got.says)
    yield from _has_not(f"{where}.not_rules", wanted.not_rules, got.rules)
    if wanted.level is not None:
        yield from _same(f"{where}.level", wanted.level, got.level)
    yield from _has(f"{where}.changes", wanted.changes, got.changes, because=got.says)
    if wanted.no_changes:
        yield from _same(f"{where}.changes", [], list(got.changes))


# ---- the plan and what it gives


def _plan(expect: e.Expect, view: View) -> Found:
    if expect.plan is None:
        return
    for field in expect.plan.__struct_fields__:
        wanted = getattr(expect.plan, field)
        if wanted is not None:
            yield from _same(f"plan.{field}", wanted, view.plan(field))


def _sides(expect: e.Expect, view: View) -> Found:
    for side, stage in expect.stage.items():
        yield from _same(f"stage.{side}", stage, view.stage(side), because=view.because(side))
    for side, rows in expect.because.items():
        yield from _has(f"because.{side}", rows, view.because(side))
    for side, zone in expect.zone.items():
        yield from _same(f"zone.{side}", zone, view.zone(side))
    for name in ("steps", "loads", "runs", "doses", "item_loads", "forms"):
        for side, wanted in getattr(expect, name).items():
            for exercise, value in wanted.items():
                yield from _same(f"{name}.{side}.{exercise}", value, getattr(view, name)(side, exercise))


def _exercises(expect: e.Expect, view: View) -> Found:
    for side, names in expect.gives.items():
        yield from _has(f"gives.{side}", names, view.gives(side), because=view.left_out_lines(side))
    for side, names in expect.gives_only.items():
        yield from _same(f"gives_only.{side}", list(names), view.gives(side), because=view.left_out_lines(side))
    for side, out in expect.leaves_out.items():
        yield from _left_out(out, view, side)
    for test, rule in expect.tests_out.items():
        yield from _same(f"tests_out.{test}", [rule] if rule else [], list(view.tests_out(test)))
    for side, names in expect.notes.items():
        yield from _has(f"notes.{side}", names, view.modified(side))


def _left_out(out: Mapping[str, str], view: View, side: Any) -> Found:
    for exercise, rule in out.items():
        where = f"leaves_out.{side}.{exercise}"
        if exercise in view.gives(side):
            yield Difference(where=where, expected=f"left out by {rule or 'its stage'}", got="given")
        elif rule:
            yield from _has(where, [rule], view.left_out(side).get(exercise, ()))


def _today(expect: e.Expect, view: View) -> Found:
    if expect.today is not None:
        yield from _same("today", expect.today, view.today_kind, because=view.today_says)
    yield from _has("today_rules", expect.today_rules, view.today_rules)
    if expect.until is not None:
        yield from _same("until", expect.until, view.until)
    if expect.level is not None:
        yield from _same("level", expect.level, view.today_level)
    yield from _has("asks", expect.asks, view.asks)
    if expect.items is not None:
        yield from _same("items", list(expect.items), view.items)
    places = [view.items.index(item) if item in view.items else -1 for item in expect.in_order]
    if -1 in places or places != sorted(places):
        yield Difference(where="in_order", expected=words(expect.in_order), got=words(view.items))
    beside = [view.items.index(item) if item in view.items else -9 for item in expect.next_to]
    if any(second - first != 1 for first, second in pairwise(beside)):
        yield Difference(where="next_to", expected=words(expect.next_to), got=words(view.items))
