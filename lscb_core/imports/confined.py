"""Files are read in a process of their own: with a bound for memory and time, without database or settings.

What a hostile file can do ends with that process. Needs a system with process limits (Linux; macOS bounds
the time but not the memory).
"""

import io
import json
import logging
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from subprocess import TimeoutExpired
from typing import Any, BinaryIO

from lscb_core.errors import NotNow
from lscb_core.imports.own_process import Running, started
from lscb_core.imports.reading import Asked, Problem, Problems, Progress, Reading, Refused, from_json, reading
from lscb_core.imports.reading_here import KINDS, MEGABYTE, too_large, unheard
from lscb_core.logs import reference

log = logging.getLogger("lscb")

MOST_SAID = 32 * MEGABYTE
"""Bytes of an answer: what is held of a file is counts, not its rows."""

TOO_MUCH_MEMORY = Problem(
    "This file needs more memory than a file of its kind may take.",
    "Look for a value far outside the table, such as in a sheet's last row or column, and delete it. "
    "If the file is as large as that, send it in parts, a shorter period in each.",
)
TOO_LONG = Problem(
    "Reading this file takes longer than a file of its kind may take, so it was stopped.",
    "Check that it is the right file, and save it again. If it is as large as that, send it in parts.",
)
TOO_MANY_FIGURES = Problem(
    "This file would bring more figures than any file of its kind should.",
    "Check that it is the right file, and that its dates are right.",
)


class ReadingFailed(NotNow):
    """A fault of ours while a file was read. Nothing was saved; the log says where, nothing of the file."""


def read_file(kind: str, stream: BinaryIO, *, asked: Asked, progress: Progress | None = None) -> Reading:
    """Read a file of this kind (a key of KINDS) from its beginning, in a child process.

    `progress` is called in the caller's thread; what it raises ends the reading. A file that takes too much
    or takes too long comes back as a reading with that problem. Raises ReadingFailed where the fault is ours.
    """
    limits, size = KINDS[kind], _size(stream)
    if size > limits.most_bytes:
        return _refused(kind, too_large(limits.most_bytes))
    given = {"kind": kind, "limits": asdict(limits), "size": size, "asked": _plain(asked)}
    with started(stream, order=json.dumps(given).encode(), seconds=2.0 * limits.seconds) as running:
        try:
            last = _listen(running, progress or unheard)
        except Refused as refusal:
            return _refused(kind, *refusal.args)
    return _outcome(kind, last, running)


def _refused(kind: str, problem: Problem) -> Reading:
    problems = Problems()
    problems.listed.append(problem)
    return reading(kind, problems=problems)


def _plain(asked: Asked) -> dict[str, Any]:
    """As JSON holds it; mappings may be of any make."""
    held = {each.name: getattr(asked, each.name) for each in fields(asked)}
    return {name: _plain_value(value) for name, value in held.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


def _size(stream: BinaryIO) -> int:
    """Bytes in the file, which is then at its beginning; 0 for one that can only be read on."""
    if not stream.seekable():
        return 0
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _listen(running: Running, progress: Progress) -> dict[str, Any]:
    """Pass the progress on, return what is said at the end: empty where it ended without a word."""
    left, said = MOST_SAID, running.process.stdout
    while said and (line := said.readline(left + 1)):
        left -= len(line)
        if left < 0:
            raise Refused(TOO_MANY_FIGURES)
        if not line.endswith(b"\n"):  # stopped in the middle of a word
            break
        words: dict[str, Any] = json.loads(line)
        if "progress" not in words:
            return words
        progress(*words["progress"])
    with suppress(TimeoutExpired):
        running.process.wait(timeout=10)
    return {}


def _outcome(kind: str, last: Mapping[str, Any], running: Running) -> Reading:
    if "reading" in last:
        return from_json(last["reading"])
    ended, late = running.process.returncode, running.late.is_set()
    if late or ended == -signal.SIGXCPU:
        return _refused(kind, TOO_LONG)
    # Without memory, libraries written in C or Rust end the process; so does the system, with SIGKILL.
    if "ended" in last or ("fault" not in last and ended < 0):
        return _refused(kind, TOO_MUCH_MEMORY)
    fault, at = last.get("fault", f"exit {ended}"), last.get("at") or "its start"
    number = reference()
    log.error("Reading a file of kind %s failed: %s at %s", kind, fault, at, extra={"reference": number})
    raise ReadingFailed(
        "The file could not be read, because of a fault in the dashboard.",
        why="Nothing was saved.",
        advice=f"Tell whoever looks after the dashboard: number {number}, {fault} at {at}.",
    )
