"""The tables of published facts, read as plain CSV for the tests: no database, nothing of the product."""

import csv
import re
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "published"
SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
FILES = sorted(path.stem for path in FOLDER.glob("*.csv"))
BOARD_OF = {"B12": "brent", "B14": "brent", "HG": "haringey", "HV": "havering", "ST": "stockton"}
UNSOURCED = {"documents", "boards", "agencies"}
SOURCE = re.compile(r"(B12|B14|HG|HV|ST) (.+)")


def table(name):
    """All rows of a table, every value as text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def rows(name, **wanted):
    """The rows whose fields have these values."""
    return [row for row in table(name) if all(row[field] == value for field, value in wanted.items())]


def row(name, **wanted):
    """The one row whose fields have these values."""
    [found] = rows(name, **wanted)
    return found


def keys(name, field):
    """Board and value of a field, as pairs."""
    return {(found["board"], found[field]) for found in table(name)}
