"""The list of accounts: how many there are, the table, and the way to one of them."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lscb_core.accounts.held import HeldAccount, State, roles_in_words
from lscb_core.domain.numbers import in_words, plural
from lscb_core.ui import address

ACCOUNT, ADD = "account", "add"
WAY, ROLES = "Way in", 455
SAID = {
    State.WAITS: ("waits for its code to be used", "wait for their codes to be used"),
    State.CLOSED: ("has no way in, because its code has ended", "have no way in, because their codes ended"),
    State.DISABLED: ("is disabled", "are disabled"),
}


def headline(held: Sequence[HeldAccount]) -> str:
    """'7 accounts may sign in'."""
    count = sum(one.state in (State.ACTIVE, State.DEMONSTRATION) for one in held)
    return f"{plural(count, 'account')} may sign in"


def lead(held: Sequence[HeldAccount]) -> str:
    """What needs the administrator's eye, in a sentence (markdown)."""
    counted = Counter(one.state for one in held)
    said = [
        f"{in_words(counted[state])} {one if counted[state] == 1 else many}"
        for state, (one, many) in SAID.items()
        if counted[state]
    ]
    news = f"**{'; '.join(said).capitalize()}.** " if said else ""
    return f"{news}A role says what somebody may see and do. Every change here is written into the history."


def account_table(held: Sequence[HeldAccount], boards: int) -> None:
    """The table; a chosen row opens the account at the side. A box does the same for the keyboard."""
    key = f"accounts-{st.session_state.get('accounts_table', 0)}"
    names = [one.name for one in held]
    st.dataframe(
        _table(held, boards),
        hide_index=True,
        key=key,
        on_select=lambda: _row_chosen(key, names),
        selection_mode="single-row",
        column_config={
            "Now": st.column_config.MultiselectColumn(
                width=120, options=[each.label for each in State], color=[each.detail for each in State]
            ),
            "Whose it is": st.column_config.TextColumn(width=180),
            "Account": st.column_config.TextColumn(width=130),
            WAY: st.column_config.TextColumn(width=150),
            "Roles": st.column_config.TextColumn(width=ROLES - (150 if _says_ways(held) else 0)),
            "Last signed in": st.column_config.DatetimeColumn(width=160, format="D MMM YYYY, HH:mm"),
        },
        height=min(422, 35 * (len(held) + 1) + 3),
        placeholder="–",
        alt="Accounts, those that may sign in first",
    )
    _chooser(held)


def _table(held: Sequence[HeldAccount], boards: int) -> pd.DataFrame:
    rows = [
        {
            "Now": [one.state.label],
            "Whose it is": one.label,
            "Account": one.name,
            "Roles": roles_in_words(one.roles, boards),
            "Last signed in": one.last_signed_in_at
            and one.last_signed_in_at.astimezone().replace(tzinfo=None),
        }
        for one in held
    ]
    frame = pd.DataFrame(rows)
    if _says_ways(held):
        frame.insert(3, WAY, [one.way_in or None for one in held])
    return frame.assign(**{"Last signed in": pd.to_datetime(frame["Last signed in"])})


def _says_ways(held: Sequence[HeldAccount]) -> bool:
    """Whether it is worth a column how somebody comes in: where there are other ways than a password."""
    return any(one.is_linked for one in held)


def _row_chosen(key: str, names: Sequence[str]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows and rows[0] < len(names):
        address.keep(ACCOUNT, names[rows[0]])


def _chooser(held: Sequence[HeldAccount]) -> None:
    labels = {one.name: f"{one.label} ({one.name})" for one in held}
    st.selectbox(
        "Open an account to change its roles, issue a code or disable it",
        list(labels),
        index=None,
        key="open_account",
        format_func=labels.__getitem__,
        placeholder="Choose a row above, or type a name",
        on_change=_typed,
    )
    st.button("Add an account", icon=":material/person_add:", on_click=address.keep, args=(ADD, "1"))


def _typed() -> None:
    if name := st.session_state.pop("open_account", None):
        address.keep(ACCOUNT, name)
