"""What a session showed (C-P, D40)."""

from __future__ import annotations

import pytest

from people import KNOWLEDGE
from psoas.pathway.course import Course
from psoas.pathway.zones import Zones
from situations import on


def test_a_course_without_a_plan_is_refused_in_words():
    """There is nothing to read in it, and the sentence says what comes first."""
    with pytest.raises(ValueError, match="make the plan first"):
        Zones(Course(), knowledge=KNOWLEDGE, now=on(2026, 3, 2))
