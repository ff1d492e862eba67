"""A backup: consistent while others write, whole or not there at all, and for its owner only."""

import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from lscb_core.db.backup import prepared
from lscb_core.db.backup_files import check_stamp, damage, opened
from lscb_core.db.held import held
from lscb_core.db.migrate import migrate
from lscb_core.db.revisions import newest, revision_of
from lscb_core.errors import BadInput, NotNow
from tests.fresh import address, content, fill, fresh_databases

ROOT = Path(__file__).resolve().parent.parent
WRITER = """
from lscb_core.db.engine import writing
from lscb_core.db.tables import Area
from lscb_core.db.recording import record
from tests.fresh import WHO
from tests.make import NOW
for number in range(100_000):
    with writing() as session:
        session.add(Area(code=f"new {number}", name="New", kind="council"))
        record(session, who=WHO, board_id=None, record_kind="area", record_id=number, act="add", before={},
               after={"number": number}, at=NOW)
        session.commit()
    print(number, flush=True)
"""


@pytest.fixture
def engine(fresh):
    """A database with this release's tables and rows in each of them."""
    made = fresh("kept")
    migrate(made)
    fill(made)
    return made


def written(engine, target: Path, **options):
    with prepared(engine, target, **options) as found:
        pass
    return found


def left_behind(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith("kept.db")}


def test_it_holds_every_row_but_who_is_signed_in_and_who_failed_to(engine, tmp_path):
    there = content(engine)
    assert there["signin"]
    found = written(engine, tmp_path / "copy.db")
    with opened(tmp_path / "copy.db") as copy:
        assert content(copy.engine) == there | {"signin": [], "failedtry": []}
        assert (revision_of(copy), damage(copy), held(copy)) == (newest(), "", found)
    assert (found.boards, found.actions, found.accounts, found.events, found.broken_at) == (3, 3, 3, 3, None)


def test_it_is_one_file_that_only_its_owner_reads(engine, tmp_path):
    written(engine, tmp_path / "copy.db")
    assert left_behind(tmp_path) == {"copy.db"}
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_what_was_deleted_long_ago_is_not_in_the_file(engine, tmp_path):
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE risk SET title = 'a word of long ago'")
        connection.exec_driver_sql("DELETE FROM risk")
    written(engine, tmp_path / "copy.db")
    content_of_file = (tmp_path / "copy.db").read_bytes()
    assert (b"long ago" in content_of_file, b"binding 2" in content_of_file) == (False, False)


def test_a_file_that_is_there_is_not_written_over_unless_asked(engine, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("something dear")
    with pytest.raises(BadInput, match="there already"):
        written(engine, target)
    assert target.read_text() == "something dear"
    written(engine, target, replace=True)
    check_stamp(target)
    with pytest.raises(BadInput, match="there already"):
        written(engine, tmp_path, replace=True)


def test_where_it_cannot_be_written_it_says_so_and_leaves_nothing(engine, tmp_path):
    with pytest.raises(NotNow, match="No such file or directory"):
        written(engine, tmp_path / "no such folder" / "copy.db")
    with pytest.raises(NotNow, match="File name too long"):
        written(engine, tmp_path / f"{'x' * 250}.db")
    assert left_behind(tmp_path) == set()


def test_when_what_follows_fails_there_is_no_file(engine, tmp_path):
    with pytest.raises(ZeroDivisionError), prepared(engine, tmp_path / "copy.db"):
        raise ZeroDivisionError
    assert left_behind(tmp_path) == set()


def test_a_database_without_tables_is_not_backed_up(fresh, tmp_path):
    with pytest.raises(BadInput, match="no tables"):
        written(fresh("none"), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_broken_chain_is_told_and_the_backup_made_all_the_same(engine, tmp_path):
    with engine.begin() as connection:
        on = connection.dialect.name
        off = "DROP TRIGGER event_no_update" if on == "sqlite" else "ALTER TABLE event DISABLE TRIGGER USER"
        connection.exec_driver_sql(off)
        connection.execute(sa.text("UPDATE event SET note = 'other' WHERE id = 2"))
    assert written(engine, tmp_path / "copy.db").broken_at == 2


def test_a_damaged_database_is_not_backed_up(tmp_path, request):
    with fresh_databases(request, tmp_path, "sqlite") as database:
        engine = database("kept")
        migrate(engine)
        fill_many(engine)
        engine.dispose()
        file = tmp_path / "kept.db"
        pages = bytearray(file.read_bytes())
        pages[-60 * 4096 : -20 * 4096] = b"\xff" * (40 * 4096)
        file.write_bytes(pages)
        with pytest.raises(BadInput, match="damaged"):
            written(engine, tmp_path / "copy.db")
    assert left_behind(tmp_path) == set()


def test_while_another_process_writes_every_backup_is_one_moment(engine, tmp_path):
    before = content(engine)
    writer = started([sys.executable, "-c", WRITER], address(engine))
    try:
        writer.stdout.readline()
        for number in range(4):
            target = tmp_path / f"copy {number}.db"
            found = written(engine, target)
            with opened(target) as copy:
                areas = len(content(copy.engine)["area"]) - len(before["area"])
            # Each transaction of the writer adds one area and one event.
            assert (found.broken_at, areas) == (None, found.events - len(before["event"]))
            assert areas > number  # it was writing all along
            writer.stdout.readline()
    finally:
        writer.kill()
        writer.communicate()


def started(words, url: str, **options):
    surroundings = {"LSCB_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.Popen(
        words,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def backup_process(engine, target: Path, **options):
    return started([sys.executable, "-m", "lscb_core", "backup", str(target)], address(engine), **options)


def test_a_full_disk_is_told_and_leaves_no_file(engine, tmp_path):
    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    engine.dispose()
    ended = backup_process(engine, tmp_path / "copy.db", preexec_fn=little_room)
    _, said = ended.communicate(timeout=60)
    assert (ended.returncode, "No backup was made" in said) == (1, True), said
    assert left_behind(tmp_path) == set()


def test_killed_at_any_moment_it_leaves_the_whole_file_or_none(engine, tmp_path):
    fill_many(engine)
    ends = {True: 0, False: 0}
    for turn in range(6):
        target = tmp_path / f"copy {turn}.db"
        running = backup_process(engine, target)
        waited = time.monotonic() + 60
        while not list(tmp_path.glob(f".copy {turn}*.part")) and time.monotonic() < waited:
            time.sleep(0.002)
        time.sleep(turn * 0.03)
        running.kill()
        running.communicate()
        ends[target.exists()] += 1
        if target.exists():
            check_stamp(target)
    assert ends[False]  # some were cut short


def fill_many(engine) -> None:
    rows = [{"code": f"many {number}", "name": "x" * 500, "kind": "council"} for number in range(20_000)]
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO area (code, name, kind) VALUES (:code, :name, :kind)"), rows)
