"""Without JavaScript: the whole way in a browser that runs no scripts; only the player is missing, and the page says so."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from web.walker import A_SET, AFTER, LEAVE, NEXT_MORNING, ONBOARDING, TODAY, Plain, Window, chromium, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MONDAY = dt.datetime(2026, 9, 7, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FIRST_PAGES = 4
DEAD = """() => [...document.querySelectorAll('main button[type=button], main [onclick], main a[href="#"]')]
  .filter(one => one.checkVisibility()).map(one => one.innerText)"""


class Her:
    """One browser without scripts, and the day as it goes on."""

    def __init__(self, window, plain, clock):
        self.window, self.plain, self.clock = window, plain, clock

    def go(self, path):
        """Open a page; nothing on it may need a script."""
        window = self.window.go(path)
        assert window.page.evaluate(DEAD) == [], f"{path} has a button that does nothing"
        return window


@pytest.fixture(scope="module")
def her(tmp_path_factory):
    """Somebody with a plan: the way to it was walked without scripts."""
    with served(tmp_path_factory.mktemp("plain"), at=MONDAY) as (link, clock), chromium() as browser:
        context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
        site = link.split("/enter")[0]
        window = Window(context.new_page(), site).go(link)
        window.quick = True
        plain = Plain(site)
        plain.take_cookies(context.cookies())
        person = Her(window, plain, clock)
        to_the_plan(person)
        yield person


def to_the_plan(her):
    """By the browser's own controls at the first pages of each room, by the same forms at the others."""
    window = her.window.press("Start with the safety questions")
    rooms = Counter()
    while (room := window.path.split("/")[1]) in ONBOARDING:
        rooms[room] += 1
        if rooms[room] > FIRST_PAGES:
            her.plain.go(window.path).send(ONBOARDING[room], press="next")
            window.go(her.plain.path)
            continue
        assert window.page.evaluate(DEAD) == [], f"{window.path} has a button that does nothing"
        window.send(ONBOARDING[room], press="Next")
    assert window.path == "/profile/"
    window.press("See the plan").press("Begin this plan")
    assert window.path == "/today/"


def test_a_session_is_done_by_hand_and_the_page_says_why(her):
    """The session page says that the player needs JavaScript; every set is kept by its form, to the end and the next morning."""
    window = her.go("/today/").press("Start").send(TODAY, press="Start the session")
    assert "JavaScript" in window.text
    assert not window.page.locator("#player").is_visible()
    assert window.page.locator(".steps li").first.is_visible()
    her.plain.go("/session/")
    sets = 0
    while her.plain.path == "/session/":
        form = her.plain.form("/session/set/")
        load = form.questions["load"].options[0] if "load" in form.questions else LEAVE
        if sets in (0, 5):
            window.go("/session/").answer(A_SET | {"load": load}).press("Keep this set")
            her.plain.go("/session/")
        else:
            her.plain.send(A_SET | {"load": load}, action="/session/set/")
        sets += 1
    assert sets > 8
    window.go("/session/end/").send(AFTER, press="Finish")
    assert window.h1 == f"Done: {sets} sets kept"
    her.clock.next_day(8)
    her.go("/today/").press("How is it since the session?").send(NEXT_MORNING, press="Keep this")
    assert window.path.startswith("/decisions/")
    assert window.page.locator("a[href^='/rules/']").count()


def test_plan_record_and_settings_work(her):
    """Swap and switch with what they change shown before, a correction with what it changes, the colours, the quiz."""
    window = her.go("/plan/")
    other = "Bird dog on the forearms"
    window.page.locator("details", has_text=other).last.locator("summary").click()
    window.press(other)
    assert f"done as: {other}" in window.text
    window.go("/plan/?as=five-move@2026-11-01").press("Change to Five moves")
    assert "Five moves" in window.text
    window.go("/settings/").answer({"theme": "dark", "zone": LEAVE}).page.locator("main form button").first.click()
    assert window.page.locator("html").get_attribute("data-theme") == "dark"
    her.go("/record/").page.get_by_role("link", name=re.compile("^Correct ?: What hurts")).first.click()
    window.send({"worst_right": "5"}, press="See what it changes").press("Write the correction")
    assert "Corrected later" in window.text
    her.go("/quiz/").page.locator("main form label").first.click()


def test_no_page_has_a_button_that_does_nothing(her):
    """Every page of the course and of what is to be learned, without a script."""
    for path in PAGES:
        window = her.go(path)
        assert window.h1, path
        width = window.page.evaluate("document.documentElement.scrollWidth")
        assert width <= window.page.viewport_size["width"], path
    assert her.window.said == []


PAGES = (
    "/", "/today/", "/today/how/", "/plan/", "/profile/", "/progress/", "/record/", "/record/import/", "/record/erase/",
    "/decisions/", "/week/", "/form/", "/check/", "/change/", "/leave/", "/settings/", "/patterns/", "/learn/",
    "/learn/stretching/", "/quiz/", "/exercises/", "/exercises/E06/", "/rules/", "/rules/PR1/", "/rules/numbers/",
    "/sources/", "/safety/", "/tests/methods/",
)  # fmt: skip
