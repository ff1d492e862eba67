"""A real file through the real command line: of a child nothing stays, and all of it is saved or nothing."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import small_census
from tests.browser import serving
from tests.conftest import ROOT, SHARED
from tests.sharing import once_a_run

CHILDREN = 400
TABLES = ("import", "sentscope", "referralcount", "event", "origin")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A folder with a database that holds the demonstration."""
    return once_a_run(
        tmp_path_factory, "demonstration", lambda folder: serving.prepare(folder, "init", "demo")
    )


@pytest.fixture
def folder(prepared, tmp_path) -> Path:
    """A copy of it for one test."""
    with sqlite3.connect(prepared / "board.db") as held, sqlite3.connect(tmp_path / "board.db") as copy:
        held.backup(copy)
    return tmp_path


def surroundings(folder: Path) -> dict[str, str]:
    (folder / "tmp").mkdir(exist_ok=True)
    own = {
        "LSCB_DATABASE_URL": f"sqlite:///{folder / 'board.db'}",
        "LSCB_TODAY": "2026-04-01",
        "TMPDIR": str(folder / "tmp"),
    }
    return {**os.environ, **own}


def words(*more) -> list[str]:
    return [sys.executable, "-m", "lscb_core", *map(str, more)]


def run(folder: Path, *more) -> subprocess.CompletedProcess:
    return subprocess.run(
        words(*more), cwd=ROOT, env=surroundings(folder), capture_output=True, text=True, check=False
    )


def file_in(folder: Path, content: bytes, name: str = "census.xml") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def taken_in(folder: Path, path: Path, *more) -> subprocess.CompletedProcess:
    return run(folder, "import", "cin-census", path, "--board", "stockton", *more)


def test_no_identifier_or_birth_date_is_left_in_database_log_or_temporary_folder(folder):
    path = file_in(folder, small_census.census(CHILDREN))
    open_reader = sqlite3.connect(folder / "board.db")  # keeps the write-ahead log from being tidied away
    open_reader.execute("SELECT count(*) FROM board").fetchone()
    done = taken_in(folder, path, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["referrals"] == CHILDREN
    kept = {"output": done.stdout.encode() + done.stderr.encode()}
    kept |= {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p != path}
    assert any(name.endswith("-wal") for name in kept)
    open_reader.close()
    for child in range(CHILDREN):
        for mark in small_census.marks(child):
            assert [name for name, content in kept.items() if mark.encode() in content] == []


def test_a_file_with_a_mistake_names_the_record_and_nothing_of_the_child(folder):
    wrong = small_census.census(30).replace(b"<ReferralSource>6<", b"<ReferralSource>66<", 1)
    done = taken_in(folder, file_in(folder, wrong), "--json")
    assert done.returncode == 2
    told = json.loads(done.stdout)
    assert told["saved"] == 0
    [problem] = told["problems"]
    assert problem["row"].startswith("child ")
    assert (problem["file"], problem["field"]) == ("census.xml", "ReferralSource")
    assert not any(
        mark in done.stdout + done.stderr for child in range(30) for mark in small_census.marks(child)
    )


def test_checking_saves_nothing(folder):
    before = counted(folder)
    done = taken_in(folder, file_in(folder, small_census.census(50)), "--check")
    assert done.returncode == 0, done.stderr
    assert "Checked; nothing was saved." in done.stdout
    assert counted(folder) == before


def counted(folder: Path) -> tuple[int, ...]:
    """Rows in each table that an import writes into; fails where the database is damaged."""
    with sqlite3.connect(folder / "board.db") as held:
        assert held.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = tuple(held.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in TABLES)
    held.close()
    return rows


@pytest.mark.parametrize("kills", [6, pytest.param(50, marks=pytest.mark.long)])
def test_killed_half_way_the_database_holds_all_or_nothing(folder, kills):
    chance = random.Random(3)
    before = counted(folder)
    paths = [
        file_in(folder, small_census.census(CHILDREN, year=year), f"{year}.xml")
        for year in (2023, 2024, 2025)
    ]
    started = time.monotonic()
    assert taken_in(folder, paths[0]).returncode == 0
    whole, lasts = counted(folder), time.monotonic() - started
    assert all(now > then for now, then in zip(whole, before, strict=True))
    for turn in range(kills):
        before = counted(folder)
        path = file_in(folder, small_census.census(CHILDREN, year=2022 + turn % 4, seed=turn))
        process = subprocess.Popen(
            words("import", "cin-census", path, "--board", "stockton"),
            cwd=ROOT,
            env=surroundings(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _kill_while_it_writes(process, folder / "board.db-wal", chance.uniform(0, lasts / 4), lasts)
        after = counted(folder)
        changed = [now != then for now, then in zip(after, before, strict=True)]
        assert all(changed) or not any(changed), (before, after)


def _kill_while_it_writes(process, log: Path, moment: float, lasts: float) -> None:
    """End it some time after its first byte in the write-ahead log, or when it should long have begun."""
    began = time.monotonic()
    size = _size(log)
    while process.poll() is None and time.monotonic() - began < 3 * lasts:
        if _size(log) != size:
            time.sleep(moment / 20)
            break
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


def _size(log: Path) -> int:
    try:
        return log.stat().st_size
    except FileNotFoundError:  # whoever leaves last tidies it away
        return 0


@pytest.mark.shared
@pytest.mark.parametrize("name", ["BAR_cin_2022.xml", "CIN2rows.xml", "CIN_Census_2021.xml"])
def test_a_census_of_years_long_past_is_taken_in_with_a_warning(folder, name):
    """These hold events from before their year alone: each of its months counts 0, and the file says so."""
    with sqlite3.connect(folder / "board.db") as held:
        held.execute("UPDATE area SET code = '201' WHERE code = '808'")
    held.close()
    done = taken_in(folder, SHARED / "data" / "cin" / name, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["problems"]) == (0, [])
    assert (told["counts"]["children"], told["counts"]["referrals"]) == (1, 0)
    assert any("each of its months would count 0" in note["problem"] for note in told["notes"])
