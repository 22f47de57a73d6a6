"""Filters and tags for every template: icons, Markdown, words for doses."""

from __future__ import annotations

from functools import cache, lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from psoas.terms import Dose

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside words; a screen reader passes over it."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    address = f"{static('icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', address)


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@register.filter
@lru_cache(maxsize=512)
def markdown(text: str) -> SafeString:
    """Markdown as HTML. HTML inside it is shown as text; its headings start at level 2, below the page's own."""
    tokens = _reader().parse(text)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    html: str = _reader().renderer.render(tokens, _reader().options, {})
    return mark_safe(html)  # noqa: S308 (HTML is disabled in the reader)


@register.filter
@lru_cache(maxsize=2048)
def inline(text: str) -> SafeString:
    """One line of Markdown, without a paragraph round it."""
    html: str = _reader().renderInline(text)
    return mark_safe(html)  # noqa: S308 (HTML is disabled in the reader)


@register.filter
def dose(value: Dose) -> str:
    """A dose in words.

    >>> dose(Dose(sets=2, reps=6, hold_s=10)), dose(Dose(sets=1, hold_s=30)), dose(Dose(sets=3, metres=20))
    ('2 sets of 6 x 10 s', '1 set of 30 s', '3 sets of 20 m')
    """
    sets = f"{value.sets} set{'' if value.sets == 1 else 's'} of "
    if value.metres:
        return f"{sets}{value.metres} m"
    if not value.hold_s:
        return f"{sets}{value.reps}"
    return f"{sets}{value.hold_s} s" if value.reps == 1 else f"{sets}{value.reps} x {value.hold_s} s"


@register.filter
def words(name: str) -> str:
    """An id as words.

    >>> words("hip_flexor_stretch")
    'hip flexor stretch'
    """
    return escape(name.replace("_", " "))
