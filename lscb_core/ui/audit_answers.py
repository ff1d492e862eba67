"""An audit question by question: met of applicable with the likely range, and what changed since before."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import before_after, question_dots
from lscb_core.domain.periods import month_label
from lscb_core.findings import one_audit as findings
from lscb_core.queries.audit_answers import compared, questions
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

Audit = Mapping[str, Any]
COUNTED = "Cases where the answer was yes, of those the question applied to. Grey bar: likely range (95%)."
UNCOUNTED = "The report gives no numbers: what it says stands under each question."
COMPARED = "Blue or orange: better or worse than chance explains. Grey: may be chance."
ANSWERS = {
    "question": "question",
    "met": "met",
    "applicable": "of",
    "percent": "share (%)",
    "percent_low": "likely range from (%)",
    "percent_high": "likely range to (%)",
    "percent_reported": "as reported (%)",
    "note": "note",
    "source": "source",
}
THEN_AND_NOW = {
    "question": "question",
    "met_before": "met in the first audit",
    "applicable_before": "of",
    "percent_before": "share in the first audit (%)",
    "met": "met in the repeat",
    "applicable": "of how many",
    "percent": "share in the repeat (%)",
    "change": "against chance",
}
_SHARES = {
    "share": "percent",
    "low": "percent_low",
    "high": "percent_high",
    "share_before": "percent_before",
}


def asked_part(page: Page, audit: Audit) -> None:
    """The questions with all agencies' answers; what was only reported, as reported."""
    key = audit["key"]
    listed = page.ask(questions, audit=key)
    together = page.keep("audit/together", lambda: together_of(listed), key)
    if together.empty:
        show.finding("No question was reported", "Without questions a repeat cannot show what has changed.")
        return
    title = page.keep("audit/answers", lambda: findings.answers(together), key)
    if together[["met", "percent_reported"]].notna().any(axis=None):
        show.finding(title, COUNTED)
        drawn = page.keep("audit/drawn", lambda: drawn_of(together), key)
        show.chart(page, question_dots, drawn, key=f"questions-{key}")
        _doubts(together)
    else:
        show.finding(title, UNCOUNTED)
        for row in show.rows_of(together):
            st.markdown(f"{plain(row['question'])}  \n:small[:gray[{plain(row['note'])}]]")
    twin = page.keep("audit/questions/table", lambda: in_percent(together), key)
    show.twin(page, twin, ANSWERS, f"questions-{key}")


def together_of(listed: pd.DataFrame) -> pd.DataFrame:
    """All agencies together, least often met first; what has no share stands last."""
    whole = listed[listed["agency"] == ""]
    return whole.sort_values("share", kind="stable", na_position="last").reset_index(drop=True)


def drawn_of(together: pd.DataFrame) -> pd.DataFrame:
    """The same with words, in place of its note, where no counts were given."""
    words = [
        findings.instead(
            met=_number(row["met"]),
            percent=_number(row["percent_reported"]),
            cases=_number(row["cases"]),
            fits=row["fits_cases"],
        )
        for row in show.rows_of(together)
    ]
    return together.assign(note=pd.Series(words, index=together.index, dtype=object))


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _doubts(listed: pd.DataFrame) -> None:
    """The data-quality notes, each with the question it is about."""
    doubts = [
        f":small[:gray[**{plain(question)}** {plain(note)}]]"
        for question, note in zip(listed["question"], listed["note"], strict=True)
        if note
    ]
    if doubts:
        show.finding("What to know about these figures", level=3)
        st.markdown("\n".join(f"- {words}" for words in doubts))


def in_percent(answers: pd.DataFrame) -> pd.DataFrame:
    """The frame with its fractions of 1 as percentages beside them, for a table to read."""
    there = {share: name for share, name in _SHARES.items() if share in answers}
    percents = {name: (answers[share].astype("Float64") * 100).round(1) for share, name in there.items()}
    return answers.assign(**percents)


def then_part(page: Page, audit: Audit) -> None:
    """The same questions in the audit before: what has changed by more than chance."""
    key, before = audit["key"], audit["repeat_of"]
    whole = page.seen_as(priority_id=None, sub_group_id=None, agency_id=None)
    first, again = (whole.ask(questions, audit=each) for each in (before, key))
    both = whole.keep("audit/then-and-now", lambda: compared(first, again), key)
    if both.empty:
        show.finding("Nothing to compare with", "No question was counted both then and now.")
        return
    was, now = (_month(audit[name]) for name in ("repeat_of_month", "month"))
    title = page.keep("audit/changes", lambda: findings.changes(both), key)
    show.finding(title, f"○ {was}, ▶ {now}. {COMPARED}")
    show.chart(page, before_after, both, key=f"then-and-now-{key}", before=was, after=now)
    twin = page.keep("audit/then-and-now/table", lambda: in_percent(both), key)
    show.twin(page, twin, THEN_AND_NOW, f"then-and-now-{key}")


def _month(on: Any) -> str:
    return month_label(on) if on else "no month given"
