"""Writes the pages under `docs/reference/` from the code and the content, so that they cannot say anything else.

python3 dev.py docs                  write them
python3 dev.py docs --check          only compare; exit status 1 where one is out of date
python3 dev.py docs --screenshots    take the pictures of the README anew, from the demonstration
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from psoas.cases import coverage, documenting
from psoas.cli import SAYS, terminal
from psoas.knowledge.loader import load
from psoas.knowledge.schema import Exercise, Knowledge, RedFlag, Rule
from psoas.pathway import decisions as d
from psoas.pathway import record as r
from psoas.terms import Dose

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
WRITTEN = "<!-- Written by docs/generate.py from the content and the code; do not edit. -->"
TABLES = {
    "C1": "The safety screen",
    "C2a": "Length",
    "C2b": "Strength",
    "C2c": "Inhibition",
    "C2d": "The label",
    "C3": "Where one starts",
    "CP": "Pain",
    "C4a": "Which exercises",
    "C4b": "Who must not do which",
    "C4c": "Equipment",
    "CL": "Static stretching",
    "CR": "Self-massage",
    "CD": "Doses",
    "C6": "Going up",
    "C7": "The same again",
    "C8": "Stepping back",
    "C9": "Easier weeks",
    "C10": "Stop, and see someone",
    "C11": "Checks",
    "C12": "The end, and after",
    "D": "Rulings",
    "X": "Where the sources contradict each other",
}


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare")
    parser.add_argument("--screenshots", action="store_true", help="take the pictures of the README")
    told = parser.parse_args()
    if told.screenshots:
        sys.path.insert(0, str(Path(__file__).parent))
        import screenshots

        return screenshots.take()
    stale = [name for name, text in pages().items() if not _same(REFERENCE / name, text=text)]
    if told.check:
        for name in stale:
            print(f"docs/reference/{name} is out of date. Write it anew: python3 dev.py docs", file=sys.stderr)
        return 1 if stale else 0
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    print(f"{len(pages())} pages, {len(stale)} of them new or changed.")
    return 0


def _same(path: Path, *, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def pages() -> dict[str, str]:
    """Every generated page by its name."""
    known = load()
    made: dict[str, Callable[[Knowledge], str]] = {
        "README.md": index,
        "rules.md": rules,
        "red-flags.md": red_flags,
        "exercises.md": exercises,
        "numbers.md": numbers,
        "questions.md": questions,
        "protocols.md": protocols,
        "sources.md": sources,
        "commands.md": commands,
        "addresses.md": addresses,
        "entries.md": entries,
        "decisions.md": decided,
        "speed.md": speed,
    }
    text = {name: page(known) for name, page in made.items()}
    text["cases.md"] = documenting.page()
    text["case.schema.json"] = documenting.schema()
    folder = ROOT / "tests" / "cases"
    text["cases-by-row.md"] = coverage.coverage_page(coverage.read_all((folder,), knowledge=known), knowledge=known)
    return {name: f"{one.rstrip()}\n" for name, one in text.items()}


def page(title: str, *parts: str) -> str:
    """A page with its title and paragraphs."""
    return "\n\n".join([f"# {title}", WRITTEN, *(part for part in parts if part)])


def table(head: Iterable[str], *, rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|").strip()


def _cited(found: Iterable[str]) -> str:
    return ", ".join(f"`{source}`" for source in found)


# ---- what the clinic knows


def index(known: Knowledge) -> str:
    """What the reference holds."""
    rows = [
        ("[Rules](rules.md)", f"all {len(known.rules)}, with what they say, what would change them, and their sources"),
        (
            "[Red flags](red-flags.md)",
            f"the {len(known.red_flags)} rows of the safety screen: where to go, what to say there",
        ),
        ("[Exercises](exercises.md)", f"the {len(known.exercises)} of the catalogue: ladders, exclusions, sources"),
        ("[Numbers](numbers.md)", f"the {len(known.constants)} constants with unit, range and source"),
        ("[Questions](questions.md)", f"the {len(known.questions)} that may be asked"),
        ("[Protocols](protocols.md)", f"the {len(known.protocols)}, and which sources each follows or declines"),
        ("[Sources](sources.md)", f"the {len(known.references)}, with their strength and how they were read"),
        ("[Cases](cases.md)", "the format of a case, with its [schema](case.schema.json)"),
        ("[Cases by row](cases-by-row.md)", "which case shows which rule"),
        ("[Commands](commands.md)", "every verb of the terminal"),
        ("[Addresses](addresses.md)", "every page of the browser door"),
        ("[Entries](entries.md)", "every kind of entry a record may hold"),
        ("[Speed](speed.md)", "what each thing costs, as last measured, beside its target"),
        ("[Decisions](decisions.md)", "every answer Psoas can give, and what each may change"),
    ]
    return page(
        "Reference",
        "These pages are made from the content and the code, and a test compares them.",
        table(("page", "holds"), rows=rows),
    )


def rules(known: Knowledge) -> str:
    """Every rule, by table."""
    said = (
        "A rule's sentence has its numbers in braces. `DC` is a design choice of Psoas: no source, and the cautious option was taken."
        " No clinician has signed these rules yet."
    )
    parts = [said]
    for name, title in TABLES.items():
        found = [rule for rule in known.rules.values() if rule.table == name]
        if found:
            parts += [
                f"## {title} ({name})",
                table(("rule", "says", "what would change it", "sources"), rows=map(_rule, found)),
            ]
    rest = sorted({rule.table for rule in known.rules.values()} - TABLES.keys())
    assert not rest, f"tables without a title here: {rest}"
    return page("Rules", *parts)


def _rule(rule: Rule) -> tuple[str, ...]:
    return f"**{rule.id}** {rule.title}", rule.said, rule.change, _cited(rule.sources)


def red_flags(known: Knowledge) -> str:
    """Every row of the safety screen."""
    levels = {"E": "Emergency: now", "U": "Urgent: today or tomorrow", "C": "A clinician first"}
    parts = ["All rows are read each time; every one that fires is named, and the highest level counts."]
    for level, title in levels.items():
        found = [flag for flag in known.red_flags.values() if flag.level.value == level]
        parts += [
            f"## {title} ({level})",
            table(("row", "where to go", "what to say there", "sources"), rows=map(_flag, found)),
        ]
    return page("Red flags", *parts)


def _flag(flag: RedFlag) -> tuple[str, ...]:
    mini = " (asked before every session)" if flag.mini else ""
    return f"**{flag.id}** {flag.title}{mini}", flag.go, flag.say, _cited(flag.sources)


def exercises(known: Knowledge) -> str:
    """Every exercise."""
    return page("Exercises", "How each is done, with its cues: `psoas exercise ID`, or its own page in the browser.", *(
        part for exercise in known.exercises.values() for part in _exercise(exercise)
    ))  # fmt: skip


def _exercise(found: Exercise) -> Iterator[str]:
    yield f"## {found.id} {found.name}"
    stages = ", ".join(stage.value for stage in found.stages)
    needs = ", ".join(found.equipment).replace("_", " ") or "nothing"
    yield f"{found.purpose}\nStages {stages}; needs {needs}; from {found.seed or 'no single source'}; sources {_cited(found.sources)}."
    rows = [(number, _dose(line.dose), _form(line, found, number)) for number, line in enumerate(found.ladder, start=1)]
    yield table(("step", "dose", ""), rows=rows)
    if found.exclusions:
        yield table(
            ("rule", "then", "why", "sources"),
            rows=((e.rule, _then(e), e.why, _cited(e.sources)) for e in found.exclusions),
        )
    if found.substitutes:
        forms = (
            f"{form.name} ({', '.join(form.needs).replace('_', ' ') or 'needs nothing'})" for form in found.substitutes
        )
        yield f"Other ways to do it: {'; '.join(forms)}."


def _then(exclusion: Any) -> str:
    return {"exclude": "left out", "modify": "done with care"}.get(exclusion.then, f"done as {exclusion.form}")


def _form(line: Any, found: Exercise, number: int) -> str:
    parts = [
        line.form.replace("_", " "),
        f"{line.rm}RM" if line.rm else "",
        line.effort.replace("_", " "),
        "gate" if number == found.gate else "",
    ]
    return ", ".join(part for part in parts if part)


def _dose(dose: Dose) -> str:
    if dose.metres:
        return f"{dose.sets} x {dose.metres} m"
    return f"{dose.sets} x {dose.reps}" + (f" x {dose.hold_s} s" if dose.hold_s else "")


def numbers(known: Knowledge) -> str:
    """Every constant."""
    rows = (
        (f"`{c.name}`", f"{c.value:f}", c.unit, f"{c.low:f} to {c.high:f}", c.says, _cited(c.sources))
        for c in known.constants.values()
    )
    return page("Numbers", table(("name", "value", "unit", "may be set to", "says", "sources"), rows=rows))


def questions(known: Knowledge) -> str:
    """Every question."""
    parts = ["Each can also be answered “not sure”. Nothing is pre-filled."]
    for part in dict.fromkeys(question.part for question in known.questions.values()):
        rows = (
            (f"`{q.id}`", q.ask, q.kind.replace("_", " "), q.again) for q in known.questions.values() if q.part == part
        )
        parts += [f"## {part.capitalize()}", table(("id", "asks", "kind", "after “not sure”"), rows=rows)]
    return page("Questions", *parts)


def protocols(known: Knowledge) -> str:
    """Every protocol, with what it follows and declines."""
    parts = ["All run under the same safety screen, pain rule, contraindications, gates and 48 hours."]
    for name, protocol in known.protocols.items():
        rows = ((f"`{s.source}`", "follows" if s.follows else "declines", s.says, s.why) for s in protocol.stances)
        parts += [
            f"## {protocol.name} (`{name}`)",
            protocol.summary,
            protocol.suits,
            table(("source", "", "says", "why"), rows=rows),
        ]
    return page("Protocols", *parts)


def sources(known: Knowledge) -> str:
    """The bibliography."""
    rows = (
        (f"`{ref.id}`", ref.title, ref.year or "", ref.kind, ref.strength, ref.read_as, ref.identifier)
        for ref in known.references.values()
    )
    said = "How a source was read is part of the source: “secondary” means that another page told of it, and nobody here has opened the paper itself."
    return page(
        "Sources", said, table(("id", "what it is", "year", "kind", "strength", "read as", "identifier"), rows=rows)
    )


# ---- the doors


def commands(known: Knowledge) -> str:
    """Every verb, as its own help says it."""
    del known
    from psoas.web.serving import link, serve

    root = click.Context(terminal, info_name="psoas")
    parts = [
        "From a checkout, put `python3 dev.py` before each. Exit status: 0 done, 1 refused or something differs, 2 a wrong word on the command line."
    ]
    for section, verbs in SAYS.items():
        parts.append(f"## {section}")
        for verb in verbs:
            command = {"serve": serve, "link": link}.get(verb) or terminal.get_command(root, verb)
            assert command is not None
            parts += [f"### psoas {verb}", _help(command, parent=root, name=verb)]
            inner = command.commands if isinstance(command, click.Group) else {}
            context = click.Context(command, info_name=verb, parent=root)
            parts += [_help(one, parent=context, name=name) for name, one in inner.items()]
    return page("Commands", *parts)


def _help(command: click.Command, *, parent: click.Context, name: str) -> str:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=96, max_content_width=96)
    return f"```\n{command.get_help(context)}\n```"


def addresses(known: Knowledge) -> str:
    """Every address, with what its page says of itself."""
    del known
    _with_django()
    from psoas.web.urls import urlpatterns

    rows = []
    for one in urlpatterns:
        said = (one.callback.__doc__ or "").strip().split("\n")[0]
        assert said, f"the page {one.name} does not say what it is"
        rows.append((f"`/{one.pattern}`", one.name, said))
    return page(
        "Addresses",
        "Every page answers on this machine alone, and only to who came in by the one-time link.",
        table(("address", "name", "what it is"), rows=rows),
    )


def _with_django() -> None:
    os.environ.setdefault("PSOAS_DATA", tempfile.mkdtemp(prefix="psoas-docs-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psoas.web.settings")
    import django

    django.setup()


# ---- the record


def entries(known: Knowledge) -> str:
    """Every kind of entry, with its fields."""
    del known
    said = (
        "A record is a list of entries that only grows. Around each body stand an id, the episode, its place, the instant with its offset,"
        " the zone, who wrote it (a role and an opaque account id) and the version of its shape. Nobody's name is ever inside."
    )
    return page("Entries", said, *_kinds(get_args(r.Body)))


def decided(known: Knowledge) -> str:
    """Every answer of the pathway."""
    del known
    parts = [
        "Each answer carries its reasons: a rule, the values it read, its sources. Refusal is an answer, not an error."
    ]
    groups = {"The screen": d.Triage, "Today": d.Today, "Decisions": d.Decision, "What a decision may change": d.Change}
    for title, union in groups.items():
        parts += [f"## {title}", *_kinds(get_args(union), level="###")]
    return page("Decisions", *parts)


def _kinds(kinds: Iterable[Any], *, level: str = "##") -> Iterator[str]:
    for kind in kinds:
        name = kind.__struct_config__.tag
        said = re.sub(r"\s+", " ", kind.__doc__ or "").strip()
        assert said, f"{kind.__name__} does not say what it is"
        yield f"{level} {name}"
        yield said
        rows = [
            (f"`{field.encode_name}`", _type(field.type), "" if field.required else "may be left out")
            for field in msgspec.structs.fields(kind)
        ]
        if rows:
            yield table(("field", "holds", ""), rows=rows)


def _type(kind: Any) -> str:
    """A type as one reads it: "decimal or nothing", "list of text"."""
    text = str(kind) if not isinstance(kind, type) else kind.__name__
    if text.count(" | ") > 3:
        return "one of a closed set"
    text = re.sub(r"psoas\.[\w.]*\.|datetime\.|decimal\.|typing\.|ForwardRef\('([^']*)'\)", r"\1", text)
    for name, plain in (
        ("NoneType", "nothing"),
        ("None", "nothing"),
        ("Any", "anything"),
        ("str", "text"),
        ("bool", "yes or no"),
        ("int", "whole number"),
        (" | ", " or "),
    ):
        text = re.sub(rf"\b{name}\b" if name != " | " else r" \| ", plain, text)
    return text.replace("tuple[", "list of [").replace(", ...]", "]")


# ---- what it costs


def speed(known: Knowledge) -> str:
    """The figures of the bench as last kept."""
    del known
    kept = json.loads((ROOT / "bench" / "measured.json").read_text(encoding="utf-8"))
    machine, busy = kept["machine"], [claim["load"] for claim in kept["claims"]]
    said = (
        f"As last kept by `python3 dev.py bench --keep`: Python {machine['python']} on {machine['system']} {machine['machine']},"
        f" {machine['cores']} cores, {min(busy):.0f} to {max(busy):.0f} programs wanting to run meanwhile."
        " “Processor” means processor time of this program alone; a busy machine still makes it slower, up to three times as slow."
        " A target that is missed says so here and makes the bench end with status 1."
    )
    rows = [(c["name"].strip(), _measured(c), _spread(c), _target(c), c["note"]) for c in kept["claims"]]
    elsewhere = [(one["program"], one["what"], one["measured"]) for one in kept["elsewhere"]]
    return page(
        "Speed",
        said,
        table(("what", "median", "rounds", "target", "how"), rows=rows),
        "## Measured elsewhere",
        "By the people who set our targets, on two cores, and not in this run: none of these can be installed beside Psoas with one command.",
        table(("program", "what", "measured"), rows=elsewhere),
    )


def _measured(claim: dict[str, Any]) -> str:
    return f"{_figure(claim['median'])} {claim['unit']}".strip()


def _spread(claim: dict[str, Any]) -> str:
    rounds = claim["rounds"]
    return f"{_figure(min(rounds))} to {_figure(max(rounds))}" if len(rounds) > 1 else ""


def _target(claim: dict[str, Any]) -> str:
    if claim["target"] is None:
        return ""
    bound = f"{'at least' if claim['at_least'] else 'at most'} {_figure(claim['target'])}"
    return bound if claim["met"] else f"{bound}: **missed**"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"


if __name__ == "__main__":
    sys.exit(main())
