"""Published statistics of a council, England and the statistical neighbours, as known on the view's day."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from lscb_core.db.tables import Area, Neighbour, Observation, Origin
from lscb_core.domain.intervals import too_few, wilson
from lscb_core.queries.standing import stands
from lscb_core.queries.view import View

ENGLAND = "ENG"
FIGURES = ("measure", "period_end", "numerator", "denominator", "value", "symbol", "note", "source")
ORDER = ("board", "england", "neighbour")

Row = Mapping[str, Any]


def published_figures(
    session: Session,
    view: View,
    measures: Collection[str],
    *,
    latest_only: bool,
    kinds: Collection[str] = ORDER,
) -> list[dict[str, Any]]:
    """One row for each measure, year and area: the board's first, then England's, then the neighbours'.

    `latest_only` keeps the last year for which both the board's council and England have a row. `kind` is
    board, england or neighbour (`kinds`: which of them); `rank` counts neighbours from the nearest.
    """
    asked = _asked(view, measures, kinds, latest_only=latest_only)
    found = [dict(row) for row in session.connection().execute(asked).mappings()]
    place = {measure: at for at, measure in enumerate(measures)}
    found.sort(
        key=lambda row: (place[row["measure"]], row["period_end"], ORDER.index(row["kind"]), row["rank"])
    )
    return found


def _asked(view: View, measures: Collection[str], kinds: Collection[str], *, latest_only: bool) -> Any:
    known = _known(view, measures, _places(view), kinds)
    if latest_only:
        last = _latest(view, measures)
        same = [col(Observation.measure) == last.c.measure, col(Observation.period_end) == last.c.period_end]
        known = known.join(last, sa.and_(*same))
    seen = known.subquery()
    return (
        sa.select(
            *(seen.c[name] for name in (*FIGURES, "area", "kind", "rank")),
            col(Origin.title).label("origin"),
            col(Origin.licence),
        )
        .join(Origin, col(Origin.id) == seen.c.origin_id)
        .where(seen.c.newest == 1)
    )


def likely(row: Row) -> tuple[float, float] | tuple[None, None]:
    """The likely range (95%) of a published share, in percent; none under ten or where a symbol stands."""
    met, of = row["numerator"], row["denominator"]
    if met is None or not of or too_few(of):
        return None, None
    low, high = wilson(met, of)
    return 100 * low, 100 * high


def _known(view: View, measures: Collection[str], places: sa.Subquery, kinds: Collection[str]) -> Any:
    """Yearly figures known on the view's day, numbered from the newest revision."""
    held = Observation
    newest = sa.func.row_number().over(
        partition_by=[col(held.area_id), col(held.measure), col(held.period_end)],
        order_by=[col(held.revision).desc(), col(held.id).desc()],
    )
    return (
        sa.select(
            *(col(getattr(held, name)) for name in (*FIGURES, "origin_id")),
            *(places.c[name] for name in ("area", "kind", "rank")),
            newest.label("newest"),
        )
        .join(places, places.c.area_id == held.area_id)
        .where(places.c.kind.in_(kinds), *_yearly(held, view, measures))
    )


def _yearly(held: Any, view: View, measures: Collection[str]) -> list[Any]:
    return [
        held.measure.in_(measures),
        held.span == "year",
        held.agency_id.is_(None),
        held.known_on <= view.as_at,
        held.period_end <= view.as_at,
        stands(held, view.as_at),
    ]


def _latest(view: View, measures: Collection[str]) -> sa.Subquery:
    """The last year of each measure in which the council and England both have a row."""
    own, england = aliased(Observation), aliased(Observation)
    is_england = sa.select(col(Area.id)).where(col(Area.code) == ENGLAND).scalar_subquery()
    theirs = sa.exists().where(
        col(england.area_id) == is_england,
        col(england.measure) == col(own.measure),
        col(england.period_end) == col(own.period_end),
        *_yearly(england, view, measures),
    )
    return (
        sa.select(col(own.measure), sa.func.max(col(own.period_end)).label("period_end"))
        .where(col(own.area_id) == view.area_id, *_yearly(own, view, measures), theirs)
        .group_by(col(own.measure))
        .subquery()
    )


def _places(view: View) -> sa.Subquery:
    """The board's area, England, and the area's statistical neighbours."""
    name: Any = col(Area.name).label("area")
    own = _place(name, "board").where(col(Area.id) == view.area_id)
    england = _place(name, "england").where(col(Area.code) == ENGLAND)
    near = (
        sa.select(
            col(Area.id).label("area_id"),
            name,
            sa.literal("neighbour").label("kind"),
            col(Neighbour.rank).label("rank"),
        )
        .join(Neighbour, col(Neighbour.neighbour_id) == Area.id)
        .where(col(Neighbour.area_id) == view.area_id)
    )
    return sa.union_all(own, england, near).subquery()


def _place(name: Any, kind: str) -> Any:
    number: Any = col(Area.id).label("area_id")
    return sa.select(number, name, sa.literal(kind).label("kind"), sa.literal(0).label("rank"))
