"""What a board has settled about its files: returns asked for, whose the sources are, words remembered."""

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Agency, ReturnAsked, Seat, SourceAgency, SourceSpelling
from lscb_core.domain.returns import TITLES, Every
from lscb_core.queries.frames import frame, selected
from lscb_core.queries.seats import seat_of
from lscb_core.queries.view import View

ASKED = {
    "asked_id": "number of the asking",
    "agency": "agency",
    "agency_id": "number of the agency",
    "template": "key of the return",
    "title": "return",
    "every": "how often: month, quarter or year",
    "often": "the same in words",
    "first_period_end": "end of the first period",
    "until": "no longer for periods that end after this day (empty: still asked for)",
    "days_allowed": "days from a period's end to the day it is due",
}
SPELT = {
    "key": "the words without case, spaces and signs",
    "words": "the words as they were mapped",
    "means": "a source code or the key of a published group",
    "mapped_by": "by whom",
    "mapped_at": "when (UTC)",
}
LIKELY = {
    "police": "police",
    "schools": "schools",
    "education": "schools",
    "health": "health",
    "housing": "housing",
    "la_services": "council",
    "other_legal": "probation",
    "other": "voluntary",
}
"""Published group of a source -> the kind of agency that it is likely to be."""


def asked_returns(session: Session, *, view: View) -> pd.DataFrame:
    """The returns that the board asks for, or has asked for, by agency. Columns: ASKED."""
    names = ("agency_id", "template", "every", "first_period_end", "until", "days_allowed")
    listed = (
        sa.select(
            col(ReturnAsked.id).label("asked_id"),
            col(Seat.name).label("agency"),
            *(col(getattr(ReturnAsked, name)) for name in names),
        )
        .join(Seat, seat_of(ReturnAsked.agency_id, ReturnAsked.board_id))
        .where(col(ReturnAsked.board_id) == view.board_id)
        .order_by(Seat.name, col(ReturnAsked.template))
    )
    rows = [
        row | {"title": TITLES.get(row["template"], row["template"]), "often": Every.of(row["every"]).label}
        for row in selected(session, listed)
    ]
    return pd.DataFrame(rows, columns=list(ASKED)).astype({"until": "object"})


def source_agencies(session: Session, *, view: View) -> dict[str, int]:
    """Source code or published group -> number of the agency that it belongs to."""
    listed = sa.select(col(SourceAgency.source), col(SourceAgency.agency_id))
    rows = session.connection().execute(listed.where(col(SourceAgency.board_id) == view.board_id))
    return {row.source: row.agency_id for row in rows}


def likely_agencies(session: Session, *, view: View) -> dict[str, int]:
    """Published group -> the agency that it is likely to be, by its kind: named so, or the only one."""
    listed = (
        sa.select(col(Agency.id), col(Agency.slug), col(Agency.kind))
        .join(Seat, col(Seat.agency_id) == Agency.id)
        .where(col(Seat.board_id) == view.board_id)
        .order_by(col(Agency.slug))
    )
    agencies = session.connection().execute(listed).all()
    found = {}
    for group, kind in LIKELY.items():
        alike = [each for each in agencies if each.kind == kind]
        named = [each for each in alike if each.slug == kind] or alike
        if len(named) == 1:
            found[group] = named[0].id
    return found


def remembered_words(session: Session, *, view: View) -> pd.DataFrame:
    """The words of sources that were mapped for the board, in their order. Columns: SPELT."""
    listed = (
        sa.select(*(col(getattr(SourceSpelling, name)) for name in SPELT))
        .where(col(SourceSpelling.board_id) == view.board_id)
        .order_by(col(SourceSpelling.key))
    )
    return frame(session, listed, SPELT)
