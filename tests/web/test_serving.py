"""`psoas serve`, as a person starts it: a process of its own, with a data folder of its own."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from psoas.web.serving import _door

pytestmark = pytest.mark.slow
PATIENCE_S = 60


@contextmanager
def serving(folder, *arguments):
    """A running server: its process and its one-time link."""
    process = start(folder, *arguments)
    try:
        line = process.stdout.readline()
        assert line.startswith("Psoas is at http://127.0.0.1:"), line + process.stderr.read()
        yield process, line.split()[-1]
    finally:
        process.kill()
        process.communicate()


def start(folder, *arguments):
    command = [sys.executable, "-m", "psoas", *(arguments or ("serve", "--no-open"))]
    environment = os.environ | {"PSOAS_DATA": str(folder), "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def get(address, *, headers=None):
    """Status, headers and text of an answer, as a browser with cookies gets it."""
    opener = build_opener(HTTPCookieProcessor())
    try:
        with opener.open(Request(address, headers=headers or {}), timeout=PATIENCE_S) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """One server for the tests that only ask it something."""
    folder = tmp_path_factory.mktemp("data")
    with serving(folder, "serve", "--no-open", "--port", str(free_port())) as (process, link):
        yield folder, process, link


def test_the_link_opens_the_first_page(running):
    """The printed link signs in, and the welcome page answers."""
    _, _, link = running
    status, _, page = get(link)
    assert status == 200
    assert "A plan for your hip" in page


def test_a_new_link_from_the_terminal(running):
    """`psoas link` prints a link that lets in, while the server runs."""
    folder, _, _ = running
    link, _ = start(folder, "link").communicate(timeout=PATIENCE_S)
    assert get(link.strip())[0] == 200


def test_a_second_server_on_the_same_folder_is_refused(running):
    """One process per folder; the message names the one that is there."""
    folder, process, link = running
    second = start(folder)
    _, words = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 1
    assert f"already using {folder}" in words
    assert str(process.pid) in words
    assert link.split("/enter")[0] in words


def test_static_files_are_kept_for_ever(running):
    """A style sheet is named by its content, compressed no guess about its kind, and may be kept for ever."""
    _, _, link = running
    base = link.split("/enter")[0]
    _, _, page = get(f"{base}/learn/")
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    _, headers, _ = get(base + address)
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"].startswith("text/css")


def test_only_this_machine_is_answered(running):
    """The server listens on the loopback address and on no other."""
    _, _, link = running
    port = urlsplit(link).port
    with socket.socket() as one:
        one.settimeout(1)
        assert one.connect_ex((_own_address(), port)) != 0


def _own_address():
    """An address of this machine that is not loopback, or one that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect(("192.0.2.1", 9))
        except OSError:
            return "192.0.2.1"
        return one.getsockname()[0]


def test_a_foreign_host_name_is_refused(running):
    """A page elsewhere that points its own name at this machine gets nothing (DNS rebinding)."""
    _, _, link = running
    assert get(link.split("/enter")[0] + "/learn/", headers={"Host": "evil.example"})[0] == 400


def test_a_huge_body_is_refused_in_words(running):
    """Ten megabytes sent over the wire are answered with a page, and the server goes on."""
    _, _, link = running
    where = urlsplit(link)
    with closing(http.client.HTTPConnection(where.hostname, where.port, timeout=PATIENCE_S)) as connection:
        connection.request("POST", "/quiz/", body=b"x" * 10_000_000)
        answer = connection.getresponse()
        assert answer.status == 413
        assert "That was too much at once" in answer.read().decode()
    assert get(link.split("/enter")[0] + "/learn/")[0] == 200


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_it_stays_small(running):
    """After every kind of page, the process takes at most 120 MiB."""
    _, process, link = running
    for address in ("/learn/", "/exercises/E06/", "/rules/", "/sources/", "/safety/") * 4:
        get(link.split("/enter")[0] + address)
    status = Path(f"/proc/{process.pid}/status").read_text()
    resident = int(status.split("VmRSS:")[1].split()[0])
    assert resident <= 120 * 1024


