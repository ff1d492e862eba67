"""An older database moved on: every row survives, a copy is kept first, and it is all or nothing."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.config import settings
from lscb_core.db.backup_files import opened
from lscb_core.db.migrate import migrate
from lscb_core.db.recording import NOT_OF_STATES
from lscb_core.db.revisions import all_or_nothing, newest, revision_of, upgrade
from lscb_core.db.sealing import verify
from lscb_core.db.tables import DataRevision
from lscb_core.errors import BadInput, NotNow
from tests.fresh import address, at_revision, content, revision_in
from tests.terminal import DONE, REFUSED, pointed_at, typed

# A file's name may have 255 letters: those of the database and its journal fit, that of its copy would not.
TOO_LONG = {"sqlite": "o" * 240, "postgresql": "old"}


@pytest.fixture(autouse=True)
def backups(monkeypatch, tmp_path):
    """Where a server's copies go."""
    monkeypatch.setenv("LSCB_BACKUP_FOLDER", str(tmp_path / "backups"))
    settings.cache_clear()
    yield tmp_path / "backups"
    settings.cache_clear()


@pytest.mark.parametrize("first", ["0001", "0002", "0003"])
def test_every_row_of_every_table_survives(fresh, first):
    engine = at_revision(fresh("old"), first)
    before = content(engine)
    assert all(before.values())  # no table is left out of this test
    migrate(engine)
    after = content(engine)
    for name, rows in before.items():
        added = after[name][len(rows) :]
        assert [{key: row[key] for key in rows[0]} for row in after[name][: len(rows)]] == rows, name
        assert added == ([{"id": NOT_OF_STATES, "number": 1}] if name == "datarevision" else []), name
    assert revision_in(engine) == newest()
    with Session(engine) as session:
        assert verify(session).broken_at is None
        assert (verify(session).events, session.get_one(DataRevision, 1).number) == (3, after_revision(first))


def after_revision(first: str) -> int:
    """Events that are written through the front door each raise the data's revision."""
    return 41 + (3 if first >= "0003" else 0)


def test_a_copy_of_what_was_there_is_kept_first(fresh):
    engine = at_revision(fresh("old"))
    before = content(engine)
    kept = migrate(engine)
    assert f"old-before-{newest()}-" in kept.name
    assert kept.stat().st_mode & 0o777 == 0o600
    with opened(kept) as copy:
        assert revision_of(copy) == "0001"
        assert content(copy.engine) == before
    assert migrate(engine) is None  # nothing had to be moved


def test_a_copy_lies_beside_a_file_and_in_the_backup_folder_for_a_server(fresh, tmp_path, backups):
    engine = at_revision(fresh("old"))
    on_file = engine.dialect.name == "sqlite"
    assert migrate(engine).parent == (tmp_path if on_file else backups)


def test_an_empty_older_database_needs_no_copy(fresh, tmp_path):
    engine = fresh("old")
    with all_or_nothing(engine) as connection:
        upgrade(connection, "0002")
    assert migrate(engine) is None
    assert list(tmp_path.rglob("*before*")) == []


def test_where_no_copy_can_be_kept_nothing_is_moved(fresh, backups):
    backups.write_text("a file is in the place of the server's folder")
    engine = at_revision(fresh(TOO_LONG[fresh.on]))
    with pytest.raises(NotNow, match="No backup was made"):
        migrate(engine)
    assert revision_in(engine) == "0001"


def test_a_migration_that_fails_leaves_the_old_tables_and_rows(fresh):
    engine = at_revision(fresh("old"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE failedtry (id integer)")  # in the way of the last revision
    before = content(engine)
    with pytest.raises(sa.exc.DBAPIError, match="failedtry"):
        migrate(engine)
    assert (content(engine), revision_in(engine)) == (before, "0001")


def test_a_database_of_a_newer_release_is_refused_in_words(fresh):
    engine = fresh("newer")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(BadInput, match="newer release") as refused:
        migrate(engine)
    assert "0999" in str(refused.value)


def test_init_says_where_the_copy_is(fresh, monkeypatch, capsys):
    url = address(at_revision(fresh("old")))
    with pointed_at(monkeypatch, url):
        status, out, _ = typed(monkeypatch, capsys, "init")
        assert (status, "is kept in" in out, f"before-{newest()}" in out) == (DONE, True, True)
        assert "is kept in" not in typed(monkeypatch, capsys, "init").out


def test_init_refuses_a_newer_database(fresh, monkeypatch, capsys):
    engine = fresh("newer")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    with pointed_at(monkeypatch, address(engine)):
        status, _, err = typed(monkeypatch, capsys, "init")
    assert (status, "newer release" in err) == (REFUSED, True)
