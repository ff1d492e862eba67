"""Several servers start together on an older database: one moves it on, the others wait for their turn."""

import os
import subprocess
import sys
import threading

import pytest
import sqlalchemy as sa

from lscb_core.db import engine as engines
from lscb_core.db import revisions
from lscb_core.db.engine import make_engine
from lscb_core.db.migrate import migrate
from lscb_core.db.revisions import all_or_nothing, newest, upgrade
from tests.conftest import ROOT
from tests.fresh import address, at_revision, content, revision_in

SERVERS = 3


def started_together(url: str, folder) -> list[tuple[int, str]]:
    """Status and words of `init` by so many processes at the same moment."""
    own = {"LSCB_DATABASE_URL": url, "LSCB_BACKUP_FOLDER": str(folder / "backups")}
    order = [sys.executable, "-m", "lscb_core", "init"]
    how = {"cwd": ROOT, "env": {**os.environ, **own}, "text": True}
    running = [
        subprocess.Popen(order, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **how)
        for _ in range(SERVERS)
    ]
    said = [each.communicate(timeout=120)[0] for each in running]
    return [(each.returncode, words) for each, words in zip(running, said, strict=True)]


def test_servers_that_start_together_move_an_older_database_on_once(fresh, tmp_path):
    engine = at_revision(fresh("old"))
    before = content(engine)
    ended = started_together(address(engine), tmp_path)
    assert [status for status, _ in ended] == [0] * SERVERS, ended
    assert sum("is kept in" in words for _, words in ended) == 1
    assert len(list(tmp_path.rglob("*-before-*.db"))) == 1
    after = content(engine)
    begun = {"datarevision": 2}  # as every database of this release begins
    assert {name: len(after[name]) for name in before} == {
        name: len(rows) for name, rows in before.items()
    } | begun
    assert revision_in(engine) == newest()


def test_servers_that_start_together_make_the_tables_of_a_new_database_once(fresh, tmp_path):
    engine = fresh("new")
    ended = started_together(address(engine), tmp_path)
    assert [status for status, _ in ended] == [0] * SERVERS, ended
    assert (revision_in(engine), len(content(engine)["datarevision"])) == (newest(), 2)


def held_meanwhile(engine, seconds: float) -> threading.Thread:
    """Somebody else's transaction, begun now, that moves the tables on for so long."""
    begun = threading.Event()

    def hold() -> None:
        with all_or_nothing(engine) as connection:
            begun.set()
            threading.Event().wait(seconds)
            upgrade(connection)

    holder = threading.Thread(target=hold)
    holder.start()
    assert begun.wait(10)
    return holder


def test_a_move_that_takes_longer_than_a_save_may_is_waited_for(fresh, monkeypatch):
    monkeypatch.setattr(engines, "PATIENCE_MS", 200)
    monkeypatch.setattr(revisions, "PATIENCE_MS", 200)
    first = make_engine(address(at_revision(fresh("old"))))
    second = make_engine(address(first))
    holder = held_meanwhile(first, 1.5)
    assert migrate(second) is None  # it had been moved on when the turn came
    holder.join()
    assert revision_in(second) == newest()
    with second.connect() as connection:  # and the next save is as patient as ever
        asked = "PRAGMA busy_timeout" if fresh.on == "sqlite" else "SHOW lock_timeout"
        assert str(connection.exec_driver_sql(asked).scalar_one()) in ("200", "200ms")
    first.dispose()
    second.dispose()


def test_one_that_never_ends_is_waited_for_only_so_long(fresh, monkeypatch):
    monkeypatch.setattr(revisions, "TURN_MS", 300)
    engine = at_revision(fresh("old"))
    other = make_engine(address(engine))
    holder = held_meanwhile(engine, 2)
    with pytest.raises(sa.exc.OperationalError):
        migrate(other)
    holder.join()
    other.dispose()
