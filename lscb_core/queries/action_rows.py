"""Actions as they stood on the view's day: the rows, the filters, and BRAG as the database works it out."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from lscb_core.db.tables import Action, ActionPriority, ActionState, ActionSubGroup, Agency, Audit, Seat
from lscb_core.domain.actions import DUE_SOON_DAYS, MOVED_TOO_OFTEN
from lscb_core.domain.vocab import Brag, Status
from lscb_core.queries.view import View

OPEN = [status for status in Status if status.is_open]


def standing(view: View) -> list[Any]:
    """Conditions that pick each action's state on the view's day, through the view's filters."""
    state = ActionState
    conditions = [
        col(state.board_id) == view.board_id,
        col(state.until_on) > view.as_at,
        col(state.from_on) <= view.as_at,
    ]
    if view.agency_id is not None:
        conditions.append(col(state.agency_id) == view.agency_id)
    if view.priority_id is not None:
        conditions.append(_tagged(ActionPriority.action_id, ActionPriority.priority_id, view.priority_id))
    if view.sub_group_id is not None:
        conditions.append(_tagged(ActionSubGroup.action_id, ActionSubGroup.sub_group_id, view.sub_group_id))
    return conditions


def _tagged(action_id: Any, tag_id: Any, wanted: int) -> Any:
    return col(ActionState.action_id).in_(select(action_id).where(tag_id == wanted))


def is_open() -> Any:
    """The action is still owed."""
    return col(ActionState.status).in_(OPEN)


def is_late(view: View) -> Any:
    """Open and past its agreed date on the view's day."""
    return sa.and_(is_open(), col(ActionState.due_on) < view.as_at)


def brag_on(as_at: date) -> Any:
    """`domain.actions.brag` as a CASE, so that thousands of actions are counted where they lie.

    A test holds the two to the same answers.
    """
    state, soon = ActionState, as_at + timedelta(days=DUE_SOON_DAYS)
    return sa.case(
        (col(state.status).not_in(OPEN), Brag.CLOSED.value),
        (col(state.due_on).is_(None), Brag.NO_DATE.value),
        (col(state.due_on) < as_at, Brag.LATE.value),
        (col(state.due_on) <= soon, Brag.DUE_SOON.value),
        (col(state.times_moved) >= MOVED_TOO_OFTEN, Brag.MOVED_TWICE.value),
        else_=Brag.ON_TIME.value,
    )


def rows(view: View, *more: Any) -> Any:
    """SELECT of everything a list of actions shows, most days late first, then by date."""
    state = ActionState
    return (
        sa.select(
            col(Action.id).label("action_id"),
            col(Action.number).label("number"),
            brag_on(view.as_at).label("now"),
            col(Action.title).label("title"),
            sa.func.coalesce(Seat.name, "").label("agency"),
            sa.func.coalesce(Agency.slug, "").label("agency_slug"),
            col(state.due_on).label("due_on"),
            col(state.first_due_on).label("first_due_on"),
            col(state.times_moved).label("times_moved"),
            col(state.status).label("status"),
            col(Action.source_kind).label("source_kind"),
            sa.func.coalesce(Audit.title, "").label("audit"),
            col(Action.raised_on).label("raised_on"),
            col(state.note).label("note"),
            col(state.note_on).label("note_on"),
            col(state.closed_on).label("closed_on"),
            col(Action.source).label("source"),
        )
        .select_from(ActionState)
        .join(Action, col(Action.id) == state.action_id)
        .join(Agency, col(Agency.id) == state.agency_id, isouter=True)
        .join(
            Seat,
            sa.and_(col(Seat.agency_id) == state.agency_id, col(Seat.board_id) == state.board_id),
            isouter=True,
        )
        .join(Audit, col(Audit.id) == Action.audit_id, isouter=True)
        .where(*standing(view), *more)
        .order_by(is_open().desc(), col(state.due_on).is_(None), col(state.due_on), col(Action.number))
    )
