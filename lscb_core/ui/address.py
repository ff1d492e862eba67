"""The view in the address: board, day and filters, so that a link opens the same view for somebody else."""

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit import config

from lscb_core.domain.periods import parse_day
from lscb_core.domain.typed import possible
from lscb_core.queries.view import Choice

NAMES = ("board", "as_at", "priority", "sub_group", "agency")
SCOPE = "scope"


def chosen(boards: list[str]) -> Choice:
    """What the address asks for; on an address without a board, what this tab last looked at.

    Raises BadInput for a day that is none.
    """
    asked = {name: said for name in NAMES if (said := word(name))}
    if "board" not in asked:
        asked = {**st.session_state.get(SCOPE, {"board": boards[0]}), **asked}
        write(asked)
    st.session_state[SCOPE] = asked
    return Choice(
        board=asked["board"],
        as_at=parse_day(asked["as_at"]) if "as_at" in asked else None,
        priority=asked.get("priority"),
        sub_group=asked.get("sub_group"),
        agency=asked.get("agency"),
    )


def word(name: str) -> str:
    """What the address says under that name, as a question to the database may hold it; "" for nothing."""
    return possible(st.query_params.get(name, ""))


def one_of(name: str, options: Sequence[str]) -> str:
    """The choice under that name in the address where it is one of these, else the first of them."""
    asked = st.query_params.get(name, "")
    return asked if asked in options else options[0]


def board_alone(boards: list[str]) -> Choice:
    """The board asked for where it is one of these, else the first of them, without any filter."""
    asked = word("board")
    alone = {"board": asked if asked in boards else boards[0]}
    write(alone)
    st.session_state[SCOPE] = alone
    return Choice(board=alone["board"])


def write(asked: dict[str, str]) -> None:
    """Put a view into the address, leaving whatever else a page keeps there."""
    for name in NAMES:
        if value := asked.get(name):
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]


def change(name: str, value: str | None) -> None:
    """Change one part of the view; another board keeps none of the last one's filters."""
    kept = {} if name == "board" else {key: st.query_params[key] for key in NAMES if key in st.query_params}
    asked = {**kept, name: value or ""}
    write({key: text for key, text in asked.items() if text})
    st.session_state[SCOPE] = {key: text for key, text in asked.items() if text}


def here() -> str:
    """The page and view that this tab is looking at, as a path with its query, below the base path."""
    base = config.get_option("server.baseUrlPath").strip("/")
    path = urlsplit(st.context.url or "").path.removeprefix(f"/{base}" if base else "")
    query = urlencode(st.query_params.to_dict())
    return f"{path or '/'}?{query}" if query else path or "/"


def with_changes(**changes: str | None) -> dict[str, str]:
    """The address of a link: the view as it is with these parts changed (None: taken off)."""
    asked = {key: st.query_params[key] for key in NAMES if key in st.query_params}
    asked.update({key: value or "" for key, value in changes.items()})
    return {key: value for key, value in asked.items() if value}


def keep(name: str, value: str | None) -> None:
    """Keep something of one page's own in the address (a list's choice, an opened record)."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
