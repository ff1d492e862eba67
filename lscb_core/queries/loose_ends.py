"""What slips quietly: open actions moved again and again, and those that nobody holds."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Action, ActionState, Board
from lscb_core.domain.actions import AS_REPORTED, MOVED_TOO_OFTEN
from lscb_core.queries import action_rows
from lscb_core.queries.actions import ACTIONS
from lscb_core.queries.frames import frame
from lscb_core.queries.view import View

MOST = 20
_NAMES = ("number", "title", "agency", "agency_slug", "due_on", "first_due_on", "times_moved")
LOOSE = {name: ACTIONS[name] for name in _NAMES}
UNHEARD = {"number": "action number", "note_on": "day of the report that tells of it last"}


def most_moved(session: Session, *, view: View) -> pd.DataFrame:
    """Open actions whose date was moved at least twice, most often first. Columns: LOOSE."""
    times = col(ActionState.times_moved)
    wanted: Any = action_rows.rows(view, action_rows.is_open(), times >= MOVED_TOO_OFTEN)
    often_first = wanted.order_by(None).order_by(times.desc(), col(ActionState.due_on)).limit(MOST)
    return frame(session, often_first, LOOSE)


def held_by_nobody(session: Session, *, view: View) -> pd.DataFrame:
    """Open actions for which no agency is named, longest overdue first. Columns: LOOSE."""
    return frame(session, action_rows.rows(view, action_rows.is_nobodys()).limit(MOST), LOOSE)


def not_heard_of(session: Session, *, view: View) -> pd.DataFrame:
    """Late actions of which nothing was told after the report that they stand in. Columns: UNHEARD.

    Whether they were done by their day is not known: the report is older than the view.
    """
    state = ActionState
    silent = (
        sa.select(col(Action.number), col(state.note_on))
        .join(Action, col(Action.id) == state.action_id)
        .where(*action_rows.standing(view), action_rows.is_late(view))
        .where(col(state.changed_by) == AS_REPORTED, col(state.note_on) < view.as_at)
        .order_by(col(Action.number))
    )
    return frame(session, silent, UNHEARD)


def told_until(session: Session, *, view: View) -> date | None:
    """The day of a published board's report, where the view's day is later; else None."""
    told = session.get_one(Board, view.board_id).as_at
    return told if told and told < view.as_at else None
