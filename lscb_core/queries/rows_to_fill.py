"""The rows that an empty return is written with: what the board holds of an agency already."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.base import FOREVER
from lscb_core.db.tables import (
    Action,
    ActionPriority,
    ActionState,
    ActionSubGroup,
    Agency,
    Priority,
    SubGroup,
)
from lscb_core.queries.frames import selected
from lscb_core.queries.view import View


def open_actions(session: Session, *, view: View) -> list[dict[str, Any]]:
    """The open actions as the return of actions has them, by number; of one agency where the view names one.

    Keys: number, title, detail, agency (short name), due_on, status, note, source_kind, priorities,
    sub_groups (their keys). They stand as they do today, whatever the view's day.
    """
    listed = (
        sa.select(
            col(Action.id),
            *(col(getattr(Action, name)) for name in ("number", "title", "detail", "source_kind")),
            *(col(getattr(ActionState, name)) for name in ("due_on", "status", "note")),
            col(Agency.slug).label("agency"),
        )
        .join(ActionState, col(ActionState.action_id) == Action.id)
        .join(Agency, col(Agency.id) == ActionState.agency_id, isouter=True)
        .where(
            col(Action.board_id) == view.board_id,
            col(ActionState.until_on) == FOREVER,
            col(ActionState.closed_on).is_(None),
        )
        .order_by(col(Action.number))
    )
    if view.agency_id is not None:
        listed = listed.where(col(ActionState.agency_id) == view.agency_id)
    tags = {"priorities": _priorities(session, view), "sub_groups": _sub_groups(session, view)}
    return [_row(row, tags) for row in selected(session, listed)]


def _row(row: dict[str, Any], tags: dict[str, dict[int, list[str]]]) -> dict[str, Any]:
    number = row.pop("id")
    codes = {name: row[name].value for name in ("status", "source_kind")}
    return {**row, **codes, **{name: tuple(held.get(number, ())) for name, held in tags.items()}}


def _priorities(session: Session, view: View) -> dict[int, list[str]]:
    return _tags(
        session,
        sa.select(col(ActionPriority.action_id), col(Priority.key))
        .join(Priority, col(Priority.id) == ActionPriority.priority_id)
        .where(col(Priority.board_id) == view.board_id)
        .order_by(col(Priority.id)),
    )


def _sub_groups(session: Session, view: View) -> dict[int, list[str]]:
    return _tags(
        session,
        sa.select(col(ActionSubGroup.action_id), col(SubGroup.slug))
        .join(SubGroup, col(SubGroup.id) == ActionSubGroup.sub_group_id)
        .where(col(SubGroup.board_id) == view.board_id)
        .order_by(col(SubGroup.id)),
    )


def _tags(session: Session, listed: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for action_id, key in session.connection().execute(listed):
        found.setdefault(action_id, []).append(key)
    return found
