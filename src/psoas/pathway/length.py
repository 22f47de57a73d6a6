"""Is this hip short in front? The length flag T of one side (clinical.md C2a, ruling D18)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from psoas.knowledge.schema import Knowledge
from psoas.pathway.findings import HIGH, LOW, MODERATE, MTT, angle_of, on_side, readings_of, reason
from psoas.pathway.record import Findings, LengthTest
from psoas.terms import Answer, Reason, Side

JOINT_SIGNS = frozenset({"pinch", "hard_stop"})
BY_EYE = {"above": "yes", "level": "borderline", "below": "no"}


class Length(Struct, frozen=True, kw_only=True):
    """T of one side: the flag, how sure it is, the rows it rests on, and what would make it surer."""

    flag: str  # yes | borderline | no | unknown
    confidence: str
    rows: tuple[Reason, ...]
    tags: tuple[str, ...] = ()
    angle: Decimal | None = None
    pain_limited: bool = False
    surer: tuple[str, ...] = ()


def length_of(findings: Findings, *, side: Side, knowledge: Knowledge) -> Length:
    """T of that side: the first of L10, L7, L1 or L2, L5, L3, L4, L6 that holds; L8 and L9 only add words (D18)."""
    test = _used(findings, side)
    limited = _limited(findings, side)
    if test is None:
        return _not_tested(side, limited, knowledge)
    angle = angle_of(test)
    flag, row, other = _judged(test, angle, limited, findings, knowledge)
    facts = {"side": side, "method": test.method, "pelvis": test.pelvis_controlled}
    values = {"angle": angle, "category": test.category, **other}
    rows = (reason(row, knowledge=knowledge, **facts, **{k: v for k, v in values.items() if v not in (None, "")}),)
    tagged = _tagged(test, knowledge)
    confidence = _confidence(row, (test, _used(findings, side.other)), knowledge)
    return Length(
        flag=flag,
        confidence=confidence,
        rows=(*rows, *(reason(tag_row, knowledge=knowledge, **facts, **seen) for tag_row, _, seen in tagged)),
        tags=(*(("pain_limited",) if limited else ()), *(tag for _, tag, _ in tagged)),
        angle=angle,
        pain_limited=limited,
        surer=() if confidence == HIGH else (MTT,),
    )


def _not_tested(side: Side, limited: bool, knowledge: Knowledge) -> Length:
    """L10; a test that a pinch broke off before any reading keeps its L7 mark as well, so that no stretch is given."""
    rows = ("L10", "L7") if limited else ("L10",)
    return Length(
        flag="unknown",
        confidence=LOW,
        rows=tuple(reason(row, knowledge=knowledge, side=side) for row in rows),
        tags=("pain_limited",) if limited else (),
        pain_limited=limited,
        surer=(MTT,),
    )


def _used(findings: Findings, side: Side) -> LengthTest | None:
    """The newest test that read an angle, else the newest by eye."""
    tests = [test for test in on_side(findings.length, side=side) if test.method != "none"]
    measured = [test for test in tests if readings_of(test)]
    seen = [test for test in tests if test.method == "eye" and test.category in BY_EYE]
    return next(reversed(measured or seen), None)


def _limited(findings: Findings, side: Side) -> bool:
    """Whether a pinch or a hard stop limited the newest test or the one that is used (L7)."""
    tests = on_side(findings.length, side=side)[-1:]
    used = _used(findings, side)
    return any(JOINT_SIGNS.intersection(test.stopped_by) for test in (*tests, *((used,) if used else ())))


def _judged(
    test: LengthTest, angle: Decimal | None, limited: bool, findings: Findings, knowledge: Knowledge
) -> tuple[str, str, dict[str, Decimal]]:
    """The flag, the row that gives it, and what it read of the other side."""
    if limited:
        return "no", "L7", {}
    if angle is None:
        return BY_EYE[test.category], "L6", {}
    if angle > knowledge["mtt_tight_above"]:
        return "yes", "L1" if test.pelvis_controlled is Answer.YES else "L2", {}
    if angle <= knowledge["mtt_normal_at_or_below"]:
        return "no", "L4", {}
    other = _comparable(findings, test.side.other)
    if other is not None and angle - other >= knowledge["mtt_side_diff"]:
        return "yes", "L5", {"other": other, "difference": angle - other}
    return "borderline", "L3", {}


def _comparable(findings: Findings, side: Side) -> Decimal | None:
    """The other side's angle; one that a pinch or a hard stop limited says nothing about length."""
    test = _used(findings, side)
    return angle_of(test) if test is not None and not _limited(findings, side) else None


_SURE = {"L1": HIGH, "L4": HIGH, "L3": MODERATE, "L5": MODERATE}


def _confidence(row: str, tests: tuple[LengthTest, LengthTest | None], knowledge: Knowledge) -> str:
    """What the row allows, and low for fewer than three readings or a pelvis not known to be held (D18)."""
    read = tests if row == "L5" else tests[:1]
    careful = all(test is not None and _careful(test, knowledge) for test in read)
    return _SURE.get(row, LOW) if careful else LOW


def _careful(test: LengthTest, knowledge: Knowledge) -> bool:
    return test.pelvis_controlled is Answer.YES and len(readings_of(test)) >= knowledge["mtt_readings"]


def _tagged(test: LengthTest, knowledge: Knowledge) -> list[tuple[str, str, dict[str, object]]]:
    """L8 and L9: which muscle beside the hip flexors proper seems to be the limit; words and cues only."""
    knee = test.knee_angle
    bent = knee is not None and knee < knowledge["knee_two_joint_below"]
    tags: list[tuple[str, str, dict[str, object]]] = []
    if bent or "knee_straightens" in test.stopped_by:
        tags.append(("L8", "two_joint_tight", {"knee": knee} if knee is not None else {}))
    if "drifts_out" in test.stopped_by:
        tags.append(("L9", "tfl_tight", {}))
    return tags
