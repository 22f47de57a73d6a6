"""The record's entries under the names by which they are stored."""

from __future__ import annotations

from people import NO
from psoas.pathway import record as r


def test_a_body_is_stored_under_its_kind_and_read_back_as_it_was():
    """The tag in the JSON is the kind; the numbers come back as they were."""
    body = r.DayAnswered(now={}, limp=NO, answers={})
    assert r.kind_of(body) == "day_answered"
    assert b'"type":"day_answered"' in r.encode_body(body)
    assert r.as_stored(body) == body
