"""Laws of the assessment, over findings with at most one test of each kind, exercise and side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from psoas.knowledge.loader import load
from psoas.pathway.assessment import assess
from psoas.pathway.decisions import Profile, SideProfile
from psoas.pathway.findings import CONFIDENCES, latest
from psoas.pathway.record import Complaint, Findings, HoldTest, LengthTest, PainSigns, StrengthTest
from psoas.terms import SIDES, Answer, Side

D = Decimal
KNOWLEDGE = load()
ANSWERS = st.sampled_from(list(Answer))
PAINS = st.none() | st.sampled_from([D(0), D(1), D(2), D("2.1"), D(5)])
ANGLES = st.sampled_from([D(n) for n in (-20, -15, -12, -10, -9, -5, -4, 0, 1, 6)])
FORCES = st.sampled_from([D(n) for n in (0, 60, 75, 80, 85, 89, 90, 100, 120)])
GRADES = st.sampled_from([D(n) for n in (1, 2, 3, 4, 5)])


@st.composite
def lengths(draw: Any, side: Side) -> LengthTest:
    method = draw(st.sampled_from(["angle", "angle", "eye", "none"]))
    return LengthTest(
        side=side,
        method=method,
        readings=tuple(draw(st.lists(ANGLES, max_size=4))) if method == "angle" else (),
        category=draw(st.sampled_from(["", "above", "level", "below"])) if method == "eye" else "",
        pelvis_controlled=draw(ANSWERS),
        stopped_by=tuple(draw(st.sets(st.sampled_from(["pinch", "stretch", "knee_straightens", "drifts_out"])))),
        pain=draw(PAINS),
    )


@st.composite
def pulls(draw: Any, side: Side, method: str) -> StrengthTest:
    values = GRADES if method == "mmt" else FORCES
    return StrengthTest(
        side=side,
        method=method,
        trials=tuple(draw(st.lists(values, max_size=4))),
        supported=tuple(draw(st.lists(values, max_size=2))),
        lever_m=draw(st.sampled_from([None, D("0.35"), D("0.4")])),
        pain=draw(PAINS),
    )


@st.composite
def holds(draw: Any, side: Side, exercise: str) -> HoldTest:
    seen = draw(st.sampled_from([None, (), ("hip_hike",)]))
    return HoldTest(
        side=side,
        exercise=exercise,
        result=draw(st.sampled_from(["pass", "needs_rest", "fail", "unknown"])),
        compensations=seen,
        every_repetition=bool(seen) and draw(st.booleans()),
        practice=draw(st.sampled_from(["", "reached"])),
        first_failed=draw(st.booleans()),
        pain=draw(PAINS),
    )


@st.composite
def signs(draw: Any, side: Side) -> PainSigns:
    return PainSigns(side=side, resisted=draw(ANSWERS), stretch=draw(ANSWERS), tender=draw(ANSWERS))


@st.composite
def findings(draw: Any) -> Findings:
    method = draw(st.sampled_from(["belt", "hand", "home", "reps", "mmt"]))
    sides = [side for side in SIDES if draw(st.booleans()) or draw(st.booleans())]
    return Findings(
        length=tuple(draw(lengths(side)) for side in sides if draw(st.booleans())),
        strength=tuple(draw(pulls(side, method)) for side in sides),
        holds=tuple(draw(holds(side, ex)) for side in sides for ex in ("E06", "E07") if draw(st.booleans())),
        signs=tuple(draw(signs(side)) for side in sides if draw(st.booleans())),
    )


COMPLAINTS = st.dictionaries(st.sampled_from(SIDES), st.builds(Complaint, worst=PAINS))
HISTORIES = st.fixed_dictionaries(
    {},
    optional={fact: st.sampled_from(["yes", "no", "unknown"]) for fact in ("hip_or_back_disease", "hip_or_back_year")},
)


def judged(found: Findings, complaint: Any, history: Any) -> Profile:
    profile = assess(found, knowledge=KNOWLEDGE, complaint=complaint, history=history, sex="f", age=25, mass_kg=D(60))
    assert isinstance(profile, Profile)
    return profile


def mirrored(found: Findings) -> Findings:
    tests = {kind: tuple(replace(test, side=test.side.other) for test in made) for kind, made in _kinds(found).items()}
    return Findings(**tests)


def _kinds(found: Findings) -> dict[str, Any]:
    return {kind: getattr(found, kind) for kind in ("length", "strength", "holds", "signs")}


def _said(side: SideProfile) -> dict[str, Any]:
    """The profile of a side without the name of the side."""
    told = [(row.rule, {k: v for k, v in row.values.items() if k != "side"}, row.sources) for row in side.rows]
    return asdict(side) | {"rows": told}


def sureness(side: SideProfile) -> int:
    return CONFIDENCES.index(side.confidence)


@given(findings(), COMPLAINTS, HISTORIES)
def test_mirrored_findings_make_the_mirrored_profile(found, complaint, history):
    """Left and right are judged alike."""
    profile = judged(found, complaint, history)
    other = judged(mirrored(found), {side.other: said for side, said in complaint.items()}, history)
    assert (_said(profile.left), _said(profile.right)) == (_said(other.right), _said(other.left))


@given(findings(), COMPLAINTS, HISTORIES, st.data())
def test_a_label_is_never_surer_with_a_test_less(found, complaint, history, data):
    """Leaving out any test of a side never raises the confidence of that side's label."""
    everything = [(kind, test) for kind, tests in _kinds(found).items() for test in tests]
    if not everything:
        return
    kind, dropped = data.draw(st.sampled_from(everything))
    fewer = replace(found, **{kind: tuple(test for test in getattr(found, kind) if test is not dropped)})
    whole, less = judged(found, complaint, history), judged(fewer, complaint, history)
    assert sureness(less.on(dropped.side)) <= sureness(whole.on(dropped.side))


