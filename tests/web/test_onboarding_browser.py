"""The way to a plan in a real browser: nobody shut out at any page, by keyboard too, and a timer that keeps time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from psoas.web import pace
from psoas.web.pages.tests import SECONDS
from web.walker import NO_WARNING_SIGN, ONBOARDING, ROOT, Window, chromium, served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MONDAY = dt.datetime(2026, 9, 7, 17, 0, tzinfo=ZoneInfo("Europe/Berlin"))
MODES = [(width, colours) for width in (320, 1280) for colours in ("light", "dark")]


@pytest.fixture(scope="module")
def browser():
    """A browser without a window."""
    with chromium() as found:
        yield found


@pytest.fixture
def window(browser, tmp_path):
    """A phone on which she has just come in by her link; axe may run in its pages."""
    with served(tmp_path, at=MONDAY) as (link, _clock):
        context = browser.new_context(viewport={"width": 320, "height": 720}, bypass_csp=True, reduced_motion="reduce")
        page = context.new_page()
        page.goto(link)
        yield Window(page, link.split("/enter")[0])
        context.close()


def trouble(window):
    """What keeps anybody out of the page as it stands: by axe, or wider than the screen; in every width and colour."""
    page, found = window.page, []
    page.add_script_tag(path=AXE)
    for width, colours in MODES:
        page.set_viewport_size({"width": width, "height": 720})
        page.emulate_media(color_scheme=colours)
        where = f"{window.path} at {width} {colours}"
        broken = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)["violations"]
        found += [f"{where}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in broken]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{where}: wider than the screen")
    return found


def walk(window, *, look=lambda _window: None):
    """To the profile, by what a person says at each page."""
    window.go("/screen/")
    while (room := window.path.split("/")[1]) in ONBOARDING:
        look(window)
        window.send(ONBOARDING[room], press="Next")


TO_READ = """() => {
  const words = text => text.split(/\\s+/).filter(Boolean).length
  const of = all => [...document.querySelectorAll(all)].reduce((sum, one) => sum + words(one.innerText || ''), 0)
  const plain = of('.options-pills .option, .options-scale .option, .month option') + of('main .actions') + of('main .way') + of('main .scale-ends')
  const listed = of('main .listed .field-label'), meant = of('main .listed .meant summary')
  const passed = of('main .field:has(.optional)')  // what is optional is passed over
  return {listed, told: of('main') - plain - listed - meant - passed}
}"""


def test_the_short_way_to_the_plan_takes_ten_minutes_at_most(window):
    """Counted page by page on a phone: what is read, touched, typed and done, from the welcome to profile and plan."""
    promised = int(window.go("/").text.split("About ")[1].split(" minutes")[0])
    window.go("/screen/")
    pages, seconds = 0, 0.0
    while (room := window.path.split("/")[1]) in ONBOARDING:
        words, before = window.page.evaluate(TO_READ), (window.taps, window.letters)
        if window.path == "/tests/methods/":
            window.taps += 1
            window.page.locator("button[value=short]").click()
            words["told"] = len(window.page.locator("h1").inner_text().split()) + 40
        else:
            quick = room == "screen" and window.page.locator("button[value=none]").count()
            own = (
                {"rest_eases": "yes", "position_eases": "yes", "assessed": "yes"}
                if quick
                else ONBOARDING[room] | {"*_eye": "level"}
            )
            window.send(
                own | ({"right_worst": "3"} if room == "intake" else {}),
                press="None of these apply" if quick else "Next",
            )
        pages += 1
        seconds += words["told"] * 60 / pace.WORDS_A_MINUTE + words["listed"] * 60 / pace.LISTED_A_MINUTE
        seconds += (window.taps - before[0]) * pace.ANSWER_S + (window.letters - before[1]) * 0.4 + pace.TURN_S
    seconds += 2 * SECONDS["length"]["eye"]
    assert window.path == "/profile/"
    assert window.go("/plan/").path == "/plan/"
    assert seconds <= 600
    assert abs(promised - seconds / 60) <= 1.5
    assert window.taps <= 75


def test_every_page_of_the_way_shuts_nobody_out(window):
    """No violation of WCAG 2.2 AA from the first question to the plan, in four looks, and a console without a word."""
    seen: set[str] = set()
    found: list[str] = []

    def look(at):
        kind = "/".join(at.path.split("/")[1:2]) if at.path.startswith("/screen/") else at.path
        if kind not in seen:
            seen.add(kind)
            found.extend(trouble(at))

    walk(window, look=look)
    for path in ("/profile/", "/plan/", "/plan/?as=five-move@2026-11-01"):
        window.go(path)
        for summary in window.page.locator("main summary").all():
            summary.click()
        found.extend(trouble(window))
    assert found == []
    assert window.said == []
    assert len(seen) > 15


def test_an_emergency_and_its_ways_back_shut_nobody_out(window):
    """The advice, the page of a mistake and that of having been seen are as open as the others."""
    window.go("/screen/back-and-nerves/")
    window.send({"saddle_numb": "yes"}, press="None of these apply")
    assert window.path == "/screen/result/"
    found = trouble(window)
    for path in ("/screen/mistake/", "/seen/"):
        found += trouble(window.go(path))
    assert found == []


def test_errors_lead_to_their_fields(window):
    """A page sent empty says so on top, and each line of it leads to its question."""
    window.go("/intake/where/").press("Next")
    assert trouble(window) == []
    window.page.get_by_role("link", name="Which hip has hurt").click()
    assert window.page.evaluate("document.activeElement.id") == "id_hurts_0"


def test_a_page_of_questions_is_answered_by_keyboard(window):
    """Tab reaches the answers, an arrow chooses, Enter sends the page as the plain Next, never as "none of these"."""
    window.go("/screen/right-now/")
    window.page.locator("#id_limp_0").focus()
    window.page.keyboard.press("ArrowRight")
    window.page.keyboard.press("Enter")
    window.page.wait_for_load_state()
    assert window.path == "/screen/right-now/"
    assert "answers need a look" in window.text
    assert window.page.locator("#id_limp_1").is_checked()


def test_closing_the_browser_loses_nothing(window):
    """Half a page typed, no button pressed, the window closed: all of it is there in the next one."""
    page = window.page
    window.go("/intake/where/").answer({"hurts": "left"})
    assert "What you type is kept as you go" in window.text
    page.wait_for_timeout(900)
    other = Window(page.context.new_page(), window.site)
    page.close()
    assert other.go("/intake/where/").page.locator("[name=hurts][value=left]").is_checked()
    other.answer({"hurts": "right"})  # and at once away, before the pause is over
    other.go("/learn/")
    other.page.wait_for_timeout(300)
    assert other.go("/intake/where/").page.locator("[name=hurts][value=right]").is_checked()


def test_what_was_put_aside_never_comes_after_the_button(window):
    """The first answer goes round by a slow net and arrives after the button has sent the second; the second stands."""
    page = window.go("/intake/where/").page
    with page.expect_request(lambda asked: "go=keep" in (asked.post_data or "")) as first:
        window.answer({"hurts": "left"})
    window.answer({"hurts": "right"}).press("Next")
    page.wait_for_url("**/intake/how-much/")
    again = "body => fetch('/intake/where/', {method: 'POST', body: new URLSearchParams(body)}).then(a => a.status)"
    assert page.evaluate(again, first.value.post_data) == 204
    assert window.go("/intake/where/").page.locator("[name=hurts][value=right]").is_checked()
    assert window.go("/intake/").path == "/intake/how-much/"


def test_the_timer_counts_holds_and_rests(window):
    """Get ready, hold, rest, six times; pause stands still; and without a script the page says how to count."""
    for path, room in (("/screen/", "screen"), ("/intake/", "intake"), ("/wishes/", "wishes")):
        window.go(path)
        while window.path.startswith(f"/{room}/"):
            window.send(NO_WARNING_SIGN if room == "screen" else ONBOARDING[room], press="Next")
    window.send(ONBOARDING["tests"] | {"length": "none", "strength": "none"}, press="Next")
    assert window.path == "/tests/e06-left/"
    page = window.page
    page.clock.install()
    page.reload()
    page.get_by_role("button", name="Start the timer").click()
    assert page.locator("[data-phase]").inner_text() == "Get ready"
    page.clock.run_for(5_200)
    assert page.locator("[data-phase]").inner_text() == "Hold 1 of 6"
    page.clock.run_for(10_000)
    assert page.locator("[data-phase]").inner_text() == "Rest. Next is hold 2 of 6"
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    assert page.locator("[data-phase]").inner_text() == "Rest. Next is hold 2 of 6"
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(5_000)
    assert page.locator("[data-phase]").inner_text() == "Hold 2 of 6"
    page.clock.run_for(75_000)
    assert page.locator("[data-phase]").inner_text().startswith("Done")
    assert page.locator(".timer-dots .done").count() == 6
