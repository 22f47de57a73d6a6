"""The record: every fact and decision that can be written down, as frozen types, append-only per episode.

An entry's id is made by the device that wrote it; a second arrival of the same id is a no-op. Nobody's name,
e-mail or free identity is ever inside an entry. `None` for a number means "not known", never zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any, get_args

import msgspec
from msgspec import Struct

from psoas.pathway.decisions import Change, Decision, Item, Plan, Session
from psoas.pathway.kept import NO_WORK, Row, Told, encode, read_rows, read_told
from psoas.terms import NO_LOAD, Answer, Level, Load, Side, Stage

Pains = dict[Side, Decimal | None]
Answers = dict[str, Any]  # question id -> "yes" | "no" | "unknown" | number | choice | list of choices | ISO date


class EpisodeOpened(Struct, frozen=True, kw_only=True, tag="episode_opened"):
    """An episode of care begins under this protocol ("id@date")."""

    protocol: str


class Screened(Struct, frozen=True, kw_only=True, tag="screened"):
    """A full screen: every answer as given, and what it came to (clinical.md C1: store answers, fired ids, date)."""

    answers: Answers
    level: Level
    fired: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Complaint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one hip is: pain now, at worst in seven days, in the morning, and stiffness, each 0-10."""

    now: Decimal | None = None
    worst: Decimal | None = None
    morning: Decimal | None = None
    stiffness: Decimal | None = None


class Activity(Struct, frozen=True, kw_only=True):
    """Something the hip stops her doing, in her words, and how well it goes: 0 unable, 10 as before."""

    name: str
    score: Decimal


class TakenIn(Struct, frozen=True, kw_only=True, tag="taken_in", omit_defaults=True):
    """What hurts, since when, how it began, and who she is in as few words as the rules need."""

    sides: dict[Side, Complaint]
    born: str  # "YYYY-MM"; age is read on the day, in doubt the more cautious one
    activities: tuple[Activity, ...] = ()
    onset: dt.date | None = None
    onset_at: dt.datetime | None = None
    onset_kind: str = "unknown"  # sudden | gradual | unknown
    sex: str = ""  # f | m | ""
    height_m: Decimal | None = None
    mass_kg: Decimal | None = None
    trained: Answer = Answer.UNKNOWN  # does strength training regularly
    new_to_training: Answer = Answer.UNKNOWN


class Equipment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is at hand: things by id, weights in kg, cable loads in kg, and how many band grades (lightest = 1)."""

    things: tuple[str, ...] = ()  # wall chair box ball obstacle bar cable running_space low_anchor ankle_strap mat
    kg: tuple[Decimal, ...] = ()
    cable_kg: tuple[Decimal, ...] = ()
    bands: int = 0


class Wished(Struct, frozen=True, kw_only=True, tag="wished", omit_defaults=True):
    """Equipment, days, goal and preferences as they now are; replaces the earlier ones."""

    equipment: Equipment
    goal: str = "daily"  # daily | sport | run
    stretch: str = "no_preference"  # yes | no | no_preference
    sessions_per_week: int | None = None  # 2 or 3, where she chose
    days: tuple[int, ...] = ()  # weekdays, Monday = 0
    own_choice: tuple[str, ...] = ()  # exercises she asked for: E14, E09, E15, E17


class Weighing(Struct, frozen=True, kw_only=True):
    """One reading of a scale that a band is hooked into: how long the band is then, and what the scale shows."""

    length_m: Decimal
    kg: Decimal


class BandWeighed(Struct, frozen=True, kw_only=True, tag="band_weighed", omit_defaults=True):
    """A band on a luggage scale at two lengths; it stands in place of its colour. Replaces the same band's earlier one."""

    band: int  # 1 = the lightest she has
    readings: tuple[Weighing, Weighing]
    reach_m: Decimal | None = None  # from where it is worn to where it is fixed; None = just taut, as described


