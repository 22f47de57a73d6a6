"""A movement from its file: strict, and every refusal is one sentence with file, key, cause and remedy."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator

import msgspec

from psoas.movement.angles import BY_NAME, SIDES
from psoas.movement.equipment import NEAREST
from psoas.movement.motion import Load, LoadKind, Movement, Prop, View
from psoas.movement.outline import marks, parts
from psoas.movement.skeleton import Person, Unfit, body

MUSCLES = ("psoas_major", "iliacus", "rectus_femoris", "gluteus_maximus", "hamstrings")
"""Muscles that the anatomy window can show."""

HANDS = tuple(f"{side}.hand" for side in SIDES)
_ON_BODY = parts(body(Person()))
_POINTS = marks(body(Person()))
_MACROS = ("foot", "hand")


def read(text: str, *, file: str) -> Movement:
    """The movement that stands in that text. Raises Unfit with one line for every mistake."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Unfit(f"{file}: the file: is not TOML: {wrong}. Repair that line.") from None
    try:
        movement = msgspec.convert(raw, Movement, strict=False)
    except msgspec.ValidationError as wrong:
        raise Unfit(_converted(str(wrong), file=file)) from None
    found = [f"{file}: {line}" for check in _CHECKS for line in check(movement)]
    if found:
        raise Unfit("\n".join(found))
    return movement


def _converted(message: str, *, file: str) -> str:
    """A sentence for a value of the wrong kind."""
    cause, _, path = message.partition(" - at `$.")
    key = re.sub(r"\[\.\.\.\]", "", path.rstrip("`")) or "the file"
    return f"{file}: {key}: {cause}. Write what the other movement files write there."


def _keyframes(m: Movement) -> Iterator[str]:
    """Mistakes in the key positions."""
    times = [k.t for k in m.keyframe]
    if not times or times != sorted(set(times)) or times[0] != 0 or times[-1] > 1:
        yield "keyframe.t: the times do not rise from 0 to at most 1. Give each key position a later time than the one before."
    if len(set(m.names)) < len(m.names):
        yield "keyframe.name: two key positions have one name. Give each its own."
    for k in m.keyframe:
        for name, value in k.pose.items():
            yield from _angle(name, value=value, key=f"keyframe {k.name}.pose")
        for name in set(k.exact) - set(k.pose):
            yield f"keyframe {k.name}.exact: {name} has no value in this pose. Give it one, or leave it out."


def _angle(name: str, *, value: float, key: str) -> Iterator[str]:
    """A mistake in one angle of the table."""
    row = BY_NAME.get(name)
    if row is None:
        yield f"{key}: {name} is no angle of the table. Use one of: {', '.join(sorted(BY_NAME))}."
    elif not row.low <= value <= row.high:
        yield f"{key}: {name} = {value:g} is outside {row.low:g} to {row.high:g} degrees. Choose a value inside, or correct the table."


def _at(names: tuple[str, ...], *, m: Movement, key: str) -> Iterator[str]:
    """A mistake in the key positions that something holds at."""
    for name in set(names) - set(m.names):
        yield f"{key}: there is no key position {name}. Use one of: {', '.join(m.names)}."


def _contacts(m: Movement) -> Iterator[str]:
    """Mistakes in what touches what."""
    surfaces = {"floor", *(p.id for p in m.prop)}
    for c in m.contact:
        key = f"contact {c.part}"
        side, _, part = c.part.rpartition(".")
        if c.part not in _ON_BODY and not (part in _MACROS and side in SIDES):
            yield f"{key}: is no part of the body that can touch. Use foot or hand with a side, or one of: {', '.join(sorted(_ON_BODY))}."
        if c.on not in surfaces:
            yield f"{key}: there is no {c.on}. Touch one of: {', '.join(sorted(surfaces))}."
        yield from _at(c.at, m=m, key=key)
    for pair in m.meeting:
        yield from _point(pair.point, key=f"meeting {pair.point}", also=set())
        yield from _point(pair.to, key=f"meeting {pair.point}.to", also=surfaces)
        yield from _at(pair.at, m=m, key=f"meeting {pair.point}")


def _point(name: str, *, key: str, also: set[str]) -> Iterator[str]:
    """A mistake in the name of a point."""
    if name not in _POINTS and name not in also:
        yield f"{key}: {name} is no point that is known. Use one of: {', '.join(sorted({*_POINTS, *also}))}."


def _loads(m: Movement) -> Iterator[str]:
    """Mistakes in what pulls or weighs."""
    things = {p.id: p for p in m.prop}
    for load in m.load:
        key = f"load {load.kind}"
        if load.kind is not LoadKind.SELF_EFFORT:
            yield from _point(load.on, key=f"{key}.on", also=set())
        if load.kind not in (LoadKind.BAND, LoadKind.CABLE):
            continue
        if load.anchor not in {*things, *_POINTS}:
            yield f"{key}.anchor: there is no {load.anchor!r}. Name a prop or a point that it is fixed to."
        elif _apart(load, thing=things.get(load.anchor)) < NEAREST:
            yield (
                f"{key}.anchor: {load.anchor} lies inside the body, where it pulls. Fix it at least {NEAREST * 100:g} cm away."
            )


def _apart(load: Load, *, thing: Prop | None) -> float:
    """How far an anchor is from where its load pulls, where the file alone says so: else it cannot be too near."""
    if thing is not None:
        return math.hypot(thing.dx, thing.dy) if thing.near == load.on and thing.y is None else math.inf
    worn, fixed = _POINTS.get(load.on), _POINTS[load.anchor]
    return math.dist(worn[1:], fixed[1:]) if worn and worn[0] == fixed[0] else math.inf


def _things(m: Movement) -> Iterator[str]:
    """Mistakes in props, rules and muscles."""
    for p in m.prop:
        yield from _point(p.near, key=f"prop {p.id}.near", also=set())
        yield from _at(p.at, m=m, key=f"prop {p.id}")
        if p.fit and p.fit not in _ON_BODY:
            yield f"prop {p.id}.fit: {p.fit} is no part of the body that can touch. Use one of: {', '.join(sorted(_ON_BODY))}."
    for rule in m.form_rule:
        yield from _angle(rule.angle, value=rule.low, key=f"form_rule {rule.angle}.low")
        yield from _at((rule.at,), m=m, key=f"form_rule {rule.angle}.at")
    for name in set(m.muscles) - set(MUSCLES):
        yield f"muscles: {name} cannot be drawn. Use one of: {', '.join(MUSCLES)}."
    yield from _at((m.still,) if m.still else (), m=m, key="still")
    yield from _at(m.held, m=m, key="held")
    yield from _point(m.arrow or "hip", key="arrow", also=set())
    for name in m.fists:
        if name not in HANDS:
            yield f"fists: {name} is no hand. Write worked.hand or other.hand."
    if not m.sources:
        yield "sources: nothing says where this movement comes from. Name a source, or DC for a design choice."
    if m.view is View.FRONT or (m.also and (m.also != (View.FRONT,) or m.view is not View.SIDE)):
        yield 'view: the front is seen only beside the side. Write view = "side" and also = ["front"], or leave both out.'
    if m.near not in SIDES:
        yield f"near: is {m.near}. Write worked or other: the side that is turned to us."


_CHECKS = (_keyframes, _contacts, _loads, _things)
