"""One action, in full, as it stood on the view's day: what a drawer or a form needs."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from lscb_core.db.base import FOREVER
from lscb_core.db.tables import Action, ActionPriority, ActionState, Audit, Priority, Recommendation, Seat
from lscb_core.domain.actions import brag, days_overdue
from lscb_core.domain.vocab import ActionSource, Brag, Status
from lscb_core.errors import NotFound
from lscb_core.queries.view import View


@dataclass(frozen=True, slots=True)
class OneAction:
    """An action and its state on the view's day. `is_current`: nothing has changed since that day."""

    id: int
    number: int
    version: int
    is_current: bool
    title: str
    detail: str
    now: Brag
    days_late: int
    status: Status
    agency_id: int | None
    agency: str
    due_on: date | None
    first_due_on: date | None
    due_precision: str
    times_moved: int
    note: str
    note_by: str
    evidence: str
    changed_by: str
    changed_at: datetime
    completed_by_id: int | None
    source_kind: ActionSource
    audit: str
    recommendation: str
    source: str
    priorities: tuple[str, ...]


AS_IN_THE_STATE = (
    "status",
    "agency_id",
    "due_on",
    "first_due_on",
    "due_precision",
    "times_moved",
    "note",
    "evidence",
    "changed_by",
    "changed_at",
    "completed_by_id",
)


def one_action(session: Session, *, view: View, number: int) -> OneAction:
    """The action of that number on the view's board; raises NotFound (also before it was raised)."""
    found = session.exec(
        select(Action, ActionState)
        .join(ActionState, col(ActionState.action_id) == Action.id)
        .where(
            Action.board_id == view.board_id,
            Action.number == number,
            ActionState.from_on <= view.as_at,
            ActionState.until_on > view.as_at,
        )
    ).first()
    if found is None:
        raise NotFound(
            f"There was no action {number} on this board that day.", advice="Choose one from the list."
        )
    return _one(session, *found, view)


def _one(session: Session, action: Action, state: ActionState, view: View) -> OneAction:
    assert action.id is not None
    seat = session.get(Seat, (view.board_id, state.agency_id)) if state.agency_id else None
    audit = session.get(Audit, action.audit_id) if action.audit_id else None
    asked = session.get(Recommendation, action.recommendation_id) if action.recommendation_id else None
    return OneAction(
        id=action.id,
        number=action.number,
        version=action.version,
        is_current=state.until_on == FOREVER,
        title=action.title,
        detail=action.detail,
        now=brag(state.status, state.due_on, state.times_moved, view.as_at),
        days_late=days_overdue(state.due_on, state.status, view.as_at),
        agency=seat.name if seat else "",
        **{name: getattr(state, name) for name in AS_IN_THE_STATE},
        source_kind=action.source_kind,
        note_by=_author(session, state),
        audit=audit.title if audit else "",
        recommendation=asked.text if asked else "",
        source=action.source,
        priorities=_priorities(session, action.id),
    )


def _author(session: Session, state: ActionState) -> str:
    """Who wrote the last note: whoever made the first state that has it."""
    first = (
        select(ActionState.changed_by)
        .where(ActionState.action_id == state.action_id, ActionState.note == state.note)
        .order_by(col(ActionState.version))
    )
    return session.exec(first).first() or state.changed_by


def _priorities(session: Session, action_id: int) -> tuple[str, ...]:
    titles = (
        select(Priority.title)
        .join(ActionPriority, col(ActionPriority.priority_id) == Priority.id)
        .where(ActionPriority.action_id == action_id)
    )
    return tuple(session.exec(titles))
