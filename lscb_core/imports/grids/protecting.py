"""Counts of people are protected once, on their declared grid, at the moment they are stored.

What is stored as a count may be shown to everybody who may read the board. A hidden cell is stored with
the symbol `c`; its exact value goes to a table of its own.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from lscb_core.db.base import Table
from lscb_core.db.tables import DeathCount, DeathExact, ReferralCount, ReferralExact
from lscb_core.domain.disclosure import HIDDEN, protect_cells
from lscb_core.domain.periods import day, financial_year, month_start, year_end, year_start
from lscb_core.imports.grids.deaths import NOT_IN_TIME, DeathGrid, Place, death_sums, years_of
from lscb_core.imports.grids.referrals import ABOVE, Grid, Spot, sums

K = TypeVar("K")
Row = dict[str, Any]


def protect_referrals(
    session: Session, *, area_id: int, origin_id: int, grid: Grid, known_on: date | None = None
) -> set[Spot]:
    """Protect the grid, financial year by financial year, and store it; gives back the hidden places.

    `known_on` is the day the return came; without it each figure was known when its period ended.
    Adds, does not commit. Raises ValueError where a declared sum does not hold.
    """
    hidden: set[Spot] = set()
    for year in {year_end(spot.period_end): None for spot in grid}:
        cells = {spot: count for spot, count in grid.items() if year_end(spot.period_end) == year}
        hidden |= protect_cells(cells, sums(cells))
    whose = {"area_id": area_id, "origin_id": origin_id}
    stored = {spot: count for spot, count in grid.items() if spot.level != ABOVE}
    rows = [
        {**whose, **_referrals(spot, known_on), **_shown(count, spot in hidden)}
        for spot, count in stored.items()
    ]
    kept = _exact(stored, hidden)
    _store(session, table=ReferralCount, rows=rows, exact=ReferralExact, link="referral_count_id", kept=kept)
    return hidden


def protect_deaths(
    session: Session, *, area_id: int, origin_id: int, grid: DeathGrid, known_on: date | None = None
) -> set[Place]:
    """As `protect_referrals`, for child deaths: all years at once, since five-year totals overlap."""
    hidden = protect_cells(grid, death_sums(grid))
    whose = {"area_id": area_id, "origin_id": origin_id}
    stored = {place: count for place, count in grid.items() if place.key != NOT_IN_TIME}
    rows = [
        {**whose, **death_fields(place, known_on), **_shown(count, place in hidden)}
        for place, count in stored.items()
    ]
    kept = _exact(stored, hidden)
    _store(session, table=DeathCount, rows=rows, exact=DeathExact, link="death_count_id", kept=kept)
    return hidden


def _referrals(spot: Spot, known_on: date | None) -> Row:
    starts = year_start if spot.span == "year" else month_start
    return {
        **spot._asdict(),
        "period_start": starts(spot.period_end),
        "known_on": known_on or spot.period_end,
    }


def death_fields(place: Place, known_on: date | None) -> Row:
    """The place and its period as the table of child-death counts has them."""
    is_year = place.span == "year"
    first = place.period_end if is_year else years_of(place.period_end)[-1]
    label = financial_year(place.period_end)
    return {
        **place._asdict(),
        "period_start": year_start(first),
        "period_label": label if is_year else f"Five years to {day(place.period_end)}",
        "known_on": known_on or place.period_end,
    }


def _shown(count: int, is_hidden: bool) -> Row:
    return {"count": None, "symbol": HIDDEN} if is_hidden else {"count": count, "symbol": ""}


def _exact(stored: Mapping[K, int], hidden: set[K]) -> list[int | None]:
    """In the order of the rows: the exact count of each hidden one, None for the others."""
    return [count if key in hidden else None for key, count in stored.items()]


def _store(
    session: Session,
    *,
    table: type[Table],
    rows: list[Row],
    exact: type[Table],
    link: str,
    kept: Iterable[int | None],
) -> None:
    """Store the rows, and the exact count behind each hidden one."""
    statement = sa.insert(table).returning(*sa.inspect(table).primary_key, sort_by_parameter_order=True)
    ids = session.connection().execute(statement, rows).scalars()
    behind = [{link: key, "count": count} for key, count in zip(ids, kept, strict=True) if count is not None]
    if behind:
        session.connection().execute(sa.insert(exact), behind)
