"""The main script for measuring: the chair is signed in from the start, in whatever browser comes."""

import streamlit as st
from sqlmodel import select

from lscb_core.config import now
from lscb_core.db.engine import reading, writing
from lscb_core.db.tables import Account, SignIn
from lscb_core.ui.frame import visit
from lscb_core.ui.signin import SIGN_IN, binding, signed_in

if SIGN_IN not in st.session_state:
    with reading() as session:
        chair = session.exec(select(Account).where(Account.name == "chair")).one()
        is_inside = signed_in(session) is not None
    if not is_inside:
        with writing() as session:
            times = {"began_at": now(), "seen_at": now()}
            session.add(SignIn(account_id=chair.id, version=chair.version, binding=binding(), **times))
            session.commit()


def empty() -> None:
    """A page with nothing but its title."""
    st.title("Empty")


visit(st.Page(empty, title="Empty", url_path="empty"))