@given(findings(), COMPLAINTS, HISTORIES, st.sampled_from(["hip_or_back_disease", "hip_or_back_year"]))
def test_a_history_not_told_never_makes_a_label_surer_or_clears(found, complaint, history, fact):
    """Without the answer the confidence is not higher, and W is no only where it was no with the answer."""
    told = history | {fact: "no"}
    untold = {name: said for name, said in history.items() if name != fact}
    with_it, without = judged(found, complaint, told), judged(found, complaint, untold)
    for side in SIDES:
        assert sureness(without.on(side)) <= sureness(with_it.on(side))
        assert without.on(side).weak is not Answer.NO or with_it.on(side).weak is Answer.NO


@given(findings(), COMPLAINTS, HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_testing_does_not_matter(found, complaint, history, chance):
    """One test of each kind and side: any order gives the same profile."""
    shuffled = {}
    for kind, tests in _kinds(found).items():
        shuffled[kind] = tuple(sorted(tests, key=lambda _: chance.random()))
    assert judged(Findings(**shuffled), complaint, history) == judged(found, complaint, history)


@given(findings(), COMPLAINTS, HISTORIES)
def test_what_is_unknown_is_provisional_and_never_sure(found, complaint, history):
    """T, W or I unknown makes the label provisional; provisional is always low."""
    profile = judged(found, complaint, history)
    for side in (profile.left, profile.right):
        unknown = side.length == "unknown" or Answer.UNKNOWN in (side.weak, side.inhibited)
        assert side.provisional is unknown
        assert not side.provisional or side.confidence == "low"
        assert (side.label == "provisional") is (side.length == "unknown")


@given(findings(), COMPLAINTS, HISTORIES, st.sampled_from([D(3), D(10), None]))
def test_more_pain_in_the_strength_test_never_clears_strength(found, complaint, history, pain):
    """Raising or forgetting the pain of the tests never turns W into no."""
    worse = replace(found, strength=tuple(replace(test, pain=pain) for test in found.strength))
    before, after = judged(found, complaint, history), judged(worse, complaint, history)
    for side in SIDES:
        assert after.on(side).weak is not Answer.NO or before.on(side).weak is Answer.NO


@given(findings(), findings())
def test_the_newest_findings_count_whatever_came_before(old, new):
    """Newest first kept: telling the new ones once more changes nothing, and nothing of them is lost."""
    merged = latest([old, new])
    assert latest([merged, new]) == latest([old, new, new]) == merged
    for kind, tests in _kinds(new).items():
        assert set(map(id, tests)) <= set(map(id, getattr(merged, kind)))
