"""The invented words and rates, read from the tables under data/demo."""

import csv
from functools import lru_cache

from lscb_core.config import DATA

Row = dict[str, str]


@lru_cache(maxsize=64)
def sheet(name: str) -> tuple[Row, ...]:
    """The rows of data/demo/<name>.csv, each as column -> text."""
    with (DATA / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def texts(name: str, column: str = "text", **where: str) -> list[str]:
    """One column of the rows in which other columns read as given."""
    return [row[column] for row in sheet(name) if all(row[key] == value for key, value in where.items())]


def number(text: str) -> int | None:
    """The whole number, or None where the cell is empty."""
    return int(text) if text else None
