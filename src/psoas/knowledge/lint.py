"""Whether the parts of the knowledge fit together. What the loader refuses never comes this far."""

from __future__ import annotations

from psoas.knowledge import asking, beside, drawable, ladders, links
from psoas.knowledge.schema import Knowledge

CHECKS = (
    links.sources,
    links.targets,
    links.contraindications,
    links.words,
    ladders.ladders,
    ladders.doses,
    asking.facts,
    asking.questions,
    asking.mini,
    drawable.movements,
    beside.tests,
)


def lint(knowledge: Knowledge) -> list[str]:
    """Everything that does not fit, each as "file: key: cause. remedy."; empty when all is well."""
    return [found for check in CHECKS for found in check(knowledge)]
