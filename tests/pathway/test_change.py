"""Carrying out: a change has its one place, the whole plan or a side of it, and every kind of change is known."""

from __future__ import annotations

from typing import get_args

import pytest

from psoas.pathway.change import _ON_SIDE, _OVERALL, sides_of
from psoas.pathway.course import _TOLD
from psoas.pathway.decisions import Change
from psoas.pathway.record import Body


@pytest.mark.parametrize("kind", get_args(Change))
def test_every_kind_of_change_touches_the_whole_plan_or_a_side_and_never_both(kind: type) -> None:
    """A change is carried out in one of two tables, by whether it names a side."""
    assert (kind in _OVERALL) != (kind in _ON_SIDE)
    assert (kind in _ON_SIDE) == ("side" in kind.__struct_fields__)


@pytest.mark.parametrize("kind", get_args(Body))
def test_the_fold_knows_every_kind_of_entry(kind: type) -> None:
    """No entry that can be written down is a stranger to the course."""
    assert kind in _TOLD


def test_both_sides_are_two() -> None:
    """A bilateral exercise stands for each side, a one-sided one for its own."""
    assert [len(sides_of(side)) for side in ("both", "left", "right")] == [2, 1, 1]
