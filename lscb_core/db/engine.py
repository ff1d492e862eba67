"""Engines: SQLite kept safe (write-ahead log, full sync, foreign keys), or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from lscb_core.config import settings
from lscb_core.errors import NotNow

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
PATIENCE_MS = 5000
"""How long somebody waits for another's saving to end, on either database."""
SQLITE_BUSY, SQLITE_LOCKED = 5, 6
# Lock not had in time, deadlock, two transactions that cannot both be: another try may well do it.
POSTGRESQL_BUSY = frozenset({"55P03", "40P01", "40001"})


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for the address. SQLite gets its safety settings and real transactions."""
    if url.startswith("postgresql"):
        options = {"connect_args": {"options": f"-c lock_timeout={PATIENCE_MS}"}} | options
    # What goes wrong in the database is logged: never with the rows that were to be stored.
    engine = sa.create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for a safe read
    for pragma in (*PRAGMAS, f"busy_timeout={PATIENCE_MS}"):
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
    with _busy_in_words(), Session(engine()) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A session for one command; the command commits. Left without a commit, nothing is kept.

    Raises NotNow where somebody else's saving does not end in time.
    """
    with _busy_in_words(), Session(engine().execution_options(writes=True)) as session:
        yield session


@contextmanager
def _busy_in_words() -> Iterator[None]:
    try:
        yield
    except sa.exc.OperationalError as problem:
        if not _is_busy(problem.orig):
            raise
        raise NotNow(
            "The register is busy.",
            why="Somebody else is saving, and it takes longer than usual.",
            advice="Nothing was lost: wait a moment, then try again.",
        ) from problem


def _is_busy(problem: BaseException | None) -> bool:
    on_sqlite = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the lowest byte; the rest says where
    return on_sqlite in (SQLITE_BUSY, SQLITE_LOCKED) or getattr(problem, "sqlstate", "") in POSTGRESQL_BUSY
