"""Trouble that a database may have, of both kinds: told in words, nothing half written, and then over."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from lscb_core.db import engine as engines
from lscb_core.db import trouble
from lscb_core.db.engine import make_engine, reading, writing
from lscb_core.db.migrate import migrate
from lscb_core.db.tables import Agency, Board
from lscb_core.errors import NotNow
from tests import cramped, saver
from tests.cut_line import AFTER, BEFORE, NEVER, line_to
from tests.own_postgres import own_postgres
from tests.tab import served

SMALL_DISKS = ["limit", "pages", *(["disk"] if cramped.may_mount() else [])]
HOLDER = """
import sys
from lscb_core.db.engine import writing
from lscb_core.db.recording import raise_revision
with writing() as session:
    raise_revision(session)
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def a_register(monkeypatch, url: str, **options):
    """The pages' database is this one, with a board and its manager."""
    engine = make_engine(url, **options)
    migrate(engine)
    saver.open_board(engine)
    with served(monkeypatch, engine):
        yield engine
    engine.dispose()


@pytest.fixture
def open_folder():
    """A folder into which everybody may look, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="lscb-open-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def register(monkeypatch, racing_engine):
    """Either database, with a board and its manager; who waits for others waits a tenth of a second."""
    monkeypatch.setattr(engines, "PATIENCE_MS", 100)
    saver.open_board(racing_engine)
    engine = make_engine(racing_engine.url.render_as_string(hide_password=False))
    with served(monkeypatch, engine):
        yield engine
    engine.dispose()


def refused_with(words: NotNow, act) -> None:
    """The act is refused in exactly these words."""
    with pytest.raises(NotNow) as refusal:
        act()
    assert str(refusal.value) == str(words)


def ask_for_boards() -> None:
    with reading() as session:
        session.exec(select(Board)).all()


def ask_as_a_writer() -> None:
    with writing() as session:
        session.exec(select(Board)).all()


def save_until_refused(words: NotNow) -> set[str]:
    """Add actions until one is refused in these words; gives those that were confirmed."""
    confirmed = set()

    def save() -> None:
        for turn in range(3000):
            saver.add(f"action {turn}")
            confirmed.add(f"action {turn}|1")

    refused_with(words, save)
    return confirmed


def test_a_lock_held_by_another_process_is_told_and_nothing_is_half_written(register):
    saver.add("before")
    url = register.url.render_as_string(hide_password=False)
    environment = {**os.environ, "LSCB_DATABASE_URL": url}
    order = [sys.executable, "-c", HOLDER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(order, cwd=saver.ROOT, env=environment, **pipes) as other:
        assert other.stdout.readline() == "held\n"
        refused_with(trouble.BUSY, partial(saver.add, "while it is held"))
        refused_with(trouble.BUSY, partial(saver.move, "before"))
        assert saver.held(register) == {"before|1"}
        other.communicate("")
    saver.move("before")
    assert saver.held(register) == {"before|1", "before|2"}
    assert saver.whole(register) == ""


def test_whoever_saves_takes_the_turn_with_the_first_question(register):
    """Two who had both read, and then waited for each other's rows, would deadlock on PostgreSQL."""
    with writing() as first:
        first.exec(select(Board)).all()
        ask_for_boards()
        refused_with(trouble.BUSY, ask_as_a_writer)
    ask_as_a_writer()


def test_when_every_connection_is_in_use_people_are_told(register, monkeypatch):
    url = register.url.render_as_string(hide_password=False)
    narrow = make_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    with served(monkeypatch, narrow):
        with reading() as one:
            one.exec(select(Board)).all()
            refused_with(trouble.CROWDED, ask_for_boards)
        ask_for_boards()
    narrow.dispose()


@pytest.mark.parametrize("how", SMALL_DISKS)
def test_a_full_disk_under_sqlite_is_told_and_saving_goes_on_when_there_is_room(monkeypatch, tmp_path, how):
    with cramped.small_disk(4) if how == "disk" else cramped.plain(tmp_path) as folder:
        path = folder / "board.db"
        with a_register(monkeypatch, f"sqlite:///{path}") as engine:
            saver.add("before")
            without_room = {
                "disk": lambda: cramped.disk_filled(folder),
                "limit": lambda: cramped.files_limited(path),
                "pages": lambda: cramped.pages_limited(engine),
            }
            with without_room[how]():
                confirmed = save_until_refused(trouble.FAILS if how == "limit" else trouble.FULL)
                assert saver.held(engine) == confirmed | {"before|1"}
                assert saver.whole(engine) == ""
            saver.move("before")
            assert saver.held(engine) == confirmed | {"before|1", "before|2"}
            assert saver.whole(engine) == ""


def test_a_database_file_closed_to_writing_is_told_and_can_be_read(monkeypatch, open_folder):
    path = open_folder / "board.db"
    with a_register(monkeypatch, f"sqlite:///{path}") as engine:
        saver.add("before")
        engine.dispose()
        with cramped.closed_to_writing(path):
            refused_with(trouble.CLOSED, partial(saver.move, "before"))
        saver.move("before")
        assert saver.held(engine) == {"before|1", "before|2"}
        assert saver.whole(engine) == ""


