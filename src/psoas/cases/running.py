"""Running cases: each event happens, each expectation is compared, and a report comes out."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from psoas.cases import format as f
from psoas.cases.comparing import Difference, differences
from psoas.cases.happening import Story, supposed
from psoas.cases.sense import instants
from psoas.cases.showing import Decided, View
from psoas.knowledge.schema import Knowledge


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of one case."""

    file: str
    name: str
    passed: bool
    differences: tuple[Difference, ...] = ()
    decisions: tuple[str, ...] = ()


def run(case: f.Case, *, knowledge: Knowledge, file: str = "") -> Outcome:
    """The case's outcome; nothing is written anywhere."""
    story, found, made = Story(case, knowledge=knowledge), [], []
    for place, event in enumerate(case.happened, start=1):
        told = supposed(case, event, knowledge=knowledge) if isinstance(event, f.Suppose) else story
        found += _happened(told, event, f"happened[{place}] {_what(event)}")
        made += [f"{instants(event.at)[-1].isoformat()} {Decided(one, knowledge=knowledge).line}" for one in told.made]
    return Outcome(file=file, name=case.name, passed=not found, differences=tuple(found), decisions=tuple(made))


def _what(event: f.Event) -> str:
    return str(type(event).__struct_config__.tag)


def _happened(story: Story, event: f.Event, where: str) -> list[Difference]:
    said = [Difference(where=where, expected="that it can happen", got=why) for why in story.happen(event)]
    if event.expect is None:
        return said
    view = View(story, at=_instant_after(story, event))
    return said + [_placed(one, where) for one in differences(event.expect, view)]


def _instant_after(story: Story, event: f.Event) -> dt.datetime:
    """The instant at which it is compared: the event's last, or that of the newest entry where it wrote later ones."""
    last = instants(event.at)[-1]
    entries = story.desk.entries
    return max(last, entries[-1].at) if entries and not isinstance(event, f.Look) else last


def _placed(one: Difference, where: str) -> Difference:
    return Difference(where=f"{where}: {one.where}", expected=one.expected, got=one.got, because=one.because)
