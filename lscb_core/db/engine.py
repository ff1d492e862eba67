"""Engines: SQLite kept safe (write-ahead log, full sync, foreign keys), or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from lscb_core.config import settings
from lscb_core.db import noticing
from lscb_core.db.sealing import LOCK
from lscb_core.db.trouble import Saving, in_words, mark_commit

# Without recursive triggers REPLACE would put one row in the place of another past the history's guards.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON")
PATIENCE_MS = 5000
"""How long somebody waits for another's saving to end, on either database."""
# Two processes, each with all its connections in use, stay below the 100 that PostgreSQL allows as it comes.
POOL = {"pool_size": 10, "max_overflow": 20, "pool_timeout": 5.0}
# A page holds its connection while it is drawn. To a file they cost little, and none is kept above the ten.
POOL_OF_FILE = POOL | {"max_overflow": 190}
# A server that is gone without a word is noticed after 10 to 25 s, and asked for no longer than 5.
LINE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# The server notices a process that is gone likewise: its locks would keep everybody from saving.
FAR_END = "tcp_keepalives_idle=10", "tcp_keepalives_interval=5", "tcp_keepalives_count=3"


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for the address. SQLite gets its safety settings and real transactions.

    On PostgreSQL a connection is tried before it is handed out, so that a restart of the server is survived.
    What the address itself says of the line (`?connect_timeout=20`) holds.
    """
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        options = {"connect_args": _line(address), "pool_pre_ping": True, "pool_recycle": 1800} | options
    if address.database and "poolclass" not in options:
        options = (POOL_OF_FILE if address.get_backend_name() == "sqlite" else POOL) | options
    # What goes wrong in the database is logged: never with the rows that were to be stored.
    engine = sa.create_engine(address, hide_parameters=True, **options)
    sa.event.listen(engine, "commit", mark_commit)
    sa.event.listen(engine, "begin", _begin)
    noticing.listen(engine)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare)
    return engine


def _line(address: sa.URL) -> dict[str, Any]:
    on_server = (f"lock_timeout={PATIENCE_MS}", *FAR_END)
    wanted = LINE | {"options": " ".join(f"-c {setting}" for setting in on_server)}
    return {name: value for name, value in wanted.items() if name not in address.query}


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late for a safe read
    for pragma in (*PRAGMAS, f"busy_timeout={PATIENCE_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A writer takes its place at once: two that have begun, and then wait for each other, would deadlock.
    writes = connection.get_execution_options().get("writes", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The process's one engine, for the address in the settings."""
    return make_engine(settings().database_url)


@contextmanager
def reading() -> Iterator[Session]:
    """A session to ask questions in. Nothing that is changed in it is kept.

    Raises NotNow, in words, where the database cannot be used just now.
    """
    with in_words(), Session(engine()) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A session for one command; the command commits. Left without a commit, nothing is kept.

    Raises NotNow where somebody else's saving does not end in time, or the database cannot be used just now;
    where it is lost while committing, the words say that nobody knows whether the change was saved.
    """
    saving = Saving()
    chosen = engine().execution_options(writes=True, saving=saving)
    with in_words(saving), Session(chosen) as session:
        yield session
