"""Questions about measures: the latest figures beside England's, and what was said to them."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import (
    Area,
    Commentary,
    MeasurePriority,
    MeasureSubGroup,
    Observation,
    Origin,
)
from lscb_core.domain.indicators import INDICATORS
from lscb_core.queries.frames import frame
from lscb_core.queries.published_rows import ENGLAND
from lscb_core.queries.standing import stands
from lscb_core.queries.view import View

MEASURES = {
    "measure": "the measure's word in the registry",
    "title": "measure",
    "label": "what exactly, in the document's words (empty: as the registry says)",
    "span": "day, week, month, quarter, year, or part of a year",
    "period_start": "first day of the period (empty: a figure of one day)",
    "period_end": "last day of the period",
    "numerator": "counted",
    "denominator": "of",
    "value": "value, in the unit (a share in percent, 0-100)",
    "unit": "unit: count, percent, rate_per_10k or days",
    "symbol": "why there is no value (key: codes.SYMBOLS)",
    "better": "which direction is better: higher, lower or neither",
    "england_numerator": "England, same period: counted",
    "england_denominator": "England: of",
    "england_value": "England: value",
    "england_symbol": "England: why there is no value",
    "note": "data-quality note",
    "source": "paragraph of the document, or table of the statistic",
    "origin": "document or statistical release",
    "licence": "licence",
}
COMMENTS = {
    "measure": "the measure's word in the registry",
    "text": "explanation",
    "signed_by": "role of the writer",
    "written_on": "written on",
    "source": "source",
}
_WHOLE = ("numerator", "denominator", "england_numerator", "england_denominator")


def latest_measures(session: Session, *, view: View) -> pd.DataFrame:
    """The last figure of each measure known on the view's day, England's beside it. Columns: MEASURES.

    Of the whole area, or of one agency where the view names one; in the order of the registry.
    """
    found = session.connection().execute(_latest(view)).mappings()
    rows = sorted((_in_words(dict(row)) for row in found), key=_place)
    return pd.DataFrame(rows, columns=list(MEASURES)).astype(dict.fromkeys(_WHOLE, "Int64"))


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """Title, unit and direction from the registry; the document's own words where it has no such measure."""
    known = INDICATORS.get(row["measure"])
    if known is None:
        return row | {"title": row["label"] or row["measure"], "better": "neither"}
    return row | {"title": known.title, "unit": row["unit"] or known.unit, "better": known.better}


def _place(row: dict[str, Any]) -> tuple[int, str, str, str]:
    order = list(INDICATORS)
    known = order.index(row["measure"]) if row["measure"] in INDICATORS else len(order)
    return known, row["measure"], row["label"], row["span"]


def _latest(view: View) -> Any:
    """The newest row of each series, joined with England's of the same period."""
    mine = _ranked(view, ("measure", "label", "span"), *of_view(view))
    theirs = _ranked(view, ("measure", "span", "period_end"), _of_england())
    same = [mine.c[name] == theirs.c[name] for name in ("measure", "span", "period_end")]
    beside = ("numerator", "denominator", "value", "symbol")
    return (
        sa.select(
            *(column for column in mine.c if column.key not in ("newest", "origin_id")),
            *(theirs.c[name].label(f"england_{name}") for name in beside),
            col(Origin.title).label("origin"),
            col(Origin.licence),
        )
        .join(Origin, col(Origin.id) == mine.c.origin_id)
        .join(theirs, sa.and_(*same, theirs.c.newest == 1), isouter=True)
        .where(mine.c.newest == 1)
    )


def _ranked(view: View, series: tuple[str, ...], *which: Any) -> Any:
    """Observations known on the view's day, numbered from the newest in each series.

    Of a period that had not ended only a document can tell: what it expects.
    """
    seen = Observation
    newest = sa.func.row_number().over(
        partition_by=[col(getattr(seen, name)) for name in series],
        order_by=[col(seen.period_end).desc(), col(seen.revision).desc(), col(seen.id).desc()],
    )
    names = ("measure", "label", "unit", "span", "period_start", "period_end", "numerator", "denominator")
    return (
        sa.select(
            *(col(getattr(seen, name)) for name in (*names, "value", "symbol", "note", "source")),
            col(seen.origin_id),
            newest.label("newest"),
        )
        .where(col(seen.known_on) <= view.as_at, stands(seen, view.as_at), _has_ended(view), *which)
        .subquery()
    )


def _has_ended(view: View) -> Any:
    expects = sa.select(col(Origin.id)).where(col(Origin.kind) == "document")
    return sa.or_(col(Observation.period_end) <= view.as_at, col(Observation.origin_id).in_(expects))


def _of_england() -> Any:
    england = sa.select(col(Area.id)).where(col(Area.code) == ENGLAND)
    return col(Observation.area_id) == england.scalar_subquery()


def of_view(view: View) -> list[Any]:
    """Observations of the view's area, or of its agency, through the filters."""
    agency = col(Observation.agency_id)
    whole = agency.is_(None) if view.agency_id is None else agency == view.agency_id
    return [col(Observation.area_id) == view.area_id, whole, *through_filters(view)]


def through_filters(view: View) -> list[Any]:
    """Measures that serve the view's priority, and for which its sub-group answers."""
    wanted = []
    if view.priority_id is not None:
        wanted.append(_tagged(view, MeasurePriority, MeasurePriority.priority_id == view.priority_id))
    if view.sub_group_id is not None:
        wanted.append(_tagged(view, MeasureSubGroup, MeasureSubGroup.sub_group_id == view.sub_group_id))
    return wanted


def _tagged(view: View, tags: type[MeasurePriority] | type[MeasureSubGroup], chosen: Any) -> Any:
    tagged = sa.select(col(tags.measure)).where(col(tags.board_id) == view.board_id, chosen)
    return col(Observation.measure).in_(tagged)


def comments(session: Session, *, view: View) -> pd.DataFrame:
    """Signed explanations of measures up to the view's day, newest first. Columns: COMMENTS."""
    written = (
        sa.select(*(col(getattr(Commentary, name)) for name in COMMENTS))
        .where(col(Commentary.board_id) == view.board_id, col(Commentary.written_on) <= view.as_at)
        .order_by(col(Commentary.written_on).desc(), col(Commentary.measure))
    )
    if view.agency_id is not None:
        written = written.where(col(Commentary.agency_id) == view.agency_id)
    return frame(session, written, COMMENTS)
