"""What the pure rooms cost: one rule, a whole course from JSON, a plan from answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from measuring import Bench
from msgspec.structs import replace

from psoas.demo import people, record_of
from psoas.knowledge.criteria import holds
from psoas.knowledge.loader import load
from psoas.knowledge.schema import Knowledge
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course, course_of
from psoas.pathway.decisions import Plan
from psoas.pathway.findings import cited
from psoas.pathway.progression import review
from psoas.pathway.record import Entry, SessionDone, decode_entries, encode_entry, kind_of
from psoas.pathway.settling import settled_course
from psoas.pathway.writing import drafted
from psoas.storage.contract import GATHERED, session_of
from psoas.terms import Reason, Side

ZONE = "Europe/Berlin"
NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=ZoneInfo(ZONE))
PROTOCOL = "integrated@2026-11-01"


def twelve_weeks(knowledge: Knowledge) -> list[Entry]:
    """The made-up person who is on course, lived on to the end of her twelfth week."""
    return record_of(replace(people()[0], days=84), knowledge=knowledge, now=NOW, zone=ZONE)


def as_read(record: Sequence[Entry]) -> list[Entry]:
    """The entries that the fold reads: sets that a finished session has gathered are left out."""
    done = {entry.body.session for entry in record if isinstance(entry.body, SessionDone)}
    return [e for e in record if not (kind_of(e.body) in GATHERED and session_of(e.body) in done)]


def four_weeks(knowledge: Knowledge) -> Course:
    """The same person after four weeks, on the morning after a clean session."""
    record = record_of(replace(people()[0], days=28), knowledge=knowledge, now=NOW, zone=ZONE)
    return settled_course(course_of(record, knowledge=knowledge), knowledge=knowledge, now=NOW)


def measure(bench: Bench) -> None:
    """All claims about the engine."""
    knowledge = load()
    course = four_weeks(knowledge)
    _rules(bench, course, knowledge)
    _fold(bench, as_read(twelve_weeks(knowledge)), knowledge)
    _plan(bench, course, knowledge)


def _rules(bench: Bench, course: Course, knowledge: Knowledge) -> None:
    """Rules of the pain table and of progression on a prepared reading, each answered with its reason and sources."""
    reading = Reading(course, knowledge=knowledge, now=NOW)
    last, side = len(course.sats) - 1, Side.RIGHT
    since = course.sats[-3].done.began
    flag, answers = knowledge.red_flags["TU2"], course.facts
    assert len(reading.run("E16a", side, since=since)) == 3

    def zone() -> Reason:
        found = reading._zone(last, side)  # not the remembered one
        return cited(Reason("CP1", {"side": side.value, "zone": found}), knowledge=knowledge)

    def run() -> Reason:
        found = reading.run("E16a", side, since=since)
        return cited(Reason("PR1", {"exercise": "E16a", "side": side.value, "run": len(found)}), knowledge=knowledge)

    def row() -> Reason:
        return cited(Reason(flag.id, {"holds": holds(flag.when, answers)}), knowledge=knowledge)

    prepared = "sessions and mornings were matched up before"
    for name, rule, target, note in (
        (
            "rule: three clean sessions in a row (PR1)",
            run,
            50_000,
            f"every set and morning of three sessions; {prepared}",
        ),
        ("rule: pain zone of one session and side (C-P)", zone, None, prepared),
        ("rule: one red-flag row, three-valued (TU2)", row, None, "from the answers of a whole screen"),
    ):
        per_second = tuple(1000 / each for each in bench.cpu_ms(rule, number=3000))
        bench.add(name, unit="/s", rounds=per_second, target=target, at_least=True, note=note)


def _fold(bench: Bench, entries: Sequence[Entry], knowledge: Knowledge) -> None:
    lines = [encode_entry(entry) for entry in entries]
    blob = b"[" + b",".join(lines) + b"]"
    size = f"{len(lines)} entries, {len(blob) // 1000} kB of JSON"
    read = decode_entries(blob)
    course = course_of(read, knowledge=knowledge)

    def whole() -> object:
        return review(course_of(decode_entries(blob), knowledge=knowledge), knowledge=knowledge, now=NOW)

    per_120 = tuple(each * 120 / len(lines) for each in bench.cpu_ms(whole, number=20))
    bench.add("decode, fold and review twelve weeks, per 120 entries", unit="ms", rounds=per_120, target=1.0, note=size)
    bench.add("  of it: decode all", unit="ms", rounds=bench.cpu_ms(lambda: decode_entries(blob), number=20), note=size)
    bench.add(
        "  of it: fold all", unit="ms", rounds=bench.cpu_ms(lambda: course_of(read, knowledge=knowledge), number=20)
    )
    once = bench.cpu_ms(lambda: review(course, knowledge=knowledge, now=NOW), number=50)
    bench.add("  of it: review", unit="ms", rounds=once)


def _plan(bench: Bench, course: Course, knowledge: Knowledge) -> None:
    """From the answers of the screen, the intake and the tests to the plan: screen, assess, plan."""
    fresh = replace(course, plan=None, plans=(), sats=(), decisions=())
    assert isinstance(drafted(fresh, protocol=PROTOCOL, knowledge=knowledge, now=NOW), Plan)
    cost = bench.cpu_ms(lambda: drafted(fresh, protocol=PROTOCOL, knowledge=knowledge, now=NOW), number=30)
    note = "all rows of the screen, both profiles, the plan"
    bench.add("from the answers to the plan", unit="ms", rounds=cost, target=4.0, note=note)
