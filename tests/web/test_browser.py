"""Pages in a real browser: no accessibility violation, nothing wider than the screen, no word from the console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from psoas.web.desk import knowledge
from web import walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXERCISES = [f"/exercises/{key}/" for key in ("E01", "E06", "E13", "E16b")]
PAGES = [
    "/",
    "/learn/",
    "/learn/stretching/",
    "/learn/when-to-see-a-doctor/",
    "/quiz/",
    "/exercises/",
    *EXERCISES,
    "/exercises/E18/?side=left",
    "/exercises/band/",
    "/exercises/band/?short=60&light=1.5&long=100&strong=6&reach=80",
    "/rules/",
    "/rules/PR1/",
    f"/rules/{next(iter(knowledge().red_flags))}/",
    "/rules/numbers/",
    "/sources/",
    "/safety/",
    "/settings/",
    "/patterns/",
    "/nowhere/",
]


@pytest.fixture(scope="module")
def chromium():
    """A browser without a window."""
    with walker.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A running Psoas: its one-time link."""
    environment = os.environ | {"PSOAS_DATA": str(tmp_path_factory.mktemp("data")), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "psoas", "serve", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        yield process.stdout.readline().split()[-1]
        process.terminate()


@pytest.fixture(scope="module")
def signed_in(chromium, server):
    """The cookies of a browser that came in by the link, and the address of the site."""
    context = chromium.new_context()
    context.new_page().goto(server)
    cookies = context.storage_state()
    context.close()
    return cookies, server.split("/enter")[0]


@pytest.fixture(
    scope="module", params=[(w, s) for w in (320, 1280) for s in ("light", "dark")], ids=lambda p: f"{p[0]}-{p[1]}"
)
def screen(request, chromium, signed_in):
    """A page of this width and these colours, with axe in it, and what its console said."""
    width, scheme = request.param
    context = chromium.new_context(
        storage_state=signed_in[0],
        viewport={"width": width, "height": 720},
        color_scheme=scheme,
        bypass_csp=True,  # for axe alone; the inspection of the pages reads the policy itself
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


def violations(page):
    """What axe finds on the page as it stands, one line each."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shuts_nobody_out(screen, signed_in, address):
    """No violation of WCAG 2.2 AA, nothing wider than the screen, nothing said in the console."""
    screen.said.clear()
    screen.goto(signed_in[1] + address)
    assert violations(screen) == []
    width = screen.viewport_size["width"]
    assert screen.evaluate("document.documentElement.scrollWidth") <= width
    assert [text for text in screen.said if "404" not in text] == []


def test_errors_of_a_form_shut_nobody_out(screen, signed_in):
    """A form sent empty comes back with its errors, and is as accessible as before."""
    screen.goto(signed_in[1] + "/patterns/")
    screen.get_by_role("button", name="Send, and see the errors").click()
    assert violations(screen) == []
    screen.get_by_role("link", name="How bad is the pain").click()
    assert screen.evaluate("document.activeElement.id") == "id_pain_0"


def test_an_open_detail_shuts_nobody_out(screen, signed_in):
    """What opens below a line is accessible too."""
    screen.goto(signed_in[1] + "/exercises/E06/")
    for summary in screen.locator("summary").all():
        summary.click()
    assert violations(screen) == []


def test_a_question_is_answered_by_keyboard(screen, signed_in):
    """Tab reaches the answers, arrows move among them, and the choice is visible to a screen reader."""
    screen.goto(signed_in[1] + "/patterns/")
    screen.locator("#id_numb_0").focus()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    assert screen.get_by_role("radio", name="Not sure").first.is_checked()


def test_the_first_tab_skips_to_the_page(screen, signed_in):
    """The first thing a keyboard reaches is the link past the navigation."""
    screen.goto(signed_in[1] + "/learn/")
    screen.keyboard.press("Tab")
    assert screen.evaluate("document.activeElement.className") == "skip"
    screen.keyboard.press("Enter")
    assert screen.evaluate("document.activeElement.id") == "main"


def test_text_twice_as_large_still_fits(screen, signed_in):
    """With the text doubled, nothing is cut off at the side and the navigation lets the page be."""
    for address in ("/learn/", "/patterns/", "/exercises/E06/"):
        screen.goto(signed_in[1] + address)
        screen.add_style_tag(content="html { font-size: 200% }")
        width = screen.viewport_size["width"]
        assert screen.evaluate("document.documentElement.scrollWidth") <= width, address


def test_large_touch_targets(screen, signed_in):
    """Every control of a form is at least 44 px high, and every number of a scale at least 24 px wide."""
    screen.goto(signed_in[1] + "/patterns/")
    for box in screen.locator(".option, .button, .tabs a, summary").evaluate_all(
        "all => all.map(one => { const r = one.getBoundingClientRect(); return [r.width, r.height, one.textContent] })"
    ):
        assert box[0] >= 24, box
        assert box[1] >= 44, box


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_an_exercise_moves_unless_less_motion_is_wanted(chromium, signed_in, motion, moves):
    """The picture on the page of an exercise moves by itself; who asked the device for less motion sees it still."""
    context = chromium.new_context(storage_state=signed_in[0], reduced_motion=motion, bypass_csp=True)
    page = context.new_page()
    page.goto(signed_in[1] + "/exercises/E12/")
    drawing = page.locator(".moving-figure img").first
    drawing.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.moving-figure img').naturalWidth > 0")
    seen = set()
    for _ in range(4):
        seen.add(drawing.screenshot())
        page.wait_for_timeout(700)
    assert (len(seen) > 1) == moves
    context.close()
