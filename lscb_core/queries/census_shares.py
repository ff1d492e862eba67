"""Re-referrals, and conferences in time, by month and by year: from a file on single children."""

from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import ReferralCount
from lscb_core.domain.periods import financial_year, months_back, year_end
from lscb_core.domain.spc import Xmr
from lscb_core.domain.thresholds import Step
from lscb_core.queries import referral_rows as cells
from lscb_core.queries.measure_series import MOST_POINTS, chart_of, charted
from lscb_core.queries.referral_flow import YEARS
from lscb_core.queries.referral_rows import NOTHING
from lscb_core.queries.referral_shares import share_of, tidied
from lscb_core.queries.stretches import MOST_MONTHS
from lscb_core.queries.view import View

IN_TIME = "in_15"
"""The level under which conferences within 15 working days of the enquiry are counted."""

PART = {
    "met": "counted (empty: hidden)",
    "of": "of (empty: hidden)",
    "share": "counted of all, a fraction of 1 (empty: hidden, or of under 10)",
    "low": "lower end of the likely range (95%), a fraction of 1",
    "high": "upper end of the likely range (95%), a fraction of 1",
    "symbol": "why a count is missing (key: codes.SYMBOLS)",
}
BY_MONTH = {"period": "last day of the month", **PART}
BY_YEAR = {"year": "year from April to March", **PART, "period_end": "last day of the year"}
SERIES = {
    **BY_MONTH,
    "value": "share in percent, 0-100 (empty: hidden, or of under 10)",
    "type": "what the point tells, a code of domain.spc.Kind",
    "rule": "the rule that marked the point",
    "mean": "average; empty below 12 points",
    "lower": "lower limit of ordinary ups and downs; empty below 12 points",
    "upper": "upper limit of ordinary ups and downs; empty below 12 points",
}
MEASURE = "conferences_in_15_days_monthly"


class _Share(NamedTuple):
    """Step and level of what is counted, and of all."""

    met: tuple[str, str]
    of: tuple[str, str]


AGAIN = _Share(("re_referral", "all"), (Step.REFERRAL.value, "all"))
SOON = _Share((Step.CONFERENCE.value, IN_TIME), (Step.CONFERENCE.value, "all"))


def re_referrals_by_month(session: Session, *, view: View) -> pd.DataFrame:
    """Of each month's referrals those within 12 months of the same child's last. Columns: BY_MONTH."""
    return tidied(_months(session, view, AGAIN), BY_MONTH)


def re_referrals_by_year(session: Session, *, view: View) -> pd.DataFrame:
    """The same for the last years to 31 March, oldest first. Columns: BY_YEAR."""
    return tidied(_years(session, view, AGAIN), BY_YEAR)


def conferences_by_month(session: Session, *, view: View) -> pd.DataFrame:
    """Of the conferences of the last 24 months those in time, against ups and downs. Columns: SERIES."""
    months = _months(session, view, SOON)[-MOST_POINTS:]
    for row in months:
        value = None if row["share"] is None else round(100 * row["share"], 1)
        row |= {"measure": MEASURE, "value": value}
    return tidied(charted(months, _chart_of(months)), SERIES)


def conferences_by_year(session: Session, *, view: View) -> pd.DataFrame:
    """Conferences within 15 working days in the last years to 31 March. Columns: BY_YEAR."""
    return tidied(_years(session, view, SOON), BY_YEAR)


def _chart_of(months: list[dict[str, Any]]) -> Xmr | None:
    """The chart of all months; none where one is hidden.

    Months with few late conferences are the hidden ones, so an average of the others would be too low.
    """
    return chart_of(months) if months and not any(row["symbol"] for row in months) else None


def _cells(share: _Share) -> Any:
    """Both cells of the share, for the whole board."""
    either = (sa.and_(col(ReferralCount.step) == step, cells.of_level(level)) for step, level in share)
    return sa.and_(cells.of_part("all"), sa.or_(*either))


def _months(session: Session, view: View, share: _Share) -> list[dict[str, Any]]:
    """A row for each of the last months that has both cells, from an April on, oldest first."""
    recent = col(ReferralCount.period_end) > year_end(months_back(view.as_at, MOST_MONTHS))
    found: dict[date, dict[tuple[str, str], cells.Count]] = {}
    for row in cells.known(session, view, _cells(share), cells.spanning("month"), recent):
        found.setdefault(row["period_end"], {})[row["step"], row["level"]] = cells.count(row)
    both = {end: told for end, told in found.items() if share.met in told and share.of in told}
    return [{"period": end, **share_of(told[share.met], told[share.of])} for end, told in both.items()]


def _years(session: Session, view: View, share: _Share) -> list[dict[str, Any]]:
    """A row for each of the last years that has both totals, oldest first."""
    recent = col(ReferralCount.period_end) > months_back(view.as_at, 12 * (YEARS + 1))
    told = cells.by_year(cells.known(session, view, _cells(share), recent), "step", "level")
    met, of = told.get(share.met, {}), told.get(share.of, {})
    rows = [
        {
            "year": financial_year(end),
            "period_end": end,
            **share_of(met.get(end, NOTHING), of.get(end, NOTHING)),
        }
        for end in sorted(met.keys() & of.keys())
    ]
    return rows[-YEARS:]
