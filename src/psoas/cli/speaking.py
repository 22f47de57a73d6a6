"""How the terminal says things: sentences wrapped to its width, reasons with their rule and sources, doses in short."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator

import click

from psoas.knowledge import wording
from psoas.knowledge.schema import Knowledge
from psoas.pathway.decisions import Decision, Item, Refer, Session, kind_said
from psoas.terms import BOTH, Dose, Load, Reason

WIDEST = 96


class Trouble(click.ClickException):
    """Something that could not be done: what, why, and what to do. Exit status 1."""

    def show(self, file: object = None) -> None:
        """Say it on standard error."""
        del file
        click.echo(f"psoas: {self.message}", err=True)


def paragraph(text: str, *, indent: int = 0, hang: int = 0) -> None:
    """One paragraph, wrapped; the second line on stands `hang` further in."""
    width = min(shutil.get_terminal_size().columns, WIDEST)
    click.echo(textwrap.fill(text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang)))


def heading(text: str) -> None:
    """A heading with a blank line before it."""
    click.echo()
    click.secho(text, bold=True)


def reasons(told: Iterable[Reason], *, knowledge: Knowledge, indent: int = 2) -> None:
    """Each reason once: its sentence, its rule and its sources."""
    for line in dict.fromkeys(reason_line(reason, knowledge=knowledge) for reason in told):
        paragraph(line, indent=indent, hang=2)


def reason_line(reason: Reason, *, knowledge: Knowledge) -> str:
    """A reason in one line: "PR1  sentence [sources]"."""
    rule = knowledge.rules.get(reason.rule)
    sources = reason.sources or (rule.sources if rule else ())
    cited = f" [{', '.join(sources)}]" if sources else ""
    return f"{reason.rule}  {wording.sentence(reason, knowledge)}{cited}"


def decision_line(decision: Decision, *, knowledge: Knowledge) -> str:
    """A decision in one sentence."""
    level = decision.level if isinstance(decision, Refer) else None
    return wording.decision_sentence(kind_said(decision), knowledge=knowledge, level=level)


def items(session: Session, *, knowledge: Knowledge) -> Iterator[str]:
    """The exercises of a session, one line each."""
    for item in session.items:
        yield f"{item.exercise:5}{exercise_name(item, knowledge=knowledge)}, {side(item.side)}: {dose(item.dose)}{load(item.load)}"


def exercise_name(item: Item, *, knowledge: Knowledge) -> str:
    """The exercise's name, or that of the form in use; a trial set is called that."""
    exercise = knowledge.exercises[item.exercise]
    name = next((form.name for form in exercise.substitutes if form.id == item.form), exercise.name)
    return f"trial set of {name}" if item.trial else name


def side(name: str) -> str:
    """A side in words.

    >>> side("both"), side("left")
    ('both sides', 'left')
    """
    return "both sides" if name == BOTH else name


def dose(told: Dose) -> str:
    """Sets x repetitions x hold.

    >>> dose(Dose(sets=2, reps=6, hold_s=10)), dose(Dose(sets=4, metres=10))
    ('2 x 6 x 10 s', '4 x 10 m')
    """
    if told.metres:
        return f"{told.sets} x {told.metres} m"
    return f"{told.sets} x {told.reps}" + (f" x {told.hold_s} s" if told.hold_s else "")


def load(told: Load) -> str:
    """A load after a comma, or nothing.

    >>> load(Load(kind="band", band=2)), load(Load())
    (', band 2', '')
    """
    match told.kind:
        case "kg":
            return f", {told.kg} kg"
        case "band":
            return f", band {told.band}"
        case "hand":
            return ", against the own hand"
    return ""
