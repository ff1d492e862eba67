"""The declared grid of referrals: which counts are ever stored, and which add up to which.

(a) each month, the whole board: all, each level, each outcome, below the threshold; and the other steps;
(b) each month, each agency (or source): all, and below the threshold;
(c) each complete year to 31 March: the board as in (a), each agency in all, below, and by level.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from lscb_core.domain.periods import month_ends, year_end, year_start
from lscb_core.domain.vocab import Level, Outcome

BELOW = "below"
ABOVE = "above"  # what is left of all when below is taken off: protected with the grid, never stored
UNDER = {str(outcome) for outcome in Outcome if outcome.below_threshold}
LEVELS = [str(int(level)) for level in Level]


class Spot(NamedTuple):
    """One place on the grid, in the words of the table of referral counts."""

    period_end: date
    span: str = "month"
    step: str = "referral"
    split: str = "all"
    part: str = "all"
    level: str = "all"
    outcome: str = "all"


Grid = dict[Spot, int]
Sum = tuple[Spot, list[Spot]]
Kind = tuple[date, str, str, str]
"""Month end, part, level, outcome."""


def referral_grid(counted: Mapping[Kind, int], *, parts: Iterable[str], split: str = "agency") -> Grid:
    """Referrals by month, part, level and outcome, counted into the whole grid; nothing sent is 0."""
    months = sorted({kind[0] for kind in counted})
    grid = dict.fromkeys(_spots(months, list(parts), split), 0)
    for kind, count in counted.items():
        for spot in _counts_in(kind, split):
            if spot in grid:
                grid[spot] += count
    return grid


def with_steps(grid: Grid, steps: Mapping[tuple[str, date], int]) -> Grid:
    """The grid with the other steps on the way: step and month end -> count."""
    monthly = {Spot(end, step=step): count for (step, end), count in steps.items()}
    years = complete_years({end for _, end in steps})
    yearly = dict.fromkeys((Spot(y, "year", step=step) for y in years for step, _ in steps), 0)
    for spot, count in monthly.items():
        year = spot._replace(period_end=year_end(spot.period_end), span="year")
        if year in yearly:
            yearly[year] += count
    return {**grid, **monthly, **yearly}


def complete_years(months: Iterable[date]) -> list[date]:
    """The 31 Marches of financial years whose twelve months are all there."""
    held = set(months)
    return sorted({year_end(end) for end in held if held.issuperset(months_of(year_end(end)))})


def months_of(year: date) -> list[date]:
    """The twelve month ends of the financial year that ends on that day."""
    return month_ends(year_start(year), year)


def _spots(months: Sequence[date], parts: Sequence[str], split: str) -> Iterator[Spot]:
    whole = [Spot(end) for end in months] + [Spot(end, "year") for end in complete_years(months)]
    for spot in whole:
        mine = [spot._replace(split=split, part=part) for part in parts]
        for one in (spot, *mine):
            yield from (one._replace(level=level) for level in ("all", BELOW, ABOVE))
        yield from (spot._replace(outcome=str(outcome)) for outcome in Outcome)
        detailed = (spot, *mine) if spot.span == "year" else (spot,)
        yield from (one._replace(level=level) for one in detailed for level in LEVELS)


def _counts_in(kind: Kind, split: str) -> Iterator[Spot]:
    """Every place of the grid in which such a referral counts."""
    month, part, level, outcome = kind
    side = BELOW if outcome in UNDER else ABOVE
    for spot in (Spot(month), Spot(year_end(month), "year")):
        yield spot._replace(outcome=outcome)
        for one in (spot, spot._replace(split=split, part=part)):
            yield from (one._replace(level=known) for known in ("all", side, level))


def sums(grid: Grid) -> list[Sum]:
    """Every declared equality of the grid: a total and the parts that make it up."""
    parts: dict[str, list[str]] = {}
    for spot in grid:
        if spot.split != "all" and spot.part not in parts.setdefault(spot.split, []):
            parts[spot.split].append(spot.part)
    return [
        (total, made_of)
        for total in grid
        for made_of in _made_of(total, parts)
        if made_of and all(part in grid for part in made_of)
    ]


def _made_of(total: Spot, parts: Mapping[str, Sequence[str]]) -> Iterator[list[Spot]]:
    """The ways in which a place is the sum of others, whether or not they are on the grid."""
    if total.outcome == "all":
        yield from _by_kind(total)
        if total.split == "all":
            for split, known in parts.items():
                yield [total._replace(split=split, part=part) for part in known]
    if total.span == "year":
        yield [total._replace(span="month", period_end=end) for end in months_of(total.period_end)]


def _by_kind(total: Spot) -> Iterator[list[Spot]]:
    sides = {BELOW: [True], ABOVE: [False], "all": [True, False]}.get(total.level, [])
    if sides:
        whole = total._replace(level="all")
        yield [whole._replace(outcome=str(o)) for o in Outcome if o.below_threshold in sides]
    if total.level == "all":
        yield [total._replace(level=level) for level in LEVELS]
        yield [total._replace(level=level) for level in (BELOW, ABOVE)]
