"""Psoas: an open iliopsoas (hip-flexor) rehabilitation system.

The verbs, as a library: `screen`, `assess`, `plan`, `session_on`, `review`, `apply`, `course_of`, `settle`, `audit`,
`hindsight`, and `load` for the knowledge they all take. Each is a pure function from frozen values to one of a closed
set of frozen types; refusal is one of them.
"""

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
