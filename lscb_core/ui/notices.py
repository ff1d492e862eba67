"""What a person is told: one notice kept from a saved form until the next page, and errors in words."""

import streamlit as st

from lscb_core.errors import BoardError, StaleRecord

SAID = "said"


def say(words: str) -> None:
    """Keep a notice of something saved, for the top of the next page that is drawn."""
    st.session_state[SAID] = words


def show_notice() -> None:
    """Show the notice once."""
    if words := st.session_state.pop(SAID, None):
        st.success(words, icon=":material/check_circle:")


def show_error(error: BoardError) -> None:
    """What happened in bold, then why and what to do."""
    icon = ":material/sync_problem:" if isinstance(error, StaleRecord) else ":material/error:"
    rest = " ".join(plain(part) for part in (error.why, error.advice) if part)
    st.error(f"**{plain(error.what)}** {rest}", icon=icon)


def plain(text: str) -> str:
    """Text that people typed, shown as typed: none of it is taken as formatting."""
    for mark in "\\`*_{}[]<>#|~$:":
        text = text.replace(mark, "\\" + mark)
    return text.replace("\n", " ")
