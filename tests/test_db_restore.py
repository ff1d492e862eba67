"""A restore: proved first, then all or nothing, and the same rows on either database."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.backups import make_backup, restore
from lscb_core.config import settings
from lscb_core.db.access import OPERATOR
from lscb_core.db.backup_files import LENGTH, MARK, stamp
from lscb_core.db.engine import engine as the_engine
from lscb_core.db.migrate import migrate
from lscb_core.db.sealing import verify
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, BoardError, NotPermitted
from tests import make
from tests.fresh import address, content, fill, fresh_databases, happen
from tests.terminal import pointed_at

ROOT = Path(__file__).resolve().parent.parent
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}
NOT_CARRIED = {"signin": [], "failedtry": []}


@pytest.fixture
def use(monkeypatch, tmp_path):
    """Make this the product's database for a while."""
    monkeypatch.setenv("LSCB_BACKUP_FOLDER", str(tmp_path / "backups"))
    yield lambda engine: pointed_at(monkeypatch, address(engine))
    settings.cache_clear()


def made(engine, rows: int = 3):
    """With this release's tables, and rows in each of them."""
    migrate(engine)
    if rows:
        fill(engine, rows)
    return engine


def backed_up(use, engine, target: Path) -> dict:
    """Make a backup; gives what it has to hold."""
    there = content(engine)
    with use(engine):
        make_backup(actor=OPERATOR, target=target)
    return expected(there)


def expected(there: dict) -> dict:
    """What comes back: everything but who is signed in, one-time codes, and the data's revision."""
    accounts = [row | {"code_hash": "", "code_expires_at": None} for row in there["account"]]
    return (
        {name: rows for name, rows in there.items() if name != "datarevision"}
        | NOT_CARRIED
        | {"account": accounts}
    )


def came_back(engine) -> dict:
    """What is there after a restore, but for the event that tells of it."""
    there = content(engine)
    assert there["event"].pop()["act"] == "restore"
    return expected(there)


def restored(use, engine, file: Path):
    with use(engine):
        return restore(actor=OPERATOR, file=file)


