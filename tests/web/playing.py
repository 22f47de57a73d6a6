"""The player of a session in a test's hand: its phase, its clock, its questions and what is answered to them."""

from __future__ import annotations

import re

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TookTooLong

PLAYER = (  # the question, by its first words, and her answer
    ("Did you do the whole set", "All of it"),
    ("Pain in your left", "0"),
    ("Pain in your right", "1"),
    ("Pain", "1"),
    ("What was the pain like", "None of these, just an ache or a pull"),
    ("Did you see one of these", "None seen"),
    ("How hard was it", "4"),
)


def phase_of(page: Page) -> str:
    """The phase of the player on this page; nothing where there is none, as when the last set leads away from it."""
    player = page.locator("#player")
    if not player.count():
        return ""
    try:
        return player.get_attribute("data-phase", timeout=1000) or ""
    except TookTooLong:
        return ""


class Player:
    """The player of a session, its clock in our hand."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("#player")
        page.clock.install()

    def press(self, words: str) -> Player:
        """Press one of the player's buttons."""
        self.root.get_by_role("button", name=words, exact=True).click()
        return self

    def wait(self, seconds: float) -> Player:
        """Let the player's clock run."""
        self.page.clock.run_for(int(seconds * 1000))
        return self

    @property
    def phase(self) -> str:
        """Which phase it is in: intro, ready, work, rest, sheet; nothing where the page is just being left."""
        return phase_of(self.page)

    @property
    def heading(self) -> str:
        """What it is about."""
        return self.root.locator("h2").first.inner_text()

    def until(self, phase: str, *, most: int = 600) -> int:
        """Let time pass until that phase; how many seconds it took."""
        for second in range(most):
            if self.phase == phase:
                return second
            self.wait(1)
        raise AssertionError(f"{most} seconds of {self.phase}, and no {phase}")

    def say(self, answers: tuple[tuple[str, str], ...] = PLAYER) -> Player:
        """Answer every question of the sheet, those included that an answer brings up."""
        told: set[str] = set()
        for _ in range(12):
            asked = [one for one in self.root.locator("fieldset:visible").all() if self._legend(one) not in told]
            if not asked:
                return self
            legend = self._legend(asked[0])
            told.add(legend)
            answer = next((words for start, words in answers if legend.startswith(start)), None)
            options = asked[0].locator("label")
            (options.filter(has_text=re.compile(f"^{re.escape(answer)}$")) if answer else options).first.click()
        raise AssertionError("the sheet never ends")

    @staticmethod
    def _legend(one) -> str:
        return one.locator("legend").inner_text()

    def keep(self) -> dict:
        """Send the set; what the server says to it."""
        with self.page.expect_response("**/session/log/set/") as answer:
            self.done()
        return answer.value.json()

    def done(self) -> Player:
        """The set was done whole, and clean."""
        self.root.get_by_role("button", name=re.compile("^All of it")).click()
        return self
