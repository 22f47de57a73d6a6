"""Every answer the pathway can give: closed sets of frozen types, each with its reasons. Refusal is one of them.

Reasons carry a rule's id, the numbers it read and its sources; words are added last, outside the pathway.
Dates are local calendar dates, instants are aware datetimes (ruling D03).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec import Struct

from psoas.terms import NO_LOAD, Answer, Dose, Level, Load, Reason, Side, Stage

# ---- screening


class Cleared(Struct, frozen=True, kw_only=True, tag="cleared"):
    """The screen is clear: self-care may go on. Only `screening.screen` makes one."""

    on: dt.date
    reasons: tuple[Reason, ...] = ()  # cautions that go with it


class Refer(Struct, frozen=True, kw_only=True, tag="refer", omit_defaults=True):
    """Somebody must see this person: how soon, and every row that fired or stayed unknown."""

    level: Level
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    moment: str = ""
    about: str = ""


class AskMore(Struct, frozen=True, kw_only=True, tag="ask_more"):
    """The screen is not settled: these questions are still open ("id.again" is a follow-up)."""

    questions: tuple[str, ...]


Triage = Cleared | Refer | AskMore

# ---- assessment


class SideProfile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the tests say of one side: length flag T, weakness flag W, inhibition flag I, and the label (C2)."""

    length: str  # yes | borderline | no | unknown
    weak: Answer
    inhibited: Answer
    label: str  # tight | weak | both | inhibited | neither | provisional
    confidence: str  # high | moderate | low
    rows: tuple[Reason, ...]
    provisional: bool = False
    screen_s: Answer = Answer.UNKNOWN
    symptomatic: bool = False
    pain_limited: bool = False
    tags: tuple[str, ...] = ()  # two_joint_tight, tfl_tight, pain_confounded, pain_limited, both_inhibited ...
    angle: Decimal | None = None
    lsi: Decimal | None = None
    lsi_method: str = ""
    test_pain: Decimal | None = None
    surer: tuple[str, ...] = ()  # measures that would make the label surer
    length_confidence: str = "low"
    doha: Answer = Answer.UNKNOWN  # at least one of the three pain signs


class Profile(Struct, frozen=True, kw_only=True):
    """Both sides, independent of each other."""

    left: SideProfile
    right: SideProfile

    def on(self, side: Side) -> SideProfile:
        """The profile of that side."""
        return self.left if side is Side.LEFT else self.right


class TestMore(Struct, frozen=True, kw_only=True, tag="test_more"):
    """No plan yet: these measures are needed first, and why."""

    tests: tuple[str, ...]
    reasons: tuple[Reason, ...]


# ---- planning


