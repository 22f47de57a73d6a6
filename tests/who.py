"""Made-up people as plain data: who she is, how it goes with her, and what she answers when she is asked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from psoas.knowledge.loader import load
from psoas.pathway import record as r
from psoas.terms import BOTH, SIDES, Answer, Side

D = Decimal
LEFT, RIGHT = Side.LEFT, Side.RIGHT
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
KNOWLEDGE = load()
ZONE = "Europe/Berlin"
OFFSET = dt.timezone(dt.timedelta(hours=1))
START = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)

EQUIPMENT = {
    "nothing": r.Equipment(),
    "chair": r.Equipment(things=("chair", "box")),
    "bands": r.Equipment(things=("chair", "box", "low_anchor"), bands=5),
    "weights": r.Equipment(things=("chair", "ball"), kg=(D(1), D("1.5"), D(2), D(3), D(5)), bands=2),
    "gym": r.Equipment(
        things=("chair", "box", "ball", "bar", "cable", "low_anchor", "ankle_strap", "running_space", "obstacle"),
        kg=(D(1), D(2), D(3)),
        cable_kg=tuple(D(n) for n in range(2, 30)),
        bands=6,
    ),
}

# What makes a row of the screen fire on a day, by row: the mini-screen's gate opens it where it has one.
FLAGS: dict[str, dict[str, Any]] = {
    "TE1": {"saddle_numb": "yes"},
    "TE2": {"leg_deformed": "yes"},
    "TE10": {"exercise_chest_faint": "yes"},
    "TU2": {"impact_pain": "yes", "night_pain": "yes"},
    "TU3": {"defect_or_bruise": "yes"},
    "TC4": {"locking": "yes"},
    "TC9": {"psoriasis_ibd": "yes"},
}


# ---- who she is


class Hip(Struct, frozen=True, kw_only=True):
    """One hip: its pain, and what the self-tests find there."""

    now: Decimal = D(0)
    worst: Decimal = D(0)
    angle: int | None = -12
    controlled: Answer = YES
    force: int | None = 200
    holds: str = "pass"
    sign: Answer = NO
    stopped_by: tuple[str, ...] = ()


FINE = Hip()
WEAK = Hip(now=D(1), worst=D(3), force=150, sign=YES)
TIGHT = Hip(now=D(1), worst=D(3), angle=4, sign=YES)
SHORT_AND_WEAK = Hip(now=D(1), worst=D(3), angle=4, force=150, sign=YES)
ACHING = Hip(now=D(1), worst=D(2), sign=YES)


class Who(Struct, frozen=True, kw_only=True):
    """A person as she comes: her hips now and as they test from the fourth week on, and what she has and wants."""

    left: Hip = FINE
    right: Hip = SHORT_AND_WEAK
    later_left: Hip = FINE
    later_right: Hip = ACHING
    method: str = "belt"
    born: str = "1988-04"
    facts: tuple[tuple[str, Any], ...] = ()
    equipment: str = "bands"
    goal: str = "daily"
    stretch: str = "no_preference"
    sessions: int | None = None
    own_choice: tuple[str, ...] = ()
    protocol: str = "integrated@2026-11-01"
    onset_days: int = 60
    onset_kind: str = "gradual"
    trained: Answer = NO
    new_to_training: Answer = NO

    def hip(self, side: Side, *, later: bool = False) -> Hip:
        """The hip of that side."""
        if later:
            return self.later_left if side is LEFT else self.later_right
        return self.left if side is LEFT else self.right


# ---- how it goes


class Turn(Struct, frozen=True, kw_only=True):
    """How one session departs from a good one, on one side or on both."""

    side: str = "right"
    pain: Decimal | None = D(0)  # highest pain in the sets it concerns
    where: str = "main"  # main | all | one: which exercises hurt
    sets: str = "all"  # all | last: in which of their sets
    compensation: bool | None = False
    sign: str | None = ""
    did: str = "all"
    before: Decimal | None = None  # pain before the session, where it is not the usual
    limp_before: bool = False
    stops: bool = False  # a red set ends the session
    skips: str = ""  # the main exercise is not begun, for this reason
    over: Decimal | None = D(0)  # how much more it hurts on the next morning
    morning: str = "told"  # told | none | late
    settled: Answer = YES
    limp: Answer = NO
    effort: Decimal | None = D(6)
    news: tuple[str, ...] | None = ()
    recovered: Answer = YES
    trial: str = ""  # pain | compensation | none: how the trial fails
    rest: int = 0  # days that she stays away before it
    ended: bool = True  # false: she leaves without ending it
    early: bool = False  # she does one more on the next day, unasked

    def on(self, side: Side) -> bool:
        """Whether it concerns that side."""
        return self.side in (side.value, BOTH)


GOOD = Turn()


class Week(Struct, frozen=True, kw_only=True):
    """What a weekly answer says beyond that all is as usual."""

    side: str = "right"
    worst: Decimal | None = None  # where it is not the usual
    impact: Decimal = D(0)
    night: Answer = NO
    limp: Answer = NO
    snaps: bool = False


class Life(Struct, frozen=True, kw_only=True):
    """A person and so many days of hers."""

    who: Who = Who()
    days: int = 84
    hour: int = 9
    turns: tuple[tuple[int, Turn], ...] = ()  # session number from 0 -> how it departs
    weeks: tuple[tuple[int, Week], ...] = ()
    flag: tuple[int, str] | None = None  # day -> row that fires then
    back: str = "never"  # never | seen | leave: how she comes back from a stop
    neglects: frozenset[str] = frozenset()  # checks form weeks screens
    swap: tuple[int, str, str] | None = None  # day -> exercise, and what takes its place
    asks_daily: bool = False  # she answers the day's questions every day, not only before a session
    start: dt.date = START

    def turn(self, number: int) -> Turn:
        """How that session goes."""
        return dict(self.turns).get(number, GOOD)


def mirrored(life: Life) -> Life:
    """The same life with left and right exchanged in everything."""
    who = life.who
    crossed = replace(who, left=who.right, right=who.left, later_left=who.later_right, later_right=who.later_left)
    turns = tuple((n, replace(turn, side=other(turn.side))) for n, turn in life.turns)
    weeks = tuple((n, replace(week, side=other(week.side))) for n, week in life.weeks)
    return replace(life, who=crossed, turns=turns, weeks=weeks)


def other(side: str) -> str:
    """The opposite side; "both" is its own."""
    return side if side == BOTH else Side(side).other.value


# ---- what she answers


def answers_of(who: Who, **more: Any) -> dict[str, Any]:
    """Every question of the full screen and the history, reassuring but for her facts and these."""
    plain: dict[str, Any] = {"yes_no": "no", "choice": "none", "several": [], "number": 40, "month": "2020-01",
                             "date": "2020-01-01"}  # fmt: skip
    asked = (q for q in KNOWLEDGE.questions.values() if q.part in ("safety", "history"))
    answers = {q.id: plain[q.kind] for q in asked} | {"assessed": "yes", "position_eases": "yes", "rest_eases": "yes"}
    told = answers | dict(who.facts) | more
    return told | {f"{asked}.again": "unknown" for asked, said in told.items() if said == "unknown"}


def day_answers(who: Who, **more: Any) -> dict[str, Any]:
    """The mini-screen: every gate shut, or every question told where something is wrong."""
    gates = {q.id: "no" for q in KNOWLEDGE.questions.values() if q.mini}
    if not more:
        return gates
    return gates | answers_of(who, **more) | {f"mini_{row}": "yes" for row, flag in FLAGS.items() if flag == more}


def taken_in(who: Who, *, day: dt.date) -> r.TakenIn:
    """Her intake."""
    sides = {side: r.Complaint(now=hip.now, worst=hip.worst, morning=hip.now, stiffness=hip.now)
             for side in SIDES for hip in (who.hip(side),)}  # fmt: skip
    return r.TakenIn(
        sides=sides,
        born=who.born,
        activities=(r.Activity(name="stairs", score=D(5)),),
        onset=day - who.onset_days * DAY,
        onset_kind=who.onset_kind,
        trained=who.trained,
        new_to_training=who.new_to_training,
    )


def wished(who: Who) -> r.Wished:
    """What she has and wants."""
    return r.Wished(
        equipment=EQUIPMENT[who.equipment],
        goal=who.goal,
        stretch=who.stretch,
        sessions_per_week=who.sessions,
        own_choice=who.own_choice,
    )


def findings_of(who: Who, *, later: bool = False) -> r.Findings:
    """Her self-tests; what a hip leaves out was not done."""
    hips = {side: who.hip(side, later=later) for side in SIDES}
    return r.Findings(
        length=tuple(_length(side, hip) for side, hip in hips.items() if hip.angle is not None),
        strength=tuple(_strength(who.method, side, hip) for side, hip in hips.items() if hip.force is not None),
        holds=tuple(
            r.HoldTest(side=side, exercise=exercise, result=hip.holds, compensations=(), pain=D(0))
            for side, hip in hips.items()
            for exercise in ("E06", "E07")
            if hip.holds
        ),
        signs=tuple(r.PainSigns(side=side, resisted=hip.sign, stretch=hip.sign, tender=hip.sign)
                    for side, hip in hips.items()),
    )  # fmt: skip


def _length(side: Side, hip: Hip) -> r.LengthTest:
    readings = (D(hip.angle or 0),) * 3
    return r.LengthTest(side=side, method="angle", readings=readings, pelvis_controlled=hip.controlled,
                        stopped_by=hip.stopped_by or ("stretch",), pain=D(0))  # fmt: skip


def _strength(method: str, side: Side, hip: Hip) -> r.StrengthTest:
    force = D(hip.force or 0)
    trials = (force,) if method == "mmt" else (force - 4, force, force - 2, force - 1)
    return r.StrengthTest(side=side, method=method, trials=trials, pain=D(0))
