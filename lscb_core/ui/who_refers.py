"""Who refers below the threshold: the funnel, by agency, or by source where a file knows no agencies."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.charts import funnel
from lscb_core.domain.numbers import of, percent
from lscb_core.domain.periods import between
from lscb_core.findings import thresholds as findings
from lscb_core.findings.census import sources_not_drawn, too_few_to_compare
from lscb_core.findings.words import Row, rows_of
from lscb_core.queries import census, thresholds
from lscb_core.queries.stretches import Counted, how_counted
from lscb_core.ui import show
from lscb_core.ui.address import with_changes
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain
from lscb_core.ui.places import place
from lscb_core.ui.provenance import where_from
from lscb_core.ui.threshold_parts import as_words, in_percent, words_of

SHADED = "Shaded: where 95 in 100 {many} would lie by chance alone."
HOW_TO_READ = """
Each mark is {an}. The further right, the more referrals it sent; the higher, the larger the share that
{fell}.

The level line is the whole board. {a_few} can lie far from it by chance, so the shaded
part is wide on the left and narrow on the right.

▲ above the shaded part, ▼ below it, ● inside. Only beyond the outer lines (99.8%) is chance ruled out with
some confidence. High means: ask why. Low is not always good: {too_little} is low too.

{outside}
"""
BY_AGENCY = {
    "an": "an agency",
    "a_few": "An agency with few referrals",
    "too_little": "an agency that refers too little",
    "outside": "The whole board's share also counts referrals by families and the public, who are no agency.",
}
BY_SOURCE = {
    "an": "a source of referrals, as the national statistics group them",
    "a_few": "A source with few referrals",
    "too_little": "a source that refers too little",
    "outside": "A source may be several agencies: all health services are one.",
}
NFA_ONLY = (
    "Only referrals that ended in **no further action** count here as below the threshold: the file does not "
    "tell advice and early help apart."
)
MAPPED = "Sources are counted to agencies by the board's own list."
FEW = "Too few numbers can be shown to compare who refers"
NO_YEAR = "Shown once the board has counts for a whole year to 31 March."
IN_TWIN = ("agency", "below", "referrals", "share", "low", "high", "position", "symbol")


def who_refers(page: Page) -> None:
    """The funnel of the last complete year, or of the months there are; by agency or by source."""
    counted = page.ask(how_counted)
    if counted.by == "group":
        _by_source(page, counted)
    else:
        _by_agency(page, counted)


def _by_agency(page: Page, counted: Counted) -> None:
    """A chosen mark, or a chosen name, opens the agency's page."""
    agencies, whole = page.ask(thresholds.below_threshold_by_agency), page.ask(thresholds.whole_board)
    words = page.keep("thresholds/agencies", lambda: _words(agencies, whole, counted))
    slugs = dict(zip(agencies["agency"], agencies["agency_slug"], strict=True))
    show.finding(words["title"], words["what"])
    if words["is_drawn"]:
        event = _draw(page, agencies, words, "agency", on_select="rerun")
        _open(slugs, [point["agency"] for point in event["selection"].get("agency", [])])
    if words["apart"]:
        show.note(plain(words["apart"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if words["is_drawn"]:
            _how_to_read(BY_AGENCY, counted)
        twin = page.keep("thresholds/agencies/table", lambda: in_percent(agencies))
        show.twin(page, twin, words_of(thresholds.BELOW_BY_AGENCY, IN_TWIN), "below the threshold by agency")
        _single_sources(page)
        _open(slugs, [_agency_box(list(slugs))])
    _where_from(page, counted)


def _by_source(page: Page, counted: Counted) -> None:
    """The same by published group of sources: a file on single children knows no agencies."""
    sources, whole = page.ask(census.below_threshold_by_source), page.ask(census.whole_in_stretch)
    named = page.keep("thresholds/named", lambda: sources.rename(columns={"source": "agency"}))
    words = page.keep("thresholds/sources", lambda: _words(named, whole, counted))
    show.finding(words["title"], words["what"])
    if words["is_drawn"]:
        _draw(page, named, words, "source")
    if words["apart"]:
        show.note(plain(words["apart"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if words["is_drawn"]:
            _how_to_read(BY_SOURCE, counted)
        twin = page.keep("thresholds/sources/table", lambda: in_percent(sources))
        columns = ("source", *IN_TWIN[1:])
        show.twin(page, twin, words_of(census.BELOW_BY_SOURCE, columns), "no further action by source")
        _single_sources(page)
    _where_from(page, counted)


def _single_sources(page: Page) -> None:
    """The table of every source code, where a file gave them."""
    single = page.ask(census.single_sources)
    if len(single):
        said = page.keep("thresholds/single", lambda: as_words(single))
        show.twin(page, said, census.SINGLE_SOURCES, "single sources", label="Each single source")


def _draw(page: Page, frame: pd.DataFrame, words: dict[str, Any], who: str, **more: Any) -> Any:
    options = {name: words[name] for name in ("rate", "across")} | {"who": who, "what": words["below"]}
    return show.chart(page, funnel, frame, key="funnel", **options, **more)


def _words(frame: pd.DataFrame, whole: pd.DataFrame, counted: Counted) -> dict[str, Any]:
    who, nfa = ("source" if counted.by == "group" else "agency"), counted.is_nfa_only
    below = findings.in_words_of(is_nfa_only=nfa)[1]
    title = findings.who_stands_out(frame, who=who, is_nfa_only=nfa)
    is_few = who == "source" and too_few_to_compare(frame)
    if frame.empty or counted.stretch is None:
        return {"title": title, "what": NO_YEAR, "apart": "", "is_drawn": False}
    period = between(counted.stretch.first, counted.stretch.last)
    year = rows_of(whole)[0]
    is_drawn = year["share"] is not None and bool(frame["share"].notna().any()) and not is_few
    many = SHADED.format(many="sources" if who == "source" else "agencies")
    notes = [f"Share of referrals {below}, by {who}, {period}. Whole board: {_board(year)}."]
    notes += [many] if is_drawn else []
    notes += [NFA_ONLY] if nfa else []
    notes += [MAPPED] if nfa and who == "agency" else []
    across = "Referrals sent in the year" if counted.stretch.is_year else f"Referrals sent, {period}"
    apart = f"{findings.others_apart(frame)} {_not_drawn(frame, who, nfa)}".strip()
    told = {"title": FEW if is_few else title, "what": " ".join(notes), "apart": apart, "below": below}
    return told | {"rate": year["share"], "across": across, "is_drawn": is_drawn}


def _board(year: Row) -> str:
    if year["share"] is not None:
        return f"{of(year['below'], year['referrals'])} ({percent(year['share'])})"
    if year["symbol"] or year["referrals"] is None:
        return "hidden"
    return f"{of(year['below'], year['referrals'])}, too few for a percentage"


def _not_drawn(frame: pd.DataFrame, who: str, nfa: bool) -> str:
    if who == "source":
        return sources_not_drawn(frame.rename(columns={"agency": "source"}))
    because = "No source in the file stands for" if nfa else "Nothing was sent for"
    return findings.not_drawn(frame, silent_because=because)


def _how_to_read(words: Mapping[str, str], counted: Counted) -> None:
    fell = "ended in no further action" if counted.is_nfa_only else "needed no social work"
    with st.popover("How to read this chart", type="tertiary", icon=":material/help:"):
        st.markdown(HOW_TO_READ.format(fell=fell, **words))


def _where_from(page: Page, counted: Counted) -> None:
    if counted.stretch is not None:
        where_from(page, ("referral",), counted.stretch.first, counted.stretch.last)


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
