"""How the database is: what is told of a well one, and what is noticed of one that is not."""

import json
import shutil
import socket
import sqlite3
import time
from collections import namedtuple

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.config import now
from lscb_core.db import health, sealing
from lscb_core.db.engine import engine, make_engine
from lscb_core.db.migrate import migrate
from lscb_core.db.revisions import newest
from lscb_core.db.tables import SignIn
from lscb_core.domain.vocab import Role
from tests import make
from tests.terminal import DONE, FAILED, pointed_at, typed

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def migrated(tmp_path, monkeypatch):
    """A database in a file, as a release makes it, and the command line pointed at it."""
    url = f"sqlite:///{tmp_path / 'board.db'}"
    with pointed_at(monkeypatch, url):
        migrate(engine())
        yield url


def sign_in(account: int, *, version: int) -> SignIn:
    """Somebody at work just now."""
    return SignIn(account_id=account, version=version, binding="", began_at=now(), seen_at=now())


@pytest.fixture
def on_postgresql(_postgres):
    """The address of the run's PostgreSQL, with the mark of a migration on it for the length of a test."""
    with _postgres.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest()}')")
    yield _postgres.engine.url.render_as_string(hide_password=False)
    with _postgres.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")


def test_a_well_database_tells_its_tables_its_room_and_its_history(migrated, tmp_path):
    with Session(engine()) as session:
        account = make.account(session, Role.ADMIN, None)
        session.add_all(sign_in(account, version=version) for version in (1, 1, 0))  # the last one has ended
        session.commit()
        head = sealing.head(session)
    found = health.look(migrated)
    assert (found.well, found.kind, found.writable) == (True, "sqlite", True)
    assert found.revision == found.revision_expected == newest()
    assert (found.signed_in, found.head) == (2, head)
    assert found.free_megabytes == pytest.approx(shutil.disk_usage(tmp_path).free // 2**20, rel=0.05)
    assert health.failing(migrated) == ()


def test_postgresql_is_well_too_and_a_closed_one_is_not(on_postgresql):
    assert health.failing(on_postgresql) == ()
    assert health.look(on_postgresql).kind == "postgresql"
    name = sa.make_url(on_postgresql).database
    admin = make_engine(on_postgresql, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        try:
            assert health.failing(on_postgresql) == (health.WRITING,)
        finally:
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
    admin.dispose()


def test_another_releases_tables_are_noticed(migrated):
    with engine().execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert health.failing(migrated) == (health.TABLES,)
    assert health.look(migrated).revision == "0001"


def test_a_full_disk_is_noticed_before_the_last_byte(migrated, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**12, 0, health.LEAST_FREE - 1))
    assert health.failing(migrated) == (health.DISK,)


def test_a_database_that_is_not_there_is_not_made_by_looking(tmp_path):
    file = tmp_path / "nowhere.db"
    found = health.look(f"sqlite:///{file}")
    assert (found.well, found.failed) == (False, (health.DATABASE,))
    assert not file.exists()


def test_a_file_that_is_no_database_is_told_and_not_raised(tmp_path):
    file = tmp_path / "board.db"
    file.write_bytes(b"This is not a database. " * 100)
    assert health.look(f"sqlite:///{file}").failed == (health.DATABASE,)


def test_looking_takes_nobodys_place(migrated, tmp_path):
    other = sqlite3.connect(tmp_path / "board.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # somebody is saving
    begun = time.monotonic()
    assert health.failing(migrated) == ()
    assert time.monotonic() - begun < 2
    other.execute("ROLLBACK")
    other.close()


def test_a_server_that_answers_nobody_is_given_up(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begun = time.monotonic()
        found = health.look(f"postgresql+psycopg://nobody@127.0.0.1:{port}/nothing")
        assert found.failed == (health.DATABASE,)
        assert time.monotonic() - begun < 10


def test_the_command_line_says_it_in_lines_and_as_json_and_by_its_status(migrated, monkeypatch, capsys):
    status, out, _ = typed(monkeypatch, capsys, "health")
    assert status == DONE
    assert "All is well: yes" in out.splitlines()
    with engine().execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    status, out, _ = typed(monkeypatch, capsys, "health", "--json")
    assert status == FAILED
    told = json.loads(out)
    assert (told["status"], told["failed"], told["revision"]) == ("unavailable", ["tables"], "0001")
