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
    seated,
    text,
    whole,
)
from lscb_core.published.known import Known
from lscb_core.published.rows import Row
from lscb_core.published.sheets import Sheet

LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92, "part": 364}  # in days; the rest are years


def _of_year(row: Row, known: Known) -> date | None:
    """The 1 April that begins a year of the statistics."""
    end: date | None = day("period_end")(row, known)
    return year_start(end) if end else None


def _span(row: Row, known: Known) -> str:
    start, end = (day(field)(row, known) for field in ("period_start", "period_end"))
    if start is None or end is None:
        return "day"
    days = (end - start).days + 1
    return next((span for span, longest in LONGEST.items() if days <= longest), "year")


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
        "period_end": day("period_end"),
        "numerator": whole("numerator"),
        "denominator": whole("denominator"),
        "value": decimal("value"),
        "symbol": text("symbol"),
        "is_published": always(True),
        "known_on": day("period_end"),
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
        "period_end": day("period_end"),
        "numerator": whole("numerator"),
        "denominator": whole("denominator"),
        "value": decimal("value"),
        "is_published": always(True),
        "known_on": day_or_said("as_at"),
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
