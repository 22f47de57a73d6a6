"""The player in a real browser: time by the clock, every set kept, pain, the line that drops, the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from web import phone
from web.phone import NOES, answer, begin, choose, held, kept, press, window
from web.playing import phase_of

chromium, seeded, served, site = phone.chromium, phone.seeded, phone.served, phone.site  # found by their names here
pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BUNDLE = ROOT / "src" / "psoas" / "web" / "static" / "dist" / "player.js"
COURSE_PAGES = ["/today/", "/today/how/", "/week/", "/form/", "/check/", "/check/answers/", "/offers/easier-week/",
                "/decisions/", "/progress/", "/record/", "/record/import/", "/record/erase/", "/change/", "/leave/",
                "/session/start/", "/morning/"]  # fmt: skip


@pytest.fixture
def unused(chromium, tmp_path):
    """A running Psoas of somebody before her very first session."""
    phone.seed(tmp_path, sessions=0)
    with phone.running(tmp_path, chromium) as found:
        yield found


@pytest.fixture
def page(chromium, site):
    """A phone at the start of a session, with a clock the test holds."""
    page = window(chromium, site)
    held(page)
    begin(page)
    yield page
    assert not [text for text in page.said if "ERR_INTERNET_DISCONNECTED" not in text]
    page.context.close()


def first_holds(page):
    """Past the warm-up, to the first exercise with holds."""
    press(page, "Begin")
    for _ in range(2):
        press(page, "Start now")
        press(page, "Done")
        answer(page)
    kept(page)


# ---- time


def test_a_set_runs_by_the_clock_from_ready_to_rest(page):
    """Get ready counts down, the holds follow by themselves, the questions come at the end, and rest runs meanwhile."""
    first_holds(page)
    number, below, rep = (page.locator(f".player-{part}") for part in ("number", "below", "rep"))
    assert number.inner_text() == "12"
    page.clock.run_for(12_100)
    assert (below.inner_text(), rep.inner_text()) == ("Lift", "Rep 1 of 6")
    page.clock.run_for(2_500)
    assert (below.inner_text(), number.inner_text()) == ("Hold", "10")
    page.clock.run_for(120_000)
    assert "how was it?" in page.locator("#player h2").inner_text()
    assert "Rest" in page.locator(".player-rest").inner_text() or "rested" in page.locator(".player-rest").inner_text()


def test_a_figure_changes_on_the_second(page):
    """Fifty milliseconds after each second the number is the new one: the page looks when something changes, not now and then."""
    first_holds(page)
    press(page, "Start now")
    page.clock.run_for(2_050)
    seen = []
    for _ in range(9):
        seen.append(int(page.locator(".player-number").inner_text()))
        page.clock.run_for(1_000)
    assert seen == [10, 9, 8, 7, 6, 5, 4, 3, 2]


def test_a_phone_that_slept_does_not_lose_time(page):
    """Two minutes in which no timer fired: the set is over, not where it was left."""
    first_holds(page)
    press(page, "Start now")
    page.clock.run_for(1_000)
    page.clock.fast_forward(200_000)
    page.clock.run_for(300)
    assert "how was it?" in page.locator("#player h2").inner_text()


def test_pause_stops_the_clock_and_going_on_goes_on(page):
    """Paused for a minute, nothing has moved."""
    first_holds(page)
    page.clock.run_for(2_000)
    press(page, "Pause")
    before = page.locator(".player-number").inner_text()
    page.clock.run_for(60_000)
    assert page.locator(".player-number").inner_text() == before
    press(page, "Go on")
    page.clock.run_for(1_100)
    assert int(page.locator(".player-number").inner_text()) == int(before) - 1


def test_longer_shorter_and_again(page):
    """A countdown and a hold can be made longer and shorter; a set can be begun again; a shortened one is not a whole one."""
    number = page.locator(".player-number")
    first_holds(page)
    press(page, "+15 s")
    assert int(number.inner_text()) > 20
    press(page, "−15 s")
    press(page, "Start now")
    page.clock.run_for(2_100)
    press(page, "+5 s")
    assert number.inner_text() == "15"
    press(page, "−5 s")
    press(page, "−5 s")
    assert number.inner_text() == "5"
    press(page, "More …")
    press(page, "Begin this set again")
    assert page.locator(".player-below").inner_text() == "Get ready"
    press(page, "Start now")
    page.clock.run_for(2_100)
    press(page, "−5 s")
    press(page, "Done")
    assert page.locator("#player").get_by_role("button", name="Part of it, clean").is_visible()


def test_more_waits_and_comes_back_to_the_same_second(page):
    """While the choices are open time stands still."""
    first_holds(page)
    press(page, "Start now")
    page.clock.run_for(5_050)
    before = page.locator(".player-number").inner_text()
    press(page, "More …")
    page.clock.run_for(60_000)
    press(page, "Go on")
    page.clock.run_for(50)
    assert page.locator(".player-number").inner_text() == before


def test_the_warm_up_does_one_leg_after_the_other(page):
    """Ten swings left, time to turn round, ten swings right: both the same, the second never by surprise."""
    press(page, "Begin")
    press(page, "Start now")
    page.clock.run_for(500)
    side, caption = page.locator(".player-where .side"), page.locator(".player-caption")
    assert side.inner_text() == "Left leg"
    page.clock.run_for(20_000)
    assert caption.inner_text() == "Change: right leg."
    assert side.inner_text() == "Right leg"
    page.clock.run_for(10_000)
    assert page.locator(".player-rep").inner_text() == "Rep 1 of 10"
    page.clock.run_for(20_000)
    assert "how was it?" in page.locator("#player h2").inner_text()


def test_the_second_side_is_told_and_waited_for(page):
    """After the last set on one side the other is named, and there is time to change."""
    first_holds(page)
    for _ in range(3):
        press(page, "Start now")
        press(page, "Done")
        answer(page)
        press(page, "Go on now")
    press(page, "Start now")
    press(page, "Done")
    answer(page)
    assert "change to the left side" in page.locator(".player-caption").inner_text()
    press(page, "Go on now")
    assert page.locator(".player-below").inner_text() == "Change sides"
    assert page.locator(".player-number").inner_text() == "10"
    assert page.locator(".player-where .side").inner_text() == "Left side"


# ---- heard and seen


def test_what_is_said_stands_on_the_page(page):
    """Whatever the voice would say is a caption too."""
    first_holds(page)
    caption = page.locator(".player-caption")
    assert caption.inner_text() == "Lying knee lift and hold. Right side. 2 sets of 6 holds of 10 s."
    press(page, "Start now")
    page.clock.run_for(500)
    assert caption.inner_text() == "1. Lift."
    page.clock.run_for(1_600)
    assert caption.inner_text() == "Hold."


VOICE = """
window.heard = [];
const voice = {lang: "en-GB", localService: true, name: "test"};
Object.defineProperty(speechSynthesis, "getVoices", {value: () => [voice]});
Object.defineProperty(speechSynthesis, "speak", {value: one => window.heard.push([one.text, one.volume])});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""  # a headless browser has the interface and not one voice


