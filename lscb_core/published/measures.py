"""Figures: the national statistics, and those that the documents give; neighbours, comments, coverage."""

from datetime import date

from lscb_core.db.tables import Area, Commentary, Coverage, Neighbour, Observation
from lscb_core.domain.periods import year_start
from lscb_core.published.fields import (
    always,
    board,
    day,
    day_or_said,
    decimal,
    joined,
    needed,
    origin,
    ref,
    said_on,
    seated,
    text,
    whole,
)
from lscb_core.published.known import Known
from lscb_core.published.rows import Row
from lscb_core.published.sheets import Sheet

LONGEST = {"month": 31, "quarter": 92}  # days; longer periods are years, or parts of a year


def _of_year(row: Row, known: Known) -> date:
    return year_start(_ended(row, known))


def _ended(row: Row, known: Known) -> date:
    """The last day of the period; for a figure of one day, that day; else the document's day."""
    given: date | None = day("period_end")(row, known) or day("as_at")(row, known)
    return given or said_on(row, known)


def _span(row: Row, known: Known) -> str:
    start: date | None = day("period_start")(row, known)
    if start is None:
        return "day"
    days = (_ended(row, known) - start).days + 1
    return next((span for span, longest in LONGEST.items() if days <= longest), _year_or_part(days))


def _year_or_part(days: int) -> str:
    return "year" if days in (365, 366) else "part"


def area_of_board(row: Row, known: Known) -> int:
    """The number of the area that the row's board serves."""
    return known.areas[board(row, known)]


NEIGHBOURS = Sheet(
    "statistics/neighbours.csv",
    Neighbour,
    {
        "area_id": ref(Area, "area"),
        "neighbour_id": ref(Area, "neighbour"),
        "rank": whole("rank"),
        "closeness": text("closeness"),
    },
)

STATISTICS = Sheet(
    "statistics/observations.csv",
    Observation,
    {
        "area_id": ref(Area, "area"),
        "measure": needed("measure"),
        "span": always("year"),
        "period_start": _of_year,
        "period_end": _ended,
        "numerator": whole("numerator"),
        "denominator": whole("denominator"),
        "value": decimal("value"),
        "symbol": text("symbol"),
        "is_published": always(True),
        "known_on": _ended,
        "source": needed("source"),
        "origin_id": origin,
    },
)

FIGURES = Sheet(
    "observations.csv",
    Observation,
    {
        "area_id": area_of_board,
        "measure": needed("measure"),
        "label": text("label"),
        "unit": text("unit"),
        "span": _span,
        "period_start": day("period_start"),
        "period_end": _ended,
        "numerator": whole("numerator"),
        "denominator": whole("denominator"),
        "value": decimal("value"),
        "is_published": always(True),
        "known_on": said_on,
        "note": joined(note="{}", comparator="Compared with: {}."),
        "source": needed("source"),
        "origin_id": origin,
    },
)

COMMENTS = Sheet(
    "commentary.csv",
    Commentary,
    {
        "board_id": board,
        "measure": needed("measure"),
        "text": needed("text"),
        "signed_by": needed("signed_role"),
        "written_on": day_or_said("dated_on"),
        "source": needed("source"),
    },
)

COVERAGE = Sheet(
    "coverage.csv",
    Coverage,
    {
        "board_id": board,
        "agency_id": seated,
        "supplies": needed("supplies"),
        "note": text("note"),
        "source": needed("source"),
    },
)

MEASURE_SHEETS = (NEIGHBOURS, STATISTICS, FIGURES, COMMENTS, COVERAGE)
