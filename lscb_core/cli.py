"""The command line: make the database, load the demonstration, print what the pages show.

Exit status: 0 done; 2 the input was refused, with the reason on standard error; 1 anything else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import sqlalchemy as sa
import typer
from sqlmodel import Session, col, select

from lscb_core.accounts.demonstration import add_accounts
from lscb_core.commands.history import raise_revision
from lscb_core.config import today
from lscb_core.db.engine import engine, writing
from lscb_core.db.migrate import migrate
from lscb_core.db.tables import Board
from lscb_core.domain.numbers import plural
from lscb_core.errors import BoardError

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
REFUSED = 2


def main() -> None:
    """Run the command line; a refusal says why and ends with status 2."""
    try:
        app()
    except BoardError as refusal:
        typer.echo(str(refusal), err=True)
        raise SystemExit(REFUSED) from refusal


@app.command()
def init() -> None:
    """Create the database, or bring it to this release's tables."""
    migrate(engine())
    typer.echo("The database is ready.")


@app.command()
def demo(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where a board is held.")] = False,
) -> None:
    """Load the demonstration: four published boards, one invented board, seven accounts."""
    with _register() as session:
        if _is_there(session, if_empty):
            typer.echo("Nothing was loaded: the database holds boards already.")
            return
        counted = load_demonstration(session)
        session.commit()
    typer.echo(counted)


def load_demonstration(session: Session) -> str:
    """Add every demonstration board and account, and say so in a line. Does not commit."""
    from lscb_core import published

    published.load(session)
    if find_spec("lscb_core.demo"):
        import_module("lscb_core.demo").load(session, today=today())
    add_accounts(session)
    raise_revision(session)
    boards = session.exec(select(Board.short_name).order_by(col(Board.id))).all()
    return f"Loaded {plural(len(boards), 'board')} ({', '.join(boards)}) and the demonstration accounts."


def _is_there(session: Session, if_empty: bool) -> bool:
    """Whether the demonstration is there already. Raises BoardError where a real board is held."""
    kinds = session.exec(select(Board.is_demonstration)).all()
    if not all(kinds) and not if_empty:
        raise BoardError(
            "The demonstration was not loaded: this database holds a real board.",
            why="Its accounts have passwords that everybody knows.",
            advice="Name another database in LSCB_DATABASE_URL.",
        )
    return bool(kinds)


@contextmanager
def _register() -> Iterator[Session]:
    """A session to write in; raises BoardError where the tables have not been made."""
    if not sa.inspect(engine()).has_table("board"):
        raise BoardError("The database has no tables yet.", advice="Run `python3 manage.py init` first.")
    with writing() as session:
        yield session