def test_the_voice_leads_through_a_set(chromium, site):
    """Name, set-up, side, lift, hold, the last three seconds, half-way, rest, next: each heard, at the loudness chosen."""
    page = window(chromium, site)
    page.add_init_script(VOICE)
    held(page)
    begin(page)
    first_holds(page)
    page.clock.run_for(112_000)
    answer(page)
    heard = page.evaluate("heard.map(one => one[0])")
    for words in ("1. Lift.", "Hold.", "Lower.", "3", "2", "1", "Half-way.", "Last one. Lift.", "Done. How was it?"):
        assert words in heard, words
    assert any(one.startswith("Lying knee lift and hold. Right side.") and "Lie on your back" in one for one in heard)
    assert any(one.startswith("Rest, ") and "then set 2 of 2" in one for one in heard)
    assert page.evaluate("heard[0][1]") == 0.8
    page.context.close()


def test_each_kind_of_cue_can_be_switched_off_and_stays_off(chromium, site):
    """Without the count and without a voice the captions stay; the choice is there after the page is loaded anew."""
    page = window(chromium, site)
    page.add_init_script(VOICE)
    held(page)
    begin(page)
    press(page, "Sound and pace")
    page.get_by_label("Lift, hold, lower, and the count").uncheck()
    page.get_by_label("Seconds to get ready").fill("7")
    press(page, "Back to the session")
    page.reload()
    press(page, "Begin")
    press(page, "Start now")
    page.clock.run_for(3_000)
    assert page.locator(".player-caption").inner_text() == "2."
    assert "2." not in page.evaluate("heard.map(one => one[0])")
    press(page, "Sound and pace")
    assert page.get_by_label("Seconds to get ready").input_value() == "7"
    page.get_by_label("Voice", exact=True).uncheck()
    press(page, "Back to the session")
    page.evaluate("heard.length = 0")
    page.clock.run_for(30_000)
    assert page.evaluate("heard.length") == 0
    page.context.close()


