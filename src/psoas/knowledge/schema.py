"""What the clinic knows, as frozen types. Content files parse into these once, at the edge (`loader`)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import force_setattr

from psoas.knowledge.criteria import Criterion
from psoas.terms import Dose, Level, Side, Stage


class Reference(Struct, frozen=True, kw_only=True):
    """One entry of the bibliography: a seed document, a paper, a secondary page, background or a design choice."""

    id: str
    kind: str  # seed | trial | review | cohort | experiment | model | guideline | consensus | background | design
    title: str
    year: int | None = None
    identifier: str = ""
    strength: str = ""  # strong | moderate | weak | none
    read_as: str = ""  # full | abstract | secondary | background


class Constant(Struct, frozen=True, kw_only=True):
    """A number of clinical.md C15 or Part D, with its unit, source and the range it may be set to."""

    name: str
    value: Decimal
    unit: str
    sources: tuple[str, ...]
    low: Decimal
    high: Decimal
    says: str = ""


class Choice(Struct, frozen=True, kw_only=True):
    """One way to answer a question."""

    value: str
    label: str


class Question(Struct, frozen=True, kw_only=True):
    """Something put to the person in plain words. Its id is the name of the fact that criteria read."""

    id: str
    part: str  # safety | history | daily | change
    ask: str
    kind: str = "yes_no"  # yes_no | choice | several | number | month | date
    brief: str = ""  # the same in a list of things that may apply; never narrower than `ask`
    help: str = ""
    again: str = ""  # the plain-language follow-up after "not sure" (ruling D06)
    choices: tuple[Choice, ...] = ()
    group: str = ""
    mini: bool = False  # asked before every session (ruling D11)
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""


class RedFlag(Struct, frozen=True, kw_only=True):
    """One row of clinical.md C1: when it fires, how soon somebody must look, where to go and what to say there."""

    id: str
    level: Level
    when: Criterion
    title: str
    go: str
    say: str
    sources: tuple[str, ...]
    mini: bool = False
    quotable: bool = False  # the person may quote her clinician's clearance (ruling D14)
    beside: tuple[str, ...] = ()  # not reported when one of these rows fired ("without TE3", "not beside TU3")


class Measure(Struct, frozen=True, kw_only=True):
    """A self-test: what it finds out, how to do it, who must not, its methods, error and sources."""

    id: str
    name: str
    finds: str
    steps: tuple[str, ...]
    methods: tuple[str, ...]
    unit: str = ""
    error: Decimal | None = None
    sources: tuple[str, ...] = ()
    stop: str = ""
    exclusions: tuple[Exclusion, ...] = ()
    shows: tuple[str, ...] = ()  # the picture beside each step: "mtt" moves, "mtt hang" is one position, "" is none
    spells_out: int = 0  # the step of the general measure in whose place the steps of this method stand


class Step(Struct, frozen=True, kw_only=True):
    """One line of an exercise's ladder (clinical.md D-S)."""

    dose: Dose
    form: str = ""  # e.g. leg_only, two_leg, single_leg, knee_height
    rm: int | None = None  # n of an "nRM" line (ruling D47)
    effort: str = ""  # e.g. half, eighty, quarter_to_half
    says: str = ""


class Exclusion(Struct, frozen=True, kw_only=True):
    """A contraindication: when it holds the exercise is left out, or done in the form or way it names (C4b, C-L, C-R)."""

    rule: str  # C4b | CR | CL1 | CL3 | D30 ...
    when: Criterion
    why: str
    then: str = "exclude"  # exclude | modify | form
    form: str = ""  # with then="form": the id of the substitute to use
    sources: tuple[str, ...] = ()


