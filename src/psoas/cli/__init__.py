"""The door in a terminal. Each group of verbs is a module here; it is imported only when one of its verbs is used."""

from __future__ import annotations

import importlib

import click

# verb -> "module:command". A new verb is one line here and a click command in its module.
VERBS: dict[str, str] = {
    "case": "psoas.cli.case:case",
}


class Terminal(click.Group):
    """A group whose commands are imported when they are needed, so that `psoas --help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in alphabetical order."""
        return sorted({*super().list_commands(ctx), *VERBS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, or nothing."""
        if cmd_name not in VERBS:
            return super().get_command(ctx, cmd_name)
        module, _, name = VERBS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Terminal, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="psoas")
def terminal() -> None:
    """Psoas: an open rehabilitation system for the hip flexors. It screens, tests, plans, guides, and says why."""
