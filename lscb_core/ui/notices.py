"""What a person is told: one notice kept from a saved form until the next page, and errors in words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lscb_core.errors import BoardError, StaleRecord

SAID = "said"
REFUSALS = "refused-"
"""How the names begin under which a button's refusal is kept for the form that shows it."""
MARKS = re.compile(r"[\\`*_{}\[\]<>#|~$:&]")
BEGINS_A_LIST = re.compile(r"^(\s*\d*)([-+=.)])")
# An icon's name is looked for after the marks have been taken off: an unseen joiner keeps it from being one.
SHORTCODE = re.compile(r":(?=[\w+/-]+:)")


def say(words: str) -> None:
    """Keep a notice of something saved, for the top of the next page that is drawn."""
    st.session_state[SAID] = words


def show_notice() -> None:
    """Show the notice once."""
    if words := st.session_state.pop(SAID, None):
        st.success(words, icon=":material/check_circle:")


@contextmanager
def refusals_told() -> Iterator[None]:
    """Show above what is drawn inside each refusal that no form in it has shown.

    Whoever has lost a role since the screen was drawn is refused, and then finds the form gone.
    """
    place = st.empty() if _refusals() else None
    yield
    if place is not None:
        with place.container():
            for name in _refusals():
                show_error(st.session_state.pop(name))


def forget_refusals() -> None:
    """Forget what a button was refused: the page that would say so is refused itself."""
    for name in _refusals():
        del st.session_state[name]


def _refusals() -> list[str]:
    return [str(name) for name in st.session_state if str(name).startswith(REFUSALS)]


def show_error(error: BoardError) -> None:
    """What happened in bold, then why and what to do; and its number, where the log has it."""
    icon = ":material/sync_problem:" if isinstance(error, StaleRecord) else ":material/error:"
    number = vars(error).get("reference", "")
    parts = (error.why, error.advice, f"Its number is {number}." if number else "")
    rest = " ".join(plain(part) for part in parts if part)
    st.error(f"**{plain(error.what)}** {rest}", icon=icon)


def plain(text: str) -> str:
    """Text that people typed, shown as typed on one line: none of it is taken as formatting.

    Two things stay the screen's own: a bare web address is a link, which names where it leads, and a typed
    arrow is drawn as one.
    """
    line = SHORTCODE.sub(":\u2060", " ".join(text.splitlines()))
    return BEGINS_A_LIST.sub(r"\1\\\2", MARKS.sub(r"\\\g<0>", line))
