"""Corrections: what still stands, and what is read in its place (D64)."""

from __future__ import annotations

import pytest

from people import NO, RIGHT, UNKNOWN, YES, D
from psoas.pathway import record as r
from psoas.pathway.decisions import Item
from psoas.pathway.seen import Work, corrected
from psoas.terms import NO_LOAD, Dose, Load
from situations import entry_of, on

AT = on(2026, 3, 2)
WRONG, RIGHT_ONE, THIRD = (r.FormChecked(good=good) for good in (NO, YES, UNKNOWN))


def read(*bodies):
    """What these entries say once their corrections are carried out; the first is "x0"."""
    entries = [entry_of(body, at=AT, seq=n) for n, body in enumerate(bodies)]
    return [entry.body for entry in corrected(entries)]


def fix(of, by):
    """A correction of that entry."""
    return r.Corrected(replaces=of, by=by)


@pytest.mark.parametrize(
    ("corrections", "stands"),
    [
        ([], WRONG),
        ([fix("x0", RIGHT_ONE)], RIGHT_ONE),
        ([fix("x0", RIGHT_ONE), fix("x0", THIRD)], THIRD),
        ([fix("x0", RIGHT_ONE), fix("x1", None)], WRONG),
        ([fix("x0", RIGHT_ONE), fix("x1", fix("x0", THIRD))], THIRD),
        ([fix("x0", RIGHT_ONE), fix("x1", RIGHT_ONE)], WRONG),
        ([fix("x0", None)], None),
    ],
)
def test_the_newest_correction_counts_and_a_correction_may_be_corrected(corrections, stands):
    """Said otherwise twice, taken back, or itself said otherwise: the record reads as if said so at first."""
    said = [body for body in read(WRONG, *corrections) if not isinstance(body, r.Corrected)]
    assert said[:1] == ([] if stands is None else [stands])


def test_what_nobody_corrected_is_read_as_it_stands():
    """The other entries keep their place and their words."""
    assert read(WRONG, THIRD, fix("x0", RIGHT_ONE))[:2] == [RIGHT_ONE, THIRD]


# ---- with the load that was prescribed (D37, D47)

ONE, TWO, THREE = (Load(kind="kg", kg=D(kg)) for kg in (1, 2, 3))
BAND, HAND = Load(kind="band", band=2), Load(kind="hand")


@pytest.mark.parametrize(
    ("asked", "used", "find", "whole"),
    [
        (TWO, TWO, False, True),
        (TWO, Load(kind="kg", kg=D("2.0")), False, True),
        (TWO, ONE, False, False),
        (TWO, THREE, False, False),
        (TWO, NO_LOAD, False, False),
        (TWO, BAND, False, False),
        (NO_LOAD, TWO, False, False),
        (HAND, NO_LOAD, False, True),
        (NO_LOAD, NO_LOAD, False, True),
        (TWO, TWO, True, True),
        (TWO, THREE, True, True),
        (TWO, ONE, True, False),
        (TWO, BAND, True, False),
    ],
)
def test_a_set_with_another_load_is_not_the_set_that_was_prescribed(asked, used, find, whole):
    """Neither lighter nor heavier; only while the load is still sought may it be heavier (D37, D47)."""
    item = Item(exercise="E10", side="right", slot=4, step=1, dose=Dose(sets=1, reps=15), load=asked, find=find)
    done = r.SetDone(session="s", item=0, number=1, did="all", pain={RIGHT: D(0)}, load=used)
    assert Work(item, (done,)).complete is whole
