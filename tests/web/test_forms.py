"""What a person may answer, and what is said when an answer cannot be read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from psoas.knowledge.schema import Choice, Question
from psoas.storage.ids import is_id, new_id
from psoas.web.desk import knowledge
from psoas.web.forms.base import EntryForm
from psoas.web.forms.fields import (
    DayField,
    MonthField,
    NumberField,
    OneField,
    ScaleField,
    SeveralField,
    YesNoField,
)
from psoas.web.forms.questions import field_for, form_of
from psoas.web.forms.tests import methods_form

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


def test_nothing_is_chosen_beforehand(client):
    """A fresh form has no answer in it."""
    page = client.get("/patterns/").text
    assert " checked" not in page
    assert " selected" not in page.replace('<option value="" selected', "<option")


def test_what_was_typed_is_kept(client):
    """A form with one bad answer comes back with every answer in it, and with its hidden id."""
    entry = new_id()
    answers = {"entry": entry, "numb": "yes", "pain": "3", "knee": "tall", "born_month": "05", "born_year": "19"}
    page = client.post("/patterns/", answers).text
    assert page.count(" checked") == 2
    assert 'value="tall"' in page
    assert 'value="19"' in page
    assert f'value="{entry}"' in page
    assert "“tall” is not a number" in page


@pytest.mark.parametrize(("given", "fact"), [("yes", "yes"), ("no", "no"), ("unknown", "unknown")])
def test_not_sure_is_an_answer(given, fact):
    """Yes, no and not sure are read as such."""
    assert YesNoField().clean(given) == fact


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (YesNoField(), "", "“Not sure” is an answer too"),
        (YesNoField(unsure=False), "unknown", "not one of the available"),
        (ScaleField(), "", "0 to 10"),
        (ScaleField(), "11", "not one of the available"),
        (ScaleField(), "unknown", "not one of the available"),
        (OneField(choices=[("a", "A")]), "", "Choose one"),
        (SeveralField(choices=[("a", "A"), ("none", "None")]), [], "Tick what applies"),
        (SeveralField(choices=[("a", "A"), ("none", "None")]), ["a", "none"], "Untick one"),
        (NumberField(low=20, high=120, unit="cm"), "", "Type a number in cm"),
        (NumberField(low=20, high=120, unit="cm"), "tall", "is not a number"),
        (NumberField(low=20, high=120, unit="cm"), "NaN", "is not a number"),
        (NumberField(low=20, high=120, unit="cm"), "1e400", "from 20 to 120 cm"),
        (NumberField(low=20, high=120, unit="cm"), "9" * 40, "is not a number"),
        (NumberField(low=20, high=120, unit="cm"), "-3", "from 20 to 120 cm"),
        (NumberField(low=0, high=9, whole=True), "2.5", "not a whole number"),
        (MonthField(), ["", ""], "Choose the month"),
        (MonthField(), ["05", ""], "Both are needed"),
        (MonthField(), ["05", "24"], "four digits"),
        (MonthField(), ["05", "²²²²"], "four digits"),
        (MonthField(), ["13", "2024"], "from the list"),
        (MonthField(), ["x", "2024"], "from the list"),
        (MonthField(earliest=1900), ["05", "1800"], "too long ago"),
        (MonthField(latest=TODAY), ["04", "2026"], "still to come"),
        (DayField(), "", "Give a date"),
        (DayField(), "31/02", "not a date"),
        (DayField(latest=TODAY), "2026-03-03", "still to come"),
        (DayField(earliest=TODAY), "2026-03-01", "before 2 March 2026"),
    ],
)
def test_what_cannot_be_read_is_asked_back(field, value, words):
    """Each impossible answer has a sentence that says what would be possible."""
    with pytest.raises(ValidationError, match=words):
        field.clean(value)


def test_answers_become_facts():
    """Cleaned answers are what the pathway reads."""
    assert ScaleField(unsure="I cannot say").clean("unknown") is None
    assert ScaleField().clean("10") == Decimal(10)
    assert NumberField(low=0, high=200).clean(" 12,5 ") == Decimal("12.5")
    assert NumberField(low=0, high=200, required=False).clean("") is None
    assert SeveralField(choices=[("a", "A"), ("none", "None")]).clean(["none"]) == ("none",)
    assert MonthField().clean(["05", "2024"]) == "2024-05"
    assert MonthField(required=False).clean(["", ""]) == ""
    assert DayField().clean("2024-02-29") == dt.date(2024, 2, 29)


@pytest.mark.parametrize("kind", ["yes_no", "choice", "several", "number", "month", "date"])
def test_every_kind_of_question_has_a_field(kind):
    """A question of each kind can be asked, under its own id and words."""
    choices = (Choice(value="a", label="A"),)
    question = Question(id="q", part="history", ask="What?", kind=kind, help="Why", choices=choices)
    field = field_for(question, today=TODAY)
    assert (field.label, field.help_text) == ("What?", "Why")


def test_every_question_of_the_content_can_be_asked():
    """All questions together make one form whose fields are the facts."""
    form = form_of(knowledge().questions.values(), today=TODAY)()
    assert set(form.fields) == {*knowledge().questions, "entry", "saw"}
    assert "<fieldset" in str(form)


def test_a_form_that_writes_carries_its_id():
    """Each fresh form has a new id; one that lost it is asked to be loaded again."""
    fresh = EntryForm()
    assert is_id(fresh["entry"].value())
    assert fresh["entry"].value() != EntryForm()["entry"].value()
    lost = EntryForm({"entry": "1; DROP TABLE"})
    assert not lost.is_valid()
    assert "lost its place" in str(lost.errors)


def test_a_test_that_must_not_be_done_is_not_among_the_choices():
    """Who must not do the length test chooses among the others only (C4b, D30)."""
    assert "length" in methods_form(length=True).base_fields
    assert set(methods_form(length=False).base_fields) == set(methods_form(length=True).base_fields) - {"length"}
