"""What the tests show of each hip: label and flags, how sure, on which tests and rules it rests, what would make it surer."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge import wording
from psoas.knowledge.schema import Knowledge, Measure
from psoas.pathway.decisions import Profile, SideProfile, TestMore
from psoas.pathway.findings import latest, on_side
from psoas.pathway.record import Findings
from psoas.terms import SIDES, Reason, Side
from psoas.web import clock, desk, episodes, saying
from psoas.web.guard import account_of
from psoas.web.pages import onboarding
from psoas.web.pages.plan import in_force

EQUAL = 100  # percent
_EVEN = 3  # tries, from which on they can be called even
_HELD = {"E06": "holds lying down", "E07": "holds kneeling"}
_STRONG = {
    "reps": "counted knee lifts",
    "home": "a luggage scale",
    "hand": "a hand-held meter",
    "belt": "a strapped meter",
    "mmt": "a clinician’s grade",
}


class Flag(Struct, frozen=True):
    """One finding with its value in words, and what it was read from."""

    name: str
    said: str
    sure: str = ""
    looked: str = ""


class Drawing(Struct, frozen=True):
    """The thigh as it hung, in a box of 240 by 120: its end, and the wedge within which the test can err."""

    x: str
    y: str
    wedge: str
    words: str


class Hip(Struct, frozen=True):
    """One hip as the page shows it."""

    side: str
    label: str
    means: str
    confidence: str
    confidence_means: str
    level: str  # high | moderate | low
    flags: tuple[Flag, ...]
    tags: tuple[str, ...]
    whys: tuple[saying.Why, ...]
    surer: tuple[Measure, ...]
    angle: str
    share: str
    share_error: str
    drawing: Drawing | None


def profile(request: HttpRequest) -> HttpResponse:
    """Both hips, or what is still to be tested."""
    account = account_of(request)
    now = clock.now(account)
    course = episodes.course_of(account, now=now)
    if course.stops:
        return redirect("screen-result")
    if not (course.screens and course.intakes):
        return redirect(onboarding.next_path(course, account=account))
    found = desk.clinic().profile(course, now=now)
    if isinstance(found, TestMore):
        return redirect("/tests/")
    tests = latest([dated.body.findings for dated in course.tests])
    hips = [hip(found, side, tests=tests, knowledge=desk.knowledge()) for side in SIDES]
    context = {
        "hips": hips,
        "level": _level(desk.knowledge()) if any(each.angle for each in hips) else "",
        "page": {"title": "Your hips"},
        "step": onboarding.step("profile"),
        "planned": in_force(course) is not None,
    }
    return render(request, "onboarding/profile.html", context)


def _level(knowledge: Knowledge) -> str:
    """What the numbers of the thigh mean."""
    long = -int(knowledge["mtt_normal_at_or_below"])
    return (
        "Level is a horizontal thigh, lying at the edge of a table with the leg hanging. Above level counts as short,"
        f" {long}° or more below it as long enough; in between is borderline."
    )


def hip(found: Profile, side: Side, *, tests: Findings, knowledge: Knowledge) -> Hip:
    """That hip in words."""
    of = found.on(side)
    known = knowledge.words
    return Hip(
        side=side.value,
        label=wording.word(of.label, section="label", knowledge=knowledge),
        means=known["label_means"][of.label],
        confidence=known["confidence"][of.confidence],
        confidence_means=known["confidence_means"][of.confidence],
        level=of.confidence,
        flags=_flags(of, on_one_side(tests, side), knowledge=knowledge),
        tags=tuple(wording.word(tag, section="tag", knowledge=knowledge) for tag in of.tags),
        whys=tuple(saying.whys(map(_told_of_the_stronger, of.rows), knowledge=knowledge)),
        surer=tuple(knowledge.measures[name] for name in dict.fromkeys(of.surer) if name in knowledge.measures),
        angle=_angle(of),
        share=_share(of, other=side.other, knowledge=knowledge),
        share_error=_share_error(of, knowledge),
        drawing=_drawing(of, error=float(knowledge["mtt_real_change"])),
    )


def on_one_side(tests: Findings, side: Side) -> Findings:
    """The tests of that side alone."""
    return Findings(strength=on_side(tests.strength, side=side), holds=on_side(tests.holds, side=side))


def _weak_by(tests: Findings) -> str:
    """Which tests of a side tell whether it is weak."""
    held = [words for name, words in _HELD.items() if any(each.exercise.startswith(name) for each in tests.holds)]
    strong = [_STRONG[each.method] for each in tests.strength]
    return " and ".join([", ".join(held), *strong] if held else strong)


def _late_by(tests: Findings) -> str:
    """What there was to see of a muscle that switches on late (C2c)."""
    seen = ["the first hold"] if any(each.exercise.startswith("E06") for each in tests.holds) else []
    seen += ["how even the tries were"] if any(len(each.trials) >= _EVEN for each in tests.strength) else []
    seen += ["the try with support"] if any(each.supported for each in tests.strength) else []
    return ", ".join(seen)


def _late(of: SideProfile, tests: Findings) -> Flag:
    by = _late_by(tests)
    said = {"yes": "perhaps", "no": "no sign of it" if by else "not looked at", "unknown": "not known"}
    return Flag("Muscle that switches on late", said[of.inhibited.value], looked=by)


def _flags(of: SideProfile, tests: Findings, *, knowledge: Knowledge) -> tuple[Flag, ...]:
    words = knowledge.words
    yes_no: dict[str, Any] = {"yes": "yes", "no": "no", "unknown": "not known"}
    return (
        Flag(
            "Length",
            words["length"][of.length],
            words["confidence"][of.length_confidence] if of.length != "unknown" else "",
        ),
        Flag("Weak", yes_no[of.weak.value], looked=_weak_by(tests)),
        _late(of, tests),
        Flag("Pain like hip-flexor pain", yes_no[of.doha.value])
        if of.symptomatic
        else Flag("Pain", "none in seven days"),
    )


def _share(of: SideProfile, *, other: Side, knowledge: Knowledge) -> str:
    """Strength against the other side. Only the weaker one is a share of the other (clinical.md C, LSI)."""
    if of.lsi is None:
        return ""
    if of.lsi > EQUAL:
        return "the stronger side"
    if of.lsi == EQUAL:
        return f"as strong as the {other.value}"
    return f"{wording.shown(Decimal(int(of.lsi)), knowledge=knowledge)} % of the {other.value}"


def _share_error(of: SideProfile, knowledge: Knowledge) -> str:
    """How far that method can err."""
    measure = knowledge.measures.get(f"strength.{of.lsi_method}")
    return f"can be off by {measure.error} %" if of.lsi is not None and measure and measure.error else ""


def _told_of_the_stronger(row: Reason) -> Reason:
    """The stronger side is no share of the weaker one: its row is told without the number."""
    lsi = row.values.get("lsi")
    if not isinstance(lsi, Decimal) or lsi < EQUAL:
        return row
    return replace(row, values={name: value for name, value in row.values.items() if name != "lsi"})


def _angle(of: SideProfile) -> str:
    if of.angle is None:
        return ""
    degrees = str(int(abs(of.angle)))
    if degrees == "0":
        return "level with the table"
    return f"{degrees}° {'above' if of.angle > 0 else 'below'} level"


_HIP_X, _HIP_Y, _THIGH = 90.0, 52.0, 120.0


def _drawing(of: SideProfile, *, error: float) -> Drawing | None:
    if of.angle is None:
        return None
    angle = float(of.angle)
    (x, y), (low_x, low_y), (high_x, high_y) = (_end(a) for a in (angle, angle - error, angle + error))
    wedge = f"M{_HIP_X:.0f} {_HIP_Y:.0f}L{low_x} {low_y}A{_THIGH:.0f} {_THIGH:.0f} 0 0 0 {high_x} {high_y}Z"
    return Drawing(x, y, wedge, f"The thigh hangs {_angle(of)}; the test can be off by {error:.0f} degrees.")


def _end(degrees: float) -> tuple[str, str]:
    """Where the knee is when the thigh stands so many degrees above level."""
    turn = math.radians(degrees)
    return f"{_HIP_X + _THIGH * math.cos(turn):.1f}", f"{_HIP_Y - _THIGH * math.sin(turn):.1f}"
