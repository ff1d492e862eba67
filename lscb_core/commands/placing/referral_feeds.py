"""Which files count for a year of referrals, and the grid that they make together.

Three kinds of file may tell of the same referrals. For each step of a year one kind counts, the one that
says most: the agencies' own returns (they know levels and outcomes), else the census, else Annex A. What the
others sent is kept, and counts as soon as the first is undone.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from lscb_core.commands.placing.model import Sent
from lscb_core.domain.periods import month_end, months_back
from lscb_core.imports.child_grid import Tally, child_grid, child_sums
from lscb_core.imports.referral_grid import Grid, Sum, months_of, sums
from lscb_core.imports.return_grid import return_grid

RETURNS, STEPS, CENSUS, ANNEX_A = "template/thresholds/", "template/steps/", "cin-census/", "annex-a/"
OTHERS = "others"
"""The part of a return that is no agency's: families, the public, sources not known."""
PREFIXES = (RETURNS, STEPS, CENSUS, ANNEX_A)
CENSUS_STEPS = (
    "referral", "re_referral", "assessment", "section_47", "conference", "plan", "plan_ended", "plan_open",
)  # fmt: skip


class Declared(NamedTuple):
    """Exact counts of one year on their grid, and which of them add up to which."""

    grid: Grid
    sums: list[Sum]


def declared(year: date, sent: Mapping[str, Sent], *, asked: Mapping[date, Collection[str]]) -> Declared:
    """The grid of the year to that 31 March from the scopes that stand."""
    own = _of(sent, RETURNS, year)
    grid = return_grid(_returns(own), asked=asked, steps=_steps(_of(sent, STEPS, year)))
    found = Declared(grid, sums(grid))
    for kind, prefix in (("cin-census", CENSUS), ("annex-a", ANNEX_A)):
        found = _with_children(found, kind, _of(sent, prefix, year), year)
    return found


def _of(sent: Mapping[str, Sent], prefix: str, year: date) -> list[Sent]:
    first = months_back(year, 12)
    return [
        one
        for key, one in sent.items()
        if key.startswith(prefix) and one.period_end and first < one.period_end <= year
    ]


def _returns(sent: Iterable[Sent]) -> dict[tuple[str, date], Iterable[Mapping[str, Any]]]:
    return {(part_of(one.key), one.period_end): one.rows or () for one in sent if one.period_end}


def part_of(key: str) -> str:
    """The agency in the key of a return, or "others"."""
    return key.split("/")[2]


def _steps(sent: Iterable[Sent]) -> dict[tuple[str, date], int]:
    listed = ((one.period_end, row) for one in sent for row in one.rows or ())
    return {(row["step"], end): row["count"] for end, row in listed if end}


def _with_children(found: Declared, kind: str, sent: list[Sent], year: date) -> Declared:
    """The grid with the steps that only a file about single children tells of."""
    tallies = [Tally.of(row) for one in sent for row in one.rows or ()]
    told = CENSUS_STEPS if kind == "cin-census" and sent else {tally.step for tally in tallies}
    taken = {spot.step for spot in found.grid}
    steps = [step for step in told if step not in taken]
    if not steps:
        return found
    months = (
        months_of(year)
        if kind == "cin-census"
        else {month_end(one.period_end) for one in sent if one.period_end}
    )
    grid = child_grid(tallies, months=months, steps=steps, kind=kind)
    return Declared({**found.grid, **grid}, [*found.sums, *child_sums(grid)])
