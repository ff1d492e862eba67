"""Parts of the measures page: cards with a chart, figures from documents, who sends what."""

from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import xmr
from lscb_core.domain.periods import short_day
from lscb_core.findings import measures as words
from lscb_core.findings.words import rows_of
from lscb_core.queries.document_figures import DOCUMENT_FIGURES, document_figures
from lscb_core.queries.measure_cards import CARDS, measure_cards
from lscb_core.queries.measure_series import SERIES, measure_series
from lscb_core.queries.measures import comments
from lscb_core.queries.partner_returns import RETURNS, partner_returns
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

MARKS = (
    ":orange[◆] worse than ordinary",
    ":blue[■] better than ordinary",
    ":violet[▲▼] changed, neither better nor worse",
    ":gray[●] nothing unusual",
)
HOW_TO_READ = (
    "**Shaded:** ordinary ups and downs. **Line:** the average. **Dotted:** the target.",
    "  \n".join(MARKS),
    "A larger mark is from the last 12 months. Fewer than 12 points: no shading yet.",
)
NO_SERIES = (
    "The published reports give single figures. Without a series nobody can tell a real change from ordinary "
    "ups and downs."
)
SENDS = {"yes": ":green-badge[All]", "some": ":orange-badge[Some]", "no": ":red-badge[None]"}


def opening(page: Page) -> None:
    """The headline, and what stands first."""
    cards, figures = page.ask(measure_cards), page.ask(document_figures)
    if cards.empty:
        show.heading(words.documents_headline(figures), NO_SERIES if len(figures) else "")
    else:
        show.heading(words.headline(cards), page.keep("measures/lead", lambda: words.lead(cards)))


def nothing(page: Page) -> None:
    """Said where neither a series nor a figure is held."""
    if page.ask(measure_cards).empty and page.ask(document_figures).empty:
        show.empty(page, "**No measure is held** for this board on this day through these filters.")


def card_groups(page: Page) -> None:
    """The measures under what they call for, each with its chart."""
    cards = page.ask(measure_cards)
    if cards.empty:
        return
    series = page.keep("measures/series", lambda: _by_measure(page.ask(measure_series)))
    grouped = page.keep("measures/groups", lambda: words.groups(cards))
    for place, (title, own) in enumerate(grouped.items()):
        show.finding(title)
        grid = st.grid(3, border=True, min_column_width=300)
        for card in own:
            with grid.cell():
                _card(page, card, series[card["measure"]])
        if place == 0:
            with grid.cell():
                st.markdown("### How to read these charts", anchors=False)
                st.markdown("\n\n".join(HOW_TO_READ))
    _tables(page, cards)


def _by_measure(series: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(key): own.reset_index(drop=True) for key, own in series.groupby("measure", sort=False)}


def _card(page: Page, card: dict[str, Any], series: pd.DataFrame) -> None:
    colour, badge = words.badge(card)
    with st.container(gap=None):
        st.markdown(f"### {plain(card['title'])}", anchors=False, help=words.about(card["measure"]))
        st.markdown(f":{colour}-badge[{badge}] {words.levels(card)}")
    options = {"title": card["title"], "target": card["target"], "unit": words.unit_of(card)}
    percent = card["unit"] == "percent"
    show.chart(page, xmr, series, key=f"measure-{card['measure']}", percent=percent, **options)
    _said(page, card)
    if card["note"]:
        show.note(plain(card["note"]))


def _said(page: Page, card: dict[str, Any]) -> None:
    """The explanation with its signature, or that it is owed."""
    if words.is_owed(card):
        owed = f", owed by {plain(card['owner'])}" if card["owner"] else ""
        st.markdown(f":orange[:material/feedback: **No explanation yet**{owed}]")
        if agency := page.choices.agency(card["agency_id"]):
            show.go("agency", agency.title, agency=agency.key)
    elif card["text"]:
        _signed(card)


def _signed(said: dict[str, Any]) -> None:
    with st.container(gap=None):
        show.note(plain(said["text"]))
        show.note(f"*{plain(words.signature(said))}*")


def _tables(page: Page, cards: pd.DataFrame) -> None:
    left_out = ("measure", "agency_id", "is_explained")
    shown = {key: said for key, said in CARDS.items() if key not in left_out}
    show.twin(page, cards, shown, "measures")
    points = {key: said for key, said in SERIES.items() if key not in ("agency_id", "rule")}
    show.twin(page, page.ask(measure_series), points, "measures month by month")


def from_documents(page: Page) -> None:
    """Single figures of the board's reports, contradictions side by side."""
    figures = page.ask(document_figures)
    if figures.empty:
        return
    show.finding("What the reports give", "Each as the document has it, with its paragraph and its doubts.")
    said = page.keep(
        "measures/said", lambda: {row["measure"]: row for row in reversed(rows_of(page.ask(comments)))}
    )
    grid = st.grid(3, border=True, min_column_width=300)
    for label, rows in page.keep("measures/figures", lambda: words.by_measure(figures)).items():
        with grid.cell():
            _document_card(label, rows, said.get(rows[0]["measure"]))
    show.twin(
        page, figures, {k: v for k, v in DOCUMENT_FIGURES.items() if k != "measure"}, "figures of the reports"
    )


def _document_card(label: str, rows: list[dict[str, Any]], said: dict[str, Any] | None) -> None:
    st.markdown(f"### {plain(label)}", anchors=False)
    for row in rows:
        with st.container(gap=None):
            st.markdown(words.observed(row))
            show.note(plain(f"{row['note']} {row['origin']}, {row['source']}.".strip()))
    if said:
        _signed(said)


def who_sends(page: Page) -> None:
    """Which partners send figures: what is missing is a finding."""
    returns = page.ask(partner_returns)
    if returns.empty:
        return
    show.finding(page.keep("measures/partners", lambda: words.partners_title(returns)), "Latest returns.")
    st.table(page.keep("measures/returns", lambda: _returns(returns)), border="horizontal", hide_index=True)
    shown = {key: said for key, said in RETURNS.items() if key != "agency_slug"}
    show.twin(page, returns, shown, "who sends figures")


def _returns(returns: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "Partner": plain(row["agency"] or "All others"),
            "Sends": SENDS[row["supplies"]],
            "On time, 12 months": f"{row['on_time']} of {row['due']}" if row["due"] else "–",
            "Last sent": short_day(row["last_sent_on"]) if row["last_sent_on"] else "–",
            "Note": plain(row["note"]),
        }
        for row in rows_of(returns)
    ]
    return pd.DataFrame(rows)
