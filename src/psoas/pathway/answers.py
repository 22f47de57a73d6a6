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
    for asked in [asked for asked, said in answers.items() if said is None or said == UNKNOWN]:
        again = answers.get(asked + AGAIN) if answers[asked] is not None else None
        if again is None:
            del facts[asked]
        else:
            facts[asked] = again  # what the follow-up said, in its place
    if AGAIN in " ".join(facts):  # read at once: most screens have no follow-up
        facts = {asked: said for asked, said in facts.items() if not asked.endswith(AGAIN)}
    return facts
