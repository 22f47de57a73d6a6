"""A person walks from the one-time link to the end of her course: twelve weeks, with the pages alone telling her what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from web.playing import Player
from web.walker import (
    A_CHECK,
    A_SET,
    AFTER,
    NEXT_MORNING,
    ONBOARDING,
    THE_WEEK,
    TODAY,
    Clock,
    Plain,
    Window,
    chromium,
    served,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = dt.datetime(2026, 9, 7, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
LONGEST = 7 * 14  # the check of week 12 has been then, and a week of keeping it
SORE = range(21, 23)  # more pain in a session and the morning after it, then it settles
AWAY = range(50, 59)
HARD_ENOUGH = "7"  # two more repetitions would have gone
CALM, TRAIN = "Rest until", "Train today"
BETWEEN = dt.timedelta(hours=48)
LOOKED_AT = ("/plan/", "/profile/", "/progress/", "/record/", "/decisions/", "/learn/stretching/", "/exercises/E06/")
WAITS = (
    "/morning/",
    "/today/how/",
    "/check/",
    "/screen/",
    "/form/",
    "/week/",
    "/offers/easier-week/",
    "/session/close/",
)
PARTS = ("/check/answers/", "/today/how/", "/screen/", "/form/", "/tests/")
RETESTS = {  # by week: the height of the right knee in cm, and knee lifts of the right side
    4: ("71.5", "15"),
    6: ("71", "17"),
    8: ("69", "18"),
    12: ("66", "20"),
}


class Life:
    """Her twelve weeks: what she does each day, by what today's page says."""

    def __init__(self, *, window: Window, plain: Plain, clock: Clock) -> None:
        self.window, self.plain, self.clock = window, plain, clock
        self.begun: list[dt.datetime] = []
        self.decided: dict[str, str] = {}  # address -> its sentence
        self.rules: Counter[str] = Counter()
        self.ended = 0  # the day on which she had reached what she came for
        self.day = 0

    # ---- the way to the plan, in the browser

    def to_the_plan(self) -> None:
        """Every page from the welcome to the plan; the strength of the left side is left out on the way."""
        window = self.window
        window.press("Start with the safety questions")
        for _ in range(60):
            room = window.path.split("/")[1]
            if room not in ONBOARDING:
                break
            skip = window.path == "/tests/strength-left/"
            self.window.send({} if skip else ONBOARDING[room], press="Skip this test" if skip else "Next")
        assert window.path == "/profile/"
        assert window.h1 == "Your hips"
        window.press("See the plan")
        assert window.h1 == "Your twelve weeks"

    def check_the_plan(self) -> None:
        """The plan says where she starts and why, and each exercise its dose, reason and sources."""
        self.plain.go("/plan/")
        assert "Stage 2" in self.plain.text
        for words in ("Why it is here, and its sources", "Left out, and why", "Where you start, and why"):
            assert words in self.plain.text
        assert {"/rules/ST5/", "/rules/CL5/", "/rules/D22/"} <= set(self.plain.page.links)

    # ---- a day

    def live(self) -> None:
        """One day: in the morning everything that waits, in the evening a session where today is one."""
        self.clock.set((FIRST + dt.timedelta(days=self.day)).replace(hour=8))
        self.morning()
        self.clock.set(self.clock.at.replace(hour=18))
        self.evening()

    def morning(self) -> None:
        """Whatever today's page asks for."""
        done: list[str] = []
        for _ in range(8):
            self.plain.go("/today/")
            asked = next((link for link in self.waiting(WAITS) if link not in done), "")
            if not asked:
                break
            self.plain.go(asked)
            if self.plain.path == "/check/":
                asked = self.a_part_of_the_check() or asked
            self.answer_the_page()
            done += [] if asked in PARTS else [asked]
        self.plain.go("/today/")
        assert not self.waiting(WAITS), f"day {self.day}: {self.waiting(WAITS)} still wait after an answer"
        self.look_at_decisions()

    def waiting(self, ways: tuple[str, ...]) -> list[str]:
        """The links of the page that lead one of these ways."""
        return [link for link in self.plain.page.links if link.split("?")[0] in ways]

    def a_part_of_the_check(self) -> str:
        """Open the first part that is still to do."""
        left = self.waiting(PARTS)
        if left:
            self.plain.go(left[0])
        return left[0] if left else ""

    def answer_the_page(self) -> None:
        """Answer where she is, until it leads back."""
        for _ in range(60):
            answers = self.answers()
            if answers is None:
                break
            several = self.plain.path.split("/")[1] in ONBOARDING
            self.plain.send(answers, press="next" if several else "")

    def answers(self) -> dict | None:
        """What she says on this page today; nothing where it asks nothing more."""
        path = self.plain.path
        sore = self.day in SORE
        if path.startswith("/tests/"):
            week = min(RETESTS, key=lambda week: abs(week * 7 - self.day))
            knee, lifts = RETESTS[week]
            return ONBOARDING["tests"] | {"length_right_knee_?": knee, "strength_reps_right_1": lifts}
        if path.startswith("/screen/") and "result" not in path:
            return ONBOARDING["screen"]
        return {
            "/morning/": NEXT_MORNING | ({"pain_right": "3"} if sore else {}),
            "/today/how/": TODAY,
            "/week/": THE_WEEK,
            "/form/": {"good": "yes"},
            "/offers/easier-week/": {"wanted": "no"},
            "/check/answers/": A_CHECK,
            "/session/close/": {},
        }.get(path)

    def evening(self) -> None:
        """A session where today is one; and where it is not, none can be begun."""
        page = self.plain.go("/today/").page
        free = not self.begun or self.clock.at - self.begun[-1] >= BETWEEN
        assert free or page.h1.startswith(CALM), f"day {self.day}: {page.h1} {self.begun[-1]}"
        if page.h1 == TRAIN:
            self.train()
            return
        assert self.plain.go("/session/start/").path == "/today/"

    def train(self) -> None:
        """A whole session: the first begins in the player, all others are plain forms."""
        self.begun.append(self.clock.at)
        if len(self.begun) > 1:
            self.plain.go("/session/start/").send(TODAY)
        else:
            self.play(sets=4)
            self.plain.go("/session/")
        assert self.plain.path == "/session/", self.plain.text[:400]
        hurt = "4" if self.day in SORE else "1"
        for _ in range(90):
            if self.plain.path == "/session/again/":
                self.plain.send()
            if self.plain.path != "/session/":
                break
            self.clock.wait(seconds=90)
            self.plain.send(A_SET | {"pain_right": hurt} | self.loaded(), action="/session/set/")
        assert self.plain.path == "/session/end/", self.plain.text[:400]
        self.plain.send(AFTER)
        assert "sets kept" in self.plain.page.h1

    def loaded(self) -> dict:
        """The band she is told to use, and how hard it was with it; nothing where no load is used."""
        if "load" not in self.plain.form("/session/set/").questions:
            return {}
        told = re.search(r'<p class="row"><b>.*?</b><span>(?:band (\d)|the lightest band)', self.plain.html)
        assert told, f"no load is named, but asked for: {self.plain.text[:400]}"
        return {"load": f"band:{told[1] or 1}", "effort": HARD_ENOUGH}

    def play(self, *, sets: int) -> None:
        """The questions and some sets in the browser, by the player and its clock."""
        window = self.window.go("/today/").press("Start")
        window.send(TODAY, press="Start the session")
        player = Player(window.page)
        window.page.reload()  # the player's clock stands still from here on
        player.press("Begin")
        for number in range(sets):
            player.until("work")
            assert player.until("sheet") > 3, "a set was over at once"
            self.clock.wait(seconds=60)
            assert player.say().keep()["kept"], f"set {number}"
            window.page.wait_for_function("() => document.getElementById('player').dataset.phase !== 'sheet'")
        assert f"{sets} of" in window.page.locator(".player-bar").get_attribute("aria-label")
        window.page.clock.resume()

    # ---- what she does once

    def swap(self) -> None:
        """The bird dog on the forearms instead of the hands: the plan says so, and so does the next session."""
        window = self.window.go("/plan/")
        other = "Bird dog on the forearms"
        window.page.locator("details", has_text=other).last.locator("summary").click()
        window.press(other)
        assert window.path == "/plan/"
        assert f"done as: {other}" in window.text
        assert "Exercise swapped" in self.plain.go("/record/").text

    def correct(self) -> None:
        """A morning was mistyped: what it would have changed is shown first, then it is written."""
        window = self.window.go("/record/")
        window.page.get_by_role("link", name=re.compile("^Correct ?: The morning after")).first.click()
        window.page.get_by_role("button", name="See what it changes").wait_for()  # the link leads to another page
        window.send({"pain_right": "2"}, press="See what it changes")
        assert window.h1 == "What the correction changes"
        window.press("Write the correction")
        assert window.path == "/record/"
        assert "Corrected later" in window.text

    # ---- decisions

    def look_at_decisions(self) -> None:
        """Every new decision: one sentence, the rules, the sources, all of them to be opened."""
        for address in re.findall(r'href="(/decisions/\d+/)"', self.plain.go("/decisions/").html):
            if address not in self.decided:
                self.look_at(address)

    def look_at(self, address: str) -> None:
        """One decision."""
        plain = self.plain.go(address)
        assert plain.status == 200
        sentence = re.search(r'<p class="lede">(.*?)</p>', plain.html, re.DOTALL)
        assert sentence, f"{address} has no sentence"
        assert sentence[1].strip(), f"{address} has an empty sentence"
        rules = [link.split("/")[2] for link in plain.page.links if re.fullmatch(r"/rules/[A-Z][\w.]*/", link)]
        assert rules, f"{address} names no rule: {plain.text}"
        assert [link for link in plain.page.links if link.startswith("/sources/#")], f"{address} names no source"
        assert "{" not in plain.text, f"{address} says a word that was never filled in: {plain.text}"
        if "MA1" in rules and not self.ended:  # what keeps her hips in shape afterwards rests on it too
            self.ended = self.day
            assert plain.page.h1.startswith("You have reached what you came for")
        self.decided[address] = sentence[1].strip()
        self.rules.update(set(rules))

    # ---- the browser, every week

    def look_round(self, address: str) -> None:
        """A page in the browser: as wide as the screen, and nothing said in the console."""
        for path in ("/today/", address):
            self.window.go(path)
            assert self.window.h1
            page = self.window.page
            assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], path
        assert self.window.said == []


