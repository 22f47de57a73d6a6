"""What is given out is whole: the bundles, the content, the templates and the licences are in the wheel."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "psoas"
WRITTEN = {".css", ".html", ".js", ".json", ".md", ".py", ".svg", ".toml", ".txt", ".typed", ".webmanifest"}


@pytest.fixture
def front_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The front end's build script, pointed at an empty folder with one source."""
    spec = importlib.util.spec_from_file_location("front_end", ROOT / "frontend" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "src").mkdir()
    for name in ("package.json", "package-lock.json", "build.mjs", "src/player.ts"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr(module, "OUT", tmp_path / "out")
    monkeypatch.setattr(module, "LOCK", tmp_path / "package-lock.json")
    return module


def test_bundles_are_made_again_when_a_source_is_newer(front_end: ModuleType) -> None:
    """A bundle is fresh while it is there and newer than everything it is made from, without a leftover beside it."""
    assert not front_end.is_fresh()
    front_end.OUT.mkdir()
    bundle = front_end.OUT / "player.js"
    bundle.write_text("")
    assert front_end.is_fresh()
    (front_end.OUT / "former.js").write_text("")
    assert not front_end.is_fresh()
    (front_end.OUT / "former.js").unlink()
    later = bundle.stat().st_mtime + 5
    os.utime(front_end.HERE / "src" / "player.ts", (later, later))
    assert not front_end.is_fresh()


def test_a_failed_bundle_ends_the_build(front_end: ModuleType) -> None:
    """Where esbuild leaves no bundle, the build ends with a sentence that names it."""
    (front_end.HERE / "build.mjs").write_text("process.exit(3);\n")
    with pytest.raises(SystemExit, match=r"esbuild ended with 3; missing: player\.js"):
        front_end.bundle()


@pytest.mark.slow
def test_the_wheel_is_whole(tmp_path: Path) -> None:
    """Every file of the package that is text, every bundle and both licences are in the wheel; nothing else is."""
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "-w", str(tmp_path), "."], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {f"psoas/{p.relative_to(SOURCE)}" for p in SOURCE.rglob("*") if p.suffix in WRITTEN and p.is_file()}
    assert here <= names
    assert "psoas/web/static/dist/player.js" in names
    assert {n.rsplit("/", 1)[1] for n in names if "/licenses/" in n} == {"LICENSE", "LICENSE-CONTENT"}
    assert {n.split("/")[0].split("-")[0] for n in names} == {"psoas"}
    assert [n for n in names if "node_modules" in n or n.endswith(".ts")] == []
