"""Ids sort by the time they were made."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from psoas.storage.ids import is_id, new_id, uuid7

MILLISECONDS = st.integers(0, 2**48 - 1)
CHANCE = st.integers(0, 2**74 - 1)


@given(MILLISECONDS, MILLISECONDS, CHANCE, CHANCE)
def test_an_earlier_id_sorts_first(earlier, later, one, other):
    """Ids made in different milliseconds sort by time, whatever chance said."""
    if earlier < later:
        assert str(uuid7(earlier, chance=one)) < str(uuid7(later, chance=other))


@given(MILLISECONDS, CHANCE)
def test_an_id_is_a_uuid_of_version_7(milliseconds, chance):
    """The standard's version and variant bits are set, and the time can be read back."""
    made = uuid7(milliseconds, chance=chance)
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == milliseconds


def test_fresh_ids_differ_and_are_ids():
    """A thousand fresh ids are a thousand ids."""
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_id(one) for one in made)


def test_other_spellings_are_no_ids():
    """Braces, capitals and rubbish are refused, so that one id has one spelling."""
    good = new_id()
    assert not is_id(good.upper() if good.upper() != good else "A" * 36)
    assert not is_id(f"{{{good}}}")
    assert not is_id("../../secret")
