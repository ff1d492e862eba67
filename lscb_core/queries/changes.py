"""What changed on a board between two days: actions, audits, reports."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Action, ActionState, Agency, Seat
from lscb_core.domain.vocab import Status
from lscb_core.queries import action_rows
from lscb_core.queries.asking import Ask, asking
from lscb_core.queries.audits import audits
from lscb_core.queries.frames import records
from lscb_core.queries.reports import reports
from lscb_core.queries.seats import seat_of
from lscb_core.queries.view import View

CHANGES = {
    "what": "what happened: late, moved, closed, added, graded, report_late or report_received",
    "number": "action number (0: not an action)",
    "title": "action, audit or report",
    "agency": "agency it is owed by (empty: none named)",
    "agency_slug": "the agency's word in an address",
    "detail": "grade, or times moved",
}


def changes(session: Session, *, view: View, since: date, ask: Ask | None = None) -> pd.DataFrame:
    """Everything that happened after `since` and up to the view's day. Columns: CHANGES.

    An action became late when it is late now and was not late then. Where nothing was held on the first
    day, no action counts as changed: the register began later.
    """
    ask = ask or asking(session)
    rows = [*_actions(session, view, since), *_audits(ask, view, since), *_reports(ask, view, since)]
    return pd.DataFrame(rows, columns=list(CHANGES))


Row = dict[str, Any]
ACTION_CHANGES = ("late", "moved", "closed", "added")


def _actions(session: Session, view: View, since: date) -> list[Row]:
    # What the agency owes now is held against how it stood then, whoever held it: a new owner is no news.
    now, then = _states(view, "now"), _states(view.at(since).without("agency"), "was")
    connection = session.connection()
    if connection.execute(sa.select(then.c.action_id).limit(1)).first() is None:
        return []
    found = [dict(row) for row in connection.execute(_compared(now, then, since)).mappings()]
    return [
        {**row, "what": what, "detail": str(row["moved_to"]) if what == "moved" else ""}
        for what in ACTION_CHANGES
        for row in found
        if row[what]
    ]


def _states(view: View, name: str) -> Any:
    """Each action as it stood on the view's day."""
    state = ActionState
    return (
        sa.select(
            col(state.action_id),
            col(state.agency_id),
            col(state.times_moved),
            col(state.due_on),
            sa.func.coalesce(action_rows.is_late(view), sa.false()).label("late"),
            (col(state.status) == Status.VERIFIED).label("closed"),
        )
        .where(*action_rows.standing(view))
        .subquery(name)
    )


def _compared(now: Any, then: Any, since: date) -> Any:
    """The actions of which anything is true now that was not then, longest late first."""
    is_new = sa.and_(then.c.action_id.is_(None), col(Action.raised_on) > since)
    told = {
        "late": sa.and_(now.c.late, sa.not_(sa.func.coalesce(then.c.late, sa.false()))),
        "moved": now.c.times_moved > sa.func.coalesce(then.c.times_moved, 0),
        "closed": sa.and_(now.c.closed, sa.not_(sa.func.coalesce(then.c.closed, sa.false()))),
        "added": is_new,
    }
    return (
        sa.select(
            col(Action.number),
            col(Action.title),
            *_agency(),
            now.c.times_moved.label("moved_to"),
            *(condition.label(what) for what, condition in told.items()),
        )
        .select_from(now)
        .join(Action, col(Action.id) == now.c.action_id)
        .join(then, then.c.action_id == now.c.action_id, isouter=True)
        .join(Agency, col(Agency.id) == now.c.agency_id, isouter=True)
        .join(Seat, seat_of(now.c.agency_id, Action.board_id), isouter=True)
        .where(sa.or_(*told.values()))
        .order_by(now.c.due_on, col(Action.number))
    )


def _agency() -> tuple[Any, Any]:
    name, slug = sa.func.coalesce(Seat.name, ""), sa.func.coalesce(Agency.slug, "")
    return name.label("agency"), slug.label("agency_slug")


def _audits(ask: Ask, view: View, since: date) -> list[Row]:
    """Audits graded and reported between the days, oldest first."""
    listed = [row for row in records(ask(audits, view)) if row["grade"]]
    told = [row for row in reversed(listed) if row["reported_on"] and row["reported_on"] > since]
    return [_row("graded", row["title"], detail=row["grade"]) for row in told]


def _reports(ask: Ask, view: View, since: date) -> list[Row]:
    """Reports that came between the days, and those that are late now and were not late then."""
    listed = records(ask(reports, view))
    came = [row for row in listed if row["received_on"] and since < row["received_on"] <= view.as_at]
    late = [row for row in listed if row["standing"] == "late" and row["due_on"] and row["due_on"] >= since]
    return [
        _row(what, row["title"], agency=row["agency"], agency_slug=row["agency_slug"])
        for what, rows in (("report_late", late), ("report_received", came))
        for row in rows
    ]


def _row(what: str, title: str, **more: str) -> Row:
    return {"what": what, "number": 0, "title": title, "agency": "", "agency_slug": "", "detail": "", **more}
