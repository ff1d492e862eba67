"""Reading in a process of its own: what goes in and comes out, and what a hostile file cannot do."""

import io
import json
import logging
import os
import subprocess
import sys
import tempfile
from datetime import date
from types import MappingProxyType

import pytest

from lscb_core.imports import confined, own_process
from lscb_core.imports.confined import ReadingFailed, read_file
from lscb_core.imports.reading import Asked
from lscb_core.imports.reading_here import KINDS, MOST_MEMORY, Kind
from tests import odd_reader

ASKED = Asked("odd.txt", date(2026, 5, 1))


@pytest.fixture(autouse=True)
def _odd_kind(monkeypatch):
    monkeypatch.setitem(KINDS, "odd", Kind("tests.odd_reader", 5_000_000, 2))


def _read(words, **more):
    return read_file("odd", io.BytesIO(words.encode()), asked=ASKED, **more)


def _problem(made):
    [problem] = made.problems
    assert made.scopes == ()
    assert not made.may_be_saved
    return problem.problem


def test_an_upload_is_read_and_its_rows_come_back():
    made = _read("count\n" + "x" * 3_000_000)
    assert [row["count"] for row in made.scopes[0].rows] == [3_000_000]
    assert (made.as_at, made.counts) == (ASKED.today, {"bytes": 3_000_000})


def test_a_real_file_is_handed_on_open_and_read_from_its_beginning(tmp_path):
    path = tmp_path / "odd.txt"
    path.write_bytes(b"count\n" + b"x" * 100_000)
    with path.open("rb") as stream:
        stream.read(10)
        assert read_file("odd", stream, asked=ASKED).counts == {"bytes": 100_000}
        assert len(stream.read()) == 100_006, "the caller's own position holds: the beginning"


def test_a_spooled_upload_is_not_written_to_disk():
    with tempfile.SpooledTemporaryFile() as stream:
        stream.write(b"count\nxyz")
        assert read_file("odd", stream, asked=ASKED).counts == {"bytes": 3}
        assert not stream._rolled


def test_a_pipe_given_as_a_file_is_read():
    order = ("-c", "print('count', 'xyz', sep=chr(10), end='')")
    with subprocess.Popen((sys.executable, *order), stdout=subprocess.PIPE) as other:
        assert read_file("odd", other.stdout, asked=ASKED).counts == {"bytes": 3}


@pytest.mark.parametrize("whole", [True, False])
def test_a_reader_that_goes_back_and_forth_gets_the_whole_upload(monkeypatch, whole):
    monkeypatch.setitem(KINDS, "odd", Kind("tests.odd_reader", 5_000_000, 2, whole=whole))
    if whole:
        assert _read("seek\nxyz").scopes[0].rows == ({"size": 8},)
    else:
        with pytest.raises(ReadingFailed, match="UnsupportedOperation"):
            _read("seek\nxyz")


def test_what_is_asked_arrives_whole():
    asked = Asked(
        "ö.xlsx",
        ASKED.today,
        board="tidewater",
        council="808",
        places=("E92000001",),
        sources=MappingProxyType({f"words {number}": "police" for number in range(20_000)}),
        agencies={"police": "Cleveland Police"},
        known={"measures": ("one", "two")},
    )
    [row] = read_file("odd", io.BytesIO(b"echo\n"), asked=asked).scopes[0].rows
    assert (row["file"], row["council"], row["places"]) == ("ö.xlsx", "808", ["E92000001"])
    assert len(row["sources"]) == 20_000
    assert row["known"] == {"measures": ["one", "two"]}


def test_progress_is_told_where_the_caller_is():
    told = []
    _read("count\n", progress=lambda what, part: told.append((what, part)))
    assert told == [("Counting", 0.25), ("Counted", 1.0)]


def test_what_progress_raises_ends_the_reading():
    with pytest.raises(KeyError):
        _read("sleep\n", progress=lambda what, part: {}[what])


def test_the_process_knows_no_settings_and_no_open_file(monkeypatch, tmp_path):
    monkeypatch.setenv("LSCB_DATABASE_URL", "sqlite:///secret.db")
    with (tmp_path / "held.txt").open("w") as held:
        os.set_inheritable(held.fileno(), True)
        [row] = _read("surroundings\n").scopes[0].rows
    assert not [name for name in row["environment"] if name.startswith("LSCB_")]
    assert not [name for name in row["files"] if not name.startswith("pipe:") and "/dev/null" not in name]


