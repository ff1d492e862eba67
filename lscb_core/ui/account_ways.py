"""How somebody comes in with an account, at the side of the page: with a code, or kept out."""

import streamlit as st

from lscb_core.accounts.codes import Issued
from lscb_core.accounts.held import HeldAccount, State
from lscb_core.db.access import Person
from lscb_core.domain.periods import moment
from lscb_core.ui import account_saving as saving
from lscb_core.ui import show
from lscb_core.ui.account_saving import DONE, ISSUED, PART, REFUSED
from lscb_core.ui.notices import show_error


def told(part: str) -> None:
    """What came of the last press of a button, where that button stands."""
    if st.session_state.get(PART) != part:
        return
    if refused := st.session_state.pop(REFUSED, None):
        show_error(refused)
    if done := st.session_state.pop(DONE, None):
        st.success(done, icon=":material/check_circle:")


def way_in(who: Person, one: HeldAccount) -> None:
    """The account's code, and the buttons that issue one, keep the account out, and let it in again."""
    seen = one.seen
    st.markdown("## Way in", anchors=False)
    told("way")
    _code(one)
    if one.id == who.id:
        show.note("Your own password is changed under your name, at the top of the page.")
    elif one.state is State.DISABLED:
        show.note(f"Let in again, {_had(one)}.")
        st.button("Let it in again", icon=":material/lock_open:", on_click=saving.enable, args=(seen,))
    else:
        _what_a_code_does(one)
        st.button("Issue a one-time code", icon=":material/key:", on_click=saving.issue, args=(seen,))
        show.note("A disabled account is out at once. It can be let in again.")
        st.button("Disable the account", icon=":material/block:", on_click=saving.disable, args=(seen,))


def _had(one: HeldAccount) -> str:
    if one.has_password:
        return "the account has the password it had before"
    return (
        "it comes in through the directory as before" if one.is_linked else "it still needs a one-time code"
    )


def _what_a_code_does(one: HeldAccount) -> None:
    if one.is_directory_only:
        st.warning(
            "This account comes in through the directory alone. **A code gives it a password again**, which "
            "lets in without what the directory asks, such as a second factor.",
            icon=":material/key_off:",
        )
        return
    show.note("With a one-time code the person chooses a new password. **The old password ends at once.**")


def _code(one: HeldAccount) -> None:
    """The code in a box of its own, until the drawer is closed."""
    issued: Issued | None = st.session_state.get(ISSUED)
    if issued is None or issued.account_id != one.id or one.state is not State.WAITS:
        return
    with st.container(border=True):
        st.markdown("## One-time code", anchors=False)
        st.code(issued.code, language=None, wrap_lines=True)
        st.markdown(
            "Hand it over in person or by telephone. At the sign-in, the person opens *I have a one-time "
            f"code* and chooses a password, until **{moment(issued.until)}**."
        )
        besides = " The link with the directory goes on working, besides." if one.is_linked else ""
        st.markdown(f"**It is shown only now.** A password that the account had has ended.{besides}")
