"""Three devices without a connection, in any order, repeated, with answers lost and the plan changed meanwhile: all converge.

Each schedule runs against the real database and the addresses that a device calls. A device keeps its letters in order
and drops one only when it has an answer; a request may arrive without its answer, late, and again long after.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from psoas.pathway import record as r
from psoas.pathway.course import course_of
from psoas.pathway.replay import audit
from psoas.pathway.writing import DayTold
from psoas.storage.ids import new_id
from psoas.terms import BOTH, Answer, Side
from psoas.web import desk
from psoas.web.visit import _looks as looks
from web.courses import ZONE, Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCHEDULES = 500
DEVICES = 3
RED = ({"pain": 7}, {"signs": ["sharp"]})


class Device:
    """A phone with its queue: letters wait in order, each until its answer has come."""

    def __init__(self, chance: random.Random, session: r.SessionBegun) -> None:
        self.chance = chance
        self.session = session
        self.letters: list[tuple[str, dict]] = []
        self.sent: list[tuple[str, dict]] = []  # every request that ever left: the line may deliver it again
        self.told: list[dict] = []
        self.sets: list[str] = []
        self.taken_back: list[str] = []
        self.red = False

    def _letter(self, kind: str, **body) -> str:
        entry = new_id()
        self.letters.append((f"/session/log/{kind}/", {"entry": entry, "session": self.session.session, **body}))
        return entry

    def does(self, what: str) -> None:
        """Something done without asking anybody."""
        place = self.chance.randrange(len(self.session.shown.items))
        if what == "skip":
            self._letter("skip", item=place, why=self.chance.choice(["tired", "time", "equipment"]))
        elif what == "undo" and self.sets:
            taken = self.sets.pop()
            self.taken_back.append(taken)
            self._letter("undo", set=taken)
        elif what in ("set", "red"):
            self._set(place, **(self.chance.choice(RED) if what == "red" else {"pain": self.chance.randrange(6)}))

    def _set(self, place: int, *, pain: int = 1, signs: list[str] | None = None) -> None:
        item = self.session.shown.items[place]
        sides = ["left", "right"] if item.side == BOTH else [item.side]
        entry = self._letter("set", item=place, number=self.chance.randint(1, item.dose.sets), did="all",
                             pain=dict.fromkeys(sides, pain), seen=[], signs=signs or [], effort=None, load="")  # fmt: skip
        if pain > 5 or signs:
            self.red = True
        else:
            self.sets.append(entry)

    def ends(self, at: dt.datetime) -> None:
        """The last questions."""
        after = {"left": self.chance.randrange(4), "right": self.chance.randrange(4)}
        self._letter("end", at=at.isoformat(), after=after, limp="no", effort=self.chance.randrange(10))

    def sends(self, post, *, lost: bool) -> None:
        """The first letter goes out; without an answer it stays the first."""
        letter = self.letters[0]
        self.sent.append(letter)
        reply = post(*letter)
        if not lost and not reply.get("again"):
            self.told.append(reply)
            self.letters.pop(0)


class Evening:
    """One schedule: three devices with the same session, a desk, and what else happens."""

    def __init__(self, person: Person, chance: random.Random, clock: Path) -> None:
        self.person = person
        self.chance = chance
        self.clock = clock
        self.client = Client()
        self.client.force_login(desk_owner())
        self.began = next(
            e.body for e in reversed(person.clinic.record(person.episode)) if isinstance(e.body, r.SessionBegun)
        )
        self.devices = [Device(chance, self.began) for _ in range(DEVICES)]
        self.stopped = False
        self.refused: set[str] = set()  # sets that another device had kept already, and no worse

    def post(self, path: str, body: dict) -> dict:
        """One request that reaches the server."""
        self.person.wait(seconds=self.chance.randrange(1, 400))
        self.clock.write_text(self.person.at.isoformat())
        answer = self.client.post(path, json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, (path, body, answer.content)
        reply: dict = answer.json()
        if reply.get("already"):
            self.refused.add(body["entry"])
        return reply

    def lives(self) -> None:
        """What the devices do, what reaches the server and when, and what happens beside them."""
        for device in self.devices:
            for _ in range(self.chance.randrange(1, 6)):
                device.does(self.chance.choices(["set", "skip", "undo", "red"], weights=[8, 2, 2, 1])[0])
                if device.red:
                    break
            if self.chance.random() < 0.6:
                device.ends(self.person.at + dt.timedelta(minutes=self.chance.randrange(90)))
        meanwhile = self.chance.choices(
            [self.nothing, self.switches, self.is_stopped, self.next_day], weights=[4, 2, 2, 2]
        )[0]
        moment = self.chance.randrange(12)
        for step in range(400):
            if step == moment:
                meanwhile()
            waiting = [device for device in self.devices if device.letters]
            if not waiting and step > moment:
                return
            if waiting:
                self.chance.choice(waiting).sends(self.post, lost=self.chance.random() < 0.25)
            self.repeats()
        raise AssertionError("the queues never end")

    def repeats(self) -> None:
        """The line delivers something once more, whenever it was first sent."""
        sent = [letter for device in self.devices for letter in device.sent]
        if sent and self.chance.random() < 0.15:
            self.post(*self.chance.choice(sent))

    def nothing(self) -> None:
        """Nothing else."""

    def switches(self) -> None:
        """Another device changes the plan: her equipment is another, and so is the programme."""
        self.person.write(r.Wished(equipment=r.Equipment(things=("mat",)), goal="daily"))
        self.person.write(r.ProtocolAdopted(protocol="five-move@2026-11-01"))

    def is_stopped(self) -> None:
        """Another device tells of a warning sign."""
        self.person.wait(minutes=1)
        self.person.screened(saddle_numb="yes")
        self.stopped = True

    def next_day(self) -> None:
        """Nobody sends anything until the next day, when she says how she is on another device: the session is closed."""
        self.person.wait(hours=15)
        said = DayTold(
            now={Side.LEFT: Decimal(0), Side.RIGHT: Decimal(1)}, limp=Answer.NO, answers={}, for_session=False
        )
        self.person.clinic.write_day(self.person.episode, said, now=self.person.at, zone=ZONE)


def desk_owner():
    """The owner of the installation."""
    from psoas.web.models import Account  # noqa: PLC0415 (tables can be imported only once Django is set up)

    return Account.objects.home_owner()


def converges(evening: Evening) -> None:
    """What must hold once every queue is empty."""
    person = evening.person
    entries = person.clinic.record(person.episode)
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids))
    place = {key: n for n, key in enumerate(ids)}
    for device in evening.devices:
        kept = [
            body["entry"]
            for _, body in unique(device.sent)
            if body["entry"] in place and body["entry"] not in evening.refused
        ]
        assert kept == sorted(kept, key=place.__getitem__), "a device's entries are not in its order"
        told = {body["entry"] for path, body in device.sent if path.endswith(("/set/", "/end/"))}
        assert told - evening.refused <= set(ids), "something was lost"
    course = person.course
    again = course_of(entries, knowledge=person.knowledge)
    assert [sat.done.sets for sat in again.sats] == [sat.done.sets for sat in course.sats]
    _everything_counts(evening, course, set(ids))
    _a_stop_wins(evening, course)
    assert not audit(entries, knowledge=person.knowledge)


def unique(letters):
    """Each letter once, as it first left."""
    return list({body["entry"]: (path, body) for path, body in letters}.values())


def _everything_counts(evening: Evening, course, kept: set[str]) -> None:
    """Every set that was not taken back is in the session, wherever that stands now; the warm-up alone is none."""
    sats = [
        sat
        for sat in (*course.sats, *([course.open] if course.open else []))
        if sat.done.session == evening.began.session
    ]
    letters = [body for device in evening.devices for path, body in unique(device.sent) if path.endswith("/set/")]
    taken = {key for device in evening.devices for key in device.taken_back}
    standing = [body for body in letters if body["entry"] not in taken and body["entry"] in kept]
    shown = evening.began.shown.items
    worked = [body for body in standing if shown[body["item"]].slot > 1 and not shown[body["item"]].trial]
    if worked:
        assert len(sats) == 1
        counted = sorted((s.item, s.number) for s in sats[0].done.sets if not shown[s.item].trial)
        assert counted == sorted((b["item"], b["number"]) for b in standing if not shown[b["item"]].trial)


def _a_stop_wins(evening: Evening, course) -> None:
    """A red on any device, or a warning sign, and no device may go on; the session says why it ended."""
    if evening.stopped:
        assert course.stops
    if any(device.red for device in evening.devices) or evening.stopped:
        state = evening.client.get("/session/")
        assert state.status_code == 302 or "numb" in state.content.decode() or state.status_code in (200, 403)
        if state.status_code == 302:
            assert state.url in ("/session/end/", "/today/", "/screen/result/", "/session/close/")
        else:
            assert b'id="player"' not in state.content
    told = [trial.body.done for trial in course.trials if trial.body.done.session == evening.began.session]
    told += [one for sat in course.sats if sat.done.session == evening.began.session for one in sat.done.sets]
    if any(device.red for device in evening.devices) and course.sats:
        assert any(max(filter(None, one.pain.values()), default=0) > 5 or "sharp" in (one.signs or ()) for one in told)


@pytest.fixture
def evening_of(owner, settings, tmp_path):
    """Somebody with an open session; every schedule starts from it."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return lambda: Person(desk.clinic(), owner.key).planned()


def test_five_hundred_schedules_of_three_devices_converge(evening_of, tmp_path):
    """Nothing is lost, nothing doubled, each device's order kept, the fold of the record is the course, and a stop wins."""
    seen = {"red": 0, "stopped": 0, "late": 0, "refused": 0}
    person = evening_of()
    person.begun()
    before = person.at
    for number in range(SCHEDULES):
        with transaction.atomic():
            person.at = before
            evening = Evening(person, random.Random(number), tmp_path / "clock")  # noqa: S311
            try:
                evening.lives()
                converges(evening)
            except BaseException as error:
                error.add_note(f"schedule {number}")
                raise
            seen["red"] += any(device.red for device in evening.devices)
            seen["stopped"] += evening.stopped
            seen["refused"] += bool(evening.refused)
            seen["late"] += any(reply.get("late") for device in evening.devices for reply in device.told)
            transaction.set_rollback(True)
        forget(person)
    assert all(count > SCHEDULES / 20 for count in seen.values()), seen


def forget(person: Person) -> None:
    """What the process remembers of the course goes with the schedule."""
    person.clinic._folded.clear()
    looks.clear()
