"""An earlier entry said otherwise: what every kind of it has in common."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from psoas.knowledge.schema import Knowledge
from psoas.pathway import record as r
from psoas.web.forms.base import PageForm
from psoas.web.forms.course import UNSURE
from psoas.web.forms.fields import NONE

Initial = dict[str, Any]


class Correcting(ABC):
    """One kind of entry said otherwise: the form, what was said, and the entry it becomes."""

    title: ClassVar[str] = ""

    def __init__(self, body: Any, *, knowledge: Knowledge, today: dt.date) -> None:
        self.body, self.knowledge, self.today = body, knowledge, today

    @abstractmethod
    def form_class(self) -> type[PageForm]:
        """The questions."""

    @abstractmethod
    def initial(self) -> Initial:
        """What was said."""

    @abstractmethod
    def otherwise(self, said: Mapping[str, Any]) -> Any:
        """The entry as it should have been."""


def scale(value: Decimal | None) -> str:
    """A number as the scale of a form has it."""
    return UNSURE if value is None else plainly(value)


def plainly(value: Decimal) -> str:
    """A number as one types it: no zeros behind, no exponent."""
    return f"{value.normalize():f}"


def boxes(values: tuple[str, ...] | None) -> list[str]:
    """Ticked boxes: "none" for nothing, "not sure" for None."""
    return [UNSURE] if values is None else list(values) or [NONE]


def pains(told: r.Pains, name: str = "pain") -> Initial:
    """Pain of each side as the scales of a form have it."""
    return {f"{name}_{side.value}": scale(value) for side, value in told.items()}
