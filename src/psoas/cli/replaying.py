"""`psoas replay`: read a record again, and say which decisions come out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click
import msgspec

from psoas.cli.data import all_episodes, journal_of
from psoas.cli.speaking import Trouble, decision_line, heading, paragraph, reason_line
from psoas.clinic import entries_of, told_when_impossible
from psoas.exchange.archive import BadArchive, unpacked
from psoas.knowledge.loader import load
from psoas.knowledge.schema import Knowledge
from psoas.pathway.decisions import Decision
from psoas.pathway.record import Corrected, Decided, Entry, Screened
from psoas.pathway.replay import Difference, audit, hindsight
from psoas.storage.contract import JournalError


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="A data folder, instead of a file.")
@click.option("--episode", help="Only this episode of the data folder.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
@click.pass_context
def replay(context: click.Context, file: Path | None, data: Path | None, episode: str | None, as_json: bool) -> None:
    """Check every decision of a record again: an export FILE, or the records of a data folder.

    Audit: does each recorded decision come out again from the entries before it? Hindsight: which would not be made
    now that something was corrected? Exit status 1 where an audit finds a difference.
    """
    knowledge = load()
    try:
        with told_when_impossible() if file else nullcontext():
            told = [_replayed(name, entries, knowledge) for name, entries in _records(file, data, episode, knowledge)]
    except BadArchive as error:
        raise Trouble(f"{file}: {error}") from error
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told)).decode())
    else:
        for one in told:
            _say(one)
    context.exit(1 if any(one["audit"] for one in told) else 0)


def _records(
    file: Path | None, data: Path | None, episode: str | None, knowledge: Knowledge
) -> Iterator[tuple[str, Sequence[Entry]]]:
    if file is not None:
        archive = unpacked(file.read_bytes())
        try:
            yield archive.episode, entries_of(archive, knowledge=knowledge)
        except JournalError as error:
            raise Trouble(f"{file}: {error}") from error
        return
    with journal_of(data) as journal:
        for row in all_episodes(episode):
            try:
                yield row.id, journal.read(row.id, whole=True)
            except JournalError as error:
                raise Trouble(str(error)) from error


def _replayed(name: str, entries: Sequence[Entry], knowledge: Knowledge) -> dict[str, Any]:
    return {
        "episode": name,
        "entries": len(entries),
        "decisions": sum(isinstance(entry.body, Decided) for entry in entries),
        "screens": sum(isinstance(entry.body, Screened) for entry in entries),
        "corrections": sum(isinstance(entry.body, Corrected) for entry in entries),
        "audit": [_told(difference, knowledge) for difference in audit(entries, knowledge=knowledge)],
        "hindsight": [_told(difference, knowledge) for difference in hindsight(entries, knowledge=knowledge)],
    }


def _told(difference: Difference, knowledge: Knowledge) -> dict[str, Any]:
    """A difference in words: when, what was recorded, what comes out now."""
    entry = difference.entry
    recorded = entry.body.decision if isinstance(entry.body, Decided) else entry.body
    return {
        "at": entry.at.isoformat(),
        "seq": entry.seq,
        "recorded": _outcome(recorded, knowledge),
        "now": _outcome(difference.now, knowledge),
    }


def _outcome(made: Decision | Screened | Any, knowledge: Knowledge) -> dict[str, Any]:
    if made is None:
        return {"says": "nothing would be decided", "reasons": []}
    if isinstance(made, Screened):
        rows = ", ".join((*made.fired, *made.unknown)) or "no row"
        return {"says": f"level {made.level.value} ({rows})", "reasons": []}
    lines = [reason_line(reason, knowledge=knowledge) for reason in made.reasons]
    return {"says": decision_line(made, knowledge=knowledge), "reasons": lines}


def _say(told: dict[str, Any]) -> None:
    heading(f"Episode {told['episode']}")
    counted = f"{told['entries']} entries, {told['decisions']} decisions, {told['screens']} screens, {told['corrections']} corrections"
    paragraph(f"{counted}.", indent=2)
    if told["audit"]:
        paragraph(f"Audit: {len(told['audit'])} would come out otherwise today.", indent=2)
        _differences(told["audit"])
    else:
        paragraph("Audit: every decision and every screen comes out again.", indent=2)
    if told["hindsight"]:
        paragraph(f"Hindsight: {len(told['hindsight'])} would not be made now that something was corrected.", indent=2)
        _differences(told["hindsight"])
    elif told["corrections"]:
        paragraph("Hindsight: the corrections change no past decision.", indent=2)


def _differences(told: Sequence[dict[str, Any]]) -> None:
    for one in told:
        paragraph(f"{one['at'][:16].replace('T', ' ')}, entry {one['seq']}", indent=4)
        for name, outcome in (("recorded", one["recorded"]), ("now", one["now"])):
            paragraph(f"{name}: {outcome['says']}", indent=6, hang=2)
            for line in outcome["reasons"]:
                paragraph(line, indent=8, hang=2)
