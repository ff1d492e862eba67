"""One action at the side of the page: where it stands, its forms for whoever may use them, its history."""

import streamlit as st
from sqlmodel import Session

from lscb_core.config import today
from lscb_core.db.access import Person, check_open
from lscb_core.db.engine import reading
from lscb_core.domain.numbers import plural, times
from lscb_core.domain.periods import day
from lscb_core.domain.permissions import Act
from lscb_core.errors import BoardError
from lscb_core.findings.overview import NOT_PUBLISHED
from lscb_core.queries.actions import action_history
from lscb_core.queries.loose_ends import told_until
from lscb_core.queries.one_action import OneAction, one_action
from lscb_core.queries.view import View
from lscb_core.ui import address, show
from lscb_core.ui.action_forms import forms
from lscb_core.ui.action_saving import WHOLE_PAGE
from lscb_core.ui.context import Page
from lscb_core.ui.history_story import story_link
from lscb_core.ui.notices import forget_refusals, plain, show_error
from lscb_core.ui.signin import who_asks
from lscb_core.ui.staying import at_side

ACTION, ADD = "action", "add"


def open_chosen_action(page: Page) -> None:
    """Open the action that the address names; one that is not there is told."""
    asked = st.query_params.get(ACTION)
    if not asked or st.query_params.get(ADD):
        return  # one drawer at a time
    try:
        action = one_action(page.session, view=page.view, number=_number(asked))
    except BoardError as refused:
        close()
        show_error(refused)
        return
    title = f"{action.number}: {plain(action.title)}"
    at_side(title, _drawer, page.view, action.number, on_dismiss=close)


def _number(asked: str) -> int:
    """The number in the address; 0, which no action has, for what cannot be one."""
    return int(asked) if asked.isdecimal() and len(asked) < 10 else 0


def close() -> None:
    """Forget the opened action, and the chosen row with it (a new key: the old one would open it again)."""
    address.keep(ACTION, None)
    st.session_state["actions_table"] = st.session_state.get("actions_table", 0) + 1


def _drawer(view: View, number: int) -> None:
    """Drawn again by itself after a save that was refused, so it reads everything anew."""
    if st.session_state.pop(WHOLE_PAGE, False):
        st.rerun()  # the whole page: the list behind has changed too
    with reading() as session:
        try:
            who = _reader(session, view)
            action = one_action(session, view=view, number=number)
        except BoardError as refused:
            forget_refusals()
            show_error(refused)
            return
        _standing(action)
        if told_until(session, view=view):
            show.note(NOT_PUBLISHED)
        if view.as_at == today() and action.is_current:
            forms(session, view, action, who)
        else:
            _not_today(view, who)
        _history(session, view, action)
        story_link(who, view.board_id, f"action/{action.number}")


def _reader(session: Session, view: View) -> Person:
    """Whoever is signed in, if that person may still read this board; raises NotPermitted."""
    who = who_asks(session)
    check_open(session, who, Act.READ, board_id=view.board_id)
    return who


def _standing(action: OneAction) -> None:
    late = f" by {plural(action.days_late, 'day')}" if action.days_late else ""
    owner = plain(action.agency or "No owner named")
    st.markdown(f":{action.now.colour}-badge[{action.now.label}{late}] :gray-badge[{owner}]")
    st.markdown(_agreed(action))
    if action.detail:
        st.markdown(plain(action.detail))
    came = f"{action.source_kind.label}: {action.audit}" if action.audit else action.source_kind.label
    show.note(f"{plain(came)}. {plain(action.source)}")
    if action.priorities:
        show.note(f"Serves: {plain('; '.join(action.priorities))}.")


def _agreed(action: OneAction) -> str:
    said = f"Status: **{action.status.label}**. "
    if action.due_on is None or action.first_due_on is None:
        return said + "**No date agreed.**"
    about = "" if action.due_precision == "day" else f" (the report says only the {action.due_precision})"
    moved = ""
    if action.times_moved:
        moved = f", moved {times(action.times_moved)} from {day(action.first_due_on)}"
    return f"{said}Agreed for **{day(action.due_on)}**{about}{moved}."


def _not_today(view: View, who: Person) -> None:
    st.info(f"You are looking at {day(view.as_at)}. An action is updated as it stands today.")
    if who.grants:
        st.button("Go to today", on_click=_go_to_today, icon=":material/today:")


def _go_to_today() -> None:
    address.change("as_at", today().isoformat())
    st.session_state[WHOLE_PAGE] = True


def _history(session: Session, view: View, action: OneAction) -> None:
    told = action_history(session, view=view, action_id=action.id)
    st.markdown("## History", anchors=False)
    for row in show.rows_of(told):
        with st.container(gap=None):
            st.markdown(f"**{row['what']}**: {plain(row['note'])}" if row["note"] else f"**{row['what']}**")
            if row["evidence"]:
                st.markdown(f"Evidence: {plain(row['evidence'])}")
            show.note(f"{day(row['on'])}, {plain(row['who'])}")
