"""An open screen notices when its sign-in ends, and says so in time before it ends for want of use.

What opens at the side lies over the page and makes its buttons unreachable, so it has a watch of its own.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Literal

import streamlit as st

from lscb_core.accounts.sign_ins import left
from lscb_core.config import now
from lscb_core.db.engine import reading
from lscb_core.domain.numbers import plural
from lscb_core.errors import NotNow
from lscb_core.ui.signin import SIGN_IN, note_use, standing

LOOK_EVERY = 30
"""Seconds after which an open screen asks whether it may stay open."""
WARN_BEFORE = timedelta(minutes=5)


@st.fragment(run_every=LOOK_EVERY)
def watch(place: str) -> None:
    """Drawn on every page, and at its side: runs by itself; at the end the page is drawn anew, to say why.

    Looking is no use: only a step of the person, or the button that it offers in time, makes it longer.
    """
    at = now()
    with suppress(NotNow), reading() as session:
        row = standing(session, at)
        if row is not None:
            _say_how_long(*left(row, at), place)
        elif SIGN_IN in st.session_state:
            st.rerun()


def _say_how_long(still: timedelta, may_stay: bool, place: str) -> None:
    if still > WARN_BEFORE:
        return
    minutes = plural(max(1, round(still.total_seconds() / 60)), "minute")
    if may_stay:
        st.warning(f"**You will be signed out in {minutes}**, because nothing was done here for a while.")
        st.button("Stay signed in", key=f"stay-{place}", on_click=_stay)
    else:
        st.warning(
            f"**You will be signed out in {minutes}**: ten hours are the longest that anybody stays. "
            "Save what you are writing, then sign in again."
        )


def _stay() -> None:
    """Count as use, without drawing the page anew: what is being typed stays (a button's callback)."""
    with suppress(NotNow), reading() as session:
        note_use(session)


def at_side(
    title: str,
    draw: Callable[..., None],
    *given: Any,
    on_dismiss: Callable[[], None] | Literal["ignore"] = "ignore",
) -> None:
    """Open a drawer at the side of the page, which `draw(*given)` fills."""

    def drawn() -> None:
        watch("side")
        draw(*given)

    st.dialog(title, position="right", on_dismiss=on_dismiss)(drawn)()
