"""The main script of the tests of the frame: the product's own, and pages on which something goes wrong."""

import streamlit as st

from lscb_core.errors import StaleRecord
from lscb_core.ui import show
from lscb_core.ui.context import open_page
from lscb_core.ui.frame import visit
from lscb_core.ui.notices import plain, show_error
from tests.naughty import FORMULAS, MARKED, SECRET, WORDS
from tests.naughty_all import DRAWN


def break_down(*_anything: object) -> bytes:
    """A fault of ours, whose message holds what nobody may see."""
    raise ValueError(f"cannot handle {SECRET}")


def fault() -> None:
    """A page that breaks half way."""
    with open_page():
        st.markdown("The part before.")
        break_down()


def steps() -> None:
    """A page whose buttons break: in a callback, in a part of the page, at the side, in a download."""
    with open_page():
        st.button("Callback", on_click=break_down)
        part()
        if st.button("Side"):
            st.dialog("At the side")(break_down)()
        st.download_button("Download", break_down, "table.csv", on_click="ignore")
        st.markdown("The page stands.")


@st.fragment
def part() -> None:
    """Drawn again by itself."""
    if st.button("Part"):
        break_down()


def typed() -> None:
    """What people typed, in every place in which a page shows it."""
    for number, text in enumerate((*MARKED, *WORDS, *FORMULAS)):
        with st.container(key=f"typed-{number}"):
            st.markdown(plain(text))
    with st.container(key="in-bold"):
        st.markdown(f":red-badge[Late] **{plain(MARKED[0])}**")
    with st.container(key="in-small"):
        show.note(plain(MARKED[0]))
    with st.container(key="in-error"):
        show_error(StaleRecord.saved_first(record="It", who="Police", when="today", theirs=MARKED[0]))
    with st.container(key="in-table"):
        st.table({"What": [plain(MARKED[0])]})
    with st.container(key="in-metric"):
        st.metric(plain(MARKED[0]), "5")
    st.dialog(plain(MARKED[0]))(lambda: st.markdown("Opened."))()


def odd() -> None:
    """Odd text as a page shows it, in a field, in tables, in a label and in a link."""
    for number, text in enumerate(DRAWN):
        with st.container(key=f"odd-{number}"):
            st.markdown(plain(text))
        st.text_area(f"Field {number}", value=text, key=f"odd-field-{number}")
    with st.container(key="odd-table"):
        st.table({"What": [plain(text) for text in DRAWN]})
    st.dataframe({"What": list(DRAWN)})
    for number, text in enumerate(DRAWN):
        with st.container(key=f"odd-heading-{number}"):
            show.finding(text, plain(text))
        st.button(plain(text) or "-", key=f"odd-button-{number}")


visit(*(st.Page(each, title=each.__name__, url_path=each.__name__) for each in (fault, steps, typed, odd)))
