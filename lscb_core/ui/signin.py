"""Signing in and out of this browser. The library handles the form alone: its cookie and files stay off.

Who is signed in stands in the database (`accounts/sign_ins.py`) under the hash of the browser's cookie, which
the Gate hands in; sign-in, role and agency are read from there on every run.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

import streamlit as st
from sqlmodel import Session, col, select

from lscb_core.accounts import sign_ins
from lscb_core.accounts.names import plain_name
from lscb_core.accounts.sign_ins import Begun, Held
from lscb_core.accounts.signing_in import no_match, sign_in
from lscb_core.config import now
from lscb_core.db.access import Person, person_of
from lscb_core.db.engine import reading, writing
from lscb_core.db.tables import Account, SignIn
from lscb_core.errors import BoardError, NotNow, NotPermitted
from lscb_core.ui import address, directory
from lscb_core.ui.code_form import code_form
from lscb_core.ui.entering import send_to, send_to_enter, send_to_leave
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import show_error
from lscb_core.ui.signed_out import ENDED, SIGNED_OUT, is_told_so

SIGN_IN, NOTICE = "sign_in_id", "sign_in_notice"
FIELDS = ("sign_in_name", "sign_in_password")


def binding() -> str:
    """The hash of this browser's cookie, as the Gate has handed it in; "" outside the Gate."""
    return str(st.user.get("bind") or "")


def _held(session: Session, at: datetime) -> Held:
    """The sign-in of this browser (of this tab, while it has only just begun), or why it ended."""
    here = st.session_state.get(SIGN_IN, 0)
    return sign_ins.held(session, binding=binding(), at=at, sign_in_id=here)


def standing(session: Session, at: datetime) -> SignIn | None:
    """The sign-in of this browser, where one holds."""
    return _held(session, at).row


def signed_in(session: Session, *, is_use: bool = False) -> Person | None:
    """Who is signed in in this browser, read anew; nobody after a change of password or role.

    `is_use`: a step of the person, which keeps the sign-in from ending for want of use.
    """
    at = now()
    found = _held(session, at)
    if found.row is not None:
        with suppress(NotPermitted):
            who = person_of(session, found.account)
            if is_use:
                _note(session, found.row, at)
            return who
    if SIGN_IN in st.session_state:  # this tab was inside: say why it no longer is
        forget(ENDED.get(found.why, ""))
    return None


def who_asks(session: Session, *, is_use: bool = False) -> Person:
    """Whoever is signed in; raises NotPermitted where nobody is any more (in a callback or a dialog)."""
    who = signed_in(session, is_use=is_use)
    if who is None:
        raise NotPermitted("You are no longer signed in.", advice="Load the page again and sign in.")
    return who


def note_use(session: Session) -> None:
    """Keep the sign-in from ending for want of use. An open screen that only looks at itself is no use."""
    at = now()
    if row := standing(session, at):
        _note(session, row, at)


def _note(session: Session, row: SignIn, at: datetime) -> None:
    number, is_old = row.id, sign_ins.is_old(row, at)
    if number is None:
        return
    st.session_state[SIGN_IN] = number
    if is_old:
        session.rollback()  # gives its connection back: nobody may hold one and wait for another
        with suppress(NotNow), writing() as other:  # a busy register keeps nobody out
            sign_ins.seen(other, sign_in_id=number, at=at)


def forget(notice: str = "") -> None:
    """Forget everything typed or chosen in this tab; `notice` is shown above the sign-in."""
    st.session_state.clear()
    if notice:
        st.session_state[NOTICE] = notice


def sign_out() -> None:
    """End the sign-in for every tab of this browser (a button's callback)."""
    at, way = now(), ""
    with writing() as session:
        row = standing(session, at)
        if row is not None and row.id is not None:
            way = row.way
            sign_ins.end(session, sign_in_id=row.id, at=at)
    forget(ENDED[SIGNED_OUT])
    if way == "directory" and directory.the_directory():
        send_to(directory.LEAVE)
    else:
        send_to_leave()


def sign_in_page() -> None:
    """The form, and on a demonstration the accounts to try."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        st.title("The board's dashboard", anchor=False)
        st.markdown("Is this working, how do we know, and who has to do what by when?")
        _notice()
        with st.form("sign_in"):
            st.text_input("Account", key=FIELDS[0], autocomplete="username")
            st.text_input("Password", key=FIELDS[1], type="password", autocomplete="current-password")
            st.form_submit_button("Sign in", type=main_button(), on_click=_try)
        if directory.the_directory():
            st.button("Sign in with the council's account", width="stretch", on_click=_go_to_directory)
        code_form()
        _demonstration_accounts()


def _go_to_directory() -> None:
    directory.go(binding(), address.here())


def _notice() -> None:
    left = ENDED[SIGNED_OUT] if is_told_so(binding()) else None
    notice = st.session_state.pop(NOTICE, left)
    if isinstance(notice, BoardError):
        show_error(notice)
    elif notice:
        st.info(notice, icon=":material/logout:")


def _demonstration_accounts() -> None:
    with reading() as session:
        demo = session.exec(
            select(Account.name, Account.label).where(Account.is_demonstration).order_by(col(Account.id))
        ).all()
    if demo:
        st.markdown(
            "This is a demonstration. Sign in as "
            + ", ".join(f"`{name}` ({label.lower()})" for name, label in demo)
            + "; the password is the account followed by `-demo-password`."
        )


def _try() -> None:
    """Ask the library, with our own check of the password in place of its own."""
    from streamlit_authenticator.controllers import AuthenticationController

    typed, password = (str(st.session_state.get(field, "")) for field in FIELDS)
    name = plain_name(typed)
    desk = AuthenticationController({"usernames": {name: {}}}, auto_hash=False)
    begun: list[Begun] = []

    def check(_name: str, _password: str) -> bool:
        origin: dict[str, Any] = {"address": st.context.ip_address or "", "tab_binding": binding()}
        begun.append(sign_in(name=name, password=password, at=now(), **origin))
        return True

    desk.authentication_model.check_credentials = check
    try:
        if not (name and password and binding()):
            raise no_match()
        desk.login(name, password)
    except BoardError as refused:
        st.session_state[NOTICE] = refused
        return
    enter(begun[0])


def enter(begun: Begun) -> None:
    """Let a sign-in that has just begun hold for this tab, and send the browser for its new cookie."""
    forget()  # the library leaves the name and roles there; nobody may rely on them
    st.session_state[SIGN_IN] = begun.sign_in_id
    send_to_enter(begun.ticket, back=address.here())
