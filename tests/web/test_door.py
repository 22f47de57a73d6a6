"""The door: one owner, let in by a link that works once."""

from __future__ import annotations

import pytest
from django.conf import settings

from psoas.web.models import Account

pytestmark = pytest.mark.django_db


def test_nobody_comes_in_without_a_link(client):
    """Without a session the first page tells how to get a link."""
    answer = client.get("/")
    assert answer.status_code == 403
    assert "psoas link" in answer.text


def test_a_link_lets_in_once(client, folder):
    """The link signs the owner in; used again elsewhere, it tells how to get another."""
    address = f"/enter/{folder.new_entry_token()}/"
    assert client.get(address).url == "/"
    assert client.get("/").status_code == 200
    client.cookies.clear()
    again = client.get(address)
    assert again.status_code == 403
    assert "used already" in again.text


def test_whoever_is_in_may_use_an_old_link(client, folder):
    """A used link in the browser that used it just leads to the first page."""
    address = f"/enter/{folder.new_entry_token()}/"
    client.get(address)
    assert client.get(address).url == "/"


def test_a_newer_link_ends_the_older(client, folder):
    """Only the newest link works."""
    older = folder.new_entry_token()
    newer = folder.new_entry_token()
    assert client.get(f"/enter/{older}/").status_code == 403
    assert client.get(f"/enter/{newer}/").status_code == 302


@pytest.mark.parametrize("token", ["x", "0" * 32, "%00", "é"])
def test_a_wrong_link_lets_nobody_in(client, folder, token):
    """A guessed token is refused and does not use up the real one."""
    real = folder.new_entry_token()
    assert client.get(f"/enter/{token}/").status_code == 403
    assert client.get(f"/enter/{real}/").status_code == 302


def test_looking_ahead_does_not_use_the_link_up(client, folder):
    """A browser that fetches the link before it is pressed leaves it whole."""
    address = f"/enter/{folder.new_entry_token()}/"
    assert client.head(address).status_code == 204
    assert client.get(address, headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 204
    assert client.get(address).status_code == 302


def test_two_browsers_at_once_one_comes_in(folder):
    """Of two that use the same link, one is let in."""
    token = folder.new_entry_token()
    assert [folder.use_entry_token(token), folder.use_entry_token(token)] == [True, False]


def test_only_its_owner_reads_the_link(folder):
    """Token and key lie in files that nobody else on the machine can read, and the token only as a hash."""
    token = folder.new_entry_token()
    folder.secret()
    for name in ("entry", "secret"):
        assert (folder.folder / name).stat().st_mode & 0o077 == 0
    assert token not in (folder.folder / "entry").read_text()


def test_there_is_one_owner(client, folder):
    """However often somebody comes in, it is the same account."""
    for _ in range(2):
        client.cookies.clear()
        client.get(f"/enter/{folder.new_entry_token()}/")
    assert Account.objects.count() == 1


def test_the_session_cookie_names_the_installation():
    """Two installations on one machine keep their cookies apart."""
    assert settings.PLACE.tag in settings.SESSION_COOKIE_NAME


def test_leaving_a_device_ends_the_login_and_tells_the_browser_to_erase(at_home):
    """Only by a press: looking at the page ends nothing. Then the door is shut, and the record is where it was."""
    assert at_home.get("/settings/device/").status_code == 200
    assert at_home.get("/settings/").status_code == 200
    answer = at_home.post("/settings/device/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "You have left this device" in answer.text
    assert at_home.get("/settings/").status_code == 403
