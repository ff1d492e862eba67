"""Backup and restore as somebody at a terminal meets them."""

import sqlite3
from contextlib import ExitStack, closing
from functools import partial

import pytest

from lscb_core.db.backup_files import LENGTH, stamp
from lscb_core.db.engine import engine, writing
from lscb_core.db.migrate import migrate
from lscb_core.db.tables import Event, RoleGrant, SignIn
from lscb_core.domain.vocab import Role
from tests import make
from tests.fresh import fill
from tests.terminal import DONE, FAILED, REFUSED, held, pointed_at, typed


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command line with these words, on a database with rows in every table."""
    with ExitStack() as stack:
        stack.enter_context(pointed_at(monkeypatch, f"sqlite:///{tmp_path / 'lscb.db'}"))
        migrate(engine())
        fill(engine())
        yield partial(typed, monkeypatch, capsys)


def test_a_backup_says_what_is_in_it_and_a_restore_what_came_back(run, tmp_path):
    status, out, err = run("backup", tmp_path / "copy.db")
    assert (status, err) == (DONE, "")
    assert "3 boards, 3 actions, 3 accounts, 3 events" in out
    seal = out.split("the last seal is ")[1][:64]
    status, out, err = run("restore", tmp_path / "copy.db")
    assert (status, err) == (DONE, "")
    assert (
        f"Back again: 3 boards, 3 actions, 3 accounts, 3 events in the history; the last seal is {seal}"
        in out
    )
    assert str(next(tmp_path.glob("lscb-before-restore-*.db"))) in out
    assert "Everybody signs in again" in out
    assert (held(SignIn), held(Event)) == (0, 4)
    assert run("verify").status == DONE


def test_a_seal_of_the_minutes_that_is_gone_is_noticed_though_the_chain_is_unbroken(run, tmp_path):
    last = run("verify").out.split("The last seal is ")[1][:64]
    assert run("verify", "--seal", last).status == DONE
    with closing(sqlite3.connect(tmp_path / "lscb.db", isolation_level=None)) as by_hand:
        by_hand.execute("DROP TRIGGER event_no_delete")
        by_hand.execute("DELETE FROM event WHERE id = (SELECT max(id) FROM event)")
    status, _, err = run("verify", "--seal", last)
    assert (status, "does not hold this seal" in err) == (REFUSED, True)
    status, _, err = run("verify")
    assert (status, "no longer refuses to change it" in err) == (REFUSED, True)


def test_accounts_that_are_open_again_are_named(run, tmp_path):
    with writing() as session:
        name = session.get_one(make.Account, 1).name
        session.get_one(make.Account, 1).disabled_at = None
        session.commit()
    run("backup", tmp_path / "copy.db")
    with writing() as session:
        session.get_one(make.Account, 1).disabled_at = make.NOW
        session.commit()
    assert f"now can: {name}." in run("restore", tmp_path / "copy.db").out


@pytest.mark.parametrize(
    "ended", ["UPDATE account SET password_hash = 'new' WHERE id = 1", "DELETE FROM rolegrant"]
)
def test_accounts_are_named_that_have_again_what_was_ended_since(run, tmp_path, ended):
    with writing() as session:
        account = session.get_one(make.Account, 1)
        account.disabled_at, account.password_hash, name = None, "old", account.name
        session.add(RoleGrant(account_id=1, role=Role.ADMIN))
        session.commit()
    run("backup", tmp_path / "copy.db")
    assert "had been ended" not in run("restore", tmp_path / "copy.db").out
    with writing() as session:
        session.connection().exec_driver_sql(ended)
        session.commit()
    said = run("restore", tmp_path / "copy.db").out
    assert name in said.partition("that had been ended since the backup: ")[2]


def test_a_view_in_the_place_of_a_table_is_refused_before_it_gives_rows_without_end(run, tmp_path):
    good, bad = tmp_path / "copy.db", tmp_path / "bad.db"
    run("backup", good)
    bad.write_bytes(good.read_bytes()[:-LENGTH])
    with closing(sqlite3.connect(bad)) as file:
        file.execute("DROP TABLE failedtry")
        file.execute(
            "CREATE VIEW failedtry AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
            " SELECT id, 'account' AS kind, 'x' AS key, '2026-04-01' AS at FROM n"
        )
    stamp(bad)
    refused = run("restore", bad)
    assert (refused.status, "not those of this dashboard" in refused.err) == (REFUSED, True)


def test_refusals_say_why_and_what_to_do(run, tmp_path):
    run("backup", tmp_path / "copy.db")
    again = run("backup", tmp_path / "copy.db")
    assert (again.status, "--replace" in again.err) == (REFUSED, True)
    assert run("backup", tmp_path / "copy.db", "--replace").status == DONE
    nowhere = run("backup", tmp_path / "no such folder" / "copy.db")
    assert (nowhere.status, "could not be written" in nowhere.err) == (FAILED, True)
    foreign = run("restore", tmp_path / "lscb.db")
    assert (foreign.status, "nothing was changed" in foreign.err) == (REFUSED, True)


def test_a_backup_of_a_broken_history_says_that_it_cannot_be_restored(run, tmp_path):
    with engine().begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_no_update")
        connection.exec_driver_sql("UPDATE event SET note = 'other' WHERE id = 2")
    status, _, err = run("backup", tmp_path / "copy.db")
    assert (status, "broken at event 2" in err) == (DONE, True)
    refused = run("restore", tmp_path / "copy.db")
    assert (refused.status, "chain" in refused.err) == (REFUSED, True)
