"""`psoas load`: how much an exercise asks of one hip, at every moment, and what that number leaves out."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from psoas.cli.drawing import NEUTRAL, PersonWords, found_movement
from psoas.cli.speaking import Trouble, heading, paragraph
from psoas.movement.equipment import Band, Equipment, weighed
from psoas.movement.load import Torque, computable, curve
from psoas.movement.motion import Movement
from psoas.movement.saying import hardest, remarks
from psoas.movement.skeleton import GRAVITY, Person, Unfit


class BandWords(click.ParamType[Band]):
    """A band by two weighings, as "60:1.5,90:4": centimetres and kilograms on a luggage scale, twice."""

    name = "CM:KG,CM:KG"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Band:
        """The band, or a sentence about what cannot be."""
        try:
            one, two = (tuple(float(x) for x in part.split(":")) for part in value.split(","))
            return weighed((one[0] / 100, one[1] * GRAVITY), (two[0] / 100, two[1] * GRAVITY))
        except Unfit as refused:
            self.fail(str(refused), param, ctx)
        except (ValueError, IndexError):
            self.fail(f"band: {value!r} cannot be read. Write two weighings as cm:kg, such as 60:1.5,90:4.", param, ctx)


@click.command()
@click.argument("exercise_id", metavar="ID")
@click.option("--kg", type=float, help="Kilograms of the weight or the cable.")
@click.option(
    "--band", type=BandWords(), help="The band by two weighings, such as 60:1.5,90:4 (cm:kg on a luggage scale)."
)
@click.option(
    "--anchor", type=float, help="Metres from where band or cable is worn to where it is fixed, at the start."
)
@click.option(
    "--person", type=PersonWords(), default=NEUTRAL, help="Of whom, such as 1.75,75,m (metres, kilograms, f, m or n)."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with every moment.")
def load(
    exercise_id: str, kg: float | None, band: Band | None, anchor: float | None, person: Person, as_json: bool
) -> None:
    """Say what an exercise asks of one hip: newton metres at every moment, how sure that is, and what it leaves out."""
    m = found_movement(exercise_id)
    try:
        equipment = Equipment(kg=kg, band=band, reach=anchor)
        rows = curve(m, person=person, equipment=equipment)
    except Unfit as refused:
        raise Trouble(str(refused)) from refused
    said = remarks(m, person=person, rows=rows, equipment=equipment)
    if as_json:
        click.echo(json.dumps(_facts(m, person=person, equipment=equipment, rows=rows, said=said), indent=2))
    else:
        _tell(m, rows=rows, said=said)


def _tell(m: Movement, *, rows: Sequence[Torque], said: list[str]) -> None:
    """The load as a table and sentences."""
    click.secho(f"{m.id}  {m.name}", bold=True)
    if computable(m):
        most = hardest(rows)
        paragraph(f"About {most.newton_metres:.0f} N·m at the hip at its hardest ({most.low:.0f} to {most.high:.0f}).")
        heading("  way   hip      N·m   from    to")
        for row in rows:
            click.echo(f"  {row.t:4.0%}  {row.hip:4.0f}°  {row.newton_metres:6.1f} {row.low:6.1f} {row.high:6.1f}")
        click.echo()
    for line in said:
        paragraph(line, hang=2)


def _facts(
    m: Movement, *, person: Person, equipment: Equipment, rows: Sequence[Torque], said: list[str]
) -> dict[str, object]:
    """The load for a program: units in the names of the keys; no torque where an effort decides."""
    known = computable(m)
    return {
        "movement": m.id,
        "exercise": m.exercise,
        "person": {"height_m": person.height, "mass_kg": person.mass, "sex": person.sex.value},
        "kg": equipment.kg,
        "band": {"rest_m": equipment.band.rest, "n_per_m": equipment.band.stiffness} if equipment.band else None,
        "anchor_m": equipment.reach,
        "computable": known,
        "frames": [_row(row) for row in rows] if known else [],
        "hardest": _row(hardest(rows)) if known else None,
        "remarks": said,
    }


def _row(row: Torque) -> dict[str, object]:
    """One moment."""
    return {
        "t": round(row.t, 4),
        "hip_deg": round(row.hip, 1),
        "torque_nm": round(row.newton_metres, 2),
        "low_nm": round(row.low, 2),
        "high_nm": round(row.high, 2),
        "flags": sorted(flag.value for flag in row.flags),
    }
