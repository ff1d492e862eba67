"""Bring a database to this release's tables, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine
from sqlmodel import Session

from lscb_core.db.tables import DataRevision

FOLDER = Path(__file__).parent / "migrations"


def configuration(connection: sa.Connection) -> Config:
    """Alembic's settings, without a file, for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _references_checked_at_the_end(connection: sa.Connection) -> Iterator[None]:
    """One transaction. SQLite changes a table by making it again, and what points to it must not mind."""
    on_sqlite = connection.dialect.name == "sqlite"
    driver: Any = connection.connection.driver_connection
    if on_sqlite:
        driver.execute("PRAGMA foreign_keys=OFF")  # does nothing inside a transaction, so before it
    try:
        with connection.begin():
            yield
            if on_sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise sa.exc.IntegrityError(f"{len(lost)} rows point to nothing", None, Exception(lost[0]))
    finally:
        if on_sqlite:
            driver.execute("PRAGMA foreign_keys=ON")


def migrate(engine: Engine) -> None:
    """Create the tables, or move an older database on. All or nothing."""
    writer = engine.execution_options(writes=True)
    with writer.connect() as connection, _references_checked_at_the_end(connection):
        command.upgrade(configuration(connection), "head")
    with Session(writer) as session:
        if session.get(DataRevision, 1) is None:
            session.add(DataRevision(number=1))
            session.commit()
