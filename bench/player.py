"""The session page on a slow phone: how much is sent, when the largest thing stands, whether the picture moves smoothly.

Chromium's own emulation: 1.6 Mbit/s with 150 ms of delay, the processor four times slower. Needs PSOAS_CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import Bench

ROOT = Path(__file__).resolve().parents[1]
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
LARGEST = """() => new Promise(done => new PerformanceObserver((list, seen) => {
  const last = list.getEntries().at(-1); seen.disconnect(); setTimeout(() => done(last.startTime), 0);
}).observe({type: "largest-contentful-paint", buffered: true}))"""
FRAMES = """() => new Promise(done => { let count = 0; const began = performance.now();
  const frame = now => { count += 1; now - began < 3000 ? requestAnimationFrame(frame) : done(count / ((now - began) / 1000)); };
  requestAnimationFrame(frame); })"""


def measure(bench: Bench) -> None:
    """Every claim about the session page."""
    program = os.environ.get("PSOAS_CHROMIUM") or shutil.which("chromium")
    if not program:
        print("no Chromium: the session page is left out", file=sys.stderr)
        return
    sys.path.insert(0, str(ROOT / "tests"))
    from playwright.sync_api import sync_playwright

    from web import phone

    rounds = max(3, bench.rounds // 2)
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder), phone) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=phone.FLAGS)
        state = _begun(browser, link, phone)
        looks = [_look(browser, state, link) for _ in range(rounds + 1)][1:]  # the first draws the pictures
        browser.close()
    kilobytes = tuple(look["bytes"] / 1000 for look in looks)
    bench.add("the session page without its pictures, as it is sent", unit="kB", rounds=kilobytes, target=150)
    seconds = tuple(look["largest"] / 1000 for look in looks)
    note = "at 1.6 Mbit/s, the processor four times slower, nothing kept from before"
    bench.add("until the largest thing stands on the session page", unit="s", rounds=seconds, target=2.5, note=note)
    frames = tuple(look["frames"] for look in looks)
    bench.add("the moving picture in a running set", unit="frames/s", rounds=frames, target=30, at_least=True)


@contextmanager
def _served(folder: Path, phone: Any) -> Iterator[str]:
    """Somebody with a course, and a server: its one-time link."""
    (folder / "data").mkdir()
    environment = phone.environment_of(folder)
    program = [sys.executable, str(ROOT / "tests" / "web" / "courses.py"), "4", environment["PSOAS_CLOCK"]]
    subprocess.run(program, env=environment | {"DJANGO_SETTINGS_MODULE": "psoas.web.settings"}, check=True)
    command = [sys.executable, "-m", "psoas", "serve", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[-1]
        server.terminate()


def _begun(browser: Any, link: str, phone: Any) -> Any:
    """In by the link, and a session begun: the cookies."""
    context = browser.new_context(base_url=link.split("/enter", maxsplit=1)[0])
    page = context.new_page()
    page.goto(link)
    phone.begin(page)
    state = context.storage_state()
    context.close()
    return state


def _look(browser: Any, state: Any, link: str) -> dict[str, float]:
    """One first visit on a slow phone, then three seconds of a set."""
    context = browser.new_context(
        storage_state=state, base_url=link.split("/enter", maxsplit=1)[0], viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    told = context.new_cdp_session(page)
    told.send("Network.enable")
    told.send("Network.emulateNetworkConditions", SLOW)
    told.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sent = {"bytes": 0.0}
    pictures: set[str] = set()
    told.on("Network.responseReceived", lambda seen: _picture(seen, pictures))
    told.on("Network.loadingFinished", lambda seen: _count(seen, sent, pictures))
    page.goto("/session/", wait_until="load")
    page.locator(".player-picture").wait_for()
    page.wait_for_timeout(2500)
    largest = page.evaluate(LARGEST)
    weighed = sent["bytes"]
    told.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    told.send("Network.emulateNetworkConditions", SLOW | {"downloadThroughput": -1, "latency": 0})
    page.locator("#player").get_by_role("button", name="Begin").click()
    page.locator("#player").get_by_role("button", name="Start now").click()
    page.locator(".player-picture").evaluate("one => one.decode()")
    frames = page.evaluate(FRAMES)
    context.close()
    return {"bytes": weighed, "largest": largest, "frames": frames}


def _picture(seen: dict[str, Any], pictures: set[str]) -> None:
    if "/pictures/" in seen["response"]["url"]:
        pictures.add(seen["requestId"])


def _count(seen: dict[str, Any], sent: dict[str, float], pictures: set[str]) -> None:
    if seen["requestId"] not in pictures:
        sent["bytes"] += seen["encodedDataLength"]
