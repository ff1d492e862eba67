"""One account at the side of the page: where it stands, how it comes in, and its roles."""

import streamlit as st
from sqlmodel import Session

from lscb_core.accounts.held import HeldAccount, held_account, posts
from lscb_core.config import now
from lscb_core.db.access import Person
from lscb_core.db.engine import reading
from lscb_core.domain.periods import moment
from lscb_core.errors import BoardError
from lscb_core.ui import account_saving as saving
from lscb_core.ui import address, show
from lscb_core.ui.account_forms import new_account, role_form, take_form
from lscb_core.ui.account_links import directory_part
from lscb_core.ui.account_list import ACCOUNT, ADD
from lscb_core.ui.account_saving import ISSUED, WHOLE_PAGE
from lscb_core.ui.account_ways import told, way_in
from lscb_core.ui.desk import Desk
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import forget_refusals, plain, show_error
from lscb_core.ui.signin import who_asks
from lscb_core.ui.staying import at_side

GIVE, TAKE = "Give a role", "Take one away"


def open_chosen_account(desk: Desk) -> None:
    """Open what the address names: the form of a new account, or one account; none of that name is told."""
    name = st.query_params.get(ACCOUNT, "")
    if st.query_params.get(ADD):
        at_side("A new account", _adding, on_dismiss=_close)
    elif name:
        try:
            one = held_account(desk.session, actor=desk.person.id, name=name, now=now())
        except BoardError as refused:
            _close()
            show_error(refused)
            return
        at_side(plain(one.label), _account, one.name, on_dismiss=_close)
    else:
        st.session_state.pop(ISSUED, None)


def _close() -> None:
    """Forget what was opened, the chosen row, and the code: it is shown once."""
    address.keep(ACCOUNT, None)
    address.keep(ADD, None)
    st.session_state.pop(ISSUED, None)
    st.session_state["accounts_table"] = st.session_state.get("accounts_table", 0) + 1


def _adding() -> None:
    if st.session_state.pop(WHOLE_PAGE, False):
        st.rerun()  # the whole page: it opens the new account
    with reading() as session:
        try:
            who = who_asks(session)
            told("new")
            new_account(posts(session, actor=who.id))
        except BoardError as refused:
            forget_refusals()
            show_error(refused)


def _account(name: str) -> None:
    """Drawn again by itself after each save, so it reads everything anew."""
    with reading() as session:
        try:
            who = who_asks(session)
            one = held_account(session, actor=who.id, name=name, now=now())
            _standing(one)
            way_in(who, one)
            directory_part(session, who, one)
            _roles(session, who, one)
        except BoardError as refused:
            forget_refusals()
            show_error(refused)


def _standing(one: HeldAccount) -> None:
    colour = one.state.detail
    st.markdown(f":{colour}-badge[{one.state.label}] :gray-badge[{plain(one.name)}]")
    if one.code_until:
        st.markdown(f"Its one-time code is good until **{moment(one.code_until)}**.")
    if one.last_signed_in_at:
        show.note(f"Last signed in on {moment(one.last_signed_in_at)}.")
    else:
        show.note("Nobody has signed in with it yet.")


def _roles(session: Session, who: Person, one: HeldAccount) -> None:
    st.markdown("## Roles", anchors=False)
    st.markdown("\n".join(f"- {plain(role.words)}" for role in one.roles) or "It opens no board yet.")
    if one.id == who.id:
        show.note("This is your own account: a change of its roles signs you out.")
    told("roles")
    seen, chosen = one.seen, GIVE
    if one.roles:
        chosen = st.segmented_control("Change its roles", [GIVE, TAKE], default=GIVE, key="do-role") or GIVE
    if chosen == TAKE:
        take_form(one)
        st.button("Take it away", type=main_button(), on_click=saving.take, args=(seen,))
    else:
        offered = posts(session, actor=who.id)
        role_form("give", [each for each in offered if each.is_demonstration or not one.is_demonstration])
        st.button("Give the role", type=main_button(), on_click=saving.give, args=(seen,))
