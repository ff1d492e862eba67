"""Saving the forms of one action: each in its button's callback, with the version that the person saw.

A refused save keeps what was typed: the fields hold their own words until a save is done.
"""

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from lscb_core.commands.action_states import current_state, find_action
from lscb_core.commands.actions import Seen, assign, redate, update_status
from lscb_core.config import now
from lscb_core.db.engine import reading
from lscb_core.domain.vocab import Status
from lscb_core.errors import BoardError, StaleRecord
from lscb_core.queries.one_action import OneAction
from lscb_core.ui import address
from lscb_core.ui.acting import acting
from lscb_core.ui.notices import say

REFUSED, WHOLE_PAGE = "refused-action", "draw_the_whole_page"
FIELDS = ("to", "note", "evidence", "due_on", "reason", "agency")
NEXT = {
    Status.COMPLETE: "Somebody else will check it.",
    Status.VERIFIED: "It is closed.",
    Status.WITHDRAWN: "It is no longer owed.",
}


def field_key(action: OneAction, field: str) -> str:
    """The name under which a field keeps what is typed."""
    return f"action-{action.id}-{field}"


def begin_with(action: OneAction, field: str, value: object) -> None:
    """What a field holds before anything is typed into it."""
    st.session_state.setdefault(field_key(action, field), value)


def _take_theirs(action: OneAction) -> None:
    """After a lost race: what this person left as it was now shows what the other has saved.

    Otherwise the untouched fields would go back to the old values with the next save.
    """
    with reading() as session:
        now_ = current_state(session, find_action(session, action.id))
        theirs = {"to": now_.status, "evidence": now_.evidence, "agency": now_.agency_id}
    seen = {"to": action.status, "evidence": action.evidence, "agency": action.agency_id}
    for field, value in theirs.items():
        key = field_key(action, field)
        if key in st.session_state and st.session_state[key] == seen[field]:
            st.session_state[key] = value


def _typed(action: OneAction, field: str) -> str:
    return str(st.session_state.get(field_key(action, field)) or "")


def save_status(action: OneAction, actor: int, to: Status | None = None) -> None:
    """Save a step, with its note and evidence (a button's callback)."""
    step = to or st.session_state[field_key(action, "to")]
    _save(
        action,
        f"It is now: {step.label.lower()}. {NEXT.get(step, '')}",
        lambda session: update_status(
            session,
            actor=actor,
            seen=Seen(action.id, action.version),
            to=step,
            note=_typed(action, "note"),
            evidence=_typed(action, "evidence"),
            at=now(),
        ),
    )


def save_date(action: OneAction, actor: int) -> None:
    """Save another agreed date with its reason."""
    _save(
        action,
        "The new date is agreed; the first one is kept.",
        lambda session: redate(
            session,
            actor=actor,
            seen=Seen(action.id, action.version),
            due_on=st.session_state[field_key(action, "due_on")],
            reason=_typed(action, "reason"),
            at=now(),
        ),
    )


def save_owner(action: OneAction, actor: int) -> None:
    """Save the agency that owns the action."""
    _save(
        action,
        "Its owner is named.",
        lambda session: assign(
            session,
            actor=actor,
            seen=Seen(action.id, action.version),
            agency_id=st.session_state[field_key(action, "agency")] or 0,
            reason=_typed(action, "reason"),
            at=now(),
        ),
    )


def _save(action: OneAction, done: str, command: Callable[[Session], None]) -> None:
    """Run the command. Done: say so and close the drawer. Refused: keep the words and what was typed."""
    try:
        with acting() as session:
            command(session)
    except BoardError as refused:
        st.session_state[REFUSED] = refused
        if isinstance(refused, StaleRecord):
            _take_theirs(action)
        return
    for field in FIELDS:
        st.session_state.pop(field_key(action, field), None)
    say(f"**Saved.** Action {action.number}. {done}")
    address.keep("action", None)
    st.session_state[WHOLE_PAGE] = True
