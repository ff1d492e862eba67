"""Which tables a database has: the revision that it says it is at, and those that this release knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from lscb_core.db.engine import PATIENCE_MS, make_engine
from lscb_core.errors import BadInput

FOLDER = Path(__file__).parent / "migrations"
TURN_MS = 10 * 60 * 1000
"""How long one waits for its turn: several servers that start together each bring their database on."""


def configuration(connection: sa.Connection) -> Config:
    """Alembic's settings, without a file, for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision of this release's tables."""
    return str(ScriptDirectory(str(FOLDER)).get_current_head())


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of the tables in a database; None where it has none of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_newer(revision: str, what: str) -> None:
    """Raise BadInput where this release does not know the revision. `what`: "this database"."""
    if revision not in {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}:
        raise BadInput(
            f"Nothing was done: {what} comes from a newer release of the dashboard.",
            why=f"Its tables are at “{revision}”; this release knows them up to “{newest()}”.",
            advice="Install the newer release, then try again.",
        )


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Move the tables on. For a transaction that is open; see `all_or_nothing`."""
    command.upgrade(configuration(connection), to)


@contextmanager
def all_or_nothing(engine: Engine) -> Iterator[sa.Connection]:
    """One transaction, after those of all who came before. Raises OperationalError where they do not end."""
    with engine.execution_options(writes=True).connect() as connection:
        on = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
        with on(connection):
            yield connection


@contextmanager
def _on_sqlite(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by making it again, and what points to it must not mind."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # does nothing inside a transaction, so before it
    driver.execute(f"PRAGMA busy_timeout={TURN_MS}")
    try:
        with connection.begin():
            yield
            if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise sa.exc.IntegrityError(f"{len(lost)} rows point to nothing", None, Exception(lost[0]))
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")


@contextmanager
def _on_postgresql(connection: sa.Connection) -> Iterator[None]:
    driver: Any = connection.connection.driver_connection
    # It begins the very transaction in which the turn is then waited for.
    driver.execute(f"SET LOCAL lock_timeout = {TURN_MS}")
    with connection.begin():
        # A table that somebody reads is not waited for as long: all who come to read it would wait behind.
        connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")
        yield


@contextmanager
def in_memory(revision: str) -> Iterator[Engine]:
    """An empty database in memory with the tables of a revision."""
    engine = make_engine("sqlite://", poolclass=StaticPool)
    try:
        with all_or_nothing(engine) as connection:
            upgrade(connection, revision)
        yield engine
    finally:
        engine.dispose()
