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
    facts = dict(answers)
    for asked, said in answers.items():
        if said == UNKNOWN and not asked.endswith(AGAIN):
            del facts[asked]
            again = facts.pop(asked + AGAIN, None)
            if again is not None:
                facts[asked] = again
    return {asked: said for asked, said in facts.items() if said is not None and not asked.endswith(AGAIN)}
