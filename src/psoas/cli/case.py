"""`psoas case`: run cases, show their schema, say which rows of the clinic they cover."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from psoas.cases.coverage import coverage_page, read_all, uncovered
from psoas.cases.documenting import schema
from psoas.cases.reading import CaseError, files_of, read_file
from psoas.cases.running import Outcome, run
from psoas.knowledge.loader import load
from psoas.knowledge.schema import Knowledge

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


@click.group(name="case")
def case() -> None:
    """Cases: a person, what happened, and what must be decided, as files."""


@case.command(name="run")
@PATHS
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
@click.option("--decisions", is_flag=True, help="Show every decision made.")
@click.pass_context
def run_cases(context: click.Context, paths: tuple[Path, ...], as_json: bool, decisions: bool) -> None:
    """Run the cases in these files and folders; exit status 1 where one differs or cannot be read."""
    knowledge = load()
    outcomes, problems = _run_all(paths, knowledge)
    if as_json:
        click.echo(_json(outcomes, problems))
    else:
        _tell(outcomes, problems, decisions=decisions)
    context.exit(1 if problems or any(not outcome.passed for outcome in outcomes) else 0)


def _run_all(paths: tuple[Path, ...], knowledge: Knowledge) -> tuple[list[Outcome], list[str]]:
    outcomes: list[Outcome] = []
    problems: list[str] = []
    try:
        files = files_of(paths)
    except CaseError as error:
        return [], list(error.problems)
    for file in files:
        try:
            outcomes.append(run(read_file(file, knowledge=knowledge), knowledge=knowledge, file=str(file)))
        except CaseError as error:
            problems += error.problems
    return outcomes, problems


def _json(outcomes: list[Outcome], problems: list[str]) -> str:
    told = {"passed": sum(o.passed for o in outcomes), "cases": outcomes, "problems": problems}
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


def _tell(outcomes: list[Outcome], problems: list[str], *, decisions: bool) -> None:
    for outcome in outcomes:
        if decisions or not outcome.passed:
            click.echo(f"{'passed ' if outcome.passed else 'differs'}  {outcome.file}: {outcome.name}")
        for line in outcome.decisions if decisions else ():
            click.echo(f"    {line}")
        for difference in outcome.differences:
            click.echo(f"    {difference}")
            for why in difference.because:
                click.echo(f"        {why}")
    for problem in problems:
        click.echo(problem, err=True)
    passed = sum(outcome.passed for outcome in outcomes)
    click.echo(
        f"{passed} of {len(outcomes)} cases passed" + (f", {len(problems)} could not be read" if problems else "") + "."
    )


@case.command(name="schema")
def show_schema() -> None:
    """Print the JSON schema of a case."""
    click.echo(schema(), nl=False)


@case.command(name="coverage")
@PATHS
@click.pass_context
def show_coverage(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Print which cases cover which row; exit status 1 while a row has none."""
    knowledge = load()
    try:
        cases = read_all(paths, knowledge=knowledge)
    except CaseError as error:
        raise click.ClickException(str(error)) from None
    click.echo(coverage_page(cases, knowledge=knowledge), nl=False)
    context.exit(1 if uncovered(cases, knowledge=knowledge) else 0)
