"""A finished session read in brief: its pain and its signs, without the prescription."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from psoas.demo import people, record_of
from psoas.knowledge.loader import load
from psoas.pathway.course import course_of
from psoas.terms import SIDES
from situations import on

KNOWLEDGE, LIVED = load(), on(2026, 11, 21)


@pytest.mark.parametrize("number", range(3))
def test_what_a_side_felt_is_the_same_in_brief_and_read_whole(number: int) -> None:
    """Sessions are looked at for their pain without being read whole; the sets read whole say the same."""
    who = replace(people()[number], days=40)
    course = course_of(record_of(who, knowledge=KNOWLEDGE, now=LIVED, zone="Europe/Berlin"), knowledge=KNOWLEDGE)
    assert course.sats
    for sat in course.sats:
        assert sat.signs == {sign for done in sat.done.sets for sign in done.signs or ()}
        for side in SIDES:
            sets = [done for work in sat.begun[side] for done in work.sets]
            pains, signs = [done.pain.get(side) for done in sets], [done.signs for done in sets]
            felt = sat.felt[side]
            assert felt.highest == max((pain for pain in pains if pain is not None), default=None)
            assert (felt.pains_known, felt.signs_known) == (None not in pains, None not in signs)
            assert felt.signs == {sign for told in signs for sign in told or ()}
