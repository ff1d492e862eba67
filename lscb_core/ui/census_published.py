"""The board's own file beside what was published of the same council and year: a check of the data."""

import pandas as pd
import streamlit as st

from lscb_core.domain.numbers import change, whole
from lscb_core.domain.periods import day
from lscb_core.findings.census import beside_published
from lscb_core.findings.comparisons import symbols_key
from lscb_core.findings.words import Row, rows_of
from lscb_core.queries.census_published import BESIDE, own_beside_published
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain
from lscb_core.ui.provenance import where_from

WHY = (
    "Both count the same children: a difference is a question about the data, not about practice. Only "
    "England's published figures are rounded, a council's are not. Re-referrals come out lower in one file, "
    "which does not hold cases that were closed before its year."
)
IN_TWIN = ("period", "what", "own", "published", "difference", "own_symbol", "published_symbol")


def own_file_beside_published(page: Page) -> None:
    """A few lines of the last year that both tell of; all lines and years in the twin."""
    found = page.ask(own_beside_published)
    if found.empty:
        return
    rows = page.keep("own-beside/rows", lambda: _last_year(found))
    show.finding(*page.keep("own-beside/words", lambda: (beside_published(rows), _note(rows))))
    st.table(page.keep("own-beside/table", lambda: _table(rows)), border="horizontal", hide_index=True)
    columns = {name: BESIDE[name].split(" (")[0] for name in IN_TWIN}
    show.twin(page, found, columns, "own file beside published", label="All figures, all years")
    steps = ("referral", "re_referral", "section_47", "conference", "plan", "plan_ended", "plan_open")
    where_from(page, steps, rows[0]["period_end"], rows[0]["period_end"])


def _last_year(found: pd.DataFrame) -> list[Row]:
    return [
        row for row in rows_of(found) if row["is_main"] and row["period_end"] == found["period_end"].iloc[0]
    ]


def _note(rows: list[Row]) -> str:
    symbols = symbols_key(row[name] for row in rows for name in ("own_symbol", "published_symbol"))
    published = "; ".join(dict.fromkeys(row["origin"].split(":")[0] for row in rows))
    return f"Year to {day(rows[0]['period_end'])}. {WHY} Published: {plain(published)}. {symbols}".strip()


def _table(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Counted": [row["what"] for row in rows],
            "Own file": [_said(row["own"], row["own_symbol"]) for row in rows],
            "Published": [_said(row["published"], row["published_symbol"]) for row in rows],
            "Difference": [_difference(row["difference"]) for row in rows],
        }
    )


def _said(count: int | None, symbol: str) -> str:
    return symbol if count is None else whole(count)


def _difference(number: int | None) -> str:
    """'+3', '−2', 'none'; a dash where one of the two is missing."""
    if number is None:
        return "–"
    return change(number) if number else "none"
