"""The player in a real browser: time by the clock, every set kept, pain, the line that drops, the keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
BUNDLE = ROOT / "src" / "psoas" / "web" / "static" / "dist" / "player.js"
NOES = ("mini_TE1", "mini_TE2", "mini_TE3", "mini_TE10", "mini_TU1", "mini_TU2", "limp_now", "night_pain_new")
COURSE_PAGES = ["/today/", "/today/how/", "/week/", "/form/", "/check/", "/check/answers/", "/offers/easier-week/",
                "/decisions/", "/progress/", "/record/", "/record/import/", "/record/erase/", "/change/", "/leave/",
                "/session/start/", "/morning/"]  # fmt: skip


@pytest.fixture(scope="module")
def chromium():
    """A browser without a window."""
    program = os.environ.get("PSOAS_CHROMIUM")
    if not program:
        pytest.skip("PSOAS_CHROMIUM names no browser; python3 dev.py test finds one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def environment_of(folder):
    """Where a Psoas in this folder keeps its data and reads its clock."""
    paths = os.pathsep.join([str(ROOT / "src"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    return os.environ | {"PSOAS_DATA": str(folder / "data"), "PSOAS_CLOCK": str(folder / "clock"), "PYTHONPATH": paths}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """The data of somebody with four sessions behind her."""
    folder = tmp_path_factory.mktemp("seeded")
    (folder / "data").mkdir()
    environment = environment_of(folder) | {"DJANGO_SETTINGS_MODULE": "psoas.web.settings"}
    program = [sys.executable, str(HERE / "courses.py"), "4", environment["PSOAS_CLOCK"]]
    subprocess.run(program, env=environment, check=True)
    return folder


@pytest.fixture
def site(seeded, tmp_path, chromium):
    """A running Psoas with her course in it: the address, and the cookies of whoever came in by the link."""
    shutil.copytree(seeded, tmp_path, dirs_exist_ok=True)
    environment = environment_of(tmp_path)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "psoas", "serve", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        link = process.stdout.readline().split()[-1]
        context = chromium.new_context()
        context.new_page().goto(link)
        yield link.split("/enter")[0], context.storage_state()
        context.close()
        process.terminate()


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


@pytest.fixture
def page(chromium, site):
    """A phone at the start of a session, with a clock the test holds."""
    page = window(chromium, site)
    page.clock.install()
    begin(page)
    yield page
    assert not [text for text in page.said if "ERR_INTERNET_DISCONNECTED" not in text]
    page.context.close()


def begin(page):
    """Answer the questions before the session."""
    page.goto("/session/start/")
    for name in NOES:
        page.locator(f"input[name={name}][value=no]").evaluate("one => one.click()")
    for name, value in (("recovered", "yes"), ("pain_left", "0"), ("pain_right", "1"), ("news", "none")):
        page.locator(f"input[name={name}][value='{value}']").evaluate("one => one.click()")
    page.get_by_role("button", name="Start the session").click()
    page.wait_for_url("**/session/")


def press(page, words):
    """Press that button of the player."""
    page.locator("#player").get_by_role("button", name=words, exact=True).click()


def choose(scope, words):
    """Choose that answer."""
    scope.get_by_label(words, exact=True).first.check()


def answer(page, *, pain="0", effort="3"):
    """Answer the questions after a set, as far as they are asked."""
    sheet = page.locator("#player form")
    choose(sheet, "All of it")
    for group in sheet.locator("fieldset", has=page.locator(".options-scale")).all():
        choose(group, effort if "How hard" in group.inner_text() else pain)
    for words in ("None of these, just an ache or a pull", "None seen"):
        if (
            sheet.get_by_label(words, exact=True).count()
            and sheet.get_by_label(words, exact=True).locator("..").is_visible()
        ):
            choose(sheet, words)


def kept(page):
    """Wait until the server has everything."""
    page.locator(".player-status", has_text="Everything is kept").wait_for()


def first_holds(page):
    """Past the warm-up, to the first exercise with holds."""
    press(page, "Begin")
    for _ in range(2):
        press(page, "Start now")
        press(page, "Done")
        answer(page)
        press(page, "Keep this set")
    kept(page)


# ---- time


def test_a_set_runs_by_the_clock_from_ready_to_rest(page):
    """Get ready counts down, the holds follow by themselves, the questions come at the end, and rest runs meanwhile."""
    first_holds(page)
    number, below = page.locator(".player-number"), page.locator(".player-below")
    assert number.inner_text() == "12"
    page.clock.run_for(12_100)
    assert "of" in below.inner_text()
    page.clock.run_for(2_500)
    assert below.inner_text().startswith("Hold")
    assert int(number.inner_text()) <= 10
    page.clock.run_for(120_000)
    assert "how was it?" in page.locator("#player h2").inner_text()
    assert "Rest" in page.locator(".player-rest").inner_text() or "rested" in page.locator(".player-rest").inner_text()


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


def test_more_time_to_get_ready(page):
    """The countdown can be made longer."""
    first_holds(page)
    press(page, "15 s more")
    page.clock.run_for(200)
    assert int(page.locator(".player-number").inner_text()) > 20


def test_what_is_said_stands_on_the_page(page):
    """Whatever the voice would say is a caption too."""
    first_holds(page)
    assert "Next: Lying knee lift and hold. right side" in page.locator(".player-caption").inner_text()
    press(page, "Start now")
    page.clock.run_for(2_200)
    assert page.locator(".player-caption").inner_text() == "Hold."


# ---- keeping


def test_every_set_is_in_the_record_when_it_says_so(page):
    """The status says that everything is kept; the page loaded anew goes on behind these sets."""
    first_holds(page)
    page.reload()
    assert "2 of" in page.locator(".eyebrow").first.inner_text()


def test_without_a_line_the_sets_wait_in_the_page_and_nowhere_else(page):
    """Offline the session goes on, says what waits, keeps nothing in the browser, and sends it once the line is back."""
    press(page, "Begin")
    page.context.set_offline(True)
    for _ in range(2):
        press(page, "Start now")
        press(page, "Done")
        answer(page)
        press(page, "Keep this set")
    page.locator(".player-status", has_text="wait").wait_for()
    assert "2 things wait for the connection" in page.locator(".player-status").inner_text()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.set_offline(False)
    page.clock.run_for(40_000)
    kept(page)
    page.reload()
    assert "2 of" in page.locator(".eyebrow").first.inner_text()


def test_nothing_is_kept_before_it_is_answered(page):
    """An empty answer is asked back, each question by itself; nothing starts chosen."""
    press(page, "Begin")
    press(page, "Start now")
    press(page, "Done")
    assert page.locator("#player input:checked").count() == 0
    press(page, "Keep this set")
    assert page.locator(".ask-error:visible").count() == 3
    assert page.locator(".player-status").inner_text() == ""


def test_the_last_set_is_taken_back(page):
    """Taken back it is asked for again."""
    first_holds(page)
    press(page, "Take back the last set")
    page.locator(".player-head h2", has_text="Hip circles").wait_for()
    page.reload()
    assert "1 of" in page.locator(".eyebrow").first.inner_text()


def test_an_exercise_is_left_out_with_a_reason(page):
    """Left out, the next one follows."""
    first_holds(page)
    name = page.locator(".player-head h2").inner_text()
    press(page, "Leave it out")
    choose(page.locator("#player form"), "Too tired")
    press(page, "Leave it out")
    assert page.locator(".player-head h2").inner_text() != name


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


def test_some_pain_leaves_the_choice(page):
    """It hurts, 3, an ache: kept, and she may leave the rest out or go on smaller."""
    first_holds(page)
    press(page, "Start now")
    press(page, "This hurts")
    sheet = page.locator("#player form")
    choose(sheet, "3")
    choose(sheet, "None of these, just an ache or a pull")
    press(page, "Stop this set")
    press(page, "Leave the rest out")
    kept(page)
    assert "Lying knee lift" not in page.locator(".player-head h2").inner_text()


# ---- the keyboard, the eye


def test_a_set_by_keyboard_alone(page):
    """Tab, space and enter are enough for a whole set."""
    press(page, "Begin")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("#player form").wait_for()
    for _ in range(3):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.locator("#player input:checked").count() == 3


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
    assert page.locator(".player-number").evaluate("one => one.getBoundingClientRect().height") >= 70
    press(page, "Start now")
    look("work")
    press(page, "Done")
    look("ask")
    press(page, "Keep this set")
    look("wrong")
    answer(page)
    press(page, "Keep this set")
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
    """The player is below 50 kB, and today's page loads no script at all."""
    assert BUNDLE.stat().st_size < 50_000
    page = window(chromium, site)
    scripts = []
    page.on("response", lambda answer: scripts.append(answer.url) if answer.url.endswith(".js") else None)
    page.goto("/today/")
    assert scripts == []
    page.context.close()
