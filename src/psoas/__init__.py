"""Psoas: an open iliopsoas (hip-flexor) rehabilitation system.

The verbs, as a library: `screen`, `assess`, `plan`, `session_on`, `review`, `apply`, `course_of`, `settle`, `audit`,
`hindsight`, and `load` for the knowledge they all take. Each is a pure function from frozen values to one of a closed
set of frozen types; refusal is one of them. A verb is imported when it is first used, and with it only
what it needs: the geometry (numpy) comes with what weighs a load or draws a picture.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psoas.knowledge.lint import lint
    from psoas.knowledge.loader import load
    from psoas.pathway.assessment import assess
    from psoas.pathway.change import apply
    from psoas.pathway.course import Course, course_of, evolve
    from psoas.pathway.planning import plan
    from psoas.pathway.progression import review
    from psoas.pathway.replay import audit, hindsight
    from psoas.pathway.screening import screen
    from psoas.pathway.session import session_on
    from psoas.pathway.settling import settle

__version__ = "0.1.0"
__all__ = [
    "Course",
    "apply",
    "assess",
    "audit",
    "course_of",
    "evolve",
    "hindsight",
    "lint",
    "load",
    "plan",
    "review",
    "screen",
    "session_on",
    "settle",
]

_WHERE = {
    "Course": "pathway.course",
    "apply": "pathway.change",
    "assess": "pathway.assessment",
    "audit": "pathway.replay",
    "course_of": "pathway.course",
    "evolve": "pathway.course",
    "hindsight": "pathway.replay",
    "lint": "knowledge.lint",
    "load": "knowledge.loader",
    "plan": "pathway.planning",
    "review": "pathway.progression",
    "screen": "pathway.screening",
    "session_on": "pathway.session",
    "settle": "pathway.settling",
}


if not TYPE_CHECKING:  # a reader of types knows the verbs by their own modules, and no others

    def __getattr__(name: str) -> Any:
        """The verb of that name, from its own module."""
        if name not in _WHERE:
            raise AttributeError(f"psoas has no verb {name!r}. It has: {', '.join(__all__)}.")
        return getattr(importlib.import_module(f"psoas.{_WHERE[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
