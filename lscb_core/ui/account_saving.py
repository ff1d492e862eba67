"""Saving what an administrator does to accounts: each in its button's callback, with the version seen.

A refused save keeps what was typed. A code that was issued is kept for the open drawer alone.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st
from sqlmodel import Session

from lscb_core.accounts.changing import Seen
from lscb_core.accounts.codes import Issued
from lscb_core.accounts.keeping import add_account, disable_account, enable_account, issue_code
from lscb_core.accounts.roles import give_role, take_role
from lscb_core.config import now
from lscb_core.domain.permissions import Grant
from lscb_core.domain.vocab import Role
from lscb_core.errors import BadInput, BoardError
from lscb_core.ui import address
from lscb_core.ui.account_list import ACCOUNT, ADD
from lscb_core.ui.acting import acting
from lscb_core.ui.signin import who_asks

Came = TypeVar("Came")
REFUSED, DONE, ISSUED, WHOLE_PAGE = "refused-account", "account-done", "account-issued", "account-whole-page"
PART, TAKEN = "account-part", "take-role"
NAME, LABEL = "new-account-name", "new-account-label"
ROLE_PARTS = ("role", "board", "agency", "sub_group")


def role_key(form: str, part: str) -> str:
    """The name under which a part of a role is kept, in the form of a new account or of one there is."""
    return f"{form}-{part}"


def add() -> None:
    """Add an account as it was filled in, and open it with its code."""
    name, label = (str(st.session_state.get(key) or "") for key in (NAME, LABEL))

    def command(session: Session) -> Issued:
        grants = [_grant("new")] if st.session_state.get(role_key("new", "role")) else []
        return add_account(
            session, actor=who_asks(session).id, name=name, label=label, grants=grants, at=now()
        )

    if issued := run(command, "", part="new"):
        for key in (NAME, LABEL, *(role_key("new", part) for part in ROLE_PARTS)):
            st.session_state.pop(key, None)
        st.session_state[ISSUED] = issued
        address.keep(ADD, None)
        address.keep(ACCOUNT, issued.name)
        st.session_state[WHOLE_PAGE] = True


def give(seen: Seen) -> None:
    """Give the role that was chosen."""

    def command(session: Session) -> bool:
        if not st.session_state.get(role_key("give", "role")):
            raise BadInput("No role was given: none was chosen.", advice="Choose one.")
        give_role(session, actor=who_asks(session).id, seen=seen, grant=_grant("give"), at=now())
        return True

    if run(
        command,
        "The role holds from now on. Whoever was signed in with the account signs in again.",
        part="roles",
    ):
        for part in ROLE_PARTS:
            st.session_state.pop(role_key("give", part), None)


def take(seen: Seen) -> None:
    """Take the chosen role away."""

    def command(session: Session) -> bool:
        chosen = st.session_state.get(TAKEN)
        if chosen is None:
            raise BadInput("No role was taken away: none was chosen.", advice="Choose one.")
        take_role(session, actor=who_asks(session).id, seen=seen, grant_id=chosen, at=now())
        return True

    done = "The role is taken away. Whoever was signed in with the account signs in again."
    if run(command, done, part="roles"):
        st.session_state.pop(TAKEN, None)


def disable(seen: Seen) -> None:
    """Keep the account out."""

    def command(session: Session) -> bool:
        disable_account(session, actor=who_asks(session).id, seen=seen, at=now())
        return True

    if run(command, "The account is disabled. Whoever was signed in with it is out."):
        st.session_state.pop(ISSUED, None)


def enable(seen: Seen) -> None:
    """Let the account in again."""

    def command(session: Session) -> bool:
        enable_account(session, actor=who_asks(session).id, seen=seen, at=now())
        return True

    run(command, "The account may sign in again, as before.")


def issue(seen: Seen) -> None:
    """Issue a code, to be shown once."""
    issued = run(lambda session: issue_code(session, actor=who_asks(session).id, seen=seen, at=now()), "")
    if issued:
        st.session_state[ISSUED] = issued


def _grant(form: str) -> Grant:
    """The role as it was chosen; what belongs to another role was not offered, and is left out."""
    chosen: dict[str, Any] = {part: st.session_state.get(role_key(form, part)) for part in ROLE_PARTS}
    role: Role = chosen["role"]
    return Grant(
        role,
        board_id=None if role is Role.ADMIN else chosen["board"],
        agency_id=chosen["agency"] if role is Role.AGENCY_LEAD else None,
        sub_group_id=chosen["sub_group"] if role is Role.SUBGROUP else None,
    )


def run(command: Callable[[Session], Came], done: str, *, part: str = "way") -> Came | None:
    """What the command gave back, or None where it was refused. `part` of the drawer says what came of it."""
    st.session_state[PART] = part
    try:
        with acting() as session:
            came = command(session)
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        return None
    if done:
        st.session_state[DONE] = f"**Saved.** {done}"
    return came
