"""The protected grid of child deaths on screen: one split of it, five years together first."""

from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.findings import deaths as finds
from lscb_core.queries import death_table
from lscb_core.queries.deaths import death_counts
from lscb_core.ui import show
from lscb_core.ui.address import keep, one_of
from lscb_core.ui.context import Page
from lscb_core.ui.death_parts import EXACT_KEY, ONLY, marked, only_for

BY = "by"
SHORT = {
    "age": "Age",
    "category": "Cause",
    "expectedness": "Expected or not",
    "modifiable": "Could be changed",
    "abuse": "Abuse or neglect",
}
COUNTED = {
    "age": "Deaths notified to the panel, by age.",
    "category": "Reviews completed, by the cause that the panel settled on.",
    "expectedness": "Expected: foreseen 24 hours before. Unexpected does not mean suspicious.",
    "modifiable": "Reviews completed. A lesson does not mean that somebody was to blame.",
    "abuse": "Deaths notified to the panel.",
}
NOUGHT = "**0** is a true nought."
KEY = (
    f"**c** hidden: the number is small, or would give a small one away. {NOUGHT} "
    "Hidden numbers are counted in the totals."
)


def grid(page: Page, *, exact: bool) -> None:
    """The split that the address names, with its finding, its key and its twin.

    Exact counts stand in the table alone, in brackets: a title or a figure could be read from a shared
    screen without them.
    """
    counts, seen_by_all = page.ask(death_counts, exact=exact), page.ask(death_counts)
    there = page.keep("deaths/splits", lambda: death_table.splits(counts), exact)
    by = one_of(BY, there)
    title = page.keep("deaths/split", lambda: finds.split(seen_by_all, by), by)
    show.finding(title, f"{COUNTED[by]} Years to 31 March.")
    _switch(there, by)
    said = page.keep("deaths/grid", lambda: _muted(page, counts, by), by, exact)
    st.dataframe(
        said,
        hide_index=True,
        column_config=_columns(said.columns.tolist()),
        height=35 * (len(said.data) + 1) + 2,
        alt=f"{death_table.HEADS[by]}, five years together and year by year",
    )
    show.note(f"{EXACT_KEY} {NOUGHT}" if exact else KEY)
    rows = page.keep("deaths/rows", lambda: only_for(death_table.rows(counts, by), exact), by, exact)
    words = {**death_table.ROWS, **ONLY} if exact else death_table.ROWS
    show.twin(page, rows, words, marked(f"child deaths by {SHORT[by].lower()}", exact))


def _switch(there: list[str], now: str) -> None:
    st.session_state["deaths_by"] = now
    st.segmented_control(
        "Show by",
        there,
        key="deaths_by",
        format_func=SHORT.__getitem__,
        on_change=_switched,
        label_visibility="collapsed",
        required=True,
    )


def _switched() -> None:
    keep(BY, st.session_state["deaths_by"])


def _muted(page: Page, counts: pd.DataFrame, by: str) -> Any:
    """The table with its hidden cells in a fainter ink: a letter, never a number."""
    table = death_table.by_year(counts, by)
    return table.style.map(lambda cell: f"color: {page.ink.muted}" if cell in ("c", "x") else "")


def _columns(names: list[str]) -> dict[str, Any]:
    c = st.column_config
    first, *others = names
    return {first: c.TextColumn(width=186)} | {
        name: c.TextColumn(alignment="right", width=80 if name == death_table.POOLED else 66)
        for name in others
    }
