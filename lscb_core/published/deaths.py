"""What the child death overview panels have published, and what they learned. Never a case."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from lscb_core.db.tables import Action, DeathCount, PanelLesson
from lscb_core.domain.periods import year_end, year_start
from lscb_core.published.fields import (
    board,
    day,
    flag,
    needed,
    of_board,
    origin,
    said_on,
    text,
    whole,
)
from lscb_core.published.known import Known
from lscb_core.published.measures import area_of_board
from lscb_core.published.rows import Row, read
from lscb_core.published.sheets import Sheet, insert, load_sheet

DIMENSIONS = {"timeliness": "reviews"}  # the panel's word, and the register's


def _span(row: Row, known: Known) -> str:
    """A year from April to March, or a part of one."""
    start: date = day("period_start")(row, known)
    end: date = day("period_end")(row, known)
    return "year" if start == year_start(end) and end == year_end(end) else "part"


def _dimension(row: Row, _known: Known) -> str:
    return DIMENSIONS.get(row.text("dimension"), row.text("dimension"))


COUNT = {
    "area_id": area_of_board,
    "span": _span,
    "period_label": needed("period_label"),
    "period_start": day("period_start"),
    "period_end": day("period_end"),
    "dimension": _dimension,
    "key": needed("key"),
    "count": whole("count"),
    "symbol": text("symbol"),
    "is_published": flag("published"),
    "known_on": said_on,
    "note": text("note"),
    "source": needed("source"),
    "origin_id": origin,
}

LESSONS = Sheet(
    "death_learning.csv",
    PanelLesson,
    {
        "board_id": board,
        "theme": text("theme"),
        "lesson": needed("learning"),
        "learned_on": said_on,
        "action_id": of_board(Action, "action"),
        "source": needed("source"),
    },
)


def load(session: Session, folder: Path, known: Known) -> int:
    """Load the counts and the lessons; returns the number of rows. Raises BadInput."""
    counts = [cell for row in read(folder / "deaths.csv") for cell in _cells(row, known)]
    insert(session, DeathCount, counts)
    return len(counts) + load_sheet(session, folder, known, LESSONS)


def _cells(row: Row, known: Known) -> Iterator[dict[str, Any]]:
    """The count; and where it is of reviews, how many were completed."""
    cell = {column: value(row, known) for column, value in COUNT.items()}
    yield cell
    of = whole("of")(row, known)
    if cell["dimension"] == "reviews" and of is not None:
        yield {**cell, "key": "completed", "count": of, "symbol": ""}
