"""`dev.py` says what is missing, and installs again only when something changed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`dev.py` as a module, in a folder of its own."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, path in {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "CACHE": tmp_path / ".cache"}.items():
        monkeypatch.setattr(module, name, path)
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return module


def test_help_names_every_verb(dev: ModuleType) -> None:
    """`dev.py --help` lists each verb with what it does."""
    done = subprocess.run([sys.executable, str(ROOT / "dev.py"), "--help"], capture_output=True, text=True, check=True)
    for name, verb in dev.VERBS.items():
        assert f"{name:7} {verb.__doc__}" in done.stdout


def test_an_unknown_verb_is_refused(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that is no verb ends with status 2 and installs nothing."""
    monkeypatch.setattr(sys, "argv", ["dev.py", "dance"])
    with pytest.raises(SystemExit) as end:
        dev.main()
    assert end.value.code == 2
    assert not dev.VENV.exists()


def test_an_old_python_is_told_so(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that is too old ends with a sentence that names the one needed."""
    monkeypatch.setattr(dev, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or later"):
        dev.main()


def test_a_python_without_venv_names_the_line_to_type(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's Python without its venv package ends with the exact line that installs it."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find(name))
    with pytest.raises(SystemExit, match=rf"apt-get install -y python3\.{sys.version_info.minor}-venv"):
        dev.make_venv()


def test_a_folder_that_cannot_be_written_is_told(dev: ModuleType, tmp_path: Path) -> None:
    """A checkout on a read-only disk ends with a sentence that says what to do, and not with a traceback."""
    (tmp_path / ".cache").write_text("in the way")
    with pytest.raises(SystemExit, match="cannot be written to"), dev.alone():
        pass


# A shell that starts something in the background has it ignore Ctrl-C, and whatever that starts inherits it.
HEARS_CTRL_C = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are posix")
def test_who_stops_it_gets_a_sentence(tmp_path: Path) -> None:
    """Ctrl-C while something is installed ends with a sentence and the usual status, and not with a traceback."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    (tmp_path / "requirements").mkdir()
    for name in ("requirements/runtime.txt", "requirements/build.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    command = [sys.executable, "-c", HEARS_CTRL_C, sys.executable, str(tmp_path / "dev.py"), "psoas"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        assert "making the environment" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        words = process.stderr.read()
    assert process.returncode == 130
    assert "psoas: stopped." in words
    assert "dev.py" not in words


def test_no_browser_names_the_lines_to_type(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no Chromium is found and none can be fetched, the lines that install one are named."""
    for source in ("chromium_installed", "chromium_from_apt", "chromium_from_npm"):
        monkeypatch.setattr(dev, source, lambda: None)
    with pytest.raises(SystemExit, match="apt-get install -y chromium"):
        dev.chromium()


def test_a_program_that_does_not_start_is_no_browser(dev: ModuleType, tmp_path: Path) -> None:
    """A file named chromium that only says where to get one is passed over."""
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    assert not dev.works(fake)
    fake.write_text("#!/bin/sh\nexit 0\n")
    assert dev.works(fake)
    assert not dev.works(tmp_path / "absent")


def test_the_stamp_follows_the_locks(dev: ModuleType, tmp_path: Path) -> None:
    """A changed lock asks for a new install, an unchanged one does not."""
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1\n")
    first = dev.key("lock.txt")
    dev.VENV.mkdir()
    dev.stamp("runtime", value=first)
    assert dev.same("runtime", value=dev.key("lock.txt"))
    lock.write_text("a==2\n")
    assert not dev.same("runtime", value=dev.key("lock.txt"))


def test_an_up_to_date_folder_installs_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run calls pip not once."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(dev, "must", lambda *command, otherwise: asked.append((*command, otherwise)))
    (dev.ROOT / "requirements").mkdir()
    for name in ("requirements/runtime.txt", "requirements/build.txt", "requirements/dev.txt", "pyproject.toml"):
        (dev.ROOT / name).write_text(name)
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.touch()
    dev.prepare(dev=True)
    assert sum("pip" in command for command in asked) == 3
    asked.clear()
    dev.prepare(dev=True)
    assert [command[1] for command in asked] == ["frontend/build.py"]


def test_the_users_python_stays_out(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """What points at another Python is not handed on."""
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    assert "elsewhere" not in dev.clean_environment().values()
    assert dev.clean_environment()["PATH"] == os.environ["PATH"]


@pytest.mark.skipif(os.name != "posix", reason="signals are posix")
def test_a_verb_becomes_the_program(tmp_path: Path) -> None:
    """The command takes over the process, so that a signal to `dev.py` reaches it and its exit status is kept."""
    code = (
        "import importlib.util, os, sys;"
        f"spec = importlib.util.spec_from_file_location('dev', {str(ROOT / 'dev.py')!r});"
        "dev = importlib.util.module_from_spec(spec); spec.loader.exec_module(dev);"
        "print(os.getpid(), flush=True);"
        "dev.become(sys.executable, '-c', 'import os, sys; print(os.getpid()); sys.exit(7)')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    before, after = done.stdout.split()
    assert before == after
    assert done.returncode == 7