class Substitute(Struct, frozen=True, kw_only=True):
    """Another way to do the same exercise, on the same ladder (C4c, ruling D32)."""

    id: str
    name: str
    needs: tuple[str, ...] = ()  # equipment ids, all needed; empty = none
    load: str = "none"  # none | kg | band | hand
    position: str = ""
    steps: tuple[str, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    lifts: tuple[str, ...] = ()  # facts whose exclusion this form does not share


class Compensation(Struct, frozen=True, kw_only=True):
    """A way the movement is commonly cheated, in words the person can recognise."""

    id: str
    words: str


class Muscle(Struct, frozen=True, kw_only=True):
    """A muscle the exercise trains, and as what."""

    id: str
    role: str  # trains | assists | steadies | lengthens


class Turn(Struct, frozen=True, kw_only=True):
    """One leg, and one way, of an exercise that is done with each in turn."""

    words: str
    side: Side  # which leg the picture shows working


class Exercise(Struct, frozen=True, kw_only=True):
    """One of the catalogue's entries (clinical.md A2 in canonical form, C4b, C4c, C-D, D-S)."""

    id: str
    name: str
    purpose: str
    category: str
    slot: int
    stages: tuple[Stage, ...]
    weight: Decimal  # hip-flexor load class of D48: 1, 1.5, 2, 2.5, 3, or 0 = no hip-flexor dose
    ladder: tuple[Step, ...]
    sources: tuple[str, ...]
    evidence: str = ""
    aliases: tuple[str, ...] = ()
    seed: str = ""
    sided: str = "each"  # each | both | by_step
    trained_side: str = ""  # how "side" is read: lifted leg, rear leg, stance leg, bottom leg ...
    both_steps: int = 0  # with sided="by_step": steps up to here are bilateral
    enters: dict[str, int] = {}  # stage -> step it enters on, where that is not 1
    tops: dict[str, int] = {}  # stage -> highest step allowed there
    fixed: tuple[Stage, ...] = ()  # stages in which it stays on the step held
    gate: int | None = None
    slots: dict[str, int] = {}  # stage -> slot, where that is not `slot`
    settle: Step | None = None  # its dose in stage 0, where that is not the ladder's first line
    position: str = ""
    equipment: tuple[str, ...] = ()
    load: str = "none"  # none | kg | band | hand
    start_kg: Decimal | None = None
    above_top: str = ""  # "" | reps_then_load | load  (ruling D46)
    tempo: tuple[int, int, int] = (2, 1, 2)  # up, pause, down, seconds
    verbs: tuple[str, str] = ("Lift", "Lower")  # what the player says for the way up and the way down
    parts: tuple[str, ...] = ()  # what it says for each hold of a set in turn, where they are not the same
    turns: tuple[Turn, ...] = ()  # a warm-up's repetitions are for each of these, one after the other
    drawn: dict[str, str] = {}  # form of a step -> the movement that shows it, where it is not the exercise's own
    muscles: tuple[Muscle, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    compensations: tuple[Compensation, ...] = ()
    stop_rules: tuple[str, ...] = ()
    dose_range: dict[str, tuple[int, int]] = {}  # sets, reps, hold_s: what C-D allows
    steps: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    feel: str = ""
    easier: str = ""
    notes: tuple[str, ...] = ()
    prose: str = ""


class Stance(Struct, frozen=True, kw_only=True):
    """What a protocol takes from a source or declines, and why."""

    source: str
    follows: bool
    says: str
    why: str


class Protocol(Struct, frozen=True, kw_only=True):
    """How one programme chooses and orders among what the rulings allow at a stage (ruling D33)."""

    id: str
    date: dt.date
    name: str
    summary: str
    sources: tuple[str, ...]
    stances: tuple[Stance, ...]
    prefers: tuple[str, ...] = ()  # exercise ids, first choice first; an id not named comes last
    omits: tuple[str, ...] = ()  # left out unless a must-have or a gate needs it
    sessions_per_week: int | None = None
    stretch: str = "gate"  # gate | never
    suits: str = ""


class Lesson(Struct, frozen=True, kw_only=True):
    """One page of the learning room."""

    id: str
    title: str
    summary: str
    order: int
    sources: tuple[str, ...]
    prose: str
    minutes: int = 3


class QuizItem(Struct, frozen=True, kw_only=True):
    """One question of the quiz; a disputed one is shown and explained, never scored (clinical.md A10)."""

    id: str
    ask: str
    options: tuple[Choice, ...]
    key: str
    explanation: str
    sources: tuple[str, ...]
    scored: bool = True


class Rule(Struct, frozen=True, kw_only=True):
    """A row of clinical.md Part C or D: id, what it says to the person, what would change it, its sources."""

    id: str
    table: str  # C1, C2a, C3, CP, C4a, C4b, CL, CR, CD, C6, C7, C8, C9, C10, C11, C12, D
    title: str
    said: str  # sentence template; {names} are the reason's values
    change: str = ""  # what would change it
    sources: tuple[str, ...] = ()


class Knowledge(Struct, frozen=True, kw_only=True):
    """Everything the clinic knows, parsed and cross-checked."""

    references: dict[str, Reference]
    constants: dict[str, Constant]
    questions: dict[str, Question]
    red_flags: dict[str, RedFlag]
    measures: dict[str, Measure]
    exercises: dict[str, Exercise]
    protocols: dict[str, Protocol]  # by "id@date"
    lessons: dict[str, Lesson]
    quiz: tuple[QuizItem, ...]
    rules: dict[str, Rule]
    words: dict[str, dict[str, str]]  # section -> key -> sentence template
    number: dict[str, Decimal] = field(default_factory=dict)  # read from the constants, for the hot path

    def __post_init__(self) -> None:
        """The numbers are always those of the constants, so that another constant is another number everywhere."""
        force_setattr(self, "number", {name: constant.value for name, constant in self.constants.items()})

    def __getitem__(self, name: str) -> Decimal:
        """The value of the constant of that name."""
        return self.number[name]
