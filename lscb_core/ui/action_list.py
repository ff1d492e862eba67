"""The list of actions: how many stand where, the table, and who holds the late ones."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.domain.numbers import plural
from lscb_core.domain.vocab import Brag
from lscb_core.queries.actions import ACTIONS, MOST_SHOWN, actions
from lscb_core.ui import show
from lscb_core.ui.address import keep
from lscb_core.ui.context import Page
from lscb_core.ui.new_action import add_button
from lscb_core.ui.opening import opening_box, row_opens

ORDER = (Brag.LATE, Brag.DUE_SOON, Brag.MOVED_TWICE, Brag.NO_DATE, Brag.ON_TIME, Brag.CLOSED)
AT_FIRST = (Brag.LATE, Brag.DUE_SOON, Brag.MOVED_TWICE, Brag.NO_DATE)
NO_OWNER = "no_owner"
SHOWN = "show"
TABLE = {
    "now": "Now",
    "days_late": "Days late",
    "title": "What was promised",
    "agency": "Who",
    "due_on": "Agreed date",
    "days_late_from_first": "From first date",
    "times_moved": "Times moved",
    "number": "Action",
}


def headline(counts: Mapping[Brag, int]) -> str:
    """'14 of 40 open actions are late'; where none is late because most have no date, that instead."""
    open_ = sum(number for each, number in counts.items() if each is not Brag.CLOSED)
    if not open_:
        return "No action is open"
    late, undated = counts[Brag.LATE], counts[Brag.NO_DATE]
    if not late and undated * 2 > open_:
        return (
            f"{undated} of {plural(open_, 'open action')} {'has' if undated == 1 else 'have'} no agreed date"
        )
    return f"{late or 'None'} of {plural(open_, 'open action')} {'is' if late < 2 else 'are'} late"


def standings(counts: Mapping[Brag, int], ownerless: int) -> tuple[str, ...]:
    """Choose what to list, codes of `Brag` or NO_OWNER; the choice stands in the address."""
    labels = {each.value: f"{each.label} {counts[each]}" for each in ORDER if counts[each]}
    labels |= {NO_OWNER: f"No owner {ownerless}"} if ownerless else {}
    asked = st.query_params.get(SHOWN)
    chosen = asked.split(",") if asked else [each.value for each in AT_FIRST]
    now = [code for code in labels if code in chosen] or list(labels)
    st.session_state["standings"] = now
    st.pills(
        "Show",
        list(labels),
        selection_mode="multi",
        default=None,
        format_func=labels.__getitem__,
        key="standings",
        on_change=_choose,
    )
    if ownerless:
        show.note(f"{plural(ownerless, 'open action')} without a named owner: nobody can be asked.")
    return tuple(now)


def _choose() -> None:
    keep(SHOWN, ",".join(st.session_state["standings"]))


def action_list(page: Page, shown: tuple[str, ...]) -> None:
    """The table; a chosen row opens the action at the side. A box does the same for the keyboard."""
    only = tuple(Brag.of(code) for code in shown if code != NO_OWNER)
    listed = page.ask(actions, only=only, no_owner=NO_OWNER in shown)
    if listed.empty:
        show.empty(
            page, "**No action to show.** None of this board's actions fits these filters on this day."
        )
        return
    numbers = listed["number"].tolist()
    _rows_to_open(page.keep("actions/table", lambda: show.arrow(_table(listed)), shown), numbers)
    if len(listed) >= MOST_SHOWN:
        show.note(f"The first {MOST_SHOWN} are listed: narrow the filters to see the others.")
    opening_box(
        "Open an action to see its history and, where it is yours, to update it",
        {number: f"{number}: {title}" for number, title in zip(numbers, listed["title"], strict=True)},
        key="open_action",
        name="action",
    )
    with st.container(horizontal=True):
        add_button(page)
        show.downloads(
            page, page.keep("actions/all", lambda: show.worded(listed, _worded()), shown), "actions"
        )


def _worded() -> dict[str, str]:
    return {key: words for key, words in ACTIONS.items() if key not in ("action_id", "agency_slug")}


def _table(listed: pd.DataFrame) -> pd.DataFrame:
    said = listed.assign(
        now=listed["now"].map(lambda each: [Brag.of(each).label]),
        agency=listed["agency"].replace("", "No owner named"),
        due_on=pd.to_datetime(listed["due_on"]),
        days_late=listed["days_late"].replace(0, pd.NA),
        days_late_from_first=listed["days_late_from_first"].replace(0, pd.NA),
    )
    return said[list(TABLE)].rename(columns=TABLE)


def _rows_to_open(said: Any, numbers: list[int]) -> None:
    key = f"actions-{st.session_state.get('actions_table', 0)}"
    st.dataframe(
        said,
        hide_index=True,
        key=key,
        on_select=row_opens(key, "action", numbers),
        selection_mode="single-row",
        column_config=_columns(),
        height=min(422, 36 * (len(numbers) + 1) + 2),
        placeholder="–",
        alt="Actions, most days late first",
    )


def _columns() -> dict[str, Any]:
    c = st.column_config
    labels = [each.label for each in ORDER]
    return {
        "Now": c.MultiselectColumn(width=105, options=labels, color=[each.colour for each in ORDER]),
        "Days late": c.NumberColumn(width=80),
        "What was promised": c.TextColumn(width=366),
        "Who": c.TextColumn(width=140),
        "Agreed date": c.DateColumn(width=105, format="D MMM YYYY"),
        "From first date": c.NumberColumn(width=118, help="Days late, counted from the first date"),
        "Times moved": c.NumberColumn(width=95),
        "Action": c.NumberColumn(width=70, format="%d"),
    }
