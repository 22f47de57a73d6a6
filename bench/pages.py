"""What the pages cost: the whole site as a server calls it, on SQLite, without the network in between."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from measuring import Bench, wall_ms

MOMENT = "2026-11-21T09:30:00+01:00"
PAGES = 40  # requests a round
HURTS = {"left": 0, "right": 1}
SIDES_OF = {"left": ("left",), "right": ("right",), "both": ("left", "right")}


class Site:
    """The site over a data folder of its own, at a moment that stands still, with the made-up people in it."""

    def __init__(self, folder: Path) -> None:
        clock = self.clock = folder / "clock"
        clock.write_text(MOMENT)
        os.environ.update(
            PSOAS_DATA=str(folder),
            PSOAS_CLOCK=str(clock),
            DJANGO_SETTINGS_MODULE="psoas.web.settings",
            TZ="Europe/Berlin",
        )
        import django

        django.setup()
        from psoas.storage import schema
        from psoas.web import demonstration, wsgi

        schema.bring_up()
        demonstration.fill()
        self.app = wsgi.make()
        self.people = dict(
            zip(("Mara", "Jonas", "Ines"), (account for _, account in demonstration.accounts()), strict=True)
        )
        self.cookie = ""

    def enter(self, name: str) -> None:
        """Go on as this person."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(self.people[name])
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    def later(self, *, minutes: int) -> None:
        """So many minutes after the moment."""
        self.clock.write_text((dt.datetime.fromisoformat(MOMENT) + dt.timedelta(minutes=minutes)).isoformat())

    def call(self, path: str, *, body: bytes | None = None, kind: str = "", token: str = "") -> tuple[str, bytes]:
        """One request, answered whole: status and body."""
        answered: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET" if body is None else "POST", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8347", "HTTP_HOST": "127.0.0.1:8347", "HTTP_COOKIE": self.cookie, "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_LENGTH": str(len(body or b"")), "CONTENT_TYPE": kind, "HTTP_X_CSRFTOKEN": token, "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ORIGIN": "http://127.0.0.1:8347", "wsgi.input": io.BytesIO(body or b""), "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        parts = self.app(environ, lambda status, *_: answered.append(status))
        text = b"".join(parts)
        getattr(parts, "close", lambda: None)()
        return answered[0], text


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    from django.db import connection

    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def measure(bench: Bench) -> None:
    """All claims about the pages."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        _today(bench, site)
        _sets(bench, site)


def _today(bench: Bench, site: Site) -> None:
    """Today's page: looked at for the first time in its minute, when the decisions due are worked out, and again."""
    site.enter("Mara")
    status, page = site.call("/today/")
    assert status.startswith("200"), status
    minutes = count(1)

    def a_minute_later() -> None:
        site.later(minutes=next(minutes))

    size = f"{len(page) // 1000} kB of HTML, before compression"
    fresh = bench.cpu_ms(lambda: site.call("/today/"), number=PAGES, before=a_minute_later)
    site.later(minutes=0)
    again = bench.cpu_ms(lambda: site.call("/today/"), number=PAGES)
    bench.add("today's page: processor time, first look", unit="ms", rounds=fresh, target=3.0, note=size)
    bench.add("today's page: processor time, again that minute", unit="ms", rounds=again, target=3.0, note=size)
    rate = tuple(1000 / each for each in fresh)
    bench.add("today's page: first looks per second and core", unit="/s", rounds=rate, target=300, at_least=True)
    with statements() as sent:
        site.call("/today/")
    bench.add("today's page: statements", unit="", rounds=(float(len(sent)),), target=6)
    note = "as the browser fetches it, not compressed"
    bench.add("today's page: script", unit="kB", rounds=(_script_kb(site, page),), target=50, note=note)


def _script_kb(site: Site, page: bytes) -> float:
    addresses = re.findall(rb'<script[^>]* src="([^"]+)"', page)
    return sum(len(site.call(address.decode())[1]) for address in addresses) / 1000


# ---- a set


def _sets(bench: Bench, site: Site) -> None:
    """Every set of a session of the person on course, sent as the player sends it; each round begins the day anew."""
    cpu: list[float] = []
    walls: list[float] = []
    counts: set[int] = set()
    for _ in range(bench.rounds):
        token, sent = _begun(site)
        begin = time.process_time()
        walls += [wall_ms(partial(_log, site, body, token)) for body in sent]
        cpu.append((time.process_time() - begin) * 1000 / len(sent))
    token, sent = _begun(site)
    for body in sent:
        with statements() as asked:
            _log(site, body, token)
        counts.add(len(asked))
    note = f"{len(sent)} sets a round, each with its decisions and what comes next, forced to disk"
    bench.add("a set over HTTP: processor time", unit="ms", rounds=tuple(cpu), target=3.0, note=note)
    bench.add(
        "a set over HTTP: statements in all",
        unit="",
        rounds=(float(max(counts)),),
        target=8,
        note=f"from {min(counts)} to {max(counts)}",
    )
    walls.sort()
    bench.add(
        "a set to the new decision and plan: median",
        unit="ms",
        rounds=(statistics.median(walls),),
        target=5.0,
        note="on the wall clock",
    )
    bench.add(
        "a set to the new decision and plan: 99 %", unit="ms", rounds=(walls[int(len(walls) * 0.99)],), target=15.0
    )


def _log(site: Site, body: bytes, token: str) -> None:
    status, text = site.call("/session/log/set/", body=body, kind="application/json", token=token)
    assert status.startswith("200"), (status, text[:300])


def _begun(site: Site) -> tuple[str, list[bytes]]:
    """The day anew, a session begun, and each of its sets as the player would send it; the form token with them."""
    from psoas.pathway.writing import DayTold
    from psoas.storage.ids import new_id
    from psoas.terms import Answer, Side
    from psoas.web import demonstration, desk

    demonstration.fill()
    site.enter("Mara")
    clinic, now, zone = desk.clinic(), dt.datetime.fromisoformat(MOMENT), "Europe/Berlin"
    episode = desk.journal().episodes(site.people["Mara"].key)[0].id
    daily = {q.id: "no" for q in clinic.knowledge.questions.values() if q.mini}
    told = DayTold(now={Side.LEFT: 0, Side.RIGHT: 1}, limp=Answer.NO, answers=daily, recovered=Answer.YES, news=())  # type: ignore[dict-item]
    clinic.write_day(episode, told, now=now, zone=zone)
    session = new_id()
    course = clinic.begin(episode, session=session, now=now, zone=zone)
    assert course.open is not None
    sent = [
        {"entry": new_id(), "session": session, "item": place, "number": number, "did": "all", "pain": {side: HURTS[side] for side in SIDES_OF[item.side]},
         "seen": [], "signs": [], "effort": 8}
        for place, item in enumerate(course.open.done.shown.items) for number in range(1, item.dose.sets + 1) if not item.trial
    ]  # fmt: skip
    page = site.call("/session/")[1].decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page) or re.search(
        r'data-(?:csrf|token)="([^"]+)"', page
    )
    assert found, page[:2000]
    return found[1], [json.dumps(each).encode() for each in sent]
