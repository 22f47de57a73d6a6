"""The stages put together: every decision that is due now, one after the other, and the course they lead to.

`settle` writes nothing. The desk records what it yields; a page may look at the course without recording it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from psoas.knowledge.schema import Knowledge
from psoas.pathway.assessment import assess
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course, evolve
from psoas.pathway.decisions import Decision, Profile, TestMore
from psoas.pathway.difference import strength_fell
from psoas.pathway.facts import age_on, limp_last_told, onset_facts, worst_pain
from psoas.pathway.findings import latest
from psoas.pathway.progression import Finding, review
from psoas.pathway.record import (
    PSOAS,
    Body,
    Complaint,
    Decided,
    Entry,
    Findings,
    ItemSkipped,
    SetDone,
    as_stored,
)
from psoas.pathway.screening import AfterTests, after_tests
from psoas.terms import SIDES, Answer

MOST_AT_ONCE = 64  # a guard against a decision that never settles; each fact makes a handful due


def settle(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> Iterator[tuple[Decision, Course]]:
    """Each decision due, with the course after it."""
    for decision, after, _ in _settling(course, knowledge, now):
        if decision is not None:
            yield decision, after


def settled_course(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> Course:
    """The course with every decision due carried out."""
    settled, _ = settled_look(course, knowledge=knowledge, now=now)
    return settled


def settled_look(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> tuple[Course, Reading | None]:
    """The course with every decision due carried out, and the look that found nothing more; none without a plan."""
    (*_, (_, settled, look)) = _settling(course, knowledge, now)
    return settled, look


def _settling(
    course: Course, knowledge: Knowledge, now: dt.datetime
) -> Iterator[tuple[Decision | None, Course, Reading | None]]:
    """Each decision due with the course after it; then none, the settled course and the look that found none."""
    for _ in range(MOST_AT_ONCE):
        finding = finding_of(course, knowledge=knowledge, now=now)
        reading = Reading(course, knowledge=knowledge, now=now) if course.plan else None
        decision = review(course, knowledge=knowledge, now=now, finding=finding, reading=reading)
        if decision is None:
            yield None, course, reading
            return
        course = evolve(course, decided_entry(course, decision, now=now), knowledge=knowledge)
        yield decision, course, None
    raise AssertionError(f"a decision does not settle: {decision}")


def makes_nothing_due(course: Course, body: Body) -> bool:
    """Whether this is a set or a skip of the open session, trials apart (D24): no rule reads it before the session ends.

    Decisions are due at the end of a session and on its morning (D42); a skipped trial has no set to decide on.
    """
    if course.open is None or not isinstance(body, (SetDone, ItemSkipped)) or body.session != course.open.done.session:
        return False
    return isinstance(body, ItemSkipped) or not course.open.done.shown.items[body.item].trial


def decided_entry(course: Course, decision: Decision, *, now: dt.datetime) -> Entry:
    """The entry that records this decision, without an id of its own yet."""
    body = as_stored(Decided(decision=decision, protocol=course.protocol, saw=course.count))
    return Entry(id="", episode="", seq=course.count + 1, at=now, zone="", author=PSOAS, body=body)


def finding_of(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> Finding:
    """The tests read anew where one came in since the plan last read them."""
    if course.plan is None or not course.tests:
        return Finding()
    fell = strength_fell([dated.body.findings for dated in course.tests], knowledge=knowledge)
    unread = course.tests[-1].at > _last_read(course)
    profile = profile_of(course, knowledge=knowledge, now=now) if unread else None
    if not isinstance(profile, Profile):
        return Finding(fell=fell)
    told = told_by_tests(course, profile, knowledge=knowledge, now=now)
    return Finding(profile=profile, fell=fell, level=told.level, rows=told.reasons, caution=told.caution)


def told_by_tests(course: Course, profile: Profile, *, knowledge: Knowledge, now: dt.datetime) -> AfterTests:
    """TC14, W5 and TC11 as the tests so far tell them (D09)."""
    new = course.facts.get("weakness_new")
    return after_tests(
        profile,
        findings=latest([dated.body.findings for dated in course.tests]),
        worst={side: worst_pain(course, side) for side in SIDES},
        knowledge=knowledge,
        new_weakness=Answer(new) if new in ("yes", "no") else Answer.UNKNOWN,
        acute=acute(course, knowledge=knowledge, now=now),
    )


def _last_read(course: Course) -> dt.datetime:
    read = [d.at for d in course.decisions if d.body.decision.about.startswith("tests:")]
    return max([*read, *(at for at, plan in course.plans[:1])])


def profile_of(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> Profile | TestMore:
    """Both sides' profile from every test so far; length and strength wait in the acute phase (D25)."""
    intake = course.intake
    tests: Findings | None = latest([dated.body.findings for dated in course.tests]) if course.tests else None
    complaint = {side: Complaint(worst=worst_pain(course, side)) for side in SIDES}
    return assess(
        tests,
        knowledge=knowledge,
        complaint=complaint,
        history=course.facts,
        sex=intake.sex if intake else "",
        age=age_on(course, now.date()),
        mass_kg=intake.mass_kg if intake else None,
        acute=acute(course, knowledge=knowledge, now=now),
    )


def acute(course: Course, *, knowledge: Knowledge, now: dt.datetime) -> bool:
    """Onset at most 72 h ago, or a limp: tests wait (D25)."""
    recent = onset_facts(course.intake, course.facts, now=now, knowledge=knowledge).get("onset_recent")
    return recent == "yes" or limp_last_told(course) is Answer.YES
