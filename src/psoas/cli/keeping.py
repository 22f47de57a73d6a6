"""`psoas export | import | erase | backup | restore`: taking a record away, bringing it in, and keeping it safe."""

from __future__ import annotations

from pathlib import Path

import click

from psoas.cli.data import all_episodes, home_owner, journal_of, one_episode, place_of
from psoas.cli.speaking import Trouble
from psoas.clinic import Clinic
from psoas.exchange.archive import BadArchive
from psoas.knowledge.loader import load
from psoas.storage.contract import JournalError
from psoas.storage.place import Place, Refused, write_new

DATA = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="The data folder; left out: your own."
)
YES = click.option("--yes", is_flag=True, help="Do not ask first.")


@click.command()
@click.argument("episode", required=False)
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--list", "listed", is_flag=True, help="Only name the episodes.")
@DATA
def export(episode: str | None, to: Path | None, listed: bool, data: Path | None) -> None:
    """Write one episode, with everything ever said in it, to one file that can be read and brought in again."""
    with journal_of(data) as journal:
        if listed:
            for row in all_episodes(episode):
                click.echo(f"{row.id}  begun {row.opened.date()}  {len(journal.read(row.id, whole=True))} entries")
            return
        row = one_episode(episode)
        written = Clinic(journal, load()).export(row.id)
    target = to or Path(f"psoas-{row.opened.date()}-{row.id[-6:]}.json")
    try:
        write_new(target, data=written)
    except FileExistsError as error:
        raise Trouble(f"{target} is there already and stays as it is. Name another file with --to.") from error
    except OSError as error:
        raise Trouble(f"{target} could not be written: {error.strerror}. Name another file with --to.") from error
    click.echo(
        f"Written to {target} ({len(written) // 1024 + 1} kB). It holds health data: keep it where nobody else reads it."
    )


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DATA
def bring_in(file: Path, data: Path | None) -> None:
    """Bring in an exported episode as it was; the newest of your episodes is the one the pages show."""
    with journal_of(data, alone=True, new=True) as journal:
        try:
            episode = Clinic(journal, load()).import_(home_owner(), file.read_bytes())
        except (BadArchive, JournalError) as error:
            raise Trouble(f"{file}: {error}") from error
    click.echo(f"Episode {episode} is here, with everything that was in the file.")


@click.command()
@click.argument("episode", required=False)
@click.option("--all", "everything", is_flag=True, help="Every episode of the data folder.")
@YES
@DATA
def erase(episode: str | None, everything: bool, yes: bool, data: Path | None) -> None:
    """Erase an episode for good, or all of them. Backups, exports and a database set aside by a restore keep what they hold."""
    with journal_of(data, alone=True) as journal:
        rows = all_episodes() if everything else [one_episode(episode)]
        what = f"episode {rows[0].id}" if len(rows) == 1 else f"all {len(rows)} episodes"
        if not (yes or click.confirm(f"Erase {what}? This cannot be undone", default=False)):
            raise Trouble("Nothing was erased.")
        gone = sum(journal.erase(row.id) for row in rows)
    click.echo(f"Erased {what}: {gone} entries are gone.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@DATA
def backup(file: Path, data: Path | None) -> None:
    """Copy the whole database to a new file, also while Psoas runs."""
    from psoas.storage.safekeeping import backup as kept

    try:
        size = kept(Place.chosen(data), to=file)
    except Refused as error:
        raise Trouble(str(error)) from error
    click.echo(f"Backed up to {file} ({size // 1024} kB). It holds health data: keep it where nobody else reads it.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@YES
@DATA
def restore(file: Path, yes: bool, data: Path | None) -> None:
    """Put a backup in the place of the database. What it replaces is kept beside it."""
    from psoas.storage.safekeeping import applied_in
    from psoas.storage.safekeeping import restore as put_back

    try:
        place = place_of(data, new=True)
        from psoas.storage.schema import refuse_newer

        refuse_newer(applied_in(file))
        with place.locked():
            if place.database.exists() and not (
                yes or click.confirm(f"Replace the data in {place.folder}?", default=False)
            ):
                raise Trouble("Nothing was changed.")
            replaced = put_back(place, file=file)
    except Refused as error:
        raise Trouble(str(error)) from error
    aside = f" What was there before is in {replaced.name} beside it." if replaced else ""
    click.echo(f"The data in {place.folder} is the backup's now.{aside}")
