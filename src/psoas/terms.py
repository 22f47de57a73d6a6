"""The words every room shares.

Conventions: pain and stiffness are 0-10 (decimals allowed); angles are degrees, positive with the thigh
above the horizontal; lengths are metres, forces newtons, masses kilograms, holds seconds.
Numbers a person reports are `Decimal`, compared as recorded and never rounded first (ruling D04).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Side(StrEnum):
    """A side of the body, from the person's own point of view."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side.

        >>> Side.LEFT.other
        <Side.RIGHT: 'right'>
        """
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


SIDES = (Side.LEFT, Side.RIGHT)
BOTH = "both"


class Answer(StrEnum):
    """Three-valued: unknown is neither yes nor no (Kleene's strong logic)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def negated(self) -> Answer:
        """No for yes, yes for no, unknown stays unknown."""
        return _NEGATED[self]


_NEGATED = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}


def both(answers: Iterable[Answer]) -> Answer:
    """Three-valued "and": one no settles it, else one unknown leaves it open.

    >>> both([Answer.YES, Answer.UNKNOWN, Answer.NO])
    <Answer.NO: 'no'>
    >>> both([])
    <Answer.YES: 'yes'>
    """
    result = Answer.YES
    for answer in answers:
        if answer is Answer.NO:
            return Answer.NO
        if answer is Answer.UNKNOWN:
            result = Answer.UNKNOWN
    return result


def either(answers: Iterable[Answer]) -> Answer:
    """Three-valued "or": one yes settles it, else one unknown leaves it open.

    >>> either([Answer.NO, Answer.UNKNOWN])
    <Answer.UNKNOWN: 'unknown'>
    """
    result = Answer.NO
    for answer in answers:
        if answer is Answer.YES:
            return Answer.YES
        if answer is Answer.UNKNOWN:
            result = Answer.UNKNOWN
    return result


def answer_of(truth: bool) -> Answer:
    """Yes for true, no for false."""
    return Answer.YES if truth else Answer.NO


class Stage(StrEnum):
    """A stage of the course; the values sort in the order of the course (ruling D01)."""

    SETTLE = "0"
    ACTIVATE = "1"
    CONTROL = "2"
    LOAD = "3"
    INTEGRATE = "4a"
    RETURN = "4b"

    @property
    def below(self) -> Stage:
        """The stage before this one; stage 0 is its own."""
        return STAGES[max(STAGES.index(self) - 1, 0)]

    @property
    def above(self) -> Stage:
        """The stage after this one; stage 4b is its own."""
        return STAGES[min(STAGES.index(self) + 1, len(STAGES) - 1)]


STAGES = tuple(Stage)


class Level(StrEnum):
    """How soon somebody must see this person (clinical.md C1)."""

    EMERGENCY = "E"
    URGENT = "U"
    CLINICIAN = "C"
    SELF_CARE = "S"

    @property
    def rank(self) -> int:
        """3 for an emergency down to 0 for self-care."""
        return "SCUE".index(self.value)


# gc=False on the smallest values: frozen all the way down they hold no cycle, and a record has thousands of them.
class Load(Struct, frozen=True, gc=False, omit_defaults=True):
    """What makes a repetition heavier: nothing, kilograms, a band grade (1 = lightest owned) or her own hand."""

    kind: str = "none"  # none | kg | band | hand
    kg: Decimal | None = None
    band: int | None = None


NO_LOAD = Load()


class Dose(Struct, frozen=True, gc=False, omit_defaults=True):
    """Sets x repetitions (x hold). For E17 a set is one cycle and a repetition one of its three holds."""

    sets: int
    reps: int = 1
    hold_s: int = 0
    metres: int = 0


class Reason(Struct, frozen=True, gc=False, omit_defaults=True):
    """Why something was decided: a rule's id, the numbers it read and its sources. Words are added last."""

    rule: str
    values: dict[str, object] = {}
    sources: tuple[str, ...] = ()
