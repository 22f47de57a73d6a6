"""A browser that looks at every page it gets: whatever a test fetches is inspected."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.test import Client

django.setup()  # the settings are named in tests/conftest.py

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NAMED = {"a", "button", "h1", "h2", "h3", "h4", "legend", "label", "summary", "caption", "th", "option", "title"}


class Page(HTMLParser):
    """The elements of a page, each with its attributes and the text inside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.doctype = ""
        self.feed(html)
        self.close()

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        inside_label = any(opened == "label" for opened, _, _ in self._open)
        self.elements.append((tag, found | ({"inside-label": "yes"} if inside_label else {})))
        if tag not in VOID:
            self._open.append((tag, found, []))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        for _, _, text in self._open:
            text.append(data)

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        opened, attributes, text = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"
        self.texts.append((tag, "".join(text).strip() or attributes.get("aria-label", "")))

    def all(self, *tags):
        return [attributes for tag, attributes in self.elements if tag in tags]

    def values(self, name):
        return [attributes[name] for _, attributes in self.elements if name in attributes]


NEVER_KEPT = ("no-store", "max-age=0, no-cache, no-store, must-revalidate, private")


def _frame(page):
    assert page.doctype.lower() == "doctype html"
    assert page.all("html")[0].get("lang") == "en", "the page does not say its language"
    headings = [tag for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert headings.count("h1") == 1, f"{headings.count('h1')} h1 on the page"
    levels = [int(heading[1]) for heading in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels)), headings
    assert len(page.all("main")) == 1


def _names(page):
    ids = Counter(page.values("id"))
    assert not [key for key, count in ids.items() if count > 1], f"ids used twice: {ids.most_common(3)}"
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in page.values(attribute):
            assert all(key in ids for key in value.split()), f'{attribute}="{value}" leads nowhere'
    for address in page.values("href"):
        assert not address.startswith("#") or address[1:] in ids, f"{address} leads nowhere"
    empty = [tag for tag, text in page.texts if tag in NAMED and not text]
    assert not empty, f"no words in {empty}"


def _controls(page):
    labelled = set(page.values("for"))
    for attributes in page.all("input", "select", "textarea"):
        if attributes.get("type") in ("hidden", "submit"):
            continue
        named = attributes.get("id") in labelled or attributes.keys() & {
            "inside-label",
            "aria-label",
            "aria-labelledby",
        }
        assert named, f"no label: {attributes}"
    for attributes in page.all("img"):
        assert "alt" in attributes, f"no alternative text: {attributes}"
    for attributes in page.all("svg"):
        assert attributes.get("aria-hidden") == "true" or attributes.get("role") == "img", (
            f"unnamed picture: {attributes}"
        )
    posts = [form for form in page.all("form") if form.get("method", "").lower() == "post"]
    tokens = [one for one in page.all("input") if one.get("name") == "csrfmiddlewaretoken"]
    assert len(posts) <= len(tokens), "a form without its token"


def _inline(page):
    assert not page.all("style"), "a style element in the page"
    assert not page.values("style"), "a style attribute in the page"
    for attributes in page.all("script"):
        assert attributes.get("src") or attributes.get("type") == "application/json", "a script in the page"
    handlers = [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not handlers, f"handlers in the page: {handlers}"
    assert not [one for one in page.values("href") if one.startswith(("javascript:", "data:"))]


def _headers(response):
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    if response.headers["Content-Type"] != "image/svg+xml":  # a picture of an exercise says nothing about her
        assert response.headers["Cache-Control"] in NEVER_KEPT
    assert set(response.cookies) <= {settings.SESSION_COOKIE_NAME}
    for cookie in (one for one in response.cookies.values() if one.value):  # an empty one takes the cookie away
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def inspect(response):
    """Every rule a page has to keep; an assertion says which one it broke."""
    _headers(response)
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        page = Page(response.content.decode())
        for check in (_frame, _names, _controls, _inline):
            check(page)


class InspectingClient(Client):
    """A client that inspects every answer before the test sees it."""

    def request(self, **request):
        response = super().request(**request)
        inspect(response)
        return response


@pytest.fixture
def client():
    """Nobody signed in; every page is inspected."""
    return InspectingClient()


@pytest.fixture
def owner(db):
    """The owner of a home installation."""
    from psoas.web.models import Account  # noqa: PLC0415 (tables can be imported only once Django is set up)

    return Account.objects.home_owner()


@pytest.fixture
def at_home(client, owner):
    """The owner, signed in; every page is inspected."""
    client.force_login(owner)
    return client


@pytest.fixture
def folder():
    """The data folder of this test run, as it stands before the first start."""
    Path(settings.PLACE.folder).mkdir(exist_ok=True)
    return settings.PLACE


@pytest.fixture
def visits(at_home, her, settings):
    """The browser of `her`, whom each file brings itself: every page is fetched at her own time."""

    def fetch(path, data=None, **rest):
        Path(settings.CLOCK).write_text(her.at.isoformat())
        return at_home.get(path, **rest) if data is None else at_home.post(path, data, **rest)

    return fetch
