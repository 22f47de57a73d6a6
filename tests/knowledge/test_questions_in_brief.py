"""A question in few words says no less than the whole one: what stands in it is what a person skims and says no to."""

from __future__ import annotations

import re

import pytest

from psoas.knowledge.loader import load

BRIEF = [question for question in load().questions.values() if question.brief]
MEASURES = re.compile(r"\b(two|three|six|ten|twelve|thirty|\d[\d./]*)\b")
WORDS = (  # what a person looks for: where the whole question asks for it, the short one does too
    "warfarin", "apixaban", "rivaroxaban", "dabigatran", "heparin", "haemophilia", "crohn", "uveitis", "psoriasis",
    "fall", "collision", "knock", "pop", "tear", "dent", "gap", "bruise", "fever", "chills", "shivering", "sweats", "boil",
    "numb", "tingling", "genital", "back passage", "swollen", "swelling", "cold", "pale", "bluish", "breathless", "blood",
    "faint", "lump", "vomit", "stool", "wind", "bleeding", "shoulder", "lock", "catch", "dysplasia", "loose", "unstable",
    "wound", "infection", "plaster", "splint", "paralysed", "periods", "running", "jumping", "arch", "operation", "movements",
)  # fmt: skip


def words_of(text):
    """Which of the words that matter stand in that text."""
    return {word for word in WORDS if re.search(rf"\b{word}", text.lower())} | set(MEASURES.findall(text.lower()))


@pytest.mark.parametrize("question", BRIEF, ids=lambda question: question.id)
def test_nothing_that_the_whole_question_asks_for_is_missing(question):
    """Six weeks, 38.0 degrees, rivaroxaban: whoever skims must meet the word that is hers."""
    assert words_of(question.ask) - words_of(question.brief) == set()


@pytest.mark.parametrize("question", BRIEF, ids=lambda question: question.id)
def test_a_span_of_time_says_which(question):
    """Those of the past are the last ones; "in six weeks" alone could be the six to come."""
    assert not re.search(r"\bin (two|three|six|twelve) (weeks|months|years)", question.brief)
