"""The stored cells of a year of referrals: what stands, a new revision of some, others taken from sight."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.commands.placing.model import Place
from lscb_core.commands.placing.past import ever_shown
from lscb_core.db.tables import ReferralCount, ReferralExact
from lscb_core.domain.disclosure import HIDDEN
from lscb_core.domain.periods import month_start, year_start
from lscb_core.imports.grids.referrals import Spot

Shown = int | Literal["c"]
"""What readers see of a cell: the count, or the symbol in its place."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as it stands in the table; `exact` is what was sent, whether readers see it or not."""

    id: int
    exact: int | None
    symbol: str
    origin_id: int


def held(place: Place, year: date) -> dict[Spot, Cell]:
    """The newest revision of each cell of the year that stands."""
    count = ReferralCount
    names = Spot._fields
    newest = sa.func.row_number().over(
        partition_by=[getattr(count, name) for name in names], order_by=col(count.revision).desc()
    )
    told = (
        sa.select(
            *(getattr(count, name) for name in ("id", "count", "symbol", "origin_id", *names)),
            newest.label("newest"),
        )
        .where(
            col(count.area_id) == place.board.area_id,
            col(count.period_end).between(year_start(year), year),
            col(count.withdrawn_on).is_(None),
        )
        .subquery()
    )
    exact = sa.func.coalesce(ReferralExact.count, told.c.count).label("exact")
    rows = (
        sa.select(told, exact)
        .join(ReferralExact, col(ReferralExact.referral_count_id) == told.c.id, isouter=True)
        .where(told.c.newest == 1)
    )
    return {
        Spot(*(row[name] for name in names)): Cell(row["id"], row["exact"], row["symbol"], row["origin_id"])
        for row in place.session.connection().execute(rows).mappings()
    }


def ever_hidden(place: Place, year: date) -> set[tuple[Spot, int]]:
    """Every cell of the year with the count that some revision of it hid, whether that stands or not."""
    asked = (
        sa.select(*(col(getattr(ReferralCount, name)) for name in Spot._fields), col(ReferralExact.count))
        .join(ReferralExact, col(ReferralExact.referral_count_id) == ReferralCount.id)
        .where(
            col(ReferralCount.area_id) == place.board.area_id,
            col(ReferralCount.period_end).between(year_start(year), year),
        )
    )
    return {(Spot(*row[:-1]), row[-1]) for row in place.session.connection().execute(asked)}


def store(
    place: Place, shown: Mapping[Spot, Shown], exact: Mapping[Spot, int], origins: Mapping[Spot, int]
) -> None:
    """A new revision of these cells as readers see them; the exact count is kept behind each hidden one.

    `origins`: whose file each cell comes from. Behind a hidden sum of other cells there is none of its own.
    """
    if not shown:
        return
    last = _last_revisions(place, {spot.period_end for spot in shown})
    rows = [
        _row(place, spot, seen, last.get(spot, _Last())) | {"origin_id": origins[spot]}
        for spot, seen in shown.items()
    ]
    statement = sa.insert(ReferralCount).returning(col(ReferralCount.id), sort_by_parameter_order=True)
    ids = place.session.connection().execute(statement, rows).scalars()
    behind = [
        {"referral_count_id": key, "count": exact[spot]}
        for key, (spot, seen) in zip(ids, shown.items(), strict=True)
        if seen == HIDDEN and spot in exact
    ]
    if behind:
        place.session.connection().execute(sa.insert(ReferralExact), behind)


def _row(place: Place, spot: Spot, seen: Shown, last: "_Last") -> dict[str, Any]:
    """A figure counts from its period's end when it comes first, a correction from its own day.

    Of a period that is not over yet a correction counts from its end: nobody was shown what it corrects.
    """
    starts = year_start if spot.span == "year" else month_start
    end = spot.period_end
    return {
        **spot._asdict(),
        "area_id": place.board.area_id,
        "period_start": starts(end),
        "count": None if seen == HIDDEN else seen,
        "symbol": HIDDEN if seen == HIDDEN else "",
        "known_on": max(end, place.on) if last.was_shown else min(end, place.on),
        "revision": last.revision + 1,
    }


class _Last(NamedTuple):
    """The highest number given so far to a cell, whether it stands or not, and whether it was ever shown."""

    revision: int = 0
    was_shown: bool = False


def _last_revisions(place: Place, ends: Collection[date]) -> dict[Spot, _Last]:
    cell = [col(getattr(ReferralCount, name)) for name in Spot._fields]
    times_shown = sa.func.sum(sa.case((ever_shown(ReferralCount), 1), else_=0))
    asked = (
        sa.select(*cell, sa.func.max(ReferralCount.revision), times_shown)
        .where(col(ReferralCount.area_id) == place.board.area_id, col(ReferralCount.period_end).in_(ends))
        .group_by(*cell)
    )
    found = place.session.connection().execute(asked)
    return {Spot(*row[:-2]): _Last(row[-2], row[-1] > 0) for row in found}


def give(place: Place, owners: Mapping[int, int]) -> None:
    """Let these cells (by their number) come from another file; what they say stays."""
    by_origin: dict[int, list[int]] = {}
    for number, origin_id in owners.items():
        by_origin.setdefault(origin_id, []).append(number)
    for origin_id, numbers in by_origin.items():
        these = col(ReferralCount.id).in_(numbers)
        place.session.connection().execute(sa.update(ReferralCount).where(these).values(origin_id=origin_id))


def withdraw(place: Place, spots: Iterable[Spot]) -> None:
    """Take these cells from sight, from this day on."""
    for spot in spots:
        place.session.connection().execute(
            sa.update(ReferralCount)
            .where(
                col(ReferralCount.area_id) == place.board.area_id,
                col(ReferralCount.withdrawn_on).is_(None),
                *(getattr(ReferralCount, name) == value for name, value in spot._asdict().items()),
            )
            .values(withdrawn_on=place.on)
        )
