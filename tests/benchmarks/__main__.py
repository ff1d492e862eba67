"""Prints the speed table. `--quick` takes fewer runs and leaves the paced people out; `--many` adds a census
of 500,000 children."""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import sync_playwright

from lscb_core.db.engine import make_engine
from tests.benchmarks import census, memory, people, workbook
from tests.benchmarks.browsing import drawn
from tests.benchmarks.reruns import costs
from tests.benchmarks.rows import multiply
from tests.browser import serving
from tests.browser.chromium import MISSING, chromium
from tests.browser.conftest import FLAGS

SITE = Path(__file__).parent / "site" / "app.py"
TIMES = 100


def main() -> None:
    """Measure on a database made for it, and print."""
    os.environ["PYTHONPATH"] = str(serving.ROOT)
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as kept:
        many = "--many" in sys.argv
        lines = census.lines_of_table(Path(kept), runs=3 if quick else 7, many=many)
        _table("Reading a census", census.HEAD, lines)
        lines = workbook.lines_of_table(Path(kept), runs=3 if quick else 5)
        _table("Reading a workbook", workbook.HEAD, lines)
        small, large = Path(kept) / "small", Path(kept) / "large"
        small.mkdir()
        large.mkdir()
        serving.prepare(small, "init", "demo")
        serving.copy(small, large)
        engine = make_engine(f"sqlite:///{large / 'board.db'}")
        added = multiply(engine, "tidewater", TIMES)
        engine.dispose()
        print(f"The invented board, and the same with {added:,} rows more ({TIMES} boards like it).")
        with serving.served(small, script=SITE) as server:
            _reruns(small, large, server, runs=10 if quick else 30)
            _browser(server, runs=3 if quick else 7)
        if not quick:
            _people(small)


def _reruns(small: Path, large: Path, server: serving.Server, *, runs: int) -> None:
    once = costs(server, runs=runs)
    with serving.served(large, script=SITE) as larger:
        many = costs(larger, runs=runs)
    empty = once["empty"]
    rows = [
        (
            page,
            f"{cost.kept:.0f}",
            f"{cost.kept / empty.kept:.1f}",
            f"{cost.kept - empty.kept:+.0f}",
            f"{cost.anew:.0f}",
            f"{cost.anew - empty.kept:+.0f}",
            f"{many[page].anew / cost.anew:.2f}",
            f"{many[page].kept / cost.kept:.2f}",
        )
        for page, cost in once.items()
    ]
    head = ("page", "kept ms", "x empty", "over empty", "anew ms", "over empty", "100x anew", "100x kept")
    _table("Processor time of one rerun (server)", head, rows)


def _browser(server: serving.Server, *, runs: int) -> None:
    program = chromium()
    if program is None:
        sys.exit(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        found = drawn(server, browser, runs=runs)
        browser.close()
    empty = found["empty"]
    rows = [
        (
            page,
            f"{each.cold:.0f}",
            f"{each.cold / empty.cold:.2f}",
            f"{each.warm:.0f}",
            f"{each.warm / empty.warm:.2f}",
            "" if each.filtered is None else f"{each.filtered:.0f}",
        )
        for page, each in found.items()
    ]
    head = ("page", "cold ms", "x empty", "warm ms", "x empty", "other day ms")
    _table("In Chromium until the last chart is drawn", head, rows)


def _people(folder: Path) -> None:
    """In the application as it is served: everybody signs in."""
    rows = []
    for many in (50, 100):
        with serving.served(folder) as server:
            rows.append(people.waits(server, many, seconds=60).line())
    _table("Paced people, one action in ten seconds, for a minute", people.HEAD, rows)
    with serving.served(folder) as server:
        _table("People who came and went", memory.HEAD, [memory.memory(server, sessions=60).line()])


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}")
    for line in lines:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


if __name__ == "__main__":
    main()
