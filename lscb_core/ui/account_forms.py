"""The forms of an account: a new one, and a role. What a role is for is asked once the role is chosen."""

from collections.abc import Mapping, Sequence

import streamlit as st

from lscb_core.accounts.held import HeldAccount, Post
from lscb_core.domain.vocab import Role
from lscb_core.ui import account_saving as saving
from lscb_core.ui import show
from lscb_core.ui.account_saving import LABEL, NAME, TAKEN, role_key
from lscb_core.ui.main_button import main_button

MAY = {
    Role.CHAIR: "sees everything of the board, and closes actions.",
    Role.MANAGER: "keeps the register: actions, files, settings.",
    Role.SUBGROUP: "reads, and comments on the measures of the own sub-group.",
    Role.AGENCY_LEAD: "updates the own agency's actions, and sends its returns.",
    Role.LAY: "reads protected figures.",
    Role.ADMIN: "keeps accounts and backups of all boards, and edits nothing else.",
}


def new_account(offered: Sequence[Post]) -> None:
    """Name, label and a first role; the code comes with the account."""
    st.text_input("Whose is it?", placeholder="A role in words: Police lead", key=LABEL, autocomplete="off")
    st.text_input("Name to sign in with", placeholder="police-lead", key=NAME, autocomplete="off")
    role_form("new", offered)
    show.note("A one-time code is shown next. With it the person chooses a password.")
    st.button("Add the account", type=main_button(), on_click=saving.add)


def role_form(form: str, offered: Sequence[Post]) -> None:
    """The role, then the board, then the agency or the sub-group, as far as the role needs them."""
    role = st.selectbox(
        "Which role?",
        list(Role),
        index=None,
        format_func=lambda each: each.label,
        placeholder="Choose a role",
        key=role_key(form, "role"),
    )
    if role is None:
        return
    show.note(f"{role.label}: {MAY[role]}")
    if role is Role.ADMIN:
        return
    boards = {each.board_id: each.board for each in offered}
    board = _choose("On which board?", boards, role_key(form, "board"))
    post = next((each for each in offered if each.board_id == board), None)
    if post and role is Role.AGENCY_LEAD:
        _choose("For which agency?", post.agencies, role_key(form, "agency"))
    if post and role is Role.SUBGROUP:
        _choose("For which sub-group?", post.sub_groups, role_key(form, "sub_group"))


def take_form(one: HeldAccount) -> None:
    """Which of its roles is taken away."""
    _choose("Which of its roles?", {role.grant_id: role.words for role in one.roles}, TAKEN)


def _choose(label: str, words: Mapping[int, str], key: str) -> int | None:
    return st.selectbox(
        label, list(words), index=None, format_func=words.__getitem__, placeholder="Choose", key=key
    )
