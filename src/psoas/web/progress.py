"""Progress as charts and tables: pain, stages, steps, angle, strength, activities, sessions; "improved" only beyond the error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils.safestring import SafeString
from msgspec import Struct

from psoas.pathway.counting import Reading
from psoas.pathway.difference import improved, worsened
from psoas.pathway.facts import weekly_told
from psoas.pathway.findings import ImpossibleReading, angle_of, best_of, on_side
from psoas.pathway.referring import psfs
from psoas.pathway.seen import Dated
from psoas.terms import SIDES, STAGES, Answer, Side
from psoas.web import charts
from psoas.web.charts import Axis, Band, Ground, Limit, Point, Series
from psoas.web.telling import number

Row = tuple[str, ...]
ZERO, TEN = Decimal(0), Decimal(10)
FUNCTION = Axis(ZERO, TEN, tuple(Decimal(n) for n in (0, 5, 10)))
TENS = Axis(ZERO, TEN, tuple(Decimal(n) for n in (0, 2, 5, 10)))
METHODS = {
    "belt": ("strapped meter", "newtons"),
    "hand": ("hand-held meter", "newtons"),
    "home": ("scale at home", "newtons"),
    "reps": ("counted repetitions", "repetitions"),
    "mmt": ("grade in a clinician’s hand test", "grade"),
}


class Legend(Struct, frozen=True):
    """One line of a chart in words."""

    mark: SafeString
    words: str


class Table(Struct, frozen=True):
    """The same numbers as a table."""

    head: Row
    rows: tuple[Row, ...]


class Chart(Struct, frozen=True, kw_only=True):
    """A chart, what it says in words, and the same numbers as a table."""

    id: str
    title: str
    says: str
    verdicts: tuple[tuple[str, str], ...]  # tone, sentence
    picture: SafeString
    legend: tuple[Legend, ...]
    head: Row
    rows: tuple[Row, ...]
    rules: tuple[str, ...] = ()


def charts_of(reading: Reading) -> list[Chart]:
    """Every chart that has something on it."""
    found = [
        *(_pain(reading, side) for side in SIDES),
        _worst(reading),
        _function(reading),
        _stages(reading),
        *_ladders(reading),
        _angle(reading),
        *_strength(reading),
        _sessions(reading),
    ]
    return [chart for chart in found if chart is not None]


# ---- pain


def _pain(reading: Reading, side: Side) -> Chart | None:
    sats = reading.course.sats
    if not sats:
        return None
    during = tuple(Point(sat.day, reading.during(i, side)) for i, sat in enumerate(sats))
    after = tuple(Point(sat.day, sat.done.after.get(side)) for sat in sats)
    morning = tuple(Point(sat.day, reading.morning(i, side).now) for i, sat in enumerate(sats))
    series = (
        Series(name="highest in the session", side=side.value, points=during),
        Series(name="just after", side=side.value, points=after, mark="square"),
        Series(name="the next morning", side=side.value, points=morning, mark="diamond", dashed=True),
    )
    k = reading.knowledge
    green, amber = k["pain_green_max"], k["pain_amber_max"]
    bands = (Band(ZERO, green, "green"), Band(green, amber, "amber"), Band(amber, TEN, "red"))
    clean = sum(1 for i in range(len(sats)) if reading.zone(i, side) == "green")
    says = f"{clean} of {len(sats)} sessions stayed green: at most {green} during, and calm the next morning."
    return _chart(
        f"pain-{side.value}",
        series,
        title=f"Pain of the {side.value} hip",
        says=says,
        ground=Ground(axis=TENS, bands=bands),
        table=Table(
            ("Session", "Before", "During", "After", "Next morning", "Zone"), _pain_rows(reading, side, series)
        ),
        rules=("CP1", "CP4"),
    )


def _pain_rows(reading: Reading, side: Side, series: tuple[Series, ...]) -> tuple[Row, ...]:
    words = reading.knowledge.words["zone"]
    return tuple(
        (
            date(sat.day),
            number(reading.before(i, side)),
            *(number(each.points[i].value) for each in series),
            words.get(reading.zone(i, side), words["unknown"]).split(":")[0],
        )
        for i, sat in enumerate(reading.course.sats)
    )


def _worst(reading: Reading) -> Chart | None:
    intake = reading.course.intakes[-1] if reading.course.intakes else None
    told = sorted(_of_this_course(reading, weekly_told(reading.course)), key=lambda dated: dated.at)
    if intake is None or not told:
        return None
    series, verdicts = [], []
    for side in SIDES:
        first = intake.body.sides[side].worst if side in intake.body.sides else None
        points = (Point(intake.day, first), *(Point(each.day, each.body.worst.get(side)) for each in told))
        if any(point.value for point in points):
            series.append(_by_side(side, points))
            verdicts.append(_verdict(reading, f"{side.value.capitalize()} hip", first, points[-1].value, kind="pain"))
    days = [intake.day, *(each.day for each in told)]
    rows = tuple((date(day), *(number(each.points[n].value) for each in series)) for n, day in enumerate(days))
    return _chart(
        "worst",
        tuple(series),
        title="Worst pain of the week",
        says=f"As told at intake, in weekly answers, at checks and after the course. A change counts from {reading.knowledge['nprs_small']} point on.",
        ground=Ground(axis=TENS),
        table=Table(("Day", *(each.name.capitalize() for each in series)), rows),
        verdicts=tuple(verdicts),
        rules=("CP6",),
    )


# ---- activities


def _function(reading: Reading) -> Chart | None:
    intake = reading.course.intakes[-1] if reading.course.intakes else None
    if intake is None or not intake.body.activities:
        return None
    k = reading.knowledge
    first = psfs(tuple(activity.score for activity in intake.body.activities))
    points = (Point(intake.day, first), *(Point(c.day, psfs(c.body.scores)) for c in _scored(reading)))
    small, medium = k["psfs_small"], k["psfs_medium"]
    limits = (
        (Limit(first + small, f"+{small}: a change you notice"), Limit(first + medium, f"+{medium}: clearly better"))
        if first is not None
        else ()
    )
    names = ", ".join(activity.name for activity in intake.body.activities)
    return _chart(
        "function",
        (Series(name="average", side="left", points=points),),
        title="What you can do",
        says=f"The average of your activities ({names}): 0 not at all, 10 as before.",
        ground=Ground(axis=FUNCTION, limits=tuple(limit for limit in limits if limit.at <= TEN)),
        table=Table(
            ("Day", *(activity.name for activity in intake.body.activities), "Average"),
            tuple(_function_rows(reading, points)),
        ),
        verdicts=(_verdict(reading, "Your activities", first, points[-1].value, kind="psfs"),)
        if len(points) > 1
        else (),
        rules=("DI2",),
    )


def _scored(reading: Reading) -> tuple[Dated, ...]:
    """Every answer with the activities: at the checks, and three months after the course."""
    return _of_this_course(reading, (*reading.course.checks, *reading.course.followups))


def _of_this_course(reading: Reading, told: tuple[Dated, ...]) -> tuple[Dated, ...]:
    """What was told since the newest intake: a course opened again is compared with its own beginning."""
    intakes = reading.course.intakes
    return tuple(each for each in told if not intakes or each.at >= intakes[-1].at)


def _function_rows(reading: Reading, points: tuple[Point, ...]) -> Iterator[Row]:
    intake = reading.course.intakes[-1]
    count = len(intake.body.activities)
    scores = [tuple(a.score for a in intake.body.activities), *(c.body.scores for c in _scored(reading))]
    for point, told in zip(points, scores, strict=True):
        padded = (*told, *(None,) * count)[:count]
        yield (date(point.day), *(number(score) for score in padded), number(point.value))


# ---- stages and steps


def _stages(reading: Reading) -> Chart | None:
    series = tuple(_by_side(side, _history(reading, side)) for side in SIDES)
    words = tuple(stage.value for stage in STAGES)
    axis = Axis(ZERO, Decimal(len(STAGES) - 1), tuple(Decimal(n) for n in range(len(STAGES))), words)
    names = reading.knowledge.words["stage"]
    now = ", ".join(
        f"{side.value}: {reading.side(side).stage.value} ({names[reading.side(side).stage.value]})" for side in SIDES
    )
    rows = tuple(
        (date(day), *(_at(each.points, day, words) for each in series))
        for day in sorted({point.day for each in series for point in _turns(each.points)})
    )
    return _chart(
        "stages",
        series,
        title="Stage",
        says=f"Now {now}.",
        ground=Ground(axis=axis, steps=True),
        table=Table(("From", "Left", "Right"), rows),
        rules=("C3",),
    )


def _history(reading: Reading, side: Side) -> tuple[Point, ...]:
    points = [Point(at.date(), Decimal(STAGES.index(plan.on(side).stage))) for at, plan in reading.course.plans]
    return (*points, Point(reading.today, points[-1].value)) if points else ()


def _turns(points: tuple[Point, ...]) -> list[Point]:
    """The points at which the value changed."""
    return [p for n, p in enumerate(points) if n == 0 or p.value != points[n - 1].value]


def _at(points: tuple[Point, ...], day: dt.date, words: tuple[str, ...]) -> str:
    known = [point.value for point in points if point.day <= day and point.value is not None]
    return words[int(known[-1])] if known else ""


def _ladders(reading: Reading) -> Iterator[Chart]:
    """The step of each hip-flexor exercise of the present stages, per side."""
    held = [name for side in SIDES for name in reading.side(side).held]
    for name in dict.fromkeys(held):
        exercise = reading.exercise(name)
        if exercise.weight == 0 or not {reading.side(side).stage for side in SIDES} & set(exercise.stages):
            continue
        series = tuple(_by_side(side, points) for side in SIDES if (points := _steps(reading, side, name)))
        if any(len(_turns(each.points)) > 1 for each in series):
            top = Decimal(len(exercise.ladder))
            ticks = tuple(Decimal(n) for n in range(1, len(exercise.ladder) + 1))
            yield _chart(
                f"steps-{name}",
                series,
                title=exercise.name,
                says=f"The step of the ladder, 1 to {top}.",
                ground=Ground(axis=Axis(Decimal(1), max(top, Decimal(2)), ticks), steps=True),
                table=Table(("From", *(each.name.capitalize() for each in series)), _step_rows(series)),
                rules=("PR1", "PR3"),
            )


def _steps(reading: Reading, side: Side, name: str) -> tuple[Point, ...]:
    points = [
        Point(at.date(), Decimal(plan.on(side).held[name].step))
        for at, plan in reading.course.plans
        if name in plan.on(side).held
    ]
    return (*points, Point(reading.today, points[-1].value)) if points else ()


def _step_rows(series: tuple[Series, ...]) -> tuple[Row, ...]:
    days = sorted({point.day for each in series for point in _turns(each.points)})
    words = tuple(str(n) for n in range(40))
    return tuple((date(day), *(_at(each.points, day, words) for each in series)) for day in days)


# ---- tests


def _angle(reading: Reading) -> Chart | None:
    k = reading.knowledge
    error = k["mtt_real_change"]
    series, verdicts = [], []
    for side in SIDES:
        tests = [(d.day, t) for d in reading.course.tests for t in on_side(d.body.findings.length, side=side)]
        points = tuple(Point(day, angle, error) for day, t in tests if (angle := _angle_of(t)) is not None)
        if points:
            series.append(_by_side(side, points))
            verdicts.append(_verdict(reading, side.value.capitalize(), points[0].value, points[-1].value, kind="angle"))
    if not series:
        return None
    values = [point.value or ZERO for each in series for point in each.points]
    axis = _round_axis([*values, k["mtt_tight_above"], k["mtt_normal_at_or_below"]], error)
    limits = (
        Limit(k["mtt_tight_above"], "short above this"),
        Limit(k["mtt_normal_at_or_below"], "long enough below this"),
    )
    return _chart(
        "angle",
        tuple(series),
        title="Thigh angle",
        says=f"Degrees above (+) or below level; lower is longer. The bars are what the test can err: {error} degrees.",
        ground=Ground(axis=axis, limits=limits),
        table=Table(("Day", "Side", "Degrees"), _test_rows(series)),
        verdicts=tuple(verdicts) if any(len(each.points) > 1 for each in series) else (),
        rules=("L1", "L4"),
    )


def _angle_of(test: Any) -> Decimal | None:
    try:
        return angle_of(test)
    except ImpossibleReading:
        return None


def _strength(reading: Reading) -> Iterator[Chart]:
    """One chart for each method of testing: different methods do not compare."""
    methods = dict.fromkeys(t.method for d in reading.course.tests for t in d.body.findings.strength if t.trials)
    for method in methods:
        yield _strength_by(reading, method)


def _strength_by(reading: Reading, method: str) -> Chart:
    percent = Decimal(0) if method == "mmt" else reading.knowledge[f"strength_fall_{method}"]
    series, verdicts = [], []
    for side in SIDES:
        points = tuple(
            Point(d.day, best, best * percent / 100 if percent else Decimal(1))
            for d in reading.course.tests
            for t in on_side(d.body.findings.strength, side=side)
            if t.method == method and (best := best_of(t)) is not None
        )
        if points:
            first, last = points[0].value, points[-1].value
            series.append(_by_side(side, points))
            verdicts.append(_verdict(reading, side.value.capitalize(), first, last, kind="strength", method=method))
    name, unit = METHODS.get(method, (method, ""))
    values = [point.value or ZERO for each in series for point in each.points]
    error = max((point.error or ZERO for each in series for point in each.points), default=ZERO)
    errs = f"{percent} %" if percent else "one grade"
    return _chart(
        f"strength-{method}",
        tuple(series),
        title="Strength",
        says=f"By {name}, in {unit}. The bars are what this method can err: {errs}.",
        ground=Ground(axis=_round_axis([ZERO, *values], error)),
        table=Table(("Day", "Side", unit.capitalize()), _test_rows(series)),
        verdicts=tuple(verdicts) if any(len(each.points) > 1 for each in series) else (),
        rules=("SR5",),
    )


def _test_rows(series: list[Series]) -> tuple[Row, ...]:
    rows = sorted((point.day, each.name, number(tenth(point.value))) for each in series for point in each.points)
    return tuple((date(day), side, value) for day, side, value in rows)


def _round_axis(values: list[Decimal], error: Decimal) -> Axis:
    """An axis that holds all values with their error, on round numbers."""
    low, high = min(values) - (error if min(values) < 0 else ZERO), max(values) + error
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10_000) if (high - low) / s <= 6)
    first, last = int(low // step) * step, -int(-high // step) * step
    last = max(last, first + step)
    return Axis(Decimal(first), Decimal(last), tuple(Decimal(n) for n in range(first, last + 1, step)))


# ---- sessions done


def _sessions(reading: Reading) -> Chart | None:
    calendar, course = reading.calendar, reading.course
    weeks = calendar.week_of(reading.today)
    if not weeks or not course.sats:
        return None
    values = []
    for week in range(1, weeks + 1):
        first, last = calendar.date_of(7 * week - 6), calendar.date_of(7 * week)
        if first is None or last is None:
            continue
        done = sum(1 for i, sat in enumerate(course.sats) if first <= sat.day <= last and reading.attended(i))
        planned = calendar.planned_between(first, last)
        values.append((str(week), Decimal(done), Decimal(round(planned))))
    share = reading.adherence(first=calendar.first_day or reading.today)
    enough = reading.knowledge["min_adherence"] / 100
    says = (
        ""
        if share is None
        else f"{int(share * 100)} % of the planned sessions so far; from {int(enough * 100)} % on things can go up."
    )
    rows = tuple((f"Week {week}", number(done), number(planned)) for week, done, planned in values)
    title = "Sessions by week"
    return Chart(
        id="sessions",
        title=title,
        says=says,
        verdicts=(),
        picture=charts.bars(values, title=title, says=says, enough=enough),
        legend=(),
        head=("Week", "Done", "Planned"),
        rows=rows,
        rules=("HO4", "D69"),
    )


# ---- words


def _by_side(side: Side, points: tuple[Point, ...]) -> Series:
    """The line of a side: the left full with dots, the right dashed with squares."""
    right = side is Side.RIGHT
    return Series(name=side.value, side=side.value, points=points, dashed=right, mark="square" if right else "dot")


def _verdict(
    reading: Reading, who: str, old: Decimal | None, new: Decimal | None, *, kind: str, method: str = ""
) -> tuple[str, str]:
    """Better, worse, or no more than the measure can err; never "improved" within the error."""
    known = reading.knowledge
    if improved(old, new, kind=kind, knowledge=known, method=method) is Answer.YES:
        return "good", f"{who}: improved, from {number(old)} to {number(new)}, more than the measure can err."
    if worsened(old, new, kind=kind, knowledge=known, method=method) is Answer.YES:
        return "amber", f"{who}: worse, from {number(old)} to {number(new)}, more than the measure can err."
    if old is None or new is None:
        return "teal", f"{who}: not known yet whether anything has changed."
    return (
        "teal",
        f"{who}: from {number(old)} to {number(new)}, within what the measure can err, so it does not count as a change.",
    )


def _chart(
    key: str,
    series: Sequence[Series],
    *,
    title: str,
    says: str,
    ground: Ground,
    table: Table,
    verdicts: Sequence[tuple[str, str]] = (),
    rules: tuple[str, ...] = (),
) -> Chart:
    marks = ((charts.mark(each.side, dashed=each.dashed, shape=each.mark), each.name) for each in series)
    return Chart(
        id=key,
        title=title,
        says=says,
        verdicts=tuple(verdicts),
        picture=charts.lines(series, ground=ground, title=title, says=says),
        legend=tuple(Legend(*each) for each in marks) if len(series) > 1 else (),
        head=table.head,
        rows=table.rows,
        rules=rules,
    )


def tenth(value: Decimal | None) -> Decimal | None:
    """A computed number as it is shown: to one decimal, rounded down (ruling D04).

    >>> tenth(Decimal("-11.5369")), tenth(Decimal("4.39")), tenth(Decimal(5))
    (Decimal('-11.5'), Decimal('4.3'), Decimal('5'))
    """
    return value if value is None or value == value.to_integral_value() else value.quantize(Decimal("0.1"), ROUND_DOWN)


def date(day: dt.date) -> str:
    """A date in a table.

    >>> date(dt.date(2026, 11, 1))
    '1 Nov'
    """
    return f"{day.day} {day:%b}"
