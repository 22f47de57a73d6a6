"""By keyboard alone, from the one-time link to the first decision: no mouse, no tap, and it is always seen where she is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from web.playing import PLAYER, phase_of
from web.walker import (
    AFTER,
    LEAVE,
    NEXT_MORNING,
    ONBOARDING,
    TODAY,
    chromium,
    said,
    served,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MONDAY = dt.datetime(2026, 9, 7, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
FIRST_STOP = "Skip to the page"
MOST = 250  # steps through one page; whoever needs more is trapped

# What has the focus: what it is, where it stands in the document, and whether it can be seen.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const face = one.matches('.option input') ? one.parentElement.querySelector('.option-face') : one;
  const ringed = [face, one.closest('.card-link')].filter(Boolean)
    .some(each => getComputedStyle(each).outlineStyle !== 'none' && parseFloat(getComputedStyle(each).outlineWidth) >= 2);
  const parts = one.type === 'date';  // the browser marks the part of a date that is typed into
  const box = face.getBoundingClientRect();
  const x = box.x + Math.min(box.width / 2, 12), y = box.y + box.height / 2;
  const there = document.elementFromPoint(x, y);
  const open = there && (face.contains(there) || there.contains(face) || one.contains(there));
  const group = one.type === 'radio' ? [...document.getElementsByName(one.name)].filter(each => each.form === one.form) : [one];
  const everything = [...document.querySelectorAll('*')];
  return {
    tag: one.tagName, type: one.type || '', name: one.name || '', value: one.value || '', checked: one.checked === true,
    words: (one.getAttribute('aria-label') || one.innerText || '').trim().replace(/\\s+/g, ' '),
    label: one.labels && one.labels.length ? one.labels[0].innerText.trim().replace(/\\s+/g, ' ') : '',
    legend: one.closest('fieldset') ? one.closest('fieldset').querySelector('legend').innerText.trim() : '',
    values: group.map(each => each.value), labels: group.map(each => each.labels && each.labels[0] ? each.labels[0].innerText.trim() : ''),
    options: one.tagName === 'SELECT' ? [...one.options].map(each => each.value) : [],
    at: everything.indexOf(group[0]), ringed: ringed || parts, open: Boolean(open), reachable: one.tabIndex >= 0,
  };
}"""


class Keys:
    """She has a keyboard and nothing else."""

    def __init__(self, page, site):
        self.page, self.site = page, site
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        page.set_default_timeout(30_000)  # a busy machine is slow, not broken

    @property
    def path(self):
        """Where she is."""
        return self.page.url.removeprefix(self.site).partition("#")[0]

    @property
    def h1(self):
        """The heading of the page."""
        return self.page.locator("h1").inner_text()

    def hit(self, *keys):
        """Press these keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self, last=None):
        """One step on; what has the focus then, looked at: it is seen, it is not covered, and it comes after the last."""
        self.hit("Tab")
        now = self.page.evaluate(FOCUSED)
        if now:
            self.look(now, last)
        return now

    def look(self, now, last):
        """Note what is wrong with where the focus is."""
        what = f"{self.path}: {now['tag']} {now['name']} {now['words'] or now['label']}"
        if now["reachable"] and not now["ringed"]:
            self.wrong.append(f"{what}: nothing shows that it has the focus")
        if now["reachable"] and not now["open"]:
            self.wrong.append(f"{what}: has the focus and is covered or out of sight")
        if last and now["at"] < last["at"] and now["words"] != FIRST_STOP:
            self.wrong.append(f"{what}: comes after {last['words'] or last['label']}, but stands before it")

    def past_the_frame(self):
        """By the link that is first on every page, past the navigation; a form sent from there leads to there again."""
        if self.page.url.endswith("#main"):
            return
        first = self.tab()
        assert first["words"] == FIRST_STOP, f"{self.path}: the first stop is {first}"
        self.hit("Enter")

    def to(self, words):
        """On to the button or link with these words, and press it."""
        self.past_the_frame()
        self.send({}, press=words)

    def send(self, answers, *, press):
        """Through the page in the order of the keyboard: each question answered as it comes, then the button."""
        done, last = set(), None
        for _ in range(MOST):
            now = self.tab(last)
            assert now, f"{self.path}: the end of the page came before {press!r}"
            key = now["name"] + (now["value"] if now["type"] == "checkbox" else "")
            if now["tag"] in ("BUTTON", "A") and now["words"] == press:
                self.press_and_wait()
                return
            if key and key not in done and now["tag"] in ("INPUT", "SELECT", "TEXTAREA"):
                self.answer(now, said(now["name"], answers))
                done.add(key)
            last = now
        raise AssertionError(f"{self.path}: {MOST} steps and no {press!r}")

    def press_and_wait(self):
        """Enter, and the page that comes."""
        with self.page.expect_navigation():
            self.hit("Enter")

    def answer(self, now, wanted):
        """Say this where the focus is."""
        if wanted is None or wanted is LEAVE:
            return
        values = [str(each) for each in (wanted if isinstance(wanted, (list, tuple)) else [wanted])]
        if now["type"] == "radio":
            self.choose(now["values"].index(values[0]))
        elif now["type"] == "checkbox":
            if now["value"] in values and not now["checked"]:
                self.hit("Space")
        elif now["tag"] == "SELECT":
            self.hit(*["ArrowDown"] * now["options"].index(values[0]))
        elif now["type"] == "date":
            year, month, day = values[0].split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
        else:
            self.page.keyboard.type(values[0])

    def choose(self, place):
        """The option at that place of a group whose first one has the focus."""
        self.hit(*(["ArrowDown"] * place or ["Space"]))

    # ---- the player

    def sheet(self, answers, *, press):
        """The questions of the player, by their first words; then the button, which leaves the page or does not."""
        done = set()
        for _ in range(MOST):
            now = self.tab()
            assert now, f"no {press!r} in the player"
            if now["tag"] == "BUTTON" and now["words"].startswith(press):
                self.hit("Enter")
                return
            if now["legend"] and now["legend"] not in done and now["tag"] == "INPUT":
                wanted = next((words for start, words in answers if now["legend"].startswith(start)), None)
                if now["type"] == "radio":
                    self.choose(now["labels"].index(wanted) if wanted else 0)
                    done.add(now["legend"])
                elif now["label"] == wanted:
                    self.hit("Space")
                    done.add(now["legend"])
        raise AssertionError(f"{MOST} steps and no {press!r} in the player")

    def button(self, words):
        """Round the player to this button, and press it."""
        now = self.page.evaluate(FOCUSED)
        for _ in range(MOST):
            if now and now["tag"] == "BUTTON" and now["words"] == words:
                self.hit("Enter")
                return
            now = self.tab()
        raise AssertionError(f"{MOST} steps and no {words!r} in the player")

    @property
    def phase(self):
        """Which phase the player is in; nothing where there is none, or the page is just being left."""
        return phase_of(self.page)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A Psoas nobody has used: its link and its clock."""
    with served(tmp_path_factory.mktemp("keys"), at=MONDAY) as (link, clock):
        yield link, clock


