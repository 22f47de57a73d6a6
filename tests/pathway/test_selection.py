"""The order and the pairing of what a side is given (D28)."""

from __future__ import annotations

from people import RIGHT
from psoas.pathway.selection import Chosen, paired

STRETCH = Chosen(exercise="E01", side=RIGHT, slot=7)
END_RANGE = Chosen(exercise="E17", side=RIGHT, slot=7)
MAIN = Chosen(exercise="E16a", side=RIGHT, slot=4)
BRIDGE = Chosen(exercise="E03", side=RIGHT, slot=5)


def names(*given):
    """The order in which these are done."""
    return [each.exercise for each in paired(list(given))]


def test_the_stretch_comes_straight_before_what_uses_the_new_range_and_never_alone():
    """Before E17; without it before the main exercise; with neither it is left out (D28, C13 #24)."""
    assert names(MAIN, BRIDGE, END_RANGE, STRETCH) == ["E16a", "E03", "E01", "E17"]
    assert names(BRIDGE, MAIN, STRETCH) == ["E03", "E01", "E16a"]
    assert names(BRIDGE, STRETCH) == ["E03"]
    assert names(MAIN, BRIDGE) == ["E16a", "E03"]
