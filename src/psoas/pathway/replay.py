"""The replays: what was decided, read again from the record.

*Audit*: every recorded decision and triage must come out again from the entries before it. *Hindsight*: which
decisions would not be made now that something was corrected; shown, never applied silently. *What-if* (the same
record under another protocol or number) is the same walk with other knowledge: pass it to `audit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.schema import Knowledge
from psoas.pathway.course import Course, course_of, evolve
from psoas.pathway.decisions import AskMore, Decision
from psoas.pathway.progression import review
from psoas.pathway.record import Corrected, Decided, Entry, Screened, as_stored
from psoas.pathway.seen import corrected
from psoas.pathway.settling import finding_of
from psoas.pathway.writing import screened


class Difference(Struct, frozen=True):
    """A recorded decision that would not be made again: what was recorded, and what comes out now."""

    entry: Entry
    now: Decision | Screened | None


def audit(entries: Iterable[Entry], *, knowledge: Knowledge) -> list[Difference]:
    """The decisions and triage outcomes that do not come out again; empty when all do. Corrections count from where they stand."""
    seen: list[Entry] = []
    course = Course()
    found: list[Difference] = []
    for entry in entries:
        found += _differs(course, entry, knowledge)
        seen.append(entry)
        if isinstance(entry.body, Corrected):
            course = course_of(seen, knowledge=knowledge)
        else:
            course = evolve(course, entry, knowledge=knowledge)
    return found


def hindsight(entries: Sequence[Entry], *, knowledge: Knowledge) -> list[Difference]:
    """The past decisions that would not be made now that something was corrected.

    The record is walked with every correction read in from the start, and with the decisions as recorded, since
    somebody acted on them.
    """
    if not any(isinstance(entry.body, Corrected) for entry in entries):
        return []
    course = Course()
    found: list[Difference] = []
    for entry in corrected(entries):
        if isinstance(entry.body, Decided) and entry.body.decision.moment != "correction":
            found += _differs(course, entry, knowledge)
        course = evolve(course, entry, knowledge=knowledge)
    return found


def would_change(entries: Sequence[Entry], correction: Entry, *, knowledge: Knowledge) -> list[Difference]:
    """The past decisions that this correction, not yet made, would take the ground from."""
    before = {difference.entry.id for difference in hindsight(entries, knowledge=knowledge)}
    after = hindsight([*entries, correction], knowledge=knowledge)
    return [difference for difference in after if difference.entry.id not in before]


def _differs(course: Course, entry: Entry, knowledge: Knowledge) -> Iterator[Difference]:
    body = entry.body
    if isinstance(body, Decided):
        finding = finding_of(course, knowledge=knowledge, now=entry.at)
        again = review(course, knowledge=knowledge, now=entry.at, finding=finding)
        if again is None or not _same(again, body):
            yield Difference(entry, again)
    elif isinstance(body, Screened):
        outcome = screened(course, body.answers, knowledge=knowledge, now=entry.at)
        if isinstance(outcome, AskMore) or _otherwise(body, outcome):
            yield Difference(entry, None if isinstance(outcome, AskMore) else outcome)


def _same(again: Decision, recorded: Decided) -> bool:
    """Equal as they are stored, whatever the numbers were in memory."""
    return as_stored(replace(recorded, decision=again)) == as_stored(recorded)


def _otherwise(recorded: Screened, outcome: Screened) -> bool:
    """The recorded outcome is not the one that comes out now."""
    return (recorded.level, set(recorded.fired), set(recorded.unknown)) != (
        outcome.level,
        set(outcome.fired),
        set(outcome.unknown),
    )
