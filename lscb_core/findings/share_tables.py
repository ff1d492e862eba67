"""Shares as small tables of words, where a chart would have one or two points."""

import pandas as pd

from lscb_core.domain.numbers import of, percent
from lscb_core.domain.periods import month_label
from lscb_core.findings.words import Row, rows_of

FEW = 3


def few_months(months: pd.DataFrame) -> bool:
    """One or two months alone: a line through them would say nothing."""
    return len(months) < FEW


def month_by_month(months: pd.DataFrame, counted: str) -> pd.DataFrame:
    """Months, oldest first, under `counted` their counts. Frame: queries.thresholds.BELOW_BY_MONTH."""
    rows = rows_of(months.rename(columns={"below": "met", "referrals": "of"}))
    return _table({"Month": [month_label(row["month"]) for row in rows]}, rows, counted)


def year_by_year(years: pd.DataFrame, counted: str) -> pd.DataFrame:
    """Years, newest first, under `counted` their counts. Frame: queries.census_shares.BY_YEAR."""
    rows = rows_of(years)[::-1]
    return _table({"Year": [_unbroken(row["year"]) for row in rows]}, rows, counted)


def _table(first: dict[str, list[str]], rows: list[Row], counted: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            **first,
            counted: [row["symbol"] or of(row["met"], row["of"]) for row in rows],
            "Share": [percent(row["share"]) for row in rows],
            "Likely range (95%)": [_reach(row) for row in rows],
        }
    )


def _unbroken(year: str) -> str:
    """2023-24 on one line, however narrow its column."""
    return year.replace("-", "\u2060-\u2060")


def _reach(row: Row) -> str:
    """'14.0% to 16.6%'; a dash where there is no share."""
    return "–" if row["share"] is None else f"{percent(row['low'])} to {percent(row['high'])}"
