"""The learning room: lessons and the quiz."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from psoas.knowledge.schema import Lesson, QuizItem
from psoas.web.citing import Cited, cited
from psoas.web.desk import knowledge
from psoas.web.forms.base import PageForm
from psoas.web.forms.fields import OneField
from psoas.web.guard import open_door
from psoas.web.stopped import stands

# Lessons that ask for no movement; they stay open while a warning sign stands.
STILL_OPEN = frozenset({"anatomy", "when-to-see-a-doctor", "how-psoas-decides", "what-is-not-known"})


def _lessons() -> list[Lesson]:
    return sorted(knowledge().lessons.values(), key=lambda lesson: lesson.order)


@open_door
def learn(request: HttpRequest) -> HttpResponse:
    """All lessons, in the order to read them."""
    return render(request, "learn/index.html", {"lessons": _lessons(), "quiz_length": len(knowledge().quiz)})


@open_door
def lesson(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """One lesson, its sources, and the next one."""
    lessons = _lessons()
    place = next((place for place, one in enumerate(lessons) if one.id == lesson_id), None)
    if place is None:
        raise Http404
    if lesson_id not in STILL_OPEN and stands(request):
        return redirect("screen-result")
    found = lessons[place]
    following = lessons[place + 1] if place + 1 < len(lessons) else None
    sources = cited(found.sources, references=knowledge().references)
    return render(
        request,
        "learn/lesson.html",
        {"lesson": found, "next": following, "sources": sources, "number": place + 1, "count": len(lessons)},
    )


class Verdict(NamedTuple):
    """What became of one question of the quiz."""

    item: QuizItem
    chosen: str
    key: str
    right: bool
    sources: list[Cited]


@open_door
def quiz(request: HttpRequest) -> HttpResponse:
    """The quiz: asked on one page, answered with explanations; nothing of it is kept."""
    items = knowledge().quiz
    form = _quiz_form(items)(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "learn/quiz.html", {"form": form})
    verdicts = [_verdict(item, answer=form.cleaned_data[item.id]) for item in items]
    scored = [verdict for verdict in verdicts if verdict.item.scored]
    right = sum(verdict.right for verdict in scored)
    return render(request, "learn/quiz_answers.html", {"verdicts": verdicts, "right": right, "scored": len(scored)})


def _quiz_form(items: tuple[QuizItem, ...]) -> type[PageForm]:
    fields = {
        item.id: OneField(label=item.ask, choices=[(option.value, option.label) for option in item.options])
        for item in items
    }
    return type("QuizForm", (PageForm,), fields)


def _verdict(item: QuizItem, *, answer: str) -> Verdict:
    labels = {option.value: option.label for option in item.options}
    sources = cited(item.sources, references=knowledge().references)
    return Verdict(item, labels[answer], labels[item.key], answer == item.key, sources)