class Held(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where an exercise stands on one side: step (1 = first line), load, extra repetitions above the last line."""

    step: int
    since: dt.datetime  # when it came to stand here
    load: Load = NO_LOAD
    extra_reps: int = 0
    form: str = ""
    find: bool = False  # the first load is still to be found, upward from the lightest (D47)


class SidePlan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One side's place in the course."""

    stage: Stage
    entered: dt.datetime  # when it came into this stage
    held: dict[str, Held] = {}  # exercise -> where it stands, or last stood in this episode
    trial: bool = False  # the master-rule trial is due in the next session (D24)
    failed: dict[str, int] = {}  # stage -> failed trials
    cut: tuple[str, ...] = ()  # exercises on a cut dose for one session (D55)
    away: dict[str, str] = {}  # exercise -> ISO date until it stays out, or "runs:EX" for D56, or "episode"
    closed: dict[str, str] = {}  # "EX:step" -> ISO date until it stays closed (D57)
    left_down: dict[str, int] = {}  # "EX:step" -> times left downwards by RG1-RG3
    reasons: tuple[Reason, ...] = ()  # why it starts, or is, here


class Plan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The plan in force. What a session holds follows from it, the course and the knowledge on the day."""

    protocol: str  # id@date
    made: dt.date
    profile: Profile
    left: SidePlan
    right: SidePlan
    reasons: tuple[Reason, ...] = ()
    top: Stage = Stage.RETURN  # highest stage open to her (D15, D30, D52)
    goal: Stage = Stage.LOAD
    goal_says: str = "daily"
    caution: bool = False  # S with caution: TC14 below 4 (D09)
    restricted: bool = False  # under a clearance of a TC, W5 or U row (D15)
    frequency: dict[str, int] = {}  # plan week -> sessions, where a decision lowered it (D69)
    deload: tuple[dt.date, dt.date] | None = None  # first and last day
    deloads: tuple[dt.date, ...] = ()  # first days of the deloads so far
    held_until: dt.date | None = None  # C-hold
    held_for: tuple[str, ...] = ()
    running_out: bool = False  # CP5: E13 and running out until PR11 holds again
    mode: str = "course"  # course | maintenance | reopen
    settled_checks: tuple[int, ...] = ()  # plan days of the checks done and decided

    def on(self, side: Side) -> SidePlan:
        """The place of that side."""
        return self.left if side is Side.LEFT else self.right


class NoProtocolFits(Struct, frozen=True, kw_only=True, tag="no_protocol_fits"):
    """No plan can be made, and why."""

    reasons: tuple[Reason, ...]


# ---- session


class Item(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One exercise for one side (or both at once) as prescribed and shown."""

    exercise: str
    side: str  # left | right | both
    slot: int
    step: int
    dose: Dose
    load: Load = NO_LOAD
    form: str = ""  # substitute in use
    effort: str = ""
    tempo: tuple[int, int, int] = (2, 1, 2)
    rest_s: int = 60
    trial: bool = False
    cut: bool = False
    find: bool = False
    reasons: tuple[Reason, ...] = ()


class Session(Struct, frozen=True, kw_only=True, tag="session", omit_defaults=True):
    """What to do today, in order."""

    day: dt.date
    items: tuple[Item, ...]
    reasons: tuple[Reason, ...] = ()
    minutes: int = 0
    light: bool = False  # a session of a deload week


class Rest(Struct, frozen=True, kw_only=True, tag="rest"):
    """Not yet: the next session may begin at this instant."""

    until: dt.datetime
    reasons: tuple[Reason, ...]


class Paused(Struct, frozen=True, kw_only=True, tag="paused", omit_defaults=True):
    """No session until these things are done or somebody has been seen."""

    reasons: tuple[Reason, ...]
    level: Level | None = None
    asks: tuple[str, ...] = ()  # screen | tests | check | day | intake | seen | clearance


Today = Session | Rest | Paused

# ---- what a decision changes


class StageTo(Struct, frozen=True, kw_only=True, tag="stage_to", omit_defaults=True):
    """This side goes to that stage; `how` says by gate, drop, trial, label or a clinician."""

    side: Side
    stage: Stage
    how: str = "gate"  # gate | drop | trial | follow | clinician | tests
    trial: bool = False


class StepTo(Struct, frozen=True, kw_only=True, tag="step_to", omit_defaults=True):
    """This exercise goes to that step on that side ("both" for a bilateral one)."""

    exercise: str
    side: str
    step: int
    was: int
    load: Load = NO_LOAD
    was_load: Load = NO_LOAD
    extra_reps: int = 0
    find: bool = False
    form: str = ""
    down: bool = False  # left downwards by RG1-RG3 (counted by D57)
    jump: Decimal | None = None  # percent of load rise, where it is more than 10
    hip: Decimal | None = None  # percent that the hip carries more with that load, where it is known


class CutNext(Struct, frozen=True, kw_only=True, tag="cut_next"):
    """The next session of this exercise and side is a fifth smaller (RG1, D55)."""

    exercise: str
    side: str


class Leaves(Struct, frozen=True, kw_only=True, tag="leaves"):
    """This exercise leaves that side until a date, until a run elsewhere ("runs:EX"), or for the episode."""

    exercise: str
    side: str
    until: str


class Joins(Struct, frozen=True, kw_only=True, tag="joins"):
    """This exercise joins that side's session."""

    exercise: str
    side: str
    step: int = 1


class Closes(Struct, frozen=True, kw_only=True, tag="closes"):
    """This step is closed to that side until a date (D57)."""

    exercise: str
    side: str
    step: int
    until: dt.date


class TrialSeen(Struct, frozen=True, kw_only=True, tag="trial_seen"):
    """The master-rule trial of a stage was done."""

    side: Side
    stage: Stage
    passed: bool


class TrialDue(Struct, frozen=True, kw_only=True, tag="trial_due"):
    """The master-rule trial of the present stage is due in the next session (D63)."""

    side: Side


class LoadFound(Struct, frozen=True, kw_only=True, tag="load_found"):
    """The load that leaves one to three repetitions in reserve, or the next one to try (D47)."""

    exercise: str
    side: str
    load: Load
    find: bool = False


class DeloadWeek(Struct, frozen=True, kw_only=True, tag="deload_week"):
    """An easier week, from and to these days."""

    first: dt.date
    last: dt.date


class FrequencyFrom(Struct, frozen=True, kw_only=True, tag="frequency_from"):
    """From this plan week on, so many sessions a week (D69)."""

    week: int
    sessions: int


class Relabelled(Struct, frozen=True, kw_only=True, tag="relabelled"):
    """The tests were read anew."""

    profile: Profile


class CheckSettled(Struct, frozen=True, kw_only=True, tag="check_settled"):
    """The check due on this plan day is answered and decided."""

    day: int


class HeldUntil(Struct, frozen=True, kw_only=True, tag="held_until"):
    """Nothing goes up until this day, then no session until lifted (C-hold, D13)."""

    until: dt.date
    rows: tuple[str, ...]


class Stops(Struct, frozen=True, kw_only=True, tag="stops"):
    """No session until these rows are lifted (E, U or C-stop)."""

    level: Level
    rows: tuple[str, ...]


class Lifted(Struct, frozen=True, kw_only=True, tag="lifted"):
    """These rows no longer stop or hold the course."""

    rows: tuple[str, ...]


class RunningOut(Struct, frozen=True, kw_only=True, tag="running_out"):
    """Sprint drills and running are out (true) or may come back (false)."""

    out: bool


class TopTo(Struct, frozen=True, kw_only=True, tag="top_to"):
    """The highest stage open to her."""

    stage: Stage
    restricted: bool = False


class CautionTo(Struct, frozen=True, kw_only=True, tag="caution_to"):
    """The course goes on with caution (no sign of a hip-flexor pain found), or no longer (D09)."""

    caution: bool


class ModeTo(Struct, frozen=True, kw_only=True, tag="mode_to"):
    """The course goes on as maintenance, or ends."""

    mode: str


Change = (
    StageTo
    | StepTo
    | CutNext
    | Leaves
    | Joins
    | Closes
    | TrialSeen
    | TrialDue
    | LoadFound
    | DeloadWeek
    | FrequencyFrom
    | Relabelled
    | CheckSettled
    | HeldUntil
    | Stops
    | Lifted
    | RunningOut
    | TopTo
    | CautionTo
    | ModeTo
)

# ---- decisions


class _Decision(Struct, frozen=True, kw_only=True, omit_defaults=True):
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...] = ()
    moment: str = ""  # which of D42: trial session morning check screen tests correction clearance return day wish
    about: str = ""  # the session, check or entry that it settles