def test_the_process_starts_lightly():
    [row] = _read("surroundings\n").scopes[0].rows
    heavy = {"pandas", "numpy", "sqlalchemy", "pydantic", "streamlit", "openpyxl", "lxml"}
    assert heavy & set(row["modules"]) == set()


@pytest.mark.parametrize("way", ["swallow", "abort", "kill"])
def test_a_file_that_takes_too_much_memory_is_refused_in_plain_words(way):
    assert "memory" in _problem(_read(f"{way}\n"))


def test_what_a_process_may_take_is_under_500_mb():
    assert MOST_MEMORY < 500_000_000
    [row] = _read("limits\n").scopes[0].rows
    assert row == {"memory": MOST_MEMORY, "core": 0, "files": 0, "seconds": 2}


def test_a_file_that_keeps_the_processor_busy_is_stopped():
    assert "longer" in _problem(_read("spin\n"))


def test_a_file_that_hangs_is_stopped(monkeypatch):
    monkeypatch.setitem(KINDS, "odd", Kind("tests.odd_reader", 5_000_000, 1))
    assert "longer" in _problem(_read("sleep\n"))


def test_an_answer_without_end_is_not_listened_to():
    assert "more figures" in _problem(_read("talk\n"))


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setitem(KINDS, "odd", Kind("no.such.module", 5_000_000, 1))
    assert "larger" in _problem(_read("x" * 5_000_001))


def test_a_pipe_that_brings_too_much_is_not_read_to_its_end():
    order = ("-c", "import sys; sys.stdout.write('x' * 6_000_000)")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen((sys.executable, *order), **pipes) as other:
        made = read_file("odd", other.stdout, asked=ASKED)
        other.kill()
    assert "larger" in _problem(made)


def test_no_file_can_be_written(tmp_path):
    with pytest.raises(ReadingFailed, match="OSError"):
        _read(f"write\n{tmp_path / 'rows.txt'}")
    assert (tmp_path / "rows.txt").read_bytes() == b""


def test_a_refusal_brings_its_problems():
    [problem] = _read("refuse\n").problems
    assert (problem.problem, problem.row) == ("It is not a census.", "3")
    assert "cannot be read" in _problem(_read("refuse_bare\n"))


def test_a_fault_is_told_by_its_kind_and_place_and_never_by_its_words(caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(ReadingFailed) as raised:
        _read("chatter\n")
    assert "ValueError at lscb_core.imports.reading_here:" in str(raised.value)
    assert "ValueError" in caplog.text
    assert f"number {caplog.records[-1].reference}," in str(raised.value)
    assert "Jemima" not in caplog.text + str(raised.value)


def test_a_fault_names_the_last_line_of_our_own():
    with pytest.raises(ReadingFailed, match=r"TypeError at lscb_core\.imports\.reading:\d+"):
        _read("ours\n")


def test_the_process_itself_says_nothing_but_its_answer(tmp_path):
    given = {
        "kind": "odd",
        "size": 8,
        "limits": {"module": "tests.odd_reader", "most_bytes": 99, "seconds": 5},
    }
    given["asked"] = confined._plain(ASKED)
    reads, writes = os.pipe()
    os.write(writes, json.dumps(given).encode())
    os.close(writes)
    ended = subprocess.run(
        (*own_process.ORDER, str(reads)),
        input=b"chatter\n",
        capture_output=True,
        pass_fds=(reads,),
        env={"TMPDIR": str(tmp_path)},
        cwd=own_process.ROOT,
        check=False,
    )
    os.close(reads)
    assert json.loads(ended.stdout)["fault"] == "ValueError"
    assert odd_reader.SECRET.encode() not in ended.stdout + ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_process_is_left_behind(monkeypatch):
    monkeypatch.setitem(KINDS, "odd", Kind("tests.odd_reader", 5_000_000, 1))
    before = _children()
    for words in ("count\n", "sleep\n", "abort\n", "talk\n"):
        _read(words)
    assert _children() == before


def _children():
    own = f"/proc/self/task/{os.getpid()}/children"
    with open(own) as listed:
        return listed.read().split()
