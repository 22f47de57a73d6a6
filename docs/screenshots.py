"""Takes the pictures of the README from the demonstration, with a Chromium: python3 dev.py docs --screenshots.

The moment stands still (a Saturday morning in November), so that a picture changes only when a page does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).resolve().parent / "pictures"
MOMENT = "2026-11-21T09:30:00+01:00"
WIDTH = 1100
# picture -> the made-up person, the page, the scheme, and how much of it
SHOTS = {
    "people": ("", "/people/", "light", 780),
    "today": ("Mara", "/today/", "light", 900),
    "plan": ("Mara", "/plan/", "light", 1100),
    "decision": ("Mara", "/decisions/", "light", 900),
    "refer": ("Ines", "/today/", "light", 780),
}


def take() -> int:
    """Start the demonstration in a folder that is thrown away, and look at its pages."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, link = _serving(folder)
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        try:
            for name, (person, path, scheme, height) in SHOTS.items():
                _shoot(browser, link, folder, name, person=person, path=path, scheme=scheme, height=height)
        finally:
            browser.close()
            server.terminate()
            server.wait(timeout=10)
    print(f"{len(SHOTS)} pictures in {PICTURES.relative_to(PICTURES.parents[1])}. Look at each before committing it.")
    return 0


def _serving(folder: str) -> tuple[subprocess.Popen[str], str]:
    clock = Path(folder) / "clock"
    clock.write_text(MOMENT)
    environment = os.environ | {"PSOAS_DATA": folder, "PSOAS_CLOCK": str(clock), "TZ": "Europe/Berlin"}
    command = [sys.executable, "-m", "psoas", "serve", "--demo", "--no-open", "--port", "18348"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    assert server.stdout is not None
    words = server.stdout.readline().split()
    assert words, "the demonstration did not start"
    return server, words[-1]


def _shoot(
    browser: Any, link: str, folder: str, name: str, *, person: str, path: str, scheme: str, height: int
) -> None:
    """One picture, in a fresh browser: in by a new link, on to the person, the page."""
    base = link.split("/enter/", maxsplit=1)[0]
    context = browser.new_context(
        viewport={"width": WIDTH, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(_new_link(folder, first=link))
    if person:
        page.goto(f"{base}/people/")
        page.get_by_role("button", name=person).first.click()
    page.goto(base + path)
    if name == "decision":  # the newest but one that took something up
        page.locator(".decision", has=page.get_by_text("Up", exact=True)).get_by_role("link").nth(1).click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    context.close()


def _new_link(folder: str, *, first: str) -> str:
    del first
    told = subprocess.run(
        [sys.executable, "-m", "psoas", "link", "--data", f"{folder}/demo"], capture_output=True, text=True, check=True
    )
    return told.stdout.strip()


def _chromium() -> str:
    """The Chromium that the tests use, found or fetched."""
    sys.path.insert(0, str(PICTURES.parents[1]))
    from dev import chromium

    return chromium()
