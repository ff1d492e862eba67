"""What audits found, what they recommended, and which actions came of it."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Action, ActionState, Audit, Board, Finding, Origin, Recommendation
from lscb_core.queries import action_rows, audit_rows
from lscb_core.queries.actions import MOST_SHOWN, with_days
from lscb_core.queries.frames import frame
from lscb_core.queries.view import View

FINDINGS = {
    "audit": "the audit's word in an address",
    "position": "number of the finding",
    "finding": "what was found",
    "theme": "subject",
    "found_on": "day of the finding",
    "source": "source",
}
RECOMMENDED = {
    "audit": "the audit's word in an address",
    "recommendation": "what was recommended",
    "addressed_to": "to whom (empty: not said)",
    "actions": "actions that answer it",
    "open": "of these still open",
    "late": "of these late",
    "source": "source",
}


def findings(session: Session, *, view: View, audit: str = "") -> pd.DataFrame:
    """What the audits known on the view's day found, or what one found. Columns: FINDINGS."""
    found = (
        sa.select(
            col(Audit.key).label("audit"),
            col(Finding.position),
            col(Finding.text).label("finding"),
            *(col(getattr(Finding, name)) for name in ("theme", "found_on", "source")),
        )
        .select_from(Finding)
        .join(Audit, col(Audit.id) == Finding.audit_id)
        .join(Origin, col(Origin.id) == Audit.origin_id)
        .join(Board, col(Board.id) == Audit.board_id)
        .where(*audit_rows.known(view, audit))
        .order_by(*audit_rows.newest_first(view), col(Finding.position), col(Finding.id))
    )
    return frame(session, found, FINDINGS)


def recommended(session: Session, *, view: View, audit: str = "") -> pd.DataFrame:
    """What audits recommended, with the actions of all agencies that answer it. Columns: RECOMMENDED."""
    is_there, plain = col(ActionState.id).is_not(None), view.without()
    counts = {
        "actions": is_there,
        "open": sa.and_(is_there, action_rows.is_open()),
        "late": sa.and_(is_there, action_rows.is_late(plain)),
    }
    standing = sa.and_(col(ActionState.action_id) == Action.id, *action_rows.standing(plain))
    said = (col(Audit.key), col(Recommendation.text), col(Recommendation.addressed_to))
    made: Any = (
        sa.select(
            col(Audit.key).label("audit"),
            col(Recommendation.text).label("recommendation"),
            col(Recommendation.addressed_to),
            *(action_rows.count_of(test).label(name) for name, test in counts.items()),
            col(Recommendation.source),
        )
        .select_from(Recommendation)
        .join(Audit, col(Audit.id) == Recommendation.audit_id)
        .join(Origin, col(Origin.id) == Audit.origin_id)
        .join(Board, col(Board.id) == Audit.board_id)
        .join(Action, col(Action.recommendation_id) == Recommendation.id, isouter=True)
        .join(ActionState, standing, isouter=True)
        .where(*audit_rows.known(view, audit))
        .group_by(*said, col(Recommendation.id), col(Recommendation.source), col(Audit.id))
        .order_by(col(Audit.id).desc(), col(Recommendation.id))
    )
    return frame(session, made, RECOMMENDED)


def audit_actions(session: Session, *, view: View, audit: str) -> pd.DataFrame:
    """Actions that came from one audit, as they stood on the view's day. Columns: queries.actions.ACTIONS."""
    found = session.connection().execute(action_rows.rows(view, col(Audit.key) == audit).limit(MOST_SHOWN))
    return with_days([dict(row) for row in found.mappings()], view.as_at)
