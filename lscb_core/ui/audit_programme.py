"""The audit programme: what was planned, done and slipped, and the repeats that are owed."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.domain.audits import DIMENSIONS, Standing
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day, month_label, months_back
from lscb_core.domain.vocab import AuditKind, Brag, Grade
from lscb_core.findings import audits as findings
from lscb_core.queries.audits import PROGRAMME_MONTHS
from lscb_core.queries.re_audits import re_audits
from lscb_core.ui import show
from lscb_core.ui.audit_parts import IN_TWIN, in_programme, worded
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

MOST_LINES = 12
STILL_TO_DO = (Standing.SLIPPED, Standing.SILENT, Standing.UNDER_WAY, Standing.PLANNED)
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


def programme_part(page: Page) -> None:
    """What was planned, done and slipped, by dimension of the framework, and what is still to do."""
    listed = in_programme(page)
    since = months_back(page.view.as_at, PROGRAMME_MONTHS)
    what = f"Reported since {day(since)}, and all that was still to be done on {day(page.view.as_at)}."
    show.finding(page.keep("audits/programme/title", lambda: findings.programme(listed)), what)
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
    counted = Counter(zip(listed["dimension"].fillna(0).tolist(), listed["standing"], strict=True))
    stands = set(listed["standing"])
    looks_at = DIMENSIONS | ({0: "Not stated"} if any(number == 0 for number, _ in counted) else {})
    rows = [
        {"What it looks at": words}
        | {each.label: str(counted[number, each.value]) for each in Standing if each.value in stands}
        for number, words in looks_at.items()
    ]
    return pd.DataFrame(rows)


def _lines(page: Page, listed: pd.DataFrame) -> None:
    rows = page.keep("audits/to-do", lambda: _to_do(listed))
    told = page.keep("audits/to-do/words", lambda: "\n\n".join(_to_do_line(row) for row in rows[:MOST_LINES]))
    if told:
        st.markdown(told)
    if len(rows) > MOST_LINES:
        show.note(f"And {plural(len(rows) - MOST_LINES, 'more audit')}: see the table.")


def _to_do_line(row: Mapping[str, Any]) -> str:
    now = Standing.of(row["standing"])
    return _line(f":{now.colour}-badge[{now.label}]", row["title"], _told(row))


def _line(badge: str, title: str, note: str) -> str:
    """Two lines in one element: a page of many elements is slow to draw."""
    return f"{badge} **{plain(title)}**  \n:small[:gray[{plain(note)}]]"


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
    st.markdown(page.keep("audits/owed/words", lambda: "\n\n".join(map(_owed_line, _rows(owed)))))
    twin = page.keep("audits/owed/table", lambda: _owed_in_words(owed))
    show.twin(page, twin, REPEATS, "repeats owed")


def _rows(owed: pd.DataFrame) -> list[dict[str, Any]]:
    return show.rows_of(owed.head(MOST_LINES))


def _owed_line(row: Mapping[str, Any]) -> str:
    return _line(due_badge(row), row["title"], _first_audit(row))


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