def test_a_taken_port_is_said_and_the_next_is_used(tmp_path):
    """Where another program has the port, the next free one is used and the change is said."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with serving(tmp_path, "serve", "--no-open", "--port", str(taken)) as (process, link):
            assert urlsplit(link).port > taken
            process.terminate()
            assert f"Port {taken} is taken" in process.stderr.read()


def test_two_that_start_at_once_never_take_the_same_port(capsys):
    """A port is taken from the moment it was found free, not only once its server answers."""
    wanted = free_port()
    with closing(_door(wanted)) as one, closing(_door(wanted)) as other:
        assert one.getsockname()[1] == wanted
        assert other.getsockname()[1] > wanted
    assert f"Port {wanted} is taken" in capsys.readouterr().err


def test_it_ends_in_time_with_a_connection_open(tmp_path):
    """SIGTERM ends it within five seconds, even while a browser holds a connection and a request is half sent."""
    with serving(tmp_path, "serve", "--no-open", "--port", str(free_port())) as (process, link):
        with socket.create_connection((urlsplit(link).hostname, urlsplit(link).port)) as half:
            half.sendall(b"POST /quiz/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nx")
            time.sleep(0.2)
            begun = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE_S)
        assert time.monotonic() - begun < 5


def test_when_it_ends_one_file_is_the_whole_record(tmp_path):
    """After SIGTERM nothing waits in the log beside the database, nothing is announced, and all of it is its owner's."""
    with serving(tmp_path, "serve", "--no-open", "--port", str(free_port())) as (process, link):
        assert get(link)[0] == 200
        process.terminate()
        process.wait(timeout=PATIENCE_S)
    log = tmp_path / "psoas.db-wal"
    assert not log.exists() or not log.stat().st_size
    assert not (tmp_path / "server.json").exists()
    assert [path.name for path in tmp_path.glob("*") if path.is_file() and path.stat().st_mode & 0o077] == []


def test_a_damaged_database_is_said(tmp_path):
    """A database that is none is named in a sentence, with the way out, and stays as it is."""
    tmp_path.joinpath("psoas.db").write_bytes(b"no database" * 1_000)
    refused = start(tmp_path)
    _, words = refused.communicate(timeout=PATIENCE_S)
    assert refused.returncode == 1
    assert "psoas restore FILE" in words
    assert "Traceback" not in words
    assert tmp_path.joinpath("psoas.db").read_bytes() == b"no database" * 1_000


def test_data_of_a_newer_psoas_is_left_alone(tmp_path):
    """A folder that a newer version migrated is refused, with what to do, and not touched."""
    with serving(tmp_path, "serve", "--no-open", "--port", str(free_port())) as (process, _):
        process.terminate()
        process.wait(timeout=PATIENCE_S)
    with closing(sqlite3.connect(tmp_path / "psoas.db")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('storage', '9999_x', '2030-01-01')"
        )
    refused = start(tmp_path)
    _, words = refused.communicate(timeout=PATIENCE_S)
    assert refused.returncode == 1
    assert "newer Psoas (it knows storage.9999_x)" in words


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    """A data folder that is a file is refused in a sentence, without a traceback."""
    (tmp_path / "file").write_text("x")
    refused = start(tmp_path / "file" / "data")
    _, words = refused.communicate(timeout=PATIENCE_S)
    assert refused.returncode == 1
    assert "cannot keep data in" in words
    assert "Traceback" not in words


def test_no_room_for_the_static_files_is_said(tmp_path):
    """Where the style sheets cannot be laid out, on a full disk or beside a file in the way, the folder is named."""
    (tmp_path / "static").write_text("in the way")
    refused = start(tmp_path)
    _, words = refused.communicate(timeout=PATIENCE_S)
    assert refused.returncode == 1
    assert f"cannot keep data in {tmp_path}" in words
    assert "Traceback" not in words


def test_no_link_without_a_server(tmp_path):
    """`psoas link` without a running server says how to start one."""
    refused = start(tmp_path, "link")
    _, words = refused.communicate(timeout=PATIENCE_S)
    assert refused.returncode == 1
    assert "psoas serve" in words


def test_no_link_to_a_server_that_was_killed(tmp_path):
    """After a kill, `psoas link` does not print the address of a server that is gone."""
    with serving(tmp_path, "serve", "--no-open", "--port", str(free_port())) as (process, _):
        process.kill()
        process.wait()
        refused = start(tmp_path, "link")
        _, words = refused.communicate(timeout=PATIENCE_S)
        assert refused.returncode == 1
        assert "No Psoas is running" in words
