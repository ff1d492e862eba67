"""Parts of the overview: the figures, the questions to ask, who holds the late actions, what changed."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from lscb_core.charts import late_bars
from lscb_core.domain.periods import day
from lscb_core.findings import figures as figure_words
from lscb_core.findings import overview as words
from lscb_core.findings.figures import Shown
from lscb_core.findings.reports import judgement_lines, report_lines
from lscb_core.queries import briefing
from lscb_core.queries.actions import BY_AGENCY, late_by_agency
from lscb_core.queries.board_work import inspections
from lscb_core.queries.loose_ends import told_until
from lscb_core.queries.measure_cards import measure_cards
from lscb_core.queries.reports import reports
from lscb_core.ui import show
from lscb_core.ui.briefing import briefing_changes, briefing_figures
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

MOST_LISTED = 14


def opening(page: Page) -> None:
    """The headline, and one sentence with the news."""
    met, as_at = page.ask(briefing.occasion), page.view.as_at
    title = words.headline(
        met.board,
        as_at,
        met.next.on if met.next else None,
        is_day_known=bool(met.next and met.next.is_day_known),
    )
    show.heading(title, page.keep("overview/news", lambda: _news(page)))


def _news(page: Page) -> str:
    met, told = page.ask(briefing.occasion), page.ask(told_until)
    if told:
        return f"{words.as_it_stands(briefing_figures(page))} {words.not_known_since(told)}"
    if met.last is None or not met.last.is_day_known:
        return words.as_it_stands(briefing_figures(page))
    changed, cards = briefing_changes(page), page.ask(measure_cards)
    return words.since_then(met.last.on, page.view.as_at, changed, cards)


def key_figures(page: Page) -> None:
    """At most eight figures, each with its change and a way to what is behind it."""
    found = briefing_figures(page)
    shown = page.keep("overview/figures", lambda: figure_words.shown(found))
    if not shown:
        show.empty(page, "**No figure is held** for this board on this day through these filters.")
        return
    grid = st.grid(4, border=True, min_column_width=150)
    for each in shown:
        with grid.cell(), st.container(gap="xxsmall"):
            _figure(page, each)
    if said := page.keep("overview/key", lambda: figure_words.key(found, page.ask(briefing.told_since))):
        show.note(said)
    for doubt in page.keep("overview/doubts", lambda: figure_words.notes(found)):
        show.note(plain(doubt))


def _figure(page: Page, each: Shown) -> None:
    show.figure(
        each.label, each.value, each.change or None, tone=each.tone, arrow=each.arrow, help_=each.help or None
    )
    if each.page:
        show.go(each.page, each.link, **each.changes)
    else:
        _reports(page, each.link)


def _reports(page: Page, link: str) -> None:
    """The reports, on the spot: they have no page of their own."""
    with st.popover(link, type="tertiary"):
        listed = page.keep("overview/reports", lambda: report_lines(page.ask(reports)))
        for colour, badge, title, where in listed[:MOST_LISTED]:
            with st.container(gap=None):
                st.markdown(f":{colour}-badge[{badge}] **{plain(title)}**")
                show.note(plain(where))


def late_actions(page: Page) -> None:
    """Bars of the late actions by agency; a chosen bar opens the agency."""
    held = page.ask(late_by_agency)
    if held.empty:
        return
    late = page.keep("overview/late", lambda: held[held["over_28"] + held["up_to_28"] > 0])
    title = words.who_is_late(late) if len(late) else "No action is past its agreed date"
    show.finding(title, f"Open actions past the agreed date on {day(page.view.as_at)}. {BARS}")
    if len(late):
        show.chart(page, late_bars, late, key="late-by-agency")
    columns = {key: said for key, said in BY_AGENCY.items() if key != "agency_slug"}
    show.twin(page, held, columns, "late by agency")
    with st.container(horizontal=True, gap="xxsmall"):
        for slug, agency in page.keep("overview/late-agencies", lambda: _named(late)):
            show.go("agency", agency, agency=slug)
        show.go("agency", "Agency by agency", agency=None)


def _named(late: pd.DataFrame) -> list[tuple[str, str]]:
    return [(slug, name) for slug, name in zip(late["agency_slug"], late["agency"], strict=True) if slug]


BARS = "Filled: over 28 days late. Outlined: up to 28 days."


def what_changed(page: Page) -> None:
    """What happened since the last meeting, one line a kind."""
    met = page.ask(briefing.occasion)
    if met.last is None or not met.last.is_day_known:
        return
    show.finding(f"What changed since {day(met.last.on)}")
    lines = page.keep("overview/changed", lambda: _table(words.what_changed(briefing_changes(page))))
    if lines.empty:
        show.note("Nothing in the register has changed.")
    else:
        st.table(lines, border="horizontal", hide_index=True, hide_header=True)


def judgements(page: Page) -> None:
    """What inspectors have said, the newest first."""
    lines = page.keep("overview/judgements", lambda: judgement_lines(page.ask(inspections)))
    if not lines:
        return
    show.finding("What inspectors have said")
    for subject, said in lines:
        with st.container(gap=None):
            st.markdown(f"**{plain(subject)}**")
            show.note(plain(said))


def _table(lines: list[tuple[str, str, str]]) -> pd.DataFrame:
    said: list[Mapping[str, str]] = [
        {"What": f":{colour}-badge[{badge}]", "Which": plain(sentence)} for colour, badge, sentence in lines
    ]
    return pd.DataFrame(said, columns=["What", "Which"])
