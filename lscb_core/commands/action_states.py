"""One action's states: find the one that holds, end it, begin the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from lscb_core.db.access import Person
from lscb_core.db.base import FOREVER
from lscb_core.db.recording import raise_revision, tell
from lscb_core.db.tables import Action, ActionState, Seat
from lscb_core.domain.periods import moment
from lscb_core.domain.vocab import Status
from lscb_core.errors import BadInput, NotFound, StaleRecord


@dataclass(frozen=True, slots=True)
class ActionChange:
    """Everything about a change but the fields: which action and state, by whom, seen how, when."""

    action: Action
    state: ActionState
    who: Person
    seen_version: int
    act: str
    at: datetime
    origin_id: int | None = None  # the file that brings it; none where a person types it


def find_action(session: Session, action_id: int) -> Action:
    """The action; raises NotFound."""
    action = session.get(Action, action_id, populate_existing=True)
    if action is None:
        raise NotFound("There is no such action.", advice="Choose one from the list.")
    return action


def current_state(session: Session, action: Action) -> ActionState:
    """The state that holds now."""
    holds = select(ActionState).where(ActionState.action_id == action.id, ActionState.until_on == FOREVER)
    return session.exec(holds.execution_options(populate_existing=True)).one()


def change(session: Session, change: ActionChange, fields: Mapping[str, Any]) -> None:
    """As `write`, and commit."""
    write(session, change, fields)
    session.commit()


def write(session: Session, change: ActionChange, fields: Mapping[str, Any]) -> None:
    """Claim the next version, end the old state, begin the new one, write the history."""
    _claim(session, change)
    old, now = change.state, max(change.at.date(), change.state.from_on)
    before = old.model_dump(exclude={"id"})
    after = {**before, "reason": "", **fields, **_stamp(change, fields)}
    old.until_on = now
    session.add(old)
    session.add(ActionState(**{**after, "from_on": now, "until_on": FOREVER}))
    tell(
        session,
        who=change.who,
        board_id=change.action.board_id,
        record_kind="action",
        record_id=old.action_id,
        act=change.act,
        before={key: before[key] for key in fields},
        after=fields,
        at=change.at,
        note=str(fields.get("note") or fields.get("reason") or ""),
    )
    raise_revision(session, of_states_only=True)
    session.flush()


def _stamp(change: ActionChange, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Who and when; the day of closing when this closes it, none when this opens it again."""
    status = fields.get("status", change.state.status)
    closes = status in (Status.VERIFIED, Status.WITHDRAWN)
    closed_on = fields.get("closed_on") or change.state.closed_on or change.at.date()
    return {
        "version": change.seen_version + 1,
        "changed_by": change.who.label,
        "changed_at": change.at,
        "closed_on": closed_on if closes else None,
        "origin_id": change.origin_id,
    }


def _claim(session: Session, change: ActionChange) -> None:
    """Take the version after the one seen, or raise StaleRecord: somebody else has."""
    claimed = session.connection().execute(
        sa.update(Action)
        .where(col(Action.id) == change.action.id, col(Action.version) == change.seen_version)
        .values(version=change.seen_version + 1)
    )
    if claimed.rowcount != 1:
        raise saved_first(session, change.action)


def check_fresh(session: Session, action: Action, seen_version: int) -> None:
    """Raise StaleRecord when the action has moved on since the person saw it."""
    if action.version != seen_version:
        raise saved_first(session, action)


def saved_first(session: Session, action: Action) -> StaleRecord:
    """The words for a lost race: who saved, when, and what they wrote."""
    theirs = current_state(session, action)
    return StaleRecord.saved_first(
        record=f"Action {action.number}",
        who=theirs.changed_by,
        when=moment(theirs.changed_at),
        theirs=_said_in(session, theirs).rstrip("."),
    )


def _said_in(session: Session, state: ActionState) -> str:
    """What was written with this very change: its reason, its own note, or else the new status."""
    earlier = select(ActionState.note).where(
        ActionState.action_id == state.action_id, ActionState.version == state.version - 1
    )
    own_note = "" if state.note == session.exec(earlier).first() else state.note
    return state.reason or own_note or state.status.label


def check_seat(session: Session, board_id: int, agency_id: int) -> None:
    """Raise BadInput unless the agency sits on the board."""
    if session.get(Seat, (board_id, agency_id)) is None:
        raise BadInput("That agency has no seat on this board.", advice="Choose one from the list.")
