"""An invented census: its whole reading against a bare pass by child, and the memory that the reading takes.

`python3 manage.py bench --many` measures 500,000 children besides the usual 50,000.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import BinaryIO

from lxml import etree

from lscb_core.imports.bank_holidays import bank_holidays
from lscb_core.imports.reading_here import read_here
from tests.make_census import COUNCIL, YEAR, Invented
from tests.read_census import TODAY, Asked

CHILDREN, MANY = 50_000, 500_000
MOST_TIMES, MOST_MEMORY = 2.0, 100
"""Times the bare pass's processor time, and megabytes over the idle process, that a reading may take."""
HEAD = ("census", "MB", "bare pass s", "reading s", "x bare", "idle MB", "peak MB", "over idle")
READER = (sys.executable, "-m", "tests.benchmarks.census", "read")
WRITER = (sys.executable, "-m", "tests.benchmarks.census", "write")


def lines_of_table(folder: Path, *, runs: int, many: bool = False) -> list[tuple[str, ...]]:
    """The lines of the speed table: processor seconds (the median of the runs), and memory."""
    return [_line(folder, children, runs) for children in ((CHILDREN, MANY) if many else (CHILDREN,))]


def _line(folder: Path, children: int, runs: int) -> tuple[str, ...]:
    path = folder / "census.xml"
    size = Invented(children).write(path)
    bare, reading = times(path, runs=runs)
    path.unlink()
    idle, peak = memory(children)
    return (
        f"{children:,} children",
        f"{size / 1e6:.0f}",
        f"{bare:.2f}",
        f"{reading:.2f}",
        f"{reading / bare:.2f}",
        f"{idle:.0f}",
        f"{peak:.0f}",
        f"{peak - idle:.0f}",
    )


def times(path: Path, *, runs: int) -> tuple[float, float]:
    """Processor seconds, in turn: a bare pass, and the reading. Libraries are loaded before both."""
    bank_holidays(YEAR - 2, YEAR)
    took: dict[Callable[[BinaryIO], object], list[float]] = {_bare: [], _read: []}
    for _ in range(runs):
        for way, each in took.items():
            with path.open("rb") as stream:
                begun = time.process_time()
                way(stream)
                each.append(time.process_time() - begun)
    return median(took[_bare]), median(took[_read])


def memory(children: int) -> tuple[float, float]:
    """Megabytes of a process that reads a census from a pipe: before it reads, and at most."""
    with subprocess.Popen([*WRITER, str(children)], stdout=subprocess.PIPE) as writer:
        told = subprocess.run(READER, stdin=writer.stdout, capture_output=True, check=True).stdout
    found = json.loads(told)
    assert found["children"] > 0.9 * children, found
    return found["idle"], found["peak"]


def _bare(stream: BinaryIO) -> None:
    for _, child in etree.iterparse(stream, tag="Child"):
        child.clear()
        while child.getprevious() is not None:
            del child.getparent()[0]


def _read(stream: BinaryIO) -> int:
    asked = Asked("census.xml", TODAY, council=COUNCIL)
    made = read_here("cin-census", stream, asked=asked)
    assert not made.problems, made.problems
    return made.counts["children"]


def _megabytes(field: str) -> float:
    """What Linux says of this process: VmRSS, in use now, or VmHWM, the most so far."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(field)]
    return int(line.split()[1]) / 1000


def _tell() -> None:
    """Read a census from standard input, say what memory that took."""
    idle = _megabytes("VmRSS")
    children = _read(sys.stdin.buffer)
    print(json.dumps({"idle": idle, "peak": _megabytes("VmHWM"), "children": children}))


def _write(children: int) -> None:
    for part in Invented(children).parts():
        sys.stdout.buffer.write(part)


if __name__ == "__main__":
    _tell() if sys.argv[1] == "read" else _write(int(sys.argv[2]))
