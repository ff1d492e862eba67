"""Engines: SQLite kept safe (write-ahead log, full sync, foreign keys), or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from lscb_core.config import settings

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for the address. SQLite gets its safety settings and real transactions."""
    engine = sa.create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for a safe read
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A writer takes its place at once: two readers that both turn writer would deadlock.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The process's one engine, for the address in the settings."""
    return make_engine(settings().database_url)


@contextmanager
def reading() -> Iterator[Session]:
    """A session to ask questions in. Nothing that is changed in it is kept."""
    with Session(engine()) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A session for one command; the command commits. Left without a commit, nothing is kept."""
    with Session(engine().execution_options(writes=True)) as session:
        yield session
