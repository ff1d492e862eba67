"""How the tests are shared out among the cores, and what the workers of one run make only once.

A file stays with one worker, so that what it prepares is prepared once. The browser's files come first: a
worker starts its server and its Chromium once and is done with them. Then the longest, so that nobody ends
alone with a long one.
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"
LONGEST: tuple[str, ...] = (
    "tests/test_imports_end_to_end.py",
    "tests/test_disclosure_attack.py",
    "tests/test_commands_placing_deaths.py",
    "tests/test_commands_placing_referrals.py",
    "tests/test_demo_tidewater.py",
    "tests/test_house_sharing.py",
    "tests/test_house_manage.py",
)
"""Files that take long, the longest first. Only the time of a run depends on it."""
PROCESSES = "processes are bounded, killed and weighed, one at a time"
TIDEWATER = "the invented board is loaded once for each day"
TOGETHER = {
    "tests/test_imports_confined.py": PROCESSES,
    "tests/test_imports_end_to_end.py": PROCESSES,
    "tests/test_imports_annex_a_bad.py": PROCESSES,
    "tests/test_imports_workbook.py": PROCESSES,
    "tests/test_demo_tidewater.py": TIDEWATER,
    "tests/test_demo_tidewater_audits.py": TIDEWATER,
    "tests/test_demo_tidewater_counts.py": TIDEWATER,
    "tests/test_demo_tidewater_work.py": TIDEWATER,
}
"""Files that one worker has, all of them, and why."""


class ByFile(LoadScopeScheduling):
    """Hands out whole files, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        if file.startswith(BROWSER) and "postgresql" in test:
            return f"{file} on PostgreSQL"  # another database means another server: first all of the one kind
        return TOGETHER.get(file, file)


def turn(item: pytest.Item) -> tuple[bool, int]:
    """When a test's file is handed out; files of the same turn stay in their order."""
    file = item.nodeid.partition("::")[0]
    long = LONGEST.index(file) if file in LONGEST else len(LONGEST)
    return not file.startswith(BROWSER), long


def once_a_run(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """A folder of that name, filled by the worker that asks first; others wait for it. Only to be read."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, unfinished = shared / name, shared / f"{name}-unfinished"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            fill(unfinished)
            unfinished.rename(folder)
    return folder
