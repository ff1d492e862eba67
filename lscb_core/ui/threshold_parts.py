"""The board's own referrals: who refers below the threshold, how that moved, how far referrals go."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import funnel, steps, trend
from lscb_core.domain.numbers import of, percent
from lscb_core.domain.periods import day
from lscb_core.findings import thresholds as findings
from lscb_core.findings.comparisons import symbols_key
from lscb_core.findings.words import rows_of
from lscb_core.queries import referral_flow, thresholds
from lscb_core.queries.threshold_documents import in_use
from lscb_core.ui import show
from lscb_core.ui.address import with_changes
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain
from lscb_core.ui.places import place

SHADED = "Shaded: where 95 in 100 agencies would lie by chance alone."
LIKELY = "Shaded: likely range (95%)."
HOW_TO_READ = """
Each mark is an agency. The further right, the more referrals it sent; the higher, the larger the share that
needed no social work.

The level line is the whole board. An agency with few referrals can lie far from it by chance, so the shaded
part is wide on the left and narrow on the right.

▲ above the shaded part, ▼ below it, ● inside. Only beyond the outer lines (99.8%) is chance ruled out with
some confidence. High means: ask why. Low is not always good: an agency that refers too little is low too.

The whole board's share also counts referrals by families and the public, who are no agency.
"""
IN_TWIN = ("agency", "below", "referrals", "share", "low", "high", "position", "symbol")


def by_agency(page: Page) -> None:
    """The funnel of the last complete year; a chosen mark, or a chosen name, opens the agency's page."""
    agencies, whole = page.ask(thresholds.below_threshold_by_agency), page.ask(thresholds.whole_board)
    words = page.keep("thresholds/agencies", lambda: _agency_words(agencies, whole))
    show.finding(words["title"], words["what"])
    if words["rate"] is not None:
        event = show.chart(page, funnel, agencies, key="funnel", rate=words["rate"], on_select="rerun")
        _open(words["slugs"], [point["agency"] for point in event["selection"].get("agency", [])])
    if words["below"]:
        show.note(plain(words["below"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("How to read this chart", type="tertiary", icon=":material/help:"):
            st.markdown(HOW_TO_READ)
        twin = page.keep("thresholds/agencies/table", lambda: in_percent(agencies))
        show.twin(page, twin, words_of(thresholds.BELOW_BY_AGENCY, IN_TWIN), "below the threshold by agency")
        _open(words["slugs"], [_agency_box(list(words["slugs"]))])


def _agency_words(agencies: pd.DataFrame, whole: pd.DataFrame) -> dict[str, Any]:
    if agencies.empty:
        what = "Shown once the board has counts for a whole year to 31 March."
        return {
            "title": findings.who_stands_out(agencies),
            "what": what,
            "below": "",
            "rate": None,
            "slugs": {},
        }
    year = rows_of(whole)[0]
    known = year["share"] is not None
    board = f"{of(year['below'], year['referrals'])} ({percent(year['share'])})" if known else "hidden"
    return {
        "title": findings.who_stands_out(agencies),
        "what": f"Share of referrals below the threshold, by agency, year to {day(year['period_end'])}. "
        f"Whole board: {board}. {SHADED}",
        "below": f"{findings.others_apart(agencies)} {findings.not_drawn(agencies)}".strip(),
        "rate": year["share"],
        "slugs": dict(zip(agencies["agency"], agencies["agency_slug"], strict=True)),
    }


def _agency_box(names: list[str]) -> str | None:
    return st.selectbox(
        "Open an agency",
        names,
        index=None,
        key="open_agency",
        placeholder="Open an agency's page",
        label_visibility="collapsed",
        width=240,
    )


def _open(slugs: Mapping[str, str], names: list[str | None]) -> None:
    """Go to the page of the first name that is an agency's."""
    for name in names:
        if name is not None and name in slugs:
            st.switch_page(place("agency"), query_params=with_changes(agency=slugs[name]))


def since_the_document(page: Page) -> None:
    """The share month by month, before and since the document, of the board or of the chosen agency."""
    months = page.ask(thresholds.below_threshold_by_month)
    agency = page.choices.agency(page.view.agency_id)
    words = page.keep("thresholds/months", lambda: _month_words(months, agency.title if agency else ""))
    show.finding(words["title"], words["what"])
    if not words["drawn"]:
        show.empty(
            page, "**No month to draw.** Each month has under ten referrals, or its numbers are hidden."
        )
        return
    lines = tuple(page.ask(in_use, between=words["between"]))
    show.chart(page, trend, months, key="trend", eras=words["eras"], documents=lines)
    twin = page.keep("thresholds/months/table", lambda: in_percent(months))
    columns = ("month", "era", "below", "referrals", "share", "low", "high", "symbol")
    show.twin(page, twin, words_of(thresholds.BELOW_BY_MONTH, columns), "below the threshold by month")


def _month_words(months: pd.DataFrame, agency: str) -> dict[str, Any]:
    eras = thresholds.by_era(months)
    whose = f"Referrals from {plain(agency)}" if agency else "All referrals"
    left_out = findings.months_left_out(months)
    return {
        "title": findings.since_the_document(eras, agency=agency),
        "what": f"{whose}: share below the threshold, each month. {LIKELY} {left_out}".strip(),
        "drawn": findings.enough_to_draw(months),
        "between": (months["month"].iloc[0], months["month"].iloc[-1]) if len(months) else None,
        "eras": tuple((row["era"], row["share"]) for row in rows_of(eras) if row["share"] is not None),
    }


def from_step_to_step(page: Page) -> None:
    """From contact to plan in the last complete year, last year's shares beside."""
    found = page.ask(referral_flow.conversion)
    if found.empty:
        return
    words = page.keep("thresholds/steps", lambda: (findings.how_far_they_go(found), _steps_note(page, found)))
    show.finding(*words)
    show.chart(page, steps, found, key="steps")
    twin = page.keep("thresholds/steps/table", lambda: in_percent(found))
    columns = ("step", "n", "share", "n_before", "was", "symbol")
    show.twin(page, twin, words_of(referral_flow.CONVERSION, columns), "from contact to plan")


def _steps_note(page: Page, found: pd.DataFrame) -> str:
    year = f"Year to {day(found['period_end'].iloc[0])}. "
    board = "Whole board: steps are not counted by agency. " if page.view.agency_id is not None else ""
    what = "Percentage of the step before, and the year before. Counts of one year, not the same children."
    return f"{year}{board}{what} {symbols_key(found['symbol'])}".strip()


def in_percent(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its shares in words for a table: 38.2%."""
    shares = [name for name in ("share", "was", "low", "high") if name in frame]
    worded = {name: [percent(None if pd.isna(each) else each) for each in frame[name]] for name in shares}
    return frame.assign(**worded)


def words_of(columns: Mapping[str, str], names: tuple[str, ...] = ()) -> dict[str, str]:
    """The columns' words without their small print."""
    return {name: columns[name].split(" (")[0].split(",")[0] for name in names or columns}
