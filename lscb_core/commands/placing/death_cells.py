"""The stored cells of child-death counts: their revisions, and a new one where what stands is not wanted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.commands.placing.model import Place
from lscb_core.commands.placing.origins import number_of
from lscb_core.commands.placing.past import ever_shown, known_on
from lscb_core.db.tables import DeathCount, DeathExact
from lscb_core.domain.disclosure import HIDDEN
from lscb_core.imports.grids.deaths import NOT_IN_TIME, Cell, death_grid
from lscb_core.imports.grids.protecting import death_fields


@dataclass(frozen=True, slots=True)
class Revision:
    """A count as it was stored; `exact` is the number itself, whether readers see it or not."""

    id: int
    exact: int | None
    symbol: str
    revision: int
    stands: bool
    was_shown: bool
    origin_id: int

    @property
    def shown(self) -> str:
        """What readers see."""
        return self.symbol or str(self.exact)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A count as it is to stand, and the file that brought it."""

    exact: int
    is_hidden: bool
    origin_id: int

    @property
    def shown(self) -> str:
        """What readers are to see."""
        return HIDDEN if self.is_hidden else str(self.exact)


Stored = dict[Cell, list[Revision]]


def stored(place: Place) -> Stored:
    """Every revision of every yearly and five-year count of the area, the first one first."""
    rows = (
        sa.select(
            DeathCount,
            sa.func.coalesce(col(DeathCount.count), col(DeathExact.count)).label("exact"),
            ever_shown(DeathCount),
        )
        .join(DeathExact, col(DeathExact.death_count_id) == DeathCount.id, isouter=True)
        .where(col(DeathCount.area_id) == place.board.area_id, col(DeathCount.span) != "part")
        .order_by(col(DeathCount.revision))
    )
    found: Stored = {}
    for row, exact, was_shown in place.session.execute(rows.execution_options(populate_existing=True)):
        cell = Cell(row.period_end, row.dimension, row.key, row.span)
        shown = (row.withdrawn_on is None, bool(was_shown))
        told = Revision(row.id, exact, row.symbol, row.revision, *shown, row.origin_id)
        found.setdefault(cell, []).append(told)
    return found


def whole_years(cells: Stored, *, besides: Collection[int]) -> dict[date, dict[Cell, int]]:
    """The years of which every cell stands from another origin than these: their exact counts."""
    exact = {
        cell: last.exact
        for cell, revisions in cells.items()
        if (last := _last(revisions, besides)) and last.exact is not None
    }
    years = {cell.period_end for cell in exact if cell.span == "year"}
    found = {}
    for end in sorted(years):
        year = [cell for cell in death_grid({Cell(end): 0}) if cell.key != NOT_IN_TIME]
        if all(cell in exact for cell in year):
            found[end] = {cell: exact[cell] for cell in year}
    return found


def _last(revisions: Sequence[Revision], besides: Collection[int]) -> Revision | None:
    others = [one for one in revisions if one.stands and one.origin_id not in besides]
    return others[-1] if others else None


def settle(place: Place, cells: Stored, wanted: Mapping[Cell, Wanted], *, mine: Collection[int]) -> None:
    """Make what stands of every cell what is wanted; what files brought of others stands no more."""
    gone: list[int] = []
    for cell, revisions in cells.items():
        if cell in wanted or any(one.origin_id in mine for one in revisions):
            gone += _withdrawn(revisions, wanted.get(cell), mine)
    for cell, count in wanted.items():
        standing = [one for one in cells.get(cell, ()) if one.stands and one.id not in gone]
        if not standing or not _is(standing[-1], count):
            _store(place, cell, count, cells.get(cell, ()))
    if gone:
        place.session.connection().execute(
            sa.update(DeathCount).where(col(DeathCount.id).in_(gone)).values(withdrawn_on=place.on)
        )


def _withdrawn(revisions: Sequence[Revision], wanted: Wanted | None, mine: Collection[int]) -> list[int]:
    """What a file brought after the revision that is wanted again; all of it where none is wanted."""
    own = [one for one in revisions if one.stands and one.origin_id in mine]
    if wanted is None:
        return [one.id for one in own]
    kept = [one.revision for one in revisions if one.stands and _is(one, wanted)]
    return [one.id for one in own if kept and one.revision > kept[-1]]


def _is(one: Revision, wanted: Wanted) -> bool:
    return (one.exact, one.symbol == HIDDEN) == (wanted.exact, wanted.is_hidden)


def _store(place: Place, cell: Cell, count: Wanted, revisions: Sequence[Revision]) -> None:
    was_shown = any(one.was_shown for one in revisions)
    row = DeathCount(
        **death_fields(cell, known_on(cell.period_end, on=place.on, was_shown=was_shown)),
        area_id=place.board.area_id,
        count=None if count.is_hidden else count.exact,
        symbol=HIDDEN if count.is_hidden else "",
        revision=max((one.revision for one in revisions), default=0) + 1,
        origin_id=count.origin_id,
    )
    place.session.add(row)
    place.session.flush()
    if count.is_hidden:
        place.session.add(DeathExact(death_count_id=number_of(row), count=count.exact))
        place.session.flush()
