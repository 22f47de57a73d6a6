"""A made-up person with a plan, and her days: what the tests of the course pages start from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from psoas.pathway import record as r
from psoas.pathway.decisions import Rest, Session
from psoas.pathway.writing import DayTold
from psoas.storage.ids import new_id
from psoas.terms import SIDES, Answer, Side
from psoas.web.forms.screening import own_answer

ZONE = "Europe/Berlin"
FIRST = dt.datetime(2026, 9, 7, 18, 0, tzinfo=ZoneInfo(ZONE))


def clear_answers(knowledge, **otherwise):
    """A full screen in which nothing speaks against training."""
    own = own_answer(knowledge)
    answers = {}
    for question in knowledge.questions.values():
        if question.part not in ("safety", "history"):
            continue
        values = [choice.value for choice in question.choices]
        if question.kind == "yes_no":
            answers[question.id] = "yes" if question.id in own else "no"
        elif question.kind == "several":
            answers[question.id] = ["none"]
        elif values:
            answers[question.id] = "none" if "none" in values else values[0]
    return answers | otherwise


def mini_answers(knowledge, **otherwise):
    """No to each of the six questions before a session."""
    return {question.id: "no" for question in knowledge.questions.values() if question.mini} | otherwise


def intake(*, left="0", right="3"):
    """A right hip that hurts."""
    return r.TakenIn(
        sides={
            Side.LEFT: r.Complaint(now=Decimal(0), worst=Decimal(left), morning=Decimal(0), stiffness=Decimal(0)),
            Side.RIGHT: r.Complaint(now=Decimal(1), worst=Decimal(right), morning=Decimal(2), stiffness=Decimal(3)),
        },
        born="1990-05",
        activities=(
            r.Activity(name="Climbing stairs", score=Decimal(5)),
            r.Activity(name="Running for a bus", score=Decimal(3)),
        ),
        onset=dt.date(2026, 7, 1),
        onset_kind="gradual",
        sex="f",
        trained=Answer.YES,
        new_to_training=Answer.NO,
    )


def wishes(**otherwise):
    """What she has at home."""
    equipment = r.Equipment(things=("wall", "chair", "mat"), kg=(Decimal(1), Decimal(2), Decimal(4)), bands=3)
    return r.Wished(**({"equipment": equipment, "goal": "daily"} | otherwise))


def findings(*, angle="6", reps="13", pain="1"):
    """A right hip that is short and weak; a left one that is neither."""
    angles = {Side.LEFT: Decimal(-12), Side.RIGHT: Decimal(angle)}
    trials = {Side.LEFT: Decimal(20), Side.RIGHT: Decimal(reps)}
    pains = {Side.LEFT: Decimal(0), Side.RIGHT: Decimal(pain)}
    return r.Findings(
        length=tuple(
            r.LengthTest(side=s, method="angle", readings=(angles[s],) * 3, pelvis_controlled=Answer.YES,
                         stopped_by=("stretch",), pain=pains[s])
            for s in SIDES
        ),
        strength=tuple(r.StrengthTest(side=s, method="reps", trials=(trials[s],), pain=pains[s]) for s in SIDES),
        holds=tuple(
            r.HoldTest(side=s, exercise=e, result="pass", compensations=(), pain=pains[s])
            for s in SIDES for e in ("E06", "E07")
        ),
        signs=(r.PainSigns(side=Side.RIGHT, resisted=Answer.YES, stretch=Answer.YES, tender=Answer.NO),),
    )  # fmt: skip


class Person:
    """One person at the desk; `at` is her clock."""

    def __init__(self, clinic, owner, *, at=FIRST):
        self.clinic = clinic
        self.at = at
        self.episode = clinic.open(owner, now=at, zone=ZONE)

    @property
    def knowledge(self):
        """What the clinic knows."""
        return self.clinic.knowledge

    @property
    def course(self):
        """Her course now."""
        return self.clinic.course(self.episode, now=self.at)

    def wait(self, **span):
        """Let time pass."""
        self.at += dt.timedelta(**span)
        return self

    def write(self, body):
        """Keep one fact."""
        return self.clinic.write(self.episode, body, now=self.at, zone=ZONE)

    def planned(self, *, taken=None, wished=None, found=None, **screen):
        """Everything up to the plan."""
        self.write(taken or intake())
        self.clinic.write_screen(self.episode, clear_answers(self.knowledge, **screen), now=self.at, zone=ZONE)
        self.write(wished or wishes())
        self.write(r.Tested(findings=found or findings()))
        self.clinic.make_plan(self.episode, now=self.at, zone=ZONE)
        return self

    def told(self, *, left="0", right="1", limp="no", **otherwise):
        """How she is before a session."""
        said = DayTold(
            now={Side.LEFT: Decimal(left), Side.RIGHT: Decimal(right)},
            limp=Answer(limp),
            answers=mini_answers(self.knowledge, **otherwise),
            recovered=Answer.YES,
            news=(),
        )
        return self.clinic.write_day(self.episode, said, now=self.at, zone=ZONE)

    def screened(self, **otherwise):
        """The full safety check once more, today's pain told first."""
        said = DayTold(
            now={Side.LEFT: Decimal(0), Side.RIGHT: Decimal(1)}, limp=Answer.NO, answers={}, for_session=False
        )
        self.clinic.write_day(self.episode, said, now=self.at, zone=ZONE)
        self.clinic.write_screen(self.episode, clear_answers(self.knowledge, **otherwise), now=self.at, zone=ZONE)
        return self

    def ready(self):
        """Go on to when a session may begin, with a full safety check where the last one has ended."""
        while not isinstance(today := self.clinic.today(self.course, now=self.at), Session):
            if isinstance(today, Rest):
                self.at = max(today.until, self.at).replace(hour=18) + dt.timedelta(hours=1)
            elif "screen" in today.asks:
                self.screened()
            else:
                raise AssertionError(f"no session to come: {today}")
        return self

    def begun(self, **told):
        """A session, its questions answered."""
        self.told(**told)
        self.clinic.begin(self.episode, session=new_id(), now=self.at, zone=ZONE)
        return self.course.open.done.session

    def did(self, place, number, *, pain="1", seen=(), signs=(), effort="4"):
        """One set."""
        item = self.course.open.done.shown.items[place]
        sides = SIDES if item.side == "both" else (Side(item.side),)
        body = r.SetDone(session=self.course.open.done.session, item=place, number=number, did="all",
                         pain=dict.fromkeys(sides, Decimal(pain)), compensations=seen, signs=signs, effort=Decimal(effort),
                         load=item.load)  # fmt: skip
        return self.clinic.log_set(self.episode, body, now=self.wait(seconds=90).at, zone=ZONE, entry_id=new_id())

    def trained(self, *, pain="1", after="1", morning="1", settled="yes", told=None, seen=(), effort="4"):
        """A whole session and the morning after it; `morning=None` leaves that open."""
        session = self.begun(**(told or {}))
        for place, item in enumerate(self.course.open.done.shown.items):
            for number in range(1, item.dose.sets + 1):
                self.did(place, number, pain=pain if item.slot > 1 else "0", seen=seen if item.slot == 4 else ())
        self.clinic.end(self.episode, after={Side.LEFT: Decimal(0), Side.RIGHT: Decimal(after)}, effort=Decimal(effort), limp=Answer.NO,
                        now=self.at, zone=ZONE)  # fmt: skip
        if morning is not None:
            self.wait(hours=15)
            now = {Side.LEFT: Decimal(0), Side.RIGHT: Decimal(morning)}
            self.write(r.MorningAnswered(session=session, now=now, settled=Answer(settled), limp=Answer.NO))
        return self


def seed(sessions: int, clock: str) -> None:
    """Write this person into the data folder of the environment; her clock into the file of that name."""
    import django  # noqa: PLC0415 (only where no test has set it up)

    django.setup()
    from pathlib import Path  # noqa: PLC0415

    from psoas.storage.schema import bring_up  # noqa: PLC0415
    from psoas.web import desk  # noqa: PLC0415 (tables can be imported only once Django is set up)
    from psoas.web.models import Account  # noqa: PLC0415

    bring_up()
    owner = Account.objects.home_owner()
    owner.zone = ZONE
    owner.save()
    person = Person(desk.clinic(), owner.key).planned()
    for _ in range(sessions):
        person.ready().trained()
    Path(clock).write_text(person.ready().at.isoformat())


if __name__ == "__main__":
    import sys

    seed(int(sys.argv[1]), sys.argv[2])
