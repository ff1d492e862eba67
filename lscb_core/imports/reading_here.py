"""The reading itself, where it happens: in this process, or as the child process that `confined` starts.

`python -m lscb_core.imports.reading_here N` takes what it is asked from descriptor N (JSON), the file from
its standard input, and answers with lines of JSON on its standard output: {"progress": [what, part]}, and
at the end one of {"reading": …}, {"ended": "memory"} or {"fault": type, "at": module and line}.
It imports little, because it starts anew for every file.
"""

import importlib
import io
import json
import os
import stat
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, BinaryIO

from lscb_core.imports.reading import Asked, Problem, Problems, Progress, Reading, Refused, reading, to_json

MEGABYTE = 1_000_000
MOST_MEMORY = 480 * MEGABYTE
"""Of addresses, and so of memory in use too; pandera alone asks for 280 MB of the first, 120 of the other."""
BETWEEN = 0.1
"""Seconds between two words of progress of the same kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: the module whose `read` reads it, and what it may take.

    `seconds` are of the processor. `whole`: the reader goes back and forth in the file, so that an upload is
    gathered in memory before; else it comes through a pipe and can only be read on (or looked ahead, `peek`).
    """

    module: str
    most_bytes: int
    seconds: int
    whole: bool = True


KINDS: dict[str, Kind] = {
    "cin-census": Kind("lscb_core.imports.census.read", 4000 * MEGABYTE, 900, whole=False),
    "annex-a": Kind("lscb_core.imports.annex_a.read", 60 * MEGABYTE, 120),
    "dfe": Kind("lscb_core.imports.dfe.read", 100 * MEGABYTE, 120),
    "template": Kind("lscb_core.imports.templates.read", 20 * MEGABYTE, 60),
}


def too_large(most_bytes: int) -> Problem:
    """What is said of a file that is larger than its kind may be."""
    return Problem(
        f"This file is larger than a file of this kind may be: {most_bytes // MEGABYTE:,} MB.",
        "Check that it is the right file. If it is, send it in parts, a shorter period in each.",
    )


class Incoming(io.BufferedReader):
    """The file as it comes in; `size` is its length in bytes, 0 where that is not known."""

    size = 0


def read_here(kind: str, stream: BinaryIO, *, asked: Asked, progress: Progress | None = None) -> Reading:
    """Read a file in this process, without limits: for tests and for files of our own making."""
    return _read(KINDS[kind].module, kind, stream, asked=asked, progress=progress or unheard)


def unheard(what: str, part: float) -> None:
    """Progress that nobody asked for."""


def _read(module: str, kind: str, stream: BinaryIO, *, asked: Asked, progress: Progress) -> Reading:
    try:
        made: Reading = importlib.import_module(module).read(stream, asked=asked, progress=progress)
    except Refused as refusal:
        return reading(kind, problems=_problems(refusal))
    return made


def _problems(refusal: Refused) -> Problems:
    """What a refusal brings with it: `Problems`, one `Problem`, or nothing but itself."""
    found = Problems()
    for each in refusal.args:
        for one in each.listed if isinstance(each, Problems) else [each]:
            if isinstance(one, Problem):
                found.listed.append(one)
        found.more += each.more if isinstance(each, Problems) else 0
    if not len(found):
        found.add("This file cannot be read.", "Open it, see whether it is whole, and save it again.")
    return found


def main() -> None:
    """Be the child: read what standard input holds, answer on standard output, never say anything else."""
    answers = _mute()
    with open(int(sys.argv[1]), encoding="utf-8") as order:
        given = json.load(order)
    _limit(given["limits"]["seconds"])
    answers(_answer(given, answers))


def _mute() -> Callable[[Mapping[str, Any]], None]:
    """Keep standard output for answers alone; whatever a library prints could hold a child's row."""
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def say(words: Mapping[str, Any]) -> None:
        line = json.dumps(words, allow_nan=False).encode() + b"\n"
        while line:  # a pipe may take a part of it
            line = line[os.write(out, line) :]

    return say


def _limit(seconds: int) -> None:
    """Bound memory and processor time, write no file and leave no image of the memory behind."""
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, seconds),
    ):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # A second limit some seconds later, or the kernel would not say that time was the reason.
        later = least + 5 if what == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else least
        with suppress(ValueError, OSError):  # macOS knows no bound for addresses
            resource.setrlimit(what, (least, later))


def _answer(given: Mapping[str, Any], say: Callable[[Mapping[str, Any]], None]) -> dict[str, Any]:
    try:
        kind = Kind(**given["limits"])
        stream, asked = _incoming(given["size"], kind), _asked(given["asked"])
        made = _read(kind.module, given["kind"], stream, asked=asked, progress=_paced(say))
        return {"reading": to_json(made)}
    except Refused as refusal:
        return {"reading": to_json(reading(given["kind"], problems=_problems(refusal)))}
    except MemoryError:
        return {"ended": "memory"}
    except BaseException as fault:  # a panic of a library written in Rust is no Exception
        return {"fault": type(fault).__name__, "at": _where(fault.__traceback__)}


def _incoming(size: int, kind: Kind) -> BinaryIO:
    """Standard input: a file as it is, an upload gathered in memory where its reader goes back and forth."""
    file = Incoming(io.FileIO(0, closefd=False))
    file.size = size
    return file if stat.S_ISREG(os.fstat(0).st_mode) or not kind.whole else _gathered(file, kind.most_bytes)


def _gathered(file: Incoming, most: int) -> BinaryIO:
    content = file.read(min(file.size or most, most) + 1)
    if len(content) > most:
        raise Refused(too_large(most))
    return io.BytesIO(content)


def _asked(held: Mapping[str, Any]) -> Asked:
    known = {name: tuple(keys) for name, keys in held["known"].items()}
    plain = {"today": date.fromisoformat(held["today"]), "places": tuple(held["places"]), "known": known}
    return Asked(**{**held, **plain})


def _paced(say: Callable[[Mapping[str, Any]], None]) -> Progress:
    last, at = "", 0.0

    def progress(what: str, part: float) -> None:
        nonlocal last, at
        now = time.monotonic()
        if what != last or now - at >= BETWEEN:
            last, at = what, now
            say({"progress": [what, part]})

    return progress


def _where(trace: TracebackType | None) -> str:
    """Module and line of the last frame in our own code: enough to find a fault, and nothing of the file."""
    found = ""
    while trace:
        name = getattr(trace.tb_frame.f_globals.get("__spec__"), "name", "")
        found = f"{name}:{trace.tb_lineno}" if name.startswith("lscb_core.") else found
        trace = trace.tb_next
    return found


if __name__ == "__main__":
    main()
