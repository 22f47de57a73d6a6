"""On what grounds: every rule, every number, every source, and the warning signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from psoas.knowledge.criteria import described
from psoas.knowledge.schema import RedFlag, Reference, Rule
from psoas.terms import Level
from psoas.web.citing import cited, name_of
from psoas.web.desk import knowledge
from psoas.web.guard import open_door
from psoas.web.stopped import stands

TABLES = {
    "C1": "Warning signs",
    "C2a": "Is the side tight?",
    "C2b": "Is the side weak?",
    "C2c": "Does the muscle switch on late?",
    "C2d": "The finding of a side",
    "C2": "The finding of a side",
    "C3": "Where to begin",
    "CP": "Pain",
    "C4a": "What a session holds",
    "C4b": "When an exercise is left out",
    "C4c": "Equipment",
    "CL": "Stretching",
    "CR": "Self-massage",
    "CD": "Doses",
    "C6": "Moving up",
    "C7": "Staying",
    "C8": "Stepping back",
    "C9": "Easier weeks",
    "C10": "Stopping, and being seen",
    "C11": "Checks",
    "C12": "The end, and after",
    "D": "Rulings",
}
SHELVES = {
    "seed": "The documents Psoas was made from",
    "review": "Reviews of studies",
    "trial": "Trials",
    "cohort": "Observed groups",
    "experiment": "Laboratory studies",
    "model": "Computer models",
    "guideline": "Guidelines",
    "consensus": "Agreements of experts",
    "background": "Background knowledge",
    "design": "Design choices",
}
URGENCY = {
    Level.EMERGENCY: "Emergency: go or call now",
    Level.URGENT: "Urgent: see somebody today, or tomorrow at the latest",
    Level.CLINICIAN: "See a clinician before you train",
}
_PLACE = re.compile(r"\{(\w+)[^}]*\}")


# ---- rules


@open_door
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule by its table."""
    order = list(TABLES)
    found = sorted(knowledge().rules.values(), key=lambda rule: order.index(rule.table) if rule.table in order else 99)
    groups = [(TABLES.get(table, table), list(group)) for table, group in groupby(found, key=lambda rule: rule.table)]
    return render(request, "grounds/rules.html", {"groups": groups, "flags": _flags_beside_rules()})


def _flags_beside_rules() -> list[RedFlag]:
    """Warning signs that no rule of the same id stands for."""
    return [flag for flag in knowledge().red_flags.values() if flag.id not in knowledge().rules]


@open_door
def one_rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule, or one warning sign: what it says, what it reads, and its sources."""
    found, flag = knowledge().rules.get(rule_id), knowledge().red_flags.get(rule_id)
    if found is None and flag is None:
        raise Http404
    sources = (*(found.sources if found else ()), *(flag.sources if flag else ()))
    context = {
        "id": rule_id,
        "title": found.title if found else flag.title if flag else "",
        "table": TABLES.get(found.table, "") if found else TABLES["C1"],
        "said": _said(found),
        "change": found.change if found else "",
        "flag": flag,
        "fires": _when(flag) if flag else "",
        "sources": cited(sources, references=knowledge().references),
    }
    return render(request, "grounds/rule.html", context)


def _said(rule: Rule | None) -> str:
    """The rule's sentence; where a decision would put a number in, its name stands."""
    return _PLACE.sub(lambda place: f"*{place[1].replace('_', ' ')}*", rule.said) if rule else ""


def _when(flag: RedFlag) -> str:
    """In words when a warning sign fires, each fact named by the question that asks for it."""
    names = {key: f"“{question.ask}”" for key, question in knowledge().questions.items()}
    return described(flag.when, names)


# ---- numbers


@open_door
def numbers(request: HttpRequest) -> HttpResponse:
    """Every number the rules use, with its unit, the range an author may set it to, and where it comes from."""
    references = knowledge().references
    rows = [
        (one, [(key.partition(":")[0], name_of(key, references=references)) for key in one.sources])
        for one in knowledge().constants.values()
    ]
    return render(request, "grounds/numbers.html", {"rows": rows})


# ---- sources


@open_door
def sources(request: HttpRequest) -> HttpResponse:
    """The bibliography, and where each entry is used: no exercise among that while a warning sign stands."""
    closed = "/exercises/" if stands(request) else None
    references = sorted(knowledge().references.values(), key=lambda one: one.id)
    groups = [
        (name, [_entry(one, closed=closed) for one in references if one.kind == kind]) for kind, name in SHELVES.items()
    ]
    return render(request, "grounds/sources.html", {"groups": groups, "count": len(references)})


def _entry(reference: Reference, *, closed: str | None) -> dict[str, object]:
    (one,) = cited([reference.id], references={reference.id: reference})
    used = [each for each in sorted(_uses().get(reference.id, ())) if not (closed and each[0].startswith(closed))]
    return {"cited": one, "reference": reference, "used": used}


@cache
def _uses() -> dict[str, set[tuple[str, str]]]:
    """Source -> (address, name) of every page that rests on it."""
    found: dict[str, set[tuple[str, str]]] = {}
    for address, name, sources in _users():
        for source in sources:
            found.setdefault(source.partition(":")[0], set()).add((address, name))
    return found


def _users() -> Iterator[tuple[str, str, Iterable[str]]]:
    known = knowledge()
    for exercise in known.exercises.values():
        yield f"/exercises/{exercise.id}/", exercise.name, exercise.sources
    for lesson in known.lessons.values():
        yield f"/learn/{lesson.id}/", lesson.title, lesson.sources
    for rule in known.rules.values():
        yield f"/rules/{rule.id}/", f"rule {rule.id}", rule.sources
    for flag in known.red_flags.values():
        yield f"/rules/{flag.id}/", f"rule {flag.id}", flag.sources
    for constant in known.constants.values():
        yield "/rules/numbers/", "numbers", constant.sources


# ---- safety


@open_door
def safety(request: HttpRequest) -> HttpResponse:
    """Every warning sign by how soon somebody must look: where to go and what to say there."""
    flags = knowledge().red_flags.values()
    groups = [(words, level.value, [flag for flag in flags if flag.level is level]) for level, words in URGENCY.items()]
    return render(request, "grounds/safety.html", {"groups": groups})
