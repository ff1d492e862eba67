"""Questions about routine reports: which have come, which are late, what the board said to them."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, Board, Origin, Report, ReportPriority, ReportSubGroup, Seat
from lscb_core.queries.origins import told_on
from lscb_core.queries.seats import seat_of
from lscb_core.queries.tags import tagged
from lscb_core.queries.view import View

AHEAD_DAYS = 92
"""Reports due within three months of the view's day are listed; later ones are not yet of interest."""

REPORTS = {
    "key": "the report's word",
    "title": "report",
    "kind": "kind of report",
    "period": "period it is about",
    "standing": "received, late, due, or not stated whether it came",
    "days_late": "days past its date until it came, or until the view's day (empty: no date)",
    "due_on": "due on (empty: no date given)",
    "received_on": "received on (empty: not received, or no date given)",
    "agency": "agency that owes it (empty: none named)",
    "agency_slug": "the agency's word in an address",
    "board_response": "what the board said to it",
    "note": "note",
    "source": "source",
}
_ORDER = ["late", "due", "not stated", "received"]


def reports(session: Session, *, view: View) -> pd.DataFrame:
    """Reports as they stood on the view's day: late ones first, longest first. Columns: REPORTS.

    A report that its document calls late without a date is late, with no days.
    """
    found = [_as_at(dict(row), view.as_at) for row in session.connection().execute(_rows(view)).mappings()]
    found.sort(key=lambda row: (_ORDER.index(row["standing"]), -(row["days_late"] or 0), row["title"]))
    return pd.DataFrame(found, columns=list(REPORTS)).astype({"days_late": "Int64"})


def _as_at(row: dict[str, Any], as_at: date) -> dict[str, Any]:
    """The row as it stood: what came later had not come."""
    had_come = row["is_received"] and (row["received_on"] or as_at) <= as_at
    if not had_come:
        row |= {"received_on": None, "board_response": "" if row["is_received"] else row["board_response"]}
    reckoned = row["received_on"] if had_come else as_at
    days = (reckoned - row["due_on"]).days if reckoned and row["due_on"] else None
    standing = "received" if had_come else _not_come(row, as_at)
    if standing == "not stated":
        days = None
    return row | {"standing": standing, "days_late": days if days is None else max(days, 0)}


def _not_come(row: dict[str, Any], as_at: date) -> str:
    """How a report stands that is not known to have come."""
    is_past = row["due_on"] is not None and row["due_on"] < as_at
    if row["is_late_as_reported"]:
        return "late"
    if row["is_received"] is None and (row["due_on"] is None or is_past):
        return "not stated"
    return "late" if is_past else "due"


def _rows(view: View) -> Any:
    return (
        sa.select(
            *(col(getattr(Report, name)) for name in ("key", "title", "kind", "period", "due_on")),
            *(col(getattr(Report, name)) for name in ("received_on", "board_response", "note", "source")),
            col(Report.is_received),
            col(Report.is_late_as_reported),
            sa.func.coalesce(Seat.name, "").label("agency"),
            sa.func.coalesce(Agency.slug, "").label("agency_slug"),
        )
        .join(Board, col(Board.id) == Report.board_id)
        .join(Origin, col(Origin.id) == Report.origin_id)
        .join(Agency, col(Agency.id) == Report.agency_id, isouter=True)
        .join(Seat, seat_of(Report.agency_id, Report.board_id), isouter=True)
        .where(*_wanted(view))
    )


def _wanted(view: View) -> list[Any]:
    """The board's reports that were known on the view's day, through the view's filters."""
    dated = sa.func.coalesce(Report.due_on, Report.received_on)
    wanted = [
        col(Report.board_id) == view.board_id,
        sa.func.coalesce(dated, told_on(view)) <= view.as_at + timedelta(days=AHEAD_DAYS),
        sa.or_(dated.is_not(None), told_on(view) <= view.as_at),
    ]
    if view.agency_id is not None:
        wanted.append(col(Report.agency_id) == view.agency_id)
    return wanted + tagged(
        view,
        Report.id,
        priority=(ReportPriority.report_id, ReportPriority.priority_id),
        sub_group=(ReportSubGroup.report_id, ReportSubGroup.sub_group_id),
    )
