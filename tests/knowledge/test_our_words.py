"""What people read: complete, sourced, and in our own words."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from psoas.knowledge.loader import load

KNOWLEDGE = load()
EXERCISES = KNOWLEDGE.exercises
CONTENT = Path(__file__).parents[2] / "src" / "psoas" / "knowledge" / "content"

# ---- words


def test_every_exercise_tells_how_what_for_and_what_is_not_known():
    """Purpose, steps, cues, feeling, an easier way, evidence, compensations and stop rules are there for each."""
    for found in EXERCISES.values():
        assert found.purpose, found.id
        assert 3 <= len(found.steps) <= 6, found.id
        assert 3 <= len(found.cues) <= 5, found.id
        assert found.feel, found.id
        assert found.easier, found.id
        assert len(found.evidence) > 80, found.id
        assert len(found.compensations) >= 3, found.id
        assert found.stop_rules, found.id
        assert found.aliases, found.id
        assert found.seed, found.id


def test_a_compensation_has_the_same_words_wherever_it_is_named():
    """One id, one wording, so that a person learns to recognise it."""
    words: dict[str, str] = {}
    for found in EXERCISES.values():
        for compensation in found.compensations:
            assert words.setdefault(compensation.id, compensation.words) == compensation.words


def marked(text: str) -> Iterator[str]:
    """The source ids in square brackets in a text."""
    for group in re.findall(r"\[([^\]\n]+)\]", text):
        yield from (part.strip() for part in group.split(","))


def test_every_mark_in_square_brackets_is_a_source_that_the_head_names_too():
    """A claim that names its source names one that exists, and that stands among the sources of the page."""
    pages = [(e.id, e.evidence, e.sources) for e in EXERCISES.values()]
    pages += [(lesson.id, lesson.prose, lesson.sources) for lesson in KNOWLEDGE.lessons.values()]
    for page, text, sources in pages:
        for mark in marked(text):
            assert mark.split(":")[0] in KNOWLEDGE.references, (page, mark)
            assert mark in sources, (page, mark)


def test_lessons_are_short_enough_to_be_read():
    """Eleven lessons of 250 to 500 words, numbered without a gap, each with sources."""
    lessons = sorted(KNOWLEDGE.lessons.values(), key=lambda lesson: lesson.order)
    assert [lesson.order for lesson in lessons] == list(range(1, 12))
    for lesson in lessons:
        assert 250 <= len(lesson.prose.split()) <= 500, lesson.id


def test_the_disputed_quiz_item_is_shown_and_not_scored():
    """Only the item on the bird dog is unscored (A10, X13); each key is one of its options, each answer is explained."""
    assert [item.id for item in KNOWLEDGE.quiz if not item.scored] == ["both-at-once"]
    for item in KNOWLEDGE.quiz:
        assert item.key in {option.value for option in item.options}
        assert len(item.explanation.split()) >= 15


def test_every_protocol_says_what_it_follows_and_declines():
    """Four programmes; each names real exercises, takes something from a source, declines something, and says why."""
    assert {protocol.id for protocol in KNOWLEDGE.protocols.values()} == {"integrated", "staged", "five-move", "relief"}
    for protocol in KNOWLEDGE.protocols.values():
        assert {*protocol.prefers, *protocol.omits} <= set(EXERCISES)
        assert {stance.follows for stance in protocol.stances} == {True, False}
        assert all(stance.why for stance in protocol.stances)
        assert (protocol.stretch == "never") == (protocol.id == "five-move")


# What A3 to A13 say, by the line that says it: each must be cited somewhere in the content.
SAID = {
    "S0": [17, 25, 27, 29, 37, 39, 41, 53, 59, 67, 71, 81, 90, 91, 92, 95, 96, 97, 103, 105, 106, 107, 108, 109, 115, 117, 121, 129],
    "S1": [3, 7, 9, 11, 13, 17, 21, 22],
    "S2": [13, 15, 25, 29, 31, 33, 35, 45, 51, 63, 65, 69, 71, 87, 89, 91, 97, 110, 114, 118, 143, 153, 169, 173, 175, 198, 225, 229, 231, 237, 239],
}  # fmt: skip


def test_nothing_the_seeds_say_is_lost():
    """Every statement listed in A3 to A13 is cited by an exercise, lesson, quiz item, protocol, rule or question."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*")) if path.is_file())
    lost = [
        f"{seed}:L{line}" for seed, lines in SAID.items() for line in lines if not re.search(rf"{seed}:L{line}\b", text)
    ]
    assert lost == []


# ---- our own words

SHINGLES = Path(__file__).parent / "seed_shingles.txt"
WIDTH = 8


def shingles(text: str) -> set[str]:
    """The hashes of every eight words in a row, lower case, without punctuation."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    rows = (" ".join(words[i : i + WIDTH]) for i in range(len(words) - WIDTH + 1))
    return {hashlib.sha256(row.encode()).hexdigest()[:10] for row in rows}


def seed_shingles() -> set[str]:
    """Of the seed documents where they are at hand (folder in PSOAS_SEEDS), else as kept beside this test."""
    folder = os.environ.get("PSOAS_SEEDS")
    if folder:
        return set().union(*(shingles(path.read_text(encoding="utf-8")) for path in Path(folder).glob("*.txt")))
    return set(SHINGLES.read_text(encoding="ascii").split())


def test_no_sentence_of_the_seeds_is_reused():
    """No eight words in a row of the seed documents stand anywhere in our content."""
    seeds = seed_shingles()
    assert len(seeds) > 3000
    for path in sorted(CONTENT.rglob("*")):
        if path.is_file():
            assert not shingles(path.read_text(encoding="utf-8")) & seeds, path.name


def test_a_copied_sentence_would_be_found():
    """The comparison notices a copy, whatever its punctuation and capitals."""
    ours = shingles("The back does not move: lift one foot, hold it, and breathe.")
    assert ours & shingles("THE BACK does not move lift one foot")
    assert not ours & shingles("lift the other leg and let the back rest on the floor")
