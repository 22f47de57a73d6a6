"""How Hypothesis draws a life: a person, sparse departures from good sessions, and what befalls or slips her mind.

Every law draws from `lives()` with the same seed, so that a life once lived serves all of them (`lived`).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from hypothesis import example, given, seed, settings
from hypothesis import strategies as st

import people as p
from people import ACHING, FINE, NO, SHORT_AND_WEAK, TIGHT, UNKNOWN, WEAK, YES, Diary, Hip, Life, Turn, Week, Who

D = Decimal
T = TypeVar("T", bound=Callable[..., Any])
MOST = 300  # lives per law, whatever the profile says: each one is months long
LIVES = max(5, min(settings.default.max_examples * 2 // 5, MOST)) if settings.default else 5

HIPS = [
    FINE,
    ACHING,
    WEAK,
    TIGHT,
    SHORT_AND_WEAK,
    Hip(now=D(1), worst=D(2), angle=-5, sign=YES),  # borderline
    Hip(now=D(1), worst=D(3), angle=4, controlled=NO, sign=YES),  # tight by an unsure test
    Hip(now=D(1), worst=D(2), angle=4, stopped_by=("pinch",), sign=YES),  # pain-limited
    Hip(now=D(3), worst=D(5), force=160, holds="fail", sign=YES),  # sore and weak
    Hip(now=D(2), worst=D(4), angle=None, force=None, holds="", sign=UNKNOWN),  # never tested
    Hip(now=D(1), worst=D(2), force=None, holds="needs_rest", sign=YES),
]
LATER = [FINE, ACHING, Hip(angle=-12, force=196, sign=YES, worst=D(1)), TIGHT, WEAK, Hip(force=170)]
FACTS: list[tuple[str, Any]] = [
    ("wrist_load", "yes"),
    ("wrist_load", "unknown"),
    ("kneeling_hurts", "yes"),
    ("balance_risk", "yes"),
    ("hip_instability", "unknown"),
    ("osteoporosis", "yes"),
    ("anticoagulant", "yes"),
    ("deep_flexion_pinch", "yes"),
    ("back_flare", "yes"),
    ("hip_or_back_disease", "yes"),
    ("hip_or_back_year", "yes"),
    ("numb_front_thigh", "unknown"),
    ("load_rise", "yes"),
    ("hip_arthroscopy", "yes"),
    ("bp_uncontrolled", "yes"),
    ("side_lying_hurts", "yes"),
]
PROTOCOLS = sorted(p.KNOWLEDGE.protocols)
# People whose course goes far: they start in Stage 3, or come there soon.
ADVANCED = st.builds(
    Who,
    left=st.sampled_from([FINE, ACHING]),
    right=st.sampled_from([ACHING, FINE, SHORT_AND_WEAK]),
    later_right=st.sampled_from([ACHING, FINE, Hip(force=196, sign=YES, worst=D(1))]),
    method=st.sampled_from(["belt", "home"]),
    equipment=st.sampled_from(["gym", "bands", "weights"]),
    goal=st.sampled_from(["run", "sport", "daily"]),
    trained=st.just(YES),
    own_choice=st.sampled_from([(), ("E09", "E17")]),
)
SIDES = st.sampled_from(["right", "left", "both"])


@st.composite
def persons(draw: Any) -> Who:
    """Somebody; the simplest is the default one."""
    if draw(st.sampled_from([False, False, True])):
        return draw(ADVANCED)
    left, right = draw(st.sampled_from(HIPS)), draw(st.sampled_from(HIPS[::-1]))
    facts = dict(draw(st.lists(st.sampled_from(FACTS), max_size=2)))
    if draw(st.integers(0, 11)) == 11:
        facts |= {"pregnant": "yes", "pregnant_weeks": draw(st.sampled_from([9, 20]))}
    return Who(
        left=left,
        right=right,
        later_left=draw(st.sampled_from([FINE, left, *LATER])),
        later_right=draw(st.sampled_from([ACHING, right, *LATER])),
        method=draw(st.sampled_from(["belt", "home", "reps"])),
        born=draw(st.sampled_from(["1988-04", "1988-04", "1957-01"])),
        facts=tuple(sorted(facts.items())),
        equipment=draw(st.sampled_from(sorted(p.EQUIPMENT))),
        goal=draw(st.sampled_from(["daily", "run", "sport"])),
        stretch=draw(st.sampled_from(["no_preference", "yes", "no"])),
        sessions=draw(st.sampled_from([None, None, 2])),
        own_choice=tuple(draw(st.sets(st.sampled_from(["E09", "E14", "E15", "E17"]), max_size=2))),
        protocol=draw(st.sampled_from(["integrated@2026-11-01", *PROTOCOLS])),
        onset_days=draw(st.sampled_from([60, 60, 60, 1])),
        onset_kind=draw(st.sampled_from(["gradual", "sudden"])),
        trained=draw(st.sampled_from([NO, YES])),
        new_to_training=draw(st.sampled_from([NO, YES])),
    )


SORE = st.sampled_from([D("0.5"), D(2), D("2.1"), D(3), D(5)])
RED = st.sampled_from([D("5.1"), D(7)])
WHERE = st.sampled_from(["main", "all", "one"])
SETS = st.sampled_from(["all", "last"])
MORNINGS = st.sampled_from([D(1), D("1.5"), D("2.9"), D(3), D(6), D(-1)])

COMMON = (
    st.builds(Turn, side=SIDES, pain=SORE, where=WHERE, sets=SETS),
    st.builds(Turn, side=SIDES, over=MORNINGS),
    st.builds(Turn, side=SIDES, pain=RED, where=WHERE, sets=SETS, stops=st.booleans()),
    st.builds(Turn, side=SIDES, compensation=st.just(True), where=WHERE, sets=SETS),
)
TURNS = st.one_of(
    *COMMON,
    *COMMON,
    *COMMON,
    st.builds(
        Turn, side=SIDES, sign=st.sampled_from(["sharp", "catching", "pinch", "snap", "deep_front"]), where=WHERE
    ),
    st.builds(Turn, side=SIDES, pain=st.none(), where=WHERE),
    st.builds(Turn, side=SIDES, compensation=st.none(), where=WHERE),
    st.builds(Turn, side=SIDES, sign=st.none(), where=WHERE),
    st.builds(Turn, side=SIDES, did=st.sampled_from(["part", "none"]), where=WHERE),
    st.builds(Turn, side=SIDES, skips=st.sampled_from(["pain", "time"])),
    st.builds(Turn, morning=st.sampled_from(["none", "late"])),
    st.builds(Turn, over=st.none()),
    st.builds(Turn, settled=st.sampled_from([NO, UNKNOWN])),
    st.builds(Turn, limp=st.sampled_from([YES, UNKNOWN])),
    st.builds(Turn, limp_before=st.just(True)),
    st.builds(Turn, side=SIDES, before=st.sampled_from([D(3), D(4), D("5.5")])),
    st.builds(Turn, rest=st.sampled_from([1, 4, 8, 12, 15, 20, 28, 29, 35])),
    st.builds(Turn, news=st.sampled_from([("poor_sleep",), None])),
    st.builds(Turn, recovered=st.just(NO), effort=st.sampled_from([D(9), None, D(10)])),
    st.builds(Turn, side=SIDES, trial=st.sampled_from(["pain", "compensation", "none"])),
    st.builds(Turn, ended=st.just(False)),
    st.builds(Turn, early=st.just(True)),
)
WEEKS = st.builds(
    Week,
    side=SIDES,
    worst=st.sampled_from([None, D(2), D(5), D(8)]),
    impact=st.sampled_from([D(0), D(2), D(3)]),
    night=st.sampled_from([NO, YES]),
    limp=st.sampled_from([NO, YES]),
    snaps=st.booleans(),
)
SWAPS = [("E10", "E16b"), ("E08", "E10"), ("E02", "E03"), ("E08", "E08-march"), ("E07", "E06")]


@st.composite
def lives(draw: Any) -> Life:
    """A person and her weeks: mostly good, with a few things that go otherwise, one after the other or in a row."""
    often = draw(st.integers(0, 3))
    at = st.integers(0, 12 if often > 1 else 30)
    turns = draw(st.lists(st.tuples(at, TURNS), min_size=often, max_size=2 * often, unique_by=lambda turn: turn[0]))
    if often == 3:  # the same again and again
        first, turn = draw(st.integers(0, 12)), draw(TURNS)
        turns = [*turns, *((n, turn) for n in range(first, first + draw(st.integers(2, 5))))]
    flagged = draw(st.integers(0, 5)) == 5
    return Life(
        who=draw(persons()),
        days=draw(st.sampled_from([40, 20, 60, 84])),
        hour=draw(st.sampled_from([9, 0, 22])),
        turns=tuple(sorted(dict(turns).items())),
        weeks=tuple(draw(st.dictionaries(st.integers(1, 8), WEEKS, max_size=1)).items()),
        flag=(draw(st.integers(0, 40)), draw(st.sampled_from(sorted(p.FLAGS)))) if flagged else None,
        back=draw(st.sampled_from(["leave", "seen", "leave", "never"])),
        neglects=frozenset(draw(st.sets(st.sampled_from(["checks", "form", "weeks", "screens"]), max_size=1))),
        swap=(draw(st.integers(1, 40)), *draw(st.sampled_from(SWAPS))) if draw(st.integers(0, 7)) == 7 else None,
        asks_daily=draw(st.booleans()),
    )


# Lives that once broke a law; every law is asked about them first.
FOUND = (
    Life(  # a side that begins to follow while it is ahead
        who=Who(
            left=Hip(now=D(1), worst=D(2), angle=4, sign=YES, stopped_by=("pinch",)),
            right=Hip(now=D(2), worst=D(4), angle=None, force=None, holds="", sign=UNKNOWN),
            facts=(("osteoporosis", "yes"),),
            equipment="gym",
            onset_days=1,
            new_to_training=YES,
        ),
        turns=(
            (1, Turn(side="left", before=D(3))),
            (5, Turn(over=D("2.9"))),
            (11, Turn(side="both", sign="snap")),
        ),
    ),
    Life(  # one side on two legs in Stage 2, the other in Stage 3; a limp nobody knows of
        who=Who(
            left=SHORT_AND_WEAK,
            right=Hip(now=D(1), worst=D(2), angle=-5, sign=YES),
            born="1957-01",
            method="reps",
            goal="run",
        ),
        days=20,
        hour=22,
        turns=((3, Turn(limp=UNKNOWN)),),
    ),
    Life(  # signs nobody knows on one side, while both squeeze the buttocks at once
        who=Who(
            left=Hip(now=D(1), worst=D(3), angle=4, controlled=NO, sign=YES),
            right=Hip(now=D(1), worst=D(2), force=None, holds="needs_rest", sign=YES),
            method="reps",
            equipment="nothing",
            sessions=2,
            own_choice=("E15", "E14"),
            protocol="five-move@2026-11-01",
            trained=YES,
            new_to_training=YES,
        ),
        days=60,
        turns=((0, Turn(side="left", did="none")), *((n, Turn(side="left", sign=None)) for n in range(3, 8))),
        weeks=((2, Week(worst=D(5), impact=D(3), night=YES, limp=YES)),),
        back="leave",
        neglects=frozenset({"screens"}),
    ),
    Life(  # what left on both sides comes back when both have earned it
        who=Who(
            left=Hip(now=D(1), worst=D(2), force=None, holds="needs_rest", sign=YES),
            right=ACHING,
            later_left=Hip(force=170),
            later_right=Hip(force=196, worst=D(1), sign=YES),
            method="reps",
            equipment="chair",
            goal="run",
            stretch="yes",
            own_choice=("E15", "E14"),
        ),
        days=40,
        turns=((5, Turn(side="both", pain=D(7), where="all", sets="last")), (7, Turn(before=D("5.5")))),
        back="leave",
    ),
    Life(  # a morning nobody told makes the next week one of two sessions, while she rests
        who=Who(
            left=Hip(now=D(0), worst=D(0), angle=-12),
            right=Hip(now=D(1), worst=D(2), angle=-12, force=None, holds="needs_rest", sign=YES),
            later_right=Hip(now=D(1), worst=D(2), angle=-12, sign=YES),
        ),
        days=40,
        weeks=((1, Week(side="right", worst=None, limp=YES)),),
        back="leave",
        neglects=frozenset({"screens"}),
    ),
    Life(  # both have earned a step that the worse side may not take this week
        who=Who(
            left=Hip(now=D(0), worst=D(0), angle=-12),
            right=Hip(now=D(1), worst=D(3), angle=4, controlled=NO, sign=YES),
            later_right=Hip(now=D(1), worst=D(2), angle=-12, sign=YES),
            equipment="bands",
            sessions=2,
        ),
        days=40,
        hour=9,
    ),
    Life(  # a new label makes the side ahead a follower, with an exercise it never did below it
        who=Who(
            left=Hip(now=D(1), worst=D(2), angle=-12, sign=YES),
            right=Hip(now=D(1), worst=D(3), angle=4, force=150, sign=YES),
            later_left=Hip(now=D(0), worst=D(0), angle=-12),
            later_right=Hip(now=D(1), worst=D(2), angle=-12, sign=YES),
            equipment="gym",
            goal="run",
            trained=YES,
        ),
        days=60,
        hour=9,
        weeks=((1, Week(side="right", worst=None, impact=D(0), limp=YES)),),
        neglects=frozenset({"checks"}),
    ),
    Life(who=Who(left=FINE, right=ACHING, goal="run", equipment="gym", trained=YES)),  # all the way to 4b
    Life(days=6, turns=((0, Turn(ended=False)), (1, Turn(early=True)))),  # she leaves, and comes too early
)


@lru_cache(maxsize=MOST + 100)
def lived(life: Life, *, each: bool = False) -> Diary:
    """Her diary; the same life is lived once."""
    return p.live(life, each=each)


def over_lives(test: T) -> T:
    """A law over lives: the same ones for every law, many more with the thorough profile."""
    law = settings(max_examples=LIVES)(given(life=lives())(test))
    for life in FOUND:
        law = example(life=life)(law)
    return seed(20260302)(law)  # type: ignore[return-value]
