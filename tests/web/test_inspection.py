"""The inspection itself finds what it is there to find."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from psoas.web.pages import trouble

PAGE = '<!doctype html><html lang="en"><head><title>x</title></head><body><main><h1>x</h1>{}</main></body></html>'


@pytest.fixture
def inspecting(client, monkeypatch):
    """Inspects a page with this in its middle."""

    def fetch(middle, page=PAGE):
        answer = HttpResponse(page.format(middle), status=404)
        monkeypatch.setattr(trouble, "render", lambda *_, **__: answer)
        return client.get("/nowhere/", raise_request_exception=False)

    return fetch


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        ("<h1>two</h1>", "2 h1"),
        ("<h3>skipped</h3>", "h3"),
        ('<p id="a"></p><p id="a"></p>', "ids used twice"),
        ('<input name="a">', "no label"),
        ('<label for="b">x</label>', "leads nowhere"),
        ('<p aria-describedby="b"></p>', "leads nowhere"),
        ('<a href="#gone">x</a>', "leads nowhere"),
        ('<a href="/"></a>', "no words"),
        ("<img>", "no alternative text"),
        ("<svg></svg>", "unnamed picture"),
        ('<form method="post"></form>', "without its token"),
        ("<style></style>", "style element"),
        ('<p style="color: red"></p>', "style attribute"),
        ("<script>1</script>", "script in the page"),
        ('<p onclick="x()"></p>', "handlers"),
        ("<p><b></p>", "closes"),
    ],
)
def test_a_flaw_is_found(inspecting, middle, words):
    """A page with this flaw does not pass."""
    with pytest.raises(AssertionError, match=words):
        inspecting(middle)


def test_a_page_without_flaws_passes(inspecting):
    """A page that keeps every rule is let through."""
    assert inspecting('<label>x<input name="a"></label><img alt="">').status_code == 404


def test_a_page_without_language_is_found(inspecting):
    """The page must say its language."""
    with pytest.raises(AssertionError, match="language"):
        inspecting("", page=PAGE.replace(' lang="en"', ""))
