"""Adding an action to a board's register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from lscb_core.commands.action_states import check_seat
from lscb_core.commands.words import required_text, short_text
from lscb_core.db.access import ActorId, Person, may
from lscb_core.db.recording import raise_revision, record
from lscb_core.db.tables import (
    Action,
    ActionPriority,
    ActionState,
    ActionSubGroup,
    Origin,
    Priority,
    SubGroup,
)
from lscb_core.domain.permissions import Act
from lscb_core.domain.vocab import ActionSource, Status
from lscb_core.errors import BadInput

FROM_A_FILE = "Return of actions"


@dataclass(frozen=True, slots=True)
class NewAction:
    """A promise as the board manager writes it down. Dates and owner may still be open."""

    title: str
    detail: str
    source_kind: ActionSource
    agency_id: int | None = None
    due_on: date | None = None
    audit_id: int | None = None
    priority_ids: Sequence[int] = ()
    sub_group_ids: Sequence[int] = ()


def add_action(session: Session, *, actor: ActorId, board_id: int, new: NewAction, at: datetime) -> int:
    """Add an action under the board's next number, which is returned. Raises NotPermitted or BadInput."""
    who = may(session, actor, Act.ADD_ACTION, board_id=board_id, agency_id=new.agency_id)
    action = write_new(session, who=who, board_id=board_id, new=new, at=at)
    session.commit()
    return action.number


def write_new(
    session: Session,
    *,
    who: Person,
    board_id: int,
    new: NewAction,
    at: datetime,
    origin_id: int | None = None,
) -> Action:
    """The action with its first state and event; a file that brings it names its origin. Raises BadInput."""
    title = required_text(new.title, "what is promised")
    if new.due_on and new.due_on < at.date():
        raise BadInput("Not added: the agreed date has passed.", advice="Choose today or a day to come.")
    if new.agency_id is not None:
        check_seat(session, board_id, new.agency_id)
    action = _first_row(session, board_id, new, title, at)
    if origin_id is not None:
        action.source, action.origin_id = FROM_A_FILE, origin_id
    session.add(action)
    session.flush()
    _first_state(session, action, new, who, at, origin_id=origin_id)
    _tag(session, action, new)
    session.flush()
    return action


def _first_state(
    session: Session, action: Action, new: NewAction, who: Person, at: datetime, *, origin_id: int | None
) -> None:
    """The state that the action begins in, and its first event."""
    assert action.id is not None
    fields: dict[str, Any] = {"agency_id": new.agency_id, "due_on": new.due_on, "first_due_on": new.due_on}
    state = ActionState(
        action_id=action.id,
        board_id=action.board_id,
        version=1,
        from_on=at.date(),
        status=Status.NOT_STARTED,
        changed_by=who.label,
        changed_at=at,
        reason="Added",
        origin_id=origin_id,
        **fields,
    )
    session.add(state)
    record(
        session,
        who=who,
        board_id=action.board_id,
        record_kind="action",
        record_id=action.id,
        act="add_action",
        before={},
        after={"number": action.number, "title": action.title, **fields},
        at=at,
    )


def _first_row(session: Session, board_id: int, new: NewAction, title: str, at: datetime) -> Action:
    raise_revision(session)  # a write first: two managers adding at once wait for each other's number
    highest = session.exec(
        select(Action.number).where(Action.board_id == board_id).order_by(col(Action.number).desc())
    ).first()
    return Action(
        board_id=board_id,
        number=(highest or 0) + 1,
        title=title,
        detail=short_text(new.detail, "the detail"),
        source_kind=new.source_kind,
        audit_id=new.audit_id,
        raised_on=at.date(),
        source="Added on the dashboard",
        origin_id=_form_origin(session),
    )


def _form_origin(session: Session) -> int:
    origin = session.exec(select(Origin).where(Origin.key == "form")).first()
    if origin is None:
        origin = Origin(key="form", kind="form", title="Entered on the dashboard")
        session.add(origin)
        session.flush()
    assert origin.id is not None
    return origin.id


def _tag(session: Session, action: Action, new: NewAction) -> None:
    """Tag with priorities and sub-groups; one of another board is refused."""
    assert action.id is not None
    for priority_id in new.priority_ids:
        priority = session.get(Priority, priority_id)
        if priority is None or priority.board_id != action.board_id:
            raise BadInput("Not added: that priority is another board's.", advice="Choose one of this board.")
        session.add(ActionPriority(action_id=action.id, priority_id=priority_id))
    for sub_group_id in new.sub_group_ids:
        group = session.get(SubGroup, sub_group_id)
        if group is None or group.board_id != action.board_id:
            raise BadInput(
                "Not added: that sub-group is another board's.", advice="Choose one of this board."
            )
        session.add(ActionSubGroup(action_id=action.id, sub_group_id=sub_group_id))
