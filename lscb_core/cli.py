"""The command line: make the database, load the demonstration, print what the pages show.

Exit status: 0 done; 2 the input was refused, with the reason on standard error; 1 anything else.
"""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from sqlmodel import Session, col, select

from lscb_core import cli_accounts, cli_identities, cli_keeping, published
from lscb_core import demo as tidewater
from lscb_core.accounts.demonstration import add_accounts, refuse_beside_real_boards
from lscb_core.cli_register import register
from lscb_core.config import settings, today
from lscb_core.db.causes import cause
from lscb_core.db.engine import engine, reading, writing
from lscb_core.db.health import look
from lscb_core.db.migrate import migrate
from lscb_core.db.recording import raise_revision
from lscb_core.db.tables import Account, Board
from lscb_core.domain.numbers import listed, plural
from lscb_core.domain.periods import parse_day
from lscb_core.errors import BadInput, BoardError, NotNow
from lscb_core.imports.series import series_chart
from lscb_core.queries.view import Choice, operator_view
from lscb_core.showing import SHOWN, Format, printed
from lscb_core.taking import remember_words, said_to_mean, take_file

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(cli_keeping.app)
app.add_typer(cli_accounts.app, name="accounts")
cli_accounts.app.add_typer(cli_identities.app)
FAILED, REFUSED = 1, 2


def main() -> None:
    """Run the command line; a refusal says why and ends with status 2."""
    try:
        app()
    except BoardError as refusal:
        typer.echo(str(refusal), err=True)
        raise SystemExit(FAILED if isinstance(refusal, NotNow) else REFUSED) from refusal
    except sa.exc.OperationalError as problem:
        typer.echo(f"The database cannot be used ({cause(problem)}). See LSCB_DATABASE_URL.", err=True)
        raise SystemExit(FAILED) from problem


@app.command()
def init() -> None:
    """Create the database, or bring it to this release's tables; refuses one that may not be served."""
    if kept := migrate(engine()):
        typer.echo(f"The tables were moved on. A copy of the database as it was is kept in {kept}.")
    with reading() as session:
        refuse_beside_real_boards(session)
    typer.echo("The database is ready.")


@app.command()
def demo(
    if_empty: Annotated[bool, typer.Option("--if-empty", help="Do nothing where a board is held.")] = False,
) -> None:
    """Load the demonstration: four published boards, one invented board, seven accounts."""
    with register(writing) as session:
        if _is_there(session, if_empty):
            typer.echo("Nothing was loaded: the database holds boards or accounts already.")
            return
        counted = load_demonstration(session)
        session.commit()
    typer.echo(counted)


def load_demonstration(session: Session) -> str:
    """Add every demonstration board and account, and say so in a line. Does not commit."""
    published.load(session)
    tidewater.load(session, today=today())
    add_accounts(session)
    raise_revision(session)
    boards = session.exec(select(Board.short_name).order_by(col(Board.id))).all()
    return f"Loaded {plural(len(boards), 'board')} ({', '.join(boards)}) and the demonstration accounts."


def _is_there(session: Session, if_empty: bool) -> bool:
    """Whether the demonstration is there already. Raises BoardError where a real board or account is held."""
    kinds = session.exec(select(Board.is_demonstration)).all()
    people = session.exec(select(Account.is_demonstration)).all()
    if not all((*kinds, *people)) and not if_empty:
        raise BoardError(
            "The demonstration was not loaded: this database holds a real board or a real account.",
            why="Its accounts have passwords that everybody knows.",
            advice="Name another database in LSCB_DATABASE_URL.",
        )
    return bool(kinds or people)


@app.command()
def health(as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False) -> None:
    """Tell how the database is: its tables, its disk, its history, who is signed in. Status 1: not well."""
    found = look(settings().database_url)
    typer.echo(json.dumps(found.as_json(), indent=2) if as_json else found.as_text())
    if not found.well:
        raise SystemExit(FAILED)


class Direction(StrEnum):
    """Which direction of a measure is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@app.command()
def show(
    what: Annotated[str, typer.Argument(help=f"One of: {', '.join(sorted(SHOWN))}.")],
    *,
    board: Annotated[str, typer.Option(help="The board's short word, such as stockton.")],
    as_at: Annotated[str, typer.Option(help="The day to look from; without it, the board's own.")] = "",
    agency: Annotated[str, typer.Option(help="Only this agency.")] = "",
    priority: Annotated[str, typer.Option(help="Only this priority.")] = "",
    as_: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Print what the pages show."""
    if what not in SHOWN:
        raise BadInput(f"There is nothing called “{what}”.", advice=f"Try {listed(sorted(SHOWN))}.")
    choice = Choice(board, parse_day(as_at) if as_at else None, priority or None, None, agency or None)
    with register(reading) as session:
        view = operator_view(session, choice=choice, today=today())
        typer.echo(printed(SHOWN[what](session, view), as_))


class Kind(StrEnum):
    """The kinds of file that can be taken in."""

    CIN_CENSUS = "cin-census"
    ANNEX_A = "annex-a"
    DFE = "dfe"
    TEMPLATE = "template"


@app.command("import")
def take_in(
    kind: Annotated[Kind, typer.Argument(help="What kind of file it is.")],
    file: Annotated[Path, typer.Argument(help="The file.")],
    *,
    board: Annotated[str, typer.Option(help="The board's short word, such as stockton.")],
    check: Annotated[bool, typer.Option("--check", help="Read and report; save nothing.")] = False,
    means: Annotated[
        list[str] | None, typer.Option(help="WORDS=GROUP: what a spelling of a source means on this board.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON.")] = False,
) -> None:
    """Take in a file: the census, Annex A, published statistics, or an agency's return."""
    with register(reading):
        pass  # the tables are there
    words = said_to_mean(means or ())
    if words and not check:
        remember_words(board=board, means=words)
    outcome = take_file(kind=kind.value, path=file, board=board, check=check, means=words)
    typer.echo(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2) if as_json else outcome.as_text())
    if outcome.problems:
        raise SystemExit(REFUSED)


@app.command()
def spc(
    file: Annotated[Path, typer.Argument(help="A CSV file with the columns period and value.")],
    better: Annotated[Direction, typer.Option(help="Which direction is better.")] = Direction.NEITHER,
    as_: Annotated[Format, typer.Option("--format")] = Format.TABLE,
) -> None:
    """Print limits and signals of a series: is a change real, or ordinary ups and downs?"""
    typer.echo(printed({"series": series_chart(file, better=better.value)}, as_))
