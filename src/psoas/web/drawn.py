"""Who is drawn in the pictures: the body and skin that an account chose, or a neutral one."""

from __future__ import annotations

from django.http import HttpRequest
from msgspec import Struct

from psoas.movement.figure import NEUTRAL, Look
from psoas.movement.skeleton import HEIGHTS, MASSES, Person, Sex
from psoas.web.models import Account

_LEAN = 23.5  # kg/m²: the build drawn where no mass was given [DC]


class Drawn(Struct, frozen=True):
    """A body and how it looks."""

    person: Person = Person()
    look: Look = NEUTRAL


def drawn_for(request: HttpRequest) -> Drawn:
    """Whom the pictures of this visitor show; without an account, nobody in particular."""
    return drawn_as(request.user) if isinstance(request.user, Account) else Drawn()


def drawn_as(account: Account) -> Drawn:
    """Whom the pictures of that account show."""
    height = account.height_cm / 100 if account.height_cm else Person().height
    mass = float(account.mass_kg) if account.mass_kg else round(_LEAN * height**2)
    return Drawn(Person(_within(height, HEIGHTS), _within(mass, MASSES), Sex(account.build)), Look(account.tone))


def _within(value: float, limits: tuple[float, float]) -> float:
    """The value, or the nearest one that can be drawn."""
    return min(max(value, limits[0]), limits[1])
