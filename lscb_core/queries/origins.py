"""Questions about where figures come from: documents and statistics, with their licences."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Board, Origin
from lscb_core.queries.frames import frame
from lscb_core.queries.view import View

ORIGINS = {
    "title": "document or statistic",
    "publisher": "publisher",
    "released_on": "released on (empty: undated)",
    "licence": "licence or terms",
    "note": "note",
    "key": "short word in the figures' source",
}
PUBLIC = ("statistic", "document")


def origins(session: Session) -> pd.DataFrame:
    """Every published source, statistics first, whatever the view: licences have to be named.

    Columns: ORIGINS.
    """
    listed = (
        sa.select(*(col(getattr(Origin, name)) for name in ORIGINS))
        .where(col(Origin.kind).in_(PUBLIC))
        .order_by(col(Origin.kind).desc(), col(Origin.key))
    )
    return frame(session, listed, ORIGINS)


def told_on(view: View) -> Any:
    """The day on which a row's document was out, at the latest the board's own day. Joins: Board, Origin."""
    return sa.case(
        (col(Origin.released_on) > Board.as_at, col(Board.as_at)),
        else_=sa.func.coalesce(Origin.released_on, Board.as_at, view.as_at),
    )
