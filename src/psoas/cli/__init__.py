"""The door in a terminal. Each group of verbs is a module here; it is imported only when one of its verbs is used."""

from __future__ import annotations

import importlib

import click

# verb -> "module:command". A new verb is one line here, one in SAYS, and a click command in its module.
VERBS: dict[str, str] = {
    "backup": "psoas.cli.keeping:backup",
    "case": "psoas.cli.case:case",
    "erase": "psoas.cli.keeping:erase",
    "exercise": "psoas.cli.drawing:exercise",
    "export": "psoas.cli.keeping:export",
    "import": "psoas.cli.keeping:bring_in",
    "knowledge": "psoas.cli.knowing:knowledge",
    "load": "psoas.cli.weighing:load",
    "plan": "psoas.cli.planning:plan",
    "replay": "psoas.cli.replaying:replay",
    "restore": "psoas.cli.keeping:restore",
}
# What each verb does, by whom it is for; shown without importing any of them.
SAYS: dict[str, dict[str, str]] = {
    "Every day": {
        "serve": "Open Psoas in your browser, on this machine only.",
        "link": "Print a new one-time link into the Psoas that is running.",
    },
    "Your record": {
        "export": "Write one episode to one file, to keep or to go on with elsewhere.",
        "import": "Bring in an exported episode as it was.",
        "erase": "Erase an episode for good, or all of them.",
        "backup": "Copy the whole database to one file, also while Psoas runs.",
        "restore": "Put a backup in the place of the database.",
    },
    "For clinicians and authors": {
        "plan": "Say what a person written down in a file would be given, and why.",
        "exercise": "Show an exercise: purpose, steps, ladder, exclusions, sources, picture.",
        "load": "Say what an exercise asks of the hip, with a weight or a band.",
        "replay": "Check every decision of a record again.",
        "case": "Run cases: a person, what happened, what must be decided.",
        "knowledge": "Check that every number, rule, exercise and source fits together.",
    },
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs by whom they are for."""
        del ctx  # the verbs' own help is not asked: it would import them all
        for section, verbs in SAYS.items():
            with formatter.section(section):
                formatter.write_dl(list(verbs.items()))


@click.group(cls=Terminal, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="psoas")
def terminal() -> None:
    """Psoas: an open rehabilitation system for the hip flexors. It screens, tests, plans, guides, and says why.

    Start with "psoas serve", or look around with "psoas serve --demo". "psoas VERB --help" says more of each verb.
    """
