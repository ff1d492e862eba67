"""Signing in and out. The library is the form's handler alone: its cookie, files and widgets stay off.

The account's number is kept for the tab; role and agency are read from the database on every run.
"""

from contextlib import suppress
from typing import Any

import streamlit as st
from sqlmodel import Session, col, select

from lscb_core.accounts.passwords import verify
from lscb_core.config import now
from lscb_core.db.access import Person, person
from lscb_core.db.engine import reading, writing
from lscb_core.db.tables import Account
from lscb_core.errors import BoardError, NotPermitted

ACTOR, VERSION, NOTICE = "actor", "actor_version", "notice"
FIELDS = ("sign_in_name", "sign_in_password")


def signed_in(session: Session) -> Person | None:
    """Who is signed in in this tab, read anew; nobody after a change of password or role."""
    actor = st.session_state.get(ACTOR)
    if actor is None:
        return None
    try:
        who = person(session, actor)
    except NotPermitted:
        sign_out()
        return None
    if who.version != st.session_state.get(VERSION):
        sign_out()
        return None
    return who


def sign_out() -> None:
    """Forget who is signed in, and everything typed or chosen in this tab."""
    st.session_state.clear()


def sign_in_page() -> None:
    """The form, and on a demonstration the accounts to try."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        st.title("The board's dashboard", anchor=False)
        st.markdown("Is this working, how do we know, and who has to do what by when?")
        if notice := st.session_state.pop(NOTICE, None):
            st.error(notice, icon=":material/error:")
        with st.form("sign_in"):
            st.text_input("Account", key=FIELDS[0], autocomplete="username")
            st.text_input("Password", key=FIELDS[1], type="password", autocomplete="current-password")
            st.form_submit_button("Sign in", type="primary", on_click=_try)
        _demonstration_accounts()


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

    typed = str(st.session_state.get(FIELDS[0], ""))
    name = typed.replace("\x00", "").strip().lower()  # PostgreSQL takes no NUL, not even in a question
    password = str(st.session_state.get(FIELDS[1], ""))
    desk = AuthenticationController({"usernames": {name: {}}}, auto_hash=False)
    found: list[Account] = []

    def check(_name: str, _password: str) -> bool:
        found.extend(_account(name, password))
        return bool(found)

    desk.authentication_model.check_credentials = check
    if not (name and password and desk.login(name, password)):
        st.session_state[NOTICE] = (
            "**You are not signed in.** The account and the password do not fit together. "
            "Type both again; if you have forgotten the password, ask the administrator."
        )
        return
    _begin(found[0])


def _account(name: str, password: str) -> list[Account]:
    with reading() as session:
        account = session.exec(select(Account).where(Account.name == name)).first()
        fits = verify(password, account.password_hash if account else None)
        return [account] if account and fits and account.disabled_at is None else []


def _begin(account: Account) -> None:
    kept: dict[str, Any] = {ACTOR: account.id, VERSION: account.version}
    st.session_state.clear()  # the library leaves the name and roles there; nobody may rely on them
    st.session_state.update(kept)
    with suppress(BoardError), writing() as session:  # a busy register keeps nobody out
        here = session.get_one(Account, account.id)
        here.last_signed_in_at = now()
        session.commit()
