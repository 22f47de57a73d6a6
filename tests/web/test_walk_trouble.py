"""What goes wrong in real life: a warning sign, a second tab, a lost line, a wrong clock. She is told, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from web.playing import Player
from web.walker import (
    A_CHECK,
    A_SET,
    AFTER,
    FLAGS,
    NEXT_MORNING,
    NO_WARNING_SIGN,
    ONBOARDING,
    THE_WEEK,
    TODAY,
    Plain,
    Window,
    chromium,
    served,
    with_a_course,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MONDAY = dt.datetime(2026, 9, 7, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
PHONE = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
NO_SESSION = ("/today/", "/plan/", "/session/start/", "/session/", "/session/end/", "/session/set/", "/session/again/")
NUMB = {"saddle_numb": "yes"} | NO_WARNING_SIGN
SORE_TODAY = {"pain_*": "1", "limp_now": "no"}
TYPED = """() => [...document.querySelectorAll('main form input, main form select, main form textarea')]
  .filter(one => one.type !== 'hidden').map(one => [one.name, one.value, one.checked === true])"""


class Her:
    """One person at the one Psoas of these tests: her phone, the same record through plain forms, and the clock."""

    def __init__(self, browser, site, clock, state):
        self.site, self.clock, self.state = site, clock, state
        self.context = browser.new_context(storage_state=state, **PHONE)
        self.window = self.tab()
        self.plain = Plain(site)
        self.plain.take_cookies(state["cookies"])
        self.had: Counter[str] = Counter()

    def tab(self):
        """One more tab of her browser."""
        return Window(self.context.new_page(), self.site)

    def kinds(self):
        """How many entries of each kind her record holds."""
        return Counter(entry["body"]["type"] for entry in self.plain.record())

    def new(self):
        """How many entries of each kind were written since the test began; decisions apart."""
        written = self.kinds() - self.had
        del written["decided"]
        return written

    def newest(self, kind):
        """The newest entry of that kind."""
        return [entry["body"] for entry in self.plain.record() if entry["body"]["type"] == kind][-1]

    def bring_in(self, file):
        """Choose this file on the page that brings a record in; what the page says is wrong with it, or where it leads."""
        window = self.window.go("/record/import/")
        window.page.locator("input[type=file]").set_input_files(file)
        window.press("Bring it in")
        window.page.wait_for_load_state()
        wrong = window.page.locator("#errors")
        return wrong.inner_text() if wrong.count() else window.path

    def begin(self):
        """Answer the questions before a session; the player stands at its first page, its clock in our hand."""
        self.window.go("/today/").press("Start").send(TODAY, press="Start the session")
        return self.player(self.window)

    @staticmethod
    def player(window):
        """The player of that tab, loaded anew with a clock that stands still."""
        player = Player(window.page)
        window.go("/session/")
        player.press("Begin")
        return player

    def screened_with(self, answers):
        """The full safety check with these answers, until it ends or something stops it."""
        self.plain.go("/today/how/?then=screen").send(SORE_TODAY)
        while self.plain.path.startswith("/screen/") and "result" not in self.plain.path:
            self.plain.send(answers, press="next")


@pytest.fixture(scope="module")
def browser():
    """A browser without a window."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """The folder of somebody with four sessions behind her, and the evening on which the fifth may begin."""
    folder = tmp_path_factory.mktemp("four") / "sessions"
    return folder, with_a_course(folder, sessions=4)


@pytest.fixture(scope="module")
def psoas(browser, evening, tmp_path_factory):
    """One Psoas for all of these tests: its address and clock, the cookies of whoever came in, and the record as a file."""
    folder = tmp_path_factory.mktemp("psoas")
    shutil.copytree(evening[0], folder, dirs_exist_ok=True)
    with served(folder, at=evening[1]) as (link, clock):
        context = browser.new_context()
        context.new_page().goto(link)
        site, state, file = link.split("/enter")[0], context.storage_state(), folder / "four-sessions.json"
        file.write_bytes(context.request.get(f"{site}/record/export/").body())
        context.close()
        yield site, clock, state, file


@pytest.fixture
def newcomer(browser, psoas):
    """Somebody who has just come in for the first time: whatever was here before is erased."""
    site, clock, state, _ = psoas
    clock.set(MONDAY)
    person = Her(browser, site, clock, state)
    person.plain.go("/record/erase/").send({"word": "erase"})
    assert person.kinds() == Counter()
    yield person
    person.context.close()


@pytest.fixture
def her(newcomer, psoas, evening):
    """Somebody whose fifth session may begin now."""
    newcomer.clock.set(evening[1])
    assert newcomer.bring_in(psoas[3]) == "/today/"
    newcomer.had = newcomer.kinds()
    return newcomer


def button_of(plain, words):
    """The form of the page that has this button, and what pressing it sends."""
    for form in plain.page.forms:
        pressed = [(name, value) for name, value, said in form.buttons if said == words]
        if pressed:
            return form, pressed
    raise AssertionError(f"no button {words!r} on {plain.path}")


def one_set(player):
    """From wherever the player is through one set to its questions, all answered."""
    player.until("work")
    player.until("sheet")
    return player.say()


# ---- warning signs


def test_an_emergency_before_a_session_leaves_no_session(her):
    """A yes to numbness is asked about once more, and then there is one thing to read: where to go, and what to say there."""
    her.window.go("/session/start/").send({"mini_TE1": "yes"} | TODAY, press="Start the session")
    her.window.send({"saddle_numb": "yes", "*": "no"}, press="Next")
    for path in NO_SESSION:
        her.window.go(path)
        assert "emergency department now" in her.window.h1, path
        assert "cauda equina" in her.window.text
    assert her.new() == Counter(day_answered=1)


def test_an_emergency_in_the_middle_of_a_session_ends_it_there(her):
    """Both sets are in the record, for their pain counts; the session goes no further, and every page leads to help."""
    player = her.begin()
    assert one_set(player).keep()["kept"]
    player.until("work")
    her.screened_with(NUMB)
    player.until("sheet")
    player.say().done()
    her.window.page.wait_for_url("**/today/")
    assert her.new() == Counter(day_answered=2, session_begun=1, set_done=2, screened=1)
    for path in NO_SESSION:
        assert "emergency department now" in her.plain.go(path).page.h1, path


def test_not_sure_about_a_warning_sign_is_no_leave_to_train(her):
    """Not sure, and not sure again: a clinician looks first, and the record says unknown, not no."""
    her.window.go("/session/start/").send({"mini_TE1": "unknown"} | TODAY, press="Start the session")
    her.window.send({"*": "unknown"}, press="Next").send({"*": "unknown"}, press="Next")
    assert her.window.h1 == "See a clinician first"
    assert "could not be ruled out" in her.window.text
    assert her.window.go("/session/start/").path == "/today/"
    told = her.newest("day_answered")["answers"]
    assert {told[asked] for asked in ("saddle_numb", "bladder_bowel", "both_legs")} == {"unknown"}
    assert her.new() == Counter(day_answered=1)


# ---- sent twice, said twice


def sent_twice(plain, answers=None, *, press):
    """Press this button twice, as an impatient double click does; the page that the second answer shows."""
    form, pressed = button_of(plain, press)
    pairs = [*plain.filled(form, answers or {}), *((name, value) for name, value in pressed if name)]
    address = form.action or plain.url
    for _ in range(2):
        plain.post(address, pairs)
        assert plain.status == 200, f"{address}: {plain.status} {plain.text[:200]}"
        assert not plain.errors, f"{address}: {plain.errors}"
    return plain


def test_every_form_on_the_way_to_the_plan_sent_twice_counts_once(newcomer):
    """Each page of the way sent twice, and the plan accepted twice: one entry of each kind."""
    plain = newcomer.plain.go("/screen/")
    while (room := plain.path.split("/")[1]) in ONBOARDING:
        sent_twice(plain, ONBOARDING[room], press="Next")
    assert plain.path == "/profile/"
    sent_twice(plain.go("/plan/"), press="Begin this plan")
    assert plain.path == "/today/"
    assert newcomer.kinds() == Counter(episode_opened=1, screened=1, taken_in=1, wished=1, tested=1, planned=1), (
        newcomer.kinds()
    )


def test_every_form_of_the_course_sent_twice_counts_once(her):
    """Session, sets, a skip, one taken back, the end, the morning, the week, form, an offer, a swap, a switch, a check."""
    plain = her.plain
    sent_twice(plain.go("/session/start/"), TODAY, press="Start the session")
    for _ in range(5):
        sent_twice(plain.go("/session/"), A_SET, press="Keep this set")
    sent_twice(plain.go("/session/"), press="Take back the last set")
    sent_twice(plain.go("/session/"), {"skip-why": "tired"}, press="Leave this exercise out")
    sent_twice(plain.go("/session/end/"), AFTER, press="Finish")
    assert plain.page.h1 == "Done: 4 sets kept"
    her.clock.next_day(8)
    sent_twice(plain.go("/morning/"), NEXT_MORNING, press="Keep this")
    assert plain.path.startswith("/decisions/"), (
        "her answer was kept, and the page after the second click says otherwise"
    )
    sent_twice(plain.go("/week/"), THE_WEEK, press="Keep this")
    sent_twice(plain.go("/form/"), {"good": "yes"}, press="Keep this")
    sent_twice(plain.go("/offers/easier-week/"), {"wanted": "no"}, press="Keep this")
    sent_twice(plain.go("/plan/"), press="Bird dog on the forearms")
    sent_twice(plain.go("/plan/?as=five-move@2026-11-01"), press="Change to Five moves")
    her.clock.wait(days=9)
    sent_twice(plain.go("/check/answers/"), A_CHECK, press="Keep this")
    sent_twice(plain.go("/change/"), {"what": "fall"}, press="Keep this")
    new = her.new()
    once = ("day_answered session_begun item_skipped session_done morning_answered week_answered form_checked "
            "replied swapped protocol_adopted check_answered change_reported corrected")  # fmt: skip
    assert new == Counter(once.split()) + Counter(set_done=5), new


def test_a_double_click_is_one_answer(her):
    """In the browser: the button pressed twice in a row begins one session, and ends in it."""
    window = her.window.go("/session/start/").answer(TODAY)
    window.page.get_by_role("button", name="Start the session").dblclick()
    window.page.wait_for_url("**/session/")
    assert her.new() == Counter(day_answered=1, session_begun=1)
    her.plain.go("/session/")
    for _ in range(4):
        her.plain.send(A_SET, action="/session/set/")
    window.go("/session/end/").answer(AFTER)
    window.page.get_by_role("button", name="Finish").dblclick()
    window.page.wait_for_url("**/session/done/")
    assert window.h1 == "Done: 4 sets kept"
    assert her.new() == Counter(day_answered=1, session_begun=1, set_done=4, session_done=1)


# ---- two tabs


def test_the_same_set_in_two_tabs_is_one_set_and_the_second_tab_says_so(her):
    """By plain forms: what the older tab sends is not taken for the next set, and the page says that it was not kept."""
    plain = her.plain
    plain.go("/session/start/").send(TODAY)
    old = plain.filled(plain.form("/session/set/"), A_SET)
    plain.go("/session/").send(A_SET, action="/session/set/")
    plain.post("/session/set/", [*[(name, value) for name, value in old if name != "pain_left"], ("pain_left", "3")])
    assert her.new()["set_done"] == 1
    assert "1 of" in plain.text
    assert "kept already" in plain.text


def test_two_players_lose_nothing(her):
    """The same session in two tabs: whatever either of them says is kept is in the record, and the session goes on."""
    player = her.begin()
    other = her.player(her.tab())
    one_set(player)
    other.until("sheet")  # one clock for both tabs
    assert player.keep()["kept"]
    again = other.say().keep()
    assert not again["kept"]
    assert "kept already, from another tab" in again["says"]
    assert her.new()["set_done"] == 1
    assert "1 of" in her.plain.go("/session/").text


def test_the_same_change_of_plan_in_two_tabs_is_one_change(her):
    """Swap and switch, each pressed in two tabs that were opened before: one entry each, and both tabs show the plan."""
    first, second = her.window, her.tab()
    for tab in (first, second):
        tab.go("/plan/")
        for summary in tab.page.locator("details", has_text="Bird dog on the forearms").locator("summary").all():
            summary.click()
    for tab in (first, second):
        tab.press("Bird dog on the forearms")
        assert tab.path == "/plan/"
        assert "done as: Bird dog on the forearms" in tab.text
    assert her.new()["swapped"] == 1
    for tab in (first, second):
        tab.go("/plan/?as=five-move@2026-11-01")
    for tab in (first, second):
        tab.press("Change to Five moves")
        assert tab.path == "/plan/"
        assert "Five moves" in tab.text
    assert her.new()["protocol_adopted"] == 1


# ---- the back button, the browser closed


def test_the_back_button_keeps_what_was_typed(newcomer):
    """At every kind of page on the way to the plan: back shows what was typed, forward goes on where it was."""
    window, plain = newcomer.window.go("/screen/"), newcomer.plain
    window.quick = True
    rooms = Counter()
    while (room := window.path.split("/")[1]) in ONBOARDING:
        rooms[room] += 1
        if room == "screen" and rooms[room] not in (1, 2, 9):  # its pages are all of one kind
            plain.go(window.path).send(ONBOARDING[room], press="next")
            window.go(plain.path)
            continue
        here = window.path
        window.answer(ONBOARDING[room])
        typed = window.page.evaluate(TYPED)
        there = window.send({}, press="Next").path
        window.page.go_back()
        assert window.path == here
        assert window.page.evaluate(TYPED) == typed, f"{here} forgot something"
        window.page.go_forward()
        assert window.path == there
    assert window.path == "/profile/"
    assert newcomer.kinds() == Counter(episode_opened=1, screened=1, taken_in=1, wished=1, tested=1)


def test_back_into_what_is_done_does_no_harm(her):
    """From the end of a session back through its pages: each says how things stand, and nothing is written twice."""
    window, plain = her.window, her.plain
    window.go("/today/").press("Start").send(TODAY, press="Start the session")
    plain.go("/session/")
    for _ in range(4):
        plain.send(A_SET, action="/session/set/")
    window.go("/session/end/").send(AFTER, press="Finish")
    assert window.path == "/session/done/"
    before = her.kinds()
    for _ in range(3):
        window.page.go_back()
        assert window.h1
        assert window.path in ("/session/done/", "/today/")
    assert her.kinds() == before


def test_the_browser_is_closed_midway_and_opened_again(browser, newcomer, tmp_path):
    """Closed on the way to the plan and opened again: she goes on where she was, and what she typed is there."""
    start = browser.browser_type.launch_persistent_context
    program = {"executable_path": os.environ["PSOAS_CHROMIUM"], "args": FLAGS, **PHONE}
    with start(tmp_path, **program) as context:
        context.add_cookies(newcomer.state["cookies"])
        window = Window(context.pages[0], newcomer.site).go("/screen/")
        for _ in range(3):
            window.send(NO_WARNING_SIGN, press="Next")
        left = window.path
    with start(tmp_path, **program) as context:
        window = Window(context.pages[0], newcomer.site).go("/")
        window.press("Go on where you stopped")
        assert window.path == left
        window.press("Back")
        assert window.page.locator("main form input:checked").count() > 2
    assert newcomer.kinds() == Counter()


def test_the_browser_is_closed_in_a_session(browser, her):
    """The sets kept before stay kept; today says that the session is open, and it goes on at the next set."""
    one_set(her.begin()).keep()
    her.context.close()
    window = Her(browser, her.site, her.clock, her.state).window.go("/today/")
    assert window.h1 == "Your session is open"
    window.press("Go on")
    assert "1 of" in window.page.locator(".eyebrow").first.inner_text()
    window.page.context.close()


# ---- time


def test_three_weeks_of_silence(her):
    """Gone in the middle of a session: first that is closed, then a safety check, then a lighter start; nothing is lost."""
    plain = her.plain
    plain.go("/session/start/").send(TODAY)
    for _ in range(5):
        plain.send(A_SET, action="/session/set/")
    her.clock.wait(days=21)
    her.window.go("/today/")
    assert her.window.h1 == "A session was left open"
    her.window.press("Close it").press("Close it")
    assert her.window.h1 == "Something comes first"
    her.window.press("Answer the safety check")
    assert her.new()["session_done"] == 1
    told = her.plain.go("/record/").text
    assert "Session, 5 sets" in told
    assert "Effort: 4" not in told.split("Session, 5 sets")[1].split("By you")[0], "nobody said how hard it was"
    her.screened_with(NO_WARNING_SIGN)
    plain.go("/today/")
    assert plain.page.h1 in ("Train today", "Something comes first")
    assert her.new()["morning_answered"] == 0
    assert plain.go("/decisions/").status == 200


def test_a_clock_set_back_is_told_and_gives_no_session_early(her):
    """The machine's clock falls behind in a session: the page says so, rest is not shortened, and the record stays whole."""
    plain = her.plain
    plain.go("/session/start/").send(TODAY)
    for _ in range(3):
        plain.send(A_SET, action="/session/set/")
    her.clock.wait(hours=-3)
    plain.go("/session/").send(A_SET, action="/session/set/")
    plain.go("/session/end/").send(AFTER)
    assert plain.page.h1 == "Done: 4 sets kept"
    before = len(plain.record())
    her.clock.wait(days=-5)
    her.window.go("/today/")
    assert her.window.h1.startswith("Rest until")
    assert "clock" in her.window.text
    for path in ("/session/start/", "/session/"):
        assert her.window.go(path).path == "/today/"
    for path in ("/plan/", "/progress/", "/record/", "/decisions/", "/profile/"):
        assert plain.go(path).status == 200
    assert len(plain.record()) == before
    her.clock.wait(days=6, hours=14)
    her.window.go("/today/")
    assert "clock" not in her.window.text
    assert "How is it since the session?" in her.window.text


