"""What may stand in a case file, as types: the page of documentation and the JSON schema are made from them.

Dates and times are explicit, with an offset. Nothing is guessed: a side, an answer or a test that a case does
not name is unknown, except where a key says what it stands for when it is left out.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from msgspec import Meta, Struct

from psoas.cases.expecting import Expect, Instant
from psoas.terms import Answer, Side, Stage

Instants = Annotated[
    Instant | tuple[Instant, ...],
    Meta(description="When: an instant with its offset, or a list of instants for the same thing done again."),
]


class BothSides(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Pain 0-10 on each side; a side not named is unknown."""

    left: Decimal | None = None
    right: Decimal | None = None


Pain = Annotated[
    Decimal | BothSides,
    Meta(description="Pain 0-10: one number for both sides, or { left = , right = }; a side not named is unknown."),
]


# ---- the person


class Hip(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How one hip is, 0-10 each: pain now, worst of seven days, in the morning; stiffness."""

    now: Decimal | None = None
    worst: Decimal | None = None
    morning: Decimal | None = None
    stiffness: Decimal | None = None


class Doing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the hip stops her doing: 0 unable, 10 as before."""

    name: str
    score: Decimal


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who she is and what hurts."""

    born: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}$", description='Month of birth, "1990-03".')]
    left: Hip
    right: Hip
    sex: Annotated[str, Meta(pattern="^[fm]?$", description='"f", "m" or nothing.')] = ""
    onset: Annotated[dt.date | None, Meta(description="The date on which it began, where the hour is not known.")] = (
        None
    )
    onset_at: Instant | None = None
    onset_kind: Annotated[
        str, Meta(pattern="^(sudden|gradual|unknown)$", description="sudden, gradual or unknown.")
    ] = "unknown"
    activities: tuple[Doing, ...] = ()
    height_m: Decimal | None = None
    mass_kg: Decimal | None = None
    trained: Answer = Answer.UNKNOWN
    new_to_training: Answer = Answer.UNKNOWN


class AtHand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Equipment: things by id, weights and cable loads in kg, how many grades of band."""

    things: tuple[str, ...] = ()
    kg: tuple[Decimal, ...] = ()
    cable_kg: tuple[Decimal, ...] = ()
    bands: int = 0


class Wishes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Equipment, goal and preferences."""

    equipment: AtHand = AtHand()
    goal: Annotated[str, Meta(pattern="^(daily|sport|run)$", description="daily, sport or run.")] = "daily"
    stretch: Annotated[str, Meta(pattern="^(yes|no|no_preference)$", description="yes, no or no_preference.")] = (
        "no_preference"
    )
    sessions_per_week: int | None = None
    own_choice: Annotated[tuple[str, ...], Meta(description="Exercises she asked for, e.g. E14.")] = ()


# ---- what the tests found


class LengthFound(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A length test written out."""

    method: Annotated[str, Meta(pattern="^(angle|tape|eye|none)$", description="angle, tape, eye or none.")]
    readings: Annotated[tuple[Decimal, ...], Meta(description="Degrees, above the horizontal positive.")] = ()
    tape: Annotated[
        tuple[tuple[Decimal, Decimal, Decimal], ...],
        Meta(description="Knee height, trochanter height and thigh length in metres."),
    ] = ()
    category: str = ""
    pelvis_controlled: Answer = Answer.UNKNOWN
    stopped_by: tuple[str, ...] = ()
    knee_angle: Decimal | None = None
    pain: Decimal | None = None


class StrengthFound(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A strength test written out."""

    method: Annotated[str, Meta(pattern="^(belt|hand|home|reps|mmt)$", description="belt, hand, home, reps or mmt.")]
    trials: tuple[Decimal, ...]
    supported: tuple[Decimal, ...] = ()
    lever_m: Decimal | None = None
    pain: Decimal | None = None


class HoldFound(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Six holds of ten seconds written out."""

    result: Annotated[
        str, Meta(pattern="^(pass|needs_rest|fail|unknown)$", description="pass, needs_rest, fail or unknown.")
    ]
    compensations: tuple[str, ...] | None = None
    every_repetition: bool = False
    practice: str = ""
    first_failed: bool = False
    pain: Decimal | None = None


class Signs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The three pain signs."""

    resisted: Answer = Answer.UNKNOWN
    stretch: Answer = Answer.UNKNOWN
    tender: Answer = Answer.UNKNOWN


HoldShort = Annotated[
    str | HoldFound | None,
    Meta(
        description='"pass", "needs rest" or "fail" (no compensation seen, pain 0), "not done", or written out as a table.'
    ),
]


class SideFound(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the tests of one side found; a test not named was not done."""

    angle: Annotated[
        Decimal | None, Meta(description="Short for three equal readings in degrees, pelvis held, pain 0.")
    ] = None
    belt: Annotated[
        Decimal | None, Meta(description="Short for four equal trials in newtons, pain 0; so are hand and home.")
    ] = None
    hand: Decimal | None = None
    home: Decimal | None = None
    reps: Annotated[Decimal | None, Meta(description="Short for one trial, counted repetitions, pain 0.")] = None
    mmt: Annotated[Decimal | None, Meta(description="Short for one grade, pain 0.")] = None
    length: LengthFound | None = None
    strength: tuple[StrengthFound, ...] = ()
    e06: HoldShort = None
    e07: HoldShort = None
    signs: Signs | None = None


class Found(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the tests found on each side."""

    left: SideFound = SideFound()
    right: SideFound = SideFound()


ScreenAnswers = Annotated[
    dict[str, Any],
    Meta(
        description='Question id to answer. `otherwise = "no"` answers every yes-or-no question not named with no, a choice with none.'
    ),
]
Answered = Annotated[dict[str, Any], Meta(description="Answers that differ from those of the case.")]


# ---- what happened


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="what"):
    """Something that happened, at an instant, and what must hold after it."""

    at: Instants
    id: Annotated[str, Meta(description="A name by which a later correction finds it.")] = ""
    expect: Expect | None = None


class Start(Event, frozen=True, tag="start"):
    """Intake, wishes, screen, tests and plan, all at this instant."""

    protocol: str = ""


class Intake(Event, frozen=True, tag="intake"):
    """What hurts, equipment and wishes are told: [person] and [wishes]."""

    person: Annotated[Person | None, Meta(description="Changes to [person], where the intake is repeated.")] = None


class Screen(Event, frozen=True, tag="screen"):
    """A full screen: [screen], with what is different now. During a plan, pain now and a limp are told with it."""

    but: Answered = {}
    now: Pain | None = None
    limp: Answer = Answer.NO


class Wish(Event, frozen=True, tag="wishes"):
    """Wishes as they now are; replaces the earlier ones."""

    wishes: Wishes


class Weighing(Event, frozen=True, tag="band"):
    """One of her bands was weighed at two lengths."""

    band: Annotated[int, Meta(ge=1, description="Which, counted from the lightest.")]
    readings: Annotated[
        tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]],
        Meta(description="Length in metres and kilograms on the scale, twice."),
    ]
    reach_m: Annotated[
        Decimal | None, Meta(description="From where it is worn to where it is fixed; left out: just taut.")
    ] = None


class Tests(Event, frozen=True, tag="tests"):
    """Self-tests are done: [findings], or those given here."""

    findings: Found | None = None


class MakePlan(Event, frozen=True, tag="plan"):
    """The plan is made and accepted."""

    protocol: str = ""


class Suppose(Event, frozen=True, tag="suppose"):
    """A fresh start with some things different: intake to plan; the course of the case is not touched."""

    person: Annotated[Person | None, Meta(description="Changes to [person].")] = None
    wishes: Annotated[Wishes | None, Meta(description="Changes to [wishes].")] = None
    screen: Annotated[dict[str, Any] | None, Meta(description="Changes to [screen].")] = None
    findings: Annotated[Found | None, Meta(description="Changes to [findings].")] = None
    clearances: Annotated[tuple[Leave, ...], Meta(description="Given before the plan.")] = ()
    protocol: str = ""


class Leave(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A clinician's leave."""

    rows: tuple[str, ...]
    until: dt.date
    quoted: bool = False
    top: Stage | None = None
    forbidden: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class Day(Event, frozen=True, tag="day"):
    """How she is on a day."""

    now: Pain
    limp: Answer = Answer.NO
    mini: Annotated[dict[str, Any], Meta(description="Answers of the mini-screen that are not no.")] = {}
    recovered: Answer = Answer.YES
    news: tuple[str, ...] = ()
    for_session: Annotated[bool, Meta(description="Asked before a session, mini-screen included.")] = False


class But(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was otherwise in one exercise of a session."""

    exercise: Annotated[str, Meta(description='Exercise id, or "trial" for the trial set.')]
    side: Annotated[str, Meta(pattern="^(left|right|both)?$", description="left, right or both; nothing for any.")] = ""
    pain: Pain | None = None
    compensations: tuple[str, ...] | None = None
    signs: tuple[str, ...] | None = None
    did: Annotated[str, Meta(pattern="^(all|part|none)?$", description="all, part or none of the set.")] = ""
    sets: Annotated[int | None, Meta(description="How many sets were begun.")] = None
    skip: Annotated[
        str, Meta(pattern="^(pain|time|equipment|tired|red|other)?$", description="Why it was not begun or broken off.")
    ] = ""
    effort: Decimal | None = None
    load: Annotated[str, Meta(description='Load used, e.g. "5 kg" or "band 2".')] = ""
    unknown: Annotated[tuple[str, ...], Meta(description="What was not told: pain, compensations, signs.")] = ()


class NextMorning(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The answer on the next date."""

    at: Annotated[dt.time, Meta(description="Local time, on the date after the session.")]
    now: Pain
    settled: Answer = Answer.YES
    limp: Answer = Answer.NO


class Session(Event, frozen=True, tag="session"):
    """A session done as shown: every set done, no compensation, no limp, recovered, nothing new, except as said.

    She is asked how she is at `at`; it begins then and ends `minutes` later. A trial set is done without pain unless
    `but` says otherwise; one that fails begins the session anew on the lower stage.
    """

    before: Annotated[Pain, Meta(description="Pain just before the warm-up.")]
    pain: Annotated[Pain, Meta(description="Pain in every set.")]
    after: Annotated[Pain | None, Meta(description="Pain just after; left out: as before.")] = None
    effort: Annotated[Decimal | None, Meta(description="Effort of the session, 0-10.")] = Decimal(5)
    set_effort: Annotated[Decimal | None, Meta(description="Effort of each set, 0-10.")] = Decimal(8)
    limp: Annotated[Answer, Meta(description="A limp in the session.")] = Answer.NO
    limp_before: Annotated[Answer, Meta(description="A limp when asked before it.")] = Answer.NO
    recovered: Answer = Answer.YES
    news: tuple[str, ...] = ()
    mini: Annotated[dict[str, Any], Meta(description="Answers of the mini-screen that are not no.")] = {}
    swaps: Annotated[
        dict[str, str],
        Meta(description='Exercises done otherwise from their first set on, e.g. { E08 = "E08-hand" }.'),
    ] = {}
    but: tuple[But, ...] = ()
    stops_at: Annotated[
        str, Meta(description='The item after which the session ended by the pain rule, e.g. "E16a right".')
    ] = ""
    ended_by: str = "done"
    minutes: int = 30
    morning: NextMorning | None = None
    anyway: Annotated[bool, Meta(description="Done although today was a rest or a pause.")] = False


class Morning(Event, frozen=True, tag="morning"):
    """An answer about the morning after the last session."""

    now: Pain
    settled: Answer = Answer.YES
    limp: Answer = Answer.NO


class Week(Event, frozen=True, tag="week"):
    """The weekly answers."""

    worst: Pain
    impact: Pain | None = None
    night_pain: Answer = Answer.NO
    limp: Answer = Answer.NO
    walk30: Decimal | None = None
    snaps: dict[Side, Answer] = {}


class Check(Event, frozen=True, tag="check"):
    """The answers of a check."""

    day: int
    worst: Pain
    scores: tuple[Decimal, ...] = ()
    change: str = ""
    satisfied: Answer = Answer.UNKNOWN


class FollowUp(Event, frozen=True, tag="followup"):
    """The answers three months after the course ended."""

    worst: Pain
    scores: tuple[Decimal, ...] = ()


class Form(Event, frozen=True, tag="form"):
    """Form was checked against the pictures."""

    good: Answer = Answer.YES


class Cleared(Event, frozen=True, tag="clearance"):
    """A clinician's leave for named rows."""

    rows: tuple[str, ...]
    until: dt.date
    quoted: Annotated[bool, Meta(description="The person quotes her clinician.")] = False
    top: Stage | None = None
    forbidden: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class SeenBy(Event, frozen=True, tag="seen"):
    """She was seen about a red flag."""

    rows: tuple[str, ...]
    by: str
    on: dt.date
    outcome: str


class Changed(Event, frozen=True, tag="change"):
    """Something changed in her life."""

    change: str


class Reply(Event, frozen=True, tag="reply"):
    """Her answer to an offer."""

    offer: str
    answer: Answer


class Swap(Event, frozen=True, tag="swap"):
    """She does another exercise of the slot, or another form."""

    exercise: str
    to: str
    side: str = "both"


class Override(Event, frozen=True, tag="override"):
    """A clinician sets stages, steps or loads; used to reach a state quickly (D17)."""

    why: str
    stage: dict[Side, Stage] = {}
    steps: dict[Side, dict[str, int]] = {}
    loads: Annotated[dict[Side, dict[str, str]], Meta(description="Only beside steps of the same exercise.")] = {}
    joins: dict[Side, tuple[str, ...]] = {}
    extra: Annotated[dict[Side, dict[str, int]], Meta(description="Repetitions above the last line, by exercise.")] = {}


class Correct(Event, frozen=True, tag="correct"):
    """An earlier event is said otherwise, or taken back."""

    which: Annotated[str, Meta(description="The id of the event.")]
    why: str
    by: Annotated[
        Happened | None, Meta(description="Keys of that event that were otherwise; left out: it never happened.")
    ] = None
    nth: Annotated[int, Meta(description="Which of its instants, from 1.")] = 1


class Adopt(Event, frozen=True, tag="protocol"):
    """Another protocol is adopted."""

    protocol: str


class Look(Event, frozen=True, tag="look"):
    """Nothing happens; it is looked at what holds at this instant."""


Happened = (
    Start | Intake | Screen | Wish | Weighing | Tests | MakePlan | Suppose | Day | Session | Morning | Week | Check | FollowUp | Form
    | Cleared | SeenBy | Changed | Reply | Swap | Override | Correct | Adopt | Look
)  # fmt: skip


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One case."""

    name: Annotated[str, Meta(min_length=20, description="A sentence: what this case shows.")]
    rows: Annotated[tuple[str, ...], Meta(min_length=1, description="The rows of clinical.md that it covers.")]
    person: Person
    screen: ScreenAnswers
    happened: Annotated[tuple[Happened, ...], Meta(min_length=1, description="What happened, in order.")]
    reviewed_by: Annotated[str, Meta(description="Empty until a clinician has signed.")] = ""
    wishes: Wishes = Wishes()
    findings: Found | None = None
    says: Annotated[str, Meta(description="What a reader should know: where the expectation comes from.")] = ""
