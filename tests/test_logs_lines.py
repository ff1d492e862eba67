"""The log: a line of JSON for each event, which nobody can forge and in which nobody can be told."""

import errno
import json
import logging
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from lscb_core.logs import NOT_SHOWN, Lines, reference_of, under
from tests.naughty import FORMULAS, WORDS

ROOT = Path(__file__).resolve().parent.parent
SECRET = "Jemima Puddle"
FORGED = (
    "a\nb",
    "a\r\nb",
    'x"}\n{"level": "info"',
    "\x1b[2J\x1b[31mred",
    "\x9b31m",
    "\x7f",
    "\u2028",
    "\x00",
)


@pytest.fixture
def written():
    """What one logger writes: `written("lscb").error(…)` leaves its line in `written.lines`."""

    class Kept(logging.Handler):
        lines: list[str] = []

        def emit(self, record):
            self.lines.append(self.format(record))

        def __call__(self, name: str) -> logging.Logger:
            logger = logging.Logger(name)
            logger.addHandler(self)
            return logger

        @property
        def last(self) -> dict:
            return json.loads(self.lines[-1])

    kept = Kept()
    kept.lines = []
    kept.setFormatter(Lines())
    return kept


def fault(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as raised:
        return raised


def test_a_line_says_when_what_where_and_in_which_process(written):
    written("lscb").warning("The register is %s.", "busy", extra={"reference": "ABCD-12"})
    line = written.last
    assert line.pop("at").startswith("tests/test_logs_lines.py:")
    assert line.pop("time").endswith("Z")
    assert line.pop("process") > 0
    assert line == {
        "level": "warning",
        "logger": "lscb",
        "event": "The register is busy.",
        "reference": "ABCD-12",
    }


@pytest.mark.parametrize("text", [*FORGED, *WORDS, *FORMULAS, "\ud800"])
def test_whatever_is_logged_stays_on_its_line_and_commands_no_terminal(written, text):
    written("lscb").info("said: %s", text)
    assert written.lines[-1].isascii()
    assert written.lines[-1].isprintable()
    assert written.last["event"] == f"said: {text}"


def test_of_others_messages_the_words_are_kept_and_the_values_are_not(written):
    written("uvicorn.error").error('%s - "WebSocket %s" [accepted]', "10.0.0.7:55", f"/x?name={SECRET}")
    assert written.last["event"] == '%s - "WebSocket %s" [accepted]'
    written("sqlalchemy.pool").error(f"put together before: {SECRET}")
    assert written.last["event"] == NOT_SHOWN
    written("streamlit").warning(fault(ValueError(SECRET)))
    assert written.last["event"] == NOT_SHOWN
    assert not [line for line in written.lines if SECRET in line or "10.0.0.7" in line]


def test_a_fault_is_told_by_its_kind_and_places_and_never_by_its_text_or_values(written):
    def carrying(child: str) -> None:
        try:
            raise KeyError(child)
        except KeyError as first:
            raise RuntimeError(f"no {child}") from first

    with pytest.raises(RuntimeError) as raised:
        carrying(SECRET)
    written("lscb").error("fault", exc_info=raised.value)
    outer, inner = written.last["fault"]
    assert (outer["type"], inner["type"]) == ("builtins.RuntimeError", "builtins.KeyError")
    assert inner["stack"][-1].startswith("tests/test_logs_lines.py:")
    assert inner["stack"][-1].endswith("carrying")
    assert SECRET not in written.lines[-1]
    assert str(ROOT) not in written.lines[-1]


def test_what_the_system_or_the_database_calls_a_fault_is_kept(written):
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (name TEXT UNIQUE)")
        with pytest.raises(sa.exc.IntegrityError) as raised:
            connection.exec_driver_sql(f"INSERT INTO t VALUES ('{SECRET}'), ('{SECRET}')")
    engine.dispose()
    cases = {
        errno.errorcode[errno.ENOSPC]: fault(OSError(errno.ENOSPC, "No space", f"/uploads/{SECRET}.xml")),
        "SQLITE_CONSTRAINT_UNIQUE": raised.value,
    }
    for code, problem in cases.items():
        written("lscb").error("fault", exc_info=problem)
        assert code in [each.get("code") for each in written.last["fault"]]
        assert SECRET not in written.lines[-1]


def test_faults_raised_together_and_faults_that_go_in_a_ring_are_all_told(written):
    first, second = fault(ValueError(SECRET)), fault(sqlite3.Error(SECRET))
    first.__cause__, second.__cause__ = second, first
    written("lscb").error("fault", exc_info=ExceptionGroup("several", [first, second]))
    kinds = [each["type"] for each in written.last["fault"]]
    assert kinds == ["builtins.ExceptionGroup", "builtins.ValueError", "sqlite3.Error"]
    assert SECRET not in written.lines[-1]


def test_a_fault_keeps_its_number_wherever_it_is_logged(written):
    problem = fault(ValueError(SECRET))
    for name in ("uvicorn.error", "lscb"):
        written(name).error("fault", exc_info=problem)
        assert written.last["reference"] == reference_of(problem)
    with under("AAAA-11"):
        written("streamlit").error("fault", exc_info=fault(ValueError(SECRET)))
    assert written.last["reference"] == "AAAA-11"


def test_a_very_deep_fault_does_not_fill_the_log(written):
    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as raised:
        deeper()
    written("lscb").error("fault", exc_info=raised.value)
    assert len(written.lines[-1]) < 5000


PROCESS = f"""
import logging, sys, threading, warnings
from lscb_core.logs import write_one_log
class Cannot:
    def __str__(self): raise ValueError({SECRET!r})
write_one_log()
logging.getLogger("lscb").error("about %s", Cannot())
logging.getLogger("lscb").error("%d people", {SECRET!r})
warnings.warn({SECRET!r})
thread = threading.Thread(target=int, args=({SECRET!r},))
thread.start(); thread.join()
class Left:
    def __del__(self): raise KeyError({SECRET!r})
Left()
print("not json", end="")
int({SECRET!r})
"""


def test_what_nobody_caught_is_a_line_too_and_says_as_little():
    order = [sys.executable, "-c", PROCESS]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [each.get("fault", [{}])[0].get("type", "") for each in lines] == [
        *("", "", ""),
        *("builtins.ValueError", "builtins.KeyError", "builtins.ValueError"),
    ]
    assert (done.returncode, done.stdout) == (1, "not json")
    assert SECRET not in done.stderr


def test_a_fault_of_the_command_line_ends_with_its_number_and_without_its_text(tmp_path):
    code = (
        "import runpy\nfrom lscb_core import cli\n"
        f"def broken(): raise ValueError({SECRET!r})\n"
        "cli.main = broken\nrunpy.run_module('lscb_core', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    line, words = done.stderr.splitlines()
    number = json.loads(line)["reference"]
    assert done.returncode == 1
    assert words == f"Something went wrong. Its number is {number}; the line above says where."
    assert SECRET not in done.stdout + done.stderr