@pytest.fixture(scope="module")
def keys(site):
    """Somebody at a keyboard, just come in by the link."""
    link, _ = site
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1024, "height": 768}, reduced_motion="reduce", locale="en-US")
        page = context.new_page()
        page.goto(link)
        yield Keys(page, link.split("/enter")[0])


def test_the_whole_loop_by_keyboard(keys, site):
    """Link, safety, intake, wishes, tests, plan, a whole session in the player, the next morning, the decision and its rule."""
    keys.to("Start with the safety questions")
    while (room := keys.path.split("/")[1]) in ONBOARDING:
        keys.past_the_frame()
        keys.send(ONBOARDING[room], press="Next")
        assert not keys.page.locator("#errors").count(), keys.page.locator("#errors").inner_text()
    assert keys.path == "/profile/"
    keys.to("See the plan")
    keys.to("Begin this plan")
    keys.to("Start")
    keys.past_the_frame()
    keys.send(TODAY, press="Start the session")
    a_session(keys)
    keys.past_the_frame()
    keys.send(AFTER, press="Finish")
    assert keys.h1.startswith("Done:")
    site[1].next_day(8)
    keys.page.goto(f"{keys.site}/today/")
    keys.to("How is it since the session?")
    keys.past_the_frame()
    keys.send(NEXT_MORNING, press="Keep this")
    assert keys.path.startswith("/decisions/")
    rule = keys.page.locator("main a[href^='/rules/']").first.inner_text()
    keys.to(rule)
    assert keys.path.startswith("/rules/")
    assert keys.wrong == []


ONWARD = {"intro": "Begin", "ready": "Start now", "work": "Done", "rest": "Go on now"}


def a_session(keys):
    """Every set in the player by its buttons and questions; pause, pain and leaving out are tried and taken back once."""
    keys.page.clock.install()
    keys.page.reload()
    tried = False
    for _ in range(200):
        if keys.path == "/session/end/":
            break
        phase = keys.phase
        if phase == "ready" and not tried:
            try_the_dialogs(keys)
            tried = True
        if phase == "sheet":
            keep_the_set(keys)
        elif phase:
            keys.button(ONWARD[phase])
        else:
            keys.page.wait_for_load_state()
    assert tried
    assert keys.path == "/session/end/"
    keys.page.clock.resume()


def keep_the_set(keys):
    """Answer the questions and keep the set; wait until the player has gone on, or has left the page after the last."""
    with keys.page.expect_response("**/session/log/set/"):
        keys.sheet(PLAYER, press="All of it")
    for _ in range(100):
        if keys.path == "/session/end/" or keys.phase != "sheet":
            return
        keys.page.clock.run_for(200)
    raise AssertionError("the player did not go on after the set was kept")


def try_the_dialogs(keys):
    """Pause and go on, "this hurts" and back, more and back, leave out and back: each by keys, none a trap."""
    for way in (["Pause", "Go on"], ["This hurts", "It is fine, go on"], ["More …", "Go on"], LEAVE_OUT_AND_BACK):
        for words in way:
            keys.button(words)
    assert keys.phase == "ready"


LEAVE_OUT_AND_BACK = ["More …", "Leave it out", "Go on with it"]


@pytest.mark.parametrize(
    "path",
    ["/today/", "/plan/", "/progress/", "/record/", "/profile/", "/learn/", "/quiz/", "/exercises/E06/", "/settings/"],
)
def test_nobody_is_trapped(keys, path):
    """Tab goes through the whole page, in its order, to its end; every stop is seen."""
    keys.page.goto(f"{keys.site}{path}")
    keys.wrong.clear()
    last, stops = None, 0
    while (now := keys.tab(last)) and not (stops and now["words"] == FIRST_STOP):
        last = now
        stops += 1
        assert stops < MOST, f"{path} never ends"
    assert stops > 10
    assert keys.wrong == []
