"""docs/security.md names tests and files that are there, and counts its own rows as they are."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAID = "\n".join((ROOT / "docs" / name).read_text() for name in ("security.md", "accessibility.md"))
STATES = ["met", "proxy", "directory", "n/a", "not met"]
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| ([^|]+) \| ?(.*?) ?\|$", SAID, re.MULTILINE)
LEVELS = {"1": 70, "2": 183}
"""How many requirements of each level the standard has (5.0.0)."""


def test_every_test_that_is_named_is_there():
    named = set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", SAID))
    assert len(named) > 100
    gone = [f"{file}::{test}" for file, test in sorted(named) if f"\ndef {test}(" not in _text(file)]
    assert gone == []


def _text(file: str) -> str:
    path = ROOT / "tests" / file
    return path.read_text() if path.exists() else ""


def test_every_file_that_is_named_is_there():
    named = set(re.findall(r"`([\w./]+\.(?:py|toml|txt))(?:::\w+)?`", SAID))
    folders = (ROOT, ROOT / "lscb_core", ROOT / "tests")
    assert [each for each in sorted(named) if not any((folder / each).exists() for folder in folders)] == []


def test_every_requirement_has_one_row_and_one_state():
    numbers = Counter(number for number, *_ in ROWS)
    assert [number for number, times in numbers.items() if times > 1] == []
    assert Counter(level for _, level, *_ in ROWS) == LEVELS
    assert {state for _, _, state, _ in ROWS} == set(STATES)
    silent = [number for number, _, state, why in ROWS if state in ("met", "not met", "n/a") and not why]
    assert silent == []


def test_the_counts_at_the_top_are_those_of_the_rows():
    for level, name in (("1", "level 1"), ("2", "level 2"), ("12", "both")):
        [line] = re.findall(rf"^\| {name} \| (.*) \|$", SAID, re.MULTILINE)
        found = Counter(state for _, at, state, _ in ROWS if at in level)
        assert [int(each) for each in line.split(" | ")] == [*(found[s] for s in STATES), found.total()]
