"""Single figures that a board's documents give, each with its doubts and with what was said to it."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Observation, Origin
from lscb_core.queries.frames import frame
from lscb_core.queries.measures import of_view
from lscb_core.queries.standing import stands
from lscb_core.queries.view import View

DOCUMENT_FIGURES = {
    "measure": "the measure's word",
    "label": "what exactly, in the document's sense",
    "unit": "unit: count, percent, rate_per_10k or days",
    "period_start": "first day of the period (empty: a figure of one day)",
    "period_end": "last day of the period",
    "numerator": "counted (empty: not given)",
    "denominator": "of (empty: not given)",
    "value": "value, in the unit (a share in percent, 0-100; empty: not given)",
    "note": "data-quality note",
    "source": "paragraph",
    "origin": "document",
}


def document_figures(session: Session, *, view: View) -> pd.DataFrame:
    """Every figure that a document known on the view's day gives, contradictions side by side.

    Measure by measure, oldest first. Columns: DOCUMENT_FIGURES.
    """
    seen = Observation
    names = [name for name in DOCUMENT_FIGURES if name != "origin"]
    told: Any = (
        sa.select(*(col(getattr(seen, name)) for name in names), col(Origin.title).label("origin"))
        .join(Origin, col(Origin.id) == seen.origin_id)
        .where(
            *of_view(view),
            col(seen.label) != "",
            col(seen.known_on) <= view.as_at,
            stands(seen, view.as_at),
        )
        .order_by(col(seen.measure), col(seen.label), col(seen.period_end), col(seen.id))
    )
    whole = {"numerator": "Int64", "denominator": "Int64"}
    return frame(session, told, DOCUMENT_FIGURES).astype(whole)
