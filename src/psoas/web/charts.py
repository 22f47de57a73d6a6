"""Charts as SVG, made on the server: no script, no picture service, and a table beside each for whoever cannot see it.

Colours come from the stylesheet by class. Two sides are told apart by shape and dash as well as by colour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

WIDE, HIGH = 640, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 12, 34
Number = Decimal | int | float


class Point(Struct, frozen=True):
    """One measured value: its date, the value (None where it is not known) and how far the measure may err."""

    day: dt.date
    value: Decimal | None
    error: Decimal | None = None


class Series(Struct, frozen=True, kw_only=True):
    """A line: its name, its looks (`left` or `right`, plain or dashed; dot, square or diamond) and its points."""

    name: str
    side: str
    points: tuple[Point, ...]
    dashed: bool = False
    mark: str = "dot"


class Band(Struct, frozen=True):
    """A stretch of the value axis with a meaning, such as green."""

    low: Decimal
    high: Decimal
    look: str


class Limit(Struct, frozen=True):
    """A line across the chart at a value that decides something."""

    at: Decimal
    says: str


class Axis(Struct, frozen=True):
    """The value axis: its ends, the values that carry a number, and the words for them where they are no numbers."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    words: tuple[str, ...] = ()


class Ground(Struct, frozen=True, kw_only=True):
    """What the lines are drawn on: the value axis, stretches with a meaning, limits, and whether values hold as steps."""

    axis: Axis
    bands: tuple[Band, ...] = ()
    limits: tuple[Limit, ...] = ()
    steps: bool = False


class Field:
    """Where dates and values lie on the picture."""

    def __init__(self, first: dt.date, last: dt.date, axis: Axis) -> None:
        self.first, self.axis = first, axis
        self.days = max((last - first).days, 1)

    def x(self, day: dt.date) -> float:
        """The place of a date from the left."""
        return round(LEFT + (day - self.first).days / self.days * (WIDE - LEFT - RIGHT), 1)

    def y(self, value: Number) -> float:
        """The place of a value from the top."""
        share = (float(value) - float(self.axis.low)) / float(self.axis.high - self.axis.low)
        return round(HIGH - BOTTOM - min(max(share, 0.0), 1.0) * (HIGH - TOP - BOTTOM), 1)


def lines(series: Sequence[Series], *, ground: Ground, title: str, says: str) -> SafeString:
    """A chart of lines over time, or of steps where a value holds until the next."""
    days = [point.day for each in series for point in each.points]
    if not days:
        return mark_safe("")
    field = Field(min(days), max(days), ground.axis)
    parts = [
        *(_band(field, band) for band in ground.bands),
        *_grid(field),
        *(_limit(field, limit) for limit in ground.limits),
        *(piece for each in series for piece in _series(field, each, steps=ground.steps)),
        *_dates(field, min(days), max(days)),
    ]
    return _picture(parts, title=title, says=says)


def bars(values: Sequence[tuple[str, Decimal, Decimal]], *, title: str, says: str, enough: Decimal) -> SafeString:
    """Bars of done over planned, one for each week: (week, done, planned); a past week below `enough` of its plan looks different."""
    if not values:
        return mark_safe("")
    most = max(max(done, planned) for _, done, planned in values) or Decimal(1)
    axis = Axis(Decimal(0), most, tuple(Decimal(n) for n in range(int(most) + 1)))
    field = Field(dt.date(2000, 1, 1), dt.date(2000, 1, 2), axis)
    room = (WIDE - LEFT - RIGHT) / len(values)
    parts = [
        *_grid(field),
        *(
            piece
            for place, value in enumerate(values)
            for piece in _bar(field, place, room, value, less=_less(value, enough) and place + 1 < len(values))
        ),
    ]
    return _picture(parts, title=title, says=says)


def mark(side: str, *, dashed: bool = False, shape: str = "dot") -> SafeString:
    """The look of a line, for the legend."""
    line = format_html('<path class="line {}-line{}" d="M2 9H34"/>', side, " dashed" if dashed else "")
    return format_html(
        '<svg viewBox="0 0 36 18" aria-hidden="true" focusable="false">{}{}</svg>', line, _mark(shape, side, 18, 9)
    )


# ---- pieces


def _picture(parts: Iterable[SafeString], *, title: str, says: str) -> SafeString:
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}. {}">{}</svg>', WIDE, HIGH, title, says, inside
    )


def _band(field: Field, band: Band) -> SafeString:
    top, bottom = field.y(band.high), field.y(band.low)
    shape = '<rect class="band-{}" x="{}" y="{}" width="{}" height="{}"/>'
    return format_html(shape, band.look, LEFT, top, WIDE - LEFT - RIGHT, round(bottom - top, 1))


