"""The stored revisions of published figures, and what the files of other boards say of the same areas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.commands.placing.model import Place, Sent
from lscb_core.commands.placing.past import ever_shown, known_on
from lscb_core.db.tables import Area, Import, Observation, SentScope
from lscb_core.domain.periods import year_start

NAMES = ("numerator", "denominator", "value", "symbol")
AT_ONCE = 5000
"""Rows named in one statement: SQLite takes some 32,000."""

Figure = tuple[int | None, int | None, float | None, str]
"""As NAMES has them."""


class Series(NamedTuple):
    """A measure of an area, by its code, in the year that ends on a day."""

    area: str
    measure: str
    period_end: date


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of a figure, and where that comes from."""

    figure: Figure
    origin_id: int
    source: str


@dataclass(frozen=True, slots=True)
class Held:
    """A stored revision. `is_sent`: a file brought it; else the product came with it."""

    id: int
    revision: int
    stands: bool
    was_shown: bool
    is_sent: bool
    figure: Figure


def held(place: Place, measures: Mapping[str, Iterable[str]]) -> dict[Series, list[Held]]:
    """All revisions of these measures (area -> measures), the first one first, standing or not."""
    wanted = {(area, measure) for area, listed in measures.items() for measure in listed}
    asked = _revisions_of(areas=measures, measures={measure for _, measure in wanted})
    found: dict[Series, list[Held]] = {}
    for row in place.session.connection().execute(asked):
        if (row.code, row.measure) in wanted:
            found.setdefault(Series(row.code, row.measure, row.period_end), []).append(_held(row))
    return found


def _revisions_of(*, areas: Iterable[str], measures: Iterable[str]) -> sa.Select[Any]:
    """The question for the revisions of every measure of every area: rows as `_held` reads them."""
    row, has_origin = Observation, col(Import.origin_id).is_not(None)
    files = sa.select(col(Import.origin_id)).where(col(Import.kind) == "dfe", has_origin)
    return (
        sa.select(
            *(col(getattr(row, name)) for name in ("id", "measure", "period_end", "revision", *NAMES)),
            col(Area.code),
            col(row.withdrawn_on).is_(None).label("stands"),
            ever_shown(row).label("was_shown"),
            col(row.origin_id).in_(files).label("is_sent"),
        )
        .join(Area, col(Area.id) == row.area_id)
        .where(
            col(Area.code).in_(areas),
            col(row.measure).in_(measures),
            col(row.span) == "year",
            col(row.agency_id).is_(None),
            col(row.label) == "",
        )
        .order_by(col(row.revision), col(row.id))
    )


def _held(row: sa.Row[Any]) -> Held:
    return Held(
        id=row.id,
        revision=row.revision,
        stands=bool(row.stands),
        was_shown=bool(row.was_shown),
        is_sent=bool(row.is_sent),
        figure=(row.numerator, row.denominator, row.value, row.symbol),
    )


def sent_by_others(place: Place, keys: Iterable[str]) -> list[Sent]:
    """What stands of these scopes of what other boards have sent: of each board the last."""
    newest = sa.func.row_number().over(
        partition_by=[col(SentScope.board_id), col(SentScope.scope)],
        order_by=col(SentScope.import_id).desc(),
    )
    names = (SentScope.scope, SentScope.rows, SentScope.import_id, Import.origin_id)
    told = (
        sa.select(*(col(name) for name in names), newest.label("newest"))
        .join(Import, col(Import.id) == SentScope.import_id)
        .where(
            col(SentScope.scope).in_(keys),
            col(SentScope.board_id) != place.board.id,
            col(Import.status) == "saved",
        )
        .subquery()
    )
    found = place.session.connection().execute(sa.select(told).where(told.c.newest == 1))
    return [Sent(row.scope, row.rows, import_id=row.import_id, origin_id=row.origin_id) for row in found]


def take_back(place: Place, rows: Iterable[Held]) -> None:
    """Take these revisions from sight, from this day on."""
    numbers = [row.id for row in rows]
    for at in range(0, len(numbers), AT_ONCE):
        these = col(Observation.id).in_(numbers[at : at + AT_ONCE])
        place.session.connection().execute(sa.update(Observation).where(these).values(withdrawn_on=place.on))


def add(place: Place, told: Mapping[Series, Told], before: Mapping[Series, Sequence[Held]]) -> None:
    """A revision of each of these figures. `before`: all revisions given so far, standing or not."""
    if not told:
        return
    asked = sa.select(col(Area.code), col(Area.id)).where(col(Area.code).in_({each.area for each in told}))
    areas = {row.code: row.id for row in place.session.connection().execute(asked)}
    rows = [
        {
            "area_id": areas[series.area],
            "measure": series.measure,
            "span": "year",
            "period_start": year_start(series.period_end),
            "period_end": series.period_end,
            **dict(zip(NAMES, each.figure, strict=True)),
            "is_published": True,
            "known_on": known_on(
                series.period_end,
                on=place.on,
                was_shown=any(row.was_shown for row in before.get(series, ())),
            ),
            "revision": max((row.revision for row in before.get(series, ())), default=0) + 1,
            "source": each.source,
            "origin_id": each.origin_id,
        }
        for series, each in told.items()
    ]
    place.session.connection().execute(sa.insert(Observation), rows)
