"""`psoas plan`: what a person written down in a file would be given: profile, plan, first session."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

import click
from msgspec.structs import replace

from psoas.cases.format import Case, Start
from psoas.cases.happening import Story
from psoas.cases.reading import CaseError, read_case
from psoas.cases.sense import instants
from psoas.cases.showing import View
from psoas.cli.speaking import Trouble, heading, items, paragraph, reasons
from psoas.knowledge.loader import load
from psoas.knowledge.schema import Knowledge
from psoas.pathway.decisions import (
    AskMore,
    Paused,
    Plan,
    Profile,
    Refer,
    Rest,
    Session,
    SidePlan,
    SideProfile,
    TestMore,
)
from psoas.pathway.session import session_on
from psoas.pathway.settling import profile_of
from psoas.terms import SIDES, Side

NAMED = 'name = "A person whose plan is asked for in a terminal"\nrows = ["C3"]\n'
BEGINS = '\n[[happened]]\nwhat = "start"\nat = {at}\n'


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--at", "at_text", metavar="INSTANT", help="When she starts, with its offset; left out: the file's, else now."
)
@click.option("--protocol", help="The protocol as id@date; left out: the integrated one.")
@click.pass_context
def plan(context: click.Context, file: Path, at_text: str | None, protocol: str | None) -> None:
    """Say what a person in a file would be given: the screen, both hips, the plan, the first session.

    FILE is TOML in the format of the cases; its [person], [screen], [wishes] and [findings] are read, and nothing
    that happened later. Exit status 1 where there is no plan; the reason is told.
    """
    knowledge = load()
    try:
        case = _read(file, _instant(at_text), knowledge)
    except CaseError as error:
        raise Trouble("\n".join(error.problems)) from error
    at = _instant(at_text) if at_text else instants(case.happened[0].at)[0]
    story = Story(case, knowledge=knowledge)
    story.happen(Start(at=at, protocol=_protocol(protocol, knowledge)))
    context.exit(0 if _tell(View(story, at=at), story, at, knowledge) else 1)


def _instant(text: str | None) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text) if text else dt.datetime.now().astimezone()
    except ValueError as error:
        raise Trouble(f"--at {text} is no instant. Write one such as 2026-03-02T18:00+01:00.") from error
    if at.utcoffset() is None:
        raise Trouble(f"--at {text} has no offset. Write it with one, such as {text}+01:00.")
    return at


def _protocol(name: str | None, knowledge: Knowledge) -> str:
    if name and name not in knowledge.protocols:
        raise Trouble(f"There is no protocol {name}. There are: {', '.join(knowledge.protocols)}.")
    return name or ""


def _read(file: Path, at: dt.datetime, knowledge: Knowledge) -> Case:
    """The person in the file; a case's name, rows and beginning are put in where she is written alone."""
    text = file.read_text(encoding="utf-8", errors="replace")
    try:
        keys = tomllib.loads(text, parse_float=Decimal).keys()
    except (tomllib.TOMLDecodeError, RecursionError):
        return read_case(text, file=str(file), knowledge=knowledge)  # it says what is wrong, and where
    if "happened" not in keys:
        text += BEGINS.format(at=at.isoformat(timespec="seconds"))
    if not keys & {"name", "rows"}:
        text = NAMED + text
    case = read_case(text, file=str(file), knowledge=knowledge)
    return replace(case, happened=case.happened[:1])


# ---- what is told


def _tell(view: View, story: Story, at: dt.datetime, knowledge: Knowledge) -> bool:
    """Say all of it; whether there is a plan."""
    _screen(story, knowledge)
    profile = profile_of(view.course, knowledge=knowledge, now=at)
    if isinstance(profile, Profile):
        for side in SIDES:
            _side(profile.on(side), side, knowledge)
    if story.no_plan is not None or view.course.plan is None:
        _none(story, knowledge)
        return False
    _plan(view.course.plan, knowledge)
    _today(session_on(view.course, knowledge=knowledge, now=at), knowledge)
    return True


def _screen(story: Story, knowledge: Knowledge) -> None:
    click.secho("Safety screen", bold=True)
    match story.triage:
        case Refer(level=level, reasons=told):
            paragraph(f"Level {level.value}: somebody must see this person first.", indent=2)
            reasons(told, knowledge=knowledge)
        case AskMore(questions=questions):
            paragraph(f"Not settled; still to be asked: {', '.join(questions)}.", indent=2)
        case _:
            paragraph("Clear: self-care may begin.", indent=2)


def _side(profile: SideProfile, side: Side, knowledge: Knowledge) -> None:
    heading(f"The {side.value} hip: {profile.label} ({profile.confidence} confidence)")
    provisional = " Provisional until it is tested." if profile.provisional else ""
    paragraph(
        f"Short: {profile.length}. Weak: {profile.weak.value}. Inhibited: {profile.inhibited.value}.{provisional}",
        indent=2,
    )
    reasons(profile.rows, knowledge=knowledge)


def _none(story: Story, knowledge: Knowledge) -> None:
    heading("No plan")
    made = story.no_plan
    told = () if made is None else getattr(made, "reasons", ())
    if isinstance(made, TestMore):
        paragraph(f"Needed first: {', '.join(made.tests)}.", indent=2)
    if isinstance(made, AskMore):
        paragraph("The screen is not settled.", indent=2)
    reasons(told, knowledge=knowledge)


def _plan(made: Plan, knowledge: Knowledge) -> None:
    for side in SIDES:
        here: SidePlan = made.on(side)
        heading(f"{side.value.capitalize()}: starts in Stage {here.stage.value}")
        reasons(here.reasons, knowledge=knowledge)
    if made.reasons:
        heading("For both")
        reasons(made.reasons, knowledge=knowledge)


def _today(today: Session | Rest | Paused, knowledge: Knowledge) -> None:
    if not isinstance(today, Session):
        heading("No session today")
        reasons(today.reasons, knowledge=knowledge)
        return
    heading(f"The first session, about {today.minutes} minutes")
    for line in items(today, knowledge=knowledge):
        paragraph(line, indent=2, hang=5)
