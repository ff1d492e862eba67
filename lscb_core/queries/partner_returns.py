"""Which partners send the board their figures, and which send them on time."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, Coverage, Seat
from lscb_core.domain.periods import months_back
from lscb_core.domain.returns import Sending
from lscb_core.queries.returns_asked import first_due, returns_asked
from lscb_core.queries.seats import seat_of
from lscb_core.queries.view import View

RETURNS = {
    "agency": "partner (empty: all the others)",
    "agency_slug": "the partner's word in an address",
    "supplies": "its latest return: yes, some or no",
    "last_due_on": "the latest return was due on (empty: no day given)",
    "last_sent_on": "figures were last sent on (empty: never, or no day given)",
    "on_time": "returns of the last twelve months that came by their day",
    "due": "returns due in the last twelve months",
    "note": "note",
    "source": "source",
}
MONTHS_COUNTED = 12
REFUSED = "The file that came could not be used."


def partner_returns(session: Session, *, view: View) -> pd.DataFrame:
    """Each partner's returns as they stood on the view's day, those that send nothing first.

    What was sent later had not come. Of one agency where the view names one. Columns: RETURNS.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for row in [*told_returns(session, view=view), *_asked(session, view)]:
        found.setdefault(row["agency_slug"], []).append(row)
    rows = [_told(returns, view.as_at) for returns in found.values()]
    rows.sort(key=lambda row: (["no", "some", "yes"].index(row["supplies"]), row["agency"]))
    return pd.DataFrame(rows, columns=list(RETURNS))


def told_returns(session: Session, *, view: View) -> list[dict[str, Any]]:
    """What the board noted of returns due by the view's day, as it stood then; of each the latest last.

    From the day on which an agency is first asked for returns in files, these count instead: see
    `returns_asked`. Keys: agency, agency_slug, due_on, sent_on, supplies, note, source.
    """
    since = first_due(session, view=view)
    rows = session.connection().execute(_rows(view)).mappings()
    return [
        _as_at(dict(row), view.as_at)
        for row in rows
        if row["due_on"] is None or row["due_on"] < since.get(row["agency_slug"], date.max)
    ]


def _asked(session: Session, view: View) -> list[dict[str, Any]]:
    """The returns asked for in files, in the same words; those that are not due yet are left out."""
    due = returns_asked(session, view=view, due_from=date.min, due_to=view.as_at)
    return [
        {
            **{name: row[name] for name in ("agency", "agency_slug", "due_on", "sent_on")},
            "supplies": "no" if row["sent_on"] is None else "yes",
            "note": REFUSED if row["state"] == Sending.REJECTED else "",
            "source": "",
        }
        for row in due
        if row["state"] != Sending.NOT_DUE
    ]


def _rows(view: View) -> Any:
    """Returns due by the view's day, the latest of each partner last."""
    listed = (
        sa.select(
            sa.func.coalesce(Seat.name, "").label("agency"),
            sa.func.coalesce(Agency.slug, "").label("agency_slug"),
            *(col(getattr(Coverage, name)) for name in ("due_on", "sent_on", "supplies", "note", "source")),
        )
        .join(Agency, col(Agency.id) == Coverage.agency_id, isouter=True)
        .join(Seat, seat_of(Coverage.agency_id, Coverage.board_id), isouter=True)
        .where(
            col(Coverage.board_id) == view.board_id,
            sa.or_(col(Coverage.due_on).is_(None), col(Coverage.due_on) <= view.as_at),
        )
        .order_by(Seat.name, col(Coverage.due_on), col(Coverage.id))
    )
    return listed if view.agency_id is None else listed.where(col(Coverage.agency_id) == view.agency_id)


def _as_at(row: dict[str, Any], as_at: date) -> dict[str, Any]:
    had_come = row["sent_on"] is not None and row["sent_on"] <= as_at
    if row["due_on"] is None or had_come:
        return row
    return row | {"sent_on": None, "supplies": "no", "note": row["note"] if row["sent_on"] is None else ""}


def _told(returns: list[dict[str, Any]], as_at: date) -> dict[str, Any]:
    last = returns[-1]
    due = [row for row in returns if row["due_on"] and row["due_on"] > months_back(as_at, MONTHS_COUNTED)]
    sent = [row["sent_on"] for row in returns if row["sent_on"]]
    return {
        **{name: last[name] for name in ("agency", "agency_slug", "supplies", "note", "source")},
        "last_due_on": last["due_on"],
        "last_sent_on": max(sent, default=None),
        "on_time": sum(row["sent_on"] is not None and row["sent_on"] <= row["due_on"] for row in due),
        "due": len(due),
    }
