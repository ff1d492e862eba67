"""Questions about where figures come from: documents and statistics, with their licences."""

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Origin
from lscb_core.queries.frames import frame

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
