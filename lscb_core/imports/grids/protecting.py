"""Counts of people are protected once, on their declared grid, at the moment they are stored.

What is stored as a count may be shown to everybody who may read the board. A hidden cell is stored with
the symbol `c`; its exact value goes to a table of its own.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.db.base import Table
from lscb_core.db.tables import DeathCount, DeathExact, ReferralCount, ReferralExact
from lscb_core.domain.disclosure import HIDDEN, protect_cells
from lscb_core.domain.periods import day, financial_year, month_start, year_end, year_start
from lscb_core.imports.grids.deaths import NOT_IN_TIME, Cell, DeathGrid, death_sums, years_of
from lscb_core.imports.grids.referrals import ABOVE, Grid, Spot, sums

K = TypeVar("K")
Row = dict[str, Any]


class _Tables(NamedTuple):
    """Where counts go, where the exact ones behind hidden cells, and the column that links the two."""

    shown: type[Table]
    exact: type[Table]
    link: str


_REFERRALS = _Tables(ReferralCount, ReferralExact, "referral_count_id")
_DEATHS = _Tables(DeathCount, DeathExact, "death_count_id")


def protect_referrals(session: Session, *, area_id: int, origin_id: int, grid: Grid) -> set[Spot]:
    """Protect the grid, financial year by financial year, and store it; gives back the hidden places.

    Each figure counts as known when its period ended. Adds, does not commit. Raises ValueError where a
    declared sum does not hold.
    """
    hidden: set[Spot] = set()
    for year in {year_end(spot.period_end): None for spot in grid}:
        cells = {spot: count for spot, count in grid.items() if year_end(spot.period_end) == year}
        hidden |= protect_cells(cells, sums(cells))
    whose = {"area_id": area_id, "origin_id": origin_id}
    stored = {spot: count for spot, count in grid.items() if spot.level != ABOVE}
    _store(session, _REFERRALS, stored, hidden, fields=lambda spot: {**whose, **_referral_fields(spot)})
    return hidden


def protect_deaths(session: Session, *, area_id: int, origin_id: int, grid: DeathGrid) -> set[Cell]:
    """As `protect_referrals`, for child deaths: all years at once, since five-year totals overlap."""
    hidden = protect_cells(grid, death_sums(grid))
    whose = {"area_id": area_id, "origin_id": origin_id}
    stored = {cell: count for cell, count in grid.items() if cell.key != NOT_IN_TIME}
    _store(
        session,
        _DEATHS,
        stored,
        hidden,
        fields=lambda cell: {**whose, **death_fields(cell, cell.period_end)},
    )
    return hidden


def _referral_fields(spot: Spot) -> Row:
    starts = year_start if spot.span == "year" else month_start
    return {**spot._asdict(), "period_start": starts(spot.period_end), "known_on": spot.period_end}


def death_fields(cell: Cell, known_on: date) -> Row:
    """The cell and its period as the table of child-death counts has them."""
    is_year = cell.span == "year"
    first = cell.period_end if is_year else years_of(cell.period_end)[-1]
    label = financial_year(cell.period_end)
    return {
        **cell._asdict(),
        "period_start": year_start(first),
        "period_label": label if is_year else f"Five years to {day(cell.period_end)}",
        "known_on": known_on,
    }


def _store(
    session: Session,
    tables: _Tables,
    counts: Mapping[K, int],
    hidden: Collection[K],
    *,
    fields: Callable[[K], Row],
) -> None:
    """Store each count as readers may see it, and the exact one behind each hidden cell."""
    rows = [{**fields(cell), **_shown(count, cell in hidden)} for cell, count in counts.items()]
    key = sa.inspect(tables.shown).primary_key
    statement = sa.insert(tables.shown).returning(*key, sort_by_parameter_order=True)
    numbers = session.connection().execute(statement, rows).scalars()
    behind = [
        {tables.link: number, "count": count}
        for number, (cell, count) in zip(numbers, counts.items(), strict=True)
        if cell in hidden
    ]
    if behind:
        session.connection().execute(sa.insert(tables.exact), behind)


def _shown(count: int, is_hidden: bool) -> Row:
    return {"count": None, "symbol": HIDDEN} if is_hidden else {"count": count, "symbol": ""}
