"""The history as a list: what it has to say, the events that fit the filters, and the way to a record."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from lscb_core.config import today
from lscb_core.db.access import ActorId, person
from lscb_core.db.engine import reading
from lscb_core.domain.periods import day
from lscb_core.findings import history as words
from lscb_core.findings.history_values import when_in_short
from lscb_core.findings.history_words import record_name
from lscb_core.findings.words import rows_of
from lscb_core.queries.history import MOST_SHOWN, MOST_TAKEN, Counted, counted, events, how_many
from lscb_core.queries.history_chain import chain
from lscb_core.queries.history_scope import Asked
from lscb_core.queries.view import View
from lscb_core.ui import address, show
from lscb_core.ui.context import Page
from lscb_core.ui.history_chain import chain_part, loud
from lscb_core.ui.history_filters import asked, clear, filters, skipped, turn
from lscb_core.ui.notices import plain
from lscb_core.ui.opening import opening_box, row_opens

RECORD, ROWS = "record", "history_table"
TABLE = ("When", "What happened", "By whom", "Note")


def whole_history(page: Page) -> None:
    """The page without a record: headline, filters, events, and how the chain stands."""
    stands = chain(page.session, view=page.view, who=page.person)
    # The last seal changes with every event, so what was counted under it still holds.
    count = partial(counted, page.session, view=page.view, who=page.person)
    found = page.keep("history/counted", count, stands.head, page.person)
    show.heading(words.headline(found, stands, today=today()))
    loud(page, stands)
    st.markdown(words.lead(found))
    now = asked()
    filters(page, found, now)
    if page.view.is_part:
        show.note("A priority or a sub-group does not narrow the history.")
    _events(page, found, now)
    chain_part(page, stands)


def _events(page: Page, found: Counted, now: Asked) -> None:
    who, view = page.person, page.view
    total = how_many(page.session, view=view, who=who, asked=now)
    skip = min(skipped(MOST_SHOWN), max(total - 1, 0) // MOST_SHOWN * MOST_SHOWN)
    listed = events(page.session, view=view, who=who, asked=now, skip=skip)
    if listed.empty:
        _nothing(page, found, now)
        return
    show.note(words.since_words(len(listed), total, skip))
    rows = rows_of(listed)
    said = words.to_take(listed).assign(When=[when_in_short(row["at"]) for row in rows])
    _table(said, [row["record"] for row in rows])
    opening_box(
        "Open the story of one record: everything that happened to it",
        {row["record"]: _called(row) for row in rows if row["record"]},
        key="open_story",
        name=RECORD,
    )
    turn(MOST_SHOWN, skip, len(listed), total)
    show.downloads(page, lambda: _to_take(view, who.id, now), "history")
    if total > MOST_TAKEN:
        show.note(f"A download holds the newest {MOST_TAKEN:,} of them: narrow the filters for others.")


def _called(row: dict[str, Any]) -> str:
    return f"{record_name(row)}: {row['name']}" if row["record_kind"] != "account" else record_name(row)


def _table(said: pd.DataFrame, records: list[str]) -> None:
    """The events; a chosen row opens the story of its record. A box does the same for the keyboard."""
    c = st.column_config
    st.dataframe(
        said[list(TABLE)],
        hide_index=True,
        key=ROWS,
        on_select=row_opens(ROWS, RECORD, records),
        selection_mode="single-row",
        column_config={
            "When": c.TextColumn(width=145),
            "What happened": c.TextColumn(width=520),
            "By whom": c.TextColumn(width=140),
            "Note": c.TextColumn(width=280),
        },
        height=min(528, 36 * (len(said) + 1) + 2),
        alt="What happened, the newest first",
    )


def _to_take(view: View, actor: ActorId, now: Asked) -> pd.DataFrame:
    """The events for a file, asked when it is fetched: whoever may no longer see them gets none."""
    with reading() as session:
        who = person(session, actor)
        return words.to_take(events(session, view=view, who=who, asked=now, most=MOST_TAKEN))


def _nothing(page: Page, found: Counted, now: Asked) -> None:
    view = page.view
    with st.container(border=True):
        if now.is_narrowed or view.agency_id is not None:
            st.markdown("**No event fits these filters.**")
            st.button("Take the filters off", on_click=_all, icon=":material/filter_alt_off:", key="all")
            return
        name = plain(page.choices.board_name)
        st.markdown(f"**Nothing had been written down for {name} by {day(view.as_at)}.**")
        if view.as_at != today() and not found.events:
            st.button("Go to today", on_click=_go_to_today, icon=":material/today:", key="history_today")


def _all() -> None:
    clear()
    address.change("agency", None)


def _go_to_today() -> None:
    address.change("as_at", today().isoformat())
