"""Bring a database to this release's tables, in one transaction, with a copy kept first."""

import os
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from lscb_core.db.backup import keep_copy
from lscb_core.db.copying import hold_writers, tables_of
from lscb_core.db.recording import EVERY_CHANGE, NOT_OF_STATES
from lscb_core.db.revisions import all_or_nothing, newest, refuse_newer, revision_of, upgrade
from lscb_core.db.tables import DataRevision


def migrate(engine: Engine) -> Path | None:
    """Create the tables, or move an older database on. All or nothing.

    Gives back where a copy was kept; None where nothing that was held had to be moved. Raises BadInput where
    the database is a newer release's, or no copy can be made of it; NotNow where there is no room for one.
    """
    _keep_to_its_owner(engine)
    with all_or_nothing(engine) as connection:
        kept = _copy_before_moving(engine, connection)
        upgrade(connection)
    _first_rows(engine)
    return kept


def _keep_to_its_owner(engine: Engine) -> None:
    """Nobody else on the machine may read a new SQLite file, nor its journals: they take its rights over."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    if name and name != ":memory:" and not name.startswith("file:"):
        with suppress(OSError):  # it is there already, or SQLite says what is wrong
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def move_on(engine: Engine) -> None:
    """The same without a copy, for a database that is one."""
    with all_or_nothing(engine) as connection:
        upgrade(connection)
    _first_rows(engine)


def _copy_before_moving(engine: Engine, connection: sa.Connection) -> Path | None:
    if not (revision := revision_of(connection)):
        return None
    refuse_newer(revision, "this database")
    if revision == newest() or not _holds_rows(connection):
        return None
    hold_writers(connection)  # what is saved after the copy would be moved on without one
    return keep_copy(engine, f"before-{newest()}")


def _holds_rows(connection: sa.Connection) -> bool:
    """Whether there is anything to lose: more than the rows that each database starts with."""
    tables = (table for table in tables_of(connection) if table.name != DataRevision.__tablename__)
    return any(connection.execute(sa.select(sa.literal(1)).select_from(t).limit(1)).first() for t in tables)


def _first_rows(engine: Engine) -> None:
    with Session(engine.execution_options(writes=True)) as session:
        missing = [row for row in (EVERY_CHANGE, NOT_OF_STATES) if session.get(DataRevision, row) is None]
        if missing:
            session.add_all(DataRevision(id=row, number=1) for row in missing)
            session.commit()
