"""How a record of a list is opened: by choosing its row, or, for the keyboard, in a box below the table.

Either way its word goes into the address, and the page draws what the address says.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from lscb_core.ui.address import keep


def row_opens(table: str, name: str, records: Sequence[Any]) -> Callable[[], None]:
    """What a table (its key) does when a row is chosen: the record of that row opens under `name`."""

    def chosen() -> None:
        rows = st.session_state[table]["selection"]["rows"]
        if rows and rows[0] < len(records):
            keep(name, str(records[rows[0]]))

    return chosen


def opening_box(label: str, records: Mapping[Any, str], *, key: str, name: str) -> None:
    """The box for the keyboard: record -> its words. A chosen record opens under `name`."""
    st.selectbox(
        label,
        list(records),
        index=None,
        key=key,
        format_func=records.__getitem__,
        placeholder="Choose a row above, or type a number or a word",
        on_change=_chosen,
        args=(key, name),
    )


def _chosen(key: str, name: str) -> None:
    if record := st.session_state.pop(key, None):
        keep(name, str(record))
