"""Adding an action: for the board manager."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from lscb_core.commands.new_actions import NewAction, add_action
from lscb_core.config import now
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import ActionSource
from lscb_core.errors import BoardError
from lscb_core.queries.choices import Choices, Named
from lscb_core.ui import address
from lscb_core.ui.acting import acting
from lscb_core.ui.action_saving import REFUSED, WHOLE_PAGE
from lscb_core.ui.context import Page
from lscb_core.ui.main_button import main_button
from lscb_core.ui.notices import say, show_error
from lscb_core.ui.staying import at_side

FIELDS = ("title", "detail", "from", "agency", "due_on", "priorities", "sub_groups")


def add_button(page: Page) -> None:
    """The button and, once pressed, the form at the side. Nothing for those who may not add."""
    if not page.person.may(Act.ADD_ACTION, board_id=page.view.board_id):
        return
    st.button("Add an action", icon=":material/add:", on_click=address.keep, args=("add", "1"))
    if st.query_params.get("add"):
        at_side("A new action", _form, page.view.board_id, page.person.id, page.choices, on_dismiss=_close)


def _close() -> None:
    address.keep("add", None)


def _form(board_id: int, actor: int, offered: Choices) -> None:
    if st.session_state.pop(WHOLE_PAGE, False):
        st.rerun()
    if refused := st.session_state.pop(REFUSED, None):
        show_error(refused)
    with st.form("new-action"):
        _promise()
        _choices("Which agency owns it?", offered.agencies, "agency")
        st.date_input("Agreed date", value=None, format="DD/MM/YYYY", key=_key("due_on"))
        _choices("Which priorities does it serve?", offered.priorities, "priorities", several=True)
        _choices("Which sub-groups answer for it?", offered.sub_groups, "sub_groups", several=True)
        st.form_submit_button("Add the action", type=main_button(), on_click=_save, args=(board_id, actor))


def _promise() -> None:
    plain = "In a sentence that a lay member would understand"
    st.text_input("What is promised?", placeholder=plain, key=_key("title"))
    st.text_area("More about it (may be left out)", key=_key("detail"))
    sources = list(ActionSource)
    st.selectbox("Where does it come from?", sources, format_func=lambda each: each.label, key=_key("from"))


def _choices(label: str, named: Sequence[Named], field: str, *, several: bool = False) -> None:
    words = {each.id: each.title for each in named}
    if several:
        st.multiselect(label, list(words), format_func=words.__getitem__, key=_key(field))
        return
    st.selectbox(
        label,
        list(words),
        index=None,
        format_func=words.__getitem__,
        placeholder="Not named yet",
        key=_key(field),
    )


def _key(field: str) -> str:
    return f"new-action-{field}"


def _save(board_id: int, actor: int) -> None:
    typed = {field: st.session_state.get(_key(field)) for field in FIELDS}
    try:
        with acting() as session:
            number = _add(session, board_id, actor, typed)
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        return
    for field in FIELDS:
        st.session_state.pop(_key(field), None)
    say(f"**Added.** It is action {number}.")
    address.keep("add", None)
    st.session_state[WHOLE_PAGE] = True


def _add(session: Session, board_id: int, actor: int, typed: dict[str, Any]) -> int:
    new = NewAction(
        title=str(typed["title"] or ""),
        detail=str(typed["detail"] or ""),
        source_kind=typed["from"],
        agency_id=typed["agency"],
        due_on=typed["due_on"],
        priority_ids=tuple(typed["priorities"] or ()),
        sub_group_ids=tuple(typed["sub_groups"] or ()),
    )
    return add_action(session, actor=actor, board_id=board_id, new=new, at=now())
