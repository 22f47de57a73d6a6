"""Every address, in a state in which it has something to show, shuts nobody out: 320 and 1280 px, light and dark."""

from __future__ import annotations

import datetime as dt
import mimetypes
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import get_resolver, resolve

from psoas.pathway import record as r
from psoas.pathway.decisions import Refer, Stops
from psoas.storage.ids import new_id
from psoas.terms import SIDES, Answer, Level, Reason
from psoas.web import desk, drafts
from web.conftest import InspectingClient
from web.courses import ZONE, Person, clear_answers, intake, mini_answers
from web.walker import ROOT, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Everything in both widths; what colours alone can change in all four.
CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
MODES = [(320, "light", TAGS), (320, "dark", CONTRAST), (1280, "dark", TAGS), (1280, "light", CONTRAST)]
SITE = "http://psoas.test"

# Addresses that only take what a form or the player sends, hand out a file or a picture, or lead on at once.
NO_PAGE = {
    "plan-switch", "plan-swap", "plan-accept", "mistaken-day", "plain-set", "plain-skip", "plain-undo", "log-set",
    "log-skip", "log-swap", "session-swaps", "log-undo", "log-end", "log-alarm", "session-token", "export", "picture", "moving_picture", "worker",
    "screen", "intake", "wishes", "tests", "enter",
}  # fmt: skip
# Looked at by test_browser: they say the same to everybody.
SAME_FOR_ALL = {
    "door", "learn", "lesson", "quiz", "exercises", "exercise", "band", "rules", "numbers", "rule", "sources", "safety", "patterns",
}  # fmt: skip


class Visitor:
    """Fetches pages in one state after another and keeps what came."""

    def __init__(self, client, settings):
        self.client, self.settings = client, settings
        self.pages: dict[str, tuple[str, str]] = {}  # address in the browser -> where it came from, and the page

    def look(self, her, *paths, data=None):
        """The pages at these addresses, at her time; each must be one, and not lead elsewhere."""
        for path in paths:
            Path(self.settings.CLOCK).write_text(her.at.isoformat())
            answer = self.client.get(path) if data is None else self.client.post(path, data)
            assert answer.status_code in (200, 403, 409, 422), (
                f"{path}: {answer.status_code} {answer.get('Location', '')}"
            )
            self.pages[f"/{len(self.pages)}/"] = (path, answer.content.decode())

    def seen(self):
        """The names of the addresses that were looked at."""
        return {resolve(urlsplit(path).path).url_name for path, _ in self.pages.values()}


@pytest.fixture
def visitor(owner, settings, tmp_path):
    """The owner of a home installation at her browser."""
    owner.zone = ZONE
    owner.save()
    settings.CLOCK = str(tmp_path / "clock")
    client = InspectingClient()
    client.force_login(owner)
    return Visitor(client, settings)


@pytest.fixture
def anew(owner):
    """A person whose record is the only one of the account."""

    def person(**rest):
        drafts.forget(owner)
        for row in desk.journal().episodes(owner.key):
            desk.clinic().erase(row.id)
        return Person(desk.clinic(), owner.key, **rest)

    return person


def before_a_plan(visitor, anew):
    """Questions, lists, tests, profile and plan on offer."""
    her = anew()
    visitor.look(
        her,
        "/",
        "/screen/right-now/",
        "/screen/belly-and-groin/",
        "/intake/where/",
        "/wishes/things/",
        "/settings/",
        "/settings/device/",
    )
    her.write(intake())
    visitor.look(her, "/record/")
    her.clinic.write_screen(her.episode, clear_answers(her.knowledge), now=her.at, zone=ZONE)
    visitor.look(her, "/tests/methods/", "/record/import/")
    her.planned()
    return her


def stopped(visitor, anew):
    """An emergency; a row that may be quoted; the answers looked through once more."""
    her = anew()
    her.write(intake())
    her.clinic.write_screen(her.episode, clear_answers(her.knowledge, saddle_numb="yes"), now=her.at, zone=ZONE)
    visitor.look(her, "/screen/result/", "/screen/mistake/", "/seen/", "/leave/")
    assert visitor.client.post("/screen/mistake/", {"saddle_numb": "no"}).url == "/screen/review/"
    visitor.look(her, "/screen/review/")
    her = anew()
    her.write(intake())
    her.clinic.write_screen(her.episode, clear_answers(her.knowledge, locking="yes"), now=her.at, zone=ZONE)
    visitor.look(her, "/screen/result/", "/leave/")


def under_a_plan(visitor, anew):
    """From the first day to a check."""
    her = anew().planned()
    visitor.look(
        her, "/today/", "/plan/", "/profile/", "/session/start/", "/progress/", "/week/", "/today/how/", "/change/"
    )
    her.trained(morning=None)
    visitor.look(her, "/session/done/")
    her.wait(hours=15)
    visitor.look(her, "/today/", "/morning/")
    session = her.course.sats[-1].done.session
    now = dict.fromkeys(SIDES, Decimal(1))
    her.write(r.MorningAnswered(session=session, now=now, settled="yes", limp="no"))
    her.ready().trained().ready().trained()
    decided = her.course.decisions[-1].seq
    visitor.look(
        her, "/decisions/", f"/decisions/{decided}/", "/progress/", "/record/", "/record/erase/", "/form/", "/profile/"
    )
    visitor.look(her, "/offers/easier-week/", "/leave/")
    her.at += dt.timedelta(days=9)
    visitor.look(her, "/today/", "/check/", "/check/answers/")
    return her


