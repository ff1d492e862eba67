"""The main script for measuring: signed in as the chair from the start."""

import streamlit as st
from sqlmodel import select

from lscb_core.db.engine import reading
from lscb_core.db.tables import Account
from lscb_core.ui.frame import visit
from lscb_core.ui.signin import ACTOR, VERSION

if ACTOR not in st.session_state:
    with reading() as session:
        chair = session.exec(select(Account).where(Account.name == "chair")).one()
    st.session_state.update({ACTOR: chair.id, VERSION: chair.version})


def empty() -> None:
    """A page with nothing but its title."""
    st.title("Empty")


visit(st.Page(empty, title="Empty", url_path="empty"))
