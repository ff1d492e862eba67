"""The record of one agency: its referrals by month, audits, self-check, training, challenges, reports."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import question_dots, xmr
from lscb_core.domain.periods import day, month_label
from lscb_core.findings import agency_parts as titles
from lscb_core.findings.measures import card_line
from lscb_core.findings.reports import report_lines
from lscb_core.findings.words import rows_of
from lscb_core.queries.board_work import TRAINING, challenges, section_11, training
from lscb_core.queries.measure_cards import measure_cards
from lscb_core.queries.measures import comments
from lscb_core.queries.one_agency import MONTHS, audit_answers, threshold_months
from lscb_core.queries.reports import reports
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

ENOUGH_MONTHS = 18
"""Months with a figure, of the last 24, from which a line is drawn: hidden ones would break it too often."""
MOST_LISTED = 5
QUESTIONS = {
    "question": "question",
    "met": "cases that met it",
    "applicable": "cases it applied to",
    "share": "share, a fraction of 1",
    "low": "likely range from",
    "high": "likely range to",
}


def months_and_measures(page: Page) -> None:
    """What moves from month to month: the share below the threshold, and the measures it answers for."""
    _by_month(page)
    _measures(page)


def moves(page: Page) -> bool:
    """Something of it is held month by month."""
    return bool(page.ask(threshold_months)["value"].notna().any()) or not page.ask(measure_cards).empty


def _by_month(page: Page) -> None:
    """The share below the threshold each month, against the agency's own ups and downs."""
    months = page.ask(threshold_months)
    shown = int(months["value"].notna().sum())
    if not shown:
        return
    if shown < ENOUGH_MONTHS:
        show.finding("Too few referrals to read month by month")
        show.note("In most months the numbers are too small to show. The year's share stands above.")
        return
    title = page.keep("agency/months", lambda: titles.months_title(months))
    show.finding(title, "Share of its referrals each month, in percent. Shaded: ordinary ups and downs.")
    show.chart(page, xmr, months, key="agency-months", percent=True, unit="%", title=title)
    show.twin(page, months, {key: said for key, said in MONTHS.items() if key != "type"}, "months")
    if since := titles.concern_since(months):
        _explanation(page, since)


def _explanation(page: Page, since: date) -> None:
    """What was said to it since it left its ordinary ups and downs."""
    said = titles.explanation(page.ask(comments), since)
    if said is None:
        st.markdown(":orange[:material/feedback: **No explanation yet.**]")
    else:
        show.note(f"{plain(said['text'])} *{plain(said['signed_by'])}, {day(said['written_on'])}*")


def _measures(page: Page) -> None:
    """The measures that the agency answers for, one line each."""
    cards = page.keep("agency/measures", lambda: rows_of(page.ask(measure_cards)))
    if not cards:
        return
    show.finding("Measures it answers for", "Against their own ordinary ups and downs.", level=3)
    for card in cards:
        colour, badge, said = card_line(card)
        with st.container(gap=None):
            st.markdown(f":{colour}-badge[{badge}] **{plain(card['title'])}**")
            show.note(plain(said))
    show.go("measures", "See the charts")


def audits(page: Page) -> None:
    """Its own answers in the last audit that holds any."""
    answers = page.ask(audit_answers)
    about = answers.iloc[0]
    month = f", {month_label(about['month'])}" if pd.notna(about["month"]) else ""
    title = page.keep("agency/audit", lambda: titles.audit_title(answers))
    show.finding(
        title, f"{plain(about['title'])}{month}: cases met, of those that applied. Line: likely range."
    )
    show.chart(page, question_dots, answers, key="agency-audit")
    show.twin(page, answers, QUESTIONS, "audit questions")
    show.go("audit_outcomes", "The whole audit", audit=about["audit"])


def self_check(page: Page) -> None:
    """Section 11: the own score and the one after the board's challenge."""
    scores = page.ask(section_11)
    title = page.keep("agency/section-11", lambda: titles.section_11_title(scores))
    if scores["own"].isna().all():
        show.finding(title)
        for row in rows_of(scores):
            show.note(plain(f"{row['status'].capitalize()}. {row['note']}"))
        return
    returned_on = scores.iloc[0]["returned_on"]
    when = f" of {month_label(returned_on)}" if returned_on else ""
    show.finding(title, f"Section 11 return{when}. {SCALE}")
    st.table(page.keep("agency/scores", lambda: _scores(scores)), border="horizontal", hide_index=True)


SCALE = "0 not met, 1 partly, 2 mostly, 3 fully met. Marked: lowered by the board."


def _scores(scores: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {"Standard": plain(row["standard"]), "Own score": _score(row["own"]), "After challenge": _after(row)}
        for row in rows_of(scores)
    ]
    return pd.DataFrame(rows)


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)


def _after(row: dict[str, Any]) -> str:
    lowered = row["own"] is not None and row["challenged"] is not None and row["challenged"] < row["own"]
    return f":orange-badge[{row['challenged']}]" if lowered else _score(row["challenged"])


def courses(page: Page) -> None:
    """Places booked and people who came, the last courses first."""
    held = page.ask(training).head(MOST_LISTED + 1)
    show.finding(
        page.keep("agency/training", lambda: titles.training_title(held)), "The board's last courses."
    )
    names = {"title": "Course", "period": "When", "booked": "Booked", "attended": "Came"}
    said = page.keep("agency/courses", lambda: _courses(held, names))
    st.table(said, border="horizontal", hide_index=True)
    show.twin(page, held, {key: words for key, words in TRAINING.items() if key != "period_end"}, "training")


def _courses(held: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    shown = held[list(names)].rename(columns=names).astype("string").fillna("–")
    return shown.assign(Course=shown["Course"].map(plain))


def challenged(page: Page) -> None:
    """What the board asked of it, and what came of it."""
    asked = page.keep("agency/challenges", lambda: rows_of(page.ask(challenges).head(MOST_LISTED)))
    show.finding("What it was asked")
    for row in asked:
        badge = ":blue-badge[Changed]" if row["changed"] else ":orange-badge[Nothing yet]"
        with st.container(gap=None):
            st.markdown(f"{badge} **{plain(row['question'])}**")
            show.note(plain(_answer(row)))


def _answer(row: dict[str, Any]) -> str:
    when = f", {day(row['raised_on'])}" if row["raised_on"] else ""
    answer = f"Answer: {row['answer'].rstrip('.')}." if row["answer"] else "No answer yet."
    changed = f" Changed: {row['changed'].rstrip('.')}." if row["changed"] else ""
    return f"{row['raised_by']}{when}. {answer}{changed}"


def owed_reports(page: Page) -> None:
    """The reports that it owes the board."""
    lines = page.keep("agency/reports", lambda: report_lines(page.ask(reports)))
    show.finding("Reports to the board")
    for colour, badge, title, where in lines[:MOST_LISTED]:
        with st.container(gap=None):
            st.markdown(f":{colour}-badge[{badge}] **{plain(title)}**")
            show.note(plain(where))
