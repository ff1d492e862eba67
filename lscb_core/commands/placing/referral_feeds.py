"""Which files count for a year of referrals, and the grid that they make together.

Three kinds of file may tell of the same referrals: the agencies' own returns, the census, Annex A. For each
step of a year one kind counts: the one that covers most of its months; where two cover as many, the one that
says most (returns know levels, the census knows sources). What the others sent is kept, and counts as soon as
it covers more, or the first is undone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from lscb_core.commands.placing.model import Sent
from lscb_core.domain.periods import month_end, months_back
from lscb_core.imports.child_grid import Tally, child_grid, child_sums
from lscb_core.imports.referral_grid import Grid, Sum, months_of, sums
from lscb_core.imports.return_grid import return_grid, whole_months

RETURNS, STEPS, CENSUS, ANNEX_A = "template/thresholds/", "template/steps/", "cin-census/", "annex-a/"
OTHERS = "others"
"""The part of a return that is no agency's: families, the public, sources not known."""
PREFIXES = (RETURNS, STEPS, CENSUS, ANNEX_A)
CENSUS_STEPS = (
    "referral", "re_referral", "assessment", "section_47", "conference", "plan", "plan_ended", "plan_open",
)  # fmt: skip


class Children(NamedTuple):
    """What the files of one kind about single children tell of a year."""

    kind: str
    tallies: list[Tally]
    months: Sequence[date]
    steps: Sequence[str]


class Declared(NamedTuple):
    """Exact counts of one year on their grid, and which of them add up to which."""

    grid: Grid
    sums: list[Sum]


def declared(year: date, sent: Mapping[str, Sent], *, asked: Mapping[date, Collection[str]]) -> Declared:
    """The grid of the year to that 31 March from the scopes that stand."""
    returns = _returns(_of(sent, RETURNS, year))
    files = [_children("cin-census", _of(sent, CENSUS, year), year)]
    files.append(_children("annex-a", _of(sent, ANNEX_A, year), year))
    steps = _steps(_of(sent, STEPS, year))
    whole = len(whole_months(returns, asked))
    own = returns if whole >= _most(files, "referral") else {}
    kept = {place: n for place, n in steps.items() if _told(steps, place[0]) >= _most(files, place[0])}
    grid = return_grid(own, asked=asked, steps=kept)
    found = Declared(grid, sums(grid))
    for file in sorted(files, key=lambda file: -len(file.months)):
        found = _with_children(found, file)
    return found


def _told(steps: Mapping[tuple[str, date], int], step: str) -> int:
    return sum(place[0] == step for place in steps)


def _most(files: Iterable[Children], step: str) -> int:
    """Months that the best of these files tells of a step."""
    return max((len(file.months) for file in files if step in file.steps), default=0)


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


def _children(kind: str, sent: list[Sent], year: date) -> Children:
    tallies = [Tally.of(row) for one in sent for row in one.rows or ()]
    if kind == "cin-census":
        return Children(kind, tallies, months_of(year) if sent else [], CENSUS_STEPS if sent else ())
    months = sorted({month_end(one.period_end) for one in sent if one.period_end})
    return Children(kind, tallies, months, sorted({tally.step for tally in tallies}))


def _with_children(found: Declared, file: Children) -> Declared:
    """The grid with the steps that nothing before has told of."""
    taken = {spot.step for spot in found.grid}
    steps = [step for step in file.steps if step not in taken]
    if not steps:
        return found
    grid = child_grid(file.tallies, months=file.months, steps=steps, kind=file.kind)
    return Declared({**found.grid, **grid}, [*found.sums, *child_sums(grid)])
