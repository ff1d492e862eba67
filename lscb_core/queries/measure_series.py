"""Each measure of a board's own as a series against its ordinary ups and downs."""

from functools import lru_cache
from itertools import repeat
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.db.tables import Observation
from lscb_core.domain.indicators import INDICATORS
from lscb_core.domain.spc import Better, Kind, Rule, Xmr, xmr
from lscb_core.queries.measures import through_filters
from lscb_core.queries.standing import stands
from lscb_core.queries.view import View

MOST_POINTS = 24
"""Two years of months: limits are worked out from these alone."""

SERIES = {
    "measure": "the measure's word in the registry",
    "agency_id": "number of the agency whose figure it is (empty: the whole area's)",
    "period": "last day of the month or quarter",
    "numerator": "counted",
    "denominator": "of",
    "value": "value, in the unit (a share in percent, 0-100)",
    "symbol": "why there is no value (key: codes.SYMBOLS)",
    "note": "data-quality note",
    "type": "what the point tells, a code of domain.spc.Kind",
    "rule": "the rule that marked the point",
    "mean": "average; empty below 12 points",
    "lower": "lower limit of ordinary ups and downs; empty below 12 points",
    "upper": "upper limit of ordinary ups and downs; empty below 12 points",
}
SPANS = ("month", "quarter")


def measure_series(session: Session, *, view: View) -> pd.DataFrame:
    """The last two years of every measure of the registry that comes monthly or quarterly. Columns: SERIES.

    Oldest first, measure by measure in the order of the registry. What was hidden has a symbol, no value.
    """
    rows = [
        row for points in series_points(session, view).values() for row in charted(points, chart_of(points))
    ]
    return pd.DataFrame(rows, columns=list(SERIES))


Row = dict[str, Any]
Series = dict[str, list[Row]]


def series_points(session: Session, view: View) -> Series:
    """The last points of each measure known on the view's day, oldest first.

    The whole area's where it has them; else an agency's, where one agency alone has them.
    """
    found: dict[str, dict[int | None, list[Row]]] = {}
    for row in session.connection().execute(_latest_of_each_period(view)).mappings():
        found.setdefault(row["measure"], {}).setdefault(row["agency_id"], []).append(dict(row))
    listed = {measure: _one_of(found[measure]) for measure in INDICATORS if measure in found}
    return {measure: points[-MOST_POINTS:] for measure, points in listed.items() if points}


def _one_of(held: dict[int | None, list[Row]]) -> list[Row]:
    if None in held:
        return held[None]
    return next(iter(held.values())) if len(held) == 1 else []


def _latest_of_each_period(view: View) -> Any:
    seen = Observation
    series = [col(seen.measure), col(seen.agency_id), col(seen.period_end)]
    newest = sa.func.row_number().over(
        partition_by=series, order_by=[col(seen.revision).desc(), col(seen.id).desc()]
    )
    fields = ("measure", "agency_id", "span", "numerator", "denominator", "value", "symbol", "note")
    known = (
        sa.select(
            *(col(getattr(seen, name)) for name in fields),
            col(seen.period_end).label("period"),
            newest.label("newest"),
        )
        .where(*_wanted(view))
        .subquery()
    )
    return (
        sa.select(*(column for column in known.c if column.key != "newest"))
        .where(known.c.newest == 1)
        .order_by(known.c.measure, known.c.agency_id, known.c.period)
    )


def _wanted(view: View) -> list[Any]:
    seen = Observation
    wanted = [
        col(seen.area_id) == view.area_id,
        col(seen.span).in_(SPANS),
        col(seen.known_on) <= view.as_at,
        col(seen.period_end) <= view.as_at,
        col(seen.label) == "",
        stands(seen, view.as_at),
    ]
    if view.agency_id is not None:
        wanted.append(col(seen.agency_id) == view.agency_id)
    return wanted + through_filters(view)


def chart_of(points: list[Row]) -> Xmr:
    """The XmR chart of the points that have a value."""
    better: Better = INDICATORS[points[0]["measure"]].better
    return _xmr(tuple(point["value"] for point in points if point["value"] is not None), better)


@lru_cache(maxsize=1024)
def _xmr(values: tuple[float, ...], better: Better) -> Xmr:
    """Kept: the exact fractions take a millisecond or two, and a series changes once a month."""
    return xmr(values, better=better)


def charted(points: list[Row], chart: Xmr | None) -> list[Row]:
    """The points with what their chart says to each; without a chart no limits, and no point is marked."""
    unmarked: tuple[Kind, Rule | None] = (Kind.COMMON_CAUSE, None)
    marks = iter(zip(chart.kinds, chart.rules, strict=True)) if chart else repeat(unmarked)
    limits = {name: getattr(chart, name, None) for name in ("mean", "lower", "upper")}
    told = [next(marks) if point["value"] is not None else unmarked for point in points]
    return [
        {**point, **limits, "type": kind.value, "rule": rule.value if rule else ""}
        for point, (kind, rule) in zip(points, told, strict=True)
    ]
