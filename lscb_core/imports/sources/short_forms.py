"""Short forms that case-management systems, councils and the health service use: AUD, CLN, MASH, CYPMHS.

They stand in a table beside this file, each with what it stands for. A short form counts as a whole word,
or only as the whole entry where the letters are too few or are a word of their own ("OR", "CASH").
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("short_forms.csv")
"""Columns: short, where ("word" or "alone"), group, code ("" where only the group is sure), stands_for."""


@dataclass(frozen=True, slots=True)
class ShortForm:
    """One short form in small letters. `alone`: it means this only where nothing stands beside it."""

    short: str
    alone: bool
    group: str
    code: str
    stands_for: str


@cache
def short_forms() -> tuple[ShortForm, ...]:
    """All of them, read once, when the first source is."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            ShortForm(
                row["short"].casefold(), row["where"] == "alone", row["group"], row["code"], row["stands_for"]
            )
            for row in csv.DictReader(stream)
        )
