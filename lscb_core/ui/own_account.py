"""The own account, under its name on every page: when it was last used, its password, signing out."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from lscb_core.accounts.choosing import Proved
from lscb_core.accounts.own import counted, own_sign_ins, prove_by_password
from lscb_core.accounts.sign_ins import end_others, others
from lscb_core.accounts.throttle import OWN
from lscb_core.config import now
from lscb_core.db.access import Person
from lscb_core.db.engine import reading
from lscb_core.db.tables import Account
from lscb_core.domain.numbers import listed, plural
from lscb_core.domain.periods import moment
from lscb_core.errors import BoardError
from lscb_core.ui.acting import acting
from lscb_core.ui.code_form import HOW_LONG, check_alike, choose
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import plain, show_error
from lscb_core.ui.signin import forget, sign_out, standing, who_asks
from lscb_core.ui.staying import at_side

REFUSED, WHOLE_PAGE = "own-refused", "own-whole-page"
OPENED, MENUS = "own-opened", "own-menus"
OLD, NEW, AGAIN = "own-old", "own-new", "own-again"


def account_menu(who: Person) -> None:
    """The popover with the account's name: the own account, and signing out."""
    key = f"own-menu-{st.session_state.get(MENUS, 0)}"
    with st.popover(plain(who.label), icon=":material/account_circle:", type="tertiary", key=key):
        st.markdown(f"Signed in as **{plain(who.name)}**.")
        st.button("Your account", icon=":material/key:", on_click=_open)
        st.button("Sign out", on_click=sign_out, icon=":material/logout:")
    if st.session_state.pop(OPENED, False) or REFUSED in st.session_state:
        at_side("Your account", _drawer)


def _open() -> None:
    """Open the drawer, and close the popover (a new key: the old one would stay open above it)."""
    st.session_state[OPENED] = True
    st.session_state[MENUS] = st.session_state.get(MENUS, 0) + 1


def _drawer() -> None:
    """Drawn again by itself after a change that was refused, so it reads everything anew."""
    if st.session_state.pop(WHOLE_PAGE, False):
        st.rerun()  # the whole page: nobody is signed in any more
    with reading() as session:
        try:
            who = who_asks(session)
            _when(session, who)
            _elsewhere(session)
            _password(session, who)
        except BoardError as refused:
            show_error(refused)


def _when(session: Session, who: Person) -> None:
    """The sign-in before this one: whoever did not make it should ask."""
    times = own_sign_ins(session, actor=who.id)
    st.markdown(f"**{plain(who.label)}**, signed in as **{plain(who.name)}**.")
    if len(times) > 1:
        st.markdown(f"Last signed in on **{moment(times[1])}**, before this time.")
        st.markdown(":small[:gray[If that was not you, change your password and tell the administrator.]]")
    else:
        st.markdown("You have not signed in before this time.")


def _elsewhere(session: Session) -> None:
    """Where else somebody is signed in with this account, and the button that ends that."""
    here = standing(session, now())
    rest = others(session, besides=here, at=now()) if here else []
    if not rest:
        return
    since = listed([moment(row.began_at) for row in rest])
    st.markdown(f"Also signed in in {plural(len(rest), 'other browser')}: since {since}.")
    st.button("Sign out everywhere else", icon=":material/logout:", on_click=_end_elsewhere)


def _end_elsewhere() -> None:
    try:
        with acting() as session:
            here = standing(session, now())
            if here is not None:
                end_others(session, besides=here, at=now())
    except BoardError as refused:
        st.session_state[REFUSED] = refused


def _password(session: Session, who: Person) -> None:
    if not session.get_one(Account, who.id).password_hash:
        st.markdown("You come in through the council’s directory: this account has no password.")
        return
    st.markdown("## Change your password", anchors=False)
    if refused := st.session_state.pop(REFUSED, None):
        show_error(refused)
    with st.form("own-password"):
        st.text_input("Your password now", type="password", key=OLD, autocomplete="current-password")
        st.text_input("New password", type="password", key=NEW, autocomplete="new-password")
        st.text_input("New password again", type="password", key=AGAIN, autocomplete="new-password")
        st.markdown(f":small[:gray[{HOW_LONG}]]")
        st.form_submit_button("Change the password", type=main_button(), on_click=_change)
    st.markdown(":small[:gray[You are then signed out everywhere, and sign in with the new password.]]")


def _change() -> None:
    old, new, again = (str(st.session_state.get(key) or "") for key in (OLD, NEW, AGAIN))
    try:
        check_alike(new, again)
        with reading() as session:
            name = who_asks(session).name
        choose(counted(partial(_proved, old), name=name, address="", at=now(), counts=OWN), new)
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        return
    forget("Your password is changed. Sign in with the new one.")
    st.session_state[WHOLE_PAGE] = True


def _proved(old: str) -> Proved:
    with reading() as session:
        return prove_by_password(session, actor=who_asks(session).id, old=old)
