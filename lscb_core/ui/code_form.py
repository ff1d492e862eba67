"""Below the sign-in: choosing a password with a one-time code."""

from functools import partial

import streamlit as st

from lscb_core.accounts.choosing import Proved, judged, set_password
from lscb_core.accounts.own import counted, prove_by_code
from lscb_core.config import now
from lscb_core.db.engine import reading, writing
from lscb_core.errors import BadInput, BoardError
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import show_error

REFUSED, DONE = "code-refused", "code-done"
OPEN, NAME, CODE, NEW, AGAIN = "code-open", "code-name", "code-code", "code-new", "code-again"
HOW_LONG = "12 characters or more, of any kind. Four words that do not belong together are good."


def code_form() -> None:
    """The form, closed until it is asked for; open again where it was refused, with what was typed."""
    if st.session_state.pop(DONE, False):
        st.success("**Your password is set.** Sign in with it now.", icon=":material/check_circle:")
    refused = st.session_state.pop(REFUSED, None)
    opened = st.expander(
        "I have a one-time code",
        icon=":material/key:",
        expanded=refused is not None,
        key=OPEN,
        on_change="rerun",
    )
    if not opened.open and refused is None:
        return  # two fields for an account on one page would confuse people and password managers
    with opened:
        if refused:
            show_error(refused)
        with st.form("code"):
            _fields()
            st.form_submit_button("Set the password", type=main_button(), on_click=_choose)


def _fields() -> None:
    st.text_input("Account that the code is for", key=NAME, autocomplete="username")
    st.text_input("One-time code", key=CODE, autocomplete="one-time-code", placeholder="XXXX-XXXX-XXXX-XXXX")
    st.text_input("New password", type="password", key=NEW, autocomplete="new-password")
    st.text_input("New password again", type="password", key=AGAIN, autocomplete="new-password")
    st.markdown(f":small[:gray[{HOW_LONG}]]")


def _choose() -> None:
    name, code, new, again = (str(st.session_state.get(key) or "") for key in (NAME, CODE, NEW, AGAIN))
    try:
        check_alike(new, again)
        address = st.context.ip_address or ""
        choose(counted(partial(_proved, name, code), name=name, address=address, at=now()), new)
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        return
    for key in (NAME, CODE, NEW, AGAIN):
        st.session_state.pop(key, None)
    st.session_state[DONE] = True


def _proved(name: str, code: str) -> Proved:
    with reading() as session:
        return prove_by_code(session, name=name, code=code, now=now())


def choose(proved: Proved, new: str) -> None:
    """Judge the password, and only then begin to write. Raises BoardError where it is not taken."""
    with reading() as session:
        chosen = judged(session, proved, new)
    with writing() as session:
        set_password(session, chosen, at=now())


def check_alike(new: str, again: str) -> None:
    """Raise BadInput where the same password was to be typed twice, and was not."""
    if new != again:
        raise BadInput("The password was not set: the two are not the same.", advice="Type it twice.")
