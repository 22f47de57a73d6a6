"""Charts: what is not known is not drawn through, errors are drawn, and "improved" is said only beyond the error."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from psoas.pathway import record as r
from psoas.pathway.counting import Reading
from psoas.web import charts
from psoas.web.charts import Axis, Ground, Point, Series
from psoas.web.desk import knowledge
from psoas.web.progress import charts_of
from web.courses import Person, findings

DAY = dt.date(2026, 9, 7)
TEN = Ground(axis=Axis(Decimal(0), Decimal(10), (Decimal(0), Decimal(10))))


def drawn(*values, error=None):
    """A chart of one line with these values, a day apart."""
    points = tuple(
        Point(DAY + dt.timedelta(days=n), None if value is None else Decimal(value), error)
        for n, value in enumerate(values)
    )
    picture = charts.lines(
        [Series(name="pain", side="left", points=points)], ground=TEN, title="Pain", says="Of a week"
    )
    return ET.fromstring(picture)  # noqa: S314 (our own picture)


def paths(picture):
    """The lines of the picture."""
    return [one.get("d") for one in picture.iter("path") if one.get("class") == "line left-line"]


def test_a_chart_is_a_picture_with_a_name():
    """It says what it is to whoever cannot see it."""
    picture = drawn(1, 2)
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "Pain. Of a week"


def test_what_is_not_known_breaks_the_line():
    """Between two known stretches no line is drawn, and no dot stands where nothing is known."""
    picture = drawn(1, 2, None, 3, 4)
    assert len(paths(picture)) == 2
    assert len(list(picture.iter("circle"))) == 4


def test_more_is_higher():
    """A larger value lies further up, and a value outside the axis stays on the picture."""
    path = paths(drawn(0, 10, 99))[0]
    heights = [float(pair.split()[1]) for pair in re.split("[ML]", path) if pair]
    assert heights[0] > heights[1] == heights[2]


def test_the_error_is_drawn():
    """Each point with an error has a bar from below to above it."""
    picture = drawn(4, 5, error=Decimal(2))
    assert len([one for one in picture.iter("path") if "error" in (one.get("class") or "")]) == 2


def test_names_are_escaped():
    """An activity with odd signs in its name breaks no picture."""
    points = (Point(DAY, Decimal(1)), Point(DAY + dt.timedelta(days=1), Decimal(2)))
    picture = charts.lines([Series(name="x", side="left", points=points)], ground=TEN, title='<b>"&', says="'")
    assert ET.fromstring(picture).get("aria-label").startswith('<b>"&')  # noqa: S314 (our own picture)


def test_nothing_to_draw_is_no_picture():
    """Without a point there is no chart."""
    assert charts.lines([], ground=TEN, title="", says="") == ""
    assert charts.bars([], title="", says="", enough=Decimal(1)) == ""


# ---- improved only beyond the error


@pytest.fixture
def her(db):
    """Somebody with a session and her first tests."""
    from psoas.web import desk  # noqa: PLC0415 (tables can be imported only once Django is set up)

    return Person(desk.clinic(), "ada").planned().trained().wait(days=2)


def verdicts(her, chart):
    """What the chart says has changed."""
    reading = Reading(her.course, knowledge=knowledge(), now=her.at)
    return {words for each in charts_of(reading) if each.id == chart for _, words in each.verdicts}


@pytest.mark.parametrize(
    ("angle", "word"), [("1", "within what the measure can err"), ("0.9", "improved"), ("11.5", "worse")]
)
def test_an_angle_improves_beyond_five_degrees_only(her, angle, word):
    """From 6 degrees: 5 less is within the error, a little more is not (C11)."""
    her.write(r.Tested(findings=findings(angle=angle)))
    assert any(word in words and words.startswith("Right") for words in verdicts(her, "angle"))


@pytest.mark.parametrize(
    ("reps", "word"), [("16", "within what the measure can err"), ("17", "improved"), ("9", "worse")]
)
def test_strength_improves_beyond_its_methods_error_only(her, reps, word):
    """From 13 repetitions: up to a quarter more is within the error of counting (C11)."""
    her.write(r.Tested(findings=findings(reps=reps)))
    assert any(word in words and words.startswith("Right") for words in verdicts(her, "strength-reps"))
