"""Bring a database to this release's tables, in one transaction."""

from pathlib import Path

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


def migrate(engine: Engine) -> None:
    """Create the tables, or move an older database on. All or nothing."""
    writer = engine.execution_options(writes=True)
    with writer.begin() as connection:
        command.upgrade(configuration(connection), "head")
    with Session(writer) as session:
        if session.get(DataRevision, 1) is None:
            session.add(DataRevision(number=1))
            session.commit()
