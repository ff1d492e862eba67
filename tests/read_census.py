"""Reads a census as the dashboard does, and says what came out in the shape that tests compare."""

import io
from collections import Counter
from datetime import date
from typing import BinaryIO

from lscb_core.imports.census.read import read
from lscb_core.imports.reading import Asked, Reading
from tests.make_census import COUNCIL

TODAY = date(2026, 6, 15)


def read_census(
    xml: bytes | BinaryIO, *, council: str = COUNCIL, today: date = TODAY, board: str = "Tidewater"
) -> Reading:
    """The reading of a file; a stream is handed on as it is."""
    stream = io.BytesIO(xml) if isinstance(xml, bytes) else xml
    asked = Asked(file="census.xml", today=today, board=board, council=council)
    return read(stream, asked=asked, progress=lambda what, part: None)


def tally(made: Reading) -> Counter[tuple[str, str, str, str]]:
    """(step, month, source, detail) -> count, of a reading without a problem."""
    assert made.problems == ()
    [scope] = made.scopes
    rows = [(row["step"], row["month"], row["source"], row["detail"]) for row in scope.rows]
    assert len(set(rows)) == len(rows)
    return Counter(dict(zip(rows, (row["count"] for row in scope.rows), strict=True)))


def steps(made: Reading) -> Counter[str]:
    """Step -> count."""
    found: Counter[str] = Counter()
    for (step, *_), number in tally(made).items():
        found[step] += number
    return found


def told(made: Reading) -> list[tuple[str, str, str]]:
    """Row, field and words of each problem."""
    return [(each.row, each.field, each.problem) for each in made.problems]


def noted(made: Reading) -> str:
    """All notes, one after the other."""
    return " ".join(each.problem for each in made.notes)