def test_a_database_folder_closed_to_writing_is_told(monkeypatch, open_folder):
    path = open_folder / "board.db"
    with a_register(monkeypatch, f"sqlite:///{path}") as engine:
        saver.add("before")
        engine.dispose()
        with cramped.closed_to_writing(open_folder, path):
            refused_with(trouble.CLOSED, partial(saver.move, "before"))
            refused_with(trouble.CLOSED, ask_for_boards)
        engine.dispose()
        saver.move("before")
        assert saver.whole(engine) == ""


def test_a_database_that_is_not_there_is_told(monkeypatch, tmp_path):
    nowhere = make_engine(f"sqlite:///{tmp_path / 'no such folder' / 'board.db'}")
    with served(monkeypatch, nowhere):
        refused_with(trouble.SHUT, ask_for_boards)


def test_a_database_that_is_no_database_any_more_is_told(monkeypatch, tmp_path):
    path = tmp_path / "board.db"
    with a_register(monkeypatch, f"sqlite:///{path}") as engine:
        engine.dispose()
        path.write_bytes(b"something else altogether" * 1000)
        refused_with(trouble.DAMAGED, ask_for_boards)
        refused_with(trouble.DAMAGED, partial(saver.add, "after"))


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL of these tests alone, which they may break."""
    with own_postgres() as server:
        yield server


def test_a_full_disk_under_postgresql_is_told(monkeypatch, server):
    with a_register(monkeypatch, server.new_database("full")) as engine:
        saver.add("before")
        with cramped.server_says_full(server, "full"):
            refused_with(trouble.FULL, partial(saver.move, "before"))
        saver.add("after")
        assert saver.held(engine) == {"before|1", "after|1"}
        assert saver.whole(engine) == ""


@pytest.mark.long
@pytest.mark.parametrize("megabytes", [120] if cramped.may_mount() else [])
def test_a_disk_that_is_really_full_under_postgresql_is_told(monkeypatch, megabytes):
    with (
        cramped.small_disk(megabytes) as disk,
        own_postgres(disk) as server,
        a_register(monkeypatch, server.new_database("full")) as engine,
    ):
        saver.add("before")
        with cramped.disk_filled(disk):
            confirmed = save_until_refused(trouble.FULL)
        saver.move("before")
        assert saver.held(engine) == confirmed | {"before|1", "before|2"}
        assert saver.whole(engine) == ""


def test_a_server_that_only_follows_another_is_told_as_closed_to_writing(monkeypatch, server):
    with a_register(monkeypatch, server.new_database("follows")) as engine:
        server.ask('ALTER DATABASE "follows" SET default_transaction_read_only = on')
        engine.dispose()
        ask_for_boards()
        refused_with(trouble.CLOSED, partial(saver.add, "while it follows"))
        assert saver.held(engine) == set()


def test_a_server_that_takes_no_more_connections_is_told(monkeypatch, server):
    url = server.new_database("crowded")
    with a_register(monkeypatch, url):
        server.ask("CREATE ROLE one_alone LOGIN CONNECTION LIMIT 1")
        server.ask("GRANT ALL ON ALL TABLES IN SCHEMA public TO one_alone", database="crowded")
        alone = make_engine(url.replace("postgres:@", "one_alone:@"))
        with served(monkeypatch, alone), reading() as one:
            one.exec(select(Board)).all()
            refused_with(trouble.LOST, ask_for_boards)
        alone.dispose()


def test_a_server_that_has_been_restarted_is_not_even_noticed(monkeypatch, server):
    with a_register(monkeypatch, server.new_database("restarted")) as engine:
        saver.add("before")
        server.stop()
        refused_with(trouble.LOST, partial(saver.add, "while it is away"))
        server.start()
        with reading() as one, reading() as other:  # two connections of the pool
            assert len(one.exec(select(Board)).all() + other.exec(select(Board)).all()) == 2
        server.stop()
        server.start()
        saver.add("after")
        assert saver.held(engine) == {"before|1", "after|1"}


@pytest.mark.parametrize(("cut", "kept"), [(BEFORE, set()), (AFTER, {"cut|1"})])
def test_lost_while_saving_nobody_claims_to_know_whether_it_was_saved(monkeypatch, server, cut, kept):
    url = sa.make_url(server.new_database(f"cut_{len(kept)}"))
    with line_to(server.socket) as line:
        through = url.set(query={"host": "127.0.0.1", "port": str(line.port)})
        with a_register(monkeypatch, through.render_as_string(hide_password=False)) as engine:
            line.cut = cut
            refused_with(trouble.UNKNOWN, partial(saver.add, "cut"))
            line.cut = NEVER
            assert saver.held(engine) == kept
            saver.add("after")
            assert saver.held(engine) == kept | {"after|1"}
            assert saver.whole(engine) == ""


def test_left_half_way_by_a_lost_server_nothing_is_kept(monkeypatch, server):
    with a_register(monkeypatch, server.new_database("half_way")) as engine:

        def save() -> None:
            with writing() as session:
                session.add(Agency(slug="police", name="Police"))
                session.flush()
                server.stop()
                session.add(Agency(slug="health", name="Health"))
                session.commit()

        refused_with(trouble.LOST, save)
        refused_with(trouble.LOST, ask_for_boards)
        server.start()
        with Session(engine) as session:
            assert session.exec(select(Agency)).all() == []
        saver.add("after")
        assert saver.whole(engine) == ""
