"""What a device sends, whenever it arrives: onto the session it belongs to, though that may be over by then.

A phone without a connection goes on with its session; meanwhile another device, or another day, may have closed it.
Nothing of it is lost, and the worse of two answers stands.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from msgspec.structs import replace

from psoas.pathway import writing
from psoas.pathway.record import (
    Corrected,
    ItemSkipped,
    Pains,
    SessionBegun,
    SessionDone,
    SetDone,
    Skip,
    Swapped,
    with_sets,
)
from psoas.pathway.seen import Sat, corrected, opened, swapped_in
from psoas.terms import SIDES, Answer
from psoas.web.sitting import Sitting
from psoas.web.visit import Visit


def sitting_of(visit: Visit, session: str) -> Sitting | None:
    """The session of that id, open or over; nothing where the record has none."""
    course = visit.course
    if course.open is not None and course.open.done.session == session:
        return Sitting(visit, course.open)
    found = next((sat for sat in reversed(course.sats) if sat.done.session == session), None)
    found = found or _as_recorded(visit, session)
    return Sitting(visit, found) if found else None


def is_live(visit: Visit, session: str) -> bool:
    """Whether that session may go on now: it is open, and nothing stops the course."""
    sitting = Sitting.of(visit)
    return sitting is not None and sitting.session == session


def _as_recorded(visit: Visit, session: str) -> Sat | None:
    """A session that another day closed before any of its sets had arrived: it stands in the record alone."""
    written = visit.clinic.record(visit.episode)
    apart = any(isinstance(entry.body, SetDone) and entry.body.session == session for entry in written)
    done: SessionDone | None = None
    place = 0
    for entry in corrected(written):
        match entry.body:
            case SessionBegun(session=begun) if begun == session:
                done, place = opened(entry.body, entry.at), entry.seq
            case SetDone(session=of) if of == session and done is not None:
                done = with_sets(done, (*done.sets, entry.body), ended=entry.at)
            case SessionDone(session=of) as summed if of == session and done is not None:
                done = with_sets(summed, done.sets if apart else summed.sets)
            case ItemSkipped(session=of, item=item, why=why) if of == session and done is not None:
                done = replace(done, skips=(*done.skips, Skip(item=item, why=why)))
            case Swapped() as swap if done is not None:
                done = swapped_in(Sat(place, done), swap).done
    return Sat(place, done) if done is not None else None


def counted(visit: Visit, session: str) -> None:
    """Make a session that was closed before its sets arrived count: its pain is pain, its 48 hours run."""
    course = visit.course
    if any(sat.done.session == session for sat in (*course.sats, *([course.open] if course.open else []))):
        return
    sat = _as_recorded(visit, session)
    if sat is not None and sat.done.worked:
        visit.write(sat.done)


def without(visit: Visit, taken: SetDone) -> None:
    """Where another device had summed the session up with that set inside, it is summed up without it."""
    for entry in corrected(visit.clinic.record(visit.episode)):
        summed = entry.body
        if isinstance(summed, SessionDone) and summed.session == taken.session and taken in summed.sets:
            sets = list(summed.sets)
            sets.remove(taken)
            visit.write(Corrected(replaces=entry.id, by=with_sets(summed, tuple(sets)), why="undone"))


class Said:
    """What she says after the session."""

    def __init__(self, after: Pains, *, effort: Decimal | None, limp: Answer, ended: dt.datetime) -> None:
        self.after = after
        self.effort = effort
        self.limp = limp
        self.ended = ended


def ended(visit: Visit, sitting: Sitting, said: Said) -> SessionDone | None:
    """The session summed up with this; told of one that is over already, the worse of both stands."""
    at = within(said.ended, first=sitting.sat.done.began, last=visit.now)
    course = visit.course
    if course.open is not None and course.open.done.session == sitting.session:
        return writing.ended(course, after=said.after, effort=said.effort, limp=said.limp, by=sitting.ended_by, now=at)
    recorded = _as_recorded(visit, sitting.session)
    if recorded is None:
        return None
    before = sitting.sat.done
    return with_sets(
        before,
        recorded.done.sets,
        ended=max(before.ended, at),
        skips=recorded.done.skips,
        after=worse(before.after, said.after),
        effort=_larger(before.effort, said.effort),
        limp=_limp(before.limp, said.limp),
        ended_by=_by(before.ended_by, sitting),
    )


def within(at: dt.datetime, *, first: dt.datetime, last: dt.datetime) -> dt.datetime:
    """A device's instant, never before the session and never after now: its clock may be wrong.

    >>> hour = [dt.datetime(2026, 1, 1, h, tzinfo=dt.UTC) for h in range(4)]
    >>> [within(hour[h], first=hour[1], last=hour[2]).hour for h in (0, 1, 2, 3)]
    [1, 1, 2, 2]
    """
    return min(max(at.astimezone(last.tzinfo), first), last)


def worse(one: Pains, two: Pains) -> Pains:
    """For each side the higher of the pains that are known."""
    return {side: _larger(one.get(side), two.get(side)) for side in SIDES if side in one or side in two}


def is_worse(one: SetDone, *, than: SetDone) -> bool:
    """Whether a set tells of more pain, more signs or worse form than another, or knows less: unknown is not no."""
    sore = any(pain is None or pain > (than.pain.get(side) or 0) for side, pain in one.pain.items())
    return sore or _more(one.signs, than.signs) or _more(one.compensations, than.compensations)


def _more(one: tuple[str, ...] | None, two: tuple[str, ...] | None) -> bool:
    return two is not None and (one is None or not set(one) <= set(two))


def _larger(one: Decimal | None, two: Decimal | None) -> Decimal | None:
    known = [each for each in (one, two) if each is not None]
    return max(known, default=None)


def _limp(one: Answer, two: Answer) -> Answer:
    if Answer.YES in (one, two):
        return Answer.YES
    return Answer.NO if Answer.NO in (one, two) else Answer.UNKNOWN


def _by(before: str, sitting: Sitting) -> str:
    """By the pain rule once any set says so; else by her, or because everything was done."""
    now = sitting.ended_by
    return before if now == "person" and before == "done" else now


MOST_KG = 500
_LOADS = re.compile(r"(kg):\d{1,3}(\.\d{1,3})?|(band):[1-9]\d?")


def is_load(key: str, *, kind: str) -> bool:
    """Whether this can be a load of that kind at all.

    >>> is_load("kg:2.5", kind="kg"), is_load("band:2", kind="kg"), is_load("kg:900", kind="kg")
    (True, False, False)
    """
    found, _, amount = key.partition(":")
    return bool(_LOADS.fullmatch(key)) and found == kind and Decimal(amount) <= MOST_KG
