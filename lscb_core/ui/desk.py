"""A page that is about no board: the own account above it, and no filters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from sqlmodel import Session

from lscb_core.db.access import Person, boards_of
from lscb_core.db.engine import reading
from lscb_core.errors import BoardError
from lscb_core.ui.notices import end_page, refusals_told, show_notice
from lscb_core.ui.own_account import account_menu
from lscb_core.ui.signin import sign_in_page, signed_in


@dataclass(frozen=True, slots=True)
class Desk:
    """One visit: a session to ask in, and who asks."""

    session: Session
    person: Person


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Open a page for whoever is signed in; what a user may be told is shown and ends the page.

    It opens where no board is held yet as well: somebody has to keep the accounts then.
    """
    with reading() as session:
        who = signed_in(session)
        if who is None:
            sign_in_page()
            st.stop()
        with st.container(horizontal=True, horizontal_alignment="right"):
            account_menu(who)
        try:
            show_notice()
            with refusals_told():
                yield Desk(session, who)
        except BoardError as refused:
            end_page(refused, leads_on=bool(boards_of(session, who)))