def test_everything_comes_back_and_what_was_there_is_kept(fresh, use, tmp_path):
    engine = made(fresh("board"))
    wanted = backed_up(use, engine, tmp_path / "copy.db")
    for _ in range(2):
        happen(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM risk")
        connection.exec_driver_sql("UPDATE account SET label = 'Changed since', disabled_at = '2025-05-01'")
    before = content(engine)
    came = restored(use, engine, tmp_path / "copy.db")
    assert came_back(engine) == wanted
    assert (came.held.events, came.was.events, came.held.boards, came.held.actions) == (3, 6, 3, 3)
    again = restored(use, engine, came.kept[0])
    assert came_back(engine) == expected(before)
    assert again.held.events == 6


def test_the_history_goes_on_from_what_came_back(fresh, use, tmp_path):
    engine = made(fresh("board"))
    backed_up(use, engine, tmp_path / "copy.db")
    for _ in range(4):
        happen(engine)
    revision = content(engine)["datarevision"][0]["number"]
    came = restored(use, engine, tmp_path / "copy.db")
    assert content(engine)["datarevision"][0]["number"] > revision
    happen(engine)
    with Session(engine) as session:
        assert (verify(session).events, verify(session).broken_at) == (5, None)
    told = content(engine)["event"][3]
    assert told["before_seal"] == came.held.head
    assert (told["before"]["events"], told["after"]["events"]) == (8, 3)
    with pytest.raises(sa.exc.DBAPIError, match="written once"), engine.begin() as connection:
        connection.exec_driver_sql("UPDATE event SET note = 'other'")


def test_new_rows_get_new_numbers(fresh, use, tmp_path):
    engine = made(fresh("board"))
    backed_up(use, engine, tmp_path / "copy.db")
    empty = made(fresh("empty"), rows=0)
    restored(use, empty, tmp_path / "copy.db")
    with Session(empty) as session:
        assert make.board(session, "one-more").id > 3


def test_from_one_kind_of_database_into_the_other_and_back(fresh, use, tmp_path):
    first = made(fresh("first"))
    wanted = backed_up(use, first, tmp_path / "one.db")
    second = fresh("second", OTHER[fresh.on])  # not even its tables are there
    restored(use, second, tmp_path / "one.db")
    assert came_back(second) == wanted
    wanted = backed_up(use, second, tmp_path / "two.db")
    restored(use, first, tmp_path / "two.db")
    assert came_back(first) == wanted


def test_an_older_backup_is_moved_on(fresh, use, tmp_path):
    from lscb_core.db.backup import keep_copy
    from lscb_core.db.revisions import all_or_nothing, upgrade

    engine = fresh("old")
    with all_or_nothing(engine) as connection:
        upgrade(connection, "0001")
    fill(engine)
    with use(engine):
        kept = keep_copy(engine, "older")
    migrate(engine)
    wanted = expected(content(engine))
    restored(use, engine, kept)
    assert came_back(engine) == wanted


def spoilt_copies(good: Path, folder: Path):
    """A good backup in many bad states: what is wrong with it, and the words of the refusal."""
    content_of_file, number = good.read_bytes(), iter(range(1000))

    def file(content_: bytes, *, stamped: bool = False) -> Path:
        path = folder / f"spoilt {next(number)}.db"
        path.write_bytes(content_)
        if stamped:
            stamp(path)
        return path

    def changed(*orders: str) -> Path:
        path = file(content_of_file[:-LENGTH])
        with closing(sqlite3.connect(path)) as database:
            for order in orders:
                database.execute(order)
            database.commit()
        stamp(path)
        return path

    length = len(content_of_file)
    for offset in {0, 20, 27, 95, length - 1, length - LENGTH, *range(0, length, length // 25)}:
        flipped = bytearray(content_of_file)
        flipped[offset] ^= 0x10
        yield file(bytes(flipped)), "byte for byte|cut short"
    for part in (0, 10, 4096, length // 2, length - LENGTH, length - 1):
        yield file(content_of_file[:part]), "cut short"
    yield file(content_of_file[: length // 2], stamped=True), "damaged|no register|not those"
    yield file(b"Dear colleague", stamped=True), "damaged"
    yield folder / "no such file.db", "cannot be read"
    yield folder, "cannot be read"
    yield changed("DELETE FROM area WHERE id = 1"), "damaged"
    yield changed("DROP TRIGGER event_no_update", "UPDATE event SET note = 'other' WHERE id = 2"), "chain"
    yield changed("UPDATE alembic_version SET version_num = '0999'"), "newer release"
    yield changed("DROP TABLE alembic_version"), "no register"
    yield changed("DROP TABLE training"), "not those"
    yield changed("UPDATE meeting SET held_on = 'Tuesday'"), "not those"
    yield changed("PRAGMA ignore_check_constraints = 1", "UPDATE risk SET score = 99"), "damaged|not those"


def test_what_is_damaged_foreign_or_cut_short_is_refused_and_nothing_touched(fresh, use, tmp_path):
    engine = made(fresh("board"))
    backed_up(use, engine, tmp_path / "copy.db")
    before = content(engine)
    (tmp_path / "spoilt").mkdir()
    with use(engine):
        for file, words in spoilt_copies(tmp_path / "copy.db", tmp_path / "spoilt"):
            with pytest.raises(BadInput, match=words):
                restore(actor=OPERATOR, file=file)
    assert content(engine) == before
    assert list(tmp_path.rglob("*before-restore*")) == []


def test_every_refusal_of_a_changed_byte_is_the_stamps_work(fresh, use, tmp_path):
    """A letter changed in a cell: SQLite itself finds nothing wrong with it."""
    engine = made(fresh("board"))
    backed_up(use, engine, tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    assert whole[-LENGTH:].startswith(MARK)
    (tmp_path / "copy.db").write_bytes(whole.replace("Zoë".encode(), "Zoé".encode(), 1))
    with pytest.raises(BadInput, match="byte for byte"):
        restored(use, engine, tmp_path / "copy.db")


def test_a_journal_beside_the_file_is_not_taken_in(fresh, use, tmp_path):
    engine = made(fresh("board"))
    wanted = backed_up(use, engine, tmp_path / "copy.db")
    shutil.copy(tmp_path / "copy.db", tmp_path / "other.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("UPDATE board SET name = 'Slipped in'")
        other.commit()
        shutil.copy(tmp_path / "other.db-wal", tmp_path / "copy.db-wal")
    restored(use, engine, tmp_path / "copy.db")
    assert came_back(engine) == wanted


def test_when_it_fails_half_way_the_old_content_stays(fresh, use, tmp_path):
    engine = made(fresh("board"))
    backed_up(use, engine, tmp_path / "copy.db")
    happen(engine)
    refuse = {
        "sqlite": "CREATE TRIGGER no BEFORE INSERT ON voiceentry BEGIN SELECT RAISE(ABORT, 'no'); END",
        "postgresql": "ALTER TABLE voiceentry ADD CONSTRAINT no CHECK (asked = 'since')",
    }
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE voiceentry SET asked = 'since'")
        connection.exec_driver_sql(refuse[fresh.on])
    before = content(engine)
    with pytest.raises(BoardError, match="was not restored"):
        restored(use, engine, tmp_path / "copy.db")
    assert content(engine) == before
    happen(engine)  # and the next number is free


def test_what_postgresql_cannot_hold_is_refused_in_words(request, use, tmp_path):
    with fresh_databases(request, tmp_path, "sqlite") as fresh:
        engine, server = made(fresh("board")), made(fresh("server", "postgresql"))
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE board SET name = :name"), {"name": "half\0a name"})
        backed_up(use, engine, tmp_path / "copy.db")
        before = content(server)
        with pytest.raises(BoardError, match="did not take"):
            restored(use, server, tmp_path / "copy.db")
        assert content(server) == before


def test_only_who_may_asks(fresh, use, tmp_path):
    engine = made(fresh("board"), rows=0)
    with Session(engine) as session:
        board = make.board(session)
        manager = make.account(session, Role.MANAGER, board)
        admin = make.account(session, Role.ADMIN, None)
        session.commit()
    with use(engine):
        with pytest.raises(NotPermitted):
            make_backup(actor=manager, target=tmp_path / "copy.db")
        assert not (tmp_path / "copy.db").exists()
        make_backup(actor=admin, target=tmp_path / "copy.db")
        with pytest.raises(NotPermitted):
            restore(actor=manager, file=tmp_path / "copy.db")
        restore(actor=admin, file=tmp_path / "copy.db")
    assert [event["act"] for event in content(engine)["event"]] == ["refused", "restore"]


def known_to_all(engine, *, accounts: bool, boards: bool) -> None:
    """Let the accounts, or the boards, be those of a demonstration."""
    with engine.begin() as connection:
        for table, yes in (("account", accounts), ("board", boards)):
            connection.execute(sa.text(f"UPDATE {table} SET is_demonstration = :yes"), {"yes": yes})


@pytest.mark.parametrize("boards", [False, True])
def test_known_passwords_never_stand_beside_or_in_the_place_of_a_real_board(fresh, use, tmp_path, boards):
    """The file holds both, or it is a demonstration and a real board is here."""
    engine = made(fresh("board"))
    known_to_all(engine, accounts=True, boards=boards)
    backed_up(use, engine, tmp_path / "copy.db")
    known_to_all(engine, accounts=False, boards=False)
    before = content(engine)
    with pytest.raises(BadInput, match="stand in the handbook"):
        restored(use, engine, tmp_path / "copy.db")
    assert content(engine) == before


def test_whoever_was_disabled_since_and_is_open_again_is_named(fresh, use, tmp_path):
    engine = made(fresh("board"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET disabled_at = NULL WHERE id < 3")
    backed_up(use, engine, tmp_path / "copy.db")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET disabled_at = '2025-05-01' WHERE id = 1")
        connection.exec_driver_sql("UPDATE account SET name = 'renamed' WHERE id = 2")
    assert restored(use, engine, tmp_path / "copy.db").open_again == ("name 1", "name 2")


def test_a_damaged_database_is_set_aside_and_the_backup_put_in_its_place(request, use, tmp_path):
    with fresh_databases(request, tmp_path, "sqlite") as fresh:
        engine = made(fresh("board"))
        wanted = backed_up(use, engine, tmp_path / "copy.db")
        engine.dispose()
        file = tmp_path / "board.db"
        file.write_bytes(b"\xff" * len(file.read_bytes()))
        came = restored(use, engine, tmp_path / "copy.db")
        assert came_back(engine) == wanted
        assert came.kept[0].read_bytes()[:4] == b"\xff" * 4


def test_killed_at_any_moment_it_leaves_the_old_or_the_new(request, use, tmp_path):
    with fresh_databases(request, tmp_path, "sqlite") as fresh:
        engine = made(fresh("board"))
        many = [{"code": f"many {n}", "name": "x" * 500, "kind": "council"} for n in range(15_000)]
        with engine.begin() as connection:
            connection.execute(
                sa.text("INSERT INTO area (code, name, kind) VALUES (:code, :name, :kind)"), many
            )
        new = backed_up(use, engine, tmp_path / "copy.db")
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE area SET name = 'old'")
        old = content(engine)
        engine.dispose()
        ends = [_killed(engine, tmp_path, turn * 0.1, old=old, new=new) for turn in range(7)]
    assert "old" in ends


def _killed(engine, folder: Path, after: float, *, old: dict, new: dict) -> str:
    """Start a restore, kill it so many seconds after it has begun to replace; what is there then."""
    for copy in folder.glob("*before-restore*"):
        copy.unlink()
    words = [sys.executable, "-m", "lscb_core", "restore", str(folder / "copy.db")]
    surroundings = {"LSCB_DATABASE_URL": address(engine), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    running = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=-3, stderr=-3)
    while running.poll() is None and not list(folder.glob("board-before-restore*")):
        time.sleep(0.002)
    time.sleep(after)
    running.kill()
    running.wait()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    there = content(engine)
    engine.dispose()
    if there == old:
        return "old"
    assert came_back(engine) == new
    return "new"


def test_nothing_of_the_product_keeps_the_old_rows_in_memory(fresh, use, tmp_path):
    """A server that runs goes on with its connections and sees what came back."""
    engine = made(fresh("board"))
    backed_up(use, engine, tmp_path / "copy.db")
    with use(engine), the_engine().connect() as open_before:
        assert open_before.exec_driver_sql("SELECT count(*) FROM risk").scalar() == 3
        open_before.rollback()
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM risk")
        restore(actor=OPERATOR, file=tmp_path / "copy.db")
        assert open_before.exec_driver_sql("SELECT count(*) FROM risk").scalar() == 3
