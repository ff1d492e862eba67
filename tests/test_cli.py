"""The command line, as somebody at a terminal meets it: making the database, loading the demonstration."""

import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from lscb_core import cli
from lscb_core.accounts import passwords
from lscb_core.db.engine import engine, writing
from lscb_core.db.migrate import migrate
from lscb_core.db.tables import Account, Board, Event, Observation
from lscb_core.errors import BoardError
from tests import make
from tests.terminal import DONE, FAILED, REFUSED, held, pointed_at, typed

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line with these words."""
    return partial(typed, monkeypatch, capsys)


@pytest.fixture
def use(monkeypatch):
    """Point the command line at a database for the length of a test."""
    with ExitStack() as stack:
        yield lambda url: stack.enter_context(pointed_at(monkeypatch, url))


@pytest.fixture
def empty(use, tmp_path):
    """A database with tables and nothing in them."""
    use(f"sqlite:///{tmp_path / 'lscb.db'}")
    migrate(engine())


def test_init_makes_the_tables_and_may_be_repeated(use, run, tmp_path):
    use(f"sqlite:///{tmp_path / 'new.db'}")
    assert run("init")[0] == DONE
    assert run("init")[0] == DONE
    assert held(Board) == 0


@pytest.mark.parametrize("words", [("demo",), ("show", "reports", "--board", "brent")])
def test_without_tables_it_says_what_to_run_first(use, run, tmp_path, words):
    use(f"sqlite:///{tmp_path / 'new.db'}")
    status, out, err = run(*words)
    assert (status, out) == (REFUSED, "")
    assert "init" in err


def test_a_database_out_of_reach_is_named_without_a_traceback(use, run, tmp_path):
    use(f"sqlite:///{tmp_path / 'no such folder' / 'lscb.db'}")
    status, out, err = run("init")
    assert (status, out) == (FAILED, "")
    assert "LSCB_DATABASE_URL" in err
    assert "Traceback" not in err


def test_demo_loads_five_boards_and_seven_accounts_and_only_once(use, run, racing_engine, monkeypatch):
    monkeypatch.setattr(passwords, "COST", 4)  # cheap hashes: their cost has a test of its own
    use(racing_engine.url.render_as_string(hide_password=False))
    status, out, _ = run("demo")
    assert status == DONE
    assert "5 boards (Brent, Haringey, Havering, Stockton, Tidewater)" in out
    with Session(racing_engine) as session:
        boards = session.exec(select(Board)).all()
        assert {board.slug for board in boards if board.is_invented} == {"tidewater"}
        assert all(board.is_demonstration for board in boards)
        assert session.exec(select(func.count()).select_from(Account)).one() == 7
    before = held(Observation), held(Event)
    status, out, _ = run("demo")
    assert (status, held(Account), (held(Observation), held(Event))) == (DONE, 7, before)
    assert "Nothing was loaded" in out


def test_demo_is_refused_where_a_real_board_is_held(run, empty):
    with writing() as session:
        make.board(session, "real")
        session.commit()
    status, _, err = run("demo")
    assert (status, held(Account), held(Board)) == (REFUSED, 0, 1)
    assert "holds a real board" in err
    assert run("demo", "--if-empty")[0] == DONE
    assert (held(Account), held(Board)) == (0, 1)


def test_demo_is_refused_where_somebody_has_begun_a_real_register(run, empty):
    with writing() as session:
        session.add(Account(name="it-service", label="Administrator"))
        session.commit()
    status, _, err = run("demo")
    assert (status, "a real account" in err) == (REFUSED, True)
    assert run("demo", "--if-empty")[0] == DONE  # what `manage.py run` does first
    assert (held(Account), held(Board)) == (1, 0)


def test_demo_keeps_nothing_when_its_last_step_fails(run, empty, monkeypatch):
    def fails(_session):
        raise BoardError("The last step failed.")

    monkeypatch.setattr(cli, "add_accounts", fails)
    monkeypatch.setattr(cli.tidewater, "load", lambda _session, today: None)
    status, _, err = run("demo")
    assert (status, err.strip(), held(Board)) == (REFUSED, "The last step failed.", 0)


def test_the_module_is_the_command_line():
    order = [sys.executable, "-m", "lscb_core", "--help"]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(verb in done.stdout for verb in ("init", "demo", "show", "spc"))
