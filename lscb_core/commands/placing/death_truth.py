"""What the panel's returns said of each year, now and at every earlier moment.

Readers may have kept every page that they ever saw. So the counts are not protected by themselves, but
together with every grid that was shown before: a count that is in several of them is one and the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from lscb_core.commands.placing.model import Place
from lscb_core.db.tables import Import, SentScope
from lscb_core.domain.disclosure import protect_cells
from lscb_core.domain.periods import day
from lscb_core.errors import BadInput
from lscb_core.imports.grids.deaths import NOT_IN_TIME, Cell, DeathGrid, death_grid, death_sums

STARTS = "template/deaths/"
Yearly = Mapping[Cell, int]
Counted = tuple[Cell, int]
"""A cell with the count that it had: what a reader may know, or may not."""


@dataclass(frozen=True, slots=True)
class Return:
    """The counts of one year in one file."""

    year: date
    counts: Yearly
    import_id: int
    origin_id: int


def history(place: Place) -> list[dict[date, Return]]:
    """Which returns stood at first, and after each file and each undoing; the last one: now."""
    stood: list[dict[date, Return]] = [{}]
    saved: list[Return] = []
    undone: set[int] = set()
    for (_, undoes, import_id), returns in sorted(_acts(place).items(), key=lambda act: act[0]):
        if undoes:
            undone.add(import_id)
        else:
            saved += returns
        stood.append({one.year: one for one in saved if one.import_id not in undone})
    return stood


def _acts(place: Place) -> dict[tuple[datetime, bool, int], list[Return]]:
    """Every saving and undoing (when, whether it undoes, of which import), and the years of that import."""
    sent = (
        sa.select(
            *(col(getattr(Import, name)) for name in ("id", "saved_at", "undone_at", "origin_id")),
            col(SentScope.period_end),
            col(SentScope.rows),
        )
        .join(SentScope, col(SentScope.import_id) == Import.id)
        .where(
            col(SentScope.board_id) == place.board.id,
            col(SentScope.scope).startswith(STARTS, autoescape=True),
        )
    )
    acts: dict[tuple[datetime, bool, int], list[Return]] = {}
    for row in place.session.connection().execute(sent):
        made = Return(row.period_end, _counts(row.period_end, row.rows), row.id, row.origin_id)
        acts.setdefault((row.saved_at, False, row.id), []).append(made)
        if row.undone_at:
            acts.setdefault((row.undone_at, True, row.id), []).append(made)
    return acts


def _counts(year: date, rows: Iterable[Mapping[str, Any]]) -> Yearly:
    return {Cell(year, str(row["dimension"]), str(row["key"])): int(row["count"]) for row in rows}


def grid_of(returns: Mapping[date, Return], base: Mapping[date, Yearly]) -> DeathGrid:
    """The whole grid of these returns, and of the years that stand without one."""
    years: dict[date, Yearly] = {**base, **{year: one.counts for year, one in returns.items()}}
    return death_grid({cell: count for counts in years.values() for cell, count in counts.items()})


def check_sums(grid: DeathGrid) -> None:
    """Raise BadInput where the counts of a year do not add up."""
    for total, parts in death_sums(grid):
        added = sum(grid[part] for part in parts)
        if total.span == "year" and (grid[total] != added or min(grid[part] for part in parts) < 0):
            raise BadInput(
                f"Nothing was saved: the counts of the year to {day(total.period_end)} do not add up.",
                why=f"{_words(total)} and what makes them up ({parts[0].dimension}) differ.",
                advice="Ages, and expected or not, split the deaths notified; categories, factors that "
                "could be changed, and reviews in time split the reviews completed.",
            )


def _words(total: Cell) -> str:
    return "The deaths notified" if total.dimension == "all" else "The reviews completed"


def to_hide(
    now: DeathGrid,
    before: Iterable[DeathGrid],
    *,
    shown: Collection[Counted],
    hidden: Collection[Counted],
) -> set[Cell]:
    """The cells of the grid to hide, so that no grid before it gives any count away.

    `shown` are the counts that readers have seen, `hidden` those that were kept from them.
    """
    past = list(before)
    seen = {*shown, *(late for grid in past for late in _late(grid) if _follows(late[0], grid, shown))}
    unseen = {each for grid in past for each in grid.items()} - seen
    joint = {each: each[1] for grid in [*past, now] for each in grid.items()}
    sums = {
        ((total, grid[total]), tuple((part, grid[part]) for part in parts)): None
        for grid in [*past, now]
        for total, parts in death_sums(grid)
    }
    hide = protect_cells(joint, list(sums), shown=seen & joint.keys(), hidden={*unseen, *hidden})
    return {cell for cell, count in now.items() if (cell, count) in hide}


def _late(grid: DeathGrid) -> list[Counted]:
    """Reviews not in time: no reader is shown them, but some can be worked out."""
    return [each for each in grid.items() if each[0].key == NOT_IN_TIME]


def _follows(late: Cell, grid: DeathGrid, shown: Collection[Counted]) -> bool:
    both = (late._replace(key=key) for key in ("completed", "in_time"))
    return all((cell, grid[cell]) in shown for cell in both)
