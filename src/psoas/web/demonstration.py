"""Three made-up people with weeks of history, for `psoas serve --demo`: their accounts, and their records in the database."""

from __future__ import annotations

import uuid

from psoas.demo import Person, people, record_of
from psoas.web import clock, desk
from psoas.web.models import Account

_HERE = uuid.UUID("6b1f4a52-6d38-4f0e-9d5c-0c7f3f1d9a10")  # the accounts' ids are made from this and the name


def fill() -> None:
    """Write the made-up records anew, so that they end yesterday; what was tried in an earlier demonstration goes."""
    owner = Account.objects.home_owner()
    now, zone = clock.now(owner), clock.zone_of(owner)
    for person, account in accounts():
        for row in desk.journal().episodes(account.key):
            desk.clinic().erase(row.id)
        entries = record_of(person, knowledge=desk.knowledge(), now=now, zone=zone)
        desk.journal().receive(entries[0].episode, owner=account.key, opened=entries[0].at, entries=entries)


def accounts() -> list[tuple[Person, Account]]:
    """The made-up people, each with the account that the demonstration shows her record under."""
    return [(person, _account(person)) for person in people()]


def _account(person: Person) -> Account:
    key = uuid.uuid5(_HERE, person.name)
    return Account.objects.filter(id=key).first() or Account.objects.create_user(id=key, name=person.name)