def test_what_the_browser_lacks_is_said_with_the_way_out(chromium, site):
    """No voice, no wake lock, no safe address: three sentences, each with what to do; without a tone a light."""
    page = window(chromium, site)
    page.add_init_script(
        "delete Navigator.prototype.wakeLock; delete Navigator.prototype.serviceWorker;"
        "Object.defineProperty(window, 'isSecureContext', {value: false}); delete window.AudioContext;"
    )
    begin(page)
    missing = page.locator(".player-missing")
    missing.wait_for()
    for gap, words in (
        ("voice", "text to speech"),
        ("awake", "screen time-out"),
        ("offline", "Open Psoas by its https address"),
    ):
        assert words in missing.locator(f"[data-gap={gap}]").inner_text()
    press(page, "Begin")
    assert "flash" in page.locator("#player").get_attribute("class")
    page.context.close()


def test_the_screen_stays_on_again_after_a_call(chromium, site):
    """The wake lock is taken at the first press, and anew when the page is seen again."""
    page = window(chromium, site)
    page.add_init_script(
        "window.asked = 0; navigator.wakeLock.request = async () => {"
        " window.asked += 1; window.lock = {released: false, release: async () => {}}; return window.lock; }"
    )
    begin(page)
    press(page, "Begin")
    page.wait_for_function("asked === 1")
    page.evaluate("lock.released = true; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function("asked === 2")
    page.context.close()


def test_it_can_be_read_from_two_metres(page):
    """On a phone: the number as large as a thumb, the word and the side large, the picture there, nothing to scroll."""
    first_holds(page)
    press(page, "Start now")
    page.clock.run_for(3_000)

    def size(part):
        return page.locator(part).evaluate("one => parseFloat(getComputedStyle(one).fontSize)")

    assert size(".player-number") >= 140
    assert size(".player-below") >= 32
    assert size(".player-cue") >= 24
    assert size(".player-where") >= 22
    assert page.locator(".player-picture").bounding_box()["height"] >= 120
    assert page.locator("#player").evaluate("one => one.scrollHeight <= one.clientHeight")
    assert page.locator(".player-next").inner_text() == "Next: set 2 of 2"


# ---- keeping


def test_every_set_is_in_the_record_when_it_says_so(page):
    """The status says that everything is kept; the page loaded anew goes on behind these sets."""
    first_holds(page)
    page.reload()
    assert "2 of" in page.locator(".eyebrow").first.inner_text()


def test_two_taps_keep_a_set(page):
    """One for the pain, one for clean: that is all a good set on one side asks for."""
    first_holds(page)
    press(page, "Start now")
    press(page, "Done")
    choose(page.locator("#player .asks"), "0")
    press(page, "All of it, clean")
    kept(page)
    assert page.locator(".player-below").inner_text() == "Rest"


def test_not_clean_asks_what_was_seen(page):
    """What was seen is asked only where it was not clean, with this exercise's own list."""
    first_holds(page)
    press(page, "Start now")
    press(page, "Done")
    sheet = page.locator("#player .asks")
    assert sheet.locator("fieldset:visible").count() == 1
    choose(sheet, "0")
    press(page, "Not quite …")
    choose(sheet, "All of it")
    choose(sheet, "The low back arches or lifts away")
    press(page, "Keep this set")
    kept(page)


def test_nothing_is_kept_before_it_is_answered(page):
    """An empty answer is asked back; nothing starts chosen."""
    press(page, "Begin")
    press(page, "Start now")
    press(page, "Done")
    assert page.locator("#player input:checked").count() == 0
    press(page, "All of it")
    assert page.locator(".ask-error:visible").count() == 2
    assert page.locator(".player-status").inner_text() == "Everything is kept"
    page.reload()
    assert "0 of" in page.locator(".eyebrow").first.inner_text()


def test_hands_free_goes_on_and_asks_again(page):
    """Not answered in the rest, the next set begins all the same; both are asked for in the next rest."""
    press(page, "Sound and pace")
    page.get_by_label("Hands free").check()
    press(page, "Back to the session")
    first_holds(page)
    press(page, "Start now")
    page.clock.fast_forward(97_000)
    page.clock.run_for(100)
    assert "set 1: how was it?" in page.locator("#player h2").inner_text()
    page.clock.fast_forward(61_000)
    page.clock.run_for(100)
    assert page.locator(".player-set").inner_text() == "Set 2 of 2"
    for _ in range(2):  # to get ready, and the set
        page.clock.fast_forward(97_000)
        page.clock.run_for(100)
    assert "set 1: how was it?" in page.locator("#player h2").inner_text()
    answer(page)
    assert "set 2: how was it?" in page.locator("#player h2").inner_text()
    answer(page)
    kept(page)


def test_the_last_set_is_taken_back(page):
    """Taken back it is asked for again."""
    first_holds(page)
    press(page, "More …")
    press(page, "Take back the last set")
    page.locator(".player-head h2", has_text="Hip circles").wait_for()
    kept(page)
    page.reload()
    assert "1 of" in page.locator(".eyebrow").first.inner_text()


def test_an_exercise_is_left_out_with_a_reason(page):
    """Left out, the next one follows."""
    first_holds(page)
    name = page.locator(".player-head h2").inner_text()
    press(page, "More …")
    press(page, "Leave it out")
    choose(page.locator("#player form"), "Too tired")
    press(page, "Leave it out")
    assert page.locator(".player-head h2").inner_text() != name


def test_a_whole_session_is_told_in_under_a_minute_of_touching(page):
    """Every set by its own presses, two to four of them: at a second and a half for each, less than a minute."""
    press(page, "Begin")
    taps = 1
    while phase_of(page) not in ("sheet", "") or page.locator("#player .asks").count():
        if page.locator("#player .asks").count():
            taps += 2
            if page.locator("#player .both-zero").count():
                press(page, "0 in both hips")
            else:
                choose(page.locator("#player .asks"), "0")
            page.locator("#player").get_by_role("button", name=re.compile("^All of it")).click()
        else:
            page.clock.fast_forward(130_000)
            page.clock.run_for(100)
    for _ in range(100):
        if page.url.endswith("/session/end/"):
            break
        page.clock.run_for(100)
    assert taps * 1.5 < 60, f"{taps} presses"


# ---- pain


def test_pain_above_five_ends_the_session(page):
    """It hurts, 7: the session ends there, and the last questions follow."""
    first_holds(page)
    press(page, "Start now")
    press(page, "This hurts")
    sheet = page.locator("#player form")
    choose(sheet, "7")
    choose(sheet, "Sharp or stabbing")
    press(page, "Stop this set")
    assert page.locator("#player h2").inner_text() == "The session ends here"
    press(page, "Go on to the last questions")
    page.clock.run_for(2_000)
    page.wait_for_url("**/session/end/")
    assert "The session ends here" in page.content()


def hurts(page, pain):
    """Say that it hurts this much, an ache."""
    press(page, "This hurts")
    choose(page.locator("#player form"), pain)
    choose(page.locator("#player form"), "None of these, just an ache or a pull")
    press(page, "Stop this set")


def test_some_pain_leaves_the_choice(page):
    """It hurts, 3, an ache: kept, and she may leave the rest out or go on smaller."""
    first_holds(page)
    press(page, "Start now")
    hurts(page, "3")
    press(page, "Leave the rest out")
    kept(page)
    assert "Lying knee lift" not in page.locator(".player-head h2").inner_text()


def test_some_pain_offers_the_step_below(page):
    """The rest of the exercise one step easier: the dose of that step, and no set of it can be called a whole one."""
    first_holds(page)
    press(page, "Start now")
    hurts(page, "3")
    page.locator("#player").get_by_role("button", name=re.compile("^One step easier")).click()
    assert page.locator(".player-head h2").inner_text() == "Lying knee lift and hold"
    assert "4 holds" in page.locator(".player-dose").inner_text()
    press(page, "Start now")
    press(page, "Done")
    assert page.locator("#player").get_by_role("button", name="Part of it, clean").is_visible()


def test_pain_that_comes_in_the_rest_belongs_to_the_set_before(page):
    """Told in the rest it changes the set just done, and the rule acts on it."""
    first_holds(page)
    press(page, "Start now")
    press(page, "Done")
    answer(page)
    hurts(page, "6")
    assert page.locator("#player h2").inner_text() == "The session ends here"
    kept(page)
    page.goto("/session/")
    page.wait_for_url("**/session/end/")


def test_it_was_nothing_and_the_set_goes_on(page):
    """Back from the question the clock goes on where it stood."""
    first_holds(page)
    press(page, "Start now")
    page.clock.run_for(5_050)
    before = page.locator(".player-number").inner_text()
    press(page, "This hurts")
    page.clock.run_for(30_000)
    press(page, "It is fine, go on")
    page.clock.run_for(50)
    assert page.locator(".player-number").inner_text() == before


# ---- another exercise instead


def test_another_exercise_is_done_instead(page):
    """Before its first set an exercise is swapped for what may stand in; the set counts for that, and the page knows it."""
    first_holds(page)
    page.locator("#player[data-swaps=known]").wait_for()
    before = page.locator(".player-head h2").inner_text()
    press(page, "More …")
    press(page, "Do another exercise instead")
    other = page.locator("#player .player-choices button").first
    name = other.inner_text()
    other.click()
    assert page.locator(".player-head h2").inner_text() == name != before
    press(page, "Start now")
    press(page, "Done")
    answer(page)
    kept(page)
    page.goto("/record/")
    assert "Exercise swapped" in page.content()
    page.goto("/session/")
    assert "3 of" in page.locator(".eyebrow").first.inner_text()
    assert name in page.locator("#whole + ol").inner_text()


# ---- something else is wrong


def test_a_warning_sign_leads_to_the_safety_questions_and_the_session_stays_open(page):
    """From the choices and from the question about pain: a press leads to the questions, and the session waits meanwhile."""
    first_holds(page)
    press(page, "This hurts")
    press(page, "Something else is wrong")
    press(page, "It was nothing, go on")
    assert page.locator(".player-below").inner_text() == "Get ready"
    press(page, "More …")
    press(page, "Something else is wrong")
    assert "call your local emergency number now" in page.locator("#player").inner_text()
    press(page, "Answer the safety questions")
    page.wait_for_url("**/today/how/?then=screen")
    page.goto("/session/")
    assert "2 of" in page.locator(".eyebrow").first.inner_text()


# ---- an exercise that is new to her


def test_how_it_is_done_stands_open_the_first_time_and_leaves_the_controls_in_sight(chromium, unused):
    """Half a minute to read it, the number smaller meanwhile, and the buttons still there; in the set it is gone."""
    page = window(chromium, unused)
    held(page)
    begin(page)
    assert page.locator(".player-how").evaluate("one => one.open")
    assert page.locator("#player").get_by_role("button", name="Begin").bounding_box()["y"] < 800
    press(page, "Begin")
    assert page.locator(".player-how").evaluate("one => one.open")
    assert page.locator(".player-number").inner_text() == "30"
    for name in ("Start now", "This hurts", "More …"):
        place = page.locator("#player").get_by_role("button", name=name, exact=True).bounding_box()
        assert place["y"] + place["height"] <= 844, name
    press(page, "Start now")
    assert page.locator(".player-how").count() == 0
    assert not page.said
    page.context.close()


def test_how_it_is_done_is_folded_away_once_she_has_done_it(page):
    """Four sessions later it is a press away."""
    first_holds(page)
    assert not page.locator(".player-how").evaluate("one => one.open")
    assert page.locator(".player-number").inner_text() == "12"


# ---- the keyboard, the eye


def test_a_set_by_keyboard_alone(page):
    """Tab, space and enter are enough for a whole set."""
    page.locator("#player").get_by_role("button", name="Begin").focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    page.locator("#player .asks").wait_for()
    for key in ("Tab", "Enter", "Tab", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    page.locator(".player-head h2", has_text="Hip circles").wait_for()
    kept(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_player_shuts_nobody_out(chromium, site, width, scheme):
    """Every phase: no violation of WCAG 2.2 AA, nothing wider than the screen, and a number to be read from afar."""
    page = window(
        chromium, site, viewport={"width": width, "height": 720}, color_scheme=scheme, reduced_motion="reduce"
    )
    begin(page)
    seen = []

    def look(phase):
        page.add_script_tag(path=AXE)
        found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
        seen.extend(f"{phase}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, phase
        assert page.evaluate("document.getElementById('player').scrollWidth") <= width, phase

    look("intro")
    press(page, "Begin")
    look("ready")
    assert page.locator(".player-number").evaluate("one => one.getBoundingClientRect().height") >= 60
    press(page, "Start now")
    look("work")
    press(page, "Done")
    look("ask")
    press(page, "All of it")
    look("wrong")
    answer(page)
    press(page, "More …")
    look("more")
    press(page, "Go on")
    press(page, "Sound and pace")
    look("sound and pace")
    press(page, "Back to the session")
    press(page, "This hurts")
    look("hurts")
    assert seen == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_course_shut_nobody_out(chromium, site, width, scheme):
    """No violation on any page of a course that is under way, and nothing wider than the screen."""
    page = window(
        chromium, site, viewport={"width": width, "height": 720}, color_scheme=scheme, reduced_motion="reduce"
    )
    seen = []
    for path in COURSE_PAGES:
        page.goto(path)
        page.add_script_tag(path=AXE)
        found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
        seen.extend(f"{path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"])
        if page.evaluate("document.documentElement.scrollWidth") > width:
            seen.append(f"{path} is wider than the screen")
    assert seen == []
    assert not page.said
    page.context.close()


def test_without_scripts_the_session_can_be_done(chromium, site):
    """With scripts off the plain form is there, and a set sent by it is kept."""
    page = window(chromium, site, java_script_enabled=False)
    page.goto("/session/start/")
    for name in NOES:
        page.locator(f"input[name={name}][value=no]").check(force=True)
    for name, value in (("recovered", "yes"), ("pain_left", "0"), ("pain_right", "1"), ("news", "none")):
        page.locator(f"input[name={name}][value='{value}']").check(force=True)
    page.get_by_role("button", name="Start the session").click()
    for name, value in (
        ("did", "all"),
        ("pain_left", "0"),
        ("pain_right", "0"),
        ("seen", "none"),
        ("signs", "none"),
        ("effort", "2"),
    ):
        field = page.locator(f"input[name={name}][value='{value}']")
        if field.count():
            field.check(force=True)
    page.get_by_role("button", name="Keep this set").click()
    assert "1 of" in page.locator(".eyebrow").first.inner_text()
    page.context.close()


def test_the_scripts_are_small(chromium, site):
    """The player is below 50 kB; today's page loads a small script that sends what a device still holds, and no other."""
    assert BUNDLE.stat().st_size < 50_000
    page = window(chromium, site)
    scripts = []
    page.on("response", lambda answer: scripts.append(answer.url) if answer.url.endswith(".js") else None)
    page.goto("/today/")
    assert [re.sub(r"\.\w+\.js$", ".js", one.rpartition("/")[2]) for one in scripts] == ["carry.js"]
    page.context.close()
