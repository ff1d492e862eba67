"""The locks: everything pinned and hashed, and the tests run on what the product runs on."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


def _entries(lock: str) -> dict[str, str]:
    """Name -> version, marker and hashes, of each package in a lock."""
    text = re.sub(r"(?m)^\s*#.*\n?", "", (ROOT / lock).read_text())
    entries = re.split(r"\n(?=\S)", text.strip())
    return {re.split(r"[=\[ ;@]", entry)[0]: entry for entry in entries}


def _wanted(source: str) -> list[str]:
    lines = (ROOT / source).read_text().splitlines()
    return [line.split("#")[0].strip() for line in lines if re.match(r"\w", line)]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock):
    loose = [e for e in _entries(lock).values() if not re.match(r"\S+==\S+", e) or "--hash=sha256:" not in e]
    assert loose == []


def test_the_tests_run_on_exactly_what_the_product_runs_on():
    runtime, tests = _entries("requirements.txt"), _entries("requirements-dev.txt")
    assert {name: tests.get(name) for name in runtime} == runtime


@pytest.mark.parametrize(
    ("source", "lock"), [("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1])]
)
def test_the_lock_holds_what_was_asked_for(source, lock):
    entries = _entries(lock)
    for line in _wanted(source):
        name, _, version = line.partition("==")
        entry = entries[name.split("[")[0].lower()]
        assert not version or f"=={version} " in entry


@pytest.mark.parametrize("source", ["requirements.in", "requirements-dev.in"])
def test_every_package_that_is_asked_for_says_what_for(source):
    lines = [line for line in (ROOT / source).read_text().splitlines() if re.match(r"\w", line)]
    assert [line for line in lines if "# " not in line] == []
