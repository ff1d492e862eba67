"""The board's audits: their grades over time, the programme, the repeats that are owed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import grade_strip
from lscb_core.domain.audits import DIMENSIONS, Standing
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day, month_label, months_back
from lscb_core.domain.vocab import AuditKind, Brag, Grade
from lscb_core.findings import audits as findings
from lscb_core.queries.audits import PROGRAMME_MONTHS, graded, programme
from lscb_core.queries.re_audits import re_audits
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

MOST_LINES = 12
STILL_TO_DO = (Standing.SLIPPED, Standing.SILENT, Standing.UNDER_WAY, Standing.PLANNED)
IN_TWIN = {
    "title": "audit",
    "theme": "subject",
    "kind": "kind",
    "standing": "where it stands",
    "month": "month",
    "grade": "grade",
    "cases": "cases read",
    "trigger": "why",
    "note": "note",
    "source": "source",
}
GRADED = {name: IN_TWIN[name] for name in ("theme", "month", "grade", "cases", "title", "source")}
REPEATS = {
    "title": "audit",
    "theme": "subject",
    "month": "month of the audit",
    "grade": "grade",
    "standing": "where its repeat stands",
    "due_on": "repeat due on",
    "days_late": "days late",
    "planned_for": "planned for",
    "source": "source",
}


def lead(page: Page) -> str:
    """What an audit is, and the news."""
    owed, planned = page.ask(re_audits), page.ask(programme)
    news = page.keep("audits/lead", lambda: f" {findings.lead(owed, planned)}")
    return f"In an audit, agencies read children's files and answer the same questions of each.{news}"


def grades(page: Page) -> None:
    """Every graded audit as a lettered square, one line a subject; or the finding that none was graded."""
    listed = page.ask(graded)
    title = page.keep("audits/grades", lambda: findings.grades(listed))
    if listed.empty:
        show.finding(title, "So nobody can see at a glance whether practice gets better.")
        return
    show.finding(title, findings.grades_key(listed))
    show.chart(page, grade_strip, listed, key="grades")
    show.twin(page, page.keep("audits/graded", lambda: worded(listed)), GRADED, "grades")


def worded(listed: pd.DataFrame) -> pd.DataFrame:
    """Audits with their codes in words, for a table."""
    return listed.assign(
        kind=[AuditKind.of(code).label for code in listed["kind"]],
        standing=[Standing.of(code).label for code in listed["standing"]],
        grade=[Grade.of(code).label if code else "" for code in listed["grade"]],
        month=[month_label(on) if on else "" for on in listed["month"].astype(object)],
    )


def programme_part(page: Page) -> None:
    """What was planned, done and slipped, by dimension of the framework, and what is still to do."""
    listed = page.ask(programme)
    since = months_back(page.view.as_at, PROGRAMME_MONTHS)
    what = f"Reported since {day(since)}, and all that was still to be done on {day(page.view.as_at)}."
    show.finding(page.keep("audits/programme", lambda: findings.programme(listed)), what)
    if listed.empty:
        return
    is_whole = page.view == page.view.without()  # what a filter leaves out is no gap
    if is_whole and (gap := page.keep("audits/gaps", lambda: (findings.gaps(listed),))[0]):
        st.markdown(f":orange-badge[Gap] {gap}")
    if listed["dimension"].notna().any():
        counted = page.keep("audits/dimensions", lambda: by_dimension(listed))
        st.table(counted, border="horizontal", hide_index=True)
    _lines(page, listed)
    twin = page.keep("audits/programme/table", lambda: worded(listed))
    show.twin(page, twin, IN_TWIN, "audit programme")


def by_dimension(listed: pd.DataFrame) -> pd.DataFrame:
    """How many audits stand where, for each dimension; a dimension without any is a row of noughts."""
    named: list[tuple[int | None, str]] = list(DIMENSIONS.items())
    if listed["dimension"].isna().any():
        named.append((None, "Not stated"))
    rows = [{"What it looks at": words, **_standings(listed, number)} for number, words in named]
    return pd.DataFrame(rows)


def _standings(listed: pd.DataFrame, dimension: int | None) -> dict[str, str]:
    is_of = listed["dimension"].isna() if dimension is None else (listed["dimension"] == dimension)
    there = listed[is_of.fillna(value=False).astype(bool)]["standing"]
    shown = [each for each in Standing if (listed["standing"] == each.value).any()]
    return {each.label: str(int((there == each.value).sum())) for each in shown}


def _lines(page: Page, listed: pd.DataFrame) -> None:
    rows = page.keep("audits/to-do", lambda: _to_do(listed))
    for row in rows[:MOST_LINES]:
        with st.container(gap=None):
            now = Standing.of(row["standing"])
            st.markdown(f":{now.colour}-badge[{now.label}] **{plain(row['title'])}**")
            show.note(plain(_told(row)))
    if len(rows) > MOST_LINES:
        show.note(f"And {plural(len(rows) - MOST_LINES, 'more audit')}: see the table.")


def _to_do(listed: pd.DataFrame) -> list[dict[str, Any]]:
    """What is not done, what slipped first."""
    order = [each.value for each in STILL_TO_DO]
    rows = [row for row in show.rows_of(listed) if row["standing"] in order]
    return sorted(rows, key=lambda row: (order.index(row["standing"]), str(row["month"] or "9999")))


def _told(row: Mapping[str, Any]) -> str:
    expected = row["planned_on"] or row["month"]
    month = f"Planned for {month_label(expected)}. " if expected else ""
    why = f"Why: {row['trigger'].rstrip('.')}. " if row["trigger"] else ""
    return f"{AuditKind.of(row['kind']).label}. {month}{why}{_unless_said(row['note'], month)}"


def _unless_said(note: str, month: str) -> str:
    return "" if note.strip() == month.strip() else note


def repeats_part(page: Page) -> None:
    """Audits whose repeat is owed, the longest late first."""
    owed = page.ask(re_audits)
    title = page.keep("audits/owed", lambda: findings.owed(owed))
    show.finding(title, "A repeat asks the same questions again, to see whether the actions worked.")
    if owed.empty:
        return
    for row in page.keep("audits/owed/rows", lambda: show.rows_of(owed)[:MOST_LINES]):
        with st.container(gap=None):
            st.markdown(f"{due_badge(row)} **{plain(row['title'])}**")
            show.note(_first_audit(row))
    twin = page.keep("audits/owed/table", lambda: _owed_in_words(owed))
    show.twin(page, twin, REPEATS, "repeats owed")


def due_badge(row: Mapping[str, Any]) -> str:
    """Late by so many days, due on a day, or promised without a date. Row: RE_AUDITS."""
    now = Brag.of(row["standing"])
    if now is Brag.NO_DATE:
        return ":gray-badge[Repeat promised, no date]"
    if now is Brag.LATE:
        return f":red-badge[Repeat late by {plural(int(row['days_late']), 'day')}]"
    return f":{'orange' if now is Brag.DUE_SOON else 'gray'}-badge[Repeat due {day(row['due_on'])}]"


def _first_audit(row: Mapping[str, Any]) -> str:
    grade = f", {Grade.of(row['grade']).label.lower()}" if row["grade"] else ""
    audited = f"Audited in {month_label(row['month'])}{grade}. " if row["month"] else ""
    due = f"Repeat due {day(row['due_on'])}. " if row["standing"] == Brag.LATE.value else ""
    if row["planned_for"]:
        return f"{audited}{due}Planned for {month_label(row['planned_for'])}."
    is_near = row["standing"] != Brag.ON_TIME.value
    return f"{audited}{due}{'No month is planned for it.' if is_near else ''}"


def _owed_in_words(owed: pd.DataFrame) -> pd.DataFrame:
    return owed.assign(
        standing=["No date" if code == "no_date" else Brag.of(code).label for code in owed["standing"]],
        grade=[Grade.of(code).label if code else "" for code in owed["grade"]],
    )
