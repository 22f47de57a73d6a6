"""Sources as a reader meets them: a short name beside the sentence, a full line at the foot of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from psoas.knowledge.schema import Reference

IN_TEXT = re.compile(r"\[((?:[\w-]+(?::L\d+(?:-\d+)?)?)(?:, ?[\w-]+(?::L\d+(?:-\d+)?)?)*)\]")
_AUTHOR_YEAR = re.compile(r"([a-z]+)((?:19|20)\d\d)$")

KINDS = {
    "seed": "a document Psoas was made from",
    "trial": "trial",
    "review": "review of studies",
    "cohort": "observed group",
    "experiment": "laboratory study",
    "model": "computer model",
    "guideline": "guideline",
    "consensus": "agreement of experts",
    "background": "background knowledge",
    "design": "design choice of Psoas",
}
_NAMES = {"gonzalezf2024": "González-Fernández 2024", "DC": "design choice", "BG": "background knowledge"}
_ACRONYMS = {"aaa", "acog", "aafp", "amboss", "avn", "bmc", "bmj", "fnsf", "fp", "gp", "hss", "nhs", "tha"}
_ACRONYM = re.compile(r"([a-z]+)(\d*)$")
_READ = {"full": "", "part": "read in part", "abstract": "summary read", "secondary": "read about elsewhere"}


class Cited(NamedTuple):
    """One source at the foot of a page."""

    id: str
    name: str  # "Winters 2004", "S1, lines 7 and 17"
    title: str
    remarks: tuple[str, ...]  # its kind, its strength, how it was read


def name_of(source: str, *, references: Mapping[str, Reference]) -> str:
    """The short name of a source as it stands in a sentence.

    >>> name_of("winters2004", references={}), name_of("S1:L17", references={}), name_of("DC", references={})
    ('Winters 2004', 'S1, line 17', 'design choice')
    """
    key, _, line = source.partition(":L")
    if line:
        return f"{key}, line{'s' if '-' in line else ''} {line}"
    if key in _NAMES or (key in references and references[key].kind == "seed"):
        return _NAMES.get(key, key)
    found = _AUTHOR_YEAR.match(key)
    if found and found[1] not in _ACRONYMS:
        return f"{found[1].capitalize()} {found[2]}"
    year = references[key].year if key in references else None
    spoken = " ".join(_spoken(part) for part in key.split("-"))
    return f"{spoken[0].upper()}{spoken[1:]}{f' {year}' if year else ''}"


def _spoken(part: str) -> str:
    """A part of an id as one says it.

    >>> _spoken("acog804"), _spoken("highland")
    ('ACOG 804', 'highland')
    """
    found = _ACRONYM.match(part)
    if found and found[1] in _ACRONYMS:
        return f"{found[1].upper()} {found[2]}".strip()
    return part


def cited(sources: Iterable[str], *, references: Mapping[str, Reference]) -> list[Cited]:
    """The sources at the foot of a page: lines of one document together, papers by name, our own choices last."""
    lines: dict[str, list[str]] = {}
    for source in sources:
        key, _, line = source.partition(":L")
        lines.setdefault(key, []).extend([line] if line else [])
    found = [_cited(references[key], lines=where) for key, where in lines.items() if key in references]
    return sorted(found, key=lambda one: (one.id in ("DC", "BG"), references[one.id].kind != "seed", one.name.lower()))


def _cited(reference: Reference, *, lines: list[str]) -> Cited:
    name = name_of(reference.id, references={reference.id: reference})
    if lines:
        ordered = sorted(dict.fromkeys(lines), key=lambda line: int(line.split("-")[0]))
        name = f"{reference.id}, line{'s' if len(ordered) > 1 else ''} {', '.join(ordered)}"
    return Cited(reference.id, name, reference.title, tuple(_remarks(reference)))


def _remarks(reference: Reference) -> Iterator[str]:
    yield KINDS.get(reference.kind, reference.kind)
    if reference.kind not in ("design", "background"):
        yield f"{reference.strength} evidence" if reference.strength != "none" else "no evidence by itself"
    if _READ.get(reference.read_as):
        yield _READ[reference.read_as]
