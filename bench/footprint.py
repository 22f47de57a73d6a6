"""What an installation costs: the time to start, the memory while it serves, the room on disk."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from measuring import Bench

PSOAS = Path(sys.executable).with_name("psoas")
PAGES = ("/", "/learn/", "/exercises/", "/rules/", "/sources/", "/safety/", "/settings/")


def measure(bench: Bench) -> None:
    """All claims about an installation."""
    firsts, again, kept = [], [], []
    for _ in range(min(bench.rounds, 3)):
        with tempfile.TemporaryDirectory() as folder:
            firsts.append(_started(folder)[0])
            took, resident = _started(folder)
            again.append(took)
            kept.append(resident)
    bench.add(
        "psoas serve: first start, to the first page",
        unit="s",
        rounds=tuple(firsts),
        target=2.5,
        note="new data folder: tables and static files are made",
    )
    bench.add("psoas serve: later start, to the first page", unit="s", rounds=tuple(again), target=2.5)
    bench.add("resident after 70 pages", unit="MiB", rounds=tuple(kept), target=120)
    names = sorted(_needed("psoas", set()))
    size = sum(_size(distribution(name)) for name in names) / 1e6
    bench.add(
        "installed: packages, Psoas included", unit="", rounds=(float(len(names)),), target=60, note=", ".join(names)
    )
    bench.add(
        "installed: room on disk",
        unit="MB",
        rounds=(size,),
        target=300,
        note="files that the packages list, compiled ones included",
    )


def _started(folder: str) -> tuple[float, float]:
    """Seconds from typing the command to the first page, and mebibytes resident after some pages."""
    begin = time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PSOAS_", "DJANGO_"))} | {
        "PSOAS_DATA": folder
    }
    command = [str(PSOAS), "serve", "--no-open", "--port", "18347"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    try:
        assert server.stdout is not None
        link = server.stdout.readline().split()[-1]
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        browser.open(link).read()
        took = time.perf_counter() - begin
        base = link.split("/enter/")[0]
        for page in PAGES * 10:
            browser.open(base + page).read()
        status = Path(f"/proc/{server.pid}/status").read_text()
        return took, int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024
    finally:
        server.terminate()
        server.wait(timeout=10)


def _needed(name: str, seen: set[str]) -> set[str]:
    """The package and everything it needs here, by name."""
    try:
        wanted = distribution(name).requires or []
    except PackageNotFoundError:
        return seen
    seen.add(name.lower().replace("_", "-"))
    for line in wanted:
        head, _, marker = line.partition(";")
        key = re.split(r"[ <>=!~\[(]", head.strip())[0].lower().replace("_", "-")
        if key not in seen and "extra ==" not in marker:
            _needed(key, seen)
    return seen


def _size(of: Distribution) -> int:
    if of.metadata["Name"] == "psoas":  # from its sources
        home = Path(__file__).resolve().parents[1] / "src" / "psoas"
        return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    files = (Path(str(of.locate_file(file))) for file in of.files or ())
    return sum(path.stat().st_size for path in files if path.is_file())
