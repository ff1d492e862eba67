"""The parts of the page of child deaths: figures, timeliness, what a report says. Never a case."""

from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import timeliness as timeliness_chart
from lscb_core.db.access import check_open
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day
from lscb_core.domain.permissions import Act
from lscb_core.errors import NotOpen
from lscb_core.findings import death_cards
from lscb_core.findings import deaths as finds
from lscb_core.queries import death_table
from lscb_core.queries.deaths import TIMELINESS, death_counts, timeliness
from lscb_core.queries.panel import panel_reports, review_limit_days
from lscb_core.ui import show
from lscb_core.ui.address import keep
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain, show_error

EXACT = "exact"
ONLY_FOR = "Exact counts: for the chair, the board manager and the panel only"
EXACT_KEY = "Numbers in brackets are hidden from everybody else: do not read them out or pass them on."
HIDDEN_YEARS = "**c** hidden: so few reviews were late that their number could point to a child."
RANGE = "Grey bar: likely range (95%)."


def exact_switch(page: Page) -> bool:
    """Whether exact counts are shown: never at first, and only to those who may see them."""
    if st.query_params.get(EXACT) == "1" and not page.view.exact_deaths:
        _refuse(page)
        return False
    if not page.view.exact_deaths or not page.keep("deaths/hides", lambda: _hides(page)):
        return False
    is_on = st.query_params.get(EXACT) == "1"
    st.session_state["exact_deaths"] = is_on
    st.toggle("Show exact counts", key="exact_deaths", on_change=_switched)
    if is_on:
        st.warning(f"**{ONLY_FOR}.** {EXACT_KEY}", icon=":material/visibility_lock:")
    return is_on


def _refuse(page: Page) -> None:
    """Say it once to whoever follows another's link, or kept a switch; the history notes the try."""
    keep(EXACT, None)
    try:
        check_open(page.session, page.person, Act.SEE_EXACT_DEATHS, board_id=page.view.board_id)
    except NotOpen as refused:
        show_error(refused)


def _hides(page: Page) -> bool:
    """Whether anything is hidden on this day, so that there is something to switch to."""
    return bool(page.ask(death_counts)["is_hidden"].any())


def _switched() -> None:
    keep(EXACT, "1" if st.session_state["exact_deaths"] else None)


def figures(page: Page, *, exact: bool) -> None:
    """Up to three figures of the newest year, and the panel's annual report."""
    counts, reports = page.ask(death_counts, exact=exact), page.ask(panel_reports)
    cards = page.keep("deaths/cards", lambda: death_cards.cards(counts, reports), exact)
    if not cards:
        return
    with st.grid(4, border=True, min_column_width=150):
        for card in cards:
            tone: show.Tone = "worse" if card.is_worse else "neither"
            show.figure(card.label, card.value, card.change or None, tone=tone, help_=plain(card.help))


def in_time(page: Page, *, exact: bool) -> None:
    """How many reviews were completed within the limit, year by year."""
    years = page.ask(timeliness, exact=exact)
    if years.empty:
        show.finding("How timely reviews are is not known", "The board holds no figures of reviews.")
        return
    limit = (
        f"Reviews completed within {finds.limit(page.ask(review_limit_days))} of the death, of all completed."
    )
    seen_by_all = page.ask(timeliness)
    title = page.keep("deaths/in-time", lambda: finds.timeliness(seen_by_all))
    show.finding(title, f"{limit} Years to 31 March. {RANGE}")
    name = marked("reviews in time", exact)
    show.chart(page, timeliness_chart, years, key=name, title="Reviews completed in time")
    if exact and "c" in seen_by_all["symbol"].tolist():
        show.note(f"**{ONLY_FOR}.** Years that are hidden from everybody else are drawn too.")
    if "c" in years["symbol"].tolist():
        show.note(HIDDEN_YEARS)
    show.twin(page, only_for(years, exact), {**TIMELINESS, **ONLY} if exact else TIMELINESS, name)


ONLY = {"only_for": "for whom"}


def marked(name: str, exact: bool) -> str:
    """A table's name, which its files carry: with exact counts it says so."""
    return f"{name} EXACT COUNTS" if exact else name


def only_for(frame: pd.DataFrame, exact: bool) -> pd.DataFrame:
    """The frame, with exact counts marked in every row for whom they are."""
    return frame.assign(only_for=ONLY_FOR) if exact else frame


def published(page: Page) -> None:
    """Figures of one period as the board's own report gives them, and what it leaves out."""
    counts = page.ask(death_counts)
    said = page.keep("deaths/published", lambda: _published(counts))
    origin, paragraph = counts["origin"].iloc[0], counts["source"].iloc[0]
    show.finding(
        f"What was published: {death_cards.newest_period(counts)}",
        f"As the report gives it: {plain(origin)}, {plain(paragraph)}. These numbers are public.",
    )
    st.table(said, border="horizontal", hide_index=True)
    for words in page.keep("deaths/notes", lambda: _notes(counts)):
        show.note(words)
    show.twin(page, counts, death_table.ROWS, "child deaths as published")


def _published(counts: pd.DataFrame) -> pd.DataFrame:
    rows = counts.to_dict("records")
    return pd.DataFrame(
        {"What": [row["line"] for row in rows], "Number": [death_table.text(row) for row in rows]}
    )


def _notes(counts: pd.DataFrame) -> list[str]:
    key = ["**x** the report does not give the number."] if "x" in counts["symbol"].tolist() else []
    return [*key, *(plain(note) for note in counts["note"].unique() if note)]


def left_out(page: Page) -> None:
    """What the published report does not say: a finding too."""
    words = page.keep("deaths/left-out", lambda: finds.not_given(page.ask(death_counts)))
    if words:
        show.finding("What the report leaves out")
        st.markdown(
            f"The report says nothing of {words}. Without these nobody can see what could be learned."
        )


def nothing_known(page: Page) -> None:
    """No figure at all: said as what it is."""
    show.finding("No figures of child deaths are known")
    st.markdown(
        f"No report of {plain(page.choices.board_name)} up to {day(page.view.as_at)} gives any. So the board "
        "cannot see how many children died, or whether each death was reviewed in time."
    )


def late_report(page: Page) -> None:
    """The panel's annual report where it is late: what is known of it, and what the board said."""
    for words in page.keep("deaths/late", lambda: _late(page.ask(panel_reports))):
        show.finding("The panel's annual report is late")
        st.markdown(words)


def _late(reports: pd.DataFrame) -> list[str]:
    """The late ones, in two lines each."""
    return [_said_late(row) for row in show.rows_of(reports) if row["standing"] == "late"]


def _said_late(row: dict[str, Any]) -> str:
    late = f" by {plural(row['days_late'], 'day')}" if row["due_on"] else ""
    due = f"Due {day(row['due_on'])}." if row["due_on"] else ""
    told = " ".join(plain(words) for words in (due, row["note"], row["board_response"]) if words)
    return f":red-badge[Late{late}] **{plain(row['title'])}**  \n:small[:gray[{told}]]"
