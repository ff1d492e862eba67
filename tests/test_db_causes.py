"""What the log says of a database that cannot be used: the cause, and never a host, a user or a password."""

import os
import subprocess
import sys

import pytest
import sqlalchemy as sa
from sqlmodel import select

from lscb_core.config import ROOT
from lscb_core.db.engine import make_engine, reading
from lscb_core.db.tables import Board
from lscb_core.errors import NotNow
from tests.own_postgres import own_postgres
from tests.tab import served

PLACES = [
    ("127.0.0.1:9/secret-base", "nothing listens there"),
    ("localhost:9/secret-base?sslmode=verify-full&sslrootcert=/secret/root.pem", "nothing listens there"),
    ("secret-host.invalid/secret-base", "the host's name is not known"),
    ("/secret-base?host=/secret/folder", "there is no such socket"),
]
"""Addresses at which there is no server, and what the log makes of that."""


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL of these tests alone."""
    with own_postgres() as server:
        yield server


def logged(monkeypatch, caplog, url: str) -> str:
    """What is logged where somebody asks the database at that address."""
    lost = make_engine(url)
    with served(monkeypatch, lost), pytest.raises(NotNow, match="cannot be reached"), reading() as session:
        session.exec(select(Board)).all()
    lost.dispose()
    return caplog.text


@pytest.mark.parametrize(("place", "means"), PLACES)
def test_a_server_that_is_not_there(place, means, caplog, monkeypatch):
    said = logged(monkeypatch, caplog, f"postgresql+psycopg://secret-user:secret-word@{place}")
    assert f"The database cannot be reached. (OperationalError, {means})" in said
    assert [word for word in ("secret", "127.0.0.1", "localhost", ":9") if word in said] == []


@pytest.mark.parametrize("change", [{"username": "secret-user"}, {"database": "secret-base"}])
def test_a_user_or_a_database_that_the_server_does_not_know(change, server, caplog, monkeypatch):
    known = sa.make_url(server.url)
    said = logged(monkeypatch, caplog, known.set(**change).render_as_string(hide_password=False))
    assert "(OperationalError, there is no such database or user)" in said
    assert [word for word in ("secret", str(known.query["host"])) if word in said] == []


def test_a_password_that_is_wrong(server, caplog, monkeypatch):
    lists = server.folder / "pg_hba.conf"
    before = lists.read_text()
    server.ask("CREATE ROLE secret_user LOGIN PASSWORD 'another'")
    lists.write_text("local all secret_user scram-sha-256\n" + before)
    server.ask("SELECT pg_reload_conf()")
    wrong = sa.make_url(server.url).set(username="secret_user", password="secret-word")
    try:
        said = logged(monkeypatch, caplog, wrong.render_as_string(hide_password=False))
    finally:
        lists.write_text(before)
        server.ask("SELECT pg_reload_conf()")
    assert "(OperationalError, the server does not take the password)" in said
    assert "secret" not in said


def test_what_the_server_refuses_has_its_code_and_no_value(server, caplog, monkeypatch):
    """A question that waits for a lock too long."""
    engine = make_engine(server.url, connect_args={"options": "-c lock_timeout=100"})
    with engine.begin() as holder:
        holder.exec_driver_sql("CREATE TABLE board (id int)")
    with engine.begin() as holder, served(monkeypatch, engine):
        holder.exec_driver_sql("LOCK TABLE board")
        with pytest.raises(NotNow, match="busy"), reading() as session:
            session.exec(select(Board).where(Board.slug == "secret")).all()
    engine.dispose()
    assert "(LockNotAvailable, 55P03)" in caplog.text
    assert "secret" not in caplog.text


def test_sqlite_is_named_by_its_own_code(tmp_path, caplog, monkeypatch):
    path = tmp_path / "secret.db"
    path.write_bytes(b"something else altogether" * 1000)
    engine = make_engine(f"sqlite:///{path}")
    with served(monkeypatch, engine), pytest.raises(NotNow, match="damaged"), reading() as session:
        session.exec(select(Board)).all()
    assert "(DatabaseError, SQLITE_NOTADB)" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("verb", ["init", "health"])
def test_the_command_line_says_no_more_since_the_journal_keeps_it(verb):
    url = "postgresql+psycopg://secret-user:secret-word@127.0.0.1:9/secret-base"
    order = [sys.executable, "-m", "lscb_core", verb]
    told = subprocess.run(
        order,
        cwd=ROOT,
        env={**os.environ, "LSCB_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    said = told.stdout + told.stderr
    assert told.returncode == 1
    assert [word for word in ("secret", "127.0.0.1") if word in said] == []
    if verb == "init":
        assert said.startswith("The database cannot be used (OperationalError, nothing listens there).")
