"""The declared grid of child deaths: yearly counts and those of five years together, never a case.

Ages and expectedness split the deaths notified in the year; categories, lessons and timeliness split the
reviews that the panel completed in it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from lscb_core.domain.vocab import AGE_BANDS, DEATH_CATEGORIES

POOLED_YEARS = 5
SPLITS: dict[str, tuple[str, ...]] = {
    "age": tuple(AGE_BANDS),
    "expectedness": ("expected", "unexpected"),
    "category": tuple(DEATH_CATEGORIES),
    "modifiable": ("yes", "no", "unknown"),
}


class Cell(NamedTuple):
    """One cell of the grid, in the words of the table of child-death counts."""

    period_end: date
    dimension: str = "all"
    key: str = "all"
    span: str = "year"


DeathGrid = dict[Cell, int]
NOT_IN_TIME = "late"  # what is left of completed reviews: protected with the grid, never stored


def death_grid(yearly: Mapping[Cell, int]) -> DeathGrid:
    """Yearly counts with all that follows from them: zeros, reviews not in time, five-year totals."""
    ends = sorted({cell.period_end for cell in yearly})
    grid = {cell: yearly.get(cell, 0) for end in ends for cell in _cells(end)}
    for end in ends:
        done, in_time = (Cell(end, "reviews", key) for key in ("completed", "in_time"))
        grid[Cell(end, "reviews", NOT_IN_TIME)] = grid[done] - grid[in_time]
    for end in ends:
        window = years_of(end)
        if set(window) <= set(ends):
            for cell in [*_cells(end), Cell(end, "reviews", NOT_IN_TIME)]:
                pooled = sum(grid[cell._replace(period_end=year)] for year in window)
                grid[cell._replace(span="pooled")] = pooled
    return grid


def years_of(end: date) -> list[date]:
    """The ends of the five years that are pooled at the end of the last of them."""
    return [end.replace(year=end.year - back) for back in range(POOLED_YEARS)]


def _cells(end: date) -> Iterator[Cell]:
    yield Cell(end)
    yield from (Cell(end, "reviews", key) for key in ("completed", "in_time"))
    yield from (Cell(end, dimension, key) for dimension, keys in SPLITS.items() for key in keys)


def death_sums(grid: DeathGrid) -> list[tuple[Cell, list[Cell]]]:
    """Every declared equality of the grid: a total and the parts that make it up."""
    return [
        (total, made_of)
        for total in grid
        for made_of in _made_of(total)
        if made_of and all(part in grid for part in made_of)
    ]


def _made_of(total: Cell) -> Iterator[list[Cell]]:
    if total.dimension == "all":
        yield from (_parts(total, split) for split in ("age", "expectedness"))
    if (total.dimension, total.key) == ("reviews", "completed"):
        yield from (_parts(total, split) for split in ("category", "modifiable"))
        yield [total._replace(key=key) for key in ("in_time", NOT_IN_TIME)]
    if total.span == "pooled":
        yield [total._replace(span="year", period_end=year) for year in years_of(total.period_end)]


def _parts(total: Cell, split: str) -> list[Cell]:
    return [total._replace(dimension=split, key=key) for key in SPLITS[split]]
