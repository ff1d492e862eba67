"""The forms of one action, one for each thing that may be done to it."""

from collections.abc import Callable
from datetime import timedelta

import streamlit as st
from sqlmodel import Session

from lscb_core.config import today
from lscb_core.db.access import Person
from lscb_core.domain.actions import OWNER_STATUSES, allowed_moves, owner_moves
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import Status
from lscb_core.queries.choices import choices
from lscb_core.queries.one_action import OneAction
from lscb_core.queries.view import View
from lscb_core.ui.action_saving import REFUSED, begin_with, field_key, save_date, save_owner, save_status
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import plain, show_error


def forms(session: Session, view: View, action: OneAction, who: Person) -> None:
    """The forms that this person may use on this action, one at a time; nothing for others."""
    if refused := st.session_state.pop(REFUSED, None):
        show_error(refused)
    offered = _offered(view, action, who)
    if not offered:
        return
    names = list(offered)
    chosen = names[0]
    if len(names) > 1:
        chosen = (
            st.segmented_control("What do you want to do?", names, default=names[0], key=f"do-{action.id}")
            or names[0]
        )
    offered[chosen](session, view, action, who)


Form = Callable[[Session, View, OneAction, Person], None]


def _offered(view: View, action: OneAction, who: Person) -> dict[str, Form]:
    def may(act: Act) -> bool:
        return who.may(act, board_id=view.board_id, agency_id=action.agency_id)

    moves, open_ = allowed_moves(action.status), action.status.is_open
    offers: list[tuple[str, bool, Form]] = [
        ("Update it", open_ and may(Act.UPDATE_ACTION), _progress_form),
        ("Close it", Status.VERIFIED in moves and may(Act.VERIFY_ACTION), _closing_form),
        ("Move the date", open_ and may(Act.REDATE_ACTION), _date_form),
        ("Name the owner", open_ and may(Act.ASSIGN_ACTION), _owner_form),
        ("Withdraw it", Status.WITHDRAWN in moves and may(Act.WITHDRAW_ACTION), _withdrawing_form),
        ("Open it again", not open_ and may(Act.REOPEN_ACTION), _reopening_form),
    ]
    return {name: form for name, offered, form in offers if offered}


def _progress_form(_session: Session, _view: View, action: OneAction, who: Person) -> None:
    steps = [each for each in Status if each in OWNER_STATUSES & owner_moves(action.status)]
    with st.form(f"progress-{action.id}"):
        begin_with(action, "to", action.status)
        st.selectbox(
            "How far is it?", steps, format_func=lambda each: each.label, key=field_key(action, "to")
        )
        st.text_area(
            "What has been done since the last note?",
            placeholder="Two or three sentences a lay member would understand",
            key=field_key(action, "note"),
        )
        begin_with(action, "evidence", action.evidence)
        where = "Where is the evidence?"
        st.text_input(where, placeholder="Document and page", key=field_key(action, "evidence"))
        _submit("Save the update", save_status, action, who)


def _closing_form(_session: Session, _view: View, action: OneAction, who: Person) -> None:
    with st.form(f"closing-{action.id}"):
        st.markdown(f"Last note, by {plain(action.note_by)}: {plain(action.note) or 'none'}")
        begin_with(action, "evidence", action.evidence)
        st.text_input("Which evidence did you look at?", key=field_key(action, "evidence"))
        st.text_area("What did you find?", key=field_key(action, "note"))
        _submit("Close it: I have checked the evidence", save_status, action, who, Status.VERIFIED)


def _withdrawing_form(_session: Session, _view: View, action: OneAction, who: Person) -> None:
    with st.form(f"withdrawing-{action.id}"):
        st.text_area("Why is it no longer owed?", key=field_key(action, "note"))
        _submit("Withdraw the action", save_status, action, who, Status.WITHDRAWN)


def _reopening_form(_session: Session, _view: View, action: OneAction, who: Person) -> None:
    with st.form(f"reopening-{action.id}"):
        st.text_area("What is still to be done?", key=field_key(action, "note"))
        _submit("Open the action again", save_status, action, who, Status.IN_PROGRESS)


def _date_form(_session: Session, _view: View, action: OneAction, who: Person) -> None:
    with st.form(f"date-{action.id}"):
        st.date_input(
            "New agreed date",
            value=max(action.due_on or today(), today() + timedelta(days=28)),
            format="DD/MM/YYYY",
            key=field_key(action, "due_on"),
        )
        st.text_area("Why is the date moved?", key=field_key(action, "reason"))
        _submit("Move the date", save_date, action, who)


def _owner_form(session: Session, view: View, action: OneAction, who: Person) -> None:
    agencies = {each.id: each.title for each in choices(session, view=view, today=today()).agencies}
    with st.form(f"owner-{action.id}"):
        begin_with(action, "agency", action.agency_id)
        st.selectbox(
            "Which agency owns it?",
            list(agencies),
            index=None,
            format_func=agencies.__getitem__,
            placeholder="Choose an agency",
            key=field_key(action, "agency"),
        )
        st.text_input("Why? (if there was an owner before)", key=field_key(action, "reason"))
        _submit("Name the owner", save_owner, action, who)


def _submit(label: str, save: Callable[..., None], action: OneAction, who: Person, *more: Status) -> None:
    st.form_submit_button(label, type=main_button(), on_click=save, args=(action, who.id, *more))
