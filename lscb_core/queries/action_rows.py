"""Actions as they stood on the view's day: the rows, the filters, and BRAG as the database works it out."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.db.tables import Action, ActionPriority, ActionState, ActionSubGroup, Agency, Audit, Seat
from lscb_core.domain.actions import DUE_SOON_DAYS, MOVED_TOO_OFTEN
from lscb_core.domain.vocab import Brag, Status
from lscb_core.queries.seats import seat_of
from lscb_core.queries.tags import tagged
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
    return conditions + tagged(
        view,
        state.action_id,
        priority=(ActionPriority.action_id, ActionPriority.priority_id),
        sub_group=(ActionSubGroup.action_id, ActionSubGroup.sub_group_id),
    )


def is_open() -> Any:
    """The action is still owed."""
    return col(ActionState.status).in_(OPEN)


def is_nobodys() -> Any:
    """Open, and no agency is named for it."""
    return sa.and_(is_open(), col(ActionState.agency_id).is_(None))


def is_late(view: View) -> Any:
    """Open and past its agreed date on the view's day."""
    return sa.and_(is_open(), col(ActionState.due_on) < view.as_at)


def count_of(condition: Any) -> sa.ColumnElement[int]:
    """How many rows fulfil the condition; 0 of no rows."""
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


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


def any_of(view: View, only: Collection[Brag], *, no_owner: bool) -> list[Any]:
    """The condition for actions of these standings, or open ones of nobody; none where neither is asked."""
    kinds = [brag_on(view.as_at).in_([each.value for each in only])] if only else []
    kinds += [is_nobodys()] if no_owner else []
    return [sa.or_(*kinds)] if kinds else []


def rows(view: View, *more: Any) -> Any:
    """SELECT of everything a list of actions shows, most days late first, then by date."""
    state = ActionState
    return (
        sa.select(*_shown(view))
        .select_from(ActionState)
        .join(Action, col(Action.id) == state.action_id)
        .join(Agency, col(Agency.id) == state.agency_id, isouter=True)
        .join(Seat, seat_of(state.agency_id, state.board_id), isouter=True)
        .join(Audit, col(Audit.id) == Action.audit_id, isouter=True)
        .where(*standing(view), *more)
        .order_by(is_open().desc(), col(state.due_on).is_(None), col(state.due_on), col(Action.number))
    )


def _shown(view: View) -> list[Any]:
    state = ActionState
    as_they_are = (Action.number, Action.title, Action.source_kind, Action.raised_on, Action.source)
    as_they_stood = (state.due_on, state.first_due_on, state.times_moved, state.status)
    lately = (state.note, state.note_on, state.closed_on)
    return [
        col(Action.id).label("action_id"),
        brag_on(view.as_at).label("now"),
        sa.func.coalesce(Seat.name, "").label("agency"),
        sa.func.coalesce(Agency.slug, "").label("agency_slug"),
        sa.func.coalesce(Audit.title, "").label("audit"),
        *(col(each) for each in (*as_they_are, *as_they_stood, *lately)),
    ]
