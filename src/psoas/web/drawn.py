"""Who is drawn in the pictures and weighed in the loads: the body of the settings, else of the record, else a usual one."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest
from msgspec import Struct

from psoas.movement.paint import NEUTRAL, Look
from psoas.movement.skeleton import Person, Sex, nearest
from psoas.pathway.record import TakenIn
from psoas.web import desk, episodes
from psoas.web.models import Account


class Drawn(Struct, frozen=True):
    """A body and how it looks."""

    person: Person = Person()
    look: Look = NEUTRAL


def drawn_for(request: HttpRequest) -> Drawn:
    """Whom the pictures of this visitor show; without an account, nobody in particular. Looked up once a request."""
    if not isinstance(request.user, Account):
        return Drawn()
    found: Drawn | None = getattr(request, "drawn", None)
    if found is None:
        found = drawn_as(request.user, said=said_of(request.user))
        request.drawn = found  # type: ignore[attr-defined]
    return found


def said_of(account: Account) -> TakenIn | None:
    """What the record says of her body, where the settings leave something open; else None, and nothing is read."""
    if account.height_cm and account.mass_kg:
        return None
    episode = episodes.episode_of(account)
    return desk.clinic().told(episode).intake if episode else None


def drawn_as(account: Account, *, said: TakenIn | None = None) -> Drawn:
    """Whom the pictures of that account show: its settings, and where they are silent what the intake said."""
    told = (said.height_m, said.mass_kg) if said else (None, None)
    height = account.height_cm / 100 if account.height_cm else _number(told[0])
    mass = float(account.mass_kg) if account.mass_kg else _number(told[1])
    return Drawn(nearest(height=height, mass=mass, sex=Sex(account.build)), Look(account.tone))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