ONCE = {14: Life.swap, 32: Life.correct}


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """Her whole way, lived once: the tests ask what it was like."""
    with (
        served(tmp_path_factory.mktemp("walk"), at=FIRST) as (link, clock),
        chromium() as browser,
    ):
        context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
        site = link.split("/enter")[0]
        window = Window(context.new_page(), site).go(link)
        plain = Plain(site)
        plain.take_cookies(context.cookies())
        yield Life(window=window, plain=plain, clock=clock)


def test_twelve_weeks(life):
    """From the link to the end of the course and a week beyond, by what the pages say and offer."""
    life.to_the_plan()
    life.check_the_plan()
    life.window.press("Begin this plan")
    assert life.window.h1 == TRAIN
    for day in range(LONGEST):
        life.day = day
        if day in AWAY:
            continue
        life.live()
        if day % 7 == 0:
            life.look_round(LOOKED_AT[day // 7 % len(LOOKED_AT)])
        if day in ONCE:
            ONCE[day](life)
        if life.ended and day > life.ended + 8:
            break
    assert all(later - earlier >= BETWEEN for earlier, later in pairwise(life.begun))
    assert len(life.begun) >= 25
    assert life.rules.keys() >= {"D24", "HO3", "PR1", "PR4", "CP3", "RG1", "D26", "RG5", "PR5", "D70", "MA1"}
    assert 7 * 11 <= life.ended < 7 * 13, "the course ends at the check of week 12"
    assert any("stage 3 (Load) from now on" in sentence for sentence in life.decided.values())
    assert "Stage 3" in life.plain.go("/plan/").text
