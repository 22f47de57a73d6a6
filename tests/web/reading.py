"""A page as somebody reads it without a browser: its forms and what they ask, its links, its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Question:
    """The controls of one name."""

    kind: str
    label: str = ""
    options: list[str] = field(default_factory=list)
    value: str = ""
    chosen: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    questions: dict[str, Question] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words


class Reading(HTMLParser):
    """The forms, links and headings of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.h1 = ""
        self._form: Form | None = None
        self._into: list[str] | None = None
        self._pressing: tuple[str, str] | None = None
        self._legend = ""
        self._silent = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(found.get("action", ""), found.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag in ("script", "style"):
            self._silent += 1
        elif tag in ("h1", "legend", "button") or (tag == "label" and found.get("class") == "field-label"):
            self._into = []
            self._pressing = (found.get("name", ""), found.get("value", "")) if tag == "button" else None
        if self._form is not None and tag in ("input", "select", "textarea", "option"):
            self._control(tag, found)

    def _control(self, tag, found):
        if tag == "option":
            last = list(self._form.questions.values())[-1]
            last.options.append(found.get("value", ""))
            if "selected" in found:
                last.value = found.get("value", "")
            return
        name = found.get("name", "")
        if not name:
            return  # it is never sent
        kind = found.get("type", "text") if tag == "input" else tag
        asked = self._form.questions.setdefault(name, Question(kind, label=self._legend))
        if kind in ("radio", "checkbox"):
            asked.options.append(found.get("value", "on"))
            if "checked" in found:
                asked.chosen.append(found.get("value", "on"))
        else:
            asked.value = found.get("value", "")

    def handle_data(self, data):
        if self._silent:
            return
        self.words.append(data)
        if self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag in ("h1", "legend", "button", "label") and self._into is not None:
            text = " ".join("".join(self._into).split())
            if tag == "h1":
                self.h1 = text
            elif tag == "button" and self._form is not None:
                self._form.buttons.append((*self._pressing, text))
            elif tag in ("legend", "label"):
                self._legend = text
            self._into = None
