"""Figures of whole years, read from the protected grids: each with the year before it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import DeathCount
from lscb_core.domain.periods import months_back
from lscb_core.queries.asking import Ask
from lscb_core.queries.deaths import newest_cells
from lscb_core.queries.frames import records
from lscb_core.queries.referral_rows import chosen_part
from lscb_core.queries.thresholds import below_threshold_by_agency, whole_board
from lscb_core.queries.view import View

Years = dict[date, dict[str, int | None]]


@dataclass(frozen=True, slots=True)
class Held:
    """A figure: a count, what it is of, or a value in the measure's unit; `on` is the end of its period.

    `was` is the figure to compare it with where that is not the last meeting's: a year before, or England.
    """

    count: int | None = None
    of: int | None = None
    value: float | None = None
    on: date | None = None
    was: "Held | None" = None
    against: str = ""
    note: str = ""


Figures = dict[str, Held]


def referral_figures(ask: Ask, view: View) -> Figures:
    """The share below the threshold in the last year to 31 March, and in the year before it.

    Of one agency where the view names one, beside the whole board's.
    """
    if view.agency_id is not None:
        return _of_agency(ask, view)
    years = records(ask(whole_board, view))
    by_year: Years = {row["period_end"]: {"below": row["below"], "all": row["referrals"]} for row in years}
    return _against_the_year_before("below_threshold", by_year, "below", "all")


def _of_agency(ask: Ask, view: View) -> Figures:
    slug, whole = ask(chosen_part, view)[1], records(ask(whole_board, view))
    for row in records(ask(below_threshold_by_agency, view)):
        if row["agency_slug"] == slug and row["below"] is not None and row["referrals"] is not None:
            board = Held(whole[0]["below"], whole[0]["referrals"])
            mine = Held(row["below"], row["referrals"], on=row["period_end"], was=board, against="board")
            return {"below_threshold": mine}
    return {}


def _against_the_year_before(key: str, by_year: Years, count: str, of: str) -> Figures:
    """The last year in which neither number is hidden or missing, and the one before it."""
    whole = [
        Held(year[count], year[of], on=on)
        for on, year in sorted(by_year.items())
        if year.get(count) is not None and year.get(of)
    ]
    if not whole:
        return {}
    now = whole[-1]
    before = next((year for year in whole if year.on and now.on and year.on == months_back(now.on, 12)), None)
    return {key: Held(now.count, now.of, on=now.on, was=before, against="year")}


def death_figures(session: Session, *, view: View) -> Figures:
    """Reviews in time, and how many children died: from the protected grid, of the whole area alone."""
    if view != view.without():
        return {}
    seen = DeathCount
    counted: Any = (
        sa.select(col(seen.period_end).label("on"), col(seen.dimension), col(seen.key), col(seen.count))
        .where(
            col(seen.area_id) == view.area_id,
            col(seen.span) != "pooled",
            col(seen.known_on) <= view.as_at,
            col(seen.period_end) <= view.as_at,
            col(seen.dimension).in_(["all", "expectedness", "reviews"]),
            *newest_cells(view),
        )
        .order_by(col(seen.period_end))
    )
    by_year: Years = {}
    for row in session.connection().execute(counted).mappings():
        by_year.setdefault(row["on"], {})[row["key"]] = row["count"]
    found = _against_the_year_before("reviews_in_time", by_year, "in_time", "completed")
    latest = max(by_year, default=None)
    if latest and by_year[latest].get("all") is not None:
        year = by_year[latest]
        found["deaths_notified"] = Held(year["all"], on=latest, was=Held(year.get("unexpected")))
    return found