# ---- files and bodies


def test_ten_megabytes_are_refused_in_a_sentence(her, tmp_path):
    """As a form and as a file: a page says what was wrong, and the record is as it was."""
    before = her.kinds()
    her.plain.go("/week/").post("/week/", [("worst_left", "9" * 10_000_000)])
    assert her.plain.status == 413
    assert "more than 1 MB" in her.plain.text
    file = tmp_path / "large.json"
    file.write_bytes(b"[" * 10_000_000)
    assert "not an export of Psoas" in her.bring_in(file)
    assert her.kinds() == before


def test_a_broken_or_newer_export_is_refused_whole(newcomer, psoas, tmp_path):
    """Empty, cut off, changed, of another program, newer: each its own sentence, nothing is brought in; the good one is."""
    good = psoas[3].read_bytes()
    whole = json.loads(good)
    file = tmp_path / "chosen.json"
    for data, says in (
        (b"", "empty"),
        (good[: len(good) // 2], "cut off"),
        (good.replace(b'"limp":"no"', b'"limp":"yes"', 1), "checksum"),
        (b'{"format": "another"}', "not an export of Psoas"),
        (json.dumps(whole | {"version": 99}).encode(), "newer Psoas"),
    ):
        file.write_bytes(data)
        assert says in newcomer.bring_in(file)
        assert newcomer.kinds() == Counter()
    assert newcomer.bring_in(psoas[3]) == "/today/"
    assert newcomer.plain.record() == whole["entries"]


# ---- the line is lost


def test_psoas_is_gone_during_a_set_and_comes_back(browser, evening, tmp_path):
    """The set waits, the page says so, and once Psoas runs again it arrives, once."""
    shutil.copytree(evening[0], tmp_path, dirs_exist_ok=True)
    with served(tmp_path, at=evening[1]) as (link, clock):
        context = browser.new_context()
        context.new_page().goto(link)
        her = Her(browser, link.split("/enter")[0], clock, context.storage_state())
        player = one_set(her.begin())
    player.done()
    her.window.page.locator(".player-status", has_text="wait").wait_for()
    with served(tmp_path, at=evening[1], port=int(her.site.rsplit(":", 1)[1])):
        kept = her.window.page.locator(".player-status", has_text="Everything is kept")
        for _ in range(60):
            if kept.count():
                break
            player.wait(5)
            her.window.page.wait_for_timeout(100)
        assert "1 of" in her.plain.go("/session/").text
        assert her.plain.record()[-1]["body"]["type"] == "set_done"
        assert her.plain.record()[-2]["body"]["type"] == "session_begun"
    her.context.close()
    context.close()
