"""The declared grid of the agencies' own returns, where some agencies may not have sent yet.

A month counts for the whole board once every agency that was asked has sent; until then each agency that
has sent stands for itself alone.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from lscb_core.imports.grids.referrals import ABOVE, BELOW, UNDER, Grid, Kind, Spot, referral_grid, with_steps

Returns = Mapping[tuple[str, date], Iterable[Mapping[str, Any]]]
"""Agency and month end -> rows with level, outcome and count."""
LEVELS = ("all", BELOW, ABOVE)


def return_grid(
    sent: Returns, *, asked: Mapping[date, Collection[str]], steps: Mapping[tuple[str, date], int]
) -> Grid:
    """All that may be counted from these returns. `asked`: for each month, who has to have sent."""
    whole = whole_months(sent, asked)
    counted: dict[Kind, int] = {}
    grid: Grid = {}
    for (part, month), rows in sent.items():
        if month not in whole:
            grid |= _alone(Spot(month, split="agency", part=part), rows)
        else:
            for row in rows:
                kind = (month, part, str(row["level"]), row["outcome"])
                counted[kind] = counted.get(kind, 0) + row["count"]
    parts = sorted({part for part, month in sent if month in whole})
    return with_steps({**grid, **referral_grid(counted, parts=parts)}, steps)


def whole_months(sent: Returns, asked: Mapping[date, Collection[str]]) -> set[date]:
    """The months for which everybody has sent who has to."""
    months = {month for _, month in sent}
    return {month for month in months if all((part, month) in sent for part in asked[month])}


def _alone(whole: Spot, rows: Iterable[Mapping[str, Any]]) -> Grid:
    """One agency's month by itself: all, below the threshold, and the rest."""
    cells = dict.fromkeys((whole._replace(level=level) for level in LEVELS), 0)
    for row in rows:
        side = BELOW if row["outcome"] in UNDER else ABOVE
        for level in ("all", side):
            cells[whole._replace(level=level)] += row["count"]
    return cells
