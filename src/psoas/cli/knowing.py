"""`psoas knowledge`, and an exercise in words: what the clinic knows, looked up and looked over in a terminal."""

from __future__ import annotations

import click

from psoas.cli.speaking import Trouble, dose, heading, paragraph
from psoas.knowledge.lint import lint as found_by_lint
from psoas.knowledge.loader import ContentError, load
from psoas.knowledge.schema import Exclusion, Exercise, Knowledge, Reference, Step

WEIGHTY = {"exclude": "left out", "modify": "done with care", "form": "done another way"}


@click.group()
def knowledge() -> None:
    """What the clinic knows: numbers, rules, exercises, questions, sources."""


@knowledge.command()
@click.pass_context
def lint(context: click.Context) -> None:
    """Check that every part of the knowledge fits together; exit status 1 where one does not."""
    try:
        known = load()
    except ContentError as error:
        raise Trouble(str(error)) from error
    found = found_by_lint(known)
    for line in found:
        click.echo(line)
    if found:
        click.echo(f"{len(found)} thing{'s do' if len(found) > 1 else ' does'} not fit.", err=True)
        context.exit(1)
    click.echo(
        f"All of it fits: {len(known.exercises)} exercises, {len(known.rules)} rules, {len(known.constants)} numbers,"
        f" {len(known.questions)} questions, {len(known.red_flags)} warning signs, {len(known.protocols)} protocols,"
        f" {len(known.references)} sources."
    )


def show(found: Exercise, known: Knowledge) -> None:
    """An exercise in words, with everything that is known about it."""
    click.secho(f"{found.id}  {found.name}", bold=True)
    paragraph(found.purpose)
    paragraph(f"Stages {', '.join(stage.value for stage in found.stages)}. {_equipment(found)}")
    heading("How it is done")
    for number, step in enumerate(found.steps, start=1):
        paragraph(f"{number}. {step}", indent=2, hang=3)
    if found.cues:
        heading("What helps")
        for cue in found.cues:
            paragraph(f"- {cue}", indent=2, hang=2)
    if found.feel:
        heading("What you should feel")
        paragraph(found.feel, indent=2)
    heading("The ladder, lowest step first")
    for number, line in enumerate(found.ladder, start=1):
        click.echo(f"  {number}. {_rung(line)}{'   <- the gate to the next stage' if number == found.gate else ''}")
    _exclusions(found.exclusions)
    _sources(found, known)


def _equipment(found: Exercise) -> str:
    forms = ", ".join(f"{form.name} ({' and '.join(form.needs) or 'nothing needed'})" for form in found.substitutes)
    needs = f"Needs {', '.join(found.equipment)}." if found.equipment else "Needs nothing."
    return needs.replace("_", " ") + (f" Other ways: {forms.replace('_', ' ')}." if forms else "")


def _rung(line: Step) -> str:
    parts = [dose(line.dose), line.form.replace("_", " "), f"about {line.rm} repetitions possible" if line.rm else "",
             line.effort.replace("_", " "), line.says]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _exclusions(told: tuple[Exclusion, ...]) -> None:
    if told:
        heading("When it is left out or changed")
    for exclusion in told:
        paragraph(
            f"{exclusion.rule} ({WEIGHTY[exclusion.then]}): {exclusion.why} [{', '.join(exclusion.sources)}]",
            indent=2,
            hang=2,
        )


def _sources(found: Exercise, known: Knowledge) -> None:
    heading("Sources")
    if found.evidence:
        paragraph(found.evidence, indent=2)
    for source in dict.fromkeys(name.partition(":")[0] for name in found.sources):
        paragraph(f"{source}: {_titled(known.references[source])}", indent=2, hang=4)


def _titled(reference: Reference) -> str:
    remarks = [
        reference.kind,
        str(reference.year or ""),
        f"{reference.strength} evidence" if reference.strength not in ("", "none") else "",
    ]
    return f"{reference.title} ({', '.join(remark for remark in remarks if remark)})"