class LengthTest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Modified Thomas test of one side. Readings in degrees, or tape triples in metres, or a category by eye."""

    side: Side
    method: str  # angle | tape | eye | none
    readings: tuple[Decimal, ...] = ()
    tape: tuple[tuple[Decimal, Decimal, Decimal], ...] = ()  # knee height, trochanter height, thigh length
    category: str = ""  # above | level | below
    pelvis_controlled: Answer = Answer.UNKNOWN
    stopped_by: tuple[str, ...] = ()  # pinch hard_stop stretch knee_straightens drifts_out
    knee_angle: Decimal | None = None
    pain: Decimal | None = None


class StrengthTest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hip-flexion strength of one side: trials in newtons, repetitions, or one grade 0-5."""

    side: Side
    method: str  # belt | hand | home | reps | mmt
    trials: tuple[Decimal, ...]
    supported: tuple[Decimal, ...] = ()  # trials with the trunk supported or a cue given (C2c i)
    lever_m: Decimal | None = None
    pain: Decimal | None = None


class HoldTest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Six holds of ten seconds (W6 with E06; Screen S with E06 and E07) on one side."""

    side: Side
    exercise: str  # E06 | E07
    result: str  # pass | needs_rest | fail | unknown
    compensations: tuple[str, ...] | None = None
    every_repetition: bool = False  # the compensation showed on every repetition (C2c iv)
    practice: str = ""  # "reached" when 10 s came clean after up to three practice holds (C2c iii)
    first_failed: bool = False
    pain: Decimal | None = None


class PainSigns(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The three signs of iliopsoas-type pain on one side: resisted lift, stretch, tender to press."""

    side: Side
    resisted: Answer = Answer.UNKNOWN
    stretch: Answer = Answer.UNKNOWN
    tender: Answer = Answer.UNKNOWN


