"""A backup proved in memory, and put in the place of what a database holds: all of it, or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col

from lscb_core.config import now
from lscb_core.db.backup_files import check_stamp, damage, not_a_backup, opened
from lscb_core.db.copying import copy_rows, empty, hold_writers, raise_counters, tables_of
from lscb_core.db.guards import lifted
from lscb_core.db.held import held
from lscb_core.db.migrate import move_on
from lscb_core.db.revisions import in_memory, refuse_newer, revision_of
from lscb_core.db.tables import Account, DataRevision
from lscb_core.errors import BoardError

BESIDE = "", "-wal", "-shm"


@contextmanager
def proved(path: Path) -> Iterator[Engine]:
    """The file's rows in a database in memory with this release's tables. The file is only read.

    Its rows go through tables of our own making, so nothing else that may stand in it (triggers, views)
    reaches a database. One-time codes are taken off: one may have been used since. Raises BadInput where the
    file is damaged, foreign, of a newer release, or its history's chain is broken.
    """
    check_stamp(path)
    with opened(path) as file:
        if wrong := damage(file):
            raise not_a_backup(path, f"It is damaged. SQLite says: {wrong}.")
        if not (revision := revision_of(file)):
            raise not_a_backup(path, "It holds no register of this dashboard.")
        refuse_newer(revision, "this backup")
        with in_memory(revision) as memory:
            _fill(memory, file, path)
            move_on(memory)
            _make_safe(memory, path)
            yield memory


def _fill(memory: Engine, file: sa.Connection, path: Path) -> None:
    try:
        with memory.begin() as target:
            tables = tables_of(target)
            if {table.name for table in tables} - _plain_tables(file):
                raise ValueError("something else stands in the place of a table")
            copy_rows(file, target, tables)
    except (sa.exc.SQLAlchemyError, ValueError, TypeError) as problem:
        why = "Its tables or rows are not those of this dashboard."
        raise not_a_backup(path, why) from problem


def _plain_tables(file: sa.Connection) -> set[str]:
    """Names of the file's tables. A view of such a name could give rows without end."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    return set(file.exec_driver_sql(named).scalars())


def _make_safe(memory: Engine, path: Path) -> None:
    with memory.begin() as connection:
        if held(connection).broken_at is not None:
            why = "The chain of its history is broken: an event was changed or is gone."
            raise not_a_backup(path, why)
        connection.execute(sa.update(Account).values(code_hash="", code_expires_at=None))


def put_in(session: Session, copy: Engine) -> None:
    """Replace every row by the copy's. Nobody else saves until the session ends; does not commit.

    The data's revision rises above both, so nothing that a running server remembers is used any more. Raises
    BoardError where the database does not take a row, or does not give the history back as it was.
    """
    connection = session.connection()
    hold_writers(connection)
    with copy.connect() as source:
        tables, wanted = tables_of(source), held(source)
        revision = max(_revision(source), _revision(connection)) + 1
        try:
            with lifted(connection):
                empty(connection, tables)
                copy_rows(source, connection, tables)
        except (sa.exc.DataError, sa.exc.IntegrityError, sa.exc.StatementError) as problem:
            if isinstance(problem, sa.exc.OperationalError):
                raise
            raise _not_taken("The database did not take one of its rows.") from problem
    connection.execute(sa.update(DataRevision).values(number=revision))
    if held(connection) != wanted:
        raise _not_taken("What arrived in the database is not what the backup holds.")
    raise_counters(connection, tables)


def _revision(connection: sa.Connection) -> int:
    return connection.execute(sa.select(sa.func.max(col(DataRevision.number)))).scalar() or 0


def _not_taken(why: str) -> BoardError:
    advice = "Everything is as it was. Tell whoever looks after the dashboard, with this message."
    return BoardError("The backup was not restored.", why=why, advice=advice)


def set_aside_if_damaged(engine: Engine) -> Path | None:
    """Move a SQLite file whose pages are broken out of the way, with its journal; gives its new name."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    if not name or not Path(name).exists() or _sound(Path(name)):
        return None
    engine.dispose()
    file = Path(name)
    aside = file.with_name(f"{file.stem}-damaged-{now():%Y%m%d-%H%M%S}{file.suffix}")
    for end in BESIDE:
        if (part := Path(f"{file}{end}")).exists():
            part.rename(f"{aside}{end}")
    return aside


def _sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.OperationalError:  # locked, out of reach: this says nothing about its pages
        raise
    except sqlite3.DatabaseError:
        return False
