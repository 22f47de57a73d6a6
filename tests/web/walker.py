"""A person at the pages: she reads the questions a page asks and answers them, with a browser or with plain forms.

Answers are said by the name of the question; `*` stands for any letters, and the first that fits is taken. A question
without an answer ends the walk: nothing is ever filled in for her.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from web.answers import (
    A_CHECK,
    A_SET,
    AFTER,
    LEAVE,
    NEXT_MORNING,
    NO_WARNING_SIGN,
    ONBOARDING,
    SORE_RIGHT_HIP,
    TESTS,
    THE_WEEK,
    TODAY,
    WISHES,
    Answers,
    said,
)
from web.reading import Form, Reading

__all__ = [
    "AFTER",
    "A_CHECK",
    "A_SET",
    "FLAGS",
    "HERE",
    "LEAVE",
    "NEXT_MORNING",
    "NO_WARNING_SIGN",
    "ONBOARDING",
    "PORT",
    "ROOT",
    "SORE_RIGHT_HIP",
    "TESTS",
    "THE_WEEK",
    "TODAY",
    "WISHES",
    "Answers",
    "Clock",
    "Plain",
    "Window",
    "chromium",
    "said",
    "served",
    "with_a_course",
]  # fmt: skip
ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PORT = 8500  # the first to be tried; where it is taken the server takes the next
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


# ---- the server and its clock


class Clock:
    """The server's now, in a file."""

    def __init__(self, path: Path, *, at: dt.datetime) -> None:
        self.path = path
        self.set(at)

    def set(self, at: dt.datetime) -> None:
        """Now is this instant."""
        self.at = at
        late = self.path.with_suffix(".new")
        late.write_text(at.isoformat())
        late.replace(self.path)  # a reader never finds half an instant

    def wait(self, **span: float) -> None:
        """Let time pass."""
        self.set(self.at + dt.timedelta(**span))

    def next_day(self, hour: int) -> None:
        """The next morning or evening."""
        day = self.at + dt.timedelta(days=1)
        self.set(day.replace(hour=hour, minute=0, second=0))


@contextmanager
def served(folder: Path, *, at: dt.datetime, port: int = PORT) -> Iterator[tuple[str, Clock]]:
    """A running Psoas with the data of that folder, empty at first: its one-time link and its clock."""
    clock = Clock(folder / "now", at=at)
    environment = os.environ | {
        "PSOAS_DATA": str(folder / "data"),
        "PSOAS_CLOCK": str(clock.path),
        "PYTHONPATH": str(ROOT / "src"),
        "TZ": "Europe/Berlin",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "psoas", "serve", "--no-open", "--port", str(port)]
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment) as process,
    ):
        try:
            line = process.stdout.readline()
            assert line.startswith("Psoas is at http://127.0.0.1:"), (folder / "server.log").read_text()
            yield line.split()[-1], clock
        finally:
            process.terminate()


