"""An exercise as a movement: key positions, what touches what, equipment, loads, form rules.

Angles are the table's (degrees). Contacts and meetings are solved for every body; they are never typed as coordinates.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from psoas.movement.angles import SIDES


class View(StrEnum):
    """From where the body is seen."""

    SIDE = "side"
    TOP = "top"
    FRONT = "front"


class Family(StrEnum):
    """What kind of movement it is; decides what may be said about its load."""

    LEG_RAISE = "leg-raise"
    KNEE_RAISE = "knee-raise"
    STANDING = "standing"
    PLANK = "plank"
    EFFORT = "isometric-effort"
    STRETCH = "stretch"
    OTHER = "other"


class PropKind(StrEnum):
    """What can stand, hang or lie in a picture."""

    MAT = "mat"
    PAD = "pad"
    CUSHION = "cushion"
    WALL = "wall"
    BOX = "box"
    TABLE = "table"
    CHAIR = "chair"
    BAR = "bar"
    BALL = "ball"
    OBSTACLE = "obstacle"
    ANCHOR = "anchor"
    COLUMN = "column"
    RAIL = "rail"
    TAPE = "tape"
    PHONE = "phone"
    WEIGHING = "weighing"
    RING = "ring"
    METER = "meter"
    HELPER = "helper"


class LoadKind(StrEnum):
    """How an exercise is loaded beside the leg's own weight."""

    DUMBBELL = "dumbbell"
    ANKLE_WEIGHT = "ankle_weight"
    BAND = "band"
    CABLE = "cable"
    SELF_EFFORT = "self_effort"


class Prop(Struct, frozen=True, forbid_unknown_fields=True):
    """A thing in the picture. `near` is the body point beside which it stands at the first key position.

    `dx`, `dy` (m, at 1.75 m stature) move it from there, `y` fixes its height, `fit` names a part whose skin decides
    where its surface is. `width` and `height` are metres. `at` names the key positions it is there at (none: all).
    """

    id: str
    kind: PropKind
    near: str = "hip"
    dx: float = 0.0
    dy: float = 0.0
    y: float | None = None
    width: float = 0.0
    height: float = 0.0
    fit: str = ""
    at: tuple[str, ...] = ()


class Keyframe(Struct, frozen=True, forbid_unknown_fields=True):
    """A key position: when (share of the way, 0 to 1), its angles, which of them may not give way, what it shows."""

    name: str
    t: float
    words: str
    pose: dict[str, float]
    exact: tuple[str, ...] = ()


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the body that touches a surface at these key positions, or stays `gap` metres over it."""

    part: str
    on: str
    at: tuple[str, ...] = ()
    gap: float = 0.0
    slide: bool = False


class Meeting(Struct, frozen=True, forbid_unknown_fields=True):
    """A point of the body that is brought to another point, of the body or of a thing."""

    point: str
    to: str
    at: tuple[str, ...] = ()
    dx: float = 0.0
    dy: float = 0.0


class Load(Struct, frozen=True, forbid_unknown_fields=True):
    """What pulls on the leg: where it acts, how much (kg) at first, and for a band or cable from where it pulls.

    `at` names the key positions it acts at (none: all), `drawn` what it looks like, `push` which way an own effort goes.
    """

    kind: LoadKind
    on: str = ""
    kg: float = 0.0
    anchor: str = ""
    rest: float = 0.0
    strands: int = 1
    at: tuple[str, ...] = ()
    drawn: str = ""
    push: tuple[float, float] = (0.0, 0.0)


class FormRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold at a key position: an angle of the table between two values, and what to say when it does not."""

    angle: str
    at: str
    low: float
    high: float
    says: str


class Tempo(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds up, held, and down."""

    up_s: float
    hold_s: float
    down_s: float


class Movement(Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise or test as a movement; a `circle` leads from its last key position on to the first, others go back.

    `view` is from where it is drawn; `also` names a second view that stands beside the first. The last key position is
    held as long as prescribed, and those named in `held` too, on both ways.
    """

    id: str
    name: str
    version: str
    exercise: str
    family: Family
    summary: str
    sources: tuple[str, ...]
    tempo: Tempo
    keyframe: tuple[Keyframe, ...]
    view: View = View.SIDE
    also: tuple[View, ...] = ()
    near: str = SIDES[0]
    both: bool = False
    circle: bool = False
    held: tuple[str, ...] = ()
    contact: tuple[Contact, ...] = ()
    meeting: tuple[Meeting, ...] = ()
    prop: tuple[Prop, ...] = ()
    load: tuple[Load, ...] = ()
    form_rule: tuple[FormRule, ...] = ()
    muscles: tuple[str, ...] = ()
    fists: tuple[str, ...] = ()
    arrow: str = ""
    still: str = ""
    emg_tier: int | None = None
    emg_source: str = ""

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the key positions, in order."""
        return tuple(k.name for k in self.keyframe)

    @property
    def views(self) -> tuple[View, ...]:
        """From where it is drawn, the first view first."""
        return (self.view, *self.also)

    def keyframe_named(self, name: str) -> Keyframe:
        """The key position of that name."""
        return next(k for k in self.keyframe if k.name == name)

    @property
    def shown(self) -> float:
        """The moment that says most in a still picture: the key position named `still`, or the last one."""
        return self.keyframe_named(self.still or self.names[-1]).t

    @property
    def unseen(self) -> bool:
        """Whether all of it happens inside: an effort that moves nothing and pushes against nothing."""
        return self.family is Family.EFFORT and not self.arrow and not any(any(x.push) or x.anchor for x in self.load)
