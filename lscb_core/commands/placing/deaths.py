"""Child-death counts of a year take their place: protected with all years, and with all that was seen before.

A count that readers saw stays as it was, one that was hidden stays hidden; five-year totals follow from the
years. A cell gets a new revision only where its number, or its being hidden, has changed. Counts of another
origin stay beneath: a year that a document gives in part stands as it is, beside the file's.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from lscb_core.commands.placing.death_cells import Stored, Wanted, settle, stored, whole_years
from lscb_core.commands.placing.death_truth import STARTS, check_sums, grid_of, history, to_hide
from lscb_core.commands.placing.model import Change, Place, Sent, differences
from lscb_core.commands.placing.origins import origins_of
from lscb_core.domain.codes import AGE_BANDS, DEATH_CATEGORIES
from lscb_core.domain.disclosure import HIDDEN
from lscb_core.domain.periods import day
from lscb_core.imports.grids.deaths import NOT_IN_TIME, Cell

LINES = {
    "all": "deaths notified",
    "expected": "expected deaths",
    "unexpected": "unexpected deaths",
    "completed": "reviews completed",
    "in_time": "reviews completed in time",
    "yes": "reviews that found something to change",
    "no": "reviews that found nothing to change",
    "unknown": "reviews without enough information",
}


def place_deaths(place: Place, sent: Sequence[Sent]) -> list[Change]:
    """The whole grid of the area, from every return that stands. Changes are told in what readers see.

    Raises BadInput where the counts of a year do not add up. Does not commit.
    """
    if not sent:
        return []
    mine = origins_of(place, starts=STARTS)
    cells = stored(place)
    settle(place, cells, _wanted(place, cells, mine), mine=mine)
    return _changes(cells, stored(place))


def _wanted(place: Place, cells: Stored, mine: set[int]) -> dict[Cell, Wanted]:
    base = whole_years(cells, besides=mine)
    *past, returns = history(place)
    now = grid_of(returns, base)
    check_sums(now)
    seen, unseen = _known(cells)
    hidden = to_hide(now, [grid_of(each, base) for each in past], shown=seen, hidden=unseen)
    origins = {year: one.origin_id for year, one in returns.items()}
    return {
        cell: Wanted(count, cell in hidden, _origin(cell, origins, place.origin_id))
        for cell, count in now.items()
        if cell.key != NOT_IN_TIME
    }


def _origin(cell: Cell, origins: Mapping[date, int], latest: int) -> int:
    return origins.get(cell.period_end, latest) if cell.span == "year" else latest


def _known(cells: Stored) -> tuple[set[tuple[Cell, int]], set[tuple[Cell, int]]]:
    """The counts that readers saw in any revision, and those that were kept from them."""
    every = [(cell, one) for cell, revisions in cells.items() for one in revisions if one.exact is not None]
    seen = {(cell, one.exact) for cell, one in every if not one.symbol and one.exact is not None}
    unseen = {(cell, one.exact) for cell, one in every if one.symbol == HIDDEN and one.exact is not None}
    return seen, unseen


def _changes(before: Stored, now: Stored) -> list[Change]:
    return differences(
        _shown(before),
        _shown(now),
        words=_words,
        order=lambda cell: (cell.span == "pooled", cell.period_end),
    )


def _shown(cells: Stored) -> dict[Cell, str]:
    standing = {cell: [one for one in revisions if one.stands] for cell, revisions in cells.items()}
    return {cell: revisions[-1].shown for cell, revisions in standing.items() if revisions}


def _words(cell: Cell) -> str:
    named = {"age": AGE_BANDS, "category": DEATH_CATEGORIES}.get(cell.dimension, LINES)
    line = named.get(cell.key, cell.key)
    about = {"age": "age ", "category": "category of death: "}.get(cell.dimension, "")
    span = "five years" if cell.span == "pooled" else "year"
    return f"Child deaths, {span} to {day(cell.period_end)}, {about}{line}"
