"""What has been sent: partner by month, the table behind it, and one agency's own list."""

import streamlit as st

from lscb_core.charts import sent_strip
from lscb_core.findings import coverage as words
from lscb_core.findings.words import rows_of
from lscb_core.queries.coverage import coverage, coverage_by_month
from lscb_core.queries.partner_returns import partner_returns
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

IN_TWIN = {
    "agency": "partner",
    "title": "return",
    "period": "about",
    "due_on": "due",
    "sent_on": "came",
    "state": "what came",
    "note": "note",
}
MOST_LISTED = 4
SENDS = {"yes": ("blue", "Sends them"), "some": ("orange", "Sends part"), "no": ("red", "Sends nothing")}
TOLD = {"agency": "partner", "supplies": "sends figures", "note": "note", "source": "source"}


def news(page: Page) -> str:
    """Who is missing, and how many returns came in time."""
    return page.keep("coverage/lead", lambda: words.lead(page.ask(coverage), page.ask(partner_returns)))


def months(page: Page) -> None:
    """Each partner's months as lettered squares, and every return in the table behind; else what is told."""
    held = page.ask(coverage_by_month)
    if held.empty:
        _as_told(page)
        return
    title = page.keep("coverage/title", lambda: words.title(held))
    show.finding(title, words.KEY)
    show.chart(page, sent_strip, held, key="sent")
    listed = page.keep("coverage/table", lambda: words.in_words_of(page.ask(coverage)))
    show.twin(page, listed, IN_TWIN, "returns")


def _as_told(page: Page) -> None:
    """Without a day for any return: what is told of each partner."""
    told = rows_of(page.ask(partner_returns))
    if not told:
        show.empty(page, "**Nothing to show.** No return is asked for, and nothing is noted of any partner.")
        return
    show.finding("What is told of each partner", "No day is given for these, so no month can be shown.")
    for row in told:
        _partner(row)
    show.twin(page, page.ask(partner_returns), TOLD, "partners")


def _partner(row: dict[str, str]) -> None:
    colour, said = SENDS[row["supplies"]]
    with st.container(gap=None):
        st.markdown(f":{colour}-badge[{said}] **{plain(row['agency'] or 'All others')}**")
        if row["note"]:
            show.note(plain(row["note"]))


def of_agency(page: Page) -> None:
    """What the agency of the view has sent in the last twelve months, the latest first."""
    held = page.ask(coverage)
    title = page.keep("coverage/agency", lambda: words.title(page.ask(coverage_by_month)))
    show.finding(title, "What this agency has sent, the latest first.")
    for row in page.keep("coverage/lines", lambda: rows_of(held.head(MOST_LISTED))):
        line(row)
    listed = page.keep("coverage/table", lambda: words.in_words_of(held))
    show.twin(page, listed, IN_TWIN, "returns")


def line(row: dict[str, str]) -> None:
    """One return in two lines."""
    colour, badge, what, told = words.line(row)
    with st.container(gap=None):
        st.markdown(f":{colour}-badge[{badge}] **{plain(what)}**")
        show.note(plain(told))