def corrections(visitor, anew):
    """What was said, in the questions in which it was asked; and what a correction would change."""
    her = anew().planned().trained().ready().trained()
    entries = {type(entry.body): entry.id for entry in her.clinic.record(her.episode)}
    for kind in (r.SessionDone, r.Tested, r.TakenIn, r.Wished, r.DayAnswered, r.MorningAnswered):
        visitor.look(her, f"/record/{entries[kind]}/correct/")
    visitor.look(her, f"/record/{entries[r.SessionDone]}/correct/?set=0")
    worse = {"pain_left": "0", "pain_right": "4", "settled": "yes", "limp": "no", "entry": new_id()}
    visitor.look(her, f"/record/{entries[r.MorningAnswered]}/correct/", data=worse)


def in_a_session(visitor, anew):
    """An open session, what opens behind a yes, its end, and one that was forgotten."""
    her = anew().planned()
    told = mini_answers(her.knowledge, mini_TE10="yes") | {
        "pain_left": "0", "pain_right": "1", "limp_now": "no", "night_pain_new": "no", "news": "none", "entry": new_id(),
    }  # fmt: skip
    Path(visitor.settings.CLOCK).write_text(her.at.isoformat())
    assert visitor.client.post("/session/start/", told).url == "/session/start/more/"
    visitor.look(her, "/session/start/more/")
    her = anew().planned()
    her.begun()
    visitor.look(her, "/session/", "/session/end/", "/today/")
    her.did(0, 1, pain="0")
    visitor.look(her, "/session/", "/session/again/")
    her.clinic.end(her.episode, after={}, effort=None, limp=Answer.UNKNOWN, now=her.at, zone=ZONE)
    visitor.look(her, "/session/done/")
    her.begun()
    her.did(0, 1, pain="0")
    her.at += dt.timedelta(days=1)
    visitor.look(her, "/today/", "/session/close/")


def afterwards(visitor, anew):
    """A course that keeps what was won, and may be opened again; and one stopped in its middle."""
    from psoas.pathway.decisions import Discharge, ModeTo  # noqa: PLC0415 (made by hand here alone)

    her = anew().planned().trained()
    done = Discharge(reasons=(Reason("DI1"),), changes=(ModeTo(mode="maintenance"),))
    her.write(r.Decided(decision=done, protocol=her.course.protocol, saw=her.course.count))
    visitor.look(her, "/today/", "/restart/", "/plan/")
    her.at += dt.timedelta(days=91)
    visitor.look(her, "/today/", "/three-months/")
    sore = {"worst_left": "0", "worst_right": "4", "score_0": "5", "score_1": "3", "entry": new_id()}
    told = visitor.client.post("/three-months/", sore)
    visitor.look(her, told.url, "/today/", "/record/")
    her = anew().planned().trained()
    stop = Refer(
        level=Level.CLINICIAN, reasons=(Reason("SR6"),), changes=(Stops(level=Level.CLINICIAN, rows=("SR6",)),)
    )
    her.write(r.Decided(decision=stop, protocol=her.course.protocol, saw=her.course.count))
    visitor.look(her, "/today/", "/leave/", "/seen/")


def without_a_line_and_made_up(visitor, anew):
    """What a device shows without a connection; the made-up people, and one of their pages under the notice."""
    her = anew().planned()
    visitor.look(her, "/session/offline/")
    visitor.settings.DEMO = True
    visitor.look(her, "/people/", "/today/")
    visitor.settings.DEMO = False


STATES = (without_a_line_and_made_up, before_a_plan, stopped, under_a_plan, corrections, in_a_session, afterwards)


def trouble(page, where):
    """What keeps anybody out of the page as it stands."""
    found = []
    page.add_script_tag(path=AXE)
    for width, colours, rules in MODES:
        page.set_viewport_size({"width": width, "height": 720})
        page.emulate_media(color_scheme=colours)
        broken = page.evaluate("rules => axe.run({runOnly: rules})", rules)["violations"]
        found += [f"{where} at {width} {colours}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in broken]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{where} at {width} {colours}: wider than the screen")
    page.set_viewport_size({"width": 320, "height": 720})
    page.add_style_tag(content="html { font-size: 200% }")
    if page.evaluate("document.documentElement.scrollWidth") > 320:
        found.append(f"{where} with the text twice as large: wider than the screen")
    return found


def test_no_address_is_left_out(visitor, anew):
    """Every name in the list of addresses is looked at here, or in the tests of pages that are the same for everybody."""
    for state in STATES:
        state(visitor, anew)
    named = {pattern.name for pattern in get_resolver().url_patterns}
    assert named - visitor.seen() - NO_PAGE - SAME_FOR_ALL == set()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_page_shuts_nobody_out(visitor, anew, state):
    """No violation of WCAG 2.2 AA, nothing wider than the screen, with every detail open, at twice the text too."""
    state(visitor, anew)
    found = []
    with chromium() as browser:
        page = browser.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
        page.route("**/*", lambda route: _fulfil(route, visitor.pages))
        for address, (path, _) in visitor.pages.items():
            page.goto(SITE + address)
            page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
            found += trouble(page, path)
    assert found == []


def _fulfil(route, pages):
    """What the browser asks for: a page kept before, a static file, or nothing."""
    path = urlsplit(route.request.url).path
    if path in pages:
        return route.fulfill(body=pages[path][1], content_type="text/html; charset=utf-8")
    file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if file is None:
        return route.fulfill(status=404, body="")
    return route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0] or "application/octet-stream")
