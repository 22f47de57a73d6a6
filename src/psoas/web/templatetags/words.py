"""Filters and tags for every template: icons, Markdown with its sources, plain words for ids and doses."""

from __future__ import annotations

from functools import cache, lru_cache

from django import template
from django.templatetags.static import static as address_of
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from psoas.knowledge.schema import Step
from psoas.terms import Dose, Stage
from psoas.web import wording
from psoas.web.citing import IN_TEXT, name_of
from psoas.web.desk import knowledge

register = template.Library()


@register.simple_tag
@cache
def static(path: str) -> str:
    """The address of a static file, looked up once: its name does not change while the process lives."""
    return str(address_of(path))


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside words; a screen reader passes over it."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    address = f"{address_of('icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', address)


# ---- Markdown


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


@register.filter
@lru_cache(maxsize=512)
def markdown(text: str) -> SafeString:
    """Markdown as HTML: HTML inside is shown as text, headings start at level 2, [source] becomes a link."""
    return _rendered(_reader().parse(text))


@register.filter
@lru_cache(maxsize=4096)
def inline(text: str) -> SafeString:
    """One line of Markdown, without a paragraph round it."""
    return _rendered(_reader().parseInline(text))


def _rendered(tokens: list[Token]) -> SafeString:
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
        if token.children:
            token.children = [part for child in token.children for part in _with_sources(child)]
    html: str = _reader().renderer.render(tokens, _reader().options, {})
    return mark_safe(html)  # noqa: S308 (the reader escapes HTML, and `_link` what it writes)


def _with_sources(token: Token) -> list[Token]:
    """A piece of text, its [sources] as links; brackets that name no source stay as they are."""
    if token.type != "text" or "[" not in token.content:
        return [token]
    pieces, start = [], 0
    for found in IN_TEXT.finditer(token.content):
        keys = [key.strip() for key in found[1].split(",")]
        if all(key.partition(":")[0] in knowledge().references for key in keys):
            pieces += [_text(token.content[start : found.start()].rstrip(" ")), _links(keys)]
            start = found.end()
    return [*pieces, _text(token.content[start:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _links(keys: list[str]) -> Token:
    links = ", ".join(_link(key) for key in keys)
    return Token("html_inline", "", 0, content=f' <span class="cite">({links})</span>')


def _link(key: str) -> str:
    name = name_of(key, references=knowledge().references)
    return f'<a href="/sources/#{escape(key.partition(":")[0])}">{escape(name)}</a>'


# ---- words


@register.filter
def dose(value: Dose) -> str:
    """A dose in words."""
    return wording.dose_words(value)


@register.filter
def step(value: Step) -> str:
    """One line of a ladder in words."""
    return wording.step_words(value)


@register.filter
def stage(value: Stage) -> str:
    """A stage by number and name."""
    return wording.stage_words(value)


@register.filter
def words(name: str) -> str:
    """A muscle, thing, position or category in plain words."""
    return wording.plain(name)