class Findings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The results of self-tests; a test not listed was not done, and is unknown."""

    length: tuple[LengthTest, ...] = ()
    strength: tuple[StrengthTest, ...] = ()
    holds: tuple[HoldTest, ...] = ()
    signs: tuple[PainSigns, ...] = ()


class Tested(Struct, frozen=True, kw_only=True, tag="tested"):
    """Self-tests done at one time."""

    findings: Findings


class Planned(Struct, frozen=True, kw_only=True, tag="planned"):
    """A plan was made and accepted."""

    plan: Plan


class DayAnswered(Struct, frozen=True, kw_only=True, tag="day_answered", omit_defaults=True):
    """How she is today: asked before each session and daily in stage 0 (D11, D12, D49)."""

    now: Pains
    limp: Answer
    answers: Answers
    level: Level = Level.SELF_CARE
    fired: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    recovered: Answer = Answer.UNKNOWN
    news: tuple[str, ...] | None = None  # illness poor_sleep travel condition fall medicine; () = nothing new
    night_pain: Answer = Answer.UNKNOWN  # new night pain
    for_session: bool = False


class SetDone(Struct, frozen=True, gc=False, kw_only=True, tag="set_done", omit_defaults=True):
    """One set of one item, stored the moment it ends."""

    session: str
    item: int  # place in the prescription, from 0
    number: int  # set number, from 1
    did: str  # all | part | none
    pain: Pains
    compensations: tuple[str, ...] | None = None  # () = none seen, None = not known
    signs: tuple[str, ...] | None = None  # sharp catching pinch snap deep_front; () = none, None = not known
    effort: Decimal | None = None  # 0-10
    reps: int | None = None
    load: Load = NO_LOAD


class SessionBegun(Struct, frozen=True, kw_only=True, tag="session_begun"):
    """A session began: what was shown, and the pain just before the warm-up."""

    session: str
    shown: Session
    before: Pains
    stressors: tuple[str, ...] | None = None
    recovered: Answer = Answer.UNKNOWN


class Skip(Struct, frozen=True, kw_only=True):
    """An item not begun, or broken off, and why."""

    item: int
    why: str  # pain | time | equipment | tired | red | other


class ItemSkipped(Struct, frozen=True, kw_only=True, tag="item_skipped"):
    """An item of the open session was skipped."""

    session: str
    item: int
    why: str


class SessionDone(Struct, frozen=True, kw_only=True, tag="session_done", omit_defaults=True, dict=True):
    """A whole session: prescription as shown, sets as done. It gathers the open session's entries.

    `told` holds the prescription and the sets of the warm-up, `work` the other sets, each set a row: item, number, did,
    pain, compensations, signs, effort, reps, load. Both are read only when somebody asks for `shown` or `sets`.
    """

    session: str
    began: dt.datetime
    ended: dt.datetime
    before: Pains
    told: msgspec.Raw  # `kept.Told`
    tried: tuple[Row, ...] = ()  # sets of trials (D24)
    work: msgspec.Raw  # every other set
    skips: tuple[Skip, ...] = ()
    after: Pains = {}
    effort: Decimal | None = None
    limp: Answer = Answer.UNKNOWN
    stressors: tuple[str, ...] | None = None
    recovered: Answer = Answer.UNKNOWN
    ended_by: str = "done"  # done | person | pain_rule | left

    @cached_property
    def _told(self) -> Told:
        return read_told(self.told)

    @property
    def shown(self) -> Session:
        """The prescription exactly as shown."""
        return self._told.shown

    @property
    def trials(self) -> tuple[SetDone, ...]:
        """The sets of trials."""
        return tuple([_set_of(row, self.session) for row in self.tried])

    @cached_property
    def sets(self) -> tuple[SetDone, ...]:
        """The sets in the order in which they were done, the warm-up first and trials second."""
        rows = (*self._told.warm_up, *self.tried, *read_rows(self.work))
        return tuple([_set_of(row, self.session) for row in rows])

    @property
    def worked(self) -> bool:
        """A set of it was logged, the warm-up and trials apart: that makes a session (D35)."""
        return self.work != NO_WORK


def summed_up(*, shown: Session, sets: tuple[SetDone, ...], **rest: Any) -> SessionDone:
    """A session of this prescription and these sets, `rest` its other fields. IndexError: a set of what was not shown."""
    trials = [done for done in sets if shown.items[done.item].trial]
    others = [done for done in sets if not shown.items[done.item].trial]
    warm_up = [done for done in others if shown.items[done.item].slot <= 1]
    work = [done for done in others if shown.items[done.item].slot > 1]
    told = Told(shown, tuple(map(_row_of, warm_up)))
    made = SessionDone(told=msgspec.Raw(encode(told)), tried=tuple(map(_row_of, trials)),
                       work=msgspec.Raw(encode([_row_of(done) for done in work])), **rest)  # fmt: skip
    vars(made).update(_told=told, sets=(*warm_up, *trials, *work))  # what was just written need not be read
    return made


def with_sets(done: SessionDone, sets: tuple[SetDone, ...], **rest: Any) -> SessionDone:
    """The same session with other sets."""
    kept = msgspec.structs.asdict(done) | {"shown": done.shown, "sets": sets} | rest
    return summed_up(**{of: kept[of] for of in kept if of not in ("told", "tried", "work")})


def _row_of(done: SetDone) -> Row:
    return Row(done.item, done.number, done.did, done.pain, done.compensations, done.signs, done.effort,
                done.reps, done.load)  # fmt: skip


def _set_of(row: Row, session: str) -> SetDone:
    return SetDone(session=session, item=row.item, number=row.number, did=row.did, pain=row.pain, signs=row.signs,
                   compensations=row.compensations, effort=row.effort, reps=row.reps, load=row.load)  # fmt: skip


class MorningAnswered(Struct, frozen=True, kw_only=True, tag="morning_answered"):
    """The answer about the morning after a session: pain now and whether it settled (D39)."""

    session: str
    now: Pains
    settled: Answer
    limp: Answer = Answer.UNKNOWN


class WeekAnswered(Struct, frozen=True, kw_only=True, tag="week_answered", omit_defaults=True):
    """The weekly questions (C11)."""

    worst: Pains
    stiffness: Pains = {}
    impact: Pains = {}  # highest with running, jumping or weight on the leg
    night_pain: Answer = Answer.UNKNOWN  # new night pain
    limp: Answer = Answer.UNKNOWN  # new limp
    walk30: Decimal | None = None  # pain in a 30-minute walk
    snaps: dict[Side, Answer] = {}  # pinching or snapping with pain in daily life


class CheckAnswered(Struct, frozen=True, kw_only=True, tag="check_answered", omit_defaults=True):
    """The questions of the check due on a plan day (C11)."""

    day: int
    worst: Pains
    scores: tuple[Decimal | None, ...] = ()  # the activities named at intake, in that order
    change: str = ""  # PGIC: same, or very_much_, much_ or a_little_ before better or worse
    satisfied: Answer = Answer.UNKNOWN


class FollowedUp(Struct, frozen=True, kw_only=True, tag="followed_up", omit_defaults=True):
    """Pain and activities asked once more, three months after the course ended (C11)."""

    worst: Pains
    scores: tuple[Decimal | None, ...] = ()  # the activities named at intake, in that order


class FormChecked(Struct, frozen=True, kw_only=True, tag="form_checked"):
    """Form was looked at again against the pictures and cues (HO5)."""

    good: Answer


class Clearance(Struct, frozen=True, kw_only=True, tag="clearance", omit_defaults=True):
    """A clinician's leave for named rows, to a stage, for a time (D14)."""

    rows: tuple[str, ...]
    until: dt.date
    quoted: bool  # the person quotes her clinician
    top: Stage | None = None
    forbidden: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class Seen(Struct, frozen=True, kw_only=True, tag="seen"):
    """She was seen about a red flag: by whom (kind only), when, with what outcome (D16)."""

    rows: tuple[str, ...]
    by: str
    on: dt.date
    outcome: str


