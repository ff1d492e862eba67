"""The chain of seals on the page: how it stands, what it is for, and the button that checks it whole."""

from contextlib import suppress

import streamlit as st

from lscb_core.commands.history import note_broken, note_check
from lscb_core.config import now
from lscb_core.db.engine import reading, writing
from lscb_core.domain.permissions import Act
from lscb_core.errors import BoardError, NotNow
from lscb_core.findings import history as words
from lscb_core.queries.history_chain import Chain, chain, whole_chain
from lscb_core.queries.view import View
from lscb_core.ui import show
from lscb_core.ui.context import Page
from lscb_core.ui.notices import say, show_error
from lscb_core.ui.signin import who_asks

REFUSED = "refused-chain"


def loud(page: Page, stands: Chain) -> None:
    """A broken chain, before everything else; and a check that could not be made."""
    if stands.broken_at is not None:
        show_error(words.broken(stands.broken_at))
        if not stands.is_noted:
            _note(page, stands.broken_at)
    if refused := st.session_state.pop(REFUSED, None):
        show_error(refused)


def warn_of_chain(page: Page) -> None:
    """Tell whoever may read the history, on another page, that the chain is broken. A quick look."""
    if not page.person.may(Act.SEE_HISTORY, board_id=page.view.board_id):
        return
    stands = chain(page.session, view=page.view, who=page.person)
    loud(page, stands)
    if stands.broken_at is not None:
        show.go("history", "Open the history")


def _note(page: Page, broken_at: int) -> None:
    """What a visit found is kept: further events would soon stand between it and the newest links."""
    with suppress(NotNow), writing() as session:
        board_id, actor = page.view.board_id, page.person.id
        note_broken(session, actor=actor, board_id=board_id, broken_at=broken_at, at=now())


def chain_part(page: Page, stands: Chain) -> None:
    """Length, last seal, last check, and the button."""
    show.finding("The chain of seals", words.WHAT_FOR)
    st.markdown(words.standing(stands))
    if not stands.events:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Last seal: `{stands.head[:12]}`", width="content")
        with st.popover("The whole seal", type="tertiary", icon=":material/key:"):
            st.code(stands.head, language=None, wrap_lines=True)
            show.note("`python3 manage.py verify` prints it too. Board packs carry it into the minutes.")
    if st.button("Check the whole chain now", icon=":material/verified_user:"):
        with st.spinner("Working out every seal anew: some seconds for each 50,000 events"):
            _check(page.view)
        st.rerun()


def _check(view: View) -> None:
    """Work every seal out anew, and write down what came of it. Nobody waits meanwhile who would save."""
    try:
        with reading() as session:
            who = who_asks(session)
            found = whole_chain(session, view=view, who=who)
        with writing() as session:
            note_check(session, actor=who.id, board_id=view.board_id, found=found, at=now())
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        return
    if found.broken_at is None:
        say(words.outcome(found))
