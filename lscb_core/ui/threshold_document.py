"""The threshold document itself, what was found about its use, and that nobody sends figures on it."""

import streamlit as st

from lscb_core.domain.periods import month_label
from lscb_core.findings.thresholds import NEVER_COUNTED, document_words, who_sends_none
from lscb_core.findings.words import Row, rows_of
from lscb_core.queries.partner_returns import partner_returns
from lscb_core.queries.threshold_documents import SAID, documents, said_of_thresholds
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

MOST_SAID = 5


def nobody_can_check(page: Page) -> None:
    """What is missing is a finding: without counts of referrals no board sees how thresholds are used."""
    sent = page.ask(partner_returns)
    show.finding(NEVER_COUNTED, page.keep("thresholds/nobody", lambda: plain(who_sends_none(sent))))


def document_and_findings(page: Page) -> None:
    """The document with its dates, and what inspections, audits and the risk list say of its use."""
    listed, told = page.ask(documents), page.ask(said_of_thresholds)
    left, right = st.columns(2, gap="large")
    with left:
        show.finding("The threshold document", "" if len(listed) else "None is on record for this day.")
        for row in page.keep("thresholds/documents", lambda: rows_of(listed)):
            _lines(row["title"], _about(row))
    with right:
        show.finding(
            "What was found about its use", "" if len(told) else "Nothing is on record for this day."
        )
        for row in page.keep("thresholds/said", lambda: rows_of(told)[:MOST_SAID]):
            _lines(row["text"], _who(row))
        if len(told) > MOST_SAID:
            show.twin(page, told, SAID, "found about thresholds")


def _lines(first: str, second: str) -> None:
    with st.container(gap=None):
        st.markdown(f"**{plain(first)}**")
        show.note(plain(second))


def _about(row: Row) -> str:
    return " ".join(part for part in (document_words(row), row["note"], _source(row["source"])) if part)


def _who(row: Row) -> str:
    when = f", {month_label(row['on'])}" if row["on"] else ""
    return f"{row['kind']}{when}. {_source(row['source'])}".strip()


def _source(source: str) -> str:
    return f"Source: {source}." if source and source != "Invented" else ""
