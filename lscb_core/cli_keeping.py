"""Verbs that keep what is held: `backup` and `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from lscb_core.db.access import OPERATOR
from lscb_core.domain.numbers import listed
from lscb_core.keeping import Restored, make_backup
from lscb_core.keeping import restore as put_back

app = typer.Typer()


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as monday.db.")],
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file of this name.")] = False,
) -> None:
    """Copy all that is held into one file, while people work."""
    found = make_backup(actor=OPERATOR, target=file, replace=replace)
    typer.echo(f"{file} holds {found}.")
    typer.echo("Keep it as safe as the database itself.")
    if found.broken_at is not None:
        words = f"Beware: the history is broken at event {found.broken_at}, so this file cannot be restored."
        typer.echo(f"{words} Keep your older backups.", err=True)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` made.")]) -> None:
    """Put a backup in the place of all that is held; what is there now is kept beside."""
    typer.echo("\n".join(_lines(put_back(actor=OPERATOR, file=file))))


def _lines(came: Restored) -> list[str]:
    lines = [f"Back again: {came.held}.", f"Before, there were {came.was}."]
    lines += [f"What was there is kept in {listed([str(path) for path in came.kept])}."] if came.kept else []
    lines += ["Everybody signs in again. One-time codes that were not used yet have to be issued again."]
    if came.open_again:
        lines += [f"These accounts could not sign in before, and now can: {listed(list(came.open_again))}."]
    if came.older:
        words = "These accounts have a password, a role or a link again that had been ended since the backup"
        lines += [f"{words}: {listed(list(came.older))}. Look at each, and issue a code where in doubt."]
    return lines
