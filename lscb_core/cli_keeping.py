"""Verbs that keep what is held: `backup`, `restore` and `verify`."""

from pathlib import Path
from typing import Annotated

import typer

from lscb_core.backups import Restored, make_backup
from lscb_core.backups import restore as put_back
from lscb_core.cli_register import register
from lscb_core.db import sealing
from lscb_core.db.access import OPERATOR
from lscb_core.db.engine import reading
from lscb_core.db.guards import are_set
from lscb_core.db.sealing import Verified
from lscb_core.domain.numbers import listed, plural
from lscb_core.errors import BoardError

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


@app.command()
def verify(
    seal: Annotated[str, typer.Option(help="A seal of the past, as the minutes hold it.")] = "",
) -> None:
    """Recompute the history's chain of seals; tells the last one, which belongs into the minutes."""
    with register(reading) as session:
        found = sealing.verify(session)
        _refuse_broken(found)
        if seal and not sealing.holds(session, seal):
            raise BoardError(
                "The history does not hold this seal.",
                why="The chain is unbroken, but its end is gone, or the seal is of another one.",
                advice="Compare the seal letter by letter. Then put a backup back that holds it.",
            )
        if not are_set(session.connection()):
            raise BoardError(
                "The history is unbroken, but the database no longer refuses to change it.",
                why="Its triggers are gone or switched off: somebody has worked on the database by hand.",
                advice="Find out who, and why. A backup that is put back sets them again.",
            )
    typer.echo(f"{plural(found.events, 'event')}, unbroken. The last seal is {found.head}.")


def _refuse_broken(found: Verified) -> None:
    if found.broken_at is not None:
        raise BoardError(
            f"The history is broken at event {found.broken_at}.",
            why=f"{plural(found.events, 'event')} before it hold together; one was changed or is gone.",
            advice="Put a backup back, or find out who wrote into the database past the dashboard.",
        )


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
