"""Re-referrals, and conferences in time, by month and by year: what a file on single children tells."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import trend, xmr
from lscb_core.domain.periods import financial_year
from lscb_core.findings import census as findings
from lscb_core.findings.share_tables import year_by_year
from lscb_core.findings.words import rows_of
from lscb_core.queries import census_shares as queries
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.provenance import where_from, whole_board
from lscb_core.ui.threshold_parts import LIKELY, in_percent, words_of

AGAIN = "Re-referral: within 365 days of the same child's last referral."
TOO_LOW = (
    "**Too low, most of all in a file's first months:** it knows earlier referrals only of children who were "
    "still in need in its time."
)
SOON = "Working days from the start of the section 47 enquiry. Where the start is not known: not within 15."
UPS_AND_DOWNS = "Shaded: ordinary ups and downs."
NO_LIMITS = "No shading: fewer than 12 months, or some are hidden."
SMALL = "Not drawn by month: most of the numbers are hidden or too small."
HEIGHT = 280


def again_and_in_time(page: Page) -> None:
    """Two halves of the page; one alone where the other has no figures."""
    listed = (
        (_again, queries.re_referrals_by_month, queries.re_referrals_by_year),
        (_in_time, queries.conferences_by_month, queries.conferences_by_year),
    )
    parts = [
        (part, page.ask(by_month), page.ask(by_year))
        for part, by_month, by_year in listed
        if len(page.ask(by_month))
    ]
    if not parts:
        return
    for column, (part, months, years) in zip(st.columns(2, gap="large"), parts, strict=False):
        with column:
            part(page, months, years)


def _again(page: Page, months: pd.DataFrame, years: pd.DataFrame) -> None:
    words = page.keep("again", lambda: _again_words(page, months, years))
    show.finding(words["title"], words["what"])
    if words["drawn"]:
        drawn = page.keep("again/months", lambda: _as_trend(months))
        options = {"what": "Re-referrals", "title": "Share of re-referrals each month"}
        show.chart(page, trend, drawn, key="again", eras=words["eras"], **options)
    _by_year(page, years, "re-referrals", "Re-referrals")
    _twins(page, months, years, "re-referrals")
    where_from(page, ("re_referral",), months["period"].iloc[0], months["period"].iloc[-1])


def _again_words(page: Page, months: pd.DataFrame, years: pd.DataFrame) -> dict[str, Any]:
    drawn = findings.enough_months(months)
    missing = findings.months_missing(months, what="referrals", fewer_of="re-referrals")
    words = _worded(
        findings.re_referrals, years, [AGAIN, TOO_LOW, whole_board(page)], [LIKELY, missing], drawn=drawn
    )
    eras = tuple((row["year"], row["share"]) for row in rows_of(years) if row["share"] is not None)
    return words | {"eras": eras if len(eras) > 1 else ()}


def _worded(
    title: Callable[[pd.DataFrame], str],
    years: pd.DataFrame,
    always: list[str],
    with_chart: list[str],
    *,
    drawn: bool,
) -> dict[str, Any]:
    """The title, and the note: the year's counts, what is counted, and what the chart shows or why not."""
    shown = with_chart if drawn else [SMALL]
    notes = [findings.in_the_year(years), *always, *shown]
    return {"title": title(years), "what": " ".join(note for note in notes if note), "drawn": drawn}


def _as_trend(months: pd.DataFrame) -> pd.DataFrame:
    """The months under the names that the chart asks for. Each year, so each census, has its own line."""
    names = {"period": "month", "met": "below", "of": "referrals"}
    return months.rename(columns=names).assign(era=[financial_year(end) for end in months["period"]])


def _in_time(page: Page, months: pd.DataFrame, years: pd.DataFrame) -> None:
    words = page.keep("in-time", lambda: _in_time_words(page, months, years))
    show.finding(words["title"], words["what"])
    if words["drawn"]:
        options = {"title": "Conferences within 15 working days", "unit": "%"}
        show.chart(page, xmr, months, key="in-time", height=HEIGHT, **options)
    _by_year(page, years, "conferences", "Within 15 days")
    _twins(page, months, years, "conferences in 15 days")
    where_from(page, ("conference",), months["period"].iloc[0], months["period"].iloc[-1])


def _in_time_words(page: Page, months: pd.DataFrame, years: pd.DataFrame) -> dict[str, Any]:
    drawn = findings.enough_months(months)
    missing = findings.months_missing(months, what="conferences", fewer_of="late conferences")
    shaded = UPS_AND_DOWNS if months["mean"].notna().any() else NO_LIMITS
    return _worded(findings.conferences, years, [SOON, whole_board(page)], [shaded, missing], drawn=drawn)


def _by_year(page: Page, years: pd.DataFrame, name: str, title: str) -> None:
    """A line for each year; one year alone is said in the note above."""
    if len(years) < 2:
        return
    said = page.keep(f"{name}/years", lambda: year_by_year(years, title))
    st.table(said, border="horizontal", hide_index=True)


def _twins(page: Page, months: pd.DataFrame, years: pd.DataFrame, name: str) -> None:
    with st.container(horizontal=True):
        twin = page.keep(f"{name}/table", lambda: in_percent(months))
        show.twin(page, twin, words_of(queries.BY_MONTH), f"{name} by month")
        if len(years):
            twin = page.keep(f"{name}/years/table", lambda: in_percent(years))
            columns = tuple(column for column in queries.BY_YEAR if column != "period_end")
            show.twin(page, twin, words_of(queries.BY_YEAR, columns), f"{name} by year", label="By year")
