"""Who refers, at which level, and what became of it: the board's own counts, year by year."""

import pandas as pd
import streamlit as st

from lscb_core.charts import strips
from lscb_core.domain.numbers import in_words
from lscb_core.findings import thresholds as findings
from lscb_core.findings.comparisons import symbols_key
from lscb_core.findings.words import rows_of
from lscb_core.queries import referral_flow
from lscb_core.queries.census import referrals_by_group
from lscb_core.queries.stretches import how_counted
from lscb_core.queries.thresholds import whole_board
from lscb_core.ui import show
from lscb_core.ui.address import keep, one_of
from lscb_core.ui.census_plans import of_the_months
from lscb_core.ui.context import Page
from lscb_core.ui.provenance import where_from
from lscb_core.ui.threshold_parts import words_of

SPLITS = {"level": "By level", "outcome": "By outcome"}
QUESTIONS = {"level": referral_flow.referrals_by_level, "outcome": referral_flow.referrals_by_outcome}
MOST_STRIPS = 6


def over_the_years(page: Page) -> None:
    """Who refers, at which level, and what became of it, year by year; of months where no year is whole."""
    of_the_months(page)
    left, right = st.columns(2, gap="large")
    with left:
        _sources(page)
    with right:
        _levels_or_outcomes(page)


def _sources(page: Page) -> None:
    who = "source" if page.ask(how_counted).by == "group" else "agency"
    question = referrals_by_group if who == "source" else referral_flow.referrals_by_source
    sources, whole = page.ask(question), page.ask(whole_board)
    if sources.empty:
        return
    title, shown, what = page.keep("thresholds/years", lambda: _source_words(sources, whole, who))
    show.finding(title, what)
    show.chart(page, strips, shown, key="sources", title=f"Referrals by {who}")
    show.twin(page, sources, words_of(referral_flow.OVER_YEARS), f"referrals by {who}")
    where_from(page, ("referral",), sources["period_end"].min(), sources["period_end"].max())


def _source_words(sources: pd.DataFrame, whole: pd.DataFrame, who: str) -> tuple[str, pd.DataFrame, str]:
    total = rows_of(whole)[0]["referrals"] if len(whole) else None
    groups = list(dict.fromkeys(sources["group"]))
    shown = sources[sources["group"].isin(groups[:MOST_STRIPS])]
    title = findings.most_come_from(sources, referrals=total, who=who)
    more = (
        f" The {in_words(MOST_STRIPS)} that refer most; the others are in the table."
        if len(groups) > MOST_STRIPS
        else ""
    )
    what = f"Referrals in each year from April to March, whatever became of them.{more}"
    return title, shown, f"{what} {symbols_key(sources['symbol'])}".strip()


def _levels_or_outcomes(page: Page) -> None:
    held = [by for by, question in QUESTIONS.items() if len(page.ask(question))]
    if not held:
        return
    by = one_of("by", held)
    counts = page.ask(QUESTIONS[by])
    whole = page.view.agency_id is not None and by == "outcome"
    title, what = page.keep(f"thresholds/{by}", lambda: _moved(counts, by, is_whole_board=whole))
    show.finding(title, what)
    if len(held) > 1:
        _choose(held, by)
    show.chart(page, strips, counts, key=f"by-{by}", title=f"Referrals {SPLITS[by].lower()}")
    show.twin(page, counts, words_of(referral_flow.OVER_YEARS), f"referrals by {by}")
    where_from(page, ("referral",), counts["period_end"].min(), counts["period_end"].max())


def _moved(counts: pd.DataFrame, by: str, *, is_whole_board: bool) -> tuple[str, str]:
    title = findings.what_moved(counts, otherwise=f"Referrals {SPLITS[by].lower()}")
    board = " Whole board: not counted by agency." if is_whole_board else ""
    what = f"Referrals in each year from April to March.{board} {symbols_key(counts['symbol'])}"
    return title, what.strip()


def _choose(held: list[str], now: str) -> None:
    st.session_state["split"] = now  # the address rules; the widget only shows it
    st.segmented_control(
        "Referrals",
        held,
        format_func=SPLITS.__getitem__,
        key="split",
        on_change=lambda: keep("by", st.session_state["split"]),
        label_visibility="collapsed",
    )