class Progress(_Decision, frozen=True, tag="progress"):
    """One thing goes up: a stage, one step of one exercise, or one exercise joins (D44)."""


class Hold(_Decision, frozen=True, tag="hold"):
    """The same again."""


class Reduce(_Decision, frozen=True, tag="reduce"):
    """The next session is a fifth smaller (CP3, RG1)."""


class Regress(_Decision, frozen=True, tag="regress"):
    """A step or a stage down (RG2-RG5)."""


class Deload(_Decision, frozen=True, tag="deload"):
    """A lighter week (C9)."""


class Pause(_Decision, frozen=True, tag="pause"):
    """No session for now, without anybody to be seen."""

    asks: tuple[str, ...] = ()


class Discharge(_Decision, frozen=True, tag="discharge"):
    """The aims are met; maintenance begins (C12)."""


Decision = Progress | Hold | Reduce | Regress | Deload | Pause | Refer | Discharge


def kind_said(decision: Decision) -> str:
    """The key of the words above a decision: its kind, a new stage apart; a trial that went well, or upkeep, is no repetition.

    >>> kind_said(Hold(reasons=(), moment="trial")), kind_said(Hold(reasons=()))
    ('hold_trial', 'hold')
    """
    kind = str(decision.__struct_config__.tag)
    if kind == "progress" and any(isinstance(change, StageTo) for change in decision.changes):
        return "progress_stage"
    own = kind == "hold" and decision.moment in ("trial", "followup")
    return f"{kind}_{decision.moment}" if own else kind
