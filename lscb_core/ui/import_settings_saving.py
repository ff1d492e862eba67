"""Saving what the board settles about its files: each in its button's callback."""

from collections.abc import Mapping, Sequence

import streamlit as st

from lscb_core.commands.import_settings import map_sources, map_spellings
from lscb_core.commands.returns_asked import Wanted, ask_return, stop_asking
from lscb_core.config import now, today
from lscb_core.domain.numbers import plural
from lscb_core.errors import BadInput
from lscb_core.ui.import_saving import REFUSED, carry_out

DONE = "import-setting-done"


def source_key(source: str) -> str:
    """The name under which the agency of one source is kept."""
    return f"source-{source}"


def ask(board_id: int, actor: int) -> None:
    """Ask an agency for a return, as it was filled in."""
    wanted = Wanted(
        agency_id=st.session_state.get("asking-agency") or 0,
        template=st.session_state["asking-template"],
        every=st.session_state["asking-every"],
        first_period_end=st.session_state["asking-first"],
        days_allowed=int(st.session_state.get("asking-days") or 0),
    )
    if carry_out(
        lambda session: ask_return(session, actor=actor, board_id=board_id, wanted=wanted, at=now())
    ):
        st.session_state.pop("asking-agency", None)
        st.session_state[DONE] = "**Saved.** It is asked for from now on."


def stop(board_id: int, actor: int, asked_id: int) -> None:
    """Ask no longer for a return, from the next period on."""
    if carry_out(
        lambda session: stop_asking(
            session, actor=actor, board_id=board_id, asked_id=asked_id, until=today(), at=now()
        )
    ):
        st.session_state[DONE] = "**Saved.** It is no longer asked for; what was due until today stays due."


def save_sources(board_id: int, actor: int, sources: Sequence[str]) -> None:
    """Save whose each source is."""
    agencies: dict[str, int | None] = {source: st.session_state.get(source_key(source)) for source in sources}
    more, whose = (st.session_state.get(key) for key in ("source-more", "source-more-agency"))
    if bool(more) != bool(whose):
        st.session_state[REFUSED] = BadInput(
            "Not saved: the single source is half filled in.", advice="Choose both, or neither."
        )
        return
    agencies |= {more: whose} if more else {}
    changed: list[int] = []
    if carry_out(
        lambda session: changed.append(
            map_sources(session, actor=actor, board_id=board_id, agencies=agencies, at=now())
        )
    ):
        st.session_state.pop("source-more", None)
        st.session_state.pop("source-more-agency", None)
        st.session_state[DONE] = f"**Saved.** {plural(changed[0], 'source')} changed hands."


def change_words(board_id: int, actor: int, words: Mapping[str, str]) -> None:
    """Change what remembered words mean, or forget them."""
    key = st.session_state.get("words-key")
    if key is None:
        st.session_state[REFUSED] = BadInput("Not saved: no words were chosen.", advice="Choose them first.")
        return
    means = {words[key]: st.session_state.get("words-means") or ""}
    if carry_out(
        lambda session: map_spellings(session, actor=actor, board_id=board_id, means=means, at=now())
    ):
        st.session_state[DONE] = "**Saved.** The next file is read with it."
