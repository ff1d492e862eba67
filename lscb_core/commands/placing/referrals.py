"""Counts of referrals take their place: the years they touch are protected anew and stored.

Readers may have seen part of a year already. A cell that they saw keeps standing open where its count has not
changed, a cell that was hidden stays hidden; only what is new or corrected is decided (domain.disclosure).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from lscb_core.commands.placing.model import Change, Place, Sent
from lscb_core.commands.placing.origins import number_of, undone_now
from lscb_core.commands.placing.referral_cells import Cell, Shown, ever_hidden, give, held, store, withdraw
from lscb_core.commands.placing.referral_feeds import (
    ANNEX_A,
    CENSUS,
    OTHERS,
    PREFIXES,
    RETURNS,
    Declared,
    declared,
    part_of,
)
from lscb_core.commands.placing.referral_words import changes
from lscb_core.commands.placing.source_agencies import agencies_of_sources, by_agency
from lscb_core.commands.placing.standing import standing
from lscb_core.db.tables import Agency, ReturnAsked
from lscb_core.domain.disclosure import protect_cells, shown
from lscb_core.domain.periods import months_back, year_end, year_start
from lscb_core.imports.grids.children import is_stored
from lscb_core.imports.grids.referrals import Spot, months_of


def place_referrals(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """Protect and store every financial year that these scopes touch, from what stands of all that was sent.

    Changes are told in what readers see. Does not commit.
    """
    years = sorted({year_end(one.period_end) for one in sent if one.period_end})
    return [change for year in years for change in _year(place, year)]


def place_again(place: Place) -> list[Change]:
    """The same for every year that holds a file on single children: the map of its sources has changed."""
    sent = standing(place.session, board_id=number_of(place.board), starts=(CENSUS, ANNEX_A)).values()
    years = sorted({year_end(one.period_end) for one in sent if one.period_end})
    return [change for year in years for change in _year(place, year, by_map=True)]


def _year(place: Place, year: date, *, by_map: bool = False) -> list[Change]:
    made = _declared(place.session, number_of(place.board), year)
    known = held(place, year)
    seen = [s for s, cell in known.items() if made.grid.get(s, 0) == cell.exact and not cell.symbol]
    # What was hidden once stays so, also where its file was undone meanwhile: whoever keeps the old page
    # learns nothing from the new one.
    unseen = [spot for spot, count in ever_hidden(place, year) if made.grid.get(spot) == count]
    hidden = protect_cells(made.grid, made.sums, shown=seen, hidden=sorted(unseen))
    exact = {spot: count for spot, count in made.grid.items() if is_stored(spot)}
    wanted = _shown(place, exact, hidden)
    new = [spot for spot in wanted if _is_new(wanted[spot], exact.get(spot), known.get(spot))]
    # After an undoing, or for another month of the year, it is not the file in hand that tells of a cell.
    origins = {spot: (None if by_map else made.origin_of(spot)) or place.origin_id for spot in wanted}
    store(place, {spot: wanted[spot] for spot in new}, exact, origins)
    _hand_over(
        place, {spot: cell for spot, cell in known.items() if spot in origins and spot not in new}, origins
    )
    withdraw(place, [spot for spot in known if spot not in wanted])
    return changes(before={spot: cell.symbol or cell.exact for spot, cell in known.items()}, now=wanted)


def _shown(place: Place, exact: Mapping[Spot, int], hidden: Collection[Spot]) -> dict[Spot, Shown]:
    """What readers see of each cell, and of the agencies that the sources belong to."""
    seen = shown(exact, hidden)
    if any(spot.split == "agency" for spot in seen):
        return seen
    named = agencies_of_sources(place.session, number_of(place.board))
    return {**seen, **by_agency(seen, named)}


def _hand_over(place: Place, same: Mapping[Spot, Cell], origins: Mapping[Spot, int]) -> None:
    """Cells of a file that is undone, and that another one says likewise, are that one's."""
    gone = undone_now(place, {cell.origin_id for cell in same.values()}) if place.is_undo else set()
    give(place, {cell.id: origins[spot] for spot, cell in same.items() if cell.origin_id in gone})


def _is_new(wanted: Shown, exact: int | None, cell: Cell | None) -> bool:
    if cell is None:
        return True
    return wanted != (cell.symbol or cell.exact) or (bool(cell.symbol) and exact != cell.exact)


def _declared(session: Session, board_id: int, year: date) -> Declared:
    reach = (months_back(year_start(year), 12), year)
    sent = standing(session, board_id=board_id, between=reach, starts=PREFIXES)
    parts = {part_of(key) for key in sent if key.startswith(RETURNS)}
    return declared(
        year, sent, asked={month: _due(session, board_id, month, parts) for month in months_of(year)}
    )


def _due(session: Session, board_id: int, month: date, parts: set[str]) -> set[str]:
    """Who has to have sent before a month counts as whole: who was asked; else whoever sends at all."""
    asked = _asked(session, board_id, month)
    return asked | ({OTHERS} & parts) if asked else parts


def _asked(session: Session, board_id: int, month: date) -> set[str]:
    """The agencies that were asked for a return of the month."""
    slugs = (
        sa.select(col(Agency.slug))
        .join(ReturnAsked, col(ReturnAsked.agency_id) == Agency.id)
        .where(
            col(ReturnAsked.board_id) == board_id,
            col(ReturnAsked.template) == "thresholds",
            col(ReturnAsked.first_period_end) <= month,
            sa.or_(col(ReturnAsked.until).is_(None), col(ReturnAsked.until) >= month),
        )
    )
    return set(session.connection().execute(slugs).scalars())
