"""A session as it was done: sets, skips and trials out of what was shown and what the case says was otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from psoas.cases import format as f
from psoas.pathway.decisions import Item
from psoas.pathway.record import Pains, SessionBegun, SessionDone, SetDone, Skip, with_sets
from psoas.terms import BOTH, NO_LOAD, SIDES, Load, Side

TRIAL = "trial"


def pains(told: f.Pain) -> Pains:
    """Pain by side; one number is both sides'.

    >>> pains(Decimal(2))[Side.LEFT]
    Decimal('2')
    """
    if isinstance(told, f.BothSides):
        return {Side.LEFT: told.left, Side.RIGHT: told.right}
    return dict.fromkeys(SIDES, told)


def load_of(said: str) -> Load:
    """A load from words.

    >>> load_of("band 2"), load_of("2.5 kg")
    (Load(kind='band', kg=None, band=2), Load(kind='kg', kg=Decimal('2.5'), band=None))
    """
    kind, _, number = said.partition(" ")
    if kind == "band":
        return Load(kind="band", band=int(number))
    return Load(kind="hand") if kind == "hand" else Load(kind="kg", kg=Decimal(kind)) if number == "kg" else NO_LOAD


def label_of(item: Item) -> str:
    """An item as the cases name it, e.g. "E16a right"."""
    return f"{item.exercise} {item.side}"


def trial_sets(begun: SessionBegun, event: f.Session) -> Iterator[SetDone]:
    """The trial sets of the session: done, without pain and clean, except as said."""
    easy = replace(event, pain=Decimal(0))
    for place, item in enumerate(begun.shown.items):
        if item.trial:
            yield _set(begun.session, place, 1, item, easy, TRIAL)


def done_sets(opened: SessionDone, event: f.Session) -> tuple[SetDone, ...]:
    """Every other set, up to where the session stopped."""
    items = opened.shown.items
    return tuple(
        _set(opened.session, place, number, item, event, item.exercise)
        for place, item in _before_the_stop(items, event)
        if not item.trial
        for number in range(1, _how_many(item, event) + 1)
    )


def session_otherwise(done: SessionDone, event: f.Session, *, trials: tuple[SetDone, ...] = ()) -> SessionDone:
    """The session as the event tells it."""
    after = pains(event.before if event.after is None else event.after)
    return with_sets(done, (*trials, *done_sets(done, event)), skips=skips_of(done, event), before=pains(event.before), after=after,
                     limp=event.limp, effort=event.effort, stressors=event.news, recovered=event.recovered)  # fmt: skip


def skips_of(opened: SessionDone, event: f.Session) -> tuple[Skip, ...]:
    """What was not begun, or broken off, and why."""
    items = opened.shown.items
    reached = dict(_before_the_stop(items, event))
    said = [Skip(item=place, why=but.skip) for place, item in reached.items() if not item.trial
            for but in _buts(event, item, item.exercise) if but.skip]  # fmt: skip
    return (
        *said,
        *(Skip(item=place, why="red") for place, item in enumerate(items) if place not in reached and not item.trial),
    )


def unmatched(shown: tuple[Item, ...], event: f.Session) -> str:
    """What the event says of exercises that the session does not have; empty when all is there."""
    work = [item for item in shown if not item.trial]
    names = [
        f"{but.exercise} {but.side}".strip()
        for but in event.but
        if but.exercise != TRIAL and not but.skip and not any(but in _buts(event, item, item.exercise) for item in work)
    ]
    stop = event.stops_at and event.stops_at not in {label_of(item) for item in work}
    return ", ".join([*names, *([event.stops_at] if stop else [])])


def _before_the_stop(items: tuple[Item, ...], event: f.Session) -> list[tuple[int, Item]]:
    numbered = list(enumerate(items))
    last = [place for place, item in numbered if label_of(item) == event.stops_at and not item.trial]
    return numbered[: last[0] + 1] if last else numbered


def _buts(event: f.Session, item: Item, name: str) -> list[f.But]:
    return [b for b in event.but if b.exercise == name and (not b.side or b.side == item.side)]


def _how_many(item: Item, event: f.Session) -> int:
    said = [but.sets for but in _buts(event, item, item.exercise) if but.sets is not None]
    skipped = any(but.skip and but.sets is None for but in _buts(event, item, item.exercise))
    return said[-1] if said else 0 if skipped else item.dose.sets


def _set(session: str, place: int, number: int, item: Item, event: f.Session, name: str) -> SetDone:
    done = SetDone(session=session, item=place, number=number, did="all", pain=_of(item, pains(event.pain)), compensations=(),
                   signs=(), effort=event.set_effort, load=item.load)  # fmt: skip
    for but in _buts(event, item, name):
        done = _otherwise(done, item, but)
    return done


def _otherwise(done: SetDone, item: Item, but: f.But) -> SetDone:
    pain = done.pain if but.pain is None else _of(item, pains(but.pain))
    return SetDone(
        session=done.session,
        item=done.item,
        number=done.number,
        did=but.did or done.did,
        pain=dict.fromkeys(done.pain, None) if "pain" in but.unknown else pain,
        compensations=None
        if "compensations" in but.unknown
        else done.compensations
        if but.compensations is None
        else but.compensations,
        signs=None if "signs" in but.unknown else done.signs if but.signs is None else but.signs,
        effort=done.effort if but.effort is None else but.effort,
        load=load_of(but.load) if but.load else done.load,
    )


def _of(item: Item, told: Pains) -> Pains:
    return told if item.side == BOTH else {Side(item.side): told[Side(item.side)]}
