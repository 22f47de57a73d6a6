"""Makes the icons of the home screen from the favicon; run once after the favicon changes: `python frontend/icons.py`.

The files are kept in the repository, so nobody who installs Psoas needs a browser for them. PSOAS_CHROMIUM names one.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

STATIC = Path(__file__).resolve().parents[1] / "src" / "psoas" / "web" / "static"
ICONS = {"app-192": (192, 0), "app-512": (512, 0), "app-maskable-512": (512, 64)}  # name: (size, border in pixels)
GROUND = "#0f5b5a"  # the favicon's own; a maskable icon has it to the edge, so that any shape can be cut out


def drawn(browser: Browser, *, size: int, border: int) -> bytes:
    """The favicon as a PNG of this size, with the ground all round where there is a border."""
    page = browser.new_page(viewport={"width": size, "height": size})
    mark = (STATIC / "favicon.svg").read_text(encoding="utf-8")
    ground = GROUND if border else "transparent"
    inner = size - 2 * border
    page.set_content(
        f"<style>html,body{{margin:0;background:{ground}}}svg{{display:block;width:{inner}px;margin:{border}px}}</style>{mark}"
    )
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


def main() -> None:
    """Write every icon."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("PSOAS_CHROMIUM"), args=["--no-sandbox"])
        for name, (size, border) in ICONS.items():
            (STATIC / "icons" / f"{name}.png").write_bytes(drawn(browser, size=size, border=border))
        browser.close()


if __name__ == "__main__":
    main()
