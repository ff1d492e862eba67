"""The files taken in so far: the list, and one file at the side of the page."""

from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.domain.periods import short_day
from lscb_core.queries.imports import IMPORTS, STATES, imports
from lscb_core.ui import show
from lscb_core.ui.address import keep
from lscb_core.ui.context import Page
from lscb_core.ui.import_saving import FILE
from lscb_core.ui.opening import opening_box, row_opens

TABLE = {
    "state": "Now",
    "title": "What it is",
    "at": "When",
    "who": "Who",
    "as_at": "As at",
    "rows": "Rows",
    "file": "File",
    "notes": "Notes",
    "number": "Number",
    "kind": "Kind",
}
COLOURS = {"stands": "green", "partly": "orange", "replaced": "gray", "undone": "gray", "refused": "red"}
ROUND = "imports_table"


def files(page: Page, *, own: bool) -> None:
    """The list; a chosen row opens the file at the side. A box does the same for the keyboard."""
    listed = page.ask(imports, who=page.person)
    show.finding("What your agency has sent" if own else "Files so far", "The last one first.")
    if listed.empty:
        with st.container(border=True):
            st.markdown("**No file yet.** What is taken in above is listed here, with what stands of it.")
        return
    numbers = listed["number"].tolist()
    key = f"imports-{st.session_state.get(ROUND, 0)}"
    st.dataframe(
        page.keep("imports/table", lambda: show.arrow(_table(listed)), page.person.id),
        hide_index=True,
        key=key,
        on_select=row_opens(key, FILE, numbers),
        selection_mode="single-row",
        column_config=_columns(),
        height=min(350, 36 * (len(listed) + 1) + 2),
        placeholder="–",
        alt="Files taken in, the last one first",
    )
    opening_box(
        "Open a file to see where its figures come from and what it replaced",
        {row["number"]: _called(row) for row in show.rows_of(listed)},
        key="open_file",
        name=FILE,
    )
    worded = page.keep("imports/all", lambda: _worded(listed), page.person.id)
    show.downloads(page, worded, "files")


def _table(listed: pd.DataFrame) -> pd.DataFrame:
    said = listed.assign(
        at=[at.to_pydatetime().astimezone().replace(tzinfo=None) for at in listed["at"]],
        as_at=pd.to_datetime(listed["as_at"]),
        state=listed["state"].map(lambda state: [STATES[state]]),
        title=listed["title"].where(listed["title"] != "", listed["kind"]),
    )
    return said[list(TABLE)].rename(columns=TABLE)


def _worded(listed: pd.DataFrame) -> pd.DataFrame:
    at = [f"{moment:%Y-%m-%d %H:%M}" for moment in listed["at"]]
    return show.worded(
        listed.assign(at=at), {name: words for name, words in IMPORTS.items() if name != "state"}
    )


def _columns() -> dict[str, Any]:
    c = st.column_config
    return {
        "Now": c.MultiselectColumn(width=118, options=list(STATES.values()), color=list(COLOURS.values())),
        "What it is": c.TextColumn(width=385),
        "When": c.DatetimeColumn(width=137, format="D MMM YYYY, HH:mm"),
        "Who": c.TextColumn(width=112),
        "As at": c.DateColumn(width=98, format="D MMM YYYY"),
        "Rows": c.NumberColumn(width=52),
        "File": c.TextColumn(width=160),
        "Notes": c.NumberColumn(width=60),
        "Number": c.NumberColumn(width=70, format="%d"),
        "Kind": c.TextColumn(width=160),
    }


def _called(row: dict[str, Any]) -> str:
    return f"{row['number']}: {row['title'] or row['kind']}, {short_day(row['at'].date())}"


def close() -> None:
    """Forget the opened file, and the chosen row with it (a new key: the old one would open it again)."""
    keep(FILE, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
