"""What made a session amber+ or red, with the number read (C-P)."""

from __future__ import annotations

import pytest

from people import LEFT, NO, RIGHT, YES, D, Life, Turn
from psoas.pathway.found import found
from situations import look


@pytest.mark.parametrize(
    ("turn", "names"),
    [
        (Turn(), ()),
        (Turn(pain=D(5)), ()),
        (Turn(pain=D("5.1")), ("pain:5.1",)),
        (Turn(sign="sharp"), ("sharp",)),
        (Turn(sign="pinch"), ()),
        (Turn(limp=YES), ("limp",)),
        (Turn(over=D(1)), ()),
        (Turn(over=D("1.1")), ("morning:1.1",)),
        (Turn(over=D(5)), ("morning:5", "morning_pain:6")),
        (Turn(settled=NO), ("not_settled",)),
        (Turn(morning="none"), ()),
        (Turn(pain=None), ()),
    ],
)
def test_what_was_found_is_named_with_its_number(turn, names):
    """Pain above 5, a sharp sign, a limp, a morning more than 1 higher or above 5, not settled; nothing that is not known."""
    here = look(Life(days=2, turns=((0, turn),)))
    assert found(here, 0, RIGHT) == names
    assert found(here, 0, LEFT) == tuple(name for name in names if name in ("limp", "not_settled"))
