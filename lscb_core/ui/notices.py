"""What a person is told: one notice kept from a saved form until the next page, and errors in words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import streamlit as st

from lscb_core.errors import BoardError, NotOpen, StaleRecord
from lscb_core.ui.address import with_changes
from lscb_core.ui.places import place

SAID = "said"
REFUSALS = "refused-"
"""How the names begin under which a button's refusal is kept for the form that shows it."""
LOCK = ":material/lock:"
ICONS = {StaleRecord: ":material/sync_problem:", NotOpen: LOCK}
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
    above = st.empty() if _refusals() else None
    yield
    if above is not None:
        with above.container():
            for name in _refusals():
                show_error(st.session_state.pop(name))


def forget_refusals() -> None:
    """Forget what a button was refused: the page that would say so is refused itself."""
    for name in _refusals():
        del st.session_state[name]


def _refusals() -> list[str]:
    return [str(name) for name in st.session_state if str(name).startswith(REFUSALS)]


def end_page(refused: BoardError, *, leads_on: bool) -> NoReturn:
    """Say why there is no page, and end it; `leads_on` from one that is not open to one that is."""
    forget_refusals()
    if not isinstance(refused, NotOpen):
        show_error(refused)
        st.stop()
    st.title(plain(refused.what.rstrip(".")), anchor=False)
    st.info(plain(f"{refused.why} {refused.advice}"), icon=LOCK)
    if leads_on:
        icon, here = ":material/arrow_back:", with_changes()
        st.page_link(place("overview"), label="Go to the overview", icon=icon, query_params=here)
    st.stop()


def show_error(error: BoardError) -> None:
    """What happened in bold, then why and what to do; and its number, where the log has it."""
    icon = ICONS.get(type(error), ":material/error:")
    number = vars(error).get("reference", "")
    parts = (error.why, error.advice, f"Its number is {number}." if number else "")
    rest = " ".join(plain(part) for part in parts if part)
    box = st.info if isinstance(error, NotOpen) else st.error  # nobody has done anything wrong
    box(f"**{plain(error.what)}** {rest}", icon=icon)


def plain(text: str) -> str:
    """Text that people typed, shown as typed on one line: none of it is taken as formatting.

    Two things stay the screen's own: a bare web address is a link, which names where it leads, and a typed
    arrow is drawn as one.
    """
    line = SHORTCODE.sub(":\u2060", " ".join(text.splitlines()))
    return BEGINS_A_LIST.sub(r"\1\\\2", MARKS.sub(r"\\\g<0>", line))