def _grid(field: Field) -> Iterator[SafeString]:
    words = field.axis.words or tuple(f"{tick.normalize():f}" for tick in field.axis.ticks)
    for tick, word in zip(field.axis.ticks, words, strict=True):
        y = field.y(tick)
        yield format_html('<path class="grid-line" d="M{} {}H{}"/>', LEFT, y, WIDE - RIGHT)
        yield format_html('<text x="{}" y="{}" text-anchor="end">{}</text>', LEFT - 8, y + 4, word)


def _limit(field: Field, limit: Limit) -> SafeString:
    y = field.y(limit.at)
    line = '<path class="limit" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>'
    return format_html(line, LEFT, y, WIDE - RIGHT, WIDE - RIGHT - 4, y - 5, limit.says)


def _dates(field: Field, first: dt.date, last: dt.date) -> Iterator[SafeString]:
    shown = (
        [first, *(first + dt.timedelta(days=field.days * n // 3) for n in (1, 2)), last]
        if field.days > 9
        else [first, last]
    )
    for day in dict.fromkeys(shown):
        anchor = "start" if day == first else "end" if day == last else "middle"
        words = f"{day.day} {day:%b}"
        yield format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', field.x(day), HIGH - 10, anchor, words)


def _series(field: Field, series: Series, *, steps: bool) -> Iterator[SafeString]:
    known = [point for point in series.points if point.value is not None]
    for point in known:
        if point.error:
            yield _error(field, series.side, point)
    look = f"line {series.side}-line{' dashed' if series.dashed else ''}"
    lower = 4.0 if steps and series.side == "right" else 0.0  # two sides on one step stay two lines
    for run in _runs(series.points):
        if len(run) > 1:
            yield format_html('<path class="{}" d="{}"/>', look, _path(field, run, steps=steps, lower=lower))
    if steps:
        known = known[-1:]
    for point in known:
        yield _mark(series.mark, series.side, field.x(point.day), field.y(point.value or 0) + lower)


def _runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The points in a row that are known: where one is not, the line is broken and not drawn through."""
    run: list[Point] = []
    for point in points:
        if point.value is None:
            yield run
            run = []
        else:
            run.append(point)
    yield run


def _path(field: Field, points: Sequence[Point], *, steps: bool, lower: float) -> str:
    places = [(field.x(point.day), field.y(point.value or 0) + lower) for point in points]
    first, *rest = places
    if not steps:
        return f"M{first[0]} {first[1]}" + "".join(f"L{x} {y}" for x, y in rest)
    return f"M{first[0]} {first[1]}" + "".join(f"H{x}V{y}" for x, y in rest)


def _error(field: Field, side: str, point: Point) -> SafeString:
    value, error = point.value or Decimal(0), point.error or Decimal(0)
    x, top, bottom = field.x(point.day), field.y(value + error), field.y(value - error)
    d = f"M{x} {top}V{bottom}M{x - 5} {top}H{x + 5}M{x - 5} {bottom}H{x + 5}"
    return format_html('<path class="line error {}-line" d="{}"/>', side, d)


def _mark(shape: str, side: str, x: Number, y: Number) -> SafeString:
    if shape == "square":
        return format_html(
            '<rect class="{}-dot" x="{}" y="{}" width="8" height="8"/>', side, float(x) - 4, float(y) - 4
        )
    if shape == "diamond":
        d = f"M{x} {float(y) - 6}L{float(x) + 6} {y}L{x} {float(y) + 6}L{float(x) - 6} {y}Z"
        return format_html('<path class="{}-dot" d="{}"/>', side, d)
    return format_html('<circle class="{}-dot" cx="{}" cy="{}" r="4.5"/>', side, x, y)


def _less(value: tuple[str, Decimal, Decimal], enough: Decimal) -> bool:
    _, done, planned = value
    return bool(planned) and done / planned < enough


def _bar(
    field: Field, place: int, room: float, value: tuple[str, Decimal, Decimal], *, less: bool
) -> Iterator[SafeString]:
    week, done, planned = value
    x, width, foot = round(LEFT + room * (place + 0.18), 1), round(room * 0.64, 1), field.y(0)
    for look, amount in (("bar-plan", planned), ("bar-less" if less else "bar", done)):
        top = field.y(amount)
        shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
        yield format_html(shape, look, x, top, width, round(foot - top, 1))
    middle = round(x + width / 2, 1)
    yield format_html('<text x="{}" y="{}" text-anchor="middle">{}</text>', middle, HIGH - 10, week)
