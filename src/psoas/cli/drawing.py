"""`psoas exercise`: an exercise in words, and as a picture of anybody, still or moving."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from psoas.cli.knowing import show
from psoas.cli.speaking import Trouble, paragraph
from psoas.knowledge.loader import load
from psoas.knowledge.movements import movement_names, movement_of
from psoas.movement.animation import moving_picture
from psoas.movement.figure import SIDES, picture
from psoas.movement.motion import Movement
from psoas.movement.skeleton import Person, Unfit, person_of

NEUTRAL = "1.70,68,n"


class PersonWords(click.ParamType[Person]):
    """A person as "1.60,60,f"."""

    name = "HEIGHT,MASS,SEX"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Person:
        """The person, or a sentence about what cannot be."""
        try:
            return person_of(value)
        except Unfit as refused:
            self.fail(str(refused), param, ctx)


def found_movement(name: str) -> Movement:
    """The movement of that id, however it is written; Trouble where there is none."""
    ids = {known.lower(): known for known in movement_names()}
    movement = movement_of(ids.get(name.lower(), ""))
    if movement is None:
        near = difflib.get_close_matches(name.lower(), ids, n=1, cutoff=0.5)
        meant = f" Did you mean {ids[near[0]]}?" if near else ""
        raise Trouble(f"There is no exercise or test {name}.{meant} There are: {', '.join(movement_names())}.")
    return movement


@click.command()
@click.argument("exercise_id", metavar="ID", required=False)
@click.option(
    "--svg", type=click.Path(path_type=Path), help="Write the picture to this file; with --all to this folder."
)
@click.option("--frame", default="", help="Which position: start, end, its name, or its number from 1.")
@click.option("--side", type=click.Choice(SIDES), default="right", show_default=True, help="The side that works.")
@click.option(
    "--person", type=PersonWords(), default=NEUTRAL, help="Of whom, such as 1.60,60,f (metres, kilograms, f, m or n)."
)
@click.option("--anatomy", is_flag=True, help="Show spine, pelvis and the muscles it trains.")
@click.option("--moving", is_flag=True, help="A picture that moves, in its tempo.")
@click.option("--all", "every", is_flag=True, help="Every exercise and test at every position.")
def exercise(
    exercise_id: str | None,
    svg: Path | None,
    frame: str,
    side: str,
    person: Person,
    anatomy: bool,
    moving: bool,
    every: bool,
) -> None:
    """Show an exercise: what it is for, how it is done, its steps, who must not do it, its sources; or draw it."""
    if every:
        _draw_all(svg, side=side, person=person, anatomy=anatomy)
    elif exercise_id is None:
        raise Trouble("Which exercise? Give its ID, such as E06, or --all with --svg FOLDER.")
    elif svg is None:
        _tell(exercise_id)
    else:
        m = found_movement(exercise_id)
        _write(svg, _drawn(m, frame=frame, moving=moving, person=person, side=side, window=anatomy))


def _drawn(m: Movement, *, frame: str, moving: bool, person: Person, side: str, window: bool) -> str:
    """The picture that is asked for, still or moving; Trouble where that body cannot take the position."""
    try:
        if moving:
            return moving_picture(m, person=person, side=side, window=window)
        return picture(m, person=person, frame=_moment(m, frame=frame), side=side, window=window)
    except Unfit as refused:
        raise Trouble(str(refused)) from refused


def _tell(name: str) -> None:
    """An exercise in words; a way of doing one, or a test, by what its picture shows."""
    known = load()
    found = known.exercises.get(name) or known.exercises.get(name.upper())
    if found is not None:
        show(found, known)
        return
    m = found_movement(name)
    click.secho(f"{m.id}  {m.name}", bold=True)
    paragraph(m.summary)
    for k in m.keyframe:
        paragraph(f"{k.name}: {k.words}", indent=2, hang=2)


def _moment(m: Movement, *, frame: str) -> float | None:
    """The moment that is asked for: None is the one that says most."""
    if not frame:
        return None
    named = {str(i): k.t for i, k in enumerate(m.keyframe, start=1)} | {k.name: k.t for k in m.keyframe}
    named = {"start": m.keyframe[0].t, "end": m.keyframe[-1].t} | named
    if frame not in named:
        raise Trouble(f"{m.id} has no position {frame}. Use one of: {', '.join(named)}.")
    return named[frame]


def _draw_all(folder: Path | None, *, side: str, person: Person, anatomy: bool) -> None:
    """Every movement at every key position, one file each."""
    if folder is None:
        raise Trouble("Where to? Give a folder: psoas exercise --all --svg FOLDER.")
    drawn = 0
    with click.progressbar(movement_names(), label="Drawing") as names:
        for m in map(found_movement, names):
            for k in m.keyframe:
                svg = _drawn(m, frame=k.name, moving=False, person=person, side=side, window=anatomy)
                _write(folder / f"{m.id}-{k.name}.svg", svg, aloud=False)
                drawn += 1
    click.echo(f"{drawn} pictures in {folder}.")


def _write(path: Path, svg: str, *, aloud: bool = True) -> None:
    """Write a picture."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
    except OSError as wrong:
        raise Trouble(f"{path} cannot be written: {wrong.strerror}. Give a file in a folder that is yours.") from wrong
    if aloud:
        click.echo(f"{path}: {len(svg.encode()) / 1000:.0f} kB.")
