"""Counts of referrals as they were known on the view's day. Only the protected grid is read.

A year's total is the year's own cell, or the sum of twelve months that are all shown. A total that would
need a hidden cell is hidden itself: nothing is worked out around it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, ReferralCount
from lscb_core.domain.periods import year_end
from lscb_core.domain.thresholds import Step
from lscb_core.queries.standing import stands
from lscb_core.queries.view import View

CELL = ("step", "span", "period_end", "split", "part", "level", "outcome")
SHOWN = (*CELL, "count", "symbol")
MONTHS = 12


class Count(NamedTuple):
    """A count as it may be shown: empty where the symbol says why, or where nothing was sent."""

    number: int | None = None
    symbol: str = ""


Row = Mapping[str, Any]
NOTHING = Count()


def known(session: Session, view: View, *which: Any) -> list[Row]:
    """The newest revision of each cell known on the view's day, of periods that had ended, oldest first."""
    told = newest(view, *which)
    rows = sa.select(*(told.c[name] for name in SHOWN)).where(told.c.newest == 1)
    return [dict(row) for row in session.connection().execute(rows.order_by(told.c.period_end)).mappings()]


def newest(view: View, *which: Any) -> sa.Subquery:
    """Cells as known on the view's day, with their origin; `newest` is 1 for the newest revision."""
    cell = ReferralCount
    number = sa.func.row_number().over(
        partition_by=[col(getattr(cell, name)) for name in CELL], order_by=col(cell.revision).desc()
    )
    return (
        sa.select(*(col(getattr(cell, name)) for name in (*SHOWN, "origin_id")), number.label("newest"))
        .where(
            col(cell.area_id) == view.area_id,
            col(cell.known_on) <= view.as_at,
            col(cell.period_end) <= view.as_at,
            stands(cell, view.as_at),
            *which,
        )
        .subquery()
    )


def referrals() -> Any:
    """Cells of the step in which thresholds are applied."""
    return col(ReferralCount.step) == Step.REFERRAL.value


def spanning(span: str) -> Any:
    """Cells of one month each, or of one year to 31 March each."""
    return col(ReferralCount.span) == span


def of_part(split: str, part: str | None = None) -> Any:
    """Cells of one split: 'all', or each agency (of one, where its short name is given)."""
    cells = col(ReferralCount.split) == split
    return cells if part is None else sa.and_(cells, col(ReferralCount.part) == part)


def of_level(*levels: str) -> Any:
    """Cells of these levels, whatever the outcome."""
    return sa.and_(col(ReferralCount.level).in_(levels), col(ReferralCount.outcome) == "all")


def count(row: Row) -> Count:
    """The row's number, or its symbol."""
    return Count(None if row["symbol"] else row["count"], row["symbol"])


def by_year(rows: Iterable[Row], *key: str) -> dict[tuple[Any, ...], dict[date, Count]]:
    """Totals for each year to 31 March under what `key` names, from rows of years and of months."""
    cells: dict[tuple[Any, ...], dict[date, dict[str, list[Count]]]] = {}
    for row in rows:
        years = cells.setdefault(tuple(row[name] for name in key), {})
        spans = years.setdefault(year_end(row["period_end"]), {"year": [], "month": []})
        spans[row["span"]].append(count(row))
    return {
        name: {year: total for year, spans in years.items() if (total := _total(**spans)) != NOTHING}
        for name, years in cells.items()
    }


def _total(*, year: list[Count], month: list[Count]) -> Count:
    """The year's own cell; else twelve months added up, hidden where one of them is."""
    if year:
        return year[0]
    return added(month) if len(month) >= MONTHS else NOTHING


def added(counts: Collection[Count]) -> Count:
    """Counts added up; hidden where one of them is."""
    hidden = next((each.symbol for each in counts if each.number is None), "")
    return Count(None, hidden) if hidden else Count(sum(each.number or 0 for each in counts))


def latest_year(session: Session, view: View) -> date | None:
    """The last year to 31 March for which the board had sent its totals by the view's day."""
    ended = sa.select(sa.func.max(col(ReferralCount.period_end))).where(
        col(ReferralCount.area_id) == view.area_id,
        col(ReferralCount.known_on) <= view.as_at,
        col(ReferralCount.period_end) <= view.as_at,
        stands(ReferralCount, view.as_at),
        spanning("year"),
        of_part("all"),
        referrals(),
    )
    found: date | None = session.connection().execute(ended).scalar_one()
    return found


def chosen_part(session: Session, view: View) -> tuple[str, str]:
    """Split and part of the view: the agency that it names, or the whole board."""
    if view.agency_id is None:
        return "all", "all"
    slug = sa.select(col(Agency.slug)).where(col(Agency.id) == view.agency_id)
    return "agency", session.connection().execute(slug).scalar_one()
