"""What the board settles about its files, each in a drawer; here: which returns it asks for."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlmodel import Session

from lscb_core.config import today
from lscb_core.db.access import Person, check
from lscb_core.db.engine import reading
from lscb_core.domain.numbers import plural
from lscb_core.domain.periods import day, month_end, month_start, months_back
from lscb_core.domain.permissions import Act
from lscb_core.domain.returns import TITLES, Every
from lscb_core.errors import BoardError
from lscb_core.queries.choices import choices
from lscb_core.queries.import_settings import asked_returns
from lscb_core.queries.view import View
from lscb_core.ui import address, show
from lscb_core.ui import import_settings_saving as saving
from lscb_core.ui.import_saving import REFUSED
from lscb_core.ui.import_sources import sources, words
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import forget_refusals, plain, show_error
from lscb_core.ui.signin import who_asks
from lscb_core.ui.staying import at_side

SETTINGS = "settings"
Drawer = Callable[[Session, View, Person], None]


def settings_part() -> None:
    """A button for each setting; the address says which one is open."""
    show.finding("Settings", "What the board settles once, and may change at any time.")
    with st.container(horizontal=True):
        for name, (label, icon, _) in DRAWERS.items():
            st.button(label, icon=icon, key=f"settings-{name}", on_click=address.keep, args=(SETTINGS, name))


def open_setting(view: View) -> None:
    """Open the setting that the address names."""
    asked = DRAWERS.get(st.query_params.get(SETTINGS, ""))
    if asked and not st.query_params.get("file"):
        label, _, drawer = asked
        at_side(label, _opened, view, drawer, on_dismiss=_close)


def _close() -> None:
    address.keep(SETTINGS, None)


def _opened(view: View, drawer: Drawer) -> None:
    """Drawn again by itself after each save, so it reads everything anew."""
    with reading() as session:
        try:
            who = who_asks(session)
            check(session, who, Act.EDIT_REGISTER, board_id=view.board_id)
            if refused := st.session_state.pop(REFUSED, None):
                show_error(refused)
            if done := st.session_state.pop(saving.DONE, None):
                st.success(done, icon=":material/check_circle:")
            drawer(session, view, who)
        except BoardError as refused:
            forget_refusals()
            show_error(refused)


def _asked(session: Session, view: View, who: Person) -> None:
    """Which returns are asked of whom, how often and by when."""
    agencies = {each.id: each.title for each in choices(session, view=view, today=today()).agencies}
    with st.form("asking"):
        st.selectbox(
            "Of which agency?",
            list(agencies),
            index=None,
            format_func=agencies.__getitem__,
            placeholder="Choose an agency",
            key="asking-agency",
        )
        st.selectbox("Which return?", list(TITLES), format_func=TITLES.__getitem__, key="asking-template")
        st.selectbox("How often?", list(Every), format_func=lambda each: each.label, key="asking-every")
        ends = [month_end(months_back(month_start(today()), back)) for back in range(-1, 13)]
        st.selectbox("The first period ends on", ends, index=1, format_func=day, key="asking-first")
        st.number_input("Days allowed after the end of a period", 0, 366, 30, key="asking-days")
        st.form_submit_button(
            "Ask for it", type=main_button(), on_click=saving.ask, args=(view.board_id, who.id)
        )
    st.markdown("## Asked for now", anchors=False)
    listed = asked_returns(session, view=view.without())
    for row in show.rows_of(listed):
        _one_asked(view, who, row)
    if listed.empty:
        show.note("Nobody is asked yet. What the board noted of its partners is shown instead.")


def _one_asked(view: View, who: Person, row: dict[str, Any]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{plain(row['agency'])}**: {row['title'].lower()}")
            since = f"{row['often']}, within {plural(int(row['days_allowed']), 'day')}"
            until = f"; not after {day(row['until'])}" if row["until"] else ""
            show.note(f"{since}, since {day(row['first_period_end'])}{until}")
        if not row["until"]:
            st.button(
                "Ask no more",
                key=f"stop-{row['asked_id']}",
                on_click=saving.stop,
                args=(view.board_id, who.id, row["asked_id"]),
            )


DRAWERS: dict[str, tuple[str, str, Drawer]] = {
    "asked": ("Returns asked for", ":material/event_upcoming:", _asked),
    "sources": ("Whose the sources are", ":material/alt_route:", sources),
    "words": ("Words remembered", ":material/translate:", words),
}
