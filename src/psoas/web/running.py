"""The running server: one process, Django in a few threads that keep their database connection."""

from __future__ import annotations

import socket
import sys
import webbrowser

import click
import django
import uvicorn
from a2wsgi import WSGIMiddleware

from psoas.storage import schema
from psoas.storage.place import Place
from psoas.storage.safekeeping import fold_log
from psoas.web import collecting, wsgi

_THREADS = 8
_PATIENCE_S = 3  # for open requests at the end; the whole stop stays under five seconds


def run(place: Place, *, door: socket.socket, browse: bool, demo: bool) -> None:
    """Bring tables and static files up to date, then serve until SIGTERM or Ctrl-C. Raises `Refused`."""
    django.setup()
    schema.bring_up()
    if demo:
        from psoas.web import demonstration

        demonstration.fill()
    with place.usable():
        site = wsgi.make()
    collecting.seldom()
    config = uvicorn.Config(
        WSGIMiddleware(site, workers=_THREADS),
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_PATIENCE_S,
        limit_concurrency=256,
    )
    Server(config, place=place, door=door, browse=browse).run(sockets=[door])


class Server(uvicorn.Server):
    """A server that prints its one-time link once it answers."""

    def __init__(self, config: uvicorn.Config, *, place: Place, door: socket.socket, browse: bool) -> None:
        super().__init__(config)
        self.place, self.door, self.browse = place, door, browse

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start answering, then say where."""
        await super().startup(sockets=sockets)
        host, port = self.door.getsockname()
        url = f"http://{host}:{port}"
        self.place.announce(url=url)
        entry = self.place.entry_url(url)
        click.echo(f"Psoas is at {entry}")
        click.echo("The link works once; for another, type: psoas link. To stop Psoas: Ctrl-C.", err=True)
        sys.stdout.flush()
        if self.browse:
            webbrowser.open(entry)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop answering, then leave the folder as one whole file and nobody's; a signal ends the process right after."""
        await super().shutdown(sockets=sockets)
        self.place.withdraw()
        if self.place.database.is_file():
            fold_log(self.place.database)
