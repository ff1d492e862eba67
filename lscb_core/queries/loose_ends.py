"""What slips quietly: open actions moved again and again, and those that nobody holds."""

from typing import Any

import pandas as pd
from sqlmodel import Session, col

from lscb_core.db.tables import ActionState
from lscb_core.domain.actions import MOVED_TOO_OFTEN
from lscb_core.queries import action_rows
from lscb_core.queries.actions import ACTIONS
from lscb_core.queries.frames import frame
from lscb_core.queries.view import View

MOST = 20
_NAMES = ("number", "title", "agency", "agency_slug", "due_on", "first_due_on", "times_moved")
LOOSE = {name: ACTIONS[name] for name in _NAMES}


def most_moved(session: Session, *, view: View) -> pd.DataFrame:
    """Open actions whose date was moved at least twice, most often first. Columns: LOOSE."""
    times = col(ActionState.times_moved)
    wanted: Any = action_rows.rows(view, action_rows.is_open(), times >= MOVED_TOO_OFTEN)
    often_first = wanted.order_by(None).order_by(times.desc(), col(ActionState.due_on)).limit(MOST)
    return frame(session, often_first, LOOSE)


def held_by_nobody(session: Session, *, view: View) -> pd.DataFrame:
    """Open actions for which no agency is named, longest overdue first. Columns: LOOSE."""
    nobody = col(ActionState.agency_id).is_(None)
    return frame(session, action_rows.rows(view, action_rows.is_open(), nobody).limit(MOST), LOOSE)
