"""The demonstration in the database: three accounts, each with one episode that ends yesterday."""

from __future__ import annotations

import pytest

from psoas.pathway.record import ChangeReported
from psoas.storage.ids import new_id


@pytest.mark.django_db
def test_each_start_makes_the_three_anew():
    """Filling twice leaves three people with one episode each; what was tried before is gone."""
    from psoas.web import clock, demonstration, desk  # noqa: PLC0415 (tables can be imported only once Django is set up)

    demonstration.fill()
    first = {account.name: desk.journal().episodes(account.key) for _, account in demonstration.accounts()}
    assert {name: len(rows) for name, rows in first.items()} == {"Mara": 1, "Jonas": 1, "Ines": 1}
    (tried,) = first["Mara"]
    account = next(account for _, account in demonstration.accounts() if account.name == "Mara")
    now, zone = clock.now(account), clock.zone_of(account)
    desk.clinic().write(tried.id, ChangeReported(what="fall"), now=now, zone=zone, entry_id=new_id())

    demonstration.fill()
    (again,) = desk.journal().episodes(account.key)
    assert again.id != tried.id
    assert desk.journal().read(tried.id) == []
    assert desk.clinic().record(again.id)[-1].at < now


@pytest.mark.django_db
def test_the_made_up_people_sign_in_only_by_being_chosen():
    """Their accounts have a first name, no address and no password, and are nobody's home."""
    from psoas.web import demonstration  # noqa: PLC0415

    for person, account in demonstration.accounts():
        assert account.name == person.name
        assert account.email is None
        assert not account.has_usable_password()
        assert not account.home
