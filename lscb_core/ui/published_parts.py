"""Published statistics: the council beside England and its ten statistical neighbours."""

from functools import partial

import pandas as pd
import streamlit as st

from lscb_core.charts import compare, lines, source_dots
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.periods import day
from lscb_core.findings import comparisons as findings
from lscb_core.findings.words import Row, rows_of
from lscb_core.queries import comparisons, referral_sources
from lscb_core.ui import show
from lscb_core.ui.address import keep, one_of
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain
from lscb_core.ui.threshold_parts import in_percent, words_of

UNITS = {"percent": "%", "rate_per_10k": ""}
SOURCES_NOTE = (
    "{year}. Dot: share of referrals with its likely range (95%), filled where more than chance sets it "
    "apart from England. Upright stroke: England. {key}"
)
BEFORE_SOURCES = "Who refers is published from the year to 31 March 2014 on."
SHADED = "Shaded: from the lowest neighbour to the highest."


def beside_others(page: Page) -> None:
    """At a glance, who refers, and one measure in full: areas beside each other, and year by year."""
    found = page.ask(comparisons.comparison)
    if found.empty:
        _none_published()
        return
    rows = page.keep("published/rows", lambda: rows_of(found))
    sources = page.ask(referral_sources.sources_of_referral)
    if sources.empty:
        _at_a_glance(page, found, rows)
        show.note(BEFORE_SOURCES)
    else:
        left, right = st.columns(2, gap="large")
        with left:
            _at_a_glance(page, found, rows)
        with right:
            _who_refers(page, sources)
    _one_measure(page, rows)


def _none_published() -> None:
    show.finding(
        "No national statistics to compare with on this day",
        "The statistics begin with the year to 31 March 2013. Choose a later day above to see them.",
    )


def _at_a_glance(page: Page, found: pd.DataFrame, rows: list[Row]) -> None:
    area, counts = rows[0]["area"], page.ask(referral_sources.referrals_beside)
    words = page.keep("published/words", lambda: _words(counts, rows))
    near = " and its statistical neighbours" if rows[0]["neighbours"] else ""
    show.finding(f"{area} beside England{near}", words)
    said = page.keep("published/table", lambda: _table(rows))
    st.table(said, border="horizontal", hide_index=True)
    columns = words_of(comparisons.COMPARISON, tuple(comparisons.COMPARISON)[1:])
    in_words = page.keep(
        "published/counts", lambda: counts.map(lambda cell: "" if cell is None else str(cell))
    )
    with st.container(horizontal=True):
        show.twin(page, found, columns, "beside England")
        show.twin(page, in_words, referral_sources.REFERRALS, "referrals", label="Counts of each council")


def _words(counts: pd.DataFrame, rows: list[Row]) -> str:
    year = f"Year to {day(rows[0]['period_end'])}"
    symbols = findings.symbols_key(cell for cell in counts.to_numpy().ravel() if isinstance(cell, str))
    origins = dict.fromkeys(rows[0][name].split(":")[0] for name in ("origin", "england_origin"))
    source = " ".join(f"{plain(part)}." for part in (*origins, rows[0]["licence"]) if part)
    told = f"{year}: {plain(findings.referrals_in_words(counts))}. Rates are for every 10,000 children."
    return f"{told} {source} {symbols}".strip()


def _table(rows: list[Row]) -> pd.DataFrame:
    said = {
        "Measure": [_titled(row) for row in rows],
        plain(rows[0]["area"]): [row["symbol"] or findings.said(row["value"], row["unit"]) for row in rows],
        "England": [row["england_symbol"] or findings.said(row["england"], row["unit"]) for row in rows],
        "Neighbours": [_reach(row) for row in rows],
    }
    return pd.DataFrame({name: cells for name, cells in said.items() if any(cells)})


def _titled(row: Row) -> str:
    title: str = row["title"]
    return title.replace(" for every 10,000 children", ", per 10,000")


def _reach(row: Row) -> str:
    """'16.6% to 25.8%'; nothing without neighbours."""
    ends = ("lowest", "highest") if row["neighbours"] else ()
    return " to ".join(findings.said(row[end], row["unit"]) for end in ends)


def _who_refers(page: Page, sources: pd.DataFrame) -> None:
    title, note = page.keep("published/sources", lambda: _source_words(sources))
    show.finding(title, note)
    show.chart(page, source_dots, sources, key="published-sources", board=page.choices.board_name)
    twin = page.keep(
        "published/sources/table", lambda: in_percent(sources).assign(england=_percents(sources))
    )
    show.twin(page, twin, words_of(referral_sources.SOURCE_SHARES), "sources of referral")


def _source_words(sources: pd.DataFrame) -> tuple[str, str]:
    year = f"Year to {day(sources['period_end'].iloc[0])}"
    key = findings.symbols_key(sources["symbol"])
    return findings.who_refers_here(sources), SOURCES_NOTE.format(year=year, key=key).strip()


def _percents(sources: pd.DataFrame) -> list[str]:
    return [findings.said(None if pd.isna(each) else 100 * each, "percent") for each in sources["england"]]


def _one_measure(page: Page, rows: list[Row]) -> None:
    """Areas beside each other in the last year, and the council year by year."""
    measure = one_of("measure", [row["measure"] for row in rows])
    row = next(row for row in rows if row["measure"] == measure)
    areas = page.ask(comparisons.compared_areas, measure=measure)
    years = page.ask(comparisons.compared_years, measure=measure)
    words = page.keep("published/one", lambda: _measure_words(row, areas, years), measure)
    show.finding(words["title"], words["what"])
    _choose([row["measure"] for row in rows], measure)
    options = {"title": INDICATORS[measure].title, "unit": UNITS[row["unit"]]}
    parts = [partial(_areas, page, areas, measure, options)] if row["neighbours"] else []
    if len(years) > 1:
        parts.append(partial(_years, page, years, measure, options | {"board": row["area"]}))
    for column, draw in zip(st.columns(max(len(parts), 1), gap="large"), parts, strict=False):
        with column:
            draw()


def _areas(page: Page, areas: pd.DataFrame, measure: str, options: dict[str, str]) -> None:
    show.chart(page, compare, areas, key=f"compare-{measure}", **options)
    show.twin(page, areas, words_of(comparisons.AREAS), f"areas {measure}")


def _years(page: Page, years: pd.DataFrame, measure: str, options: dict[str, str]) -> None:
    show.chart(page, lines, years, key=f"lines-{measure}", **options)
    show.twin(page, years, words_of(comparisons.YEARS), f"years {measure}")


def _measure_words(row: Row, areas: pd.DataFrame, years: pd.DataFrame) -> dict[str, str]:
    known = INDICATORS[row["measure"]]
    key = findings.symbols_key([*areas["symbol"], *years["symbol"]])
    note = f"{plain(row['note'])} " if row["note"] else ""
    near = f"{plain(findings.among_neighbours(row))} {SHADED} " if row["neighbours"] else ""
    span = ", and all years since the first published" if len(years) > 1 else ""
    what = f"Year to {day(row['period_end'])}{span}. {near}{note}{known.caveat} {key}"
    return {"title": findings.beside_england(row), "what": what.strip()}


def _choose(measures: list[str], now: str) -> None:
    st.session_state["published_measure"] = now  # the address rules; the widget only shows it
    st.pills(
        "Compare",
        measures,
        format_func=lambda key: INDICATORS[key].short,
        key="published_measure",
        on_change=lambda: keep("measure", st.session_state["published_measure"]),
        label_visibility="collapsed",
    )
