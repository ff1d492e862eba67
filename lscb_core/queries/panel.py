"""Questions about the child death overview panel: what it learned, what came of it, its annual report."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Action, Board, PanelLesson
from lscb_core.domain.actions import days_overdue
from lscb_core.queries import action_rows
from lscb_core.queries.actions import ACTIONS
from lscb_core.queries.reports import reports
from lscb_core.queries.view import View

ANNUAL_REPORT = "cdop-annual"

LESSONS = {
    "theme": "theme",
    "lesson": "what the panel learned",
    "learned_on": "learned on (empty: no date)",
    "source": "source",
    "number": "action number (empty: no action)",
    "now": "where the action stands (empty: no action)",
    **{name: ACTIONS[name] for name in ("days_late", "title", "agency", "agency_slug")},
    **{name: ACTIONS[name] for name in ("due_on", "first_due_on", "times_moved")},
}
_OF_LESSON = ("theme", "lesson", "learned_on", "source")
_OF_ACTION = tuple(name for name in LESSONS if name not in _OF_LESSON)


def review_limit_days(session: Session, *, view: View) -> int:
    """Days from a death within which the board wants its review completed."""
    return session.get_one(Board, view.board_id).death_review_limit_days


def lessons(session: Session, *, view: View) -> pd.DataFrame:
    """What the panel had learned by the view's day, and the action that followed. Columns: LESSONS.

    Late actions come first, then lessons without an action, then open and closed ones. Filters pick
    lessons by their action, so that with a filter a lesson without an action is left out.
    """
    learned = session.connection().execute(_learned(view)).mappings().all()
    actions = _actions(session, view, [row["action_id"] for row in learned if row["action_id"]])
    is_whole = view == view.without()
    rows = [
        {**{name: row[name] for name in _OF_LESSON}, **actions.get(row["action_id"], _NO_ACTION)}
        for row in learned
        if is_whole or row["action_id"] in actions
    ]
    rows.sort(key=lambda row: (_URGENCY.index(row["now"]), -(row["days_late"] or 0)))
    whole = {"number": "Int64", "days_late": "Int64", "times_moved": "Int64"}
    return pd.DataFrame(rows, columns=list(LESSONS)).astype(whole)


_NO_ACTION: dict[str, Any] = {
    **dict.fromkeys(_OF_ACTION),
    "now": "",
    "title": "",
    "agency": "",
    "agency_slug": "",
}
_URGENCY = ["late", "", "no_date", "moved_twice", "due_soon", "on_time", "closed"]


def _learned(view: View) -> Any:
    return (
        sa.select(*(col(getattr(PanelLesson, name)) for name in (*_OF_LESSON, "action_id")))
        .where(
            col(PanelLesson.board_id) == view.board_id,
            sa.or_(col(PanelLesson.learned_on).is_(None), col(PanelLesson.learned_on) <= view.as_at),
        )
        .order_by(col(PanelLesson.learned_on).desc(), col(PanelLesson.id))
    )


def _actions(session: Session, view: View, ids: list[int]) -> dict[int, dict[str, Any]]:
    """The actions as they stood on the view's day, through its filters; one not yet raised is not there."""
    found = session.connection().execute(action_rows.rows(view, col(Action.id).in_(ids))).mappings()
    return {
        row["action_id"]: {name: row[name] for name in _OF_ACTION if name != "days_late"}
        | {"days_late": days_overdue(row["due_on"], row["status"], view.as_at)}
        for row in found
    }


def panel_reports(session: Session, *, view: View) -> pd.DataFrame:
    """The panel's annual reports, late ones first, whatever the filters. Columns: reports.REPORTS."""
    listed = reports(session, view=view.without())
    return listed[listed["kind"] == ANNUAL_REPORT].reset_index(drop=True)
