"""What was typed and not yet written: one mutable row per account and form, gone once it is in the record.

Whatever a page sends is kept before it is judged, so that going back, closing the browser or a mistake on the page
loses nothing. A draft's entry id is made with it: sending the finished form twice writes one entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from msgspec import Struct

from psoas.storage.ids import new_id
from psoas.web.models import Account, Draft

Typed = Mapping[str, list[str]]
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "entry", "saw", "go"})


class Kept(Struct, frozen=True, kw_only=True):
    """A draft as it stands: the fields as the browser sent them, and the id of the entry they will become."""

    entry: str
    typed: dict[str, list[str]]
    there: bool = True  # false for a form nobody has typed into yet

    def data(self) -> MultiValueDict[str, str]:
        """The fields in the shape a form is bound to."""
        return MultiValueDict(self.typed)


def kept(account: Account, *, form: str) -> Kept:
    """The draft of that form; an empty one with a fresh id where there is none."""
    row = Draft.objects.filter(owner=account, form=form).first()
    return Kept(entry=row.entry, typed=row.typed) if row else Kept(entry=new_id(), typed={}, there=False)


def keep(
    account: Account, *, form: str, entry: str, fields: Iterable[str], sent: QueryDict, also: Typed | None = None
) -> Kept:
    """Lay one page over the draft: of its fields nothing older stays, of other pages everything does.

    `entry` is the id the page was sent with; it counts where there is no draft yet. `also` is set as if typed.
    """
    with transaction.atomic():
        row, _ = Draft.objects.select_for_update().get_or_create(owner=account, form=form, defaults={"entry": entry})
        row.typed = _laid_over(row.typed, fields=frozenset(fields), sent=sent) | dict(also or {})
        row.save()
    return Kept(entry=row.entry, typed=row.typed)


def _laid_over(typed: dict[str, list[str]], *, fields: frozenset[str], sent: QueryDict) -> dict[str, list[str]]:
    others = {name: values for name, values in typed.items() if _field(name, fields) is None}
    page = {name: values for name, values in sent.lists() if name not in _NOT_TYPED and _field(name, fields)}
    return others | page


def _field(name: str, fields: frozenset[str]) -> str | None:
    """The field that an input of that name belongs to; a month is sent in two parts."""
    stem = name.removesuffix("_month").removesuffix("_year")
    return next((each for each in (name, stem) if each in fields), None)


def begin(account: Account, *, form: str, typed: Typed, entry: str = "") -> None:
    """A new draft that starts with these fields."""
    Draft.objects.create(owner=account, form=form, entry=entry or new_id(), typed=dict(typed))


def put(account: Account, *, form: str, values: Typed) -> None:
    """Set single fields of a draft that is there, as if they had been typed."""
    with transaction.atomic():
        row = Draft.objects.select_for_update().filter(owner=account, form=form).first()
        if row is not None:
            row.typed |= dict(values)
            row.save()


def forget(account: Account, *forms: str) -> None:
    """Drop these drafts, or all of the account."""
    rows = Draft.objects.filter(owner=account)
    (rows.filter(form__in=forms) if forms else rows).delete()
