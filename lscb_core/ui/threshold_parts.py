"""The board's own referrals: how the share below the threshold moved, how far referrals go."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import steps, trend
from lscb_core.domain.numbers import percent
from lscb_core.domain.periods import between
from lscb_core.findings import thresholds as findings
from lscb_core.findings.comparisons import symbols_key
from lscb_core.findings.share_tables import few_months, month_by_month
from lscb_core.findings.words import rows_of
from lscb_core.queries import referral_flow, thresholds
from lscb_core.queries.census import STEPS_BY_SOURCE, steps_by_source
from lscb_core.queries.stretches import Counted, how_counted
from lscb_core.queries.threshold_documents import in_use
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain
from lscb_core.ui.provenance import where_from

LIKELY = "Shaded: likely range (95%)."
EARLIER = "Earlier months are left out: they were counted in another way."


def since_the_document(page: Page) -> None:
    """The share month by month, before and since the document, of the board or of the chosen agency."""
    counted = page.ask(how_counted)
    agency = page.choices.agency(page.view.agency_id)
    instead = ""
    if agency and counted.is_nfa_only and page.ask(thresholds.below_threshold_by_month).empty:
        page, instead = page.seen_as(agency_id=None), agency.title
        agency = None
    months = page.ask(thresholds.below_threshold_by_month)
    title = agency.title if agency else ""
    words = page.keep("thresholds/months", lambda: _month_words(months, counted, title, instead), instead)
    show.finding(words["title"], words["what"])
    if not words["drawn"]:
        show.empty(
            page, "**No month to draw.** Each month has under ten referrals, or its numbers are hidden."
        )
    else:
        _draw_months(page, months, words)
    where_from(page, ("referral",), *(words["between"] or ()))


def _draw_months(page: Page, months: pd.DataFrame, words: dict[str, Any]) -> None:
    if words["few"] is not None:
        st.table(words["few"], border="horizontal", hide_index=True)
    else:
        lines = tuple(page.ask(in_use, between=words["between"]))
        options = {"eras": words["eras"], "documents": lines, "what": words["counted"]}
        show.chart(page, trend, months, key="trend", title=f"Share {words['below']} each month", **options)
    twin = page.keep("thresholds/months/table", lambda: in_percent(months))
    columns = ("month", "era", "below", "referrals", "share", "low", "high", "symbol")
    show.twin(page, twin, words_of(thresholds.BELOW_BY_MONTH, columns), "below the threshold by month")


def _month_words(months: pd.DataFrame, counted: Counted, agency: str, instead: str) -> dict[str, Any]:
    eras, nfa = thresholds.by_era(months), counted.is_nfa_only
    below = findings.in_words_of(is_nfa_only=nfa)[1]
    whose = f"Referrals from {plain(agency)}" if agency else "All referrals"
    told = "No further action" if nfa else "Below the threshold"
    drawn, few = findings.enough_to_draw(months), few_months(months)
    notes = [f"{whose}: share {below}, each month."]
    notes += [LIKELY, findings.months_left_out(months)] if drawn and not few else []
    if instead:
        notes.append(f"Whole board: the months of {plain(instead)} are not counted by themselves.")
    if counted.otherwise:
        notes.append(EARLIER)
    return {
        "title": findings.since_the_document(eras, agency=agency, is_nfa_only=nfa),
        "what": " ".join(note for note in notes if note),
        "drawn": drawn,
        "few": month_by_month(months, told) if few else None,
        "between": (months["month"].iloc[0], months["month"].iloc[-1]) if len(months) else None,
        "eras": tuple((row["era"], row["share"]) for row in rows_of(eras) if row["share"] is not None),
        "below": below,
        "counted": told,
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
    with st.container(horizontal=True):
        show.twin(page, twin, words_of(referral_flow.CONVERSION, columns), "from contact to plan")
        sources = page.ask(steps_by_source)
        if len(sources):
            said = page.keep("thresholds/steps/sources", lambda: as_words(sources))
            show.twin(page, said, words_of(STEPS_BY_SOURCE), "steps by source", label="By source")
    where_from(page, tuple(found["code"]), found["period_start"].iloc[0], found["period_end"].iloc[0])


def _steps_note(page: Page, found: pd.DataFrame) -> str:
    period = between(found["period_start"].iloc[0], found["period_end"].iloc[0])
    board = "Whole board: steps are not counted by agency. " if page.view.agency_id is not None else ""
    before = ", and the year before" if found["was"].notna().any() else ""
    one = "year" if period.startswith("year") else "period"
    what = f"Percentage of the step before{before}. Counts of one {one}, not the same children."
    return f"{period[0].upper()}{period[1:]}. {board}{what} {symbols_key(found['symbol'])}".strip()


def in_percent(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its shares in words for a table: 38.2%."""
    shares = [name for name in ("share", "was", "low", "high") if name in frame]
    worded = {name: [percent(None if pd.isna(each) else each) for each in frame[name]] for name in shares}
    return frame.assign(**worded)


def as_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with counts and letters in one column as words: a table cannot hold both."""
    return frame.map(lambda cell: "" if cell is None else str(cell))


def words_of(columns: Mapping[str, str], names: tuple[str, ...] = ()) -> dict[str, str]:
    """The columns' words without their small print."""
    return {name: columns[name].split(" (")[0].split(",")[0] for name in names or columns}
