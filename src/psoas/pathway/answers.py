"""Answers as facts: a follow-up takes the place of its "not sure" (ruling D06)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psoas.knowledge.criteria import UNKNOWN

AGAIN = ".again"


def told(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the answers say: a "not sure" stays unknown only once its follow-up was put; until then it is left out.

    >>> told({"fever": "unknown", "fever.again": "no", "limp": "unknown", "age": 40})
    {'fever': 'no', 'age': 40}
    """
    facts = {}
    for asked, said in answers.items():
        if asked.endswith(AGAIN):
            continue
        if said == UNKNOWN:
            said = answers.get(asked + AGAIN)  # noqa: PLW2901 (what the follow-up said, in its place)
        if said is not None:
            facts[asked] = said
    return facts
