"""The form every page starts from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from psoas.storage.ids import is_id, new_id


class PageForm(forms.Form):
    """A form whose errors our pages show; the browser's own bubbles stay away."""

    use_required_attribute = False

    def __init__(self, *args: Any, **rest: Any) -> None:
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)

    def leave_unjudged(self) -> None:
        """Show what was typed without errors, although it is bound: it was typed before, and is judged when sent."""
        self._errors: ErrorDict | None = ErrorDict()

    @property
    def unfolded(self) -> bool:
        """Whether something stands in what is folded away, or is wrong there."""
        away = [self[name] for name, field in self.fields.items() if getattr(field, "folded", "")]
        return any(one.value() or one.errors for one in away)


def folded(field: forms.Field, *, under: str) -> forms.Field:
    """The field, folded away under these words until they are opened; where there are none it stands open."""
    if under:
        field.folded = under  # type: ignore[attr-defined]
    return field


class EntryForm(PageForm):
    """A form that writes an entry. Its hidden id makes a second submit of the same page a no-op.

    `saw` is how many entries the page was made from; hand it to the journal as `expecting`, where a decision was
    shown, so that an answer to an outdated page is never taken for one to the present page.
    """

    entry = forms.CharField(widget=forms.HiddenInput, initial=new_id)
    saw = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_entry(self) -> str:
        """The id of the entry to write."""
        entry: str = self.cleaned_data["entry"]
        if not is_id(entry):
            raise ValidationError("This page has lost its place. Load it again; nothing was written.")
        return entry