def with_a_course(folder: Path, *, sessions: int) -> dt.datetime:
    """Write the record of somebody with a plan and so many sessions into this folder; the instant at which it ends."""
    (folder / "data").mkdir(parents=True)
    environment = os.environ | {
        "PSOAS_DATA": str(folder / "data"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(HERE.parent)]),
        "DJANGO_SETTINGS_MODULE": "psoas.web.settings",
    }
    program = [sys.executable, str(HERE / "courses.py"), str(sessions), str(folder / "ends")]
    subprocess.run(program, env=environment, check=True)
    return dt.datetime.fromisoformat((folder / "ends").read_text())


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window; without one nothing was tested, and that is no success."""
    program = os.environ.get("PSOAS_CHROMIUM")
    if not program:
        pytest.fail("PSOAS_CHROMIUM names no browser. Run the tests with python3 dev.py test, which finds one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


# ---- without a browser


class Plain:
    """She uses a browser that knows no JavaScript."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor())
        self.url, self.status, self.html = "", 0, ""
        self.seen: set[str] = set()
        self.requests = 0

    def take_cookies(self, cookies: list[dict]) -> None:
        """Come in as the browser that has these cookies."""
        words = "; ".join(f"{each['name']}={each['value']}" for each in cookies)
        self.opener.addheaders = [("Cookie", words)]

    def go(self, path: str) -> Plain:
        """Open a page."""
        return self._ask(Request(urljoin(self.site, path)))  # noqa: S310

    def post(self, path: str, pairs: list[tuple[str, str]]) -> Plain:
        """Send a form."""
        data = urlencode(pairs).encode()
        return self._ask(Request(urljoin(self.site, path), data=data, headers={"Origin": self.site}))  # noqa: S310

    def _ask(self, request: Request) -> Plain:
        self.requests += 1
        try:
            with self.opener.open(request, timeout=60) as answer:
                self._keep(answer)
        except HTTPError as error:
            with error:
                self._keep(error)
        return self

    def _keep(self, answer) -> None:
        self.url, self.status = answer.geturl(), answer.status
        self.html = answer.read().decode()
        self.__dict__.pop("page", None)
        self.seen.add(self.path)

    @cached_property
    def page(self) -> Reading:
        """The page as it is read: only where somebody looks, for that is slow."""
        return Reading(self.html)

    @property
    def path(self) -> str:
        """Where she is."""
        return urlsplit(self.url).path

    @property
    def text(self) -> str:
        """All words of the page, in one line."""
        return " ".join(unescape(" ".join(self.page.words)).split())

    @property
    def errors(self) -> str:
        """What the page says is wrong with the answers."""
        found = re.search(r'id="errors".*?</div>', self.html, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""

    def record(self) -> list[dict]:
        """Every entry of her record, as the export gives it; she stays where she is."""
        request = Request(urljoin(self.site, "/record/export/"))  # noqa: S310
        with self.opener.open(request, timeout=60) as answer:
            text = answer.read().decode()
        return json.loads(text)["entries"] if answer.headers["Content-Type"] == "application/json" else []

    def form(self, action: str = "") -> Form:
        """The form of the page that is sent there; the first one where none is named."""
        posts = [each for each in self.page.forms if each.method == "post"]
        fitting = [each for each in posts if not action or each.action == action]
        assert fitting, f"no form {action} on {self.path}: {self.text[:300]}"
        return fitting[0]

    def send(self, answers: Answers | None = None, *, press: str = "", action: str = "", wrong: bool = False) -> Plain:
        """Answer the form and press a button, by its value or words; the page that comes must not complain."""
        form = self.form(action)
        pairs = self.filled(form, answers or {})
        if press:
            fitting = [each for each in form.buttons if press in (each[1], each[2])]
            assert fitting, f"no button {press!r} on {self.path}, only {form.buttons}"
            pairs += [(fitting[0][0], fitting[0][1])] if fitting[0][0] else []
        came_from = self.path
        self.post(form.action or self.url, pairs)
        assert self.status < 400, f"{self.status} after {came_from}: {self.text[:300]}"
        assert wrong == bool(self.errors), f"{came_from}: {self.errors or 'no error'}"
        return self

    def filled(self, form: Form, answers: Answers) -> list[tuple[str, str]]:
        """The pairs of names and values that a browser would send."""
        pairs: list[tuple[str, str]] = []
        for name, asked in form.questions.items():
            if asked.kind == "hidden":
                pairs.append((name, asked.value))
                continue
            value = said(name, answers)
            if value is None and (asked.chosen or asked.value):
                value = asked.chosen or asked.value
            if value is None and asked.kind in ("radio", "checkbox"):
                raise AssertionError(f"{self.path} asks {name} ({asked.label}) of {asked.options}: no answer")
            pairs += _pairs(name, asked, value, self.path)
        return pairs


def _pairs(name, asked, value, path):
    if value is LEAVE or value is None:
        return []
    values = [str(each) for each in (value if isinstance(value, (list, tuple)) else [value])]
    if asked.options:
        assert set(values) <= set(asked.options), f"{path}: {name} offers {asked.options}, not {values}"
    return [(name, each) for each in values]


# ---- with a browser


_ASKED = """() => [...document.querySelectorAll('main form input, main form select, main form textarea')]
  .filter(one => one.type !== 'hidden' && one.checkVisibility({visibilityProperty: false}))
  .map(one => [one.name, one.tagName === 'SELECT' ? 'select' : one.type, one.value, one.checked === true])"""


class Window:
    """She uses a browser; every tap and every letter is counted."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.taps = 0
        self.letters = 0
        self.pages = 0
        self.quick = False  # tap through the page's own script instead of at the place on the screen
        page.set_default_timeout(30_000)  # a busy machine is slow, not broken
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        page.on("framenavigated", self._moved)

    def _moved(self, _frame) -> None:
        self.pages += 1

    def go(self, path: str) -> Window:
        """Open a page."""
        self.page.goto(urljoin(self.site, path))
        return self

    @property
    def path(self) -> str:
        """Where she is."""
        return urlsplit(self.page.url).path

    @property
    def h1(self) -> str:
        """The heading of the page."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """All words to be seen."""
        return " ".join(self.page.locator("main").inner_text().split())

    def answer(self, answers: Answers) -> Window:
        """Answer every question of the page that she has an answer to; what is folded away, such as more readings, too."""
        self.page.evaluate("document.querySelectorAll('main form details').forEach(one => { one.open = true })")
        done = set()
        for name, kind, value, checked in self.page.evaluate(_ASKED):
            wanted = said(name, answers)
            if wanted is None or wanted is LEAVE:
                continue
            values = [str(each) for each in (wanted if isinstance(wanted, (list, tuple)) else [wanted])]
            if kind in ("radio", "checkbox"):
                if value in values and not checked:
                    self._tick(name, value)
            elif name not in done:
                self._type(name, kind, values[0])
            done.add(name)
        return self

    def _tick(self, name: str, value: str) -> None:
        self.taps += 1
        control = self.page.locator(f'main form [name="{name}"][value="{value}"]').first
        if self.quick:
            control.evaluate("one => one.closest('label').click()")
            return
        control.locator("xpath=ancestor::label").click()
        assert control.is_checked(), f"{self.path}: {name}={value} is not chosen by a tap on its words"

    def _type(self, name: str, kind: str, value: str) -> None:
        self.taps += 1
        control = self.page.locator(f'main form [name="{name}"]').first
        if kind == "select":
            control.select_option(value)
            return
        self.letters += len(value)
        control.fill(value)

    def press(self, words: str) -> Window:
        """Press the button or follow the link with these words."""
        self.taps += 1
        button = self.page.locator("main").get_by_role("button", name=words, exact=True)
        target = button if button.count() else self.page.locator("main").get_by_role("link", name=words, exact=True)
        target.first.click()
        return self

    def send(self, answers: Answers | None = None, *, press: str) -> Window:
        """Answer the page and press a button; the page that comes must not complain."""
        came_from = self.path
        self.answer(answers or {}).press(press)
        self.page.wait_for_load_state()
        wrong = self.page.locator("#errors")
        assert not wrong.count(), f"{came_from}: {wrong.first.inner_text()}"
        return self
