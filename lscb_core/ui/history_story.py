"""One record's story on its own page: each step, each field before and after, who and when."""

import streamlit as st

from lscb_core.db.access import Person
from lscb_core.domain.numbers import plural
from lscb_core.domain.permissions import Act
from lscb_core.errors import BoardError
from lscb_core.findings.history import note_of, story_lines
from lscb_core.findings.history_values import when
from lscb_core.findings.history_words import step
from lscb_core.findings.words import Row, rows_of
from lscb_core.queries.history_story import MOST_TOLD, Story, story
from lscb_core.ui import address, show
from lscb_core.ui.context import Page
from lscb_core.ui.history_list import RECORD
from lscb_core.ui.notices import plain, show_error

CALLED = {"action": "Action", "import": "File", "account": "Account"}


def chosen() -> str:
    """The record whose story the address asks for, such as action/12; empty: the whole history."""
    return address.word(RECORD)


def one_story(page: Page, record: str) -> None:
    """The record, everything that happened to it, and the ways back."""
    try:
        told = story(page.session, view=page.view, who=page.person, record=record)
    except BoardError as refused:
        show_error(refused)
        _back()
        return
    count = plural(len(told.events), "event")
    said = f"The last {MOST_TOLD} events" if len(told.events) >= MOST_TOLD else f"**{count}**"
    name = f"{CALLED[told.kind]} {told.number}" + (f": {told.name}" if told.name else "")
    show.heading(name, f"{said}, from the first to the last.")
    if told.events.empty:
        with st.container(border=True):
            st.markdown("**Nothing has been changed here since the history began.**")
    rows = rows_of(told.events)
    if told.kind == "action" and rows and rows[0]["act"] != "add_action":
        show.note("It was here before the history began: earlier steps stand with the action itself.")
    for row in rows:
        _step(row)
    _ways(page, told)


def _step(row: Row) -> None:
    note = note_of(row)
    with st.container(gap=None):
        st.markdown(f"**{step(row)}**" + (f": {plain(note)}" if note else ""))
        for line in story_lines(row):
            st.markdown(plain(line))
        show.note(f"{when(row['at'])}, {plain(row['who'])}. Event {row['event']}, seal {row['seal'][:12]}")


def _ways(page: Page, told: Story) -> None:
    number, board = str(told.number), page.view.board_id
    if told.kind == "action":
        show.go("actions", f"Open action {number}", action=number)
    if told.kind == "import" and page.person.may(Act.IMPORT, board_id=board):
        show.go("import_data", f"Open file {number}", file=number)
    if told.kind == "account" and page.person.may(Act.MANAGE_ACCOUNTS, board_id=None):
        show.go("accounts", "Open the accounts")
    _back()


def _back() -> None:
    st.button("The whole history", on_click=_leave, icon=":material/arrow_back:", key="whole_history")


def _leave() -> None:
    address.keep(RECORD, None)


def story_link(who: Person, board_id: int, record: str) -> None:
    """A link to a record's story, for whoever may read the history."""
    if who.may(Act.SEE_HISTORY, board_id=board_id):
        show.go("history", "Its whole history, field by field", record=record)
