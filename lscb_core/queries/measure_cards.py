"""Where each measure of a board's own stands: the signal, the target, and what was said to it."""

from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import MeasureSubGroup, Seat, SubGroup, Target
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.spc import Kind, Xmr, standing
from lscb_core.queries.frames import records
from lscb_core.queries.measure_series import Row, chart_of, series_points
from lscb_core.queries.measures import comments
from lscb_core.queries.view import View

CARDS = {
    "measure": "the measure's word in the registry",
    "agency_id": "number of the agency whose figure it is (empty: the whole area's)",
    "title": "measure",
    "unit": "unit: count, percent or days",
    "better": "which direction is better: higher, lower or neither",
    "span": "month or quarter",
    "points": "points in the series",
    "standing": "the series in a word: worse, better, changed, steady or few",
    "signal_since": "end of the period in which the present signal began",
    "first_period": "end of the first period",
    "period": "end of the latest period",
    "value": "latest value, in the unit",
    "mean": "average; empty below 12 points",
    "target": "what the board aims at",
    "text": "explanation (empty: none since the signal began)",
    "signed_by": "role of the writer",
    "written_on": "written on",
    "is_explained": "whether the present signal has an explanation",
    "owner": "who owes the explanation: the agency, or the sub-group that answers for the measure",
    "note": "data-quality notes of the figures",
}


def measure_cards(session: Session, *, view: View) -> pd.DataFrame:
    """One row for each such measure: where it stands, its target, and the explanation. Columns: CARDS."""
    said, aims, owners = _newest(session, view), _targets(session, view), _owners(session, view)
    rows = [
        _card(measure, points, aims.get(measure), said.get(measure), owners)
        for measure, points in series_points(session, view).items()
    ]
    return pd.DataFrame(rows, columns=list(CARDS)).astype({"agency_id": "Int64"})


def _card(measure: str, points: list[Row], aim: float | None, said: Row | None, owners: Row) -> Row:
    known, chart, about = [p for p in points if p["value"] is not None], chart_of(points), INDICATORS[measure]
    latest = known[-1] if known else points[-1]
    since = signal_since(chart, [point["period"] for point in known])
    return {
        **{name: latest[name] for name in ("measure", "agency_id", "span", "period", "value")},
        **{name: getattr(about, name) for name in ("title", "unit", "better")},
        "points": len(known),
        "standing": standing(chart),
        "signal_since": since,
        "first_period": points[0]["period"],
        "mean": chart.mean,
        "target": aim,
        **_explained(said, since),
        "owner": owners.get(latest["agency_id"] or measure, ""),
        "note": " ".join(dict.fromkeys(point["note"] for point in points if point["note"])),
    }


def signal_since(chart: Xmr, periods: list[date]) -> date | None:
    """The end of the period in which the present signal began; None where there is none."""
    recent = [at for at in range(len(periods)) if chart.kinds[at] is not Kind.COMMON_CAUSE][-1:]
    if standing(chart) in ("steady", "few") or not recent:
        return None
    begun = recent[0]
    while begun and chart.kinds[begun - 1] is chart.kinds[recent[0]]:
        begun -= 1
    return periods[begun]


def _explained(newest: Row | None, since: date | None) -> Row:
    """The newest comment; one from before the signal began explains nothing."""
    if newest is None or (since is not None and newest["written_on"] < since):
        return {"text": "", "signed_by": "", "written_on": None, "is_explained": since is None}
    return {name: newest[name] for name in ("text", "signed_by", "written_on")} | {"is_explained": True}


def _newest(session: Session, view: View) -> dict[str, Row]:
    """The newest comment on each measure."""
    return {row["measure"]: row for row in reversed(records(comments(session, view=view)))}


def _targets(session: Session, view: View) -> dict[str, float]:
    """What the board aimed at on the view's day."""
    aims = (
        sa.select(col(Target.measure), col(Target.value))
        .where(col(Target.board_id) == view.board_id, col(Target.valid_from) <= view.as_at)
        .order_by(col(Target.valid_from))
    )
    return {row.measure: row.value for row in session.connection().execute(aims)}


def _owners(session: Session, view: View) -> dict[Any, str]:
    """Who answers: for an agency's figure the agency (by number), else a sub-group (by measure)."""
    seats = sa.select(col(Seat.agency_id), col(Seat.name)).where(col(Seat.board_id) == view.board_id)
    groups = (
        sa.select(col(MeasureSubGroup.measure), col(SubGroup.name))
        .join(SubGroup, col(SubGroup.id) == MeasureSubGroup.sub_group_id)
        .where(col(MeasureSubGroup.board_id) == view.board_id)
    )
    connection = session.connection()
    owners: dict[Any, str] = {row.agency_id: row.name for row in connection.execute(seats)}
    return owners | {row.measure: row.name for row in connection.execute(groups)}
