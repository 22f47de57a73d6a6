"""Three made-up people with weeks of history, for `psoas serve --demo`, the screenshots and the bench.

Their records are lived through the desk day by day, up to yesterday, so every decision in them is one that Psoas
made. Only what they feel and answer is written here. The same instant gives the same people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from psoas.clinic import Clinic
from psoas.knowledge.schema import Knowledge, Question
from psoas.pathway.counting import Reading
from psoas.pathway.course import Course
from psoas.pathway.decisions import Item, Session
from psoas.pathway.due import check_due, form_due, screen_ends, week_due
from psoas.pathway.record import (
    Activity,
    CheckAnswered,
    Complaint,
    Entry,
    Equipment,
    Findings,
    FormChecked,
    HoldTest,
    LengthTest,
    MorningAnswered,
    PainSigns,
    SetDone,
    StrengthTest,
    TakenIn,
    Tested,
    WeekAnswered,
    Wished,
)
from psoas.pathway.writing import DayTold
from psoas.storage.ids import uuid7
from psoas.storage.memory import MemoryJournal
from psoas.terms import SIDES, Answer, Side

MORNING, EVENING = dt.time(8, 0), dt.time(18, 0)
TRAINS = (0, 2, 4)  # days of each week of hers on which she trains
UNASKED: dict[str, Any] = {"choice": "none", "several": ["none"], "number": 0, "month": "2020-01", "date": "2020-01-01"}


class Feeling(Struct, frozen=True, kw_only=True):
    """Pain of the sore side around one session: before, during, after, next morning; and what else was so."""

    before: int = 1
    during: int = 1
    after: int = 1
    morning: int = 1
    settled: Answer = Answer.YES
    signs: tuple[str, ...] = ()
    sore: str = ""  # the exercise that hurt; the others then hurt as before the session; empty = all alike
    flag: tuple[str, ...] = ()  # questions of the daily screen that are a yes


class Hip(Struct, frozen=True):
    """What the tests show of one hip: its angle, and three to four trials of strength in newtons."""

    angle: int
    force: tuple[int, ...]


class Hips(Struct, frozen=True, kw_only=True):
    """What her tests show from a day of hers on."""

    day: int
    sore: Hip
    other: Hip


class Person(Struct, frozen=True, kw_only=True):
    """A made-up person: who she is, what she has at hand, how she feels, what her tests show, and for how long."""

    name: str
    says: str  # one line for the page where one of them is chosen
    days: int  # how many days ago the plan was made
    sore: Side
    intake: TakenIn
    wishes: Wished
    hips: tuple[Hips, ...]
    scores: tuple[tuple[int, int], ...]  # from a day on: how well her activity goes
    usual: Feeling = Feeling()
    felt: dict[int, Feeling] = {}  # by day of hers, where it differs
    impact: dict[int, int] = {}  # pain with running or jumping, by day of hers from which it counts
    yes: tuple[str, ...] = ("assessed",)  # answers of a full screen that are a yes


def people() -> tuple[Person, ...]:
    """One on course, one who went red and was stepped back, one who was sent to a doctor in her fifth week."""
    return (_on_course(), _stepped_back(), _referred())


def record_of(person: Person, *, knowledge: Knowledge, now: dt.datetime, zone: str) -> list[Entry]:
    """Her whole record, lived at a desk in memory up to the day before `now`, where the clocks show `zone`."""
    desk = Clinic(MemoryJournal(), knowledge)
    life = _Life(person, desk=desk, today=now.date(), zone=zone)
    life.start()
    for day in range(person.days):
        life.day(day)
    return desk.record(life.episode)


# ---- three people


def _on_course() -> Person:
    return Person(
        name="Mara",
        says="Week six, on course. Her right hip was short and weak; she has just reached the loading stage.",
        days=35,
        sore=Side.RIGHT,
        intake=_intake(Side.RIGHT, worst=4, born="1984-05", activity="Climbing stairs with shopping", score=5),
        wishes=Wished(equipment=_at_hand(), goal="daily", days=(0, 2, 4)),
        hips=(
            Hips(day=0, sore=Hip(4, (158, 163, 160, 161)), other=Hip(-12, (204, 209, 207, 206))),
            Hips(day=26, sore=Hip(-4, (176, 181, 179, 180)), other=Hip(-12, (205, 210, 208, 207))),
        ),
        scores=((0, 5), (13, 6), (26, 8)),
        felt={0: Feeling(before=2, during=2, after=2, morning=2)},
    )


def _stepped_back() -> Person:
    return Person(
        name="Jonas",
        says="Week four. Two bad sessions in one week took him one stage down; he is building up again.",
        days=23,
        sore=Side.LEFT,
        intake=_intake(Side.LEFT, worst=4, born="1991-11", activity="Kicking a ball", score=4, sex="m"),
        wishes=Wished(equipment=_at_hand(), goal="sport", days=(0, 2, 4)),
        hips=(Hips(day=0, sore=Hip(-12, (241, 236, 239, 238)), other=Hip(-13, (305, 300, 302, 304))),),
        scores=((0, 4), (13, 5)),
        felt={
            7: Feeling(before=1, during=3, after=3, morning=3, settled=Answer.NO),
            16: Feeling(before=1, during=7, after=5, morning=3, signs=("sharp",), sore="E16a"),
            18: Feeling(before=2, during=6, after=4, morning=2, sore="E16a"),
        },
    )


def _referred() -> Person:
    return Person(
        name="Ines",
        says="Week five. New pain at night and with running: everything is stopped until a doctor has seen her.",
        days=31,
        sore=Side.RIGHT,
        intake=_intake(Side.RIGHT, worst=3, born="1997-02", activity="Running 5 km", score=3),
        wishes=Wished(equipment=_at_hand(), goal="run", days=(0, 2, 4)),
        hips=(
            Hips(day=0, sore=Hip(2, (171, 175, 173, 172)), other=Hip(-11, (214, 210, 213, 212))),
            Hips(day=26, sore=Hip(-3, (184, 187, 186, 185)), other=Hip(-11, (213, 211, 214, 212))),
        ),
        scores=((0, 3), (13, 5), (26, 5)),
        impact={21: 2},
        felt={
            28: Feeling(before=2, during=2, after=2, morning=2),
            30: Feeling(before=4, flag=("impact_pain", "night_pain")),
        },
    )


def _intake(side: Side, *, worst: int, born: str, activity: str, score: int, sex: str = "f") -> TakenIn:
    fine = Complaint(now=Decimal(0), worst=Decimal(0), morning=Decimal(0), stiffness=Decimal(0))
    hurts = Complaint(now=Decimal(1), worst=Decimal(worst), morning=Decimal(2), stiffness=Decimal(3))
    return TakenIn(
        sides={side: hurts, side.other: fine},
        born=born,
        activities=(Activity(name=activity, score=Decimal(score)),),
        onset_kind="gradual",
        sex=sex,
        trained=Answer.NO,
        new_to_training=Answer.NO,
    )


def _at_hand() -> Equipment:
    return Equipment(
        things=("wall", "chair", "box", "low_anchor", "mat"), kg=(Decimal(1), Decimal(2), Decimal(4)), bands=4
    )


# ---- how she lives through it


class _Life:
    """One person at one desk: every day has a morning, an evening, and what is due."""

    def __init__(self, person: Person, *, desk: Clinic, today: dt.date, zone: str) -> None:
        self.person = person
        self.desk = desk
        self.zone = zone
        self.first = today - dt.timedelta(days=person.days)
        self.made = 0
        self.episode = ""

    # ---- the first evening

    def start(self) -> None:
        """From the first screen to the plan."""
        person, at = self.person, self.at(0, MORNING)
        self.episode = self.desk.open(person.name, now=at, zone=self.zone)
        onset = self.first - dt.timedelta(days=70)
        self.write(_since(person.intake, onset), at)
        self.screen(at)
        self.write(person.wishes, at)
        self.write(self.findings(0), at)
        self.desk.make_plan(self.episode, now=at, zone=self.zone)

    # ---- any day

    def day(self, day: int) -> None:
        """The morning after a session, what is due, and a session where this is one of her days."""
        if self.course(self.at(day, MORNING)).stops:
            return
        self.morning(day)
        self.due(day)
        if day % 7 in TRAINS:
            self.train(day)

    def morning(self, day: int) -> None:
        """How the night was, where the day before had a session."""
        at = self.at(day, MORNING)
        sats = self.course(at).sats
        if not sats or sats[-1].day != at.date() - dt.timedelta(days=1):
            return
        felt = self.felt(day - 1)
        told = MorningAnswered(
            session=sats[-1].done.session, now=self.both(felt.morning), settled=felt.settled, limp=Answer.NO
        )
        self.write(told, at)

    def due(self, day: int) -> None:
        """Weekly answers, the form, the screen, and every part of a check."""
        at = self.at(day, dt.time(9, 0))
        if week_due(self.reading(at)):
            self.write(self.week(day), at)
        if form_due(self.reading(at)):
            self.write(FormChecked(good=Answer.YES), at)
        check = check_due(self.reading(at))
        ends = screen_ends(self.course(at), knowledge=self.desk.knowledge)
        missing = check.missing if check and (check.overdue or at.date() >= check.on) else ()
        if "screen" in missing or (ends is not None and at.date() >= ends):
            self.screen(at)
        if {"length", "strength", "holds"} & set(missing):
            self.write(self.findings(day), at)
        if check and "answers" in missing:
            self.write(self.checked(check.day, day), at)

    def train(self, day: int) -> None:
        """Today's answers, and the session set by set where there is one."""
        at = self.at(day, EVENING)
        felt = self.felt(day)
        if not isinstance(self.desk.today(self.course(at), now=at), Session):
            return
        course = self.desk.write_day(self.episode, self.told(felt), now=at, zone=self.zone)
        if course.stops or not isinstance(self.desk.today(course, now=at), Session):
            return
        session = self.new_id(at)
        self.desk.begin(self.episode, session=session, now=at, zone=self.zone)
        minutes = self.sets(session, felt, at)
        end = at + dt.timedelta(minutes=minutes + 1)
        if self.course(end).open is not None:
            self.desk.end(
                self.episode, after=self.both(felt.after), effort=Decimal(6), limp=Answer.NO, now=end, zone=self.zone
            )

    def sets(self, session: str, felt: Feeling, at: dt.datetime) -> int:
        """Every set that is left, one each other minute; the minutes it took. A decision may change what is shown."""
        done: set[tuple[int, int]] = set()
        minutes = 0
        while (left := self.next_set(session, done)) is not None:
            place, number, item = left
            done.add((place, number))
            minutes += 2
            told = self.set_done(session, place, number, item, felt)
            when = at + dt.timedelta(minutes=minutes)
            self.desk.log_set(self.episode, told, now=when, zone=self.zone, entry_id=self.new_id(when))
        return minutes

    def next_set(self, session: str, done: set[tuple[int, int]]) -> tuple[int, int, Item] | None:
        """The first set of the open session not done yet."""
        course = self.desk.told(self.episode)
        if course.open is None or course.open.done.session != session:
            return None
        for place, item in enumerate(course.open.done.shown.items):
            for number in range(1, item.dose.sets + 1):
                if (place, number) not in done:
                    return place, number, item
        return None

    # ---- what she says

    def set_done(self, session: str, place: int, number: int, item: Item, felt: Feeling) -> SetDone:
        """One set, as it felt."""
        sore = item.side in (self.person.sore, "both") and felt.sore in ("", item.exercise) and item.slot > 1
        return SetDone(
            session=session,
            item=place,
            number=number,
            did="all",
            pain=self.both(felt.during if sore else min(felt.before, felt.during)),
            compensations=(),
            signs=felt.signs if sore else (),
            effort=Decimal(8),
            load=item.load,
        )

    def told(self, felt: Feeling) -> DayTold:
        """What she says of today before a session."""
        flagged: dict[str, Any] = dict.fromkeys(felt.flag, "yes")
        daily = {q.id: "no" for q in self.desk.knowledge.questions.values() if q.mini}
        if flagged:
            daily["mini_TU2"] = "yes"
            about = self.first_answers()
            flagged = {**{fact: about[fact] for fact in TU2_ASKS}, **flagged}
        return DayTold(
            now=self.both(felt.before), limp=Answer.NO, answers={**daily, **flagged}, recovered=Answer.YES, news=()
        )

    def screen(self, at: dt.datetime) -> None:
        """A full screen in which nothing is wrong."""
        told = DayTold(now=self.both(1), limp=Answer.NO, answers={}, for_session=False)
        self.desk.write_day(self.episode, told, now=at, zone=self.zone)
        self.desk.write_screen(self.episode, self.first_answers(), now=at, zone=self.zone)

    def first_answers(self) -> dict[str, Any]:
        """Every question of a full screen answered: no, but for what she says yes to."""
        asked = [q for q in self.desk.knowledge.questions.values() if q.part in ("safety", "history")]
        return {q.id: _unremarkable(q) for q in asked} | dict.fromkeys(self.person.yes, "yes")

    def week(self, day: int) -> WeekAnswered:
        """The weekly answers: worst pain is what the last seven days brought."""
        felt = [self.felt(d) for d in range(max(day - 7, 0), day)]
        worst = max((max(f.before, f.during, f.morning) for f in felt), default=self.person.usual.during)
        impact = max((pain for since, pain in self.person.impact.items() if since <= day), default=0)
        return WeekAnswered(
            worst=self.both(worst), impact=self.both(impact), night_pain=Answer.NO, limp=Answer.NO, walk30=Decimal(0)
        )

    def checked(self, check: int, day: int) -> CheckAnswered:
        """The answers of a check."""
        score = [score for since, score in self.person.scores if since <= day][-1]
        better = score > self.person.scores[0][1]
        return CheckAnswered(
            day=check,
            worst=self.week(day).worst,
            scores=(Decimal(score),),
            change="much_better" if better else "same",
            satisfied=Answer.YES if better else Answer.UNKNOWN,
        )

    def findings(self, day: int) -> Tested:
        """Her self-tests as they are on that day."""
        hips = [hips for hips in self.person.hips if hips.day <= day][-1]
        return Tested(findings=_findings(hips, sore=self.person.sore))

    # ---- small words

    def felt(self, day: int) -> Feeling:
        return self.person.felt.get(day, self.person.usual)

    def both(self, pain: int) -> dict[Side, Decimal | None]:
        return {self.person.sore: Decimal(pain), self.person.sore.other: Decimal(0)}

    def at(self, day: int, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(self.first + dt.timedelta(days=day), time, tzinfo=ZoneInfo(self.zone))

    def course(self, at: dt.datetime) -> Course:
        return self.desk.course(self.episode, now=at)

    def reading(self, at: dt.datetime) -> Reading:
        return Reading(self.course(at), knowledge=self.desk.knowledge, now=at)

    def write(self, body: Any, at: dt.datetime) -> None:
        self.desk.write(self.episode, body, now=at, zone=self.zone)

    def new_id(self, at: dt.datetime) -> str:
        self.made += 1
        return str(uuid7(int(at.timestamp() * 1000), chance=self.made))


TU2_ASKS = ("impact_pain", "load_rise", "night_pain", "rest_pain", "limp", "rotation_pain",
            "stress_fracture_past", "low_energy", "osteoporosis", "steroids_long")  # fmt: skip


def _since(intake: TakenIn, onset: dt.date) -> TakenIn:
    return TakenIn(**{**{f: getattr(intake, f) for f in intake.__struct_fields__}, "onset": onset})


def _unremarkable(question: Question) -> Any:
    if question.kind == "yes_no":
        return "no"
    return question.choices[0].value if question.kind == "choice" and question.choices else UNASKED[question.kind]


def _findings(hips: Hips, *, sore: Side) -> Findings:
    hip_of = {side: hips.sore if side is sore else hips.other for side in SIDES}
    return Findings(
        length=tuple(_length(side, hip.angle) for side, hip in hip_of.items()),
        strength=tuple(_strength(side, hip.force) for side, hip in hip_of.items()),
        holds=tuple(_holds()),
        signs=(
            PainSigns(side=sore, resisted=Answer.YES, stretch=Answer.NO, tender=Answer.YES),
            PainSigns(side=sore.other, resisted=Answer.NO, stretch=Answer.NO, tender=Answer.NO),
        ),
    )


def _length(side: Side, angle: int) -> LengthTest:
    return LengthTest(
        side=side,
        method="angle",
        readings=(Decimal(angle - 1), Decimal(angle), Decimal(angle + 1)),
        pelvis_controlled=Answer.YES,
        stopped_by=("stretch",),
        pain=Decimal(1),
    )


def _strength(side: Side, trials: tuple[int, ...]) -> StrengthTest:
    return StrengthTest(side=side, method="belt", trials=tuple(map(Decimal, trials)), pain=Decimal(1))


def _holds() -> Iterator[HoldTest]:
    for side in SIDES:
        for exercise in ("E06", "E07"):
            yield HoldTest(side=side, exercise=exercise, result="pass", compensations=(), pain=Decimal(1))
