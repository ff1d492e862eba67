"""The parts of the About page: measures, how they are compared, what is hidden, roles, sources."""

import tomllib
from functools import lru_cache
from typing import Any

import streamlit as st

from lscb_core.config import ROOT
from lscb_core.domain.indicators import INDICATORS
from lscb_core.findings import about
from lscb_core.queries.origins import ORIGINS, origins
from lscb_core.ui import about_words as words
from lscb_core.ui import show
from lscb_core.ui.address import keep
from lscb_core.ui.context import Page
from lscb_core.ui.notices import plain

MEASURE, CHOICE = "measure", "about_measure"
FIRST = "below_threshold"


def board(page: Page) -> None:
    """What kind of board this is, in the words of its kind."""
    kind = page.choices.board_kind.words
    st.markdown(
        f"{plain(page.choices.board_name)} is a {kind.long_name} ({kind.short_name}). "
        f"When a child has died or been seriously harmed, it may hold a {kind.review_term}."
    )


def measures(page: Page) -> None:
    """One measure's definition, chosen from a list that can be searched; all of them to take away."""
    show.finding("What each figure means", f"{len(INDICATORS)} measures. Type a word to search the list.")
    _definition(INDICATORS[_chosen()].key)
    every = page.keep("about/measures", about.definitions)
    show.twin(page, every, about.DEFINITIONS, "all measures")


def _chosen() -> str:
    asked = st.query_params.get(MEASURE, "")
    st.session_state[CHOICE] = asked if asked in INDICATORS else FIRST
    keys = [each.key for each in about.order()]
    st.selectbox("Measure", keys, key=CHOICE, format_func=_name, on_change=_switched)
    return str(st.session_state[CHOICE])


def _name(key: str) -> str:
    return f"{about.KINDS[INDICATORS[key].kind]}: {INDICATORS[key].title}"


def _switched() -> None:
    keep(MEASURE, st.session_state[CHOICE])


def _definition(key: str) -> None:
    said = about.definition(INDICATORS[key])
    with st.container(border=True):
        st.markdown(f"### {said['title']}", anchors=False)
        st.markdown(
            f"**Counted:** {said['numerator']}  \n**Of what:** {said['denominator']}  \n"
            f"**In it:** {said['counted']}  \n**Left out:** {said['left_out']}"
        )
        st.markdown(f"**Read with care:** {said['caveat']}")
        show.note(f"It is {said['unit']}, for each {said['span']}; {said['better']}. {said['source']}")


def compared() -> None:
    """How numbers are compared, fairly and in plain words."""
    show.finding("How numbers are compared")
    with st.grid(2, min_column_width=320, gap="medium"):
        for title, text in words.COMPARED.items():
            with st.container(gap=None):
                st.markdown(f"**{title}**")
                st.markdown(text)


def hidden(page: Page) -> None:
    """What is hidden and why, and the letters that stand in place of a number."""
    show.finding("What is hidden, and why")
    left, right = st.columns([3, 2], gap="large")
    with left:
        for text in (words.HIDDEN, words.DEATHS, words.PUBLIC):
            st.markdown(text)
    with right:
        st.table(page.keep("about/symbols", about.symbols), border="horizontal", hide_index=True)


def roles(page: Page) -> None:
    """Who may do what, from the table that the dashboard itself asks."""
    table = page.keep("about/roles", about.roles)
    show.finding("Who may do what", words.SECOND_PERSON)
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (len(table) + 1) + 2,
        column_config={"What": st.column_config.TextColumn(width=270)},
        alt="Who may do what: an act in each row, a role in each column",
    )


def sources(page: Page) -> None:
    """Statistics and documents with their licences; the invented board; the release."""
    show.finding(
        "Where figures come from",
        "National statistics: contains public sector information licensed under the Open Government Licence "
        "v3.0. Published reports: restated in our own words, with the paragraph.",
    )
    listed = page.keep("about/origins", lambda: origins(page.session))
    lines = [_source(row) for row in show.rows_of(listed)]
    st.markdown("\n".join(lines))
    show.twin(page, listed, ORIGINS, "sources")
    show.finding("The invented board")
    st.markdown(words.INVENTED)
    show.note(f"Board dashboard, release {release()}.")


def _source(row: dict[str, Any]) -> str:
    terms = " ".join(
        plain(row[name].removesuffix(".")) + "." for name in ("publisher", "licence") if row[name]
    )
    return f"- **{plain(row['title'])}**. {terms}"


@lru_cache(maxsize=1)
def release() -> str:
    """The number of this release."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
