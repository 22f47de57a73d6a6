"""Corrections: what still stands, and what is read in its place (D64)."""

from __future__ import annotations

import pytest

from people import NO, UNKNOWN, YES
from psoas.pathway import record as r
from psoas.pathway.seen import corrected
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
