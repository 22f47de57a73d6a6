"""A phone at a session: a browser without a window, a Psoas with somebody's course in it, and what she presses."""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from web import walker

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
NOES = ("mini_TE1", "mini_TE2", "mini_TE3", "mini_TE10", "mini_TU1", "mini_TU2", "limp_now", "night_pain_new")


@pytest.fixture(scope="module")
def chromium():
    """A browser without a window."""
    with walker.chromium() as browser:
        yield browser


def environment_of(folder):
    """Where a Psoas in this folder keeps its data and reads its clock."""
    paths = os.pathsep.join([str(ROOT / "src"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    return os.environ | {"PSOAS_DATA": str(folder / "data"), "PSOAS_CLOCK": str(folder / "clock"), "PYTHONPATH": paths}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """The data of somebody with four sessions behind her."""
    return seed(tmp_path_factory.mktemp("seeded"), sessions=4)


def seed(folder, *, sessions):
    """The data of somebody with so many sessions behind her, in this folder."""
    (folder / "data").mkdir()
    environment = environment_of(folder) | {"DJANGO_SETTINGS_MODULE": "psoas.web.settings"}
    program = [sys.executable, str(HERE / "courses.py"), str(sessions), environment["PSOAS_CLOCK"]]
    subprocess.run(program, env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def served(seeded, chromium):
    """A running Psoas with her course in it."""
    with running(seeded, chromium) as found:
        yield found


@contextmanager
def running(folder, chromium):
    """A running Psoas of this folder: the address, and the cookies of whoever came in by the link."""
    environment = environment_of(folder)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "psoas", "serve", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        link = process.stdout.readline().split()[-1]
        context = chromium.new_context()
        context.new_page().goto(link)
        try:
            yield link.split("/enter")[0], context.storage_state()
        finally:
            context.close()
            process.terminate()


@pytest.fixture
def site(served, seeded):
    """The same course as nobody has gone on with it: a copy of the episode, which is then the newest."""
    begin_anew(seeded)
    return served


def begin_anew(folder):
    """The seeded episode once more under new ids; the pages show the newest."""
    database = folder / "data" / "psoas.db"
    with closing(sqlite3.connect(database, timeout=20)) as rows, rows:
        first, owner, opened = rows.execute(
            "SELECT id, owner, opened FROM storage_episode ORDER BY opened LIMIT 1"
        ).fetchone()
        count = rows.execute("SELECT COUNT(*) FROM storage_episode").fetchone()[0]
        names = [row[1] for row in rows.execute("PRAGMA table_info(storage_entry)")]
        episode = str(uuid.uuid4())
        later = dt.datetime.fromisoformat(opened) + dt.timedelta(seconds=count)
        rows.execute(
            "INSERT INTO storage_episode (id, owner, opened, erasing) VALUES (?, ?, ?, 0)",
            (episode, owner, later.isoformat()),
        )
        for row in rows.execute("SELECT * FROM storage_entry WHERE episode_id = ?", (first,)).fetchall():
            entry = dict(zip(names, row, strict=True)) | {"id": str(uuid.uuid4()), "episode_id": episode}
            marks = ", ".join("?" for _ in names)
            rows.execute(f"INSERT INTO storage_entry ({', '.join(names)}) VALUES ({marks})", list(entry.values()))  # noqa: S608
        rows.execute("DELETE FROM web_draft")


def window(chromium, site, **rest):
    """A page of this site whose console is heard."""
    address, state = site
    rest = {"viewport": {"width": 390, "height": 844}, "bypass_csp": True, "base_url": address} | rest
    context = chromium.new_context(storage_state=state, **rest)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    return page


def held(page):
    """From here on time passes in this page only when the test lets it."""
    page.clock.install(time=dt.datetime(2026, 9, 21, 17, 0, tzinfo=dt.UTC))
    page.clock.pause_at(dt.datetime(2026, 9, 21, 17, 0, 1, tzinfo=dt.UTC))


def begin(page):
    """Answer the questions before the session."""
    page.goto("/session/start/")
    for name in NOES:
        page.locator(f"input[name={name}][value=no]").evaluate("one => one.click()")
    for name, value in (("recovered", "yes"), ("pain_left", "0"), ("pain_right", "1"), ("news", "none")):
        asked = page.locator(f"input[name={name}][value='{value}']")
        if asked.count() or name != "recovered":  # before the first session there is nothing to recover from
            asked.evaluate("one => one.click()")
    page.get_by_role("button", name="Start the session").click()
    page.wait_for_url("**/session/")


def press(page, words):
    """Press that button of the player."""
    page.locator("#player").get_by_role("button", name=words, exact=True).click()


def choose(scope, words):
    """Choose that answer."""
    scope.get_by_label(words, exact=True).first.check()


def answer(page, *, pain="0", keep=True):
    """Answer after a set: the pain of each side that worked, and that it was done whole and clean."""
    sheet = page.locator("#player .asks")
    for group in sheet.locator("fieldset:visible", has=page.locator(".options-scale")).all():
        choose(group, pain)
    if pain != "0":
        choose(sheet, "None of these, just an ache or a pull")
    if keep:
        page.locator("#player").get_by_role("button", name=re.compile("^All of it")).click()


def kept(page):
    """Wait until the server has everything."""
    page.locator(".player-status", has_text="Everything is kept").wait_for()