class ChangeReported(Struct, frozen=True, kw_only=True, tag="change_reported"):
    """Something changed: condition, pregnancy, birth, fall, medicine, operation. A full screen is due (D17)."""

    what: str


class Replied(Struct, frozen=True, kw_only=True, tag="replied"):
    """Her answer to an offer, e.g. DL0."""

    offer: str
    answer: Answer


class Decided(Struct, frozen=True, kw_only=True, tag="decided"):
    """A decision that was acted on, the protocol it was made under and how many entries it saw."""

    decision: Decision
    protocol: str
    saw: int


class Overridden(Struct, frozen=True, kw_only=True, tag="overridden"):
    """A clinician decided otherwise."""

    changes: tuple[Change, ...]
    why: str


class Swapped(Struct, frozen=True, kw_only=True, tag="swapped"):
    """She does another exercise of the same slot, or another form of it (D32)."""

    exercise: str
    to: str  # exercise id, or substitute id of the same exercise
    side: str = "both"
    session: str = ""  # the open session that shows it too
    shown: dict[int, Item] = {}  # what that session shows instead, by place


class ProtocolAdopted(Struct, frozen=True, kw_only=True, tag="protocol_adopted"):
    """The episode goes on under another protocol, or a newer one."""

    protocol: str


class Corrected(Struct, frozen=True, kw_only=True, tag="corrected", omit_defaults=True):
    """An earlier entry was wrong: read `by` in its place, or nothing where `by` is absent."""

    replaces: str
    why: str = ""
    by: Body | None = None


Body = (
    EpisodeOpened
    | Screened
    | TakenIn
    | Wished
    | BandWeighed
    | Tested
    | Planned
    | DayAnswered
    | SetDone
    | SessionBegun
    | ItemSkipped
    | SessionDone
    | MorningAnswered
    | WeekAnswered
    | CheckAnswered
    | FollowedUp
    | FormChecked
    | Clearance
    | Seen
    | ChangeReported
    | Replied
    | Decided
    | Overridden
    | Swapped
    | ProtocolAdopted
    | Corrected
)


# The shapes as they now are; a correction holds another body, so its number rises with each of them.
VERSIONS = {str(b.__struct_config__.tag): 1 for b in get_args(Body)} | {"session_done": 2, "swapped": 2, "corrected": 3}


class Author(Struct, frozen=True, kw_only=True):
    """Who wrote an entry: a role and an opaque account id."""

    role: str  # person | clinician | psoas
    account: str = ""


PERSON = Author(role="person")
PSOAS = Author(role="psoas")


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the record. `at` is an aware datetime; its own date is the local date (D03)."""

    id: str
    episode: str
    seq: int
    at: dt.datetime
    zone: str
    author: Author
    body: Body

    @property
    def day(self) -> dt.date:
        """The local calendar date where the entry was made."""
        return self.at.date()


def kind_of(body: Body) -> str:
    """The tag under which a body is stored."""
    return str(type(body).__struct_config__.tag)


decode_body: Callable[[bytes | str], Body] = msgspec.json.Decoder(Body).decode
encode_body = encode_entry = encode
decode_entries = msgspec.json.Decoder(list[Entry]).decode


def as_stored(body: Body) -> Body:
    """The body as it will be read back: numbers in reasons come from JSON as plain numbers."""
    return decode_body(encode_body(body))
