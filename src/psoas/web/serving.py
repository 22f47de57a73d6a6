"""`psoas serve` and `psoas link`: start the pages on this machine, and let the owner in."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from pathlib import Path

import click

from psoas.storage.place import Place, Refused

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8347
_TRIED_PORTS = 50


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help=f"The port to answer on (default {FIRST_PORT}).")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="The folder to keep everything in.")
@click.option("--open/--no-open", "browse", default=True, help="Open the browser (default), or only print the link.")
@click.option("--demo", is_flag=True, help="Show three made-up people instead of your own record.")
def serve(*, port: int | None, data: Path | None, browse: bool, demo: bool) -> None:
    """Open Psoas in your browser, on this machine only."""
    place = Place.chosen(data)
    place = Place(place.folder / "demo") if demo else place
    with ExitStack() as stack:
        try:
            place.prepare()
            stack.enter_context(place.locked())
        except Refused as error:
            raise click.ClickException(str(error)) from error
        door = stack.enter_context(_door(port))
        _run(place, door=door, browse=browse, demo=demo)


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="The folder of the running Psoas.")
def link(*, data: Path | None) -> None:
    """Print a new one-time link into the Psoas that is running."""
    place = Place.chosen(data)
    server = place.server() if place.is_served() else {}
    if not server:
        raise click.ClickException(f"No Psoas is running with the data in {place.folder}. Start it with: psoas serve")
    try:
        click.echo(place.entry_url(server["url"]))
    except Refused as error:
        raise click.ClickException(str(error)) from error


def _run(place: Place, *, door: socket.socket, browse: bool, demo: bool) -> None:
    """Serve until stopped. Django is imported here, once the settings' environment stands."""
    os.environ["PSOAS_DATA"] = str(place.folder)
    os.environ["PSOAS_DEMO"] = "1" if demo else ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "psoas.web.settings"
    from psoas.web import running

    try:
        running.run(place, door=door, browse=browse, demo=demo)
    except Refused as error:
        raise click.ClickException(str(error)) from error


def _door(port: int | None) -> socket.socket:
    """A socket on this machine's own address. Where the port is taken: the next free one, and a word about it."""
    wanted = port or FIRST_PORT
    for candidate in range(wanted, min(wanted + _TRIED_PORTS, 65536)):
        door = _bound(candidate)
        if door:
            if candidate != wanted:
                click.echo(f"Port {wanted} is taken by another program; using {candidate} instead.", err=True)
            return door
    raise click.ClickException(f"All ports from {wanted} on are taken. Choose another with --port.")


def _bound(port: int) -> socket.socket | None:
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((LOOPBACK, port))
        door.listen()  # two that start at once may both bind it; only one may listen
    except OSError:
        door.close()
        return None
    return door
