"""The data folder as the terminal's verbs reach it. Django is set up here, and only for the verbs that need it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psoas.cli.speaking import Trouble
from psoas.storage.place import Place, Refused

if TYPE_CHECKING:
    from psoas.storage.contract import EpisodeRow
    from psoas.storage.journal import Journal

SETTINGS = "psoas.web.settings"  # by name: the terminal does not know the pages


def place_of(folder: Path | None, *, new: bool = False) -> Place:
    """The data folder given, or the person's own, with Django set up for it.

    Where there is none it is made with `new`, else raises Trouble.
    """
    place = Place.chosen(folder)
    if new:
        place.prepare()
    if not place.folder.is_dir():
        raise Trouble(
            f"There is no data in {place.folder}. Name the folder with --data, or start one with: psoas serve"
        )
    os.environ["PSOAS_DATA"] = str(place.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()
    return place


@contextmanager
def journal_of(folder: Path | None, *, alone: bool = False, new: bool = False) -> Iterator[Journal]:
    """The journal of a data folder; with `alone` no server may be running on it meanwhile. Raises Trouble."""
    try:
        place = place_of(folder, new=new)
        from psoas.storage import schema
        from psoas.storage.journal import Journal

        with place.locked() if alone else nullcontext(), schema.told_when_damaged():
            schema.bring_up()
            yield Journal()
    except Refused as error:
        raise Trouble(str(error)) from error


def all_episodes(wanted: str | None = None) -> list[EpisodeRow]:
    """Every episode of the data folder, oldest first, or the one whose id begins so. Raises Trouble where there is none."""
    from psoas.storage.models import Episode

    rows = [_row(row) for row in Episode.objects.filter(id__startswith=wanted or "").order_by("opened")]
    if not rows:
        raise Trouble(
            f"No episode begins with {wanted}. “psoas export --list” names them." if wanted
            else "There is no episode in this data folder yet. One begins with the first answers in: psoas serve"
        )  # fmt: skip
    return rows


def one_episode(wanted: str | None) -> EpisodeRow:
    """The episode meant, where that is clear. Raises Trouble, and names them where it is not."""
    rows = all_episodes(wanted)
    if len(rows) > 1:
        names = "\n".join(f"    {row.id}  begun {row.opened.date()}" for row in rows)
        raise Trouble(f"There are {len(rows)} episodes; say which one:\n{names}")
    return rows[0]


def home_owner() -> str:
    """The account of the home installation's owner, by its opaque id."""
    from django.contrib.auth import get_user_model

    accounts: Any = get_user_model().objects
    return str(accounts.home_owner().key)


def _row(row: Any) -> EpisodeRow:
    import datetime as dt

    from psoas.storage.contract import EpisodeRow

    return EpisodeRow(id=row.id, owner=row.owner, opened=dt.datetime.fromisoformat(row.opened))
